//! A card that a key press elsewhere does not concern: it is made anew only when something that it shows changed.

use scenario::document::Scenario;
use yew::prelude::*;

use super::fields::{Fields, Shown};
use crate::parts::{El, Part, part};

/// A card of which it is known what it shows: besides this, demand, the language and the ids of the lists' items.
#[derive(Clone, Copy)]
pub struct Quiet {
    /// Makes the card. Its handlers may read of the document what `same` compares.
    pub card: fn(&Fields) -> El,
    /// Paths of its fields begin with one of these.
    pub paths: &'static [&'static str],
    /// Whether two documents are the same as far as it shows them.
    pub same: fn(&Scenario, &Scenario) -> bool,
}

impl Quiet {
    /// The card as a part of the form.
    pub fn html(self, shown: &Shown) -> Html {
        let shown = shown.clone();
        part(None, Kept { quiet: self, shown })
    }

    fn has(&self, path: &str) -> bool {
        self.paths.iter().any(|begins| path.starts_with(begins))
    }
}

struct Kept {
    quiet: Quiet,
    shown: Shown,
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        let (a, b, quiet) = (&self.shown, &other.shown, &self.quiet);
        let nodes = |shown: &Shown| {
            shown
                .compiled_demand()
                .map(|demand| demand.nodes().as_ptr())
        };
        let explains = |shown: &Shown| {
            let explained = shown.explained.iter().filter(|path| quiet.has(path));
            explained.cloned().collect::<Vec<String>>()
        };
        a.words == b.words
            && a.offers_layers == b.offers_layers
            && a.on == b.on
            && a.now.ids == b.now.ids
            && nodes(a) == nodes(b)
            && (quiet.same)(&a.now.scenario, &b.now.scenario)
            && explains(a) == explains(b)
            && texts(&a.drafts, quiet).eq(texts(&b.drafts, quiet))
            && texts(&a.errors, quiet).eq(texts(&b.errors, quiet))
            && texts(&a.now.unread, quiet).eq(texts(&b.now.unread, quiet))
    }
}

/// What is noted of the card's fields.
fn texts<'a, T>(
    all: &'a std::collections::BTreeMap<String, T>,
    quiet: &Quiet,
) -> impl Iterator<Item = (&'a String, &'a T)> {
    all.iter().filter(|(path, _)| quiet.has(path))
}

impl Part for Kept {
    fn view(&self) -> Html {
        (self.quiet.card)(&Fields::new(&self.shown)).html()
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use words::{Lang, Words};

    use super::*;
    use crate::parts::el;

    const QUIET: Quiet = Quiet {
        card: |_| el("div"),
        paths: &["seed"],
        same: |a, b| a.seed == b.seed,
    };

    fn shown() -> Shown {
        Shown {
            now: crate::state::Snapshot {
                scenario: Rc::default(),
                unread: Rc::default(),
                ids: Rc::default(),
            },
            outcome: None,
            errors: Rc::default(),
            words: Words::new(Lang::En),
            drafts: Rc::default(),
            explained: Rc::default(),
            offers_layers: false,
            on: Callback::noop(),
        }
    }

    #[test]
    fn a_card_is_kept_unless_something_that_it_shows_changed() {
        type Change = fn(&mut Shown);
        let note = |path: &str| Rc::new([(path.to_owned(), String::new())].into());
        let cases: [(&str, bool, Change); 8] = [
            ("nothing", true, |_| ()),
            ("another field", true, |shown| {
                Rc::make_mut(&mut shown.now.scenario).load_test.max_rps = 99.0;
            }),
            ("its field", false, |shown| {
                Rc::make_mut(&mut shown.now.scenario).seed = 99;
            }),
            ("the language", false, |shown| {
                shown.words = Words::new(Lang::Ko);
            }),
            ("another's explanation", true, |shown| {
                shown.explained = Rc::new(vec!["hours".to_owned()]);
            }),
            ("its explanation", false, |shown| {
                shown.explained = Rc::new(vec!["seed".to_owned()]);
            }),
            ("the layers on offer", false, |shown| {
                shown.offers_layers = true;
            }),
            ("demand", false, |shown| {
                shown.outcome = crate::outcome::tests::at_once(&shown.now.scenario);
            }),
        ];
        let before = shown();
        let kept = |shown: &Shown| {
            let shown = shown.clone();
            Kept {
                quiet: QUIET,
                shown,
            } == Kept {
                quiet: QUIET,
                shown: before.clone(),
            }
        };
        for (what, expected, change) in cases {
            let mut after = before.clone();
            change(&mut after);
            assert_eq!(kept(&after), expected, "{what}");
        }
        for (path, expected) in [("hours", true), ("seed", false)] {
            let (drafts, errors) = (note(path), note(path));
            let draft = Shown {
                drafts,
                ..before.clone()
            };
            let error = Shown {
                errors,
                ..before.clone()
            };
            assert_eq!((kept(&draft), kept(&error)), (expected, expected), "{path}");
        }
    }
}
