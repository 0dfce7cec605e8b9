//! Everything that is checked of the content, a file each: names that lead somewhere, languages that say the same, wording, draws.

mod draws;
mod ids;
mod languages;
mod lessons;
mod mentions;
mod questions;
mod unfinished;
mod wording;

use crate::{
    content::Content,
    fault::{Fault, Faults},
    files::Files,
    runs,
    snapshot::{self, Snapshot},
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
    Snapshot::read(kept, &mut faults).compare(&now, kept.unwrap_or_default(), &mut faults);
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
    Snapshot::read(kept, &mut changed).compare(&now, kept.unwrap_or_default(), &mut changed);
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

/// Tells all that is wrong with texts and data, without running anything.
pub fn texts(files: &Files, content: &Content<'_>, faults: &mut Faults) {
    unfinished::check(files, faults);
    lessons::check(content, faults);
    questions::check(content, faults);
    draws::check(content, faults);
    mentions::check(content, faults);
    languages::check(content, faults);
    wording::check(content, faults);
}
