//! A count is the count it was: from what a person gives to what an alarm sees and a policy makes of it, whole requests are
//! compared as whole numbers are, however they are told.
//!
//! What is expected is worked out in whole numbers here, never in fractions.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use engine::run::{AlarmState, Run};
use proptest::prelude::*;
use scenario::{compile::compile, document::Scenario, file, link};
use serde_json::{Value, json};

/// Two hours.
const MINUTES: usize = 120;

/// Seen from a file, and again through a link that keeps it as it is: both run alike.
fn run(document: &Value) -> Run {
    let scenario = file::from_json(&document.to_string()).unwrap();
    let run = run_of(&scenario);
    let again = file::from_json(&file::to_json(&scenario)).unwrap();
    assert_eq!(run_of(&again).fingerprint(), run.fingerprint(), "by a file");
    if let Ok(shared) = link::share(&scenario)
        && shared.rounding.is_none()
    {
        let again = run_of(&link::decode(&shared.payload).unwrap());
        assert_eq!(again.fingerprint(), run.fingerprint(), "by a link");
    }
    run
}

fn run_of(scenario: &Scenario) -> Run {
    let compiled = compile(scenario).unwrap_or_else(|problems| panic!("{problems:?}"));
    engine::run(&compiled.plan)
}

/// Two hours of `n` instances and no others, each as fast as that.
fn fixed(n: u32, max_rps: f64, demand: &[Value], policies: &[Value], delay_s: u32) -> Value {
    json!({
        "headroom": 1,
        "start": "2026-06-01",
        "hours": MINUTES / 60,
        "time_zone": "UTC",
        "load_test": { "max_rps": max_rps },
        "instance": { "initial": n },
        "scalable_target": { "MinCapacity": n, "MaxCapacity": n },
        "policies": policies,
        "assumptions": { "metric_delay_s": delay_s },
        "demand": demand,
    })
}

fn steady(rps: f64) -> Value {
    json!({ "shape": { "steady": { "rps": rps } } })
}

fn trace(step_s: u32, decimals: u8, counts: &[u32], scale: f64) -> Value {
    json!({ "shape": { "trace": {
        "trace": { "start": "2026-06-01T00:00", "step_s": step_s, "decimals": decimals, "counts": counts },
        "scale": scale,
    } } })
}

/// The ways in which so many requests a minute can be told, each with what these are in each minute.
fn told(way: usize, counts: &[u32]) -> (Value, Vec<u64>) {
    let steady_count = counts[0];
    let by_minute: Vec<u64> = counts.iter().map(|&count| u64::from(count)).collect();
    let always = vec![u64::from(steady_count); MINUTES];
    let split = |parts: u32| -> Vec<u32> {
        // Uneven, and whole.
        let part = |count: u32, i: u32| count * (i + 1) / parts - count * i / parts;
        let minute = |count: &u32| (0..parts).map(|i| part(*count, i)).collect::<Vec<_>>();
        counts.iter().flat_map(minute).collect()
    };
    match way {
        0 => (trace(60, 0, counts, 1.0), by_minute),
        1 => {
            let thousandths: Vec<u32> = counts.iter().map(|count| count * 1000).collect();
            (trace(60, 3, &thousandths, 1.0), by_minute)
        }
        2 => {
            let twice = by_minute.iter().map(|count| 2 * count).collect();
            (trace(60, 0, counts, 2.0), twice)
        }
        3 => {
            let tenths: Vec<u32> = counts.iter().map(|count| count * 20).collect();
            (trace(60, 1, &tenths, 0.5), by_minute)
        }
        4 => (trace(10, 0, &split(6), 1.0), by_minute),
        5 => (trace(1, 0, &split(60), 1.0), by_minute),
        6 => (trace(300, 0, &[5 * steady_count; MINUTES / 5], 1.0), always),
        7 => (
            trace(3600, 0, &[60 * steady_count; MINUTES / 60], 1.0),
            always,
        ),
        8 => (
            trace(90, 1, &[15 * steady_count; MINUTES * 2 / 3], 1.0),
            always,
        ),
        9 => (steady(f64::from(steady_count) / 60.0), always),
        10 => {
            let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            let rps = f64::from(steady_count) / 60.0;
            let hours =
                json!({ "days": days, "from": "00:00", "to": "00:00", "rps": rps, "ramp_min": 0 });
            (json!({ "shape": { "office_hours": hours } }), always)
        }
        11 => {
            // A plateau of half an hour, with a ramp of ten minutes before it and after it.
            let count = 20 * steady_count;
            let at = json!({ "at": "2026-06-01T00:20", "rps": f64::from(count) / 60.0,
                "ramp_up_min": 10, "hold_min": 30, "decay_min": 10 });
            let minute = |minute: usize| match minute {
                20..30 => u64::from(count) * (2 * (minute as u64 - 20) + 1) / 20,
                30..60 => u64::from(count),
                60..70 => u64::from(count) * (2 * (69 - minute as u64) + 1) / 20,
                _ => 0,
            };
            (
                json!({ "shape": { "event": at } }),
                (0..MINUTES).map(minute).collect(),
            )
        }
        _ => {
            // Two more each minute than in the one before.
            let growth = json!({ "by": { "rps": 48.0 }, "per": "day" });
            let odd = (0..MINUTES as u64).map(|minute| 2 * minute + 1);
            (json!({ "shape": { "growth": growth } }), odd.collect())
        }
    }
}

