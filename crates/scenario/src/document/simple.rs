//! Simple scaling, and a policy as it stands in a file: Application Auto Scaling keeps what belongs to a kind of policy in an
//! object of its own, EC2 Auto Scaling most of it beside `PolicyName`. Both are read.

use super::{
    AdjustmentType, MetricAggregationType, MetricAlarm, PolicyType, PredictiveScaling,
    ScalingPolicy, StepAdjustment, StepScaling, TargetTracking, policy::MOST_ADJUSTMENT,
};
use crate::field::{ItemField, Items, List, Object, Rewritten, object, section};

section! {
    /// What a simple scaling policy does, as EC2's `PutScalingPolicy` takes it.
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

object! {
    /// A policy as it stands in a file: what its kind does not need may be there or not.
    pub(super) struct Fields {
        /// Name, 1 to 256 characters.
        policy_name as "PolicyName": String = ScalingPolicy::default().policy_name;
        /// Kind of policy; absent: what the other fields are of.
        policy_type as "PolicyType": Option<PolicyType> = None;
        /// Configuration of a target-tracking policy.
        target_tracking as "TargetTrackingScalingPolicyConfiguration": Option<TargetTracking> = None;
        /// The same, as EC2 Auto Scaling names it.
        group_tracking as "TargetTrackingConfiguration": Option<TargetTracking> = None;
        /// Configuration of a step scaling policy.
        step_scaling as "StepScalingPolicyConfiguration": Option<StepScaling> = None;
        /// What an adjustment means: of simple scaling, or of steps where EC2 Auto Scaling has them.
        adjustment_type as "AdjustmentType": Option<AdjustmentType> = None;
        /// Steps, where EC2 Auto Scaling has them.
        steps as "StepAdjustments": Option<Items<StepAdjustment>> = None;
        /// Instances or percent, of simple scaling.
        adjustment as "ScalingAdjustment": Option<i32> = None;
        /// Fewest instances that a percentage adds or removes.
        min_adjustment_magnitude as "MinAdjustmentMagnitude": Option<u32> = None;
        /// Over instances, which are all alike here.
        metric_aggregation_type as "MetricAggregationType": Option<MetricAggregationType> = None;
        /// Seconds, of simple scaling.
        cooldown as "Cooldown": Option<u32> = None;
        /// Configuration of a predictive scaling policy.
        predictive_scaling as "PredictiveScalingConfiguration": Option<PredictiveScaling> = None;
        /// Seconds that the instances of an Auto Scaling group warm up that the policy launches.
        estimated_instance_warmup as "EstimatedInstanceWarmup": Option<u32> = None;
        /// Alarm of a step or simple scaling policy.
        alarm as "Alarm": Option<MetricAlarm> = None;
    }
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

impl Rewritten for ScalingPolicy {
    fn read_as(&mut self, read: &mut dyn FnMut(&mut dyn Object)) {
        let mut fields = Fields::default();
        read(&mut fields);
        *self = fields.into();
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
