//! Every kind of plan, of each platform with every kind of policies, failures and CPU credits: the same plans each time.
//!
//! Their runs and reports are known by hashes (`known.txt`), so that a change that is to leave every result as it is can be checked
//! in seconds. A change that is meant is written there with `UPDATE=1 cargo test -p engine --test every_kind`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../plans/mod.rs"]
mod plans;

use common::random;
use engine::{Plan, Report, Run};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

const KNOWN: &str = include_str!("known.txt");

/// Plans of each kind.
const PLANS: usize = 160;

/// Plans of one kind, by its name.
type Kind = (&'static str, BoxedStrategy<Plan>);

/// A plan of any length whose demand mostly stays below capacity, so that most of it is calm.
fn calm() -> impl Strategy<Value = Plan> {
    let plan = prop_oneof![random::plan().boxed(), random::group_plan().boxed()];
    (plan, 1_u32..4, 0.05..0.9_f64).prop_map(|(mut plan, days, share)| {
        let least = f64::from(plan.scalable_target.min.max(1)) * plan.service.max_rps;
        let rps = |hour: u32| share * least * (1.0 + 0.3 * f64::from(hour % 24 % 7));
        let points: Vec<_> = (0..24 * days)
            .map(|hour| (3600.0 * f64::from(hour), rps(hour)))
            .collect();
        plan.length_s = days * 86_400;
        plan.demand = engine::demand::Timeline::compile(&[common::curve(&points)], plan.length_s);
        plan
    })
}

/// Failures among instances with CPU credits.
fn failing_on_credits() -> impl Strategy<Value = Plan> {
    prop_oneof![
        random::failing(plans::on_credits().boxed()).boxed(),
        random::failing_plan().boxed().prop_flat_map(|plan| {
            let credits = random::credits(&plan.service);
            (Just(plan), credits).prop_map(|(mut plan, credits)| {
                common::give_credits(&mut plan, credits);
                plan
            })
        })
    ]
}

fn kinds() -> [Kind; 19] {
    [
        ("variant", plans::variant().boxed()),
        ("ten seconds", plans::ten_seconds().boxed()),
        ("group", plans::group().boxed()),
        ("asynchronous", plans::asynchronous().boxed()),
        ("serverless", plans::serverless().boxed()),
        ("component", plans::component().boxed()),
        ("predictive", plans::predictive().boxed()),
        ("credits", plans::on_credits().boxed()),
        ("counted", plans::counted().boxed()),
        ("failing", plans::failing().boxed()),
        ("failing on credits", failing_on_credits().boxed()),
        ("replaced on credits", plans::failing_on_credits().boxed()),
        ("any", random::any_plan().boxed()),
        ("extreme", random::extreme_plan().boxed()),
        ("calm", calm().boxed()),
        ("slow", plans::slow().boxed()),
        ("retried", plans::retried().boxed()),
        ("short", plans::short().boxed()),
        ("missing metric", plans::missing_metric().boxed()),
    ]
}

/// The same plans each time.
fn drawn((_, strategy): &Kind) -> impl Iterator<Item = Plan> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..PLANS).map(move |_| strategy.new_tree(&mut runner).unwrap().current())
}

fn add(hash: u64, value: u64) -> u64 {
    (hash ^ value)
        .wrapping_mul(0x0000_0100_0000_01b3)
        .rotate_left(23)
}

/// A report is hashed as it is printed, numbers to the last digit.
fn hash_of_report(plan: &Plan, run: &Run) -> u64 {
    let report = format!("{:?}", Report::new(plan, run));
    report
        .bytes()
        .fold(0, |hash, byte| add(hash, u64::from(byte)))
}

#[test]
fn every_run_and_report_is_known() {
    let mut found = String::new();
    for kind in kinds() {
        let (mut runs, mut reports) = (0, 0);
        for plan in drawn(&kind) {
            let run = engine::run(&plan);
            runs = add(runs, run.fingerprint());
            reports = add(reports, hash_of_report(&plan, &run));
        }
        found += &format!("{runs:016x} {reports:016x} {}\n", kind.0);
    }
    if std::env::var_os("UPDATE").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/every_kind/known.txt");
        std::fs::write(file, &found).unwrap();
    } else {
        assert_eq!(found, KNOWN, "if the change is meant: UPDATE=1");
    }
}

#[test]
fn calm_periods_are_what_they_are_one_by_one() {
    for kind in kinds() {
        for (nth, plan) in drawn(&kind).enumerate() {
            let (run, plain) = (engine::run(&plan), engine::run_period_by_period(&plan));
            let is_same = run.fingerprint() == plain.fingerprint();
            assert!(is_same, "{}, plan {nth}: {plan:?}", kind.0);
        }
    }
}
