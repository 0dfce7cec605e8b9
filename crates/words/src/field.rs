//! What a field of the scenario is called, and what it is. A new field needs nothing here: its texts are found by its name.

use scenario::field::Spec;

use crate::{Words, text::FIELDS};

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
}

/// The entry of a field's texts.
fn find(spec: &Spec) -> Option<&'static (&'static str, usize, Option<usize>)> {
    let place = FIELDS.binary_search_by(|(name, ..)| (*name).cmp(spec.text));
    FIELDS.get(place.ok()?)
}
