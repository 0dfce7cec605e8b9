//! Numbers of questions over all that can be drawn: one right answer, and slips that are all told apart from it and from each other.

use study::{
    draw::{self, Drawn},
    expression::Expression,
    grade,
    question::{Ask, Choice, Number, Question},
};

use crate::{
    content::Content,
    fault::{Faults, Place},
    runs::when,
    scope::Scope,
};

/// Most draws of a question: more are not gone through one by one.
const MOST: usize = 200_000;
/// Least share of draws that `only` has to allow, so that a seed finds one.
const LEAST_SHARE: f64 = 0.05;
/// How far apart two options that are numbers have to be, as a share.
const APART: f64 = 0.005;

/// Tells of which draws a question has not one right answer.
pub fn check(content: &Content<'_>, faults: &mut Faults) {
    for (topic, source) in content.questions() {
        let question = &source.question;
        let at = |path: &[&str]| topic.place(source, path);
        let scope = Scope {
            numbers: question.draw.keys().map(String::as_str).collect(),
            constants: false,
            run: None,
        };
        let mut are_right = true;
        for (index, claim) in question.only.iter().enumerate() {
            let place = at(&["only", &index.to_string()]);
            for side in claim.sides() {
                are_right &= scope.check(side, &place, faults);
            }
        }
        let all = draw::all(&question.draw, &[], MOST);
        let draws = draw::all(&question.draw, &question.only, MOST);
        if are_right && (draws.len() as f64) < LEAST_SHARE * all.len() as f64 {
            faults.add(
                &at(&["only"]),
                "hardly any draw is allowed",
                "ranges whose numbers mostly are",
            );
            continue;
        }
        let parts = match &question.ask {
            Ask::Case { parts } => parts.as_slice(),
            _ => &[],
        };
        one(question, &scope, &draws, &at(&["ask"]), faults);
        for (index, part) in parts.iter().enumerate() {
            let place = at(&["ask", "case", "parts", &index.to_string()]);
            one(part, &scope, &draws, &place, faults);
        }
    }
}

fn one(asked: &Question, scope: &Scope<'_>, draws: &[Drawn], place: &Place, faults: &mut Faults) {
    let (sums, within): (Vec<(&str, &Expression)>, f64) = match &asked.ask {
        Ask::Number(Number {
            answer,
            within,
            slips,
            ..
        }) => {
            let slips = slips.iter().map(|(id, sum)| (id.as_str(), sum));
            (
                [("answer", answer)].into_iter().chain(slips).collect(),
                *within,
            )
        }
        Ask::One(Choice { values, .. }) => {
            let values = values.iter().map(|(id, fact)| (id.as_str(), fact.value()));
            (values.collect(), APART)
        }
        _ => return,
    };
    if !(0.0..=0.2).contains(&within) {
        faults.add(
            place,
            format!("`within` is {within}"),
            "a share from 0 to 0.2",
        );
    }
    let mut are_right = true;
    for (_, sum) in &sums {
        are_right &= scope.check(sum, place, faults);
    }
    if !are_right {
        return;
    }
    // The first draw of each kind of fault is enough to mend it.
    let mut told: Vec<(&str, &str)> = Vec::new();
    for drawn in draws {
        let values = sums.iter().map(|(id, sum)| (*id, grade::value(sum, drawn)));
        let values: Vec<(&str, Option<f64>)> = values.collect();
        for (index, (id, value)) in values.iter().enumerate() {
            let Some(value) = value else {
                if !told.contains(&(id, "")) {
                    told.push((id, ""));
                    faults.add(
                        place,
                        format!("{}`{id}` has no value", when(drawn)),
                        "an `only` that excludes such draws",
                    );
                }
                continue;
            };
            for (other, its) in values.iter().take(index) {
                let Some(its) = its else { continue };
                // What is within both could be taken for either.
                let is_near = (value - its).abs() <= within * (value.abs() + its.abs()) + 2e-9;
                if is_near && !told.contains(&(id, other)) {
                    told.push((id, other));
                    faults.add(
                        place,
                        format!("{}`{id}` and `{other}` are {value} and {its}, too near to be told apart", when(drawn)),
                        "an `only` that excludes such draws, or a smaller `within`",
                    );
                }
            }
        }
    }
}
