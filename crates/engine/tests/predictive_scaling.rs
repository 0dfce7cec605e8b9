//! Predictive scaling: when it forecasts, when it scales out, and what it keeps others from removing.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{changes, curve, group_of, make_group, plan};
use engine::{
    demand::{Layer, Timeline},
    forecast::{self, Hour},
    plan::{
        Launch, Metric, Plan, Predictive, PredictiveScaling, ScalableTarget, ScheduledAction,
        WarmUp,
    },
    run::{Cause, NotScaledReason, Outcome},
};
use std::sync::Arc;

const HOUR: f64 = 3600.0;

/// Keeps 600 requests per target and minute: ten requests per second need an instance.
const REQUESTS: PredictiveScaling = PredictiveScaling {
    index: 0,
    metric: Metric::InvocationsPerInstance,
    target: 600.0,
    scales: true,
    scheduling_buffer_s: 300.0,
    max_capacity_buffer: None,
};

/// Demand that steps to each of these rates at the start of its hour, and again from the first after the last.
fn tides(rates: &[f64], hours: u32) -> Layer {
    let mut corners = Vec::new();
    for hour in 0..hours {
        let rps = rates[hour as usize % rates.len()];
        corners.push((f64::from(hour) * HOUR, rps));
        corners.push((f64::from(hour + 1) * HOUR, rps));
    }
    curve(&corners)
}

/// A day: quiet, but for two hours from nine on.
fn morning() -> [f64; 24] {
    let mut day = [8.0; 24];
    day[9] = 68.0;
    day[10] = 35.0;
    day
}

/// A group under such demand, with a history of so many hours of it, that scales by forecasts alone.
fn group(policy: PredictiveScaling, before: u32, hours: u32) -> Plan {
    let mut plan = plan(&[tides(&morning(), hours)], hours * 3600);
    plan.target_tracking.clear();
    plan.scalable_target = ScalableTarget { min: 1, max: 20 };
    make_group(
        &mut plan,
        WarmUp {
            default_s: 120.0,
            by_policy: Vec::new(),
        },
    );
    // It ends at midnight.
    let mut day = morning();
    day.rotate_right(before as usize % 24);
    let history = Timeline::compile(&[tides(&day, before)], before * 3600);
    group_of(&mut plan).predictive = Some(Arc::new(Predictive {
        policies: vec![policy],
        history: if before == 0 {
            Timeline::default()
        } else {
            history
        },
    }));
    plan
}

fn hours(plan: &Plan) -> Vec<Hour> {
    forecast::of(plan).swap_remove(0).hours
}

#[test]
fn a_forecast_needs_a_day_and_is_renewed_every_six_hours() {
    // Hours of history, hours of the run, first hour forecast and when that was made.
    for (before, length, first) in [
        (0, 23, None),
        // The hour that begins as the run ends.
        (0, 24, Some((24.0, 24.0))),
        (0, 48, Some((24.0, 24.0))),
        // Made every six hours counted from the start of the run, before it, too.
        (10, 24, Some((18.0, 18.0))),
        (24, 24, Some((0.0, 0.0))),
        (29, 24, Some((0.0, 0.0))),
        (30, 24, Some((0.0, -6.0))),
        (336, 24, Some((0.0, -6.0))),
    ] {
        let plan = group(REQUESTS, before, length);
        let hours = hours(&plan);
        let found = hours
            .first()
            .map(|hour| (hour.at_s / HOUR, hour.made_s / HOUR));
        assert_eq!(found, first, "{before} hours before {length}");
        for hour in &hours {
            assert_eq!(hour.made_s % (6.0 * HOUR), 0.0);
            let newest = ((hour.at_s - 300.0) / (6.0 * HOUR)).floor() * 6.0 * HOUR;
            assert!(hour.made_s == newest || Some(hour.at_s / HOUR) == first.map(|(at, _)| at));
            let of_day = (hour.at_s / HOUR) as usize % 24;
            assert!((hour.rps - morning()[of_day]).abs() < 1e-9, "{hour:?}");
        }
    }
}

