//! Why nothing scaled out: what was refused, what the alarms saw, and what they could not see.

use crate::given::Given;
use engine::{
    plan::{
        AdjustmentType, Comparison, Metric, MetricAlarm, Statistic, StepAdjustment, StepScaling,
        TreatMissingData,
    },
    report::{Bottleneck, Unanswered},
    run::{Cause, Decision, Direction, NotScaledReason, Outcome, Rule},
};

/// From ten minutes on 60 requests per second, where an instance does 20, noticed for so many minutes.
fn surge(minutes: usize) -> Given {
    let end_s = 600.0 + 60.0 * minutes as f64;
    Given::new(&[(600.0, 5.0), (600.0, 60.0)], 600.0, end_s)
}

fn why(given: &Given) -> Unanswered {
    let incident = given.incident();
    assert_eq!(incident.bottleneck, Bottleneck::NoScaleOut);
    incident.unanswered.unwrap()
}

/// A step policy that adds an instance, by its alarm's statistic of so many minutes, M of N.
fn step(threshold: f64, period_min: u32, (needed, of): (u32, u32)) -> StepScaling {
    StepScaling {
        index: 7,
        alarm: MetricAlarm {
            metric: Metric::InvocationsPerInstance,
            statistic: Statistic::Sum,
            period_s: 60 * period_min,
            evaluation_periods: of,
            datapoints_to_alarm: needed,
            threshold,
            comparison: Comparison::GreaterThanThreshold,
            treat_missing_data: TreatMissingData::Missing,
        },
        adjustment_type: AdjustmentType::ChangeInCapacity,
        steps: vec![StepAdjustment {
            lower: 0.0,
            upper: f64::INFINITY,
            adjustment: 1,
        }],
        min_adjustment_magnitude: 0,
        cooldown_s: 300.0,
        is_simple: false,
    }
}

#[test]
fn what_the_alarm_saw_tells_why_it_did_not_fire() {
    let not_reached = |most| Unanswered::NotReached {
        policy: 0,
        closest: Some(most),
        threshold: 600.0,
        never: false,
    };
    let too_short = Unanswered::TooShort { policy: 0 };
    let too_few = |breaching| Unanswered::TooFewDatapoints {
        policy: 0,
        breaching,
        needed: 3,
        of: 3,
        period_s: 60,
    };
    let nan = f32::NAN;
    // Noticed for so many minutes from 600 s on, with this metric in them; the target is 600, three of three minutes above it.
    for (why_so, noticed, metric, expected) in [
        (
            "it was below the target",
            10,
            vec![500.0; 10],
            not_reached(500.0),
        ),
        (
            "it was at the target",
            10,
            vec![600.0; 10],
            not_reached(600.0),
        ),
        ("two minutes", 2, vec![700.0; 2], too_short),
        (
            "three, but their datapoints come a minute later",
            3,
            vec![700.0; 3],
            too_short,
        ),
        (
            "every other minute, for long",
            12,
            [700.0, 500.0].repeat(6),
            too_few(2),
        ),
        (
            "one in three",
            12,
            [700.0, 500.0, 500.0].repeat(4),
            too_few(1),
        ),
        (
            "nobody reported anything",
            10,
            vec![nan; 10],
            Unanswered::NoData { policy: 0 },
        ),
        (
            "only now and then",
            10,
            vec![nan, nan, 400.0, nan, nan, nan, nan, nan, nan, nan],
            not_reached(400.0),
        ),
    ] {
        let given = surge(noticed).metric(10, &metric);
        assert_eq!(why(&given), expected, "{why_so}");
    }
}

#[test]
fn a_step_policy_is_told_by_its_own_alarm() {
    let of = |policies: Vec<StepScaling>, metric: &[f32]| {
        let mut given = surge(metric.len()).metric(10, metric);
        given.plan.target_tracking.clear();
        given.plan.step_scaling = policies;
        why(&given)
    };
    let quiet = [500.0; 10];
    let below = Unanswered::NotReached {
        policy: 7,
        closest: Some(2500.0),
        threshold: 3000.0,
        never: false,
    };
    // The sum of five minutes.
    assert_eq!(of(vec![step(3000.0, 5, (1, 1))], &quiet), below);
    let high = [700.0; 10];
    assert_eq!(
        of(vec![step(3000.0, 5, (3, 3))], &high),
        Unanswered::TooShort { policy: 7 }
    );
    // Two of ten minutes, where three of five are needed.
    let now_and_then = [700.0, 500.0, 500.0, 500.0, 700.0].repeat(3);
    let too_few = Unanswered::TooFewDatapoints {
        policy: 7,
        breaching: 2,
        needed: 3,
        of: 5,
        period_s: 60,
    };
    assert_eq!(of(vec![step(600.0, 1, (3, 5))], &now_and_then), too_few);
    // One that only takes away is none.
    let mut takes = step(600.0, 1, (1, 1));
    takes.steps[0].adjustment = -1;
    assert_eq!(of(vec![takes], &high), Unanswered::NoPolicy);
    assert_eq!(of(vec![], &high), Unanswered::NoPolicy);
}

