//! What is wrong with the content: where, and what would be right. All faults are told at once.

use std::fmt;

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, from the folder of the content on.
    pub file: String,
    /// The line, from 1 on.
    pub line: usize,
    /// What is wrong.
    pub wrong: String,
    /// What would be right.
    pub right: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            wrong,
            right,
        } = self;
        write!(f, "content/{file}:{line}: {wrong}\n    right: {right}")
    }
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, from the folder of the content on.
    pub file: String,
    /// The line, from 1 on.
    pub line: usize,
}

/// Everything that was found to be wrong.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Adds what is wrong at a place.
    pub fn add(&mut self, at: &Place, wrong: impl Into<String>, right: impl Into<String>) {
        self.0.push(Fault {
            file: at.file.clone(),
            line: at.line,
            wrong: wrong.into(),
            right: right.into(),
        });
    }

    /// Adds what others have found.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Returns them by file and line, each once.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Fault> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}

/// Returns names as a sentence lists them.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        None => "none: there are none".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, names)) => format!("{} or {last}", names.join(", ")),
    }
}

/// Returns the line of a place in a text, from 1 on.
#[must_use]
pub fn line_at(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    before.filter(|byte| **byte == b'\n').count() + 1
}
