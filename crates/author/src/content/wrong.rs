//! What guides get wrong, as it is read: what proves that it is, and what is right.

use serde::Deserialize;
use study::{lesson::Certainty, question::Proof};

use super::entries;
use crate::{
    data::Data,
    fault::{Faults, Place},
    files::Files,
    language::Both,
    said::{Said, named::Named},
};

/// Everything that guides get wrong.
#[derive(Default)]
pub struct WrongSources<'a> {
    /// Where the data stand.
    data: Option<Data<'a>>,
    /// In order.
    pub entries: Vec<WrongSource>,
}

/// Something that guides get wrong.
pub struct WrongSource {
    /// Its place among all of it.
    index: usize,
    /// Its data.
    pub wrong: WrongEntry,
    /// What guides print, and what is right.
    pub said: Both<Option<Said<Named>>>,
}

/// The data of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrongEntry {
    /// Its id.
    pub id: String,
    /// Ids of the sources of what is right.
    pub sources: Vec<String>,
    /// How sure that is.
    pub certainty: Certainty,
    /// Id of the lesson about it.
    #[serde(default)]
    pub lesson: Option<String>,
    /// The run that proves it; none: what no run can show.
    #[serde(default)]
    pub run: Option<Proof>,
}

const FILE: &str = "guides_wrong";

impl<'a> WrongSources<'a> {
    /// Reads them; where there is no such file there are none.
    pub(super) fn read(files: &'a Files, faults: &mut Faults) -> Self {
        let path = format!("{FILE}.toml");
        if files.text(&path).is_none() {
            return Self::default();
        }
        let Some(data) = super::data(files, &path, faults) else {
            return Self::default();
        };
        let said = entries::entries(files, FILE, faults);
        let mut all = Vec::new();
        for index in 0..data.count("wrong") {
            let Some(wrong) = data.read_entry::<WrongEntry>("wrong", index, faults) else {
                continue;
            };
            let place = data.place(&["wrong", &index.to_string()]);
            all.push(WrongSource {
                said: entries::entry(&said, &wrong.id, &place, faults),
                index,
                wrong,
            });
        }
        let ids: Vec<String> = all.iter().map(|it| it.wrong.id.clone()).collect();
        entries::strays(&said, &ids, &path, faults);
        Self {
            data: Some(data),
            entries: all,
        }
    }

    /// Returns the place of something in the data of one.
    #[must_use]
    pub fn place(&self, source: &WrongSource, path: &[&str]) -> Place {
        let index = source.index.to_string();
        let path: Vec<&str> = (["wrong", &index].into_iter())
            .chain(path.iter().copied())
            .collect();
        match &self.data {
            Some(data) => data.place(&path),
            None => Place {
                file: format!("{FILE}.toml"),
                line: 1,
            },
        }
    }
}
