//! Everything that is checked of the content, a file each: names that lead somewhere, languages that say the same, wording, draws.

mod draws;
mod ids;
mod languages;
mod lessons;
mod mentions;
mod paths;
mod questions;
mod reference;
mod unfinished;
mod wording;

use crate::{
    content::Content,
    fault::{Fault, Faults, Place},
    files::Files,
    language::Language,
    runs,
    said::Within,
    snapshot::{self, Owner, Snapshot},
    text::Kind,
};

/// Returns all that is wrong with the content.
#[must_use]
pub fn check(files: &Files) -> Vec<Fault> {
    let mut faults = Faults::default();
    let content = Content::read(files, &mut faults);
    texts(files, &content, &mut faults);
    ids::check(files, &content, &mut faults);
    let now = runs::run(&content, &mut faults);
    let kept = files.text(snapshot::FILE);
    let named = |owner, id: &str, name: &str| named(&content, owner, id, name);
    let before = Snapshot::read(kept, &mut faults);
    before.compare(&now, kept.unwrap_or_default(), named, &mut faults);
    faults.sorted()
}

/// What content comes to once it is settled.
pub struct Settled {
    /// The snapshot of its facts and the list of its ids.
    pub files: Files,
    /// Which facts are others than before.
    pub changed: Vec<Fault>,
    /// What could not be read, or does not hold.
    pub faults: Vec<Fault>,
}

/// Runs everything; returns the facts and ids that there are now.
#[must_use]
pub fn settle(files: &Files) -> Settled {
    let mut faults = Faults::default();
    let content = Content::read(files, &mut faults);
    let now = runs::run(&content, &mut faults);
    let kept = files.text(snapshot::FILE);
    let mut changed = Faults::default();
    let named = |owner, id: &str, name: &str| named(&content, owner, id, name);
    let before = Snapshot::read(kept, &mut changed);
    before.compare(&now, kept.unwrap_or_default(), named, &mut changed);
    let mut settled = Files::default();
    settled.0.insert(snapshot::FILE.to_owned(), now.text());
    settled
        .0
        .insert(ids::FILE.to_owned(), ids::text(files, &content));
    Settled {
        files: settled,
        changed: changed.sorted(),
        faults: faults.sorted(),
    }
}

/// Returns where texts name a fact.
fn named(content: &Content<'_>, owner: Owner, id: &str, name: &str) -> Vec<Place> {
    let mut sections: Vec<&Within> = Vec::new();
    for language in Language::ALL {
        match owner {
            Owner::Lesson => {
                let lesson = content.lesson(id);
                let said = lesson.and_then(|it| it.said.get(language).as_ref());
                sections.extend(said.iter().flat_map(|said| said.sections.values()));
            }
            Owner::Question => {
                let question = content.questions().find(|(_, it)| it.question.id == id);
                let said = question.and_then(|(_, it)| it.said.get(language).as_ref());
                sections.extend(said.iter().flat_map(|said| said.sections.values()));
            }
            Owner::Wrong => {
                let wrong = content.wrong.entries.iter().find(|it| it.wrong.id == id);
                let said = wrong.and_then(|it| it.said.get(language).as_ref());
                sections.extend(said.iter().flat_map(|said| said.sections.values()));
            }
            // Cells stand in no text.
            Owner::Table => {}
        }
    }
    let mentions = sections.into_iter().flat_map(|within| &within.mentions);
    let named = mentions.filter(|it| it.name == name);
    let of_facts = [Kind::Value, Kind::Now, Kind::Moment];
    named
        .filter(|it| of_facts.contains(&it.kind))
        .map(|it| it.place.clone())
        .collect()
}

/// Tells all that is wrong with texts and data, without running anything.
pub fn texts(files: &Files, content: &Content<'_>, faults: &mut Faults) {
    unfinished::check(files, faults);
    lessons::check(content, faults);
    questions::check(content, faults);
    reference::check(content, faults);
    paths::check(content, faults);
    draws::check(content, faults);
    mentions::check(content, faults);
    languages::check(content, faults);
    wording::check(content, faults);
}
