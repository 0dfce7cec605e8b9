//! A time in which no metric has datapoints: alarms go to INSUFFICIENT_DATA, nothing scales, and what has happened meanwhile is
//! answered once data is back.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{alarm, changes, curve, one_more, plan as usual};
use engine::{
    Plan,
    demand::Layer,
    plan::{
        Comparison, Metric, MetricAlarm, MissingMetric, ScalableTarget, TargetTracking,
        TreatMissingData,
    },
    run::AlarmState::{self, Alarm, InsufficientData, Ok},
};

/// From minute 10 to 40.
const MISSING: MissingMetric = MissingMetric {
    at_s: 600.0,
    for_s: 1800.0,
};

/// Two hours of such demand on one to ten instances, whose metrics are missing.
fn plan(layers: &[Layer]) -> Plan {
    Plan {
        missing_metric: Some(MISSING),
        ..usual(layers, 7200)
    }
}

/// Ten times as many requests per second from a moment on.
fn rise_at(at_s: f64) -> Layer {
    curve(&[(0.0, 3.0), (at_s, 3.0), (at_s, 30.0)])
}

#[test]
fn a_rise_is_answered_only_once_data_is_back() {
    // Three minutes breach, and each is seen a minute after it has ended. The first minute after the gap is seen at minute 42.
    for (at_s, missing, answered_s) in [
        (1200.0, None, 1440.0),
        (1200.0, Some(MISSING), 2640.0),
        (660.0, Some(MISSING), 2640.0),
        // Three minutes have breached before.
        (360.0, Some(MISSING), 600.0),
        // Two of them, and then no others.
        (480.0, Some(MISSING), 2640.0),
        (2400.0, Some(MISSING), 2640.0),
    ] {
        let plan = Plan {
            missing_metric: missing,
            ..plan(&[rise_at(at_s)])
        };
        let first = changes(&engine::run(&plan))[0];
        assert_eq!(first.0, answered_s, "{at_s} {missing:?}: {first:?}");
        assert!(first.2 > first.1);
    }
}

#[test]
fn nothing_is_scaled_in_as_if_missing_were_low() {
    let mut plan = plan(&[curve(&[(0.0, 3.0)])]);
    plan.fleet.initial = 4;
    // Fifteen minutes breach: nine of them before the gap do not suffice, and those after it begin anew.
    assert_eq!(changes(&engine::run(&plan))[0].0, 3360.0);
    plan.missing_metric = None;
    assert_eq!(changes(&engine::run(&plan))[0].0, 960.0);
}

/// The states of an alarm after such minutes.
fn states(plan: &Plan, alarm: usize, minutes: &[(usize, AlarmState)]) {
    let states = &engine::run(plan).series.alarms[alarm].states;
    for &(minute, state) in minutes {
        assert_eq!(states[minute], state, "alarm {alarm}, minute {minute}");
    }
}

#[test]
fn alarms_have_insufficient_data_once_their_range_has_none() {
    // The last datapoint is seen after minute 10, the first one after the gap after minute 41. AlarmHigh looks at five, AlarmLow
    // at seventeen of them.
    let plan = plan(&[curve(&[(0.0, 9.5)])]);
    let (high, low) = (0, 1);
    for alarm in [high, low] {
        states(&plan, alarm, &[(10, Ok), (14, Ok), (41, Ok)]);
    }
    states(
        &plan,
        high,
        &[(15, InsufficientData), (40, InsufficientData)],
    );
    states(&plan, low, &[(26, Ok), (27, InsufficientData)]);
}

#[test]
fn a_step_alarm_treats_what_is_missing_as_it_says() {
    use TreatMissingData::{Breaching, Ignore, Missing, NotBreaching};
    // CloudWatch's table, a row of nothing but missing datapoints: before the gap the alarm is OK, or in ALARM.
    for (treatment, was_ok, was_in_alarm) in [
        (Missing, InsufficientData, InsufficientData),
        (Ignore, Ok, Alarm),
        (Breaching, Alarm, Alarm),
        (NotBreaching, Ok, Ok),
    ] {
        for (rps, before, state) in [(9.0, Ok, was_ok), (11.0, Alarm, was_in_alarm)] {
            let mut plan = plan(&[curve(&[(0.0, rps)])]);
            plan.scalable_target = ScalableTarget { min: 1, max: 1 };
            plan.target_tracking.clear();
            let alarm = MetricAlarm {
                treat_missing_data: treatment,
                ..alarm(Comparison::GreaterThanThreshold, 600.0)
            };
            plan.step_scaling = vec![one_more(0, alarm, 300.0)];
            states(&plan, 0, &[(10, before), (30, state), (50, before)]);
            // An alarm that missing data alone keep in ALARM has no datapoint to act on.
            plan.scalable_target.max = 10;
            let within = |at_s: f64| (720.0..=2460.0).contains(&at_s);
            let changes = changes(&engine::run(&plan));
            assert!(
                !changes.iter().any(|it| within(it.0)),
                "{treatment:?}: {changes:?}"
            );
        }
    }
}

#[test]
fn the_metric_has_no_value_and_nothing_else_changes() {
    let cpu = Metric::Utilization {
        percent_s_per_request: 5.0,
        most_percent: 100.0,
    };
    // Minutes whose ends lie within it are missing: of a gap that begins or ends within a minute, too.
    for (at_s, for_s, first, last) in [
        (600.0, 1800.0, 10, 39),
        (630.0, 1800.0, 10, 39),
        (599.0, 1800.0, 9, 38),
        (0.0, 60.0, 0, 0),
        (7000.0, 9000.0, 116, 119),
    ] {
        for metric in [Metric::InvocationsPerInstance, cpu] {
            let mut plan = plan(&[curve(&[(0.0, 9.5)])]);
            plan.target_tracking = vec![TargetTracking {
                metric,
                target: 50.0,
                ..plan.target_tracking[0]
            }];
            plan.scalable_target = ScalableTarget { min: 2, max: 2 };
            let without = engine::run(&Plan {
                missing_metric: None,
                ..plan.clone()
            });
            plan.missing_metric = Some(MissingMetric { at_s, for_s });
            let run = engine::run(&plan);
            let both = run.series.metric().iter().zip(without.series.metric());
            for (minute, (with, without)) in both.enumerate() {
                let is_missing = (first..=last).contains(&minute);
                assert_eq!(with.is_nan(), is_missing, "{at_s}, minute {minute}");
                assert!(is_missing || (with - without).abs() < 1e-4);
            }
            assert!((run.totals.served - without.totals.served).abs() < 1e-6);
            assert_eq!(run.totals.cost_usd, without.totals.cost_usd);
        }
    }
}

#[test]
fn ten_seconds_go_missing_as_minutes_do() {
    let mut plan = plan(&[rise_at(1200.0)]);
    let idle_s = engine::idle_s(40.0, 95.0);
    plan.target_tracking[0].metric = Metric::ConcurrentRequests { idle_s };
    plan.target_tracking[0].target = 0.5;
    // Half a minute within it is not missing.
    plan.missing_metric = Some(MissingMetric {
        at_s: 630.0,
        ..MISSING
    });
    let run = engine::run(&plan);
    let values = run.series.metric();
    for (minute, is_missing) in [(10, false), (11, true), (39, true), (40, false)] {
        assert_eq!(values[minute].is_nan(), is_missing, "minute {minute}");
    }
    // Three of ten seconds breach, and each is seen a minute after it has ended.
    assert_eq!(changes(&run)[0].0, 2520.0);
}
