//! What may fail, who notices, and what is odd about it.

use engine::plan;

use super::super::*;
use crate::document::Platform;
use crate::{compile::tests::is_kept, file};

fn scenario(text: &str) -> Scenario {
    file::from_json(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// A group with this beside it.
fn group(group: &str, beside: &str) -> Scenario {
    scenario(&format!(
        r#"{{ "platform": "ec2_auto_scaling_group", "instance": {{ "type": "c5.xlarge", "usd_per_hour": 0.17 }},
              "policies": [{{ "PolicyName": "requests", "TargetTrackingConfiguration": {{
                "PredefinedMetricSpecification": {{ "PredefinedMetricType": "ALBRequestCountPerTarget" }} }} }}],
              "scalable_target": {{ "MaxCapacity": 20 }},
              "auto_scaling_group": {{ {group} }} {beside} }}"#
    ))
}

const FAILURES: &str = r#", "failures": [
    { "at": "2026-11-28T21:00", "what": { "zone_min": 60 } },
    { "at": "2026-11-28T20:00", "what": { "instances": 2 } },
    { "at": "2026-11-28T22:00:30", "what": { "applications": 1 } }]"#;

#[test]
fn failures_become_events_in_order_of_time() {
    let given = group(
        r#""HealthCheckType": "ELB", "HealthCheckGracePeriod": 300"#,
        FAILURES,
    );
    is_kept(&given);
    let Compiled { plan, warnings, .. } = compile(&given).unwrap();
    assert_eq!(warnings, []);
    let health = plan.resource.health().unwrap();
    let failures = [
        (20.0 * 3600.0, 1, plan::Failing::Instances(2)),
        (21.0 * 3600.0, 0, plan::Failing::Zone { for_s: 3600.0 }),
        (22.0 * 3600.0 + 30.0, 2, plan::Failing::Applications(1)),
    ]
    .map(|(at_s, index, what)| plan::Failure { at_s, index, what });
    let expected = plan::Health {
        failures: failures.to_vec(),
        zones: 3,
        rebalances: true,
        unrouted_s: 60.0,
        status_check_s: 180.0,
        load_balancer_s: Some(60.0),
        start_within_s: None,
    };
    assert_eq!(**health, expected);
    // EC2's checks alone, which is AWS's default; and SageMaker, which has no others.
    for (given, load_balancer_s, rebalances) in [
        (group("", FAILURES), None, true),
        (
            scenario(&format!("{{ {} }}", &FAILURES[1..])),
            Some(180.0),
            false,
        ),
    ] {
        let plan = compile(&given).unwrap().plan;
        let health = plan.resource.health().unwrap();
        assert_eq!(
            (health.load_balancer_s, health.rebalances),
            (load_balancer_s, rebalances)
        );
    }
    // Nothing fails, nothing is told.
    for scenario in [group("", ""), Scenario::default()] {
        let plan = compile(&scenario).unwrap().plan;
        assert_eq!(plan.resource.health(), None);
    }
}

