//! What lines of a terminal tell that are no JSON: that an operation failed, or that an answer has another form.

use crate::commands::{self, ReadCommand};

/// How the AWS CLI says that an operation failed.
pub(super) const FAILED: &str = "An error occurred (";

/// An error as the AWS CLI prints it.
pub(super) struct AwsError<'a> {
    pub(super) code: &'a str,
    pub(super) operation: &'a str,
}

pub(super) fn error_of(line: &str) -> Option<AwsError<'_>> {
    let (_, rest) = line.split_once(FAILED)?;
    let (code, rest) = rest.split_once(')')?;
    let operation = rest
        .split_once("when calling the ")
        .and_then(|(_, rest)| rest.split_once(" operation"));
    Some(AwsError {
        code,
        operation: operation.map_or("", |(operation, _)| operation),
    })
}

/// Returns the form of a line of an answer that is not JSON, and the command that answers so.
pub(super) fn form_of(line: &str) -> Option<(&'static str, &'static ReadCommand)> {
    if let Some((name, _)) = line.split_once('\t')
        && !name.is_empty()
        && name.bytes().all(|it| it.is_ascii_uppercase())
    {
        return commands::that_answers(name).map(|known| ("text", known));
    }
    if let Some(inside) = line.strip_prefix('|') {
        let name = inside.trim_matches(['|', ' ']);
        return commands::of_operation(name).map(|known| ("table", known));
    }
    let name = line.trim_end().strip_suffix(':')?;
    let known = commands::READ_COMMANDS.iter().find(|it| it.answers == name);
    known.map(|known| ("yaml", known))
}
