//! Scaling policies, in the shapes of `PutScalingPolicy` and `PutMetricAlarm`.

use super::{MetricName, PredefinedMetricType, PredictiveScaling, SimpleScaling, TreatMissingData};
use crate::field::{
    Entry, FieldType, ItemField, Items, List, STEP, StepField, Unit, Value, Wrong, choices, lists,
    object, section,
};

section! {
    /// A policy, as `PutScalingPolicy` takes it, and with a step scaling policy the alarm that triggers it.
    #[schemars(from = "super::simple::Fields")]
    pub struct ScalingPolicy, rewritten, at List::Policies => ItemField {
        /// Name, 1 to 256 characters.
        policy_name as "PolicyName": String = "InvocationsPerInstance".to_owned(), characters(256);
        /// Kind of policy.
        policy_type as "PolicyType": PolicyType = PolicyType::default();
        /// Configuration of a target-tracking policy.
        target_tracking as "TargetTrackingScalingPolicyConfiguration": Option<TargetTracking> = Some(TargetTracking::default());
        /// Configuration of a step scaling policy.
        step_scaling as "StepScalingPolicyConfiguration": Option<StepScaling> = None;
        /// What a simple scaling policy does.
        simple_scaling: Option<SimpleScaling> = None;
        /// Configuration of a predictive scaling policy.
        predictive_scaling as "PredictiveScalingConfiguration": Option<PredictiveScaling> = None;
        /// Seconds that the instances of an Auto Scaling group warm up that this policy launches; absent: the group's default.
        estimated_instance_warmup as "EstimatedInstanceWarmup": Option<u32> = None, range(0.0..=86_400.0), seconds;
        /// Alarm of a step or simple scaling policy, which does nothing without one.
        alarm as "Alarm": Option<MetricAlarm> = None;
    }
}

impl ScalingPolicy {
    /// Returns the metric that the policy looks at.
    #[must_use]
    pub fn metric(&self) -> MetricName {
        match self.policy_type {
            PolicyType::TargetTrackingScaling => (self.target_tracking.as_ref()).map_or(
                MetricName::InvocationsPerInstance,
                TargetTracking::metric_name,
            ),
            PolicyType::StepScaling | PolicyType::SimpleScaling => {
                let alarm = self.alarm.as_ref();
                alarm.map_or(MetricName::InvocationsPerInstance, |alarm| {
                    alarm.metric_name
                })
            }
            PolicyType::PredictiveScaling => (self.predictive_scaling.as_ref()).map_or(
                MetricName::RequestCountPerTarget,
                PredictiveScaling::metric_name,
            ),
        }
    }

    /// Returns a step scaling policy that adds an instance above the load test's target.
    #[must_use]
    pub fn step(name: &str) -> Self {
        Self {
            policy_name: name.to_owned(),
            policy_type: PolicyType::StepScaling,
            target_tracking: None,
            step_scaling: Some(StepScaling::default()),
            alarm: Some(MetricAlarm::default()),
            ..Self::default()
        }
    }

    /// Returns a simple scaling policy that adds an instance above the load test's target.
    #[must_use]
    pub fn simple(name: &str) -> Self {
        Self {
            policy_type: PolicyType::SimpleScaling,
            step_scaling: None,
            simple_scaling: Some(SimpleScaling::default()),
            ..Self::step(name)
        }
    }

    /// Returns a predictive scaling policy that forecasts requests, and keeps them at the load test's target.
    #[must_use]
    pub fn predictive(name: &str) -> Self {
        Self {
            policy_type: PolicyType::PredictiveScaling,
            step_scaling: None,
            predictive_scaling: Some(PredictiveScaling::default()),
            alarm: None,
            ..Self::step(name)
        }
    }
}

choices! {
    /// `PolicyType`.
    pub enum PolicyType {
        /// Target tracking.
        TargetTrackingScaling = "TargetTrackingScaling",
        /// Step scaling.
        StepScaling = "StepScaling",
        /// Simple scaling, of EC2 Auto Scaling groups alone.
        SimpleScaling = "SimpleScaling",
        /// Predictive scaling, of EC2 Auto Scaling groups alone.
        PredictiveScaling = "PredictiveScaling",
    }
}

impl PolicyType {
    /// Returns whether a group's policy has an EstimatedInstanceWarmup: AWS takes none of another (API reference of Amazon EC2 Auto
    /// Scaling, PutScalingPolicy).
    #[must_use]
    pub const fn warms_up(self) -> bool {
        matches!(self, Self::TargetTrackingScaling | Self::StepScaling)
    }
}

