//! A question's proof: its run's facts, and the claims that make the answer right, in every draw.

use std::collections::BTreeMap;

use scenario::document::Scenario;
use study::{
    claim::Claim,
    draw::{self, Drawn, Range},
    expression::{Expression, Name},
    grade,
    measure::read,
    pack::Quantity,
    question::{Ask, Proof, Question},
    setting::{Unset, is_drawn, scenario_drawn, scenario_of},
    subject::Ran,
};

use super::{Done, constant, ran, settings::is_setting};
use crate::{
    content::{Content, QuestionSource, TopicSource, WrongSource},
    fault::{Faults, Place},
    scope::Scope,
    snapshot::Facts,
};

/// How many draws of a scenario are run, and how many draws of numbers alone are gone through.
const MOST_RUNS: usize = 8;
const MOST_DRAWS: usize = 1_000;

/// Runs what proves a question's answer, and those of its parts.
pub fn run(content: &Content<'_>, topic: &TopicSource<'_>, source: &QuestionSource) -> Done {
    let mut faults = Faults::default();
    let mut facts = Facts::new();
    let question = &source.question;
    let at = |path: &[&str]| topic.place(source, path);
    let mut one = |asked: &Question, path: &[&str]| {
        let Some(proof) = &asked.run else {
            if matches!(asked.ask, Ask::Next { .. }) {
                faults.add(
                    &at(path),
                    "a chart is paused, and there is no run",
                    "`[question.run]`",
                );
            }
            return;
        };
        let proving = Proving {
            content,
            proof,
            ask: Some(&asked.ask),
            draw: &question.draw,
            only: &question.only,
            at: &|field: &[&str]| at(&[path, &["run"], field].concat()),
        };
        let found = proving.run(&mut faults);
        for name in found.keys().filter(|name| facts.contains_key(*name)) {
            faults.add(
                &at(&[path, &["run", "facts"]].concat()),
                format!("another part has a fact `{name}`, too"),
                "a name of its own in the whole case",
            );
        }
        facts.extend(found);
    };
    one(question, &[]);
    if let Ask::Case { parts } = &question.ask {
        for (index, part) in parts.iter().enumerate() {
            one(part, &["ask", "case", "parts", &index.to_string()]);
        }
    }
    (facts, faults)
}

/// Runs what proves that guides get something wrong.
pub fn run_wrong(content: &Content<'_>, source: &WrongSource) -> Done {
    let mut faults = Faults::default();
    let facts = source.wrong.run.as_ref().map(|proof| {
        let proving = Proving {
            content,
            proof,
            ask: None,
            draw: &BTreeMap::new(),
            only: &[],
            at: &|field: &[&str]| content.wrong.place(source, &[&["run"], field].concat()),
        };
        proving.run(&mut faults)
    });
    (facts.unwrap_or_default(), faults)
}

/// Returns the scenario of a proof; nothing where it names none.
pub fn scenario_of_proof(
    content: &Content<'_>,
    proof: &Proof,
    drawn: &Drawn,
) -> Option<Result<Scenario, Unset>> {
    let lesson = proof.lesson.as_ref().and_then(|id| content.lesson(id));
    match (lesson, &proof.scenario) {
        (Some(source), _) => {
            let lesson = &source.lesson;
            let first = lesson.control.first();
            let setting = proof.setting.as_ref().unwrap_or(&first);
            Some(scenario_of(
                &lesson.scenario,
                &lesson.variants,
                Some(&lesson.control),
                setting,
            ))
        }
        (None, Some(base)) => Some(scenario_drawn(base, drawn)),
        (None, None) => None,
    }
}

/// Returns whether the facts of a proof are the same in every draw.
pub fn is_the_same(proof: &Proof) -> bool {
    !(proof.scenario.as_ref()).is_some_and(|base| is_drawn(&base.patch))
}

struct Proving<'a> {
    content: &'a Content<'a>,
    proof: &'a Proof,
    /// What is asked; nothing where something is only said.
    ask: Option<&'a Ask>,
    /// The numbers that are drawn, and which draws count.
    draw: &'a BTreeMap<String, Range>,
    only: &'a [Claim],
    at: &'a dyn Fn(&[&str]) -> Place,
}

