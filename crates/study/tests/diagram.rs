//! The diagram of the loop against the log, minute by minute: every shipped scenario, and others for kinds of policies that none has.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use engine::{
    Plan, Run,
    run::{Activity, AlarmState, Cause, NotScaledReason, Outcome},
};
use scenario::{compile::compile, document::Scenario, file, presets};
use study::diagram::{AlarmNow, Counted, Diagram, Pause, Phase, at, next_event};

/// Kinds of policies beyond those of shipped scenarios, as what they change of the default scenario.
const OTHERS: &[(&str, &str)] = &[
    (
        "simple scaling",
        r#"{"start":"2026-11-30","hours":4,"platform":"ec2_auto_scaling_group","load_test":{"max_rps":20},
            "instance":{"type":"c5.xlarge","usd_per_hour":0.17,"launch_s":120,"initial":4},"scalable_target":{"MinCapacity":4,"MaxCapacity":20},
            "policies":[{"PolicyName":"s","PolicyType":"SimpleScaling","AdjustmentType":"ChangeInCapacity","ScalingAdjustment":2,"Cooldown":300,
            "Alarm":{"MetricName":"CPUUtilization","Threshold":60,"EvaluationPeriods":2}}],
            "demand":[{"shape":{"steady":{"rps":30}}},{"shape":{"event":{"at":"2026-11-30T01:00","rps":90,"ramp_up_min":10,"hold_min":120,"decay_min":10}}}]}"#,
    ),
    (
        "step scaling of a group",
        r#"{"start":"2026-11-30","hours":4,"platform":"ec2_auto_scaling_group","load_test":{"max_rps":20},
            "instance":{"type":"c5.xlarge","usd_per_hour":0.17,"launch_s":120,"initial":4},"scalable_target":{"MinCapacity":4,"MaxCapacity":20},
            "policies":[{"PolicyName":"st","PolicyType":"StepScaling","AdjustmentType":"ChangeInCapacity",
            "StepAdjustments":[{"MetricIntervalLowerBound":0,"MetricIntervalUpperBound":20,"ScalingAdjustment":2},{"MetricIntervalLowerBound":20,"ScalingAdjustment":5}],
            "EstimatedInstanceWarmup":120,"Alarm":{"MetricName":"CPUUtilization","Threshold":60,"EvaluationPeriods":2}}],
            "demand":[{"shape":{"steady":{"rps":30}}},{"shape":{"event":{"at":"2026-11-30T01:00","rps":90,"ramp_up_min":10,"hold_min":120,"decay_min":10}}}]}"#,
    ),
    (
        "target tracking, steps and schedule",
        r#"{"start":"2026-11-30","hours":24,"load_test":{"max_rps":20,"safety_factor":0.5},"scalable_target":{"MinCapacity":2,"MaxCapacity":16},
            "policies":[{"PolicyName":"t","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{
            "PredefinedMetricSpecification":{"PredefinedMetricType":"SageMakerVariantInvocationsPerInstance"},"ScaleOutCooldown":60,"ScaleInCooldown":300}},
            {"PolicyName":"up","PolicyType":"StepScaling","StepScalingPolicyConfiguration":{"AdjustmentType":"ChangeInCapacity","Cooldown":300,
            "StepAdjustments":[{"ScalingAdjustment":2,"MetricIntervalLowerBound":0,"MetricIntervalUpperBound":300},{"ScalingAdjustment":5,"MetricIntervalLowerBound":300}]},
            "Alarm":{"MetricName":"InvocationsPerInstance","Threshold":600,"EvaluationPeriods":1,"ComparisonOperator":"GreaterThanOrEqualToThreshold","Period":60}}],
            "scheduled_actions":[{"ScheduledActionName":"open","Schedule":"at(2026-11-30T07:45:00)","Timezone":"UTC","ScalableTargetAction":{"MinCapacity":8}},
            {"ScheduledActionName":"close","Schedule":"at(2026-11-30T18:00:00)","Timezone":"UTC","ScalableTargetAction":{"MinCapacity":2}}],
            "demand":[{"shape":{"steady":{"rps":8}}},{"shape":{"event":{"at":"2026-11-30T20:30","rps":60,"ramp_up_min":20,"hold_min":60,"decay_min":10}}},{"shape":{"noise":{"percent":2}}}]}"#,
    ),
    (
        "steps up and down, three of five periods of five minutes",
        r#"{"start":"2026-11-30","hours":24,"load_test":{"max_rps":20,"safety_factor":0.5},"scalable_target":{"MinCapacity":2,"MaxCapacity":20},
            "policies":[{"PolicyName":"up","PolicyType":"StepScaling","StepScalingPolicyConfiguration":{"AdjustmentType":"ChangeInCapacity","Cooldown":300,
            "StepAdjustments":[{"ScalingAdjustment":1,"MetricIntervalLowerBound":0}]},"Alarm":{"MetricName":"InvocationsPerInstance","Threshold":600,
            "EvaluationPeriods":5,"DatapointsToAlarm":3,"ComparisonOperator":"GreaterThanOrEqualToThreshold","Period":60}},
            {"PolicyName":"down","PolicyType":"StepScaling","StepScalingPolicyConfiguration":{"AdjustmentType":"ChangeInCapacity","Cooldown":300,
            "StepAdjustments":[{"ScalingAdjustment":-1,"MetricIntervalUpperBound":0}]},"Alarm":{"MetricName":"InvocationsPerInstance","Threshold":2300,
            "EvaluationPeriods":3,"ComparisonOperator":"LessThanThreshold","Period":300}}],
            "demand":[{"shape":{"steady":{"rps":45}}},{"shape":{"noise":{"percent":8}}}]}"#,
    ),
    (
        "a metric of ten seconds",
        r#"{"policies":[{"PolicyName":"t","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{
            "PredefinedMetricSpecification":{"PredefinedMetricType":"SageMakerVariantConcurrentRequestsPerModelHighResolution"},
            "ScaleOutCooldown":60,"ScaleInCooldown":300}}]}"#,
    ),
    (
        "scale-in suspended",
        r#"{"scalable_target":{"MinCapacity":4,"MaxCapacity":12,"SuspendedState":{"DynamicScalingInSuspended":true}}}"#,
    ),
    (
        "no cooldown, seen at once",
        r#"{"assumptions":{"metric_delay_s":0}}"#,
    ),
];