const WAYS: usize = 13;

/// Layers told in several ways, and the requests of each minute.
fn demand() -> impl Strategy<Value = (Vec<Value>, Vec<u64>)> {
    let counts = (1_u32..2000, 1_u32..2000, 1_usize..20).prop_map(|(a, b, every)| {
        let minutes = 0..MINUTES;
        minutes
            .map(|minute| if minute % every == 0 { a } else { b })
            .collect::<Vec<_>>()
    });
    prop::collection::vec((0..WAYS, counts), 1..4).prop_map(|layers| {
        let mut sums = vec![0; MINUTES];
        let told = layers.iter().map(|(way, counts)| {
            let (layer, counts) = told(*way, counts);
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count;
            }
            layer
        });
        (told.collect(), sums)
    })
}

const COMPARISONS: [&str; 4] = [
    "GreaterThanThreshold",
    "GreaterThanOrEqualToThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
];

/// Compares fractions by their numerators.
fn breaches(comparison: &str, (a, b): (u64, u64), (c, d): (u64, u64)) -> bool {
    let (left, right) = (u128::from(a) * u128::from(d), u128::from(c) * u128::from(b));
    match comparison {
        "GreaterThanThreshold" => left > right,
        "GreaterThanOrEqualToThreshold" => left >= right,
        "LessThanThreshold" => left < right,
        _ => left <= right,
    }
}

/// What a statistic makes of whole minutes, each of which counts so much (a fraction), as a fraction.
fn statistic(name: &str, minutes: &[u64], (times, of): (u64, u64)) -> (u64, u64) {
    let sum: u64 = minutes.iter().sum();
    match name {
        "Sum" => (times * sum, of),
        "Average" => (times * sum, of * minutes.len() as u64),
        "Minimum" => (times * minutes.iter().min().unwrap(), of),
        _ => (times * minutes.iter().max().unwrap(), of),
    }
}

/// What it makes of the period around some minute, and as much off as one of its numerator.
fn threshold(
    name: &str,
    counts: &[u64],
    (at, periods): (usize, usize),
    of: (u64, u64),
    off: i64,
) -> (u64, u64) {
    let from = at.min(MINUTES - periods);
    let (value, of) = statistic(name, &counts[from..from + periods], of);
    (value.saturating_add_signed(off), of)
}

fn off() -> impl Strategy<Value = i64> {
    prop_oneof![3 => Just(0_i64), 1 => -1_i64..2]
}

/// The state at a minute's end of an alarm that looks at the newest period, once that is whole.
fn expected(
    minute: usize,
    delay: usize,
    periods: usize,
    counts: &[u64],
    breaches: impl Fn(&[u64]) -> bool,
) -> AlarmState {
    match (minute + 1).checked_sub(delay + periods) {
        None => AlarmState::InsufficientData,
        Some(from) if breaches(&counts[from..from + periods]) => AlarmState::Alarm,
        Some(_) => AlarmState::Ok,
    }
}

