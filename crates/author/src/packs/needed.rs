//! What a page needs of facts and questions: not what only proves the content.

use std::collections::{BTreeMap, BTreeSet};

use study::{
    claim::Claim,
    lesson::Fact,
    pack::Quantity,
    question::{Ask, Question},
};

use crate::{
    snapshot::Facts,
    text::{Kind, Mention},
};

/// Significant digits of a fact: more than anybody is shown.
const DIGITS: usize = 9;

/// Returns the facts that are read from the run that the reader sees; one that the lesson's own run does not have says its unit.
pub fn of_now(
    facts: &BTreeMap<String, Fact>,
    own: Option<&Facts>,
    mentions: &[&Mention],
) -> BTreeMap<String, Fact> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for mention in mentions {
        match mention.kind {
            Kind::Now | Kind::Moment => {
                names.insert(mention.name.clone());
            }
            Kind::When => {
                let claim = Claim::parse(&mention.name).ok();
                let sides = claim.iter().flat_map(Claim::sides);
                let named = sides.flat_map(|side| side.names());
                names.extend(named.map(|name| name.name.clone()));
            }
            _ => {}
        }
    }
    let facts = facts.iter().filter(|(name, _)| names.contains(*name));
    let facts = facts.map(|(name, fact)| {
        let has_own = own.is_some_and(|own| own.contains_key(name));
        let fact = match fact {
            Fact::Usual(value) if !has_own => Fact::As {
                value: value.clone(),
                unit: fact.unit(),
            },
            fact => fact.clone(),
        };
        (name.clone(), fact)
    });
    facts.collect()
}

/// Returns those of a lesson's or a question's own facts that texts name.
pub fn of_texts(own: Option<&Facts>, mentions: &[&Mention]) -> Facts {
    let of_facts = [Kind::Value, Kind::Now, Kind::Moment];
    let named = |name: &str| {
        let mut mentions = mentions.iter();
        mentions.any(|it| it.name == name && of_facts.contains(&it.kind))
    };
    let facts = own.into_iter().flatten().filter(|(name, _)| named(name));
    let facts = facts.map(|(name, Quantity(value, unit))| {
        let short = format!("{value:.*e}", DIGITS - 1).parse();
        (name.clone(), Quantity(short.unwrap_or(*value), *unit))
    });
    facts.collect()
}

/// Returns a question without what proves its answer.
pub fn of_page(question: &Question) -> Question {
    let mut question = question.clone();
    let parts = match &mut question.ask {
        Ask::Case { parts } => parts.iter_mut().map(|part| &mut part.run).collect(),
        _ => Vec::new(),
    };
    let runs = parts.into_iter().chain([&mut question.run]);
    for run in runs.flatten() {
        run.claims.clear();
        run.facts.clear();
    }
    question
}
