//! The engine against a plain second one, written from the rules alone and sharing no code with it: it goes a hundredth of a
//! second at a time, keeps every instance, every datapoint and every waiting request in lists and asks everybody anew each time.
//! Each instance has CPU credits of its own, and each may fail.
//!
//! Demand bends, actions fire and instances come and go on the grid of its steps. So what it adds up is exact but where
//! demand crosses capacity within a step, and such steps it splits.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod alarms;
mod backlog;
mod clients;
#[path = "../common/mod.rs"]
mod common;
mod compare;
mod control;
mod credits;
mod forecast;
mod happens;
mod hosts;
mod instances;
mod log;
mod metrics;
#[path = "../plans/mod.rs"]
mod plans;
mod policies;
mod pool;
mod second;
mod serverless;
mod slow;
mod traffic;
mod units;

use engine::plan::Plan;
use happens::Happens;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

/// Up to so many times as many plans are run where by chance too few make happen what they are drawn for.
const MOST_TIMES: u32 = 4;

/// Runs so many random plans through both, which must agree; of these plans at least such shares must make happen what they
/// are drawn for. With PROPTEST_CASES there are that many for each 256.
fn agree(cases: u32, plans: impl Strategy<Value = Plan>, happens: &[Happens]) {
    let cases = (cases * Config::default().cases).div_ceil(256);
    let counts = std::cell::RefCell::new((0, vec![0; happens.len()]));
    let too_few = |all: u32, counts: &[u32]| {
        let mut both = counts.iter().zip(happens);
        let missed = both.find(|(count, it)| f64::from(**count) < it.share * f64::from(all));
        missed.map(|(count, it)| format!("{}: only {count} of {all}", it.what))
    };
    let disagrees = std::cell::Cell::new(false);
    let mut runner = TestRunner::new(Config {
        cases: cases * MOST_TIMES,
        failure_persistence: None,
        ..Config::default()
    });
    let agreed = runner.run(&plans, |mut plan| {
        let (all, counts) = &mut *counts.borrow_mut();
        // A plan that they disagree on is made smaller, however many there have been.
        if *all >= cases && !disagrees.get() && too_few(*all, counts).is_none() {
            return Ok(());
        }
        nobody_waits_by_chance(&mut plan);
        let (run, second) = (engine::run(&plan), second::second(&plan));
        compare::check(&plan, &run, &second).inspect_err(|_| disagrees.set(true))?;
        *all += 1;
        for (count, happens) in counts.iter_mut().zip(happens) {
            *count += u32::from((happens.does)(&plan, &second));
        }
        Ok(())
    });
    if let Err(error) = agreed {
        panic!("{error}");
    }
    let (all, counts) = counts.into_inner();
    if let Some(missed) = too_few(all, &counts) {
        panic!("{missed}");
    }
}

/// Requests that take longer than any run never fill a station: who is late then is late in the queue, all that this engine knows.
/// What is in flight where an instance fails depends on how long they take, so there who is late is not compared.
fn nobody_waits_by_chance(plan: &mut Plan) {
    if is_late_told(plan) && plan.resource.on_demand().is_none() && plan.service.max_rps < 1e12 {
        (plan.service.p50_ms, plan.service.p95_ms) = (1e12, 1.5e12);
    }
}

/// Whether this engine knows who is late.
fn is_late_told(plan: &Plan) -> bool {
    plan.resource.health().is_none() && plan.resource.retries().is_none()
}

/// Instances with cooldowns, metrics by the minute.
#[test]
fn both_agree() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::waits(0.2),
    ];
    agree(40, plans::variant(), &expected);
}

/// Beside them metrics by ten seconds.
#[test]
fn both_agree_on_ten_seconds() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::waits(0.2),
        happens::between_minutes(0.2),
    ];
    agree(32, plans::ten_seconds(), &expected);
}

/// Warm-up in place of cooldowns, simple scaling, warm pools.
#[test]
fn both_agree_on_groups() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::waits(0.2),
        happens::side_by_side(0.05),
    ];
    agree(40, plans::group(), &expected);
}

