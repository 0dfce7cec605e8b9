//! A file that a person chose, dropped or pasted, whatever it turns out to be.

use web_sys::{Blob, File};

/// Most characters of a name.
const MOST_CHARACTERS: usize = 120;

/// A file and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenFile {
    /// Its bytes.
    pub blob: Blob,
    /// Its name; empty for pasted text.
    pub name: String,
}

impl GivenFile {
    /// Returns a file of the browser's.
    pub fn of(file: File) -> Self {
        Self {
            name: file.name().chars().take(MOST_CHARACTERS).collect(),
            blob: file.into(),
        }
    }

    /// Returns its name without ending, for people.
    pub fn stem(&self) -> String {
        let stem = self.name.rsplit_once('.');
        let stem = stem.map_or(&*self.name, |(stem, _)| stem);
        stem.chars().take(80).collect()
    }
}