/// A policy that never changes anything, and whose alarm looks at one period.
fn alarm(
    metric: &str,
    comparison: &str,
    statistic: &str,
    periods: usize,
    (threshold, of): (u64, u64),
) -> Value {
    json!({
        "PolicyName": "alarm",
        "PolicyType": "StepScaling",
        "StepScalingPolicyConfiguration": {
            "AdjustmentType": "ChangeInCapacity",
            "StepAdjustments": [{ "MetricIntervalLowerBound": 0, "ScalingAdjustment": 1 }],
        },
        "Alarm": {
            "MetricName": metric,
            "Statistic": statistic,
            "Period": 60 * periods,
            "EvaluationPeriods": 1,
            "Threshold": threshold as f64 / of as f64,
            "ComparisonOperator": comparison,
        },
    })
}

/// An alarm on what comes by ten seconds: with it there is no minute in which nothing happens.
fn by_ten_seconds() -> Value {
    let mut policy = alarm(
        "ConcurrentRequestsPerModel",
        COMPARISONS[0],
        "Average",
        1,
        (1_000_000_000, 1),
    );
    policy["PolicyName"] = json!("by ten seconds");
    policy
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Alarms of every comparison, with thresholds at, just above and just below what comes.
    #[test]
    fn alarms_compare_counts_as_whole_numbers_are_compared(
        (demand, counts) in demand(),
        n in prop_oneof![Just(1_u32), 2_u32..8, 8_u32..101],
        comparison in prop::sample::select(&COMPARISONS),
        periods in prop_oneof![3 => Just(1_usize), 1 => 2_usize..11],
        at in 0..MINUTES,
        off in off(),
        delay in 0_usize..4,
        is_eventful in any::<bool>(),
        is_overrun in any::<bool>(),
    ) {
        let threshold = threshold("Sum", &counts, (at, periods), (1, u64::from(n)), off);
        let mut policies = vec![alarm("InvocationsPerInstance", comparison, "Sum", periods, threshold)];
        if is_eventful {
            policies.push(by_ten_seconds());
        }
        let most = *counts.iter().max().unwrap() as f64 / 60.0;
        let max_rps = if is_overrun { (0.4 * most / f64::from(n)).max(0.001) } else { 1e5 };
        let document = fixed(n, max_rps, &demand, &policies, 60 * delay as u32);
        let run = run(&document);
        let all: u64 = counts.iter().sum();
        prop_assert_eq!(run.totals.requests, all as f64);
        if !is_overrun {
            prop_assert_eq!(run.totals.served, all as f64);
        }
        let each: Vec<f32> = counts.iter().map(|&count| (count as f64 / f64::from(n)) as f32).collect();
        prop_assert_eq!(&run.series.invocations_per_instance, &each);
        let value = |minutes: &[u64]| statistic("Sum", minutes, (1, u64::from(n)));
        for (minute, &state) in run.series.alarms[0].states.iter().enumerate() {
            let expected = expected(minute, delay, periods, &counts, |minutes| {
                breaches(comparison, value(minutes), threshold)
            });
            prop_assert_eq!(state, expected, "minute {} of {:?}", minute, counts);
        }
    }

    /// Target tracking at its target, at the share of it from which it scales in, and a request beside both.
    #[test]
    fn target_tracking_wants_what_whole_numbers_come_to(
        way in prop::sample::select(vec![0_usize, 1, 3, 4, 5, 6, 7, 8, 9, 10]),
        count in 1_u32..2000,
        n in prop_oneof![2_u32..8, 8_u32..101],
        is_low in any::<bool>(),
        off in off(),
        delay in 0_u32..3,
        is_eventful in any::<bool>(),
    ) {
        let (layer, _) = told(way, &[count; MINUTES]);
        // The target is `at` ÷ `of`, with which the alarm's threshold is what each instance gets, or a request beside it.
        let at = u64::from(count).saturating_add_signed(off).max(1);
        let (at, of) = if is_low { (10 * at, 9 * u64::from(n)) } else { (at, u64::from(n)) };
        let mut policies = vec![json!({
            "PolicyName": "target",
            "TargetTrackingScalingPolicyConfiguration": { "TargetValue": at as f64 / of as f64 },
        })];
        if is_eventful {
            policies.push(by_ten_seconds());
        }
        let mut document = fixed(n, 1e5, &[layer], &policies, 60 * delay);
        document["scalable_target"] = json!({ "MinCapacity": 1, "MaxCapacity": 10_000 });
        let run = run(&document);
        let first = run.activities.iter().find(|activity| activity.to != activity.from);
        let got = first.map(|activity| activity.to);
        let (count, n) = (u64::from(count), u64::from(n));
        // Each gets count ÷ n; n × that ÷ target, rounded up.
        let wanted = (count * of).div_ceil(at) as u32;
        let is_above = count * of > at * n;
        let is_below = 10 * count * of < 9 * at * n;
        let expected = ((is_above || is_below) && u64::from(wanted) != n).then_some(wanted.max(1));
        prop_assert_eq!(got, expected, "{} over {}, target {} / {}", count, n, at, of);
    }

    /// CPUUtilization is what whole requests of whole milliseconds come to, in percent of a core.
    #[test]
    fn cpu_is_what_whole_requests_cost(
        (demand, counts) in demand(),
        ms in 1_u32..100,
        n in 1_u32..101,
        comparison in prop::sample::select(&COMPARISONS),
        name in prop::sample::select(vec!["Average", "Minimum", "Maximum"]),
        periods in prop_oneof![3 => Just(1_usize), 1 => 2_usize..11],
        at in 0..MINUTES,
        off in off(),
        delay in 0_usize..4,
        is_eventful in any::<bool>(),
    ) {
        // Percent: count × ms of 60,000 ms, a hundred times, over n. Four cores are not all busy.
        let of = (u64::from(ms), 600 * u64::from(n));
        prop_assume!(counts.iter().all(|count| count * of.0 < 400 * of.1));
        let threshold = threshold(name, &counts, (at, periods), of, off);
        let mut policies = vec![alarm("CPUUtilization", comparison, name, periods, threshold)];
        if is_eventful {
            policies.push(by_ten_seconds());
        }
        let mut document = fixed(n, 1e5, &demand, &policies, 60 * delay as u32);
        document["load_test"]["cpu_ms_per_request"] = json!(ms);
        let run = run(&document);
        for (minute, &state) in run.series.alarms[0].states.iter().enumerate() {
            let expected = expected(minute, delay, periods, &counts, |minutes| {
                breaches(comparison, statistic(name, minutes, of), threshold)
            });
            prop_assert_eq!(state, expected, "minute {} of {:?}", minute, counts);
        }
    }

    /// An asynchronous endpoint without instances wakes for a job more than its target, and for none less.
    #[test]
    fn jobs_wake_an_endpoint_beyond_its_target(
        jobs in prop::collection::vec(0_u32..50, 1..40),
        off in -1_i64..2,
        by_second in any::<bool>(),
    ) {
        let all: u32 = jobs.iter().sum();
        let target = i64::from(all) + off;
        prop_assume!(target > 0);
        let layer = if by_second {
            let seconds: Vec<u32> = jobs.iter().flat_map(|&jobs| {
                (0..60).map(move |second| u32::from(second == 7) * jobs)
            }).collect();
            trace(1, 0, &seconds, 1.0)
        } else {
            trace(60, 0, &jobs, 1.0)
        };
        let run = run(&asynchronous(target as f64, &layer, 2));
        let is_woken = run.fleet.iter().any(|change| change.desired > 0);
        prop_assert_eq!(is_woken, i64::from(all) > target, "{} jobs, target {}", all, target);
        prop_assert_eq!(run.totals.requests, f64::from(all));
        if !is_woken {
            prop_assert_eq!(run.totals.queued_at_end, f64::from(all));
        }
    }
}

