#![allow(clippy::unwrap_used, reason = "a test's helper may panic")]

use super::*;
use crate::{
    compile::{Compiled, Problem, compile as compile_scenario},
    field::Field,
    file::from_json,
    platform::Platform,
};

/// The AWS SDKs' `standard` mode, as the engine is told.
const STANDARD: plan::ClientRetries = plan::ClientRetries {
    share: 1.0,
    max_attempts: 3,
    timeout_s: None,
    backoff: plan::Backoff::Exponential(0.05),
    max_backoff_s: 20.0,
    jitter: plan::Jitter::Full,
    budget: None,
};

/// The default scenario on a platform, of which clients retry so.
fn given(platform: Platform, retries: &str) -> Result<Compiled, Vec<Problem>> {
    let json = format!(r#"{{ "instance": {{ "type": "ml.c5.xlarge" }}, "retries": {retries} }}"#);
    let mut scenario = from_json(&json).unwrap();
    let retries = scenario.retries.take();
    scenario.move_to(platform);
    scenario.retries = retries;
    compile_scenario(&scenario)
}

#[test]
fn what_a_person_types_is_what_the_engine_is_told() {
    let storm = r#"{ "max_attempts": 4, "share_pct": 80, "timeout_s": 2, "backoff": "fixed", "base_delay_s": 0.5,
        "max_backoff_s": 5, "jitter": "none", "budget_pct": 10 }"#;
    let linear = r#"{ "backoff": "linear", "jitter": "equal" }"#;
    for (retries, expected) in [
        ("null", None),
        ("{}", Some(STANDARD)),
        (
            storm,
            Some(plan::ClientRetries {
                share: 0.8,
                max_attempts: 4,
                timeout_s: Some(2.0),
                backoff: plan::Backoff::Fixed(0.5),
                max_backoff_s: 5.0,
                jitter: plan::Jitter::None,
                budget: Some(0.1),
            }),
        ),
        (
            linear,
            Some(plan::ClientRetries {
                backoff: plan::Backoff::Linear(0.05),
                jitter: plan::Jitter::Equal,
                ..STANDARD
            }),
        ),
    ] {
        for platform in [Platform::SagemakerRealTime, Platform::Ec2AutoScalingGroup] {
            let plan = given(platform, retries).unwrap().plan;
            let told = plan.resource.retries().copied();
            assert_eq!(told, expected, "{platform:?}: {retries}");
        }
    }
}

#[test]
fn what_cannot_be_is_told_at_its_field() {
    let here = Platform::SagemakerRealTime;
    let above = ProblemKind::AboveOther {
        other: Retries::max_backoff_s,
        value: 20.0,
    };
    let too_many = ProblemKind::TooLarge { max: 10.0 };
    let cases: [(Platform, &str, Field, ProblemKind); 9] = [
        (
            Platform::SagemakerAsynchronous,
            "{}",
            Retries::backoff,
            ProblemKind::NobodyRetries,
        ),
        (
            Platform::SagemakerServerless,
            "{}",
            Retries::backoff,
            ProblemKind::NobodyRetries,
        ),
        (
            Platform::SagemakerInferenceComponent,
            "{}",
            Retries::backoff,
            ProblemKind::NobodyRetries,
        ),
        (
            here,
            r#"{ "max_attempts": 11 }"#,
            Retries::max_attempts,
            too_many,
        ),
        (
            here,
            r#"{ "max_attempts": 0 }"#,
            Retries::max_attempts,
            ProblemKind::TooSmall { min: 1.0 },
        ),
        (
            here,
            r#"{ "share_pct": 101 }"#,
            Retries::share_pct,
            ProblemKind::TooLarge { max: 100.0 },
        ),
        (
            here,
            r#"{ "timeout_s": 0 }"#,
            Retries::timeout_s,
            ProblemKind::TooSmall { min: 0.01 },
        ),
        (
            here,
            r#"{ "base_delay_s": 30 }"#,
            Retries::base_delay_s,
            above,
        ),
        (
            here,
            r#"{ "budget_pct": -1 }"#,
            Retries::budget_pct,
            ProblemKind::TooSmall { min: 0.0 },
        ),
    ];
    for (platform, retries, field, kind) in cases {
        let problems = given(platform, retries).map(|it| it.plan).unwrap_err();
        let expected = Problem { field, kind };
        assert!(
            problems.contains(&expected),
            "{platform:?}, {retries}: {problems:?}"
        );
    }
}

/// Without waiting a request takes 0.08 s, one in twenty more than 0.14 s; none waits longer than 60 s.
#[test]
fn a_timeout_that_does_not_do_what_it_says_is_odd() {
    let longest_s = 60.0 + engine::idle_s(80.0, 140.0);
    let (too_long, too_short) = (
        Warning::ClientTimeoutTooLong { longest_s },
        Warning::ClientTimeoutTooShort { p95_ms: 140.0 },
    );
    for (timeout_s, expected) in [
        ("null", None),
        ("0.1", Some(&too_short)),
        ("0.14", None),
        ("2", None),
        ("60", None),
        ("61", Some(&too_long)),
    ] {
        let retries = format!(r#"{{ "timeout_s": {timeout_s} }}"#);
        let compiled = given(Platform::SagemakerRealTime, &retries).unwrap();
        let odd = (compiled.warnings.iter()).find(|it| [&too_long, &too_short].contains(it));
        assert_eq!(odd, expected, "{timeout_s}");
        if let Some(warning) = odd {
            assert_eq!(
                warning.field(&Scenario::default()),
                Some(Retries::timeout_s)
            );
        }
    }
}

#[test]
fn retries_go_where_they_are_simulated() {
    for (platform, stay) in [
        (Platform::Ec2AutoScalingGroup, true),
        (Platform::SagemakerAsynchronous, false),
        (Platform::SagemakerServerless, false),
        (Platform::SagemakerInferenceComponent, false),
    ] {
        let mut moved = Scenario {
            retries: Some(Retries::default()),
            ..Scenario::default()
        };
        moved.move_to(platform);
        assert_eq!(moved.retries.is_some(), stay, "{platform:?}");
    }
}