#[test]
fn start_up_must_be_over_within_the_grace() {
    // An instance is in service half a minute after its launch, answers after four, and the load balancer takes a minute.
    for (settings, within_s) in [
        (r#""HealthCheckType": "ELB""#, Some(90.0)),
        (
            r#""HealthCheckType": "EC2,ELB", "HealthCheckGracePeriod": 120"#,
            Some(150.0),
        ),
        (
            r#""HealthCheckType": "ELB", "HealthCheckGracePeriod": 210"#,
            None,
        ),
        (
            r#""HealthCheckType": "ELB", "HealthCheckGracePeriod": 180, "boot_s": 60"#,
            None,
        ),
        (
            r#""HealthCheckType": "ELB", "HealthCheckIntervalSeconds": 100, "UnhealthyThresholdCount": 3"#,
            None,
        ),
        // Status checks know nothing of applications.
        (
            r#""HealthCheckType": "EC2", "HealthCheckGracePeriod": 60"#,
            None,
        ),
    ] {
        let given = group(settings, "");
        is_kept(&given);
        let Compiled { plan, warnings, .. } = compile(&given).unwrap();
        let told = plan
            .resource
            .health()
            .and_then(|health| health.start_within_s);
        assert_eq!(told, within_s, "{settings}");
        let grace_s = given.auto_scaling_group.health_check_grace_period;
        let expected = within_s.map(|within_s| Warning::StartsTooLong {
            grace_s,
            within_s,
            launch_s: 240.0,
        });
        assert_eq!(
            warnings,
            expected.into_iter().collect::<Vec<_>>(),
            "{settings}"
        );
    }
}

#[test]
fn a_group_may_have_no_instance_and_is_told_what_that_means() {
    let min = |min: u32, actions: &str| {
        let mut given = group("", actions);
        given.scalable_target.min_capacity = Some(min);
        compile(&given).unwrap().warnings
    };
    let action = |name: &str, at: &str, min: u32| {
        format!(
            r#"{{ "ScheduledActionName": "{name}", "Schedule": "at(2026-11-28T{at}:00)", "ScalableTargetAction": {{ "MinCapacity": {min} }} }}"#
        )
    };
    let (night, morning) = (action("night", "01:00", 0), action("morning", "06:00", 2));
    let warning = |by_the_clock| vec![Warning::NothingWakesGroup { by_the_clock }];
    assert_eq!(min(0, ""), warning(false));
    assert_eq!(
        min(2, &format!(r#", "scheduled_actions": [{night}]"#)),
        warning(false)
    );
    let both = format!(r#", "scheduled_actions": [{night}, {morning}]"#);
    assert_eq!(min(2, &both), warning(true));
    assert_eq!(min(1, ""), []);
    // What is forecast needs no metric of the moment.
    let mut forecast = group("", "");
    forecast.scalable_target.min_capacity = Some(0);
    let policy = r#"{ "policies": [{ "PolicyName": "f", "PolicyType": "PredictiveScaling",
        "PredictiveScalingConfiguration": { "Mode": "ForecastAndScale" } }] }"#;
    forecast.policies = scenario(policy).policies;
    assert_eq!(compile(&forecast).unwrap().warnings, []);
}

#[test]
fn what_cannot_be_is_told_at_its_field() {
    let failing = |what: &str| {
        group(
            "",
            &format!(r#", "failures": [{{ "at": "2026-11-28T20:00", "what": {what} }}]"#),
        )
    };
    let elsewhere =
        |platform: &str| scenario(&format!(r#"{{ "platform": "{platform}" {FAILURES} }}"#));
    let too_small = |min| ProblemKind::TooSmall { min };
    let too_large = |max| ProblemKind::TooLarge { max };
    for (given, field, kind) in [
        (
            failing(r#"{ "instances": 0 }"#),
            "failures[0].what.instances",
            too_small(1.0),
        ),
        (
            failing(r#"{ "applications": 10001 }"#),
            "failures[0].what.applications",
            too_large(10_000.0),
        ),
        (
            failing(r#"{ "zone_min": 0 }"#),
            "failures[0].what.zone_min",
            too_small(0.1),
        ),
        (
            group("", r#", "availability_zones": 7"#),
            "availability_zones",
            too_large(6.0),
        ),
        (
            group(r#""UnhealthyThresholdCount": 1"#, ""),
            "auto_scaling_group.UnhealthyThresholdCount",
            too_small(2.0),
        ),
        (
            group(r#""HealthCheckIntervalSeconds": 301"#, ""),
            "auto_scaling_group.HealthCheckIntervalSeconds",
            too_large(300.0),
        ),
        (
            group(r#""HealthCheckGracePeriod": 7201"#, ""),
            "auto_scaling_group.HealthCheckGracePeriod",
            too_large(7200.0),
        ),
        (
            group(r#""boot_s": -1"#, ""),
            "auto_scaling_group.boot_s",
            too_small(0.0),
        ),
        (
            group("", r#", "assumptions": { "status_check_s": 3601 }"#),
            "assumptions.status_check_s",
            too_large(3600.0),
        ),
        (
            elsewhere("sagemaker_serverless"),
            "failures",
            ProblemKind::NothingFails,
        ),
        (
            elsewhere("sagemaker_asynchronous"),
            "failures",
            ProblemKind::NothingFails,
        ),
        (
            elsewhere("sagemaker_inference_component"),
            "failures",
            ProblemKind::NothingFails,
        ),
    ] {
        let problems = compile(&given).unwrap_err();
        let found = problems
            .iter()
            .find(|problem| problem.field.to_string() == field);
        assert_eq!(
            found.map(|problem| &problem.kind),
            Some(&kind),
            "{field}: {problems:?}"
        );
    }
}

#[test]
fn what_fails_goes_where_instances_may() {
    let given = group("", FAILURES);
    for (platform, failures) in [
        (Platform::SagemakerRealTime, 3),
        (Platform::SagemakerAsynchronous, 0),
        (Platform::SagemakerServerless, 0),
        (Platform::SagemakerInferenceComponent, 0),
    ] {
        let mut moved = given.clone();
        moved.move_to(platform);
        assert_eq!(moved.failures.len(), failures, "{platform:?}");
    }
}

#[test]
fn a_failure_outside_the_run_is_told() {
    let failures = r#", "failures": [{ "at": "2026-11-30T20:00", "what": { "instances": 2 } }]"#;
    let Compiled { plan, warnings, .. } = compile(&group("", failures)).unwrap();
    assert_eq!(plan.resource.health(), None);
    assert_eq!(warnings, [Warning::FailureOutsideRun { failure: 0 }]);
}