#[test]
fn an_hour_goes_by_the_newest_forecast_when_it_is_seen_to() {
    // Buffer in seconds, and when the forecasts of hours five to seven were made: one is made as hour six begins.
    for (scheduling_buffer_s, made) in [
        (0.0, [0.0, 6.0, 6.0]),
        (1.0, [0.0, 0.0, 6.0]),
        (3599.0, [0.0, 0.0, 6.0]),
    ] {
        let policy = PredictiveScaling {
            scheduling_buffer_s,
            ..REQUESTS
        };
        let hours = hours(&group(policy, 48, 24));
        let found = [5, 6, 7].map(|hour| hours[hour].made_s / HOUR);
        assert_eq!(found, made, "{scheduling_buffer_s}");
    }
}

#[test]
fn two_weeks_count_and_no_more() {
    // Days and their rates, the oldest first, and what is forecast for the run's first hour.
    for (days, expected) in [
        (vec![(7, 10.0), (7, 20.0)], 15.0),
        (vec![(7, 70.0), (7, 10.0), (7, 20.0)], 15.0),
        // The hour six hours before the run has forecast it: the oldest day counts from then on.
        (vec![(6, 10.0), (1, 80.0)], 20.0),
    ] {
        let mut corners = Vec::new();
        let mut end_s = 0.0;
        for (count, rps) in days {
            corners.push((end_s, rps));
            end_s += f64::from(count) * 24.0 * HOUR;
            corners.push((end_s, rps));
        }
        let mut plan = group(REQUESTS, 24, 24);
        group_of(&mut plan).predictive = Some(Arc::new(Predictive {
            policies: vec![REQUESTS],
            history: Timeline::compile(&[curve(&corners)], end_s as u32),
        }));
        let first = hours(&plan)[0];
        assert!((first.rps - expected).abs() < 1e-9, "{first:?}");
    }
}

#[test]
fn capacity_follows_the_metric_pair() {
    // Target, capacity for 68, 35 and 8 requests per second.
    let cpu = Metric::Utilization {
        percent_s_per_request: 5.0,
        most_percent: 100.0,
    };
    for (metric, target, expected) in [
        (Metric::InvocationsPerInstance, 600.0, [7, 4, 1]),
        (Metric::InvocationsPerInstance, 680.0, [6, 4, 1]),
        (Metric::InvocationsPerInstance, 1.0, [4080, 2100, 480]),
        (cpu, 50.0, [7, 4, 1]),
        (cpu, 100.0, [4, 2, 1]),
        (cpu, 0.001, [10_000, 10_000, 10_000]),
    ] {
        let plan = group(
            PredictiveScaling {
                metric,
                target,
                ..REQUESTS
            },
            24,
            24,
        );
        let hours = hours(&plan);
        let found = [9, 10, 11].map(|hour| hours[hour].capacity);
        assert_eq!(found, expected, "{metric:?} {target}");
    }
}

#[test]
fn it_scales_out_ahead_of_the_hour_and_never_in() {
    // Buffer, history, first changes.
    let nine = 9.0 * HOUR;
    for (scheduling_buffer_s, before, expected) in [
        (300.0, 24, vec![(nine - 300.0, 1, 7)]),
        (0.0, 24, vec![(nine, 1, 7)]),
        (3599.0, 24, vec![(nine - 3599.0, 1, 7)]),
        // Without a day of history nothing happens.
        (300.0, 0, vec![]),
    ] {
        let policy = PredictiveScaling {
            scheduling_buffer_s,
            ..REQUESTS
        };
        let run = engine::run(&group(policy, before, 24));
        assert_eq!(changes(&run), expected, "{scheduling_buffer_s} {before}");
    }
    // The first day is history to the second.
    let run = engine::run(&group(REQUESTS, 0, 48));
    assert_eq!(changes(&run), [(24.0 * HOUR + nine - 300.0, 1, 7)]);
}

#[test]
fn in_forecast_only_mode_it_says_what_it_would_do() {
    let policy = PredictiveScaling {
        scales: false,
        ..REQUESTS
    };
    let run = engine::run(&group(policy, 24, 24));
    assert_eq!(changes(&run), []);
    let told: Vec<_> = (run.activities.iter())
        .map(|activity| (activity.start_s / HOUR, activity.outcome))
        .collect();
    let only = |to| Outcome::NotScaled(NotScaledReason::ForecastOnly { to });
    let early = 300.0 / HOUR;
    assert_eq!(told, [(9.0 - early, only(7)), (10.0 - early, only(4))]);
    assert_eq!(run.forecasts, forecast::of(&group(policy, 24, 24)));
}

