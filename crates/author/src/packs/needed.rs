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

/// Returns the facts that are read from the run that the reader sees.
pub fn of_now(facts: &BTreeMap<String, Fact>, mentions: &[&Mention]) -> BTreeMap<String, Fact> {
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
    let facts = facts.map(|(name, fact)| (name.clone(), fact.clone()));
    facts.collect()
}

/// Returns those of a question's own facts that texts name.
pub fn of_texts(own: Option<&Facts>, mentions: &[&Mention]) -> Facts {
    named(own, mentions, &[Kind::Value, Kind::Now, Kind::Moment])
}

/// Returns those of a lesson's own facts to which texts are tied: all others are written out.
pub fn moments(own: Option<&Facts>, mentions: &[&Mention]) -> Facts {
    named(own, mentions, &[Kind::Moment])
}

fn named(own: Option<&Facts>, mentions: &[&Mention], kinds: &[Kind]) -> Facts {
    let named = |name: &str| {
        let mut mentions = mentions.iter();
        mentions.any(|it| it.name == name && kinds.contains(&it.kind))
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
