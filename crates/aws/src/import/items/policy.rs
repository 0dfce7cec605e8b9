//! Scaling policies of both services.

use scenario::{
    document::{
        AdjustmentType, CustomizedMetricSpecification, Dimension, MaxCapacityBreachBehavior,
        MetricAggregationType, MetricName, PolicyType, PredefinedMetricPair,
        PredefinedMetricSpecification, PredefinedMetricType, PredictiveMetricSpecification,
        PredictivePairType, PredictiveScaling, PredictiveScalingMode, ScalingPolicy, SimpleScaling,
        Statistic, StepAdjustment, StepScaling, TargetTracking,
    },
    field::Items,
};

use super::of_target;
use crate::{
    account::{Policy, Subject},
    fields::Fields,
    finding::FindingKind,
    import::Gathering,
};

/// Reads a policy as Application Auto Scaling's PutScalingPolicy takes it and DescribeScalingPolicies answers it.
pub(in crate::import) fn target_policy(mut fields: Fields, gathering: &mut Gathering) {
    let Ok(subject) = of_target(&mut fields, gathering) else {
        return;
    };
    policy_of(subject, fields, gathering);
}

/// Reads a policy as EC2 Auto Scaling's PutScalingPolicy takes it and DescribePolicies answers it.
pub(in crate::import) fn group_policy(mut fields: Fields, gathering: &mut Gathering) {
    let group = fields.text("AutoScalingGroupName", &mut gathering.findings);
    policy_of(group.map(|name| Subject::Group { name }), fields, gathering);
}

/// Reads a policy of whatever it is that scales.
pub(in crate::import) fn policy_of(
    subject: Option<Subject>,
    mut fields: Fields,
    gathering: &mut Gathering,
) {
    let at = fields.at;
    let findings = &mut gathering.findings;
    let policy_name = fields.text("PolicyName", findings).unwrap_or_default();
    let arn = (fields.text("PolicyARN", findings)).or_else(|| fields.text("PolicyArn", findings));
    let mut alarm_names = Vec::new();
    for mut alarm in fields.objects("Alarms", findings) {
        alarm_names.extend(alarm.text("AlarmName", findings));
        alarm.pass_over(&["AlarmARN"]);
        alarm.finish(findings);
    }
    let is_enabled = fields.switch("Enabled", findings).unwrap_or(true);
    fields.pass_over(&["CreationTime"]);
    let named = fields.text("PolicyType", findings);
    let policy_type = match named.as_deref() {
        None => kind_of(&fields),
        Some(name) => match PolicyType::named(name) {
            Some(policy_type) => policy_type,
            None => {
                let policy_type = name.to_owned();
                gathering.note(
                    at,
                    &fields.path("PolicyType"),
                    FindingKind::UnknownPolicyType { policy_type },
                );
                return;
            }
        },
    };
    let mut policy = ScalingPolicy {
        policy_name,
        policy_type,
        target_tracking: None,
        step_scaling: None,
        simple_scaling: None,
        predictive_scaling: None,
        estimated_instance_warmup: fields.whole("EstimatedInstanceWarmup", findings),
        alarm: None,
    };
    // EC2 Auto Scaling answers an empty one of every policy.
    let configuration = |fields: &mut Fields, names: [&str; 2], gathering: &mut Gathering| {
        let name = if fields.has(names[0]) {
            names[0]
        } else {
            names[1]
        };
        fields.object(name, &mut gathering.findings)
    };
    let is_read = match policy_type {
        PolicyType::TargetTrackingScaling => {
            let names = [
                "TargetTrackingScalingPolicyConfiguration",
                "TargetTrackingConfiguration",
            ];
            let given = configuration(&mut fields, names, gathering);
            policy.target_tracking = given.and_then(|given| target_tracking(given, gathering));
            policy.target_tracking.is_some()
        }
        PolicyType::StepScaling => {
            let name = "StepScalingPolicyConfiguration";
            let steps = match fields.object(name, &mut gathering.findings) {
                Some(mut given) => {
                    let steps = step_scaling(&mut given, gathering);
                    given.finish(&mut gathering.findings);
                    steps
                }
                None => step_scaling(&mut fields, gathering),
            };
            policy.step_scaling = Some(steps);
            true
        }
        PolicyType::SimpleScaling => {
            policy.simple_scaling = Some(simple_scaling(&mut fields, gathering));
            true
        }
        PolicyType::PredictiveScaling => {
            let names = [
                "PredictiveScalingConfiguration",
                "PredictiveScalingPolicyConfiguration",
            ];
            let given = configuration(&mut fields, names, gathering);
            policy.predictive_scaling = given.map(|given| predictive_scaling(given, gathering));
            policy.predictive_scaling.is_some()
        }
    };
    let enabled = fields.path("Enabled");
    fields.finish(&mut gathering.findings);
    if !is_enabled {
        let policy = policy.policy_name;
        gathering.note(at, &enabled, FindingKind::PolicyDisabled { policy });
        return;
    }
    if is_read {
        gathering.account.policies.push(Policy {
            subject,
            policy,
            arn,
            alarm_names,
            at,
        });
    }
}

