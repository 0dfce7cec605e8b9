//! Scaling activities, and alarms that led to none.

use engine::plan::{AdjustmentType, StepAdjustment};
use engine::run::{Activity, Cause, Decision, Direction, NotScaledReason, Outcome, Rule, Step};
use scenario::document::{PredefinedMetricType, ScalingPolicy, Scenario, StepScaling};

use crate::{EN, KO, at_s, is_whole, scene};

const OUT: Decision = Decision {
    policy: 0,
    direction: Direction::Out,
    metric: 1402.3,
    threshold: 600.0,
    rule: Rule::TargetTracking { target: 600.0 },
    breaching: 3,
    datapoints: 3,
    base: 6,
    wanted: 15,
    min: 2,
    min_is_forecast: false,
    max: 12,
    alarm_since_s: 72_300.0,
};
const NO_STEP: Decision = Decision {
    rule: Rule::StepScaling(None),
    ..OUT
};
const IN: Decision = Decision {
    direction: Direction::In,
    metric: 318.0,
    threshold: 540.0,
    breaching: 15,
    datapoints: 15,
    base: 12,
    wanted: 7,
    ..OUT
};

fn activity(from: u32, to: u32, cause: Cause, outcome: Outcome) -> Activity {
    Activity {
        start_s: at_s(20, 5),
        end_s: Some(at_s(20, 9)),
        from,
        to,
        cause,
        outcome,
        evaluations: 1,
    }
}

fn refused(from: u32, decision: Decision, reason: NotScaledReason) -> Activity {
    activity(
        from,
        from,
        Cause::Policy(decision),
        Outcome::NotScaled(reason),
    )
}

#[test]
fn activities_tell_their_numbers() {
    let (scenario, compiled) = scene();
    let tracked =
        |from, to, decision| activity(from, to, Cause::Policy(decision), Outcome::Successful);
    let updating = NotScaledReason::TargetServicePutResourceAsUnscalable {
        until_s: at_s(20, 9),
    };
    let scheduled = Cause::Scheduled {
        action: 0,
        min: Some(6),
        max: None,
        desired: None,
    };
    let stepped = |adjustment_type, adjustment, change: i32| Decision {
        base: 10,
        wanted: 10_u32.saturating_add_signed(change),
        max: 20,
        rule: Rule::StepScaling(Some(Step {
            adjustment_type,
            step: StepAdjustment {
                lower: 300.0,
                upper: f64::INFINITY,
                adjustment,
            },
            change,
        })),
        ..OUT
    };
    let close = Decision {
        metric: 600.04,
        base: 2,
        wanted: 3,
        ..OUT
    };
    for (activity, title, status, text) in [
        (
            tracked(6, 12, OUT),
            "6 → 12",
            "Successful",
            "InvocationsPerInstance 1,402 > 600 for 3 of 3 minutes; ceil(6 × 1,402 ÷ 600) = 15, capped by MaxCapacity 12.",
        ),
        (
            tracked(12, 7, IN),
            "12 → 7",
            "Successful",
            "InvocationsPerInstance 318 < 540 for 15 of 15 minutes; ceil(12 × 318 ÷ 600) = 7.",
        ),
        (
            tracked(12, 8, Decision { min: 8, ..IN }),
            "12 → 8",
            "Successful",
            "InvocationsPerInstance 318 < 540 for 15 of 15 minutes; ceil(12 × 318 ÷ 600) = 7, held by MinCapacity 8.",
        ),
        (
            tracked(12, 11, IN),
            "12 → 11",
            "Successful",
            "InvocationsPerInstance 318 < 540 for 15 of 15 minutes; ceil(12 × 318 ÷ 600) = 7, at most 1 at a time.",
        ),
        (
            tracked(2, 3, close),
            "2 → 3",
            "Successful",
            "InvocationsPerInstance 600.04 > 600 for 3 of 3 minutes; ceil(2 × 600.04 ÷ 600) = 3.",
        ),
        (
            tracked(9, 12, OUT),
            "9 → 12",
            "Successful",
            "InvocationsPerInstance 1,402 > 600 for 3 of 3 minutes; ceil(6 × 1,402 ÷ 600) = 15, capped by MaxCapacity 12. Counted from 6, before the last scale-out.",
        ),
        (
            refused(6, OUT, updating),
            "stays 6",
            "TargetServicePutResourceAsUnscalable",
            "InvocationsPerInstance 1,402 > 600 for 3 of 3 minutes; ceil(6 × 1,402 ÷ 600) = 15. TargetServicePutResourceAsUnscalable: the endpoint is Updating until 20:09.",
        ),
        (
            Activity {
                evaluations: 36,
                end_s: Some(at_s(20, 45)),
                ..refused(12, OUT, NotScaledReason::AlreadyAtMaxCapacity)
            },
            "stays 12",
            "AlreadyAtMaxCapacity",
            "InvocationsPerInstance 1,402 > 600 for 3 of 3 minutes; ceil(6 × 1,402 ÷ 600) = 15. Counted from 6, before the last scale-out. AlreadyAtMaxCapacity: MaxCapacity is 12. Asked 36 times until 20:45.",
        ),
        (
            tracked(
                10,
                13,
                stepped(AdjustmentType::PercentChangeInCapacity, 30, 3),
            ),
            "10 → 13",
            "Successful",
            "InvocationsPerInstance 1,402 ≥ 600 for 3 of 3 minutes; step +300 and more: +30% of 10 is +3, so 13.",
        ),
        (
            tracked(10, 12, stepped(AdjustmentType::ChangeInCapacity, 2, 2)),
            "10 → 12",
            "Successful",
            "InvocationsPerInstance 1,402 ≥ 600 for 3 of 3 minutes; step +300 and more: 10 + 2 = 12.",
        ),
        (
            tracked(10, 12, stepped(AdjustmentType::ExactCapacity, 12, 2)),
            "10 → 12",
            "Successful",
            "InvocationsPerInstance 1,402 ≥ 600 for 3 of 3 minutes; step +300 and more: exactly 12.",
        ),
        (
            activity(2, 6, scheduled, Outcome::Successful),
            "2 → 6",
            "Successful",
            "MinCapacity 6 from “doors”.",
        ),
        (
            activity(
                2,
                2,
                scheduled,
                Outcome::NotScaled(NotScaledReason::MinAboveMax),
            ),
            "stays 2",
            "Failed",
            "MinCapacity 6 from “doors”. The action fails: its MinCapacity exceeds the MaxCapacity in force.",
        ),
    ] {
        let told = EN.activity(&activity, &compiled, &scenario);
        assert_eq!(
            (told.title.as_str(), told.status, told.text.as_str()),
            (title, status, text)
        );
    }
    let korean = KO.activity(&tracked(6, 12, OUT), &compiled, &scenario);
    assert_eq!(
        korean.text,
        "InvocationsPerInstance 1,402 > 600, 3분 중 3분; ceil(6 × 1,402 ÷ 600) = 15, MaxCapacity(12)로 제한됨."
    );
}