#[test]
fn max_capacity_is_honoured_or_raised_for_good() {
    // MaxCapacity, buffer, desired and MaxCapacity after nine, outcome of the log's first entry.
    let done = Outcome::Successful;
    for (max, buffer, expected) in [
        (20, None, (7, 20, done)),
        (5, None, (5, 5, done)),
        (
            1,
            None,
            (
                1,
                1,
                Outcome::NotScaled(NotScaledReason::AlreadyAtMaxCapacity),
            ),
        ),
        (5, Some(0.0), (7, 7, done)),
        // 7.7 is 8; close to the maximum counts, too.
        (5, Some(0.1), (7, 8, done)),
        (7, Some(0.1), (7, 8, done)),
        (5, Some(1.0), (7, 14, done)),
        (20, Some(1.0), (7, 20, done)),
    ] {
        let policy = PredictiveScaling {
            max_capacity_buffer: buffer,
            ..REQUESTS
        };
        let mut plan = group(policy, 24, 24);
        plan.scalable_target.max = max;
        let run = engine::run(&plan);
        let last = run.fleet[run.fleet.len() - 1];
        let first = run
            .activities
            .iter()
            .find(|a| a.start_s == 9.0 * HOUR - 300.0);
        let outcome = first.map(|activity| activity.outcome);
        assert_eq!(
            (last.desired, last.max, outcome),
            (expected.0, expected.1, Some(expected.2)),
            "{max} {buffer:?}"
        );
    }
    // "if the predicted capacity is 50 and the maximum capacity is 40, then the effective maximum capacity is 55."
    let tenth = PredictiveScaling {
        max_capacity_buffer: Some(0.1),
        ..REQUESTS
    };
    assert_eq!(tenth.max_capacity(50, 40), 55);
    // A scenario has no more than 10,000.
    assert_eq!(tenth.max_capacity(10_000, 40), 10_000);
}

#[test]
fn what_is_forecast_is_not_scaled_in() {
    // Forecast for 68 requests per second at nine, but no more than eight come: target tracking would scale in.
    let mut plan = group(REQUESTS, 24, 24);
    plan.demand = Timeline::compile(&[curve(&[(0.0, 8.0)])], plan.length_s);
    plan.target_tracking = common::plan(&[], 3600).target_tracking;
    let run = engine::run(&plan);
    let low = changes(&run);
    assert_eq!(low[0], (9.0 * HOUR - 300.0, 1, 7));
    // At ten the forecast is 4, at eleven 1; each holds until then.
    let (ten, eleven) = (10.0 * HOUR, 11.0 * HOUR);
    let desired = |at_s: f64| run.series.desired[(at_s / 60.0) as usize - 1];
    assert_eq!(
        [
            desired(ten - 60.0),
            desired(eleven - 60.0),
            desired(12.0 * HOUR)
        ],
        [7, 4, 1]
    );
    let held: Vec<_> = (run.activities.iter())
        .filter_map(|activity| match activity.outcome {
            Outcome::NotScaled(NotScaledReason::HeldByForecast { capacity }) => {
                Some((activity.from, capacity))
            }
            _ => None,
        })
        .collect();
    assert_eq!(held, [(7, 7), (4, 4)]);
}

#[test]
fn a_forecast_holds_from_when_it_is_acted_upon() {
    // Instances come at once and warm up in no time, and AlarmLow is in ALARM all morning: nothing else keeps them.
    let early = PredictiveScaling {
        scheduling_buffer_s: 3000.0,
        ..REQUESTS
    };
    let mut plan = group(early, 24, 12);
    plan.demand = Timeline::compile(&[curve(&[(0.0, 8.0)])], plan.length_s);
    plan.target_tracking = common::plan(&[], 3600).target_tracking;
    plan.fleet.launch = Launch::Fixed(0.0);
    group_of(&mut plan).warm_up = WarmUp::default();
    let acted = 9.0 * HOUR - 3000.0;
    // From 09:10 on the next hour's four hold as well, and less: seven stay until ten.
    let (ten, eleven) = (10.0 * HOUR, 11.0 * HOUR);
    assert_eq!(
        changes(&engine::run(&plan)),
        [(acted, 1, 7), (ten, 7, 4), (eleven, 4, 1)]
    );
}

