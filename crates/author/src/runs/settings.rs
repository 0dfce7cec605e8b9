//! The settings of a lesson's control: which there are, and whether each makes a scenario that runs.

use std::collections::BTreeSet;

use study::{
    lesson::Lesson,
    setting::{Control, scenario_of},
};

use super::unfit;
use crate::{content::LessonSource, fault::Faults};

/// Most values of a control that are tried.
const MOST_VALUES: usize = 200;
/// Returns whether a lesson has a setting: a variant, or a value of its control.
pub fn is_setting(lesson: &Lesson, setting: &str) -> bool {
    lesson.variants.iter().any(|variant| variant.id == setting) || lesson.control.offers(setting)
}

/// Returns the settings that a control offers; of a number `most`, evenly spread.
pub fn offered(control: &Control, most: usize) -> Vec<String> {
    match control {
        Control::Variants { ids, .. } => ids.clone(),
        Control::Values { values, .. } => values.iter().map(f64::to_string).collect(),
        Control::Number { from, to, step, .. } => {
            let every = ((to - from) / step / most as f64).max(1.0);
            let value = |number: usize| from + (number as f64 * every).floor() * step;
            let numbers = (0..most).map(value).filter(|number| number <= to);
            numbers.chain([*to]).map(|it| it.to_string()).collect()
        }
    }
}

/// Tells which settings of the control make no scenario that runs.
pub fn check(source: &LessonSource<'_>, faults: &mut Faults) {
    let lesson = &source.lesson;
    let control = &lesson.control;
    if !control.offers(&control.first()) {
        faults.add(
            &source.place(&["control", "first"]),
            format!("the control does not offer `{}`", control.first()),
            "one of its settings",
        );
    }
    if let Control::Number { from, to, step, .. } = control
        && !(*step > 0.0 && from + step <= *to)
    {
        faults.add(
            &source.place(&["control", "step"]),
            "the control has one value at most",
            "`from` + `step` up to `to`",
        );
    }
    let offered = offered(control, MOST_VALUES);
    let variants = lesson.variants.iter().map(|variant| variant.id.clone());
    let mut told = BTreeSet::new();
    for setting in offered.into_iter().chain(variants) {
        let scenario = scenario_of(&lesson.scenario, &lesson.variants, Some(control), &setting);
        if let Some(wrong) = unfit(scenario).filter(|wrong| told.insert(wrong.clone())) {
            faults.add(
                &source.place(&["control"]),
                format!("`{setting}` makes no scenario that runs: {wrong}"),
                "a patch, a variant or a place that makes one (docs/scenario.md)",
            );
        }
    }
}