section! {
    /// `TargetTrackingScalingPolicyConfiguration`.
    pub struct TargetTracking at List::Policies => ItemField {
        /// In the metric's unit; absent: what the load test's formula comes to.
        target_value as "TargetValue": Option<f64> = None, counts(Self::unit);
        /// The metric.
        metric as "PredefinedMetricSpecification": PredefinedMetricSpecification = PredefinedMetricSpecification::default();
        /// Another metric in its place.
        customized_metric as "CustomizedMetricSpecification": Option<CustomizedMetricSpecification> = None;
        /// Seconds.
        // This and the next: AWS's defaults for a scalable target of SageMaker.
        // rule: cooldown.default-target-tracking
        scale_out_cooldown as "ScaleOutCooldown": u32 = 300, range(0.0..=86_400.0), seconds;
        /// Seconds.
        scale_in_cooldown as "ScaleInCooldown": u32 = 300, range(0.0..=86_400.0), seconds;
        /// Whether this policy never removes capacity.
        disable_scale_in as "DisableScaleIn": bool = false;
    }
    beside [
        Entry::of::<MetricName>("MetricName", "metric", "The metric.")
            .by(Self::chosen_metric, Self::choose_metric)
            .choice_of(TRACKED),
    ]
}

/// The metrics that target tracking may be on, by short names: those that are predefined, then those of one's own.
pub(crate) const TRACKED: &[&str] = &[
    "InvocationsPerInstance",
    "ConcurrentRequestsPerModel",
    "InvocationsPerCopy",
    "ConcurrentRequestsPerCopy",
    "ASGAverageCPUUtilization",
    "ALBRequestCountPerTarget",
    "ASGAverageNetworkIn",
    "ASGAverageNetworkOut",
    "ProvisionedConcurrencyUtilization",
    "CPUUtilization",
    "GPUUtilization",
    "ApproximateBacklogSize",
    "ApproximateBacklogSizePerInstance",
    "HasBacklogWithoutCapacity",
    "ServerlessProvisionedConcurrencyUtilization",
    "NoCapacityInvocationFailures",
    "RequestCountPerTarget",
];

impl TargetTracking {
    /// Returns the metric by its short name.
    fn chosen_metric(&self) -> Option<Value> {
        let name = match &self.customized_metric {
            Some(customized) => customized.metric_name.name(),
            None => self.metric.metric_type.short_name(),
        };
        Some(Value::Choice(name))
    }

    /// Makes another metric that of the policy, predefined or else customized, without a target: that of one is none of another.
    fn choose_metric(&mut self, value: &Value) -> Result<(), Wrong> {
        if self.chosen_metric() == Some(value.clone()) {
            return Ok(());
        }
        let Value::Choice(name) = value else {
            return Err(Wrong::OtherKind);
        };
        let mut predefined = PredefinedMetricType::ALL.iter();
        if let Some(known) = predefined.find(|known| known.short_name() == *name) {
            self.metric.metric_type = *known;
            self.customized_metric = None;
        } else {
            self.customized_metric = Some(CustomizedMetricSpecification {
                metric_name: MetricName::named(name).ok_or(Wrong::NoChoice)?,
                ..CustomizedMetricSpecification::default()
            });
        }
        self.target_value = None;
        Ok(())
    }

    fn unit(&self) -> Unit {
        self.metric_name().unit()
    }

    /// Returns the metric that it looks at; of those that no engine knows the first that it does.
    #[must_use]
    pub fn metric_name(&self) -> MetricName {
        match &self.customized_metric {
            Some(customized) => customized.metric_name,
            None => self.metric.metric_type.metric_name(),
        }
    }
}

section! {
    /// `PredefinedMetricSpecification`.
    pub struct PredefinedMetricSpecification at List::Policies => ItemField {
        /// The metric's type.
        metric_type as "PredefinedMetricType": PredefinedMetricType = PredefinedMetricType::default(), text("metric");
        /// Whose requests `ALBRequestCountPerTarget` counts: `app/<name>/<id>/targetgroup/<name>/<id>`.
        resource_label as "ResourceLabel": Option<String> = None;
    }
}

section! {
    /// `CustomizedMetricSpecification`.
    pub struct CustomizedMetricSpecification at List::Policies => ItemField {
        /// The metric.
        metric_name as "MetricName": MetricName = MetricName::default(), text("metric");
        /// Its namespace; absent: the one that it is published in.
        namespace as "Namespace": Option<String> = None;
        /// Its dimensions; absent: those of the endpoint's variant.
        dimensions as "Dimensions": Vec<Dimension> = Vec::new(), later;
        /// Its statistic.
        statistic as "Statistic": Option<Statistic> = None;
        /// Its unit, which says nothing new.
        unit as "Unit": Option<String> = None;
    }
}