/// A queue of the endpoint's own, from and to zero.
#[test]
fn both_agree_on_asynchronous_endpoints() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::waits(0.5),
        happens::leaves_zero(0.2),
        happens::fails(0.05),
    ];
    agree(40, plans::asynchronous(), &expected);
}

/// Environments on demand beside provisioned concurrency.
#[test]
fn both_agree_on_serverless_endpoints() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::fails(0.05),
        happens::starts_cold(0.2),
    ];
    agree(20, plans::serverless(), &expected);
}

/// Copies on instances, from and to zero.
#[test]
fn both_agree_on_inference_components() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::waits(0.2),
        happens::leaves_zero(0.02),
        happens::instances_go(0.05),
        happens::copies_move(0.02),
    ];
    agree(40, plans::component(), &expected);
}

/// Groups that scale by a forecast, too.
#[test]
fn both_agree_on_predictive_scaling() {
    let expected = [happens::scales_in(0.05), happens::is_predicted(0.05)];
    agree(16, plans::predictive(), &expected);
}

/// CPU credits, in standard and in unlimited mode.
#[test]
fn both_agree_on_cpu_credits() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::is_held_back(0.05),
        happens::scales_while_held(0.02),
        happens::owes_surplus(0.05),
        happens::is_charged_by_the_hour(0.02),
        happens::loses_beyond_the_most(0.02),
        happens::spends_launch_credits(0.02),
    ];
    agree(24, plans::on_credits(), &expected);
}

/// CPU credits of instances of which some fail.
#[test]
fn both_agree_on_failures_among_credits() {
    let expected = [
        happens::scales_out(0.2),
        happens::is_held_back(0.05),
        happens::status_checks_replace(0.05),
        happens::the_balancer_replaces(0.05),
        happens::nothing_serves(0.02),
    ];
    agree(24, plans::failing_on_credits(), &expected);
}

/// An instance that slows down without failing, among others that fail and move between zones.
#[test]
fn both_agree_on_a_slow_instance() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::waits(0.2),
        happens::is_slow(0.3),
        happens::moves_while_slow(0.02),
    ];
    agree(32, plans::slow(), &expected);
}

/// A time in which no metric has datapoints, of each platform.
#[test]
fn both_agree_on_a_missing_metric() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::waits(0.2),
        happens::goes_missing_in_alarm(0.1),
        happens::is_answered_late(0.02),
    ];
    agree(40, plans::missing_metric(), &expected);
}

/// Clients that try again, while instances may fail.
#[test]
fn both_agree_on_retries() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::waits(0.2),
        happens::is_retried(0.3),
        happens::nobody_waits_for_it(0.05),
        happens::is_given_up(0.2),
    ];
    agree(24, plans::retried(), &expected);
}

/// Whole requests each minute, as many as thresholds are, shared by any number of instances.
#[test]
fn both_agree_on_counts_at_thresholds() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::waits(0.2),
        happens::is_at_a_threshold(0.2),
    ];
    agree(48, plans::counted(), &expected);
}

/// Launches that AWS refuses: a shortage, and a quota.
#[test]
fn both_agree_on_refused_launches() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::waits(0.2),
        happens::is_refused(0.1),
        happens::is_tried_again(0.05),
        happens::exceeds_a_quota(0.05),
        happens::waits_in_vain(0.01),
    ];
    agree(32, plans::short(), &expected);
}

/// Instances, applications and zones that fail, and what is done about it.
#[test]
fn both_agree_on_failures() {
    let expected = [
        happens::scales_out(0.2),
        happens::scales_in(0.05),
        happens::status_checks_replace(0.05),
        happens::the_balancer_replaces(0.05),
        happens::starts_anew(0.02),
        happens::zones_are_balanced(0.02),
        happens::serves_again(0.02),
        happens::nothing_serves(0.02),
    ];
    agree(24, plans::failing(), &expected);
}
