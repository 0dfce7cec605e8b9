#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]
//! What Terraform's AWS provider sends for what is unset or 0, in a file and in a state: each argument for which that matters.

use aws::import::{Document, Gathering, Params, gather};

/// Resources with an argument that may be 0: what each has beside it.
const TRACKING: &str = r#""name": "p", "autoscaling_group_name": "g", "policy_type": "TargetTrackingScaling",
    "target_tracking_configuration": [{ "target_value": 40, "predefined_metric_specification": [{ "predefined_metric_type": "ASGAverageCPUUtilization" }] }]"#;
const SIMPLE: &str = r#""name": "p", "autoscaling_group_name": "g", "policy_type": "SimpleScaling", "adjustment_type": "ChangeInCapacity", "scaling_adjustment": 1"#;
const STEPS: &str = r#""name": "p", "autoscaling_group_name": "g", "policy_type": "StepScaling", "adjustment_type": "PercentChangeInCapacity",
    "step_adjustment": [{ "metric_interval_lower_bound": "0", "scaling_adjustment": 10 }]"#;
const PREDICTIVE: &str = r#""name": "p", "autoscaling_group_name": "g", "policy_type": "PredictiveScaling", "predictive_scaling_configuration": [{
    "metric_specification": [{ "target_value": 40, "predefined_metric_pair_specification": [{ "predefined_metric_type": "ASGCPUUtilization" }] }] }]"#;
const OF_TARGET: &str = r#""name": "p", "service_namespace": "sagemaker", "resource_id": "endpoint/e/variant/v", "scalable_dimension":
    "sagemaker:variant:DesiredInstanceCount""#;

/// Writes members as a file of Terraform's has them: objects in a list are blocks.
fn as_file(members: &serde_json::Map<String, serde_json::Value>) -> String {
    let member = |(name, value): (&String, &serde_json::Value)| match value.as_array() {
        Some(blocks) if blocks.iter().all(serde_json::Value::is_object) => {
            let block = |it: &serde_json::Value| {
                format!("{name} {{\n{}}}\n", as_file(it.as_object().unwrap()))
            };
            blocks.iter().map(block).collect()
        }
        _ => format!("{name} = {value}\n"),
    };
    members.iter().map(member).collect()
}

/// Reads a resource of a file, or of a state, in which an argument holds this; `None`: it is not there.
fn argument(
    kind: &str,
    beside: &str,
    path: &[&str],
    value: Option<&str>,
    is_state: bool,
) -> (Option<f64>, Vec<String>) {
    let mut resource: serde_json::Value = serde_json::from_str(&format!("{{ {beside} }}")).unwrap();
    let mut block = &mut resource;
    let (name, blocks) = path.split_last().unwrap();
    for name in blocks {
        let blocks = block
            .as_object_mut()
            .unwrap()
            .entry(*name)
            .or_insert(serde_json::json!([{}]));
        block = &mut blocks[0];
    }
    if let Some(value) = value {
        block[*name] = serde_json::from_str(value).unwrap();
    }
    let text = if is_state {
        serde_json::json!({ "version": 4, "terraform_version": "1.13.4", "lineage": "a", "serial": 1, "resources": [
            { "mode": "managed", "type": kind, "name": "r", "instances": [{ "attributes": resource }] }
        ] })
        .to_string()
    } else {
        format!(
            "resource \"{kind}\" \"r\" {{\n{}}}\n",
            as_file(resource.as_object().unwrap())
        )
    };
    let documents = [Document {
        name: "",
        text: &text,
    }];
    let gathering = gather(&documents, &Params::new());
    let found = gathering.findings.iter().map(|it| {
        let kind = format!("{:?}", it.kind);
        kind.split([' ', '(']).next().unwrap().to_owned()
    });
    (number(&gathering, name), found.collect())
}

