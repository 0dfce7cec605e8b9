//! How a command ends that could not do what it was asked, and its exit status.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use crate::plain::plain_lines;

/// Why a command ends early. The texts are whole sentences that say what to do.
#[derive(Debug)]
pub enum Failure {
    /// A scenario is not right: exit status 1. Empty where everything has been said.
    Scenario(String),
    /// The command is not right, or what it names is not there: exit status 2.
    Usage(String),
    /// Something has to be asked first, and was: exit status 3.
    Asked,
    /// What was to be printed could not be.
    Output(io::Error),
}

impl Failure {
    /// Says why on standard error, and returns the exit status.
    pub fn report(self) -> ExitCode {
        let (status, why) = match self {
            Self::Scenario(why) => (1, why),
            Self::Usage(why) => (2, why),
            Self::Asked => (3, String::new()),
            // `| head` has seen enough: nothing is wrong.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => (0, String::new()),
            Self::Output(error) => (2, format!("The result could not be written: {error}.")),
        };
        if !why.is_empty() {
            // Where standard error is closed nobody can be told.
            let _ = writeln!(io::stderr(), "headroom: {}", plain_lines(&why));
        }
        ExitCode::from(status)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Output(error.into())
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Output(error),
            other => Self::Output(io::Error::other(format!("{other:?}"))),
        }
    }
}