#[test]
fn a_policy_called_as_its_metric_is_named_once() {
    let (mut scenario, compiled) = scene();
    scenario.policies.push(ScalingPolicy::step("step"));
    let told = |scenario: &Scenario| {
        let activity = activity(6, 12, Cause::Policy(OUT), Outcome::Successful);
        EN.activity(&activity, &compiled, scenario).text
    };
    let once = told(&scenario);
    assert!(once.starts_with("InvocationsPerInstance "), "{once}");
    scenario.policies[0].policy_name = "mine".to_owned();
    assert_eq!(told(&scenario), format!("“mine”: {once}"));
}

#[test]
fn a_percentage_too_small_names_what_raised_it() {
    let (mut scenario, compiled) = scene();
    let mut policy = ScalingPolicy::step("steps");
    policy.step_scaling = Some(StepScaling {
        min_adjustment_magnitude: Some(2),
        ..StepScaling::default()
    });
    scenario.policies = vec![policy].into();
    let text = |adjustment, change: i32| {
        let step = Step {
            adjustment_type: AdjustmentType::PercentChangeInCapacity,
            step: StepAdjustment {
                lower: 0.0,
                upper: f64::INFINITY,
                adjustment,
            },
            change,
        };
        let decision = Decision {
            base: 10,
            wanted: 10_u32.saturating_add_signed(change),
            max: 20,
            rule: Rule::StepScaling(Some(step)),
            ..OUT
        };
        let activity = activity(10, 12, Cause::Policy(decision), Outcome::Successful);
        EN.activity(&activity, &compiled, &scenario).text
    };
    for (adjustment, change, told) in [
        (5, 2, "+5% of 10, but +2 by MinAdjustmentMagnitude, so 12."),
        (20, 2, "+20% of 10 is +2, so 12."),
        (
            -19,
            -2,
            "−19% of 10, but −2 by MinAdjustmentMagnitude, so 8.",
        ),
    ] {
        let text = text(adjustment, change);
        assert!(text.ends_with(told), "{text}");
    }
}

