//! A command of the AWS CLI as somebody typed it: where one stands in a line, and what its options say. What a command is for is not
//! decided here.

use super::shell_words::{MOST_WORDS, shell_words};
use crate::commands;

/// Services whose commands are looked for.
const SERVICES: [&str; 4] = [
    "application-autoscaling",
    "autoscaling",
    "cloudwatch",
    "sagemaker",
];

/// A command of the AWS CLI as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// Service and operation: `application-autoscaling describe-scalable-targets`.
    pub id: String,
    options: Vec<CommandOption>,
}

/// An option of a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct CommandOption {
    /// Its name without dashes.
    name: String,
    /// Its values, as the shell hands them on.
    words: Vec<String>,
    /// The same as one text, a blank between them.
    text: String,
}

impl Command {
    /// Returns the value of an option without its dashes, `resource-id`; an option without a value has an empty one, and of several
    /// values there is a blank between them.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&str> {
        self.named(name).map(|it| &*it.text)
    }

    /// Returns the values of an option without its dashes, each as the shell hands it on; none where it is absent.
    #[must_use]
    pub fn words(&self, name: &str) -> &[String] {
        self.named(name).map_or(&[], |it| &it.words)
    }

    fn named(&self, name: &str) -> Option<&CommandOption> {
        self.options.iter().find(|it| it.name == name)
    }

    fn put(&mut self, name: &str, words: Vec<String>) {
        self.options.push(CommandOption {
            name: name.to_owned(),
            text: words.join(" "),
            words,
        });
    }

    /// Returns whether it asks for JSON, as far as it says.
    pub(super) fn form(&self) -> Option<&'static str> {
        match self.option("output")? {
            "text" => Some("text"),
            "table" => Some("table"),
            "yaml" | "yaml-stream" => Some("yaml"),
            _ => None,
        }
    }
}

/// Returns the command that asks for the same as JSON.
pub(crate) fn line_of(command: &Command) -> String {
    match commands::find(&command.id) {
        Some(known) => known.line(),
        None => format!("aws {} --output json", command.id),
    }
}

/// Returns where `aws` stands in a line that runs it.
pub(super) fn command_in(line: &str) -> Option<usize> {
    for (at, _) in line.match_indices("aws").take(20) {
        let before = line.get(..at).unwrap_or_default();
        let begins =
            before.is_empty() || before.ends_with([' ', '\t', '$', '>', '#', '%', '/', ';']);
        let rest = line.get(at + 3..).unwrap_or_default();
        let rest = rest.strip_prefix(".exe").unwrap_or(rest);
        let mut words = rest.split_whitespace().take(20);
        if begins && rest.starts_with([' ', '\t']) && words.any(|word| SERVICES.contains(&word)) {
            return Some(at);
        }
    }
    None
}

/// Returns the command that a line begins or holds, and its length from the line's beginning on: a backslash at the end of a line,
/// or an open quotation mark, goes on to the next.
pub(super) fn command_at(piece: &str, line: &str) -> Option<(Command, usize)> {
    let begin = command_in(line)?;
    let rest = piece.get(begin + 3..).unwrap_or_default();
    let (words, length) = shell_words(rest);
    let mut words = words.into_iter().peekable();
    let mut command = Command::default();
    while let Some(word) = words.next() {
        if let Some(option) = word.strip_prefix("--") {
            if let Some((name, value)) = option.split_once('=') {
                command.put(name, vec![value.to_owned()]);
                continue;
            }
            let mut values: Vec<String> = Vec::new();
            // Before the operation an option of the AWS CLI's own has one value at most.
            let most = if command.id.contains(' ') {
                MOST_WORDS
            } else {
                1
            };
            while values.len() < most
                && let Some(value) = words.next_if(|next| {
                    let is_service = most == 1 && SERVICES.contains(&&**next);
                    !next.starts_with("--") && !is_service
                })
            {
                values.push(value);
            }
            command.put(option, values);
        } else if command.id.is_empty() && SERVICES.contains(&&*word) {
            command.id = word;
        } else if !command.id.is_empty() && !command.id.contains(' ') {
            command.id = format!("{} {word}", command.id);
        }
    }
    command
        .id
        .contains(' ')
        .then_some((command, begin + 3 + length))
}
