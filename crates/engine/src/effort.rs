//! How much work a computation is, estimated before it begins, for callers that must not keep a person waiting.
//!
//! The unit is a step: the work of one calm minute of a run. How long that takes is for a clock to say. Nothing is decided here,
//! and no result depends on it.

use crate::{
    baseline,
    demand::Layer,
    plan::Plan,
    run::{PERIOD_S, TICK_S},
};

/// Steps of a minute of demand without noise: its times are merged, its rates added up, its nodes written and searched for the
/// highest.
const DEMAND: f64 = 2.5;
/// Steps of a minute of one noise: two numbers are drawn for each pair of minutes, and exponentiated.
const NOISE: f64 = 1.0;
/// Steps of an eventful minute.
const EVENTFUL: f64 = 16.0;
/// Steps of an eventful minute in which clients may try again, beside these: it goes by seconds, and takes as long as some 25 others.
const RETRIED: f64 = 400.0;
/// Steps of ten seconds of an eventful minute.
const TICK: f64 = 4.0;
/// Steps of a minute that may be calm or eventful: the estimate is wrong by the same factor in both cases.
const CALM_OR_EVENTFUL: f64 = 4.0;
/// Steps of evaluating one alarm, every minute (most are only watched) or every ten seconds.
const ALARM: f64 = 0.35;
const ALARM_OF_TICKS: f64 = 2.2;
/// Steps of the key figures of a minute.
const REPORT: f64 = 0.7;

fn minutes(length_s: u32) -> f64 {
    f64::from(length_s) / f64::from(PERIOD_S)
}

/// Returns the steps of adding up layers over `length_s` seconds.
#[must_use]
pub fn of_demand(layers: &[Layer], length_s: u32) -> f64 {
    let noises = layers
        .iter()
        .filter(|layer| matches!(layer, Layer::Noise { .. }));
    minutes(length_s) * (DEMAND + NOISE * noises.count() as f64)
}

/// Returns the steps of a report on a run, including the runs that it is compared with.
#[must_use]
pub fn of_report(plan: &Plan) -> f64 {
    let runs = baseline::expected_runs(plan);
    let fixed = if runs > 0.0 {
        runs * of_run(&baseline::fixed_plan(plan, 1))
    } else {
        0.0
    };
    minutes(plan.length_s) * REPORT + fixed
}

/// Returns the steps of running a plan, whatever its demand turns out to be.
#[must_use]
pub fn of_run(plan: &Plan) -> f64 {
    let minute = if is_of_ticks(plan) {
        ticks(1.0) * tick(plan)
    } else {
        // With requests on demand or CPU credits, while an instance is slow or none is to be had, or metrics are missing, no minute
        // is calm.
        let is_most = |for_s: f64| 2.0 * for_s > f64::from(plan.length_s);
        let shortage = plan.fleet.capacity.and_then(|it| it.shortage);
        let lasting = [
            plan.resource.slow_instance().map(|slow| slow.for_s),
            shortage.map(|shortage| shortage.for_s),
            plan.missing_metric.map(|missing| missing.for_s),
        ];
        let never_calm = plan.resource.on_demand().is_some()
            || plan.resource.cpu_credits().is_some()
            || lasting.into_iter().flatten().any(is_most);
        alarms(plan) * ALARM
            + if never_calm {
                EVENTFUL
            } else {
                CALM_OR_EVENTFUL
            }
            + 0.1 * retried(plan)
    };
    minutes(plan.length_s) * minute
}

/// Returns the steps that a run has taken so far. `eventful`: eventful minutes, or ticks where there are any; `asked`: calm
/// minutes after which policies were asked.
pub(crate) fn of_what_was(plan: &Plan, minutes: f64, eventful: f64, asked: f64) -> f64 {
    if is_of_ticks(plan) {
        return eventful * tick(plan);
    }
    let calm = (minutes - eventful).max(0.0);
    (calm + asked) + eventful * (EVENTFUL + retried(plan)) + minutes * alarms(plan) * ALARM
}

/// Returns the steps of an eventful minute because clients may try again. Of all minutes a tenth is taken to be so.
fn retried(plan: &Plan) -> f64 {
    match plan.resource.retries() {
        Some(_) => RETRIED,
        None => 0.0,
    }
}

fn is_of_ticks(plan: &Plan) -> bool {
    plan.metrics().any(|metric| metric.is_high_resolution())
}

fn ticks(minutes: f64) -> f64 {
    minutes * f64::from(PERIOD_S / TICK_S)
}

fn tick(plan: &Plan) -> f64 {
    TICK + alarms(plan) * ALARM_OF_TICKS
}

/// Returns the number of alarms of all policies.
fn alarms(plan: &Plan) -> f64 {
    (2 * plan.target_tracking.len() + plan.step_scaling.len()) as f64
}