#[test]
fn a_metric_that_cannot_be_that_high_never_will() {
    for (target, never) in [(70.0, true), (40.0, true), (39.0, false)] {
        let mut given = surge(10);
        // 20 requests per second × 20 ms.
        given.plan.target_tracking[0].metric = Metric::Utilization {
            percent_s_per_request: 2.0,
            most_percent: 400.0,
        };
        given.plan.target_tracking[0].target = target;
        given.run.series.other_metric = vec![38.0; 120];
        let expected = Unanswered::NotReached {
            policy: 0,
            closest: Some(38.0),
            threshold: target,
            never,
        };
        assert_eq!(why(&given), expected, "{target}");
    }
}

#[test]
fn a_metric_that_nobody_publishes_is_told_before_one_that_is_low() {
    let mut given = surge(10).metric(10, &[100.0; 10]);
    let mut other = given.plan.target_tracking[0];
    (other.index, other.metric) = (3, Metric::Unpublished);
    given.plan.target_tracking.push(other);
    assert_eq!(why(&given), Unanswered::NoData { policy: 3 });
}

#[test]
fn what_was_asked_for_and_refused_is_told() {
    let asked = |direction, policy| {
        Cause::Policy(Decision {
            policy,
            direction,
            metric: 900.0,
            threshold: 600.0,
            rule: Rule::TargetTracking { target: 600.0 },
            breaching: 3,
            datapoints: 3,
            base: 1,
            wanted: 2,
            min: 1,
            min_is_forecast: false,
            max: 10,
            alarm_since_s: 700.0,
        })
    };
    let out = asked(Direction::Out, 0);
    let cooldown = NotScaledReason::ScaleOutCooldown { until_s: None };
    let updating = NotScaledReason::TargetServicePutResourceAsUnscalable { until_s: 999.0 };
    let refused = |reason| Unanswered::Refused { policy: 0, reason };
    let below = Unanswered::NotReached {
        policy: 0,
        closest: Some(0.0),
        threshold: 600.0,
        never: false,
    };
    // From when until when, who asked, why not, how often.
    type Refused = (f64, f64, Cause, NotScaledReason, u32);
    let cases: [(&str, Vec<Refused>, Unanswered); 6] = [
        (
            "a cooldown",
            vec![(700.0, 900.0, out, cooldown, 4)],
            refused(cooldown),
        ),
        (
            "mostly the endpoint",
            vec![
                (700.0, 720.0, out, cooldown, 1),
                (760.0, 900.0, out, updating, 3),
            ],
            refused(updating),
        ),
        (
            "suspended",
            vec![(700.0, 900.0, out, NotScaledReason::Suspended, 4)],
            Unanswered::Suspended,
        ),
        ("before", vec![(100.0, 500.0, out, cooldown, 4)], below),
        ("after", vec![(1300.0, 1500.0, out, cooldown, 4)], below),
        (
            "what would have taken capacity away",
            vec![(700.0, 900.0, asked(Direction::In, 0), cooldown, 4)],
            below,
        ),
    ];
    for (why_so, refusals, expected) in cases {
        let mut given = surge(10);
        for (start_s, end_s, cause, reason, evaluations) in refusals {
            given = given.activity(start_s, Some(end_s), (1, 1), cause);
            let activity = given.run.activities.last_mut().unwrap();
            activity.outcome = Outcome::NotScaled(reason);
            activity.evaluations = evaluations;
        }
        assert_eq!(why(&given), expected, "{why_so}");
    }
    // Of an incident in which something scaled out nothing of the kind is told.
    let scaled = surge(10).scaled(&[(900.0, Some(1140.0), 1, 2)]);
    assert_eq!(scaled.incident().unanswered, None);
}
