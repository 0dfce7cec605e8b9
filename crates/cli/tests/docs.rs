//! `docs/cli.md` and `docs/aws.md` tell the truth: each command in them is run by a shell, and prints what stands there.
//!
//! Blocks of ```` ```console ```` are read; a line `$ command` is followed by what it prints, standard error included, and
//! `? 1` by the exit status where it is not 0. `…` at the end of a line stands for the rest of the line, alone on a line for
//! any number of lines. `UPDATE_DOCS=1 cargo test -p headroom-cli --test docs` writes the blocks without `…` anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{env, fs, path::Path, process::Command};

const GUIDES: [&str; 2] = ["cli.md", "aws.md"];

/// A command of the guide and what it is said to print.
struct Example {
    command: String,
    printed: String,
}

/// The guide in pieces: text as it is, and the commands of each block.
enum Piece {
    Text(String),
    Examples(Vec<Example>),
}

fn pieces(guide: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = guide;
    while let Some((before, after)) = rest.split_once("```console\n") {
        let (block, after) = after.split_once("```").unwrap();
        let mut examples: Vec<Example> = Vec::new();
        for line in block.lines() {
            match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push(Example {
                    command: command.to_owned(),
                    printed: String::new(),
                }),
                // A command that ends with `\` or has an open quotation mark goes on.
                (None, Some(last)) if last.goes_on() => last.command += &format!("\n{line}"),
                (None, Some(last)) => last.printed += &format!("{line}\n"),
                (None, None) => panic!("a block begins with a command: {line}"),
            }
        }
        pieces.extend([
            Piece::Text(format!("{before}```console\n")),
            Piece::Examples(examples),
        ]);
        rest = after;
        pieces.push(Piece::Text("```".to_owned()));
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces
}

impl Example {
    fn goes_on(&self) -> bool {
        let is_open = !self.command.matches('\'').count().is_multiple_of(2);
        self.printed.is_empty() && (self.command.ends_with('\\') || is_open)
    }

    /// What it prints now.
    fn run(&self) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_headroom"));
        let path = env::var("PATH").unwrap_or_default();
        let folder = program.parent().unwrap().display();
        let done = Command::new("sh")
            .args(["-c", &format!("exec 2>&1\n{}", self.command)])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
            .env("PATH", format!("{folder}:{path}"))
            .output()
            .unwrap();
        let mut printed = String::from_utf8(done.stdout).unwrap();
        if !done.status.success() {
            printed += &format!("? {}\n", done.status.code().unwrap());
        }
        printed
    }
}

/// Whether lines are those of a pattern with `…` in it.
fn fits(pattern: &[&str], lines: &[&str]) -> bool {
    match (pattern.split_first(), lines.split_first()) {
        (None, None) => true,
        (Some((&"…", more)), _) => (0..=lines.len()).any(|skip| fits(more, &lines[skip..])),
        (Some((first, more)), Some((line, others))) => {
            let is_line = match first.strip_suffix('…') {
                Some(beginning) => line.starts_with(beginning),
                None => first == line,
            };
            is_line && fits(more, others)
        }
        _ => false,
    }
}

#[test]
fn every_command_prints_what_the_guides_say() {
    let count: usize = GUIDES.iter().map(|guide| check(guide)).sum();
    assert!(count > 15, "the guides have {count} examples");
}

/// Checks a guide, or writes it anew, and returns how many commands it has.
fn check(guide: &str) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(guide);
    let guide = fs::read_to_string(&path).unwrap();
    let updates = env::var_os("UPDATE_DOCS").is_some();
    let (mut written, mut differences, mut count) = (String::new(), Vec::new(), 0);
    for piece in pieces(&guide) {
        let examples = match piece {
            Piece::Text(text) => {
                written += &text;
                continue;
            }
            Piece::Examples(examples) => examples,
        };
        for example in examples {
            count += 1;
            let printed = example.run();
            let pattern: Vec<&str> = example.printed.trim_end().lines().collect();
            let lines: Vec<&str> = printed.trim_end().lines().collect();
            let is_as_said = fits(&pattern, &lines);
            if !is_as_said {
                differences.push(format!("$ {}\n{printed}", example.command));
            }
            let keeps = is_as_said || pattern.iter().any(|line| line.ends_with('…'));
            let printed = if keeps { &example.printed } else { &printed };
            written += &format!("$ {}\n{printed}", example.command);
        }
    }
    if updates {
        fs::write(&path, written).unwrap();
        return count;
    }
    assert!(
        differences.is_empty(),
        "these print something else now; `UPDATE_DOCS=1 cargo test -p headroom-cli --test docs` writes it down:\n{}",
        differences.join("\n")
    );
    count
}

#[test]
fn dots_stand_for_what_is_left_out() {
    for (pattern, text, expect) in [
        ("a\nb", "a\nb", true),
        ("a\nb", "a\nb\nc", false),
        ("a…", "abc", true),
        ("a…", "bc", false),
        ("a\n…", "a\nb\nc", true),
        ("a\n…\nd", "a\nb\nc\nd", true),
        ("a\n…\nd", "a\nb\nc", false),
        ("…\nc", "c", true),
    ] {
        let lines = |text: &'static str| text.lines().collect::<Vec<_>>();
        assert_eq!(
            fits(&lines(pattern), &lines(text)),
            expect,
            "{pattern:?} {text:?}"
        );
    }
}

#[test]
fn blocks_are_taken_apart_and_put_together() {
    let guide = "a\n```console\n$ x 'y\nz'\nout\n$ w\n```\nb\n";
    let mut commands = Vec::new();
    for piece in pieces(guide) {
        if let Piece::Examples(examples) = piece {
            commands.extend(examples.into_iter().map(|one| (one.command, one.printed)));
        }
    }
    let expect = [("x 'y\nz'", "out\n"), ("w", "")];
    assert!(
        commands.iter().map(|(a, b)| (&**a, &**b)).eq(expect),
        "{commands:?}"
    );
}