impl Proving<'_> {
    fn run(&self, faults: &mut Faults) -> Facts {
        if self.proof.claims.is_empty() {
            let right = "claims about what the run says, and `answer`";
            faults.add(&(self.at)(&[]), "the run proves nothing", right);
        }
        if !self.is_whole(faults) || !self.names(faults) {
            return Facts::new();
        }
        let is_the_same = is_the_same(self.proof);
        let most = if is_the_same { MOST_DRAWS } else { MOST_RUNS };
        let draws = draw::all(self.draw, self.only, most);
        let Some(first) = draws.first() else {
            return Facts::new();
        };
        let mut facts = Facts::new();
        let mut run = None;
        for drawn in &draws {
            if run.is_none() || !is_the_same {
                match self.ran(drawn) {
                    Ok(ran) => run = Some(ran),
                    Err(wrong) => {
                        let place = (self.at)(&["scenario"]);
                        faults.add(
                            &place,
                            format!("{}this makes no scenario that runs: {wrong}", when(drawn)),
                            "one that does",
                        );
                        return facts;
                    }
                }
            }
            let Some(run) = &run else { continue };
            let read_facts = self.facts(run, drawn, faults);
            if !self.holds(run, drawn, &read_facts, faults) {
                break;
            }
            if is_the_same && drawn == first {
                facts = read_facts;
            }
        }
        facts
    }

    /// Tells where there is not one scenario.
    fn is_whole(&self, faults: &mut Faults) -> bool {
        let Proof {
            lesson,
            setting,
            scenario,
            ..
        } = self.proof;
        match (lesson, scenario) {
            (Some(id), None) => {
                let Some(source) = self.content.lesson(id) else {
                    faults.add(
                        &(self.at)(&["lesson"]),
                        format!("there is no lesson `{id}`, or it cannot be read"),
                        "the id of a lesson",
                    );
                    return false;
                };
                let is_wrong = setting
                    .as_ref()
                    .filter(|it| !is_setting(&source.lesson, it));
                if let Some(setting) = is_wrong {
                    faults.add(
                        &(self.at)(&["setting"]),
                        format!("the lesson `{id}` has no setting `{setting}`"),
                        "the id of a variant, or a value of its control",
                    );
                }
                is_wrong.is_none()
            }
            (None, Some(_)) if setting.is_none() => true,
            _ => {
                faults.add(
                    &(self.at)(&[]),
                    "the run is not one",
                    "either `lesson`, with or without `setting`, or `scenario`",
                );
                false
            }
        }
    }

    /// Tells which names mean nothing.
    fn names(&self, faults: &mut Faults) -> bool {
        let is_setting = |_: &str| false;
        let mut numbers: Vec<&str> = self.draw.keys().map(String::as_str).collect();
        let mut scope = |more: Vec<&'static str>| {
            numbers.extend(more);
            Scope {
                numbers: numbers.clone(),
                constants: true,
                run: Some(&is_setting),
            }
        };
        let mut is_right = true;
        let of_facts = scope(Vec::new());
        for (name, fact) in &self.proof.facts {
            is_right &= of_facts.check(fact.value(), &(self.at)(&["facts", name]), faults);
        }
        let mut of_claims = scope(vec!["answer"]);
        of_claims
            .numbers
            .extend(self.proof.facts.keys().map(String::as_str));
        for (index, claim) in self.proof.claims.iter().enumerate() {
            let place = (self.at)(&["claims", &index.to_string()]);
            for side in claim.sides() {
                is_right &= of_claims.check(side, &place, faults);
            }
        }
        is_right
    }

    fn ran(&self, drawn: &Drawn) -> Result<Ran, String> {
        match scenario_of_proof(self.content, self.proof, drawn) {
            Some(scenario) => ran(scenario),
            None => Err("there is none".to_owned()),
        }
    }

    fn facts(&self, run: &Ran, drawn: &Drawn, faults: &mut Faults) -> Facts {
        let subject = run.subject();
        let value = |name: &Name| {
            let drawn = drawn.get(&name.name).copied();
            drawn
                .or_else(|| constant(&name.name))
                .or_else(|| read(name, &subject))
        };
        let facts = self.proof.facts.iter().filter_map(|(name, fact)| {
            let found = fact.value().value(value);
            if found.is_none() {
                let place = (self.at)(&["facts", name]);
                faults.add(
                    &place,
                    format!("{}`{}` has no value", when(drawn), fact.value().text()),
                    "something that the run has",
                );
            }
            Some((name.clone(), Quantity(found?, fact.unit())))
        });
        facts.collect()
    }

    /// Returns whether all claims hold, and tells which do not.
    fn holds(&self, run: &Ran, drawn: &Drawn, facts: &Facts, faults: &mut Faults) -> bool {
        let subject = run.subject();
        let answer = match self.ask {
            Some(Ask::Number(number)) => grade::value(&number.answer, drawn),
            _ => None,
        };
        let value = |name: &Name| {
            let fact = facts.get(&name.name).filter(|_| name.is_bare());
            let fact = fact.map(|Quantity(value, _)| *value);
            let answer = answer.filter(|_| name.name == "answer");
            fact.or(answer)
                .or_else(|| drawn.get(&name.name).copied())
                .or_else(|| constant(&name.name))
                .or_else(|| read(name, &subject))
        };
        let mut all_hold = true;
        let mut check = |claim: &Claim, place: Place| {
            if claim.holds(value) == Some(true) {
                return;
            }
            let [left, right] = claim
                .sides()
                .map(|side: &Expression| match side.value(value) {
                    Some(value) => value.to_string(),
                    None => "nothing".to_owned(),
                });
            let written = String::from(claim.clone());
            faults.add(
                &place,
                format!(
                    "{}`{written}` does not hold: {left} against {right}",
                    when(drawn)
                ),
                "what the run says, and the answer that it proves",
            );
            all_hold = false;
        };
        for (index, claim) in self.proof.claims.iter().enumerate() {
            check(claim, (self.at)(&["claims", &index.to_string()]));
        }
        if let Some(Ask::Next { at, .. }) = self.ask {
            let is_there = Expression::parse(&format!("time({at})"))
                .ok()
                .and_then(|sum| sum.value(value));
            if is_there.is_none() {
                faults.add(
                    &(self.at)(&[]),
                    format!("`{at}` is no moment of the run"),
                    "a time such as 20:05, or with its date 2026-11-30T20:05",
                );
                all_hold = false;
            }
        }
        all_hold
    }
}

/// Returns for which numbers something is so.
pub fn when(drawn: &Drawn) -> String {
    if drawn.is_empty() {
        return String::new();
    }
    let numbers = drawn
        .iter()
        .map(|(name, value)| format!("{name} = {value}"));
    format!("with {}: ", numbers.collect::<Vec<_>>().join(", "))
}
