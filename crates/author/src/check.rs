//! Everything that is checked of the content, a file each: names that lead somewhere, languages that say the same, wording, draws.

mod draws;
mod ids;
mod languages;
mod lessons;
mod mentions;
mod questions;
mod unfinished;
mod wording;

pub use ids::{FILE as IDS, text as ids_text};

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
