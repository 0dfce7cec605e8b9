//! Texts of entries with an id each, one behind a heading: `` ## `cooldown` Cooldown period ``.

use study::text::{Block, Line};

use super::{Said, Within};
use crate::{
    fault::Faults,
    text::{Outline, plain},
};

/// What an entry is called, and what is said of it.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Line,
    /// What is said of it.
    pub about: Vec<Block>,
}

/// Returns the entries of a text.
pub fn read(outline: &Outline, faults: &mut Faults) -> Vec<Said<Named>> {
    let mut entries: Vec<Said<Named>> = Vec::new();
    for section in &outline.sections {
        let named = section.id_and_name();
        let Some((id, name)) =
            named.filter(|(_, name)| !plain(name).is_empty() && !section.is_part)
        else {
            faults.add(
                &section.place,
                "the heading names no entry",
                "## `id` and what it is called",
            );
            continue;
        };
        if entries.iter().any(|entry| entry.text.id == id) {
            faults.add(
                &section.place,
                format!("`{id}` stands twice"),
                "one of them",
            );
            continue;
        }
        let about = section.pieces.iter().map(|piece| piece.block.clone());
        entries.push(Said {
            text: Named {
                id: id.clone(),
                name,
                about: about.collect(),
            },
            place: section.place.clone(),
            sections: [(id, Within::of(section))].into(),
        });
    }
    entries
}
