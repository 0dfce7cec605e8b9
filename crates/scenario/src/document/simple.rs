//! Simple scaling, and a policy as it stands in a file: Application Auto Scaling keeps what belongs to a kind of policy in an
//! object of its own, EC2 Auto Scaling most of it beside `PolicyName`. Both are read.

use serde::Deserialize;

use super::{
    AdjustmentType, MetricAggregationType, MetricAlarm, PolicyType, PredictiveScaling,
    ScalingPolicy, StepAdjustment, StepScaling, TargetTracking, policy::MOST_ADJUSTMENT,
};
use crate::field::{ItemField, Items, List, section};

section! {
    /// What a simple scaling policy does, as EC2's `PutScalingPolicy` takes it.
    #[serde(default)]
    pub struct SimpleScaling, flat, at List::Policies => ItemField {
        /// What the adjustment means.
        adjustment_type as "AdjustmentType": AdjustmentType = AdjustmentType::default();
        /// Instances or percent.
        adjustment as "ScalingAdjustment": i32 = 1, range(-MOST_ADJUSTMENT..=MOST_ADJUSTMENT), difference;
        /// Fewest instances that a percentage adds or removes.
        min_adjustment_magnitude as "MinAdjustmentMagnitude": Option<u32> = None, range(0.0..=MOST_ADJUSTMENT), instances;
        /// Seconds; absent: the group's DefaultCooldown.
        cooldown as "Cooldown": Option<u32> = None, range(0.0..=86_400.0), seconds;
    }
}

/// A policy as it stands in a file: what its kind does not need may be there or not.
#[derive(Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub(super) struct Fields {
    /// Name, 1 to 256 characters.
    #[serde(rename = "PolicyName", default = "usual_name")]
    policy_name: String,
    /// Kind of policy; absent: what the other fields are of.
    #[serde(rename = "PolicyType")]
    policy_type: Option<PolicyType>,
    /// Configuration of a target-tracking policy.
    #[serde(rename = "TargetTrackingScalingPolicyConfiguration")]
    target_tracking: Option<TargetTracking>,
    /// The same, as EC2 Auto Scaling names it.
    #[serde(rename = "TargetTrackingConfiguration")]
    group_tracking: Option<TargetTracking>,
    /// Configuration of a step scaling policy.
    #[serde(rename = "StepScalingPolicyConfiguration")]
    step_scaling: Option<StepScaling>,
    /// What an adjustment means: of simple scaling, or of steps where EC2 Auto Scaling has them.
    #[serde(rename = "AdjustmentType")]
    adjustment_type: Option<AdjustmentType>,
    /// Steps, where EC2 Auto Scaling has them.
    #[serde(rename = "StepAdjustments")]
    steps: Option<Items<StepAdjustment>>,
    /// Instances or percent, of simple scaling.
    #[serde(rename = "ScalingAdjustment")]
    adjustment: Option<i32>,
    /// Fewest instances that a percentage adds or removes.
    #[serde(rename = "MinAdjustmentMagnitude")]
    min_adjustment_magnitude: Option<u32>,
    /// Over instances, which are all alike here.
    #[serde(rename = "MetricAggregationType")]
    metric_aggregation_type: Option<MetricAggregationType>,
    /// Seconds, of simple scaling.
    #[serde(rename = "Cooldown")]
    cooldown: Option<u32>,
    /// Configuration of a predictive scaling policy.
    #[serde(rename = "PredictiveScalingConfiguration")]
    predictive_scaling: Option<PredictiveScaling>,
    /// Seconds that the instances of an Auto Scaling group warm up that the policy launches.
    #[serde(rename = "EstimatedInstanceWarmup")]
    estimated_instance_warmup: Option<u32>,
    /// Alarm of a step or simple scaling policy.
    #[serde(rename = "Alarm")]
    alarm: Option<MetricAlarm>,
}

/// Returns the name of a policy that has none.
fn usual_name() -> String {
    ScalingPolicy::default().policy_name
}

impl Fields {
    /// Returns the kind of a policy that does not name it. EC2 Auto Scaling takes one for simple scaling (API reference,
    /// PutScalingPolicy), of which an adjustment beside `PolicyName` tells; Application Auto Scaling wants it named.
    fn kind(&self) -> PolicyType {
        if self.steps.is_some() || self.step_scaling.is_some() {
            PolicyType::StepScaling
        } else if self.adjustment.is_some() || self.adjustment_type.is_some() {
            PolicyType::SimpleScaling
        } else if self.predictive_scaling.is_some() {
            PolicyType::PredictiveScaling
        } else {
            PolicyType::TargetTrackingScaling
        }
    }
}

impl From<Fields> for ScalingPolicy {
    fn from(fields: Fields) -> Self {
        let policy_type = fields.policy_type.unwrap_or_else(|| fields.kind());
        let tracks = policy_type == PolicyType::TargetTrackingScaling;
        let predicts = policy_type == PolicyType::PredictiveScaling;
        let tracking = (fields.target_tracking).or(fields.group_tracking);
        let (mut step_scaling, mut simple_scaling) = (None, None);
        match policy_type {
            PolicyType::TargetTrackingScaling | PolicyType::PredictiveScaling => {}
            PolicyType::StepScaling => {
                let mut steps = fields.step_scaling.unwrap_or_default();
                steps.steps = fields.steps.unwrap_or(steps.steps);
                steps.adjustment_type = fields.adjustment_type.unwrap_or(steps.adjustment_type);
                steps.cooldown = fields.cooldown.unwrap_or(steps.cooldown);
                steps.min_adjustment_magnitude =
                    (fields.min_adjustment_magnitude).or(steps.min_adjustment_magnitude);
                steps.metric_aggregation_type =
                    (fields.metric_aggregation_type).or(steps.metric_aggregation_type);
                step_scaling = Some(steps);
            }
            PolicyType::SimpleScaling => {
                let default = SimpleScaling::default();
                simple_scaling = Some(SimpleScaling {
                    adjustment_type: fields.adjustment_type.unwrap_or(default.adjustment_type),
                    adjustment: fields.adjustment.unwrap_or(default.adjustment),
                    min_adjustment_magnitude: fields.min_adjustment_magnitude,
                    cooldown: fields.cooldown,
                });
            }
        }
        Self {
            policy_name: fields.policy_name,
            policy_type,
            target_tracking: tracks.then(|| tracking.unwrap_or_default()),
            step_scaling,
            simple_scaling,
            predictive_scaling: predicts.then(|| fields.predictive_scaling.unwrap_or_default()),
            estimated_instance_warmup: fields.estimated_instance_warmup,
            // Who has no alarm gets none: nobody wrote it.
            alarm: fields.alarm.filter(|_| !tracks && !predicts),
        }
    }
}
