//! What a terminal showed: prompts, commands of the AWS CLI, their answers in JSON one after another, errors, log lines between.
//! A single JSON document is the simplest of these. What an answer means is not decided here, only which command it answers.

mod command;
mod shell_words;
mod signs;

pub use command::Command;
pub(crate) use command::line_of;

use serde_json::value::RawValue;

use self::{
    command::{command_at, command_in},
    signs::{FAILED, error_of, form_of},
};
use super::{json, lines::Lines};
use crate::{
    commands::{self, ReadCommand},
    fields::shortened,
    finding::{Finding, FindingKind},
    node::Node,
};

/// Most broken documents of a session that are told: after so many it is none.
const MOST_BROKEN: usize = 100;

/// What stands in a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// A document, and the command that answered it, where that stands before it.
    Document(Node, Option<Command>),
    /// Something to be said.
    Finding(Finding),
}

/// Returns whether a text is meant as JSON, or as what a terminal showed.
#[must_use]
pub fn is_meant(text: &str) -> bool {
    if text.trim_start().starts_with(['{', '[']) {
        return true;
    }
    // A form is told by its first line, or the one below a table's upper edge.
    let mut is_first = true;
    text.lines().any(|line| {
        let is_form = is_first && form_of(line).is_some();
        is_first &= line
            .bytes()
            .all(|it| it.is_ascii_whitespace() || it == b'-');
        let begins = line.starts_with("{\"") || line == "{" || line == "[";
        begins || is_form || line.contains(FAILED) || command_in(line).is_some()
    })
}

/// Reads a session. `text` is a whole file without a byte order mark, so that places are right.
#[must_use]
pub fn read(text: &str, file: u16) -> Vec<Piece> {
    let mut reading = Reading {
        text,
        lines: Lines::of(text, file),
        pieces: Vec::new(),
        command: None,
        is_answered: true,
    };
    reading.all();
    reading.pieces
}

struct Reading<'a> {
    text: &'a str,
    lines: Lines<'a>,
    pieces: Vec<Piece>,
    /// The last command, and where it stands.
    command: Option<(Command, usize)>,
    /// Whether something was made of what followed it.
    is_answered: bool,
}

impl Reading<'_> {
    fn all(&mut self) {
        let mut at = 0;
        // After a document that broke off, what is indented may be a part of it.
        let mut is_broken = false;
        let mut broken = 0;
        while broken < MOST_BROKEN {
            let rest = self.text.get(at..).unwrap_or_default();
            let piece = rest.trim_start();
            at = self.text.len() - piece.len();
            if piece.is_empty() {
                break;
            }
            let line = piece.lines().next().unwrap_or_default();
            let begins_line = self
                .text
                .get(..at)
                .is_none_or(|it| it.is_empty() || it.ends_with('\n'));
            let is_first = self.pieces.is_empty() && self.command.is_none();
            if begins_document(piece, is_first) && (begins_line || !is_broken) {
                let (next, failed) = self.document(at);
                (at, is_broken) = (next, failed);
                broken += usize::from(failed);
                continue;
            }
            if let Some((command, length)) = command_at(piece, line) {
                self.unanswered();
                self.command = Some((command, at));
                (self.is_answered, is_broken) = (false, false);
                at += length;
                continue;
            }
            self.line(line, at);
            at += line.len();
        }
        self.unanswered();
    }

    /// Reads the document that begins at a byte; returns where to go on, and whether it is broken.
    fn document(&mut self, at: usize) -> (usize, bool) {
        let rest = self.text.get(at..).unwrap_or_default();
        self.is_answered = true;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        match values.next() {
            Some(Ok(raw)) => {
                let end = at + values.byte_offset();
                let command = self.command.as_ref().map(|(command, _)| command.clone());
                self.pieces
                    .push(match json::tree(self.text, &self.lines, raw) {
                        Ok(node) => Piece::Document(node, command),
                        Err(finding) => Piece::Finding(finding),
                    });
                (end, false)
            }
            Some(Err(error)) => {
                let failed_at = at + offset(rest, error.line(), error.column());
                self.note(failed_at, json::syntax(&error));
                // The line on which it broke may be the next command.
                let before = self.text.get(..failed_at).unwrap_or_default();
                let line_at = before.rfind('\n').map_or(0, |end| end + 1);
                let line = rest.lines().next().map_or(0, str::len);
                (line_at.max(at + line.max(1)), true)
            }
            None => (self.text.len(), false),
        }
    }

    /// Looks at a line that is neither a document nor a command.
    fn line(&mut self, line: &str, at: usize) {
        let line = line.trim_end();
        if let Some(error) = error_of(line) {
            self.is_answered = true;
            let command = self.command_for(error.operation);
            self.note(
                at,
                FindingKind::AwsError {
                    code: shortened(error.code),
                    operation: shortened(error.operation),
                    command,
                },
            );
            return;
        }
        if self.is_answered && self.command.is_some() {
            return;
        }
        let Some((form, known)) = form_of(line) else {
            return;
        };
        let command = match &self.command {
            Some((command, _)) => line_of(command),
            None => known.line(),
        };
        let said = self.pieces.last().is_some_and(|piece| match piece {
            Piece::Finding(finding) => {
                matches!(&finding.kind, FindingKind::OutputForm { command: it, .. } if *it == command)
            }
            Piece::Document(..) => false,
        });
        self.is_answered = true;
        if !said {
            self.note(at, FindingKind::OutputForm { form, command });
        }
    }

    /// Notes a command that asked for another form than JSON, and of whose answer nothing was said.
    fn unanswered(&mut self) {
        if self.is_answered {
            return;
        }
        self.is_answered = true;
        if let Some((command, at)) = &self.command
            && let Some(form) = command.form()
        {
            let (at, command) = (*at, line_of(command));
            self.note(at, FindingKind::OutputForm { form, command });
        }
    }

    /// Returns the command that asks for what failed: the one that stands before, or the one of the operation.
    fn command_for(&self, operation: &str) -> String {
        let typed = self.command.as_ref().map(|(command, _)| line_of(command));
        let known = || commands::of_operation(operation).map(ReadCommand::line);
        typed.or_else(known).unwrap_or_default()
    }

    fn note(&mut self, at: usize, kind: FindingKind) {
        self.pieces.push(Piece::Finding(Finding {
            at: self.lines.place(at),
            path: String::new(),
            kind,
        }));
    }
}

/// Whether a document may begin here: not a prompt as `[user@host ~]$`, and not a log line as `[INFO]`.
fn begins_document(piece: &str, is_first: bool) -> bool {
    let mut letters = piece.chars().filter(|it| !it.is_whitespace());
    match (letters.next(), letters.next()) {
        (Some('{'), next) => is_first || matches!(next, Some('"' | '}') | None),
        (Some('['), next) => matches!(next, Some('{' | '[' | ']') | None),
        _ => false,
    }
}

/// Returns the byte of a line and column, both from 1, as serde_json counts them.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let begin = match line.checked_sub(2) {
        None => 0,
        Some(nth) => {
            let mut ends = text.match_indices('\n').skip(nth);
            ends.next().map_or(text.len(), |(end, _)| end + 1)
        }
    };
    let mut at = (begin + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
