//! Running other programs, and failing in words a person can act on.

use crate::paths;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

/// What went wrong, and what to do about it.
#[derive(Debug)]
pub struct Failure {
    what: String,
    remedy: String,
}

/// The end of a step that yields nothing but success.
pub type Outcome = Result<(), Failure>;

impl Failure {
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    /// The same failure with a better idea of what to do.
    pub fn advise(self, remedy: impl Into<String>) -> Self {
        Self {
            remedy: remedy.into(),
            ..self
        }
    }

    /// What went wrong, without the advice.
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed: {}\n  to do: {}", self.what, self.remedy)
    }
}

/// A program about to run, from the repository's root.
pub struct Program {
    command: Command,
    shown: String,
}

/// Cargo itself, the one that started this program.
pub fn cargo(args: &[&str]) -> Program {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut program = program(cargo, args);
    program.shown = format!("cargo {}", args.join(" "));
    program
}

/// Any program by name or path.
pub fn program(name: impl AsRef<OsStr>, args: &[&str]) -> Program {
    let mut command = Command::new(name.as_ref());
    command.args(args).current_dir(paths::root());
    let name = Path::new(name.as_ref())
        .file_name()
        .unwrap_or(name.as_ref())
        .to_string_lossy()
        .into_owned();
    Program {
        command,
        shown: format!("{name} {}", args.join(" ")),
    }
}

impl Program {
    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    /// The same, unless the person has set it already.
    pub fn env_by_default(self, key: &str, value: &str) -> Self {
        match std::env::var_os(key) {
            Some(_) => self,
            None => self.env(key, value),
        }
    }

    pub fn envs(mut self, all: &[(String, OsString)]) -> Self {
        self.command
            .envs(all.iter().map(|(key, value)| (key, value)));
        self
    }

    pub fn arg(mut self, value: impl AsRef<OsStr>) -> Self {
        self.command.arg(value);
        self
    }

    pub fn args(mut self, values: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(values);
        self
    }

    pub fn inside(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it with the person's own terminal.
    pub fn run(mut self) -> Outcome {
        let status = self
            .command
            .status()
            .map_err(|error| self.cannot_start(&error))?;
        if status.success() {
            Ok(())
        } else {
            Err(self.ended(&status.to_string()))
        }
    }

    /// Runs it and returns what it printed; its complaints pass through.
    pub fn read(mut self) -> Result<String, Failure> {
        let output = self
            .command
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| self.cannot_start(&error))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(self.ended(&output.status.to_string()))
        }
    }

    /// Runs it unseen: what it printed, or nothing if it failed in any way.
    pub fn probe(mut self) -> Option<String> {
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn cannot_start(&self, error: &std::io::Error) -> Failure {
        Failure::new(
            format!("`{}` cannot start: {error}", self.shown),
            "install that program, or put its folder on PATH",
        )
    }

    fn ended(&self, status: &str) -> Failure {
        Failure::new(
            format!("`{}` ended with {status}", self.shown),
            "its own messages above say why",
        )
    }
}

/// `PATH` with `folders` in front.
pub fn path_with(folders: &[std::path::PathBuf]) -> Result<OsString, Failure> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&old));
    std::env::join_paths(all).map_err(|error| {
        Failure::new(
            format!("a tool's folder cannot stand on PATH: {error}"),
            "set XDG_CACHE_HOME to a folder without `:` or `;` in its name",
        )
    })
}
