//! What the content says in a language: from sections of a text to what a page shows, with the places for whoever checks it.

pub mod lesson;
pub mod named;
pub mod question;
pub mod table;

use std::collections::BTreeMap;

use study::text::Block;

use crate::{
    fault::Place,
    text::{Mention, Section},
};

/// Something said, and where.
#[derive(Clone, Debug)]
pub struct Said<T> {
    /// What the page shows.
    pub text: T,
    /// Where it begins.
    pub place: Place,
    /// Its sections by name: of a question one, and one for each part.
    pub sections: BTreeMap<String, Within>,
}

/// What stands in a section.
#[derive(Clone, Debug)]
pub struct Within {
    /// Where it begins.
    pub place: Place,
    /// What it mentions.
    pub mentions: Vec<Mention>,
    /// The shape of what it says: kinds of blocks and ids of items, the same in every language.
    pub shape: Vec<String>,
}

impl Within {
    fn of(section: &Section) -> Self {
        let (blocks, items) = section.blocks_and_items();
        let blocks = blocks.iter().map(|block| {
            let name = match block {
                Block::Paragraph(_) => "a paragraph",
                Block::List(_) => "a list",
                Block::Steps(_) => "a numbered list",
                Block::Code(_) => "a block of code",
                Block::When(..) => "a paragraph with `when`",
            };
            name.to_owned()
        });
        let items = items.iter().map(|item| format!("the item `{}`", item.id));
        Self {
            place: section.place.clone(),
            mentions: section.mentions.clone(),
            shape: blocks.chain(items).collect(),
        }
    }
}
