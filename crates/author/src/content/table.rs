//! A table as it is read: its data, and what it says in each language.

use study::table::TableData;

use super::{data, outline};
use crate::{
    data::Data,
    fault::{Faults, Place},
    files::Files,
    language::Both,
    said::{
        Said,
        table::{self, TableText},
    },
};

/// A table.
pub struct TableSource<'a> {
    /// Its id.
    pub id: String,
    /// Where its data stand.
    data: Data<'a>,
    /// Its data.
    pub table: TableData,
    /// What it says.
    pub said: Both<Option<Said<TableText>>>,
}

impl<'a> TableSource<'a> {
    /// Reads a table, and tells all that cannot be read of it.
    pub(super) fn read(files: &'a Files, id: &str, faults: &mut Faults) -> Option<Self> {
        let data = data(files, &format!("tables/{id}.toml"), faults)?;
        let table: TableData = data.read(faults)?;
        let said = Both::of(|language| {
            let path = format!("tables/{id}.{}.md", language.tag());
            let outline = outline(files, &path, language, faults)?;
            Some(table::read(&outline, &table, faults))
        });
        Some(Self {
            id: id.to_owned(),
            data,
            table,
            said,
        })
    }

    /// Returns the place of something in its data.
    #[must_use]
    pub fn place(&self, path: &[&str]) -> Place {
        self.data.place(path)
    }
}
