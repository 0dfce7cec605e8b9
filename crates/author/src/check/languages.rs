//! Whether the languages say the same: the same sections with the same blocks and items, and in each the same mentions.

use std::collections::BTreeSet;

use crate::{
    content::Content,
    fault::Faults,
    language::Both,
    said::{Said, Within},
    text::Kind,
};

/// Tells what one language says and the other does not.
pub fn check(content: &Content<'_>, faults: &mut Faults) {
    for source in &content.lessons {
        compare(&source.said, faults);
    }
    for (_, source) in content.questions() {
        compare(&source.said, faults);
    }
    for term in &content.terms {
        compare(&term.said, faults);
    }
    for path in &content.paths {
        compare(&path.said, faults);
    }
    for wrong in &content.wrong.entries {
        compare(&wrong.said, faults);
    }
    for table in &content.tables {
        compare(&table.said, faults);
    }
}

fn compare<T>(said: &Both<Option<Said<T>>>, faults: &mut Faults) {
    let (Some(english), Some(korean)) = (&said.english, &said.korean) else {
        return;
    };
    for (one, other) in [(english, korean), (korean, english)] {
        for (name, within) in &one.sections {
            match other.sections.get(name) {
                Some(others) => sections(within, others, faults),
                None => faults.add(
                    &other.place,
                    format!("the section `{name}` lacks, which the other language has"),
                    format!("`## {name}`"),
                ),
            }
        }
    }
}

/// Tells what stands in one and not in the other.
fn sections(one: &Within, other: &Within, faults: &mut Faults) {
    let names = |within: &Within| -> BTreeSet<(Kind, String)> {
        let mentions = within.mentions.iter();
        mentions.map(|it| (it.kind, it.name.clone())).collect()
    };
    for (kind, name) in names(one).difference(&names(other)) {
        let written = kind.written(name);
        faults.add(
            &other.place,
            format!("{written} lacks, which the other language has"),
            format!("{written} in both, or in none"),
        );
    }
    let mut rest = other.shape.clone();
    for shape in &one.shape {
        match rest.iter().position(|it| it == shape) {
            Some(at) => drop(rest.remove(at)),
            None => faults.add(
                &other.place,
                format!("{shape} lacks, which the other language has"),
                "the same in both",
            ),
        }
    }
}
