//! Whether what texts mention is there: facts, constants, terms, lessons, sources.

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
    text::{Kind, Mention},
};

/// What a text may mention, beside what is the same everywhere.
#[derive(Default)]
struct Known<'a> {
    values: Vec<&'a str>,
    now: Vec<&'a str>,
    moments: Vec<&'a str>,
}

/// Tells which mentions lead nowhere.
pub fn check(content: &Content<'_>, faults: &mut Faults) {
    for language in Language::ALL {
        for source in &content.lessons {
            let facts = source.lesson.facts.iter();
            let names: Vec<&str> = facts.clone().map(|(name, _)| name.as_str()).collect();
            let known = Known {
                values: names.clone(),
                now: names,
                moments: moments(facts),
            };
            if let Some(said) = source.said.get(language) {
                said.sections
                    .values()
                    .for_each(|it| section(content, it, &known, faults));
            }
        }
        for (_, source) in content.questions() {
            let Some(said) = source.said.get(language) else {
                continue;
            };
            let known = of_question(&source.question);
            said.sections
                .values()
                .for_each(|it| section(content, it, &known, faults));
        }
        for term in &content.terms {
            if let Some(said) = term.said.get(language) {
                let known = Known::default();
                said.sections
                    .values()
                    .for_each(|it| section(content, it, &known, faults));
            }
        }
    }
}

/// Returns the names of facts that are moments.
fn moments<'a>(facts: impl Iterator<Item = (&'a String, &'a Fact)>) -> Vec<&'a str> {
    let moments = facts.filter(|(_, fact)| fact.unit() == Unit::Moment);
    moments.map(|(name, _)| name.as_str()).collect()
}

/// Returns what texts of a question can name: what is drawn, the right number and its slips, and facts that are the same in every draw.
fn of_question(question: &Question) -> Known<'_> {
    let mut known = Known::default();
    known
        .values
        .extend(question.draw.keys().map(String::as_str));
    let parts = match &question.ask {
        Ask::Case { parts } => parts.as_slice(),
        _ => &[],
    };
    for asked in [question].into_iter().chain(parts) {
        if let Ask::Number(number) = &asked.ask {
            known.values.push("answer");
            known.values.extend(number.slips.keys().map(String::as_str));
        }
        let proof = asked.run.as_ref().filter(|proof| is_the_same(proof));
        if let Some(proof) = proof {
            known.values.extend(proof.facts.keys().map(String::as_str));
            known.moments.extend(moments(proof.facts.iter()));
        }
    }
    known
}

fn section(content: &Content<'_>, within: &Within, known: &Known<'_>, faults: &mut Faults) {
    for mention in &within.mentions {
        let Mention { kind, name, place } = mention;
        let one_of = |names: &[&str]| {
            (
                names.contains(&name.as_str()),
                listed(names.iter().copied()),
            )
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
                content.lesson(name).is_some(),
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
    }
}