fn all() -> Vec<(String, Scenario)> {
    let shipped = presets::all().iter();
    let shipped = shipped.map(|preset| (preset.id.to_owned(), preset.scenario()));
    let others = OTHERS.iter().map(|(name, json)| {
        let scenario = file::from_json(json).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        ((*name).to_owned(), scenario)
    });
    shipped.chain(others).collect()
}

/// Runs every scenario, and has `check` look at it.
fn each(check: impl Fn(&str, &Plan, &Run)) {
    for (name, scenario) in all() {
        let compiled = compile(&scenario).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        let run = engine::run(&compiled.plan);
        check(&name, &compiled.plan, &run);
    }
}

fn minutes(plan: &Plan) -> impl Iterator<Item = f64> {
    (0..=plan.length_s / 60).map(|minute| f64::from(minute) * 60.0)
}

fn changed(activity: &Activity) -> bool {
    activity.from != activity.to && !is_refused(activity)
}

/// AWS refused all that was asked for, once or again and again.
fn is_refused(activity: &Activity) -> bool {
    let is_over = activity.evaluations > 1 || activity.end_s == Some(activity.start_s);
    matches!(activity.outcome, Outcome::Failed(_)) && is_over
}

#[test]
fn at_each_decision_it_says_what_the_log_says() {
    each(|name, plan, run| {
        for (index, activity) in run.activities.iter().enumerate() {
            let moment = at(plan, run, activity.start_s);
            // Of several decisions at one moment the last stands.
            let is_last =
                (run.activities.get(index + 1)).is_none_or(|next| next.start_s > activity.start_s);
            let is_not_scaled = matches!(activity.outcome, Outcome::NotScaled(_));
            let is_told = changed(activity) || is_not_scaled || is_refused(activity);
            let at_s = activity.start_s;
            if is_last && is_told {
                assert_eq!(moment.said, Some(activity), "{name} {at_s}");
            }
            if is_refused(activity) && is_last {
                assert_eq!(moment.phase, Phase::Refused, "{name} {at_s}");
            }
            if changed(activity) && is_last {
                assert_eq!(moment.activity, Some(activity), "{name} {at_s}");
                assert_eq!(moment.phase, Phase::Asked, "{name} {at_s}");
                assert_eq!(moment.fleet.desired, activity.to, "{name} {at_s}");
            }
        }
    });
}

#[test]
fn an_answer_stands_as_long_as_it_is_given() {
    each(|name, plan, run| {
        for activity in &run.activities {
            let (Outcome::NotScaled(_), Some(end_s)) = (activity.outcome, activity.end_s) else {
                continue;
            };
            let moment = at(plan, run, end_s);
            // A scheduled action and a policy may both be told something.
            let stands = moment.said.is_some_and(|said| said.end_s >= Some(end_s));
            assert!(stands, "{name} {end_s} {:?}", moment.said);
        }
    });
}

#[test]
fn so_many_breach_if_and_only_if_the_alarm_is_in_alarm() {
    let (counted, in_alarm) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    each(|name, plan, run| {
        for at_s in minutes(plan) {
            let moment = at(plan, run, at_s);
            for alarm in &moment.alarms {
                // What missing datapoints lead to is in the alarm's state alone.
                let whole = |it: &Counted| it.datapoints == alarm.evaluation_periods;
                let Some(k) = alarm.counted.filter(whole).map(|it| it.breaching) else {
                    continue;
                };
                let alarms = k >= alarm.datapoints_to_alarm;
                counted.set(counted.get() + 1);
                in_alarm.set(in_alarm.get() + usize::from(alarms));
                let is = alarm.state == AlarmState::Alarm;
                assert_eq!(alarms, is, "{name} {at_s} {alarm:?}");
            }
        }
    });
    assert!(counted.get() > 100_000 && in_alarm.get() > 10_000);
}