object! {
    /// A dimension of a metric.
    pub struct Dimension {
        /// `EndpointName` or `VariantName`.
        name as "Name": String = String::new();
        /// Whose metric it is.
        value as "Value": String = String::new();
    }
}

lists!(Vec<Dimension>);

choices! {
    /// `Statistic`.
    pub enum Statistic {
        /// Sum of a period.
        Sum = "Sum",
        /// Mean of a period.
        Average = "Average",
        /// Lowest minute of a period.
        Minimum = "Minimum",
        /// Highest minute of a period.
        Maximum = "Maximum",
    }
}

section! {
    /// `StepScalingPolicyConfiguration`.
    pub struct StepScaling at List::Policies => ItemField {
        /// What an adjustment means.
        adjustment_type as "AdjustmentType": AdjustmentType = AdjustmentType::default();
        /// 1 to 20 steps.
        steps as "StepAdjustments": Items<StepAdjustment> = Items::from([StepAdjustment {
            lower: Some(0.0),
            upper: None,
            adjustment: 1,
        }]);
        /// Fewest instances that a percentage adds or removes.
        min_adjustment_magnitude as "MinAdjustmentMagnitude": Option<u32> = None, range(0.0..=MOST_ADJUSTMENT), instances;
        /// Seconds.
        // AWS's default.
        // rule: cooldown.default-step-scaling
        cooldown as "Cooldown": u32 = 300, range(0.0..=86_400.0), seconds;
        /// Over instances, which are all alike here.
        // rule: step.metric-aggregation-type
        metric_aggregation_type as "MetricAggregationType": Option<MetricAggregationType> = None;
    }
}

/// Most that an adjustment may say, in instances or percent.
pub(crate) const MOST_ADJUSTMENT: f64 = 10_000.0;

choices! {
    /// `AdjustmentType`.
    pub enum AdjustmentType {
        /// So many instances more or fewer.
        ChangeInCapacity = "ChangeInCapacity",
        /// So many instances.
        ExactCapacity = "ExactCapacity",
        /// So many percent more or fewer.
        PercentChangeInCapacity = "PercentChangeInCapacity",
    }
}

choices! {
    /// `MetricAggregationType`.
    pub enum MetricAggregationType {
        /// Mean.
        Average = "Average",
        /// Lowest.
        Minimum = "Minimum",
        /// Highest.
        Maximum = "Maximum",
    }
}

section! {
    /// A `StepAdjustment`: bounds relative to the alarm's threshold.
    pub struct StepAdjustment at STEP => StepField {
        /// Absent: no lower bound.
        lower as "MetricIntervalLowerBound": Option<f64> = None, range(-1e9..=1e9), difference;
        /// Absent: no upper bound.
        upper as "MetricIntervalUpperBound": Option<f64> = None, range(-1e9..=1e9), difference;
        /// Instances or percent.
        adjustment as "ScalingAdjustment": i32 = 0, range(-MOST_ADJUSTMENT..=MOST_ADJUSTMENT), difference;
    }
}

section! {
    /// An alarm, as `PutMetricAlarm` takes it.
    pub struct MetricAlarm at List::Policies => ItemField {
        /// The metric, which has to be named.
        metric_name as "MetricName": MetricName = MetricName::InvocationsPerInstance, required, by(|alarm| alarm.metric_name.read(), Self::choose_metric), text("metric");
        /// Its namespace; absent: the one that it is published in.
        namespace as "Namespace": Option<String> = None;
        /// Its dimensions; absent: those of the endpoint's variant.
        dimensions as "Dimensions": Vec<Dimension> = Vec::new(), later;
        /// Its statistic; absent: the one that the metric is meant to have.
        statistic as "Statistic": Option<Statistic> = None;
        /// Seconds: a multiple of 60; of ConcurrentRequestsPerModel and ConcurrentRequestsPerCopy also 10, 20 or 30.
        period as "Period": u32 = 60, seconds;
        /// N.
        evaluation_periods as "EvaluationPeriods": u32 = 2, range(1.0..=MOST_DATAPOINTS);
        /// M; absent: N.
        datapoints_to_alarm as "DatapointsToAlarm": Option<u32> = None, range(1.0..=MOST_DATAPOINTS);
        /// In the metric's unit; absent: what the load test's formula comes to.
        threshold as "Threshold": Option<f64> = None, range(-1e9..=1e9), counts(Self::unit);
        /// What breaches.
        comparison as "ComparisonOperator": ComparisonOperator = ComparisonOperator::default();
        /// What a missing datapoint counts as.
        treat_missing_data as "TreatMissingData": TreatMissingData = TreatMissingData::default();
    }
}