/// Returns the kind of a policy that does not name it, as EC2 Auto Scaling and files have it.
fn kind_of(fields: &Fields) -> PolicyType {
    let has = |names: &[&str]| names.iter().any(|name| fields.has(name));
    if has(&[
        "TargetTrackingConfiguration",
        "TargetTrackingScalingPolicyConfiguration",
    ]) {
        PolicyType::TargetTrackingScaling
    } else if has(&["StepAdjustments", "StepScalingPolicyConfiguration"]) {
        PolicyType::StepScaling
    } else if has(&["PredictiveScalingConfiguration"]) {
        PolicyType::PredictiveScaling
    } else {
        PolicyType::SimpleScaling
    }
}

/// Reads a target tracking configuration; `None`: its metric is none that is modelled, which is noted.
fn target_tracking(mut fields: Fields, gathering: &mut Gathering) -> Option<TargetTracking> {
    let findings = &mut gathering.findings;
    let default = TargetTracking::default();
    let mut tracking = TargetTracking {
        target_value: fields.number("TargetValue", findings),
        // AWS's defaults are what a document means that does not say.
        scale_out_cooldown: fields
            .whole("ScaleOutCooldown", findings)
            .unwrap_or(default.scale_out_cooldown),
        scale_in_cooldown: fields
            .whole("ScaleInCooldown", findings)
            .unwrap_or(default.scale_in_cooldown),
        disable_scale_in: fields
            .switch("DisableScaleIn", findings)
            .unwrap_or_default(),
        ..default
    };
    if tracking.target_value.is_none() {
        fields.missing("TargetValue", findings);
    }
    let mut is_known = true;
    if let Some(mut metric) = fields.object("PredefinedMetricSpecification", findings) {
        let name = metric
            .text("PredefinedMetricType", findings)
            .unwrap_or_default();
        match PredefinedMetricType::named(&name) {
            Some(metric_type) => {
                tracking.metric = PredefinedMetricSpecification {
                    metric_type,
                    resource_label: metric.text("ResourceLabel", findings),
                };
            }
            None => {
                is_known = false;
                gathering.note(
                    metric.at,
                    &metric.path("PredefinedMetricType"),
                    FindingKind::UnknownMetric { name },
                );
            }
        }
        metric.finish(&mut gathering.findings);
    } else if let Some(metric) = fields.object("CustomizedMetricSpecification", findings) {
        tracking.customized_metric = customized_metric(metric, gathering);
        is_known = tracking.customized_metric.is_some();
    } else {
        fields.missing("PredefinedMetricSpecification", findings);
    }
    fields.finish(&mut gathering.findings);
    is_known.then_some(tracking)
}

fn customized_metric(
    mut fields: Fields,
    gathering: &mut Gathering,
) -> Option<CustomizedMetricSpecification> {
    let findings = &mut gathering.findings;
    if fields.has("Metrics") {
        gathering.note(fields.at, &fields.path("Metrics"), FindingKind::MetricMath);
        return None;
    }
    let name = fields.text("MetricName", findings).unwrap_or_default();
    let namespace = fields.text("Namespace", findings);
    let dimensions = dimensions(&mut fields, gathering);
    let findings = &mut gathering.findings;
    let statistic = fields.choice("Statistic", Statistic::NAMES, Statistic::named, findings);
    let unit = fields.text("Unit", findings);
    let Some(metric_name) = MetricName::named(&name) else {
        gathering.note(
            fields.at,
            &fields.path("MetricName"),
            FindingKind::UnknownMetric { name },
        );
        return None;
    };
    fields.finish(findings);
    Some(CustomizedMetricSpecification {
        metric_name,
        namespace,
        dimensions,
        statistic,
        unit,
    })
}

