//! What a field of the scenario and its choices are called, and what it is. A new one needs nothing here: its texts are found by
//! its name.

use scenario::field::Spec;

use crate::{
    Words,
    text::{CHOICES, FIELDS},
};

impl Words {
    /// Returns the label of a field, the text `field_<name>`; empty where there is none.
    #[must_use]
    pub fn label_of(self, spec: &Spec) -> &'static str {
        find(spec).map_or("", |(_, label, _)| self.text(*label))
    }

    /// Returns the explanation of a field, the text `field_<name>_about`; empty where there is none.
    #[must_use]
    pub fn about_of(self, spec: &Spec) -> &'static str {
        let about = find(spec).and_then(|(_, _, about)| *about);
        about.map_or("", |about| self.text(about))
    }

    /// Returns what a choice of a field is called: the text `choice_<field>_<name>`, or else what [`Self::choice`] says.
    #[must_use]
    pub fn choice_of(self, field: &str, name: &'static str) -> &'static str {
        let own = field.bytes().chain(name.bytes());
        find_choice(own).map_or_else(|| self.choice(name), |text| self.text(text))
    }

    /// Returns what a choice is called, the text `choice_<name>`, whatever the case of its name; where there is none, its name as
    /// AWS spells it.
    #[must_use]
    pub fn choice(self, name: &'static str) -> &'static str {
        find_choice(name.bytes()).map_or(name, |text| self.text(text))
    }
}

/// The text of a choice of that name, whatever the case of its letters.
fn find_choice(name: impl Iterator<Item = u8> + Clone) -> Option<usize> {
    let letters = name.filter(|letter| *letter != b'_');
    let letters = letters.map(|letter| letter.to_ascii_lowercase());
    let is = |known: &str| known.bytes().eq(letters.clone());
    let found = CHOICES.iter().find(|(known, _)| is(known));
    found.map(|(_, text)| *text)
}

/// The entry of a field's texts.
fn find(spec: &Spec) -> Option<&'static (&'static str, usize, Option<usize>)> {
    let place = FIELDS.binary_search_by(|(name, ..)| (*name).cmp(spec.text));
    FIELDS.get(place.ok()?)
}
