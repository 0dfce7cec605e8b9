//! A lesson's settings, facts, claims and prediction.

use std::collections::{BTreeMap, BTreeSet};

use study::{
    claim::Claim,
    expression::{Expression, Name},
    lesson::{Fact, Lesson, Prediction},
    measure::{Measure, read},
    pack::Quantity,
    setting::scenario_of,
    subject::Ran,
    text::Block,
    unit::Unit,
};

use super::{
    Done, constant, ran,
    settings::{self, is_setting, offered},
};
use crate::{
    content::LessonSource,
    fault::{Faults, Place},
    language::Language,
    scope::Scope,
    snapshot::{ANSWER, Facts},
    text::Kind,
};

/// Most of them that are run for a fact that the lesson's own setting has not.
const MOST_RUNS: usize = 12;

/// Runs a lesson.
pub fn run(source: &LessonSource<'_>) -> Done {
    let mut faults = Faults::default();
    settings::check(source, &mut faults);
    // What has no run has no facts: its fault is told once.
    let Some(runs) = Runs::of(source) else {
        return (Facts::new(), faults);
    };
    let lesson = &source.lesson;
    let is_setting = |setting: &str| is_setting(lesson, setting);
    let scope = |numbers| Scope {
        numbers,
        constants: true,
        run: Some(&is_setting),
    };
    let mut facts = Facts::new();
    for (name, fact) in &lesson.facts {
        let place = source.place(&["facts", name]);
        // Elsewhere the name would mean the measure of the first setting, or the prediction.
        let is_taken = Measure::find(name).is_some() && fact.value().text() != name;
        if is_taken || name == ANSWER {
            faults.add(
                &place,
                format!("`{name}` means something else already"),
                "another name for this fact",
            );
        }
        if scope(Vec::new()).check(fact.value(), &place, &mut faults) {
            match fact.value().value(|name| runs.read(name)) {
                Some(value) => {
                    facts.insert(name.clone(), Quantity(value, fact.unit()));
                }
                // What only a reader's own run has is for `now` alone.
                None if is_of_now(source, name, fact) => {}
                None => faults.add(
                    &place,
                    format!("`{}` has no value in its run", fact.value().text()),
                    "something that happens in this run, or where only `{{now.…}}` names it in the run of a setting",
                ),
            }
        }
    }
    let value = |name: &Name| match facts.get(&name.name).filter(|_| name.is_bare()) {
        Some(Quantity(value, _)) => Some(*value),
        None => runs.read(name),
    };
    let mut checker = Checker {
        scope: scope(lesson.facts.keys().map(String::as_str).collect()),
        value: &value,
        faults: &mut faults,
    };
    for (index, claim) in lesson.claims.iter().enumerate() {
        checker.claim(claim, &source.place(&["claims", &index.to_string()]));
    }
    let answer = prediction(source, &mut checker);
    if let Some(answer) = answer {
        facts.insert(ANSWER.to_owned(), answer);
    }
    whens(source, &mut faults);
    (facts, faults)
}

/// Returns whether only the reader's own run is asked for a fact, and there is a setting whose run has it.
fn is_of_now(source: &LessonSource<'_>, name: &str, fact: &Fact) -> bool {
    let said = [&source.said.english, &source.said.korean];
    let mentions = (said.into_iter().flatten()).flat_map(|it| it.sections.values());
    let mut mentions = mentions.flat_map(|within| &within.mentions);
    if mentions.any(|it| it.kind == Kind::Value && it.name == name) {
        return false;
    }
    let lesson = &source.lesson;
    let offered = offered(&lesson.control, MOST_RUNS);
    offered.into_iter().any(|setting| {
        let control = Some(&lesson.control);
        let scenario = scenario_of(&lesson.scenario, &lesson.variants, control, &setting);
        let run = ran(scenario).ok();
        let value = |name: &Name| read(name, &run.as_ref()?.subject());
        fact.value()
            .value(|name| constant(&name.name).or_else(|| value(name)))
            .is_some()
    })
}

/// What holds sums and claims to the runs.
struct Checker<'a> {
    scope: Scope<'a>,
    value: &'a dyn Fn(&Name) -> Option<f64>,
    faults: &'a mut Faults,
}

impl Checker<'_> {
    fn claim(&mut self, claim: &Claim, place: &Place) {
        let [left, right] = claim.sides();
        let (is_left, is_right) = (
            self.scope.check(left, place, self.faults),
            self.scope.check(right, place, self.faults),
        );
        if !(is_left && is_right) {
            return;
        }
        if claim.holds(self.value) != Some(true) {
            let said = |sum: &Expression| match sum.value(self.value) {
                Some(value) => format!("{value}"),
                None => "nothing".to_owned(),
            };
            self.faults.add(
                place,
                format!(
                    "`{}` does not hold: {} against {}",
                    String::from(claim.clone()),
                    said(left),
                    said(right)
                ),
                "what the run says, and the sentences that rest on it",
            );
        }
    }

    fn sum(&mut self, sum: &Expression, place: &Place) -> Option<f64> {
        if !self.scope.check(sum, place, self.faults) {
            return None;
        }
        let value = sum.value(self.value);
        if value.is_none() {
            self.faults.add(
                place,
                format!("`{}` has no value", sum.text()),
                "something that the run has",
            );
        }
        value
    }
}

