//! Whose the document is, and how it becomes one's own: with the first edit, under a title of its own.

use std::rc::Rc;

use scenario::{
    document::Scenario,
    presets::{self, Preset},
};
use words::Words;

use super::{State, history::Snapshot};
use crate::kept::Titles;

/// Most characters of a title that a number is put behind.
const MOST_CHARACTERS: usize = 75;

/// Whose a scenario is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Shipped with the page, and as it is shipped.
    Shipped(&'static Preset),
    /// A person's own, kept under this number.
    Own(u64),
    /// Somebody else's, from a link.
    Other,
}

impl Whose {
    /// Returns the shipped scenario that it is.
    pub fn shipped(self) -> Option<&'static Preset> {
        match self {
            Self::Shipped(preset) => Some(preset),
            Self::Own(_) | Self::Other => None,
        }
    }
}

/// What the line under the header has to say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// It is a sample, and one has nothing of one's own yet.
    Sample,
    /// It came with a link.
    Link,
    /// It was one's own, and is kept no longer.
    Deleted,
    /// It is one's own from now on.
    Kept,
}

/// Numbers and titles of one's own scenarios, as far as this page knows.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Own {
    /// Numbers and titles of what is kept.
    pub titles: Rc<Titles>,
    /// The number before the first that this page gives: another page gives others.
    pub first: u64,
}

impl Own {
    /// Whether this is one's own and kept.
    pub fn has(&self, whose: Whose) -> bool {
        matches!(whose, Whose::Own(number) if self.titles.iter().any(|(kept, _)| *kept == number))
    }

    /// Takes note that an own scenario is kept no longer.
    pub(super) fn forget(&mut self, number: u64) {
        if self.titles.iter().any(|(kept, _)| *kept == number) {
            Rc::make_mut(&mut self.titles).retain(|(kept, _)| *kept != number);
        }
    }

    /// Takes note of an own scenario's title.
    fn note(&mut self, number: u64, title: &str) {
        let known = self.titles.iter().find(|(kept, _)| *kept == number);
        if known.is_none_or(|(_, known)| known != title) {
            let titles = Rc::make_mut(&mut self.titles);
            titles.retain(|(kept, _)| *kept != number);
            titles.push((number, title.to_owned()));
        }
    }

    /// Returns a title that no other own scenario than that number has: `title`, or with a number behind.
    fn unique(&self, number: u64, title: &str) -> String {
        let is_taken = |title: &str| {
            let taken = |(kept, other): &(u64, String)| *kept != number && other.trim() == title;
            self.titles.iter().any(taken)
        };
        let title = title.trim();
        if !is_taken(title) {
            return title.to_owned();
        }
        let stem: String = without_number(title)
            .chars()
            .take(MOST_CHARACTERS)
            .collect();
        let numbered = |number: usize| format!("{stem} {number}");
        let free = (2..).map(numbered).find(|title| !is_taken(title));
        free.unwrap_or_default()
    }
}

impl State {
    /// Returns what the line under the header has to say, if anything.
    pub fn line(&self) -> Option<Line> {
        let view = &self.view;
        let line = match self.now().whose {
            Whose::Shipped(_) if self.is_first() => Line::Sample,
            Whose::Shipped(_) => return None,
            Whose::Other => Line::Link,
            whose if !self.own.has(whose) => Line::Deleted,
            _ if view.tells_kept => Line::Kept,
            _ => return None,
        };
        (!view.hides_line).then_some(line)
    }

    /// Whether the page has still to say what it is: one has nothing of one's own, and has not dismissed it.
    pub fn is_first(&self) -> bool {
        self.own.titles.is_empty() && !self.view.is_greeted
    }

    /// Returns what the shipped scenario teaches that this is, or that it was before it was changed: under a title of its own it is
    /// another, and nothing once that is dismissed.
    pub fn lesson(&self) -> Option<&'static str> {
        let words = Words::new(self.view.lang);
        let preset = self.view.lesson?;
        let title = &self.scenario().name;
        let is_its = title.is_empty() || title.starts_with(words.preset_name(preset.id));
        is_its.then(|| words.preset_teaches(preset.id))
    }

    /// Returns an edit of the document as one's own: that of a shipped scenario, or of somebody else's, is a copy.
    pub(super) fn claimed(&self, mut now: Snapshot) -> Snapshot {
        let before = self.now();
        now.whose = before.whose;
        if matches!(before.whose, Whose::Own(_)) || now.scenario == before.scenario {
            return now;
        }
        // The same again after undo.
        let number = self.own.first + u64::from(before.opened);
        let is_titled = now.scenario.name != before.scenario.name;
        now.whose = Whose::Own(number);
        if !is_titled {
            let title = self.title_of_copy(before);
            Rc::make_mut(&mut now.scenario).name = self.own.unique(number, &title);
        }
        now
    }

    /// Returns what undo has just left nothing of, with its number: a copy that an edit made of what the page shows, or one that was
    /// begun. What was opened from the list is neither: its number is that of an earlier opening.
    pub fn undone(&self) -> Option<(u64, &Rc<Scenario>)> {
        let (now, undone) = (self.now(), self.history.next()?);
        let made = |snapshot: &Snapshot| self.own.first + u64::from(snapshot.opened);
        match undone.whose {
            Whose::Own(number) if now.whose != undone.whose => {
                let is_made = number == made(now) || number == made(undone);
                is_made.then_some((number, &undone.scenario))
            }
            _ => None,
        }
    }

    /// Returns the document as it is, or another, as one's own from now on: the next of those that have been opened.
    pub(super) fn begun(&self, mut now: Snapshot) -> Snapshot {
        let number = self.own.first + u64::from(self.opened);
        let words = Words::new(self.view.lang);
        let title = match now.scenario.name.trim() {
            "" => words.scenario_untitled(),
            title => title,
        };
        Rc::make_mut(&mut now.scenario).name = self.own.unique(number, title);
        now.whose = Whose::Own(number);
        now
    }

    /// Takes note of the document's title, where it is one's own.
    pub(super) fn note_own(&mut self) {
        let Snapshot {
            scenario, whose, ..
        } = &self.history.now;
        if let Whose::Own(number) = whose {
            self.own.note(*number, &scenario.name);
        }
    }

    fn title_of_copy(&self, of: &Snapshot) -> String {
        let words = Words::new(self.view.lang);
        match (of.whose, of.scenario.name.trim()) {
            (Whose::Shipped(preset), _) => words.title_changed(words.preset_name(preset.id)),
            (_, "") => words.scenario_untitled().to_owned(),
            (_, title) => title.to_owned(),
        }
    }
}

/// Whether the page gave this title, and not a person: what is made of another's may have a better one.
pub fn is_automatic(words: Words, title: &str) -> bool {
    let stem = without_number(title.trim());
    let is_of = |preset: &Preset| {
        let name = words.preset_name(preset.id);
        stem == name || stem == words.title_changed(name)
    };
    stem.is_empty() || stem == words.scenario_untitled() || presets::all().iter().any(is_of)
}

/// Returns a title without the number that [`Own::unique`] has put behind it.
fn without_number(title: &str) -> &str {
    match title.rsplit_once(' ') {
        Some((stem, number)) if number.parse::<usize>().is_ok_and(|number| number > 1) => stem,
        _ => title,
    }
}
