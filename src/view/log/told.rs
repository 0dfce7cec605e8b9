//! What the entries that are in the page say, kept while the same run is shown: the cross-hair moves far more often than
//! sentences change.

use std::rc::Rc;

use engine::run::{Activity, Outcome as Ending};
use scenario::document::Scenario;
use words::Words;
use yew::AttrValue;

use crate::{outcome::Outcome, same::Same};

/// What one entry says.
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// Place among the run's activities.
    pub index: usize,
    pub at: AttrValue,
    pub title: AttrValue,
    pub tag: &'static str,
    pub text: AttrValue,
    /// Whether the fleet changed.
    pub changed: bool,
}

/// What the entries that are in the page say.
#[derive(Default)]
pub struct Told {
    of: Option<(Rc<Outcome>, Words, Same<Scenario>)>,
    /// In the order of their indices.
    entries: Vec<Entry>,
}

impl Told {
    /// The entries of `indices`, those known already and new ones.
    pub fn entries(
        &mut self,
        indices: &[usize],
        outcome: &Rc<Outcome>,
        words: Words,
        scenario: &Same<Scenario>,
    ) -> Vec<Entry> {
        let of = Some((Rc::clone(outcome), words, scenario.clone()));
        if self.of != of {
            self.of = of;
            self.entries.clear();
        }
        let mut entries = Vec::with_capacity(indices.len());
        for index in indices {
            let known = self
                .entries
                .binary_search_by_key(index, |entry| entry.index);
            let known = known.ok().and_then(|place| self.entries.get(place));
            let activity = outcome.run.activities.get(*index);
            let new = || Some(tell(*index, activity?, outcome, words, &scenario.0));
            entries.extend(known.cloned().or_else(new));
        }
        self.entries.clone_from(&entries);
        entries
    }
}

#[inline(never)]
fn tell(
    index: usize,
    activity: &Activity,
    outcome: &Outcome,
    words: Words,
    scenario: &Scenario,
) -> Entry {
    let compiled = &outcome.compiled;
    let sentence = words.activity(activity, compiled, scenario);
    let local = compiled.clock.local(activity.start_s.round());
    Entry {
        index,
        at: words.time(local.time()).into(),
        title: sentence.title.into(),
        tag: sentence.tag,
        text: sentence.text.into(),
        changed: !matches!(activity.outcome, Ending::NotScaled(_)),
    }
}