/// Takes the dimensions of a metric.
pub(super) fn dimensions(fields: &mut Fields, gathering: &mut Gathering) -> Vec<Dimension> {
    let findings = &mut gathering.findings;
    let mut dimensions = Vec::new();
    for mut dimension in fields.objects("Dimensions", findings) {
        dimensions.push(Dimension {
            name: dimension.text("Name", findings).unwrap_or_default(),
            value: dimension.text("Value", findings).unwrap_or_default(),
        });
        dimension.finish(findings);
    }
    dimensions
}

fn step_scaling(fields: &mut Fields, gathering: &mut Gathering) -> StepScaling {
    let findings = &mut gathering.findings;
    let default = StepScaling::default();
    let mut steps = Items::default();
    for mut step in fields.objects("StepAdjustments", findings) {
        let adjustment = adjustment(&mut step, gathering);
        let findings = &mut gathering.findings;
        steps.push(StepAdjustment {
            lower: step.number("MetricIntervalLowerBound", findings),
            upper: step.number("MetricIntervalUpperBound", findings),
            adjustment,
        });
        step.finish(findings);
    }
    let findings = &mut gathering.findings;
    if steps.is_empty() {
        fields.missing("StepAdjustments", findings);
    }
    StepScaling {
        adjustment_type: adjustment_type(fields, findings).unwrap_or(default.adjustment_type),
        steps,
        min_adjustment_magnitude: fields.whole("MinAdjustmentMagnitude", findings),
        cooldown: fields
            .whole("Cooldown", findings)
            .unwrap_or(default.cooldown),
        metric_aggregation_type: fields.choice(
            "MetricAggregationType",
            MetricAggregationType::NAMES,
            MetricAggregationType::named,
            findings,
        ),
    }
}

fn simple_scaling(fields: &mut Fields, gathering: &mut Gathering) -> SimpleScaling {
    let adjustment = adjustment(fields, gathering);
    let findings = &mut gathering.findings;
    SimpleScaling {
        adjustment_type: adjustment_type(fields, findings).unwrap_or_default(),
        adjustment,
        min_adjustment_magnitude: fields.whole("MinAdjustmentMagnitude", findings),
        cooldown: fields.whole("Cooldown", findings),
    }
}

fn adjustment_type(
    fields: &mut Fields,
    findings: &mut Vec<crate::finding::Finding>,
) -> Option<AdjustmentType> {
    fields.choice(
        "AdjustmentType",
        AdjustmentType::NAMES,
        AdjustmentType::named,
        findings,
    )
}

/// Takes a `ScalingAdjustment`, which may be negative.
fn adjustment(fields: &mut Fields, gathering: &mut Gathering) -> i32 {
    let findings = &mut gathering.findings;
    let Some(number) = fields.number("ScalingAdjustment", findings) else {
        fields.missing("ScalingAdjustment", findings);
        return 0;
    };
    number as i32
}

fn predictive_scaling(mut fields: Fields, gathering: &mut Gathering) -> PredictiveScaling {
    let mut metrics = Vec::new();
    for mut metric in fields.objects("MetricSpecifications", &mut gathering.findings) {
        let findings = &mut gathering.findings;
        let target_value = metric.number("TargetValue", findings);
        let pair = metric
            .object("PredefinedMetricPairSpecification", findings)
            .and_then(|mut pair| {
                let named = pair.choice(
                    "PredefinedMetricType",
                    PredictivePairType::NAMES,
                    PredictivePairType::named,
                    findings,
                );
                let resource_label = pair.text("ResourceLabel", findings);
                pair.finish(findings);
                named.map(|metric_type| PredefinedMetricPair {
                    metric_type,
                    resource_label,
                })
            });
        metrics.push(PredictiveMetricSpecification {
            target_value,
            pair,
            ..PredictiveMetricSpecification::default()
        });
        metric.finish(&mut gathering.findings);
    }
    let findings = &mut gathering.findings;
    let default = PredictiveScaling::default();
    let predictive = PredictiveScaling {
        metrics,
        mode: fields
            .choice(
                "Mode",
                PredictiveScalingMode::NAMES,
                PredictiveScalingMode::named,
                findings,
            )
            .unwrap_or_default(),
        scheduling_buffer_time: fields
            .whole("SchedulingBufferTime", findings)
            .unwrap_or(default.scheduling_buffer_time),
        max_capacity_breach_behavior: fields
            .choice(
                "MaxCapacityBreachBehavior",
                MaxCapacityBreachBehavior::NAMES,
                MaxCapacityBreachBehavior::named,
                findings,
            )
            .unwrap_or_default(),
        max_capacity_buffer: fields.whole("MaxCapacityBuffer", findings),
    };
    fields.finish(findings);
    predictive
}