/// A history of an alarm remembers 128 datapoints, two of which may be missing.
pub(crate) const MOST_DATAPOINTS: f64 = 126.0;

choices! {
    /// `ComparisonOperator`.
    pub enum ComparisonOperator {
        /// ≥
        GreaterThanOrEqualToThreshold = "GreaterThanOrEqualToThreshold",
        /// >
        GreaterThanThreshold = "GreaterThanThreshold",
        /// <
        LessThanThreshold = "LessThanThreshold",
        /// ≤
        LessThanOrEqualToThreshold = "LessThanOrEqualToThreshold",
    }
}

impl ComparisonOperator {
    /// Whether an alarm that compares so fires above its threshold.
    #[must_use]
    pub fn is_above(self) -> bool {
        match self {
            Self::GreaterThanOrEqualToThreshold | Self::GreaterThanThreshold => true,
            Self::LessThanThreshold | Self::LessThanOrEqualToThreshold => false,
        }
    }
}

impl StepScaling {
    /// Adds a step beyond the others, on the side of the threshold where the alarm fires: the one that had no end there
    /// ends `width` further on from then.
    pub fn add(&mut self, width: f64, above: bool) {
        let side = if above { 1 } else { -1 };
        let bound = f64::from(side) * width;
        let end = |step: &&mut StepAdjustment| match above {
            true => step.upper.is_none() && step.lower.is_some(),
            false => step.lower.is_none() && step.upper.is_some(),
        };
        let (at, adjustment) = match self.steps.iter_mut().find(end) {
            Some(last) => {
                let at = Some(if above { last.lower } else { last.upper }.unwrap_or(0.0) + bound);
                *(if above {
                    &mut last.upper
                } else {
                    &mut last.lower
                }) = at;
                (at, last.adjustment.saturating_add(last.adjustment.signum()))
            }
            None => (Some(0.0), side),
        };
        let (lower, upper) = if above { (at, None) } else { (None, at) };
        self.steps.push(StepAdjustment {
            lower,
            upper,
            adjustment,
        });
    }

    /// Takes a step out; the one beside it on the same side of the threshold takes over its stretch.
    pub fn remove(&mut self, index: usize) {
        let Some(gone) = self.steps.remove(self.steps.id(index)) else {
            return;
        };
        let (from, to) = (
            gone.lower.filter(|at| *at != 0.0),
            gone.upper.filter(|at| *at != 0.0),
        );
        let below = |step: &&mut StepAdjustment| from.is_some() && step.upper == from;
        let above = |step: &&mut StepAdjustment| to.is_some() && step.lower == to;
        if let Some(step) = self.steps.iter_mut().find(below) {
            step.upper = gone.upper;
        } else if let Some(step) = self.steps.iter_mut().find(above) {
            step.lower = gone.lower;
        }
    }
}

impl MetricAlarm {
    /// Makes another metric that of the alarm, without threshold, statistic and dimensions: those of one metric are none of
    /// another.
    fn choose_metric(&mut self, value: &Value) -> Result<(), Wrong> {
        let metric_name = FieldType::from_value(value)?;
        if metric_name != self.metric_name {
            self.metric_name = metric_name;
            self.namespace = None;
            self.dimensions = Vec::new();
            self.statistic = None;
            self.threshold = None;
        }
        Ok(())
    }

    fn unit(&self) -> Unit {
        self.metric_name.unit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_added_beyond_the_others_and_leave_no_gap_when_they_go() {
        let bounds = |steps: &StepScaling| -> Vec<(Option<f64>, Option<f64>, i32)> {
            let steps = steps.steps.iter();
            steps
                .map(|step| (step.lower, step.upper, step.adjustment))
                .collect()
        };
        let mut steps = StepScaling::default();
        steps.add(10.0, true);
        steps.add(10.0, false);
        steps.add(5.0, false);
        let four = [
            (Some(0.0), Some(10.0), 1),
            (Some(10.0), None, 2),
            (Some(-5.0), Some(0.0), -1),
            (None, Some(-5.0), -2),
        ];
        assert_eq!(bounds(&steps), four);
        steps.remove(0);
        steps.remove(2);
        let left = [(Some(0.0), None, 2), (None, Some(0.0), -1)];
        assert_eq!(bounds(&steps), left);
        steps.remove(7);
        assert_eq!(steps.steps.len(), 2);
    }
}