/// An asynchronous endpoint that sleeps until more wait than its target.
fn asynchronous(target: f64, layer: &Value, hours: u32) -> Value {
    json!({
        "headroom": 1,
        "start": "2026-06-01",
        "hours": hours,
        "time_zone": "UTC",
        "platform": "sagemaker_asynchronous",
        "load_test": { "max_rps": 0.05, "p50_ms": 15_000, "p95_ms": 19_000 },
        "instance": { "type": "ml.g4dn.xlarge", "initial": 0 },
        "scalable_target": { "MinCapacity": 0, "MaxCapacity": 1 },
        "policies": [{
            "PolicyName": "b",
            "PolicyType": "TargetTrackingScaling",
            "TargetTrackingScalingPolicyConfiguration": {
                "TargetValue": target,
                "CustomizedMetricSpecification": { "MetricName": "ApproximateBacklogSizePerInstance" },
            },
        }],
        "demand": [layer],
    })
}

/// One job is not above a target of one: it waits until it expires, six hours later.
#[test]
fn one_job_wakes_nobody_whose_target_is_one() {
    let layer = json!({ "shape": { "trace": {
        "trace": { "start": "2026-06-01T00:30", "step_s": 60, "counts": [1] },
        "scale": 1,
    } } });
    let run = run(&asynchronous(1.0, &layer, 8));
    assert!(run.fleet.iter().all(|change| change.desired == 0));
    let metric = run.series.metric();
    assert!(metric[31..390].iter().all(|&size| size == 1.0));
    assert_eq!((metric[30], metric[391]), (0.5, 0.0));
    let [expired] = run.distress.as_slice() else {
        panic!("{:?}", run.distress)
    };
    assert_eq!((expired.start_s, expired.failed), (6.5 * 3600.0, 1.0));
    assert_eq!((run.totals.requests, run.totals.failed), (1.0, 1.0));
}