#[test]
fn datapoints_of_ten_seconds_are_no_minutes() {
    let (mut scenario, compiled) = scene();
    let mut policy = ScalingPolicy::default();
    policy.target_tracking.as_mut().unwrap().metric.metric_type =
        PredefinedMetricType::SageMakerVariantConcurrentRequestsPerModelHighResolution;
    scenario.policies = vec![policy].into();
    let activity = activity(6, 12, Cause::Policy(OUT), Outcome::Successful);
    let text = EN.activity(&activity, &compiled, &scenario).text;
    assert!(
        text.contains("ConcurrentRequestsPerModel 1,402 > 600 for 3 of 3 periods of 10\u{a0}s"),
        "{text}"
    );
}

#[test]
fn numbers_are_written_so_that_what_is_said_of_them_holds() {
    let (scenario, compiled) = scene();
    let flapping = NotScaledReason::AutoScalingAnticipatedFlapping;
    let tracked = |metric, target, base, wanted| Decision {
        metric,
        threshold: target,
        rule: Rule::TargetTracking { target },
        base,
        wanted,
        max: 99,
        ..OUT
    };
    let low = |metric, factor: f64, base| Decision {
        metric,
        threshold: 80.0 * factor,
        rule: Rule::TargetTracking { target: 80.0 },
        base,
        wanted: 5,
        ..IN
    };
    let simple = |base, change: i32| Decision {
        rule: Rule::StepScaling(Some(Step {
            adjustment_type: AdjustmentType::ChangeInCapacity,
            step: StepAdjustment {
                lower: f64::NEG_INFINITY,
                upper: f64::INFINITY,
                adjustment: change,
            },
            change,
        })),
        base,
        wanted: 0,
        ..OUT
    };
    for (decision, reason, text) in [
        // A target that nobody would round, and a metric just above it.
        (
            tracked(0.875_000_1, 0.875, 15, 16),
            NotScaledReason::AlreadyAtMaxCapacity,
            "InvocationsPerInstance 0.8750001 > 0.875 for 3 of 3 minutes; ceil(15 × 0.8750001 ÷ 0.875) = 16.",
        ),
        (
            tracked(0.998, 0.875, 15, 18),
            NotScaledReason::AlreadyAtMaxCapacity,
            "InvocationsPerInstance 0.998 > 0.875 for 3 of 3 minutes; ceil(15 × 0.998 ÷ 0.875) = 18.",
        ),
        (
            tracked(7.000_001, 7.0, 1, 2),
            NotScaledReason::AlreadyAtMaxCapacity,
            "InvocationsPerInstance 7.000001 > 7 for 3 of 3 minutes; ceil(1 × 7.000001 ÷ 7) = 2.",
        ),
        // Counted with those that terminate, the sum is theirs, too.
        (
            low(53.0, 0.7, 7),
            flapping,
            "InvocationsPerInstance 53 < 56 for 15 of 15 minutes; ceil(7 × 53 ÷ 80) = 5. Counted from 7, before the last scale-out. Kept 5: with 4 the metric would be 93, above the target of 80 (7 × 53 ÷ 4 = 93; AWS: AutoScalingAnticipatedFlapping).",
        ),
        (
            low(64.04, 0.9, 5),
            flapping,
            "InvocationsPerInstance 64.04 < 72 for 15 of 15 minutes; ceil(5 × 64.04 ÷ 80) = 5. Kept 5: with 4 the metric would be 80.1, above the target of 80 (5 × 64.04 ÷ 4 = 80.1; AWS: AutoScalingAnticipatedFlapping).",
        ),
        // More is taken than there is.
        (
            simple(3, -5),
            NotScaledReason::AlreadyAtMinCapacity,
            "; max(0, 3 − 5) = 0.",
        ),
    ] {
        let told = EN.activity(&refused(5, decision, reason), &compiled, &scenario);
        assert!(told.text.contains(text), "{}", told.text);
    }
    let korean = refused(5, low(53.0, 0.7, 7), flapping);
    let korean = KO.activity(&korean, &compiled, &scenario).text;
    assert!(
        korean.ends_with("(7 × 53 ÷ 4 = 93 > 80, AWS: AutoScalingAnticipatedFlapping)."),
        "{korean}"
    );
}