/// Returns what a document says of an argument; `None`: nothing.
fn number(gathering: &Gathering, name: &str) -> Option<f64> {
    let account = &gathering.account;
    let group = account.groups.first();
    let said = |name| {
        group
            .filter(|it| it.said.contains(&name))
            .map(|it| &it.settings)
    };
    let pool = group.and_then(|it| it.settings.warm_pool.as_ref());
    let policy = account.policies.first().map(|it| &it.policy);
    let tracking = policy.and_then(|it| it.target_tracking.as_ref());
    let steps = policy.and_then(|it| it.step_scaling.as_ref());
    let simple = policy.and_then(|it| it.simple_scaling.as_ref());
    let predictive = policy.and_then(|it| it.predictive_scaling.as_ref());
    let alarm = account.alarms.first().map(|it| &it.alarm);
    let action = account.actions.first().map(|it| &it.action);
    let configs = account.endpoint_configs.first();
    let managed = configs.and_then(|it| it.variants.first()?.managed.as_ref());
    let whole = match name {
        "default_cooldown" => said("DefaultCooldown").map(|it| it.default_cooldown),
        "default_instance_warmup" => {
            said("DefaultInstanceWarmup").and_then(|it| it.default_instance_warmup)
        }
        "health_check_grace_period" => {
            said("HealthCheckGracePeriod").map(|it| it.health_check_grace_period)
        }
        "max_group_prepared_capacity" => pool?.max_group_prepared_capacity,
        "min_size" if pool.is_some() => pool.map(|it| it.min_size),
        "min_size" => action?.action.min_capacity,
        "estimated_instance_warmup" => policy?.estimated_instance_warmup,
        "cooldown" => match simple {
            Some(simple) => simple.cooldown,
            None => steps.map(|it| it.cooldown),
        },
        "min_adjustment_magnitude" => steps?.min_adjustment_magnitude,
        "scale_in_cooldown" => tracking.map(|it| it.scale_in_cooldown),
        "max_capacity_buffer" => predictive?.max_capacity_buffer,
        "scheduling_buffer_time" => predictive.map(|it| it.scheduling_buffer_time),
        "threshold" => return alarm?.threshold,
        "datapoints_to_alarm" => alarm?.datapoints_to_alarm,
        "min_instance_count" => managed.map(|it| it.min_instances),
        "max_instance_count" => managed?.max_instances,
        other => panic!("{other}"),
    };
    whole.map(f64::from)
}