#[test]
fn decisions_counted_as_many() {
    each(|name, plan, run| {
        for activity in &run.activities {
            let Cause::Policy(decision) = activity.cause else {
                continue;
            };
            let moment = at(plan, run, activity.start_s);
            let mut alarms = moment.alarms.iter();
            let alarm = alarms
                .find(|it| it.policy == decision.policy && it.direction == decision.direction)
                .unwrap();
            let told = (alarm.evaluation_periods, alarm.threshold as f32);
            assert_eq!(
                told,
                (decision.datapoints, decision.threshold as f32),
                "{name}"
            );
            if activity.start_s % 60.0 == 0.0
                && let Some(Counted { breaching: k, .. }) = alarm.counted
            {
                assert_eq!(
                    k, decision.breaching,
                    "{name} {} {alarm:?}",
                    activity.start_s
                );
            }
        }
    });
}

#[test]
fn cooldowns_and_warm_up_end_as_refusals_say() {
    let told = std::cell::Cell::new(0);
    each(|name, plan, run| {
        for activity in &run.activities {
            let Outcome::NotScaled(reason) = activity.outcome else {
                continue;
            };
            use NotScaledReason as Reason;
            let expected = match reason {
                Reason::ScaleOutCooldown {
                    until_s: Some(until_s),
                } => Pause::ScaleOutCooldown { until_s },
                Reason::ScaleInCooldown {
                    until_s: Some(until_s),
                } => Pause::ScaleInCooldown { until_s },
                Reason::SimpleScalingCooldown {
                    until_s: Some(until_s),
                } => Pause::SimpleCooldown { until_s },
                Reason::InstancesWarmingUp {
                    until_s: Some(until_s),
                } => Pause::WarmUp { until_s },
                _ => continue,
            };
            let at_s = activity.end_s.unwrap();
            let pauses = at(plan, run, at_s).pauses;
            assert!(
                pauses.contains(&expected),
                "{name} {at_s} {expected:?} {pauses:?}"
            );
            told.set(told.get() + 1);
        }
    });
    assert!(told.get() > 100);
}

#[test]
fn fleets_are_whole_and_phases_hold() {
    each(|name, plan, run| {
        for at_s in minutes(plan) {
            let moment = at(plan, run, at_s);
            let Diagram { fleet, leaving, .. } = moment;
            assert!(leaving <= fleet.in_service, "{name} {at_s}");
            match moment.phase {
                Phase::InProgress => assert!(moment.is_in_progress(), "{name} {at_s}"),
                Phase::Counting { alarm } => {
                    let k = moment.alarms[alarm].counted.unwrap().breaching;
                    assert!(
                        k > 0 && k < moment.alarms[alarm].datapoints_to_alarm,
                        "{name} {at_s} {moment:?}"
                    );
                }
                Phase::Quiet => {
                    let asks =
                        |it: &AlarmNow| it.state == AlarmState::Alarm && it.counted.is_some();
                    assert!(!moment.alarms.iter().any(asks), "{name} {at_s} {moment:?}");
                }
                _ => {}
            }
        }
    });
}

#[test]
fn the_next_event_comes_after_and_none_is_left_out() {
    each(|name, plan, run| {
        let mut events = vec![0.0];
        while let Some(next) = next_event(plan, run, events[events.len() - 1]) {
            assert!(next > events[events.len() - 1], "{name} {next}");
            events.push(next);
        }
        for activity in &run.activities {
            assert!(events.contains(&activity.start_s), "{name} {activity:?}");
            if changed(activity)
                && let Some(end_s) = activity.end_s
            {
                assert!(events.contains(&end_s), "{name} {activity:?}");
            }
        }
        for column in &run.series.alarms {
            for (minute, pair) in column.states.windows(2).enumerate() {
                let at_s = (minute + 2) as f64 * 60.0;
                assert!(
                    pair[0] == pair[1] || events.contains(&at_s),
                    "{name} {at_s}"
                );
            }
        }
    });
}

#[test]
fn finals_night() {
    let compiled = compile(&presets::find("finals_game").unwrap().scenario()).unwrap();
    let run = engine::run(&compiled.plan);
    for (time, expected) in [
        ("19:59", Phase::Quiet),
        ("20:02", Phase::Counting { alarm: 0 }),
        ("20:04", Phase::Asked),
        ("20:07", Phase::Updating),
        ("20:12", Phase::CoolingDown),
        ("22:38", Phase::Asked),
    ] {
        let is_then = |at_s: &f64| compiled.clock.local(*at_s).time().to_string() == time;
        let at_s = minutes(&compiled.plan).find(is_then).unwrap();
        assert_eq!(at(&compiled.plan, &run, at_s).phase, expected, "{time}");
    }
}