#[test]
fn dynamic_scaling_adds_what_the_forecast_has_not_seen() {
    // "if 10 instances are required [by] target tracking [...] and 8 [by] predictive scaling, [...] desired capacity is
    // set to 10": 7 are forecast, 95 requests per second come.
    let mut plan = group(REQUESTS, 24, 12);
    let late = [
        (0.0, 8.0),
        (9.0 * HOUR, 8.0),
        (9.0 * HOUR, 95.0),
        (12.0 * HOUR, 95.0),
    ];
    plan.demand = Timeline::compile(&[curve(&late)], plan.length_s);
    plan.target_tracking = common::plan(&[], 3600).target_tracking;
    let run = engine::run(&plan);
    let changed = changes(&run);
    assert_eq!(changed[0], (9.0 * HOUR - 300.0, 1, 7));
    assert_eq!((changed[1].1, changed[1].2), (7, 10));
    let last = run
        .activities
        .iter()
        .rfind(|activity| activity.from != activity.to);
    assert!(last.is_some_and(|activity| matches!(activity.cause, Cause::Policy(_))));
}

#[test]
fn the_clock_goes_first_and_may_go_below_a_forecast() {
    let action = |at_s, min, max, desired| ScheduledAction {
        at_s,
        index: 0,
        min,
        max,
        desired,
    };
    let (nine, ten) = (9.0 * HOUR, 10.0 * HOUR);
    let raised = PredictiveScaling {
        max_capacity_buffer: Some(0.0),
        ..REQUESTS
    };
    for (policy, max, action, expected) in [
        // MaxCapacity as it is set at the same moment counts.
        (
            REQUESTS,
            5,
            action(nine - 300.0, None, Some(20), None),
            vec![(nine - 300.0, 1, 7)],
        ),
        (
            REQUESTS,
            5,
            action(nine - 299.0, None, Some(20), None),
            vec![(nine - 300.0, 1, 5)],
        ),
        // A higher MinCapacity is honoured.
        (
            REQUESTS,
            20,
            action(8.0 * HOUR, Some(9), None, None),
            vec![(8.0 * HOUR, 1, 9)],
        ),
        // What the clock removes comes back with the next hour.
        (
            REQUESTS,
            20,
            action(nine + 600.0, None, None, Some(2)),
            vec![
                (nine - 300.0, 1, 7),
                (nine + 600.0, 7, 2),
                (ten - 300.0, 2, 4),
            ],
        ),
        // MaxCapacity that was raised is lowered by hand alone.
        (
            raised,
            5,
            action(11.0 * HOUR, None, Some(5), None),
            vec![(nine - 300.0, 1, 7), (11.0 * HOUR, 7, 5)],
        ),
    ] {
        let mut plan = group(policy, 24, 24);
        plan.scalable_target.max = max;
        plan.scheduled_actions = vec![action];
        assert_eq!(changes(&engine::run(&plan)), expected, "{action:?}");
    }
}

#[test]
fn several_policies_may_forecast_and_one_scales() {
    let mut plan = group(REQUESTS, 24, 24);
    let only = PredictiveScaling {
        index: 1,
        target: 300.0,
        scales: false,
        ..REQUESTS
    };
    let group = group_of(&mut plan);
    let history = group.predictive.take().map(|it| it.history.clone());
    group.predictive = history.map(|history| {
        Arc::new(Predictive {
            policies: vec![
                only,
                PredictiveScaling {
                    index: 2,
                    ..REQUESTS
                },
            ],
            history,
        })
    });
    let run = engine::run(&plan);
    assert_eq!(changes(&run), [(9.0 * HOUR - 300.0, 1, 7)]);
    let by: Vec<_> = (run.forecasts.iter())
        .map(|forecast| (forecast.policy, forecast.hours[9].capacity))
        .collect();
    assert_eq!(by, [(1, 14), (2, 7)]);
    let shown = run
        .forecast()
        .map(|forecast| (forecast.policy, forecast.at(9.5 * HOUR)));
    assert_eq!(shown, Some((2, Some(7))));
    let hour = |at_s| run.forecast().and_then(|forecast| forecast.at(at_s));
    assert_eq!(
        [hour(-1.0), hour(0.0), hour(10.0 * HOUR)],
        [None, Some(1), Some(4)]
    );
}
