//! Whether what texts mention is there: facts, constants, terms, lessons, sources.

use std::collections::BTreeMap;

use study::{
    constant::Constant,
    lesson::Fact,
    question::{Ask, Question},
    unit::Unit,
};

use crate::{
    content::Content,
    fault::{Faults, listed},
    language::Language,
    runs::is_the_same,
    said::Within,
    text::{Kind, Mention, fits},
};

/// What a text may mention, beside what is the same everywhere, and what each is a number of.
#[derive(Default)]
struct Known<'a> {
    values: BTreeMap<&'a str, Unit>,
    now: BTreeMap<&'a str, Unit>,
    moments: BTreeMap<&'a str, Unit>,
}

/// Tells which mentions lead nowhere.
pub fn check(content: &Content<'_>, faults: &mut Faults) {
    for language in Language::ALL {
        for source in &content.lessons {
            let facts = units(&source.lesson.facts);
            let known = Known {
                values: facts.clone(),
                moments: moments(&facts),
                now: facts,
            };
            if let Some(said) = source.said.get(language) {
                let sections = said.sections.values();
                sections.for_each(|it| section(content, it, &known, faults));
            }
        }
        for (_, source) in content.questions() {
            let Some(said) = source.said.get(language) else {
                continue;
            };
            let known = of_question(&source.question);
            let sections = said.sections.values();
            sections.for_each(|it| section(content, it, &known, faults));
        }
        for term in &content.terms {
            if let Some(said) = term.said.get(language) {
                let known = Known::default();
                let sections = said.sections.values();
                sections.for_each(|it| section(content, it, &known, faults));
            }
        }
        for path in &content.paths {
            if let Some(said) = path.said.get(language) {
                let known = Known::default();
                let sections = said.sections.values();
                sections.for_each(|it| section(content, it, &known, faults));
            }
        }
        for wrong in &content.wrong.entries {
            let Some(said) = wrong.said.get(language) else {
                continue;
            };
            let facts = wrong.wrong.run.as_ref().map(|proof| units(&proof.facts));
            let known = Known {
                values: facts.unwrap_or_default(),
                ..Known::default()
            };
            let sections = said.sections.values();
            sections.for_each(|it| section(content, it, &known, faults));
        }
        for table in &content.tables {
            if let Some(said) = table.said.get(language) {
                let known = Known::default();
                let sections = said.sections.values();
                sections.for_each(|it| section(content, it, &known, faults));
            }
        }
    }
}

/// Returns what facts are numbers of.
fn units(facts: &BTreeMap<String, Fact>) -> BTreeMap<&str, Unit> {
    let facts = facts.iter();
    facts
        .map(|(name, fact)| (name.as_str(), fact.unit()))
        .collect()
}

/// Returns those that are moments.
fn moments<'a>(facts: &BTreeMap<&'a str, Unit>) -> BTreeMap<&'a str, Unit> {
    let moments = facts.iter().filter(|(_, unit)| **unit == Unit::Moment);
    moments.map(|(name, unit)| (*name, *unit)).collect()
}

/// Returns what texts of a question can name: what is drawn, the right number and its slips, and facts that are the same in every draw.
fn of_question(question: &Question) -> Known<'_> {
    let mut known = Known::default();
    let drawn = question.draw.keys();
    known
        .values
        .extend(drawn.map(|name| (name.as_str(), Unit::Number)));
    let parts = match &question.ask {
        Ask::Case { parts } => parts.as_slice(),
        _ => &[],
    };
    for asked in [question].into_iter().chain(parts) {
        if let Ask::Number(number) = &asked.ask {
            let slips = number.slips.keys().map(String::as_str);
            let names = slips.chain(["answer"]);
            known.values.extend(names.map(|name| (name, number.unit)));
        }
        let proof = asked.run.as_ref().filter(|proof| is_the_same(proof));
        if let Some(proof) = proof {
            let facts = units(&proof.facts);
            known.moments.extend(moments(&facts));
            known.values.extend(facts);
        }
    }
    known
}

fn section(content: &Content<'_>, within: &Within, known: &Known<'_>, faults: &mut Faults) {
    for mention in &within.mentions {
        let Mention {
            kind,
            name,
            place,
            particle,
            written,
        } = mention;
        let one_of = |names: &BTreeMap<&str, Unit>| {
            let is_there = names.contains_key(name.as_str());
            (is_there, listed(names.keys().copied()))
        };
        let (is_there, right) = match kind {
            Kind::Value => one_of(&known.values),
            Kind::Now => one_of(&known.now),
            Kind::Moment => one_of(&known.moments),
            Kind::Default => (
                Constant::find(name).is_some(),
                "a constant of docs/content.md".to_owned(),
            ),
            Kind::Term => (
                content.terms.iter().any(|it| it.id == *name),
                "an id of terms.toml".to_owned(),
            ),
            Kind::Lesson => (
                content.has_lesson(name),
                "the id of a lesson that is there".to_owned(),
            ),
            Kind::Source => (
                content.sources.contains_key(name),
                "an id of sources.toml".to_owned(),
            ),
            // Its names are checked with the lesson's sums.
            Kind::When => (true, String::new()),
        };
        if !is_there {
            faults.add(
                place,
                format!("{} leads nowhere", kind.written(name)),
                right,
            );
        }
        let unit = match kind {
            Kind::Value => known.values.get(name.as_str()).copied(),
            Kind::Now => known.now.get(name.as_str()).copied(),
            Kind::Default => Constant::find(name).map(|it| it.unit),
            _ => None,
        };
        if let (Some(particle), Some(unit)) = (particle, unit)
            && !fits(particle, unit)
        {
            faults.add(
                place,
                format!(
                    "the particle `{particle}` follows {}, which may end in another sound",
                    kind.written(name)
                ),
                "another word between them, such as a counter",
            );
        }
        if unit.is_some_and(|unit| written.contains(&unit)) {
            faults.add(
                place,
                format!(
                    "{} says by itself what stands beside it, too",
                    kind.written(name)
                ),
                "the placeholder alone",
            );
        }
    }
}
