//! `facts.json`: every fact of the content as its run gives it, so that packs are written without running anything, and a review shows
//! what a change of the engine changes.

use std::{collections::BTreeMap, fmt::Write};

use serde::{Deserialize, Serialize};
use study::pack::Quantity;

use crate::fault::{Faults, Place};

/// Name of the file in the folder of the content.
pub const FILE: &str = "facts.json";

/// The name under which a lesson's facts have what is right to predict, where that is a number or a moment.
pub const ANSWER: &str = "answer";

/// The facts of a lesson or a question, by name.
pub type Facts = BTreeMap<String, Quantity>;

/// All facts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Of lessons, by id.
    pub lessons: BTreeMap<String, Facts>,
    /// Of questions, by id.
    pub questions: BTreeMap<String, Facts>,
    /// Of what guides get wrong, by id.
    #[serde(default)]
    pub wrong: BTreeMap<String, Facts>,
    /// Of tables, by id.
    #[serde(default)]
    pub tables: BTreeMap<String, Facts>,
}

/// Whose facts they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A lesson's.
    Lesson,
    /// A question's.
    Question,
    /// Those of something that guides get wrong.
    Wrong,
    /// A table's: its cells.
    Table,
}

impl Owner {
    /// All kinds, with what one is called, and all of them in the file.
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Lesson, "lesson", "lessons"),
        (Self::Question, "question", "questions"),
        (Self::Wrong, "entry of guides_wrong", "wrong"),
        (Self::Table, "table", "tables"),
    ];
}

/// How far a fact may be from what its run gives, as a share: a snapshot keeps as many digits as there are.
const ROUNDING: f64 = 1e-12;

impl Snapshot {
    /// Reads a snapshot; tells where it is none.
    pub fn read(text: Option<&str>, faults: &mut Faults) -> Self {
        let Some(text) = text else {
            faults.add(&place(1), "there is no such file", RENEW);
            return Self::default();
        };
        serde_json::from_str(text).unwrap_or_else(|error| {
            faults.add(&place(error.line()), error.to_string(), RENEW);
            Self::default()
        })
    }

    /// Returns the facts of a kind, by id.
    #[must_use]
    pub fn of(&self, owner: Owner) -> &BTreeMap<String, Facts> {
        match owner {
            Owner::Lesson => &self.lessons,
            Owner::Question => &self.questions,
            Owner::Wrong => &self.wrong,
            Owner::Table => &self.tables,
        }
    }

    /// Returns the same, to change it.
    pub fn of_mut(&mut self, owner: Owner) -> &mut BTreeMap<String, Facts> {
        match owner {
            Owner::Lesson => &mut self.lessons,
            Owner::Question => &mut self.questions,
            Owner::Wrong => &mut self.wrong,
            Owner::Table => &mut self.tables,
        }
    }

    /// Returns it as a text: sorted, a fact a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from("{\n");
        for (kind, (of, _, name)) in Owner::ALL.into_iter().enumerate() {
            let owners = self.of(of).iter();
            let owners = owners.filter(|(_, facts)| !facts.is_empty());
            let owners: Vec<String> = owners.map(|(id, facts)| owner(id, facts)).collect();
            let comma = if kind + 1 < Owner::ALL.len() { "," } else { "" };
            let inner = match owners.as_slice() {
                [] => String::new(),
                owners => format!("\n{}\n  ", owners.join(",\n")),
            };
            let _ = writeln!(text, "  \"{name}\": {{{inner}}}{comma}");
        }
        text + "}\n"
    }

    /// Tells which facts are others than those that runs give, and which lack or are too many.
    ///
    /// `named` returns where texts name a fact, by its owner's kind and id and its name.
    pub fn compare(
        &self,
        now: &Self,
        text: &str,
        named: impl Fn(Owner, &str, &str) -> Vec<Place>,
        faults: &mut Faults,
    ) {
        for (owner, kind, _) in Owner::ALL {
            let (kept, given) = (self.of(owner), now.of(owner));
            let empty = Facts::new();
            let ids = kept
                .keys()
                .chain(given.keys())
                .collect::<std::collections::BTreeSet<_>>();
            for id in ids {
                let (kept, given) = (
                    kept.get(id).unwrap_or(&empty),
                    given.get(id).unwrap_or(&empty),
                );
                let names = kept
                    .keys()
                    .chain(given.keys())
                    .collect::<std::collections::BTreeSet<_>>();
                let mut lacking = Vec::new();
                for name in names {
                    let said = match (kept.get(name), given.get(name)) {
                        (Some(kept), Some(given)) if is_same(kept, given) => continue,
                        (Some(kept), Some(given)) => {
                            let places = named(owner, id, name);
                            let places = places.iter().map(|it| format!("{}:{}", it.file, it.line));
                            let places: Vec<String> = places.collect();
                            format!(
                                "{{{{{name}}}}} of the {kind} `{id}` was {} and is {} now; it is named at {}",
                                kept.0,
                                given.0,
                                if places.is_empty() {
                                    "no place".to_owned()
                                } else {
                                    places.join(", ")
                                },
                            )
                        }
                        (Some(_), None) => format!("the {kind} `{id}` has no fact `{name}`"),
                        (None, _) => {
                            lacking.push(name.as_str());
                            continue;
                        }
                    };
                    faults.add(&place(line_of(text, id, name)), said, RENEW);
                }
                if !lacking.is_empty() {
                    let said = format!("facts of the {kind} `{id}` lack: {}", lacking.join(", "));
                    faults.add(&place(line_of(text, id, "")), said, RENEW);
                }
            }
        }
    }
}

