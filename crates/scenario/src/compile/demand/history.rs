//! Demand before the run, as forecasts need it: two weeks of what repeats in the scenario's demand.
//!
//! A person who describes a day describes one of many: rates that hold, go by the hour, the weekday or the day of the month,
//! and recordings. A single event has not been before, and growth begins with the run.

use engine::demand::{Layer as Compiled, Timeline};

use super::{DAY_S, Span, compile, compile_shape};
use crate::{
    compile::check::Checks,
    document::{History, Scenario, Shape},
    time::Clock,
};

/// As long as predictive scaling looks back.
const LENGTH_S: u32 = 3600 * engine::forecast::MAX_HISTORY_HOURS as u32;

/// Demand of the two weeks before a run whose scenario is right; nothing where the group is new.
// rule: predictive.history-before
pub(in super::super) fn before(scenario: &Scenario, clock: &Clock, run_s: f64) -> Timeline {
    if scenario.auto_scaling_group.history == History::None {
        return Timeline::default();
    }
    let run = Span {
        clock,
        start: scenario.start,
        length_s: run_s,
    };
    let mut repeating = scenario.clone();
    // A day more, as one of them may be an hour shorter where clocks change.
    repeating.start = scenario.start.plus_days(-15);
    // Other ups and downs than the run's.
    repeating.seed = !scenario.seed;
    repeating.demand.retain(|layer| {
        !matches!(
            layer.shape,
            Shape::Event { .. } | Shape::Growth { .. } | Shape::Trace { .. }
        )
    });
    let earlier = Clock::new(repeating.start, clock.zone().clone());
    let early_s = (clock.start_utc_s() - earlier.start_utc_s()) as f64;
    let span = Span {
        clock: &earlier,
        start: repeating.start,
        length_s: early_s,
    };
    let (mut checks, mut warnings) = (Checks::default(), Vec::new());
    let mut layers = compile(&repeating, Some(&span), &mut checks, &mut warnings);
    let length_s = f64::from(LENGTH_S);
    for layer in &mut layers {
        shift(layer, length_s - early_s);
    }
    let traces = scenario.demand.iter().filter(|layer| !layer.off);
    for layer in traces {
        if matches!(layer.shape, Shape::Trace { .. })
            && let Some(recording) = compile_shape(&layer.shape, &run, 0)
        {
            repeat(&recording, length_s, &mut layers);
        }
    }
    Timeline::compile(&layers, LENGTH_S)
}

fn shift(layer: &mut Compiled, by_s: f64) {
    match layer {
        Compiled::Curve(nodes) => {
            for node in nodes {
                node.at_s += by_s;
            }
        }
        Compiled::Steps { start_s, .. } => *start_s += by_s,
        Compiled::Growth { .. } | Compiled::Noise { .. } => {}
    }
}

/// Puts a recording of the run before it, too: again and again by whole weeks, or by whole days where it is shorter than a
/// week.
// rule: predictive.history-repeats
fn repeat(recording: &Compiled, length_s: f64, layers: &mut Vec<Compiled>) {
    let Compiled::Steps {
        start_s,
        step_s,
        counts,
        requests_per_count,
    } = recording
    else {
        return;
    };
    let recorded_s = step_s * counts.len() as f64;
    let (day_s, week_s) = (DAY_S as f64, 7.0 * DAY_S as f64);
    let unit_s = if recorded_s >= week_s { week_s } else { day_s };
    let every_s = (recorded_s / unit_s).ceil() * unit_s;
    // From the recording itself back, which may begin before the run.
    let mut from_s = start_s + length_s;
    while from_s + recorded_s > 0.0 {
        if from_s < length_s {
            layers.push(Compiled::Steps {
                start_s: from_s,
                step_s: *step_s,
                counts: counts.clone(),
                requests_per_count: *requests_per_count,
            });
        }
        from_s -= every_s;
    }
}