#[test]
fn every_reason_is_whole() {
    let (scenario, compiled) = scene();
    let soon = Some(at_s(20, 10));
    for reason in [
        NotScaledReason::AlreadyAtMaxCapacity,
        NotScaledReason::AlreadyAtMinCapacity,
        NotScaledReason::AlreadyAtDesiredCapacity,
        NotScaledReason::AutoScalingAnticipatedFlapping,
        NotScaledReason::TargetServicePutResourceAsUnscalable {
            until_s: at_s(23, 59) + 120.0,
        },
        NotScaledReason::ScaleOutCooldown { until_s: soon },
        NotScaledReason::ScaleOutCooldown { until_s: None },
        NotScaledReason::ScaleInCooldown { until_s: soon },
        NotScaledReason::ScaleInCooldown { until_s: None },
        NotScaledReason::OtherPolicyNotReady { policy: 0 },
        NotScaledReason::MinAboveMax,
        NotScaledReason::ScaleInDisabled,
        NotScaledReason::Suspended,
        NotScaledReason::NoMatchingStep,
        NotScaledReason::InstancesWarmingUp { until_s: soon },
        NotScaledReason::InstancesWarmingUp { until_s: None },
        NotScaledReason::SimpleScalingCooldown { until_s: soon },
        NotScaledReason::SimpleScalingCooldown { until_s: None },
    ] {
        let causes = [
            (None, None),
            (Some(2), None),
            (None, Some(9)),
            (Some(2), Some(9)),
        ]
        .map(|(min, max)| Cause::Scheduled {
            action: 0,
            min,
            max,
            desired: None,
        });
        for cause in causes
            .into_iter()
            .chain([OUT, IN, NO_STEP].map(Cause::Policy))
        {
            for outcome in [
                Outcome::NotScaled(reason),
                Outcome::Successful,
                Outcome::InProgress,
                Outcome::Overridden,
            ] {
                for words in [EN, KO] {
                    let mut told = activity(12, 12, cause, outcome);
                    told.evaluations = 3;
                    told.end_s = None;
                    let told = words.activity(&told, &compiled, &scenario);
                    is_whole(&told.text);
                    assert!(
                        !told.title.is_empty() && !told.tag.is_empty() && !told.status.is_empty()
                    );
                }
            }
        }
    }
}

#[test]
fn a_group_tells_of_warm_up_and_of_simple_scaling() {
    let (mut scenario, compiled) = scene();
    scenario.platform = scenario::document::Platform::Ec2AutoScalingGroup;
    let simple = |adjustment_type, adjustment, change| Decision {
        rule: Rule::StepScaling(Some(Step {
            adjustment_type,
            step: StepAdjustment {
                lower: f64::NEG_INFINITY,
                upper: f64::INFINITY,
                adjustment,
            },
            change,
        })),
        base: 10,
        wanted: 12,
        ..OUT
    };
    let soon = Some(at_s(20, 10));
    let warming = |until_s| NotScaledReason::InstancesWarmingUp { until_s };
    let cooling = |until_s| NotScaledReason::SimpleScalingCooldown { until_s };
    let changed =
        |from, to, decision| activity(from, to, Cause::Policy(decision), Outcome::Successful);
    for (activity, tag, text) in [
        (
            changed(10, 12, simple(AdjustmentType::ChangeInCapacity, 2, 2)),
            "simple scaling",
            "; 10 + 2 = 12.",
        ),
        (
            changed(10, 12, simple(AdjustmentType::ExactCapacity, 12, 2)),
            "simple scaling",
            "; exactly 12.",
        ),
        (
            changed(
                10,
                12,
                simple(AdjustmentType::PercentChangeInCapacity, 20, 2),
            ),
            "simple scaling",
            "; +20% of 10 is +2, so 12.",
        ),
        (
            changed(9, 12, OUT),
            "target tracking",
            " Counted from 6, those that have warmed up.",
        ),
        (
            changed(9, 7, IN),
            "target tracking",
            " Counted from 12, with those that terminate.",
        ),
        (
            refused(14, IN, warming(None)),
            "warm-up",
            " Counted from 12, those in service. Nothing is removed while instances launch.",
        ),
        (
            refused(6, OUT, warming(soon)),
            "warm-up",
            " Instances warm up until 20:10, and already make up for it: only a larger scale-out counts.",
        ),
        (
            refused(6, OUT, warming(None)),
            "warm-up",
            " Instances that are launching already make up for it: only a larger scale-out counts.",
        ),
        (
            refused(12, IN, warming(soon)),
            "warm-up",
            " Nothing is removed while instances warm up, until 20:10.",
        ),
        (
            refused(12, IN, warming(None)),
            "warm-up",
            " Nothing is removed while instances launch.",
        ),
        (
            refused(6, OUT, cooling(soon)),
            "cooldown",
            " Simple scaling waits for its cooldown until 20:10.",
        ),
        (
            refused(6, OUT, cooling(None)),
            "cooldown",
            " Simple scaling waits until the last activity is done.",
        ),
    ] {
        let told = EN.activity(&activity, &compiled, &scenario);
        assert_eq!(told.tag, tag);
        assert!(told.text.ends_with(text), "{}", told.text);
        is_whole(&KO.activity(&activity, &compiled, &scenario).text);
    }
}