/// What renews the file.
const RENEW: &str =
    "the sentences that rest on it; then `cargo xtask content facts` writes the file anew";

fn is_same(one: &Quantity, other: &Quantity) -> bool {
    let scale = one.0.abs().max(other.0.abs());
    one.1 == other.1 && (one.0 - other.0).abs() <= ROUNDING * scale
}

fn owner(id: &str, facts: &Facts) -> String {
    let facts = facts.iter().map(|(name, quantity)| {
        let quantity = serde_json::to_string(quantity).unwrap_or_default();
        format!("      \"{name}\": {quantity}")
    });
    let facts: Vec<String> = facts.collect();
    format!("    \"{id}\": {{\n{}\n    }}", facts.join(",\n"))
}

/// Returns the line of a fact, or else that of its owner, or else the first.
fn line_of(text: &str, id: &str, name: &str) -> usize {
    let (id, name) = (format!("    \"{id}\": {{"), format!("      \"{name}\":"));
    let lines = || text.lines().enumerate();
    let Some((start, _)) = lines().find(|(_, line)| line.starts_with(&id)) else {
        return 1;
    };
    let mut own = lines()
        .skip(start + 1)
        .take_while(|(_, line)| !line.starts_with("    }"));
    own.find(|(_, line)| line.starts_with(&name))
        .map_or(start, |(line, _)| line)
        + 1
}

fn place(line: usize) -> Place {
    Place {
        file: FILE.to_owned(),
        line: line.max(1),
    }
}

#[cfg(test)]
mod tests {
    use study::unit::Unit;

    use super::*;

    fn snapshot(value: f64) -> Snapshot {
        let facts = Facts::from([
            ("failed".to_owned(), Quantity(value, Unit::Requests)),
            ("late".to_owned(), Quantity(1.0 / 3.0, Unit::Requests)),
        ]);
        Snapshot {
            lessons: [("target".to_owned(), facts)].into(),
            ..Snapshot::default()
        }
    }

    #[test]
    fn a_snapshot_reads_as_it_was_written() {
        let text = snapshot(0.1 + 0.2).text();
        let mut faults = Faults::default();
        assert_eq!(
            Snapshot::read(Some(&text), &mut faults),
            snapshot(0.1 + 0.2)
        );
        assert_eq!(
            Snapshot::read(Some(&Snapshot::default().text()), &mut faults),
            Snapshot::default()
        );
        assert!(faults.sorted().is_empty());
    }

    #[test]
    fn what_changed_is_told_with_its_line() {
        let told = |kept: &Snapshot, now: &Snapshot| {
            let mut faults = Faults::default();
            let named = |_, _: &str, _: &str| vec![place(7)];
            kept.compare(now, &kept.text(), named, &mut faults);
            let faults = faults.sorted().into_iter();
            faults.map(|it| (it.line, it.wrong)).collect::<Vec<_>>()
        };
        assert!(told(&snapshot(2.0), &snapshot(2.0 + 1e-14)).is_empty());
        let [(line, wrong)] = told(&snapshot(2.0), &snapshot(3.0)).try_into().unwrap();
        assert!(
            line == 4 && wrong.contains("was 2 and is 3 now; it is named at facts.json:7"),
            "{line}: {wrong}"
        );
        assert_eq!(told(&snapshot(2.0), &Snapshot::default()).len(), 2);
        assert_eq!(told(&Snapshot::default(), &snapshot(2.0)).len(), 1);
    }
}
