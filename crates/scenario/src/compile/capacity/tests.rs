#![allow(clippy::unwrap_used, reason = "a test's helper may panic")]

use super::*;
use crate::{compile::compile, file::from_json, platform::Platform};

/// An endpoint or a group on two to eight instances with such limits.
fn given(platform: Platform, capacity: LaunchCapacity) -> Scenario {
    let json = r#"{ "headroom": 2, "start": "2026-11-28" }"#;
    let mut scenario = from_json(json).unwrap();
    scenario.move_to(platform);
    scenario.scalable_target.min_capacity = Some(2);
    scenario.scalable_target.max_capacity = Some(8);
    scenario.instance.initial = Some(2);
    scenario.launch_capacity = capacity;
    scenario
}

fn short(at: &str, for_min: f64) -> LaunchCapacity {
    LaunchCapacity {
        at: Some(at.parse().unwrap()),
        for_min,
        ..LaunchCapacity::default()
    }
}

#[test]
fn a_shortage_is_told_as_far_as_it_lies_within_the_run() {
    for platform in [
        Platform::SagemakerRealTime,
        Platform::Ec2AutoScalingGroup,
        Platform::SagemakerAsynchronous,
    ] {
        for (at, for_min, expected) in [
            ("2026-11-28T20:00", 30.0, Some((72_000.0, 1800.0))),
            ("2026-11-27T23:00", 90.0, Some((0.0, 1800.0))),
            ("2026-11-27T23:00", 60.0, None),
            ("2026-11-29T00:00", 60.0, None),
        ] {
            let scenario = given(platform, short(at, for_min));
            let compiled = compile(&scenario).unwrap();
            let shortage = compiled.plan.fleet.capacity.and_then(|it| it.shortage);
            assert_eq!(shortage.map(|it| (it.at_s, it.for_s)), expected, "{at}");
            let warned = compiled.warnings.contains(&Warning::ShortageOutsideRun);
            assert_eq!(warned, expected.is_none());
        }
    }
}

#[test]
fn zones_are_told_where_there_are_others() {
    for (zones, expected) in [
        (None, None),
        (Some(2), Some(2)),
        (Some(3), None),
        (Some(6), None),
    ] {
        let capacity = LaunchCapacity {
            zones,
            ..short("2026-11-28T20:00", 30.0)
        };
        let compiled = compile(&given(Platform::SagemakerRealTime, capacity)).unwrap();
        let shortage = compiled.plan.fleet.capacity.and_then(|it| it.shortage);
        assert_eq!(shortage.unwrap().zones, expected);
        let warned = compiled.warnings.contains(&Warning::OtherZonesHaveEnough);
        assert_eq!(warned, expected.is_some());
    }
}

#[test]
fn a_quota_leaves_room_for_the_start() {
    for (quota, expected) in [(1, Err(2)), (2, Ok(true)), (7, Ok(true)), (8, Ok(false))] {
        let capacity = LaunchCapacity {
            quota: Some(quota),
            ..LaunchCapacity::default()
        };
        let found = compile(&given(Platform::Ec2AutoScalingGroup, capacity));
        let below_max = Warning::QuotaBelowMax { quota, max: 8 };
        let found = found.map(|it| it.warnings.contains(&below_max));
        let found = found.map_err(|problems| match problems.as_slice() {
            [
                Problem {
                    field,
                    kind: ProblemKind::QuotaBelowStart { instances },
                },
            ] if *field == LaunchCapacity::quota => *instances,
            other => panic!("{other:?}"),
        });
        assert_eq!(found, expected, "{quota}");
    }
}

#[test]
fn nothing_is_launched_where_there_are_no_instances() {
    let capacity = LaunchCapacity {
        quota: Some(4),
        ..short("2026-11-28T20:00", 30.0)
    };
    let problems = compile(&given(Platform::SagemakerServerless, capacity)).unwrap_err();
    for field in [LaunchCapacity::at, LaunchCapacity::quota] {
        let kind = ProblemKind::NothingLaunches;
        assert!(problems.contains(&Problem { field, kind }), "{problems:?}");
    }
}