/// Numbers that were told otherwise: requests of each minute, instances, the threshold that they are at.
#[test]
fn what_is_at_a_threshold_is_not_above_it() {
    for (count, n, threshold) in [
        (7, 1, (7, 1)),
        (70, 1, (70, 1)),
        (1_499, 5, (2_998, 10)),
        (700, 10, (70, 1)),
    ] {
        for way in [0, 9] {
            let (layer, _) = told(way, &[count; MINUTES]);
            let policy = alarm(
                "InvocationsPerInstance",
                COMPARISONS[0],
                "Sum",
                1,
                threshold,
            );
            let run = run(&fixed(n, 1e3, &[layer], &[policy], 60));
            let is_alarm = |state: &AlarmState| *state == AlarmState::Alarm;
            assert!(
                !run.series.alarms[0].states.iter().any(is_alarm),
                "{count} over {n}"
            );
            assert!(run.activities.is_empty());
            assert_eq!(run.totals.requests, f64::from(count) * MINUTES as f64);
        }
    }
}

/// What is in flight by ten seconds: so many a second, each for a tenth of one, where nobody waits for others.
#[test]
fn what_is_in_flight_is_no_more_than_whole_requests_come_to() {
    for (rps, n) in [(10_u32, 1_u32), (30, 3), (7, 7), (70, 3), (1_499, 5)] {
        for (off, is_above) in [(0, false), (-1, true)] {
            let threshold = (u64::from(rps).saturating_add_signed(off), 10 * u64::from(n));
            let metric = "ConcurrentRequestsPerModel";
            let policy = alarm(metric, COMPARISONS[0], "Average", 1, threshold);
            let layer = steady(f64::from(rps));
            let mut document = fixed(n, 1e5, &[layer], &[policy], 60);
            document["load_test"]["p50_ms"] = json!(100);
            document["load_test"]["p95_ms"] = json!(100);
            let run = run(&document);
            let states = &run.series.alarms[0].states[2..];
            let is_alarm = |state: &AlarmState| *state == AlarmState::Alarm;
            assert_eq!(
                states.iter().any(is_alarm),
                is_above,
                "{rps} over {n}, {off}"
            );
        }
    }
}
