//! What a question says: from its section, and those of its parts, to [`QuestionText`].

use std::collections::BTreeMap;

use study::{
    question::{Ask, Choice, Number, Question, QuestionText},
    text::Line,
};

use super::{Said, Within};
use crate::{
    fault::{Faults, Place, listed},
    text::{Item, Section, plain},
};

/// Returns what a question says in its section and those of its parts, and tells what lacks of it.
pub fn read(
    sections: &[&Section],
    question: &Question,
    faults: &mut Faults,
) -> Option<Said<QuestionText>> {
    let (first, parts) = sections.split_first()?;
    let mut text = one(first, &question.ask, faults);
    let mut within = BTreeMap::from([(question.id.clone(), Within::of(first))]);
    let asked = match &question.ask {
        Ask::Case { parts } => parts.as_slice(),
        _ => &[],
    };
    for part in asked {
        let Some(section) = parts.iter().find(|section| section.name() == part.id) else {
            faults.add(
                &first.place,
                format!("part `{}` of the case has no text", part.id),
                format!("`### {}` and what it asks", part.id),
            );
            continue;
        };
        text.parts.push(one(section, &part.ask, faults));
        within.insert(format!("{}/{}", question.id, part.id), Within::of(section));
    }
    for other in parts {
        if asked.iter().all(|part| part.id != other.name()) {
            let ids = listed(asked.iter().map(|part| part.id.as_str()));
            faults.add(
                &other.place,
                format!("there is no part `{}`", other.name()),
                ids,
            );
        }
    }
    Some(Said {
        text,
        place: first.place.clone(),
        sections: within,
    })
}

/// Which ids an ask has texts of.
struct Ids {
    /// Those that need a text.
    texts: Vec<String>,
    /// Those that need a reason.
    reasons: Vec<String>,
    /// Those that may have one, in place of an explanation.
    may_reason: Vec<String>,
}

impl Ids {
    fn of(ask: &Ask) -> Self {
        let options: Vec<String> = ask.options().into_iter().map(str::to_owned).collect();
        let none = Vec::new;
        match ask {
            Ask::One(Choice { values, .. }) => Self {
                texts: (options.iter().filter(|id| !values.contains_key(*id)))
                    .cloned()
                    .collect(),
                reasons: options,
                may_reason: none(),
            },
            Ask::Several(_) | Ask::Next { .. } => Self {
                texts: options.clone(),
                reasons: options,
                may_reason: none(),
            },
            Ask::Number(Number { slips, .. }) => Self {
                texts: none(),
                reasons: [RIGHT.to_owned()]
                    .into_iter()
                    .chain(slips.keys().cloned())
                    .collect(),
                may_reason: none(),
            },
            Ask::Order { items } => Self {
                texts: items.clone(),
                reasons: none(),
                may_reason: items.clone(),
            },
            Ask::Match { pairs, more } => {
                let mut texts = options.clone();
                texts.extend(pairs.values().chain(more).cloned());
                texts.sort();
                texts.dedup();
                Self {
                    texts,
                    reasons: none(),
                    may_reason: options,
                }
            }
            Ask::Case { .. } => Self {
                texts: none(),
                reasons: none(),
                may_reason: none(),
            },
        }
    }
}

/// The reason of the right number is called so.
pub const RIGHT: &str = "right";

fn one(section: &Section, ask: &Ask, faults: &mut Faults) -> QuestionText {
    let (prompt, items, explanation) = section.parts();
    let ids = Ids::of(ask);
    let mut text = QuestionText {
        prompt,
        explanation,
        ..QuestionText::default()
    };
    if text.prompt.is_empty() {
        faults.add(
            &section.place,
            "the question asks nothing",
            "a paragraph that asks, under the heading",
        );
    }
    for item in items {
        take(item, &ids, &mut text, faults);
    }
    let lacks = |id: &str, what: &str, at: &Place, faults: &mut Faults| {
        faults.add(
            at,
            format!("`{id}` has no {what}"),
            format!("- `{id}` text :: reason (of a number the reason alone)"),
        );
    };
    for id in ids
        .texts
        .iter()
        .filter(|id| !text.options.contains_key(*id))
    {
        lacks(id, "text", &section.place, faults);
    }
    for id in ids
        .reasons
        .iter()
        .filter(|id| !text.reasons.contains_key(*id))
    {
        lacks(id, "reason", &section.place, faults);
    }
    let is_reasoned = ids
        .may_reason
        .iter()
        .all(|id| text.reasons.contains_key(id));
    if !is_reasoned && text.explanation.is_empty() {
        faults.add(
            &section.place,
            "nothing says why this is right",
            "a reason behind ` :: ` of each item, or a paragraph behind the list",
        );
    }
    text
}

/// Puts an item where it belongs, and tells where there is no such one.
fn take(item: Item, ids: &Ids, text: &mut QuestionText, faults: &mut Faults) {
    let Item {
        id,
        text: said,
        reason,
        place,
    } = item;
    let is_text = ids.texts.contains(&id);
    let can_reason = ids.reasons.contains(&id) || ids.may_reason.contains(&id);
    if !is_text && !can_reason {
        let known = ids.texts.iter().chain(&ids.reasons).map(String::as_str);
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        known.dedup();
        faults.add(
            &place,
            format!("`{id}` is none of the question's ids"),
            listed(known),
        );
        return;
    }
    // What is written as a number has no other text.
    let reason = if is_text {
        reason
    } else {
        reason.or(Some(said.clone()))
    };
    let mut put = |lines: &mut BTreeMap<String, Line>, line: Line| {
        if plain(&line).is_empty() {
            return;
        }
        if lines.insert(id.clone(), line).is_some() {
            faults.add(&place, format!("`{id}` stands twice"), "one of them");
        }
    };
    if is_text {
        put(&mut text.options, said);
    }
    if let Some(reason) = reason {
        put(&mut text.reasons, reason);
    }
}
