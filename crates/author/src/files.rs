//! The files of the content, in memory: so that a test changes one and sees what is said of it.

use std::{collections::BTreeMap, fs, io, path::Path};

/// Texts by their paths, from the folder of the content on, with `/` between.
#[derive(Clone, Debug, Default)]
pub struct Files(pub BTreeMap<String, String>);

impl Files {
    /// Reads a folder with all that is in it.
    ///
    /// # Errors
    /// A file that cannot be read, or is no text.
    pub fn of_folder(folder: &Path) -> io::Result<Self> {
        let mut files = Self::default();
        files.add(folder, "")?;
        Ok(files)
    }

    fn add(&mut self, folder: &Path, before: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.add(&entry.path(), &format!("{name}/"))?;
            } else {
                self.0.insert(name, fs::read_to_string(entry.path())?);
            }
        }
        Ok(())
    }

    /// Returns the text of a file.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Returns the names between a beginning and an end, in order: of `lessons/` and `/lesson.toml` all lessons' ids.
    #[must_use]
    pub fn between(&self, start: &str, end: &str) -> Vec<&str> {
        let paths = self.0.keys();
        paths
            .filter_map(|path| path.strip_prefix(start)?.strip_suffix(end))
            .filter(|name| !name.contains(['/', '.']))
            .collect()
    }
}