/// Tells what is wrong with what is predicted; returns what is right, where that is a number or a moment.
fn prediction(source: &LessonSource<'_>, checker: &mut Checker<'_>) -> Option<Quantity> {
    let place = |field: &str| source.place(&["prediction", field]);
    match &source.lesson.prediction {
        Prediction::Choice {
            options,
            answer,
            proof,
        } => {
            if !options.contains(answer) {
                let options = crate::fault::listed(options.iter().map(String::as_str));
                checker.faults.add(
                    &place("answer"),
                    format!("`{answer}` is none of the options"),
                    options,
                );
            }
            if proof.is_empty() {
                checker.faults.add(
                    &place("proof"),
                    "nothing proves the answer",
                    "claims about runs",
                );
            }
            for (index, claim) in proof.iter().enumerate() {
                let place = source.place(&["prediction", "proof", &index.to_string()]);
                checker.claim(claim, &place);
            }
            None
        }
        Prediction::Number { answer, unit, .. } => {
            let answer = checker.sum(answer, &place("answer"))?;
            Some(Quantity(answer, *unit))
        }
        Prediction::Moment {
            answer, from, to, ..
        } => {
            let at = checker.sum(answer, &place("answer"));
            let mut bound = |field: &str, time: &str| {
                let sum = Expression::parse(&format!("time({time})")).ok()?;
                checker.sum(&sum, &place(field))
            };
            let (from, to) = (bound("from", from), bound("to", to));
            let at = at?;
            if let (Some(from), Some(to)) = (from, to)
                && !(from..=to).contains(&at)
            {
                checker.faults.add(
                    &place("answer"),
                    "the answer is outside of what can be predicted",
                    "between `from` and `to`",
                );
            }
            Some(Quantity(at, Unit::Moment))
        }
    }
}

/// Tells which paragraphs are said of runs by what is no fact: the page has nothing else to compare.
fn whens(source: &LessonSource<'_>, faults: &mut Faults) {
    let lesson = &source.lesson;
    let scope = Scope {
        numbers: lesson.facts.keys().map(String::as_str).collect(),
        constants: false,
        run: None,
    };
    for language in Language::ALL {
        let Some(said) = source.said.get(language) else {
            continue;
        };
        let of_variants = said.text.happened_in.values().flatten();
        for block in said.text.blocks().chain(of_variants) {
            let Block::When(claim, _) = block else {
                continue;
            };
            let written = String::from(claim.clone());
            let mut mentions = said.sections.values().flat_map(|within| &within.mentions);
            let place = mentions.find(|it| it.kind == Kind::When && it.name == written);
            let place = place.map_or(&said.place, |it| &it.place);
            for side in claim.sides() {
                scope.check(side, place, faults);
            }
        }
    }
}

/// The runs of those settings that sums name.
struct Runs {
    first: String,
    ran: BTreeMap<String, Ran>,
}

impl Runs {
    /// Runs them; nothing where one of them makes no scenario that runs.
    fn of(source: &LessonSource<'_>) -> Option<Self> {
        let lesson = &source.lesson;
        let first = lesson.control.first();
        let mut wanted = BTreeSet::from([first.clone()]);
        for sum in sums(lesson) {
            wanted.extend(sum.names().iter().filter_map(|name| name.setting.clone()));
        }
        let wanted = wanted.into_iter().filter(|it| is_setting(lesson, it));
        let runs = wanted.map(|setting| {
            let scenario = scenario_of(
                &lesson.scenario,
                &lesson.variants,
                Some(&lesson.control),
                &setting,
            );
            Some((setting, ran(scenario).ok()?))
        });
        Some(Self {
            first,
            ran: runs.collect::<Option<_>>()?,
        })
    }

    fn read(&self, name: &Name) -> Option<f64> {
        if let Some(value) = constant(&name.name) {
            return Some(value);
        }
        let setting = name.setting.as_ref().unwrap_or(&self.first);
        read(name, &self.ran.get(setting)?.subject())
    }
}

/// Returns every sum of a lesson.
fn sums(lesson: &Lesson) -> Vec<&Expression> {
    let facts = lesson.facts.values().map(|fact| fact.value());
    let mut sums: Vec<&Expression> = facts.collect();
    let claims: &[Claim] = match &lesson.prediction {
        Prediction::Choice { proof, .. } => proof,
        Prediction::Number { answer, .. } | Prediction::Moment { answer, .. } => {
            sums.push(answer);
            &[]
        }
    };
    sums.extend(lesson.claims.iter().chain(claims).flat_map(Claim::sides));
    sums
}
