//! What it takes to compute something, reckoned before it is begun: for whoever must not keep a person waiting.
//!
//! It is told in steps, one as long as a calm minute of a run takes; how long that is, only a clock knows. Nothing is decided
//! here, and no result depends on it.

use crate::{
    baseline,
    demand::Layer,
    plan::Plan,
    run::{PERIOD_S, TICK_S},
};

/// Steps that a minute of demand takes before its noise: its times are merged, its rates added up, its nodes written and looked
/// through for the highest.
const DEMAND: f64 = 2.5;
/// Steps that a minute of one noise takes: two numbers are drawn for each pair of minutes, and raised.
const NOISE: f64 = 1.0;
/// Steps that a minute takes in which anything may happen.
const EVENTFUL: f64 = 16.0;
/// Steps that ten seconds of one take.
const TICK: f64 = 4.0;
/// Steps of a minute that may be either: what keeps the guess within the same factor of both.
const CALM_OR_EVENTFUL: f64 = 4.0;
/// Steps in which one alarm is evaluated: by the minute, most often watched alone, or every ten seconds.
const ALARM: f64 = 0.35;
const ALARM_OF_TICKS: f64 = 2.2;
/// Steps that a minute of the key figures takes.
const REPORT: f64 = 0.7;

fn minutes(length_s: u32) -> f64 {
    f64::from(length_s) / f64::from(PERIOD_S)
}

/// Steps that it takes to add layers up over so many seconds.
#[must_use]
pub fn of_demand(layers: &[Layer], length_s: u32) -> f64 {
    let noises = layers
        .iter()
        .filter(|layer| matches!(layer, Layer::Noise { .. }));
    minutes(length_s) * (DEMAND + NOISE * noises.count() as f64)
}

/// Steps that it takes to report a run of a plan, with the runs that it is compared with.
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

/// Steps that it takes to run a plan, whatever its demand turns out to be.
#[must_use]
pub fn of_run(plan: &Plan) -> f64 {
    let minute = if is_of_ticks(plan) {
        ticks(1.0) * tick(plan)
    } else {
        // On demand, and with credits, no minute is like another.
        let never_calm = plan.overflow.on_demand().is_some() || plan.cpu_credits.is_some();
        alarms(plan) * ALARM
            + if never_calm {
                EVENTFUL
            } else {
                CALM_OR_EVENTFUL
            }
    };
    minutes(plan.length_s) * minute
}

/// Steps that it has taken to go through so many minutes of a plan, of which so many, or so many ticks, were eventful, and after
/// so many calm ones policies were asked.
pub(crate) fn of_what_was(plan: &Plan, minutes: f64, eventful: f64, asked: f64) -> f64 {
    if is_of_ticks(plan) {
        return eventful * tick(plan);
    }
    let calm = (minutes - eventful).max(0.0);
    (calm + asked) + eventful * EVENTFUL + minutes * alarms(plan) * ALARM
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

/// Alarms of all policies.
fn alarms(plan: &Plan) -> f64 {
    (2 * plan.target_tracking.len() + plan.step_scaling.len()) as f64
}