#[test]
fn what_is_unset_or_zero_is_what_the_provider_sends() {
    let group = r#""name": "g", "min_size": 1, "max_size": 2"#;
    let pooled = &format!(r#"{group}, "warm_pool": [{{ "pool_state": "Stopped" }}]"#);
    let action = r#""scheduled_action_name": "a", "autoscaling_group_name": "g", "max_size": 2, "desired_capacity": -1, "recurrence": "0 8 * * *""#;
    let alarm = r#""alarm_name": "a", "metric_name": "CPUUtilization", "namespace": "AWS/EC2", "statistic": "Average", "period": 60,
        "evaluation_periods": 1, "comparison_operator": "GreaterThanThreshold""#;
    let busy = &format!(r#"{alarm}, "threshold": 70"#);
    let anomaly = &format!(r#"{alarm}, "threshold_metric_id": "ad1""#);
    let tracking = &format!(
        r#"{OF_TARGET}, "policy_type": "TargetTrackingScaling", "target_tracking_scaling_policy_configuration": [{{ "target_value": 40, "scale_out_cooldown": 60,
        "predefined_metric_specification": [{{ "predefined_metric_type": "SageMakerVariantInvocationsPerInstance" }}] }}]"#
    );
    let steps = &format!(
        r#"{OF_TARGET}, "policy_type": "StepScaling", "step_scaling_policy_configuration": [{{ "adjustment_type": "ChangeInCapacity", "cooldown": 60,
        "step_adjustment": [{{ "metric_interval_lower_bound": "0", "scaling_adjustment": 1 }}] }}]"#
    );
    let cooling = &steps.replace(r#", "cooldown": 60"#, "");
    let variant = r#""name": "c", "production_variants": [{ "variant_name": "v", "instance_type": "ml.m5.large", "managed_instance_scaling": [{ "status": "ENABLED" }] }]"#;
    let of_target = "target_tracking_scaling_policy_configuration";
    let of_steps = "step_scaling_policy_configuration";
    let of_predictive = "predictive_scaling_configuration";
    let (zero, unset) = (Some(0.0), None);
    // Of each what a file comes to that does not say it, one that says 0, and a state that does; and what is found in files.
    for (kind, beside, path, [missing, zero_in_file, zero_in_state], findings) in [
        (
            "aws_autoscaling_group",
            group,
            &["default_cooldown"][..],
            [unset, zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_group",
            group,
            &["default_instance_warmup"],
            [unset, unset, unset],
            ["", "ZeroIsNotSent"],
        ),
        (
            "aws_autoscaling_group",
            group,
            &["health_check_grace_period"],
            [Some(300.0), zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_group",
            pooled,
            &["warm_pool", "min_size"],
            [zero, zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_group",
            pooled,
            &["warm_pool", "max_group_prepared_capacity"],
            [unset, zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_policy",
            TRACKING,
            &["estimated_instance_warmup"],
            [unset, zero, unset],
            ["", ""],
        ),
        (
            "aws_autoscaling_policy",
            SIMPLE,
            &["cooldown"],
            [unset, zero, unset],
            ["", ""],
        ),
        (
            "aws_autoscaling_policy",
            STEPS,
            &["min_adjustment_magnitude"],
            [unset, unset, unset],
            ["", ""],
        ),
        (
            "aws_autoscaling_policy",
            PREDICTIVE,
            &[of_predictive, "max_capacity_buffer"],
            [unset, zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_policy",
            PREDICTIVE,
            &[of_predictive, "scheduling_buffer_time"],
            [Some(300.0), zero, zero],
            ["", ""],
        ),
        (
            "aws_autoscaling_schedule",
            action,
            &["min_size"],
            [zero, zero, zero],
            ["UnsetSizeIsZero", ""],
        ),
        (
            "aws_appautoscaling_policy",
            tracking,
            &[of_target, "scale_in_cooldown"],
            [zero, zero, zero],
            ["UnsetCooldownIsZero", ""],
        ),
        (
            "aws_appautoscaling_policy",
            cooling,
            &[of_steps, "cooldown"],
            [zero, zero, zero],
            ["UnsetCooldownIsZero", ""],
        ),
        (
            "aws_appautoscaling_policy",
            steps,
            &[of_steps, "min_adjustment_magnitude"],
            [unset, unset, unset],
            ["", ""],
        ),
        (
            "aws_cloudwatch_metric_alarm",
            alarm,
            &["threshold"],
            [zero, zero, zero],
            ["UnsetIsZero", ""],
        ),
        (
            "aws_cloudwatch_metric_alarm",
            busy,
            &["datapoints_to_alarm"],
            [unset, unset, unset],
            ["", ""],
        ),
        (
            "aws_sagemaker_endpoint_configuration",
            variant,
            &[
                "production_variants",
                "managed_instance_scaling",
                "min_instance_count",
            ],
            [zero, zero, zero],
            ["UnsetIsZero", ""],
        ),
        (
            "aws_sagemaker_endpoint_configuration",
            variant,
            &[
                "production_variants",
                "managed_instance_scaling",
                "max_instance_count",
            ],
            [unset, unset, unset],
            ["UnsetIsZero", "UnsetIsZero"],
        ),
    ] {
        let check = |value: Option<&str>, is_state: bool, expected: Option<f64>, finding: &str| {
            let (number, found) = argument(kind, beside, path, value, is_state);
            let what = format!("{kind} {path:?} {value:?} {is_state}");
            assert_eq!(number, expected, "{what}");
            assert_eq!(found.join(" "), finding, "{what}");
        };
        check(None, false, missing, findings[0]);
        check(Some("0"), false, zero_in_file, findings[1]);
        // What the provider keeps as a text is one in a state.
        let is_text = path.first() == Some(&of_predictive);
        check(
            Some(if is_text { "\"0\"" } else { "0" }),
            true,
            zero_in_state,
            "",
        );
        check(
            Some("7"),
            false,
            Some(7.0),
            if findings[0] == findings[1] {
                findings[0]
            } else {
                ""
            },
        );
        if is_text {
            check(Some("\"\""), true, missing, "");
            check(Some("null"), true, missing, "");
        }
    }
    // −1 leaves a size alone, and is a pool without a bound; an alarm with another threshold has none of 0.
    for (kind, beside, path) in [
        ("aws_autoscaling_schedule", action, &["min_size"][..]),
        (
            "aws_autoscaling_group",
            pooled,
            &["warm_pool", "max_group_prepared_capacity"],
        ),
    ] {
        for is_state in [false, true] {
            let said = argument(kind, beside, path, Some("-1"), is_state);
            assert_eq!(said, (None, Vec::new()), "{path:?} {is_state}");
        }
    }
    let (threshold, _) = argument(
        "aws_cloudwatch_metric_alarm",
        anomaly,
        &["threshold"],
        None,
        false,
    );
    assert_eq!(threshold, None);
}
