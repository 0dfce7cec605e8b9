#![allow(clippy::unwrap_used, reason = "a test's helper may panic")]

use super::*;
use crate::{compile::compile, file::from_json, platform::Platform};

/// An endpoint or a group of a type, one of whose instances is to slow down at a time.
fn given(platform: Platform, instance: &str, at: &str) -> Scenario {
    let json = r#"{ "headroom": 2, "start": "2026-11-28" }"#;
    let mut scenario = from_json(json).unwrap();
    scenario.move_to(platform);
    scenario.instance.instance_type = instance.to_owned();
    scenario.slow_instance = SlowInstance {
        at: Some(at.parse().unwrap()),
        times: 8.0,
        for_min: 5.0,
    };
    scenario
}

#[test]
fn an_instance_slows_down_within_the_run_where_it_is_one_of_several() {
    let slow = plan::SlowInstance {
        at_s: 3600.0,
        times: 8.0,
        for_s: 300.0,
    };
    let (nothing_fails, with_credits) = (ProblemKind::NothingFails, ProblemKind::SlowWithCredits);
    for (platform, instance, at, expected) in [
        (
            Platform::SagemakerRealTime,
            "ml.c5.xlarge",
            "2026-11-28T01:00",
            Ok((Some(slow), vec![])),
        ),
        (
            Platform::Ec2AutoScalingGroup,
            "c5.xlarge",
            "2026-11-28T01:00",
            Ok((Some(slow), vec![])),
        ),
        (
            Platform::Ec2AutoScalingGroup,
            "c5.xlarge",
            "2026-11-30T01:00",
            Ok((None, vec![Warning::SlowOutsideRun])),
        ),
        (
            Platform::Ec2AutoScalingGroup,
            "t3.large",
            "2026-11-28T01:00",
            Err(&with_credits),
        ),
        (
            Platform::SagemakerAsynchronous,
            "ml.c5.xlarge",
            "2026-11-28T01:00",
            Err(&nothing_fails),
        ),
        (
            Platform::SagemakerServerless,
            "ml.c5.xlarge",
            "2026-11-28T01:00",
            Err(&nothing_fails),
        ),
    ] {
        let scenario = given(platform, instance, at);
        match (compile(&scenario), expected) {
            (Ok(compiled), Ok((slow, warnings))) => {
                let found = compiled.plan.resource.slow_instance().copied();
                assert_eq!(found, slow, "{platform:?} {instance}");
                let is_of_time = |it: &&Warning| matches!(it, Warning::SlowOutsideRun);
                let found: Vec<_> = compiled
                    .warnings
                    .iter()
                    .filter(is_of_time)
                    .cloned()
                    .collect();
                assert_eq!(found, warnings, "{platform:?} {instance}");
            }
            (Err(problems), Err(kind)) => {
                let found = problems
                    .iter()
                    .any(|problem| problem.field == SlowInstance::at && problem.kind == *kind);
                assert!(found, "{platform:?} {instance}: {problems:?}");
            }
            (found, _) => panic!("{platform:?} {instance}: {:?}", found.map(|it| it.plan)),
        }
    }
}

#[test]
fn a_slow_instance_goes_where_instances_may_be_slow() {
    for (platform, stays) in [
        (Platform::SagemakerRealTime, true),
        (Platform::SagemakerServerless, false),
    ] {
        let mut moved = given(
            Platform::Ec2AutoScalingGroup,
            "c5.xlarge",
            "2026-11-28T01:00",
        );
        moved.move_to(platform);
        assert_eq!(moved.slow_instance.at.is_some(), stays, "{platform:?}");
    }
}
