//! Scaling policies, in the shapes of `PutScalingPolicy` and `PutMetricAlarm`.

use serde::{Deserialize, Serialize};

use super::{PredictiveScaling, Rare, SimpleScaling, TreatMissingData};

/// A policy, as `PutScalingPolicy` takes it, and with a step scaling policy the alarm that triggers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "super::simple::Fields")]
pub struct ScalingPolicy {
    /// Name, 1 to 256 characters.
    #[serde(rename = "PolicyName")]
    pub policy_name: String,
    /// Kind of policy.
    #[serde(rename = "PolicyType")]
    pub policy_type: PolicyType,
    /// Configuration of a target-tracking policy.
    #[serde(
        rename = "TargetTrackingScalingPolicyConfiguration",
        skip_serializing_if = "Option::is_none"
    )]
    pub target_tracking: Option<TargetTracking>,
    /// Configuration of a step scaling policy.
    #[serde(
        rename = "StepScalingPolicyConfiguration",
        skip_serializing_if = "Option::is_none"
    )]
    pub step_scaling: Option<Rare<StepScaling>>,
    /// What a simple scaling policy does.
    #[serde(flatten)]
    pub simple_scaling: Option<Rare<SimpleScaling>>,
    /// Configuration of a predictive scaling policy.
    #[serde(
        rename = "PredictiveScalingConfiguration",
        skip_serializing_if = "Option::is_none"
    )]
    pub predictive_scaling: Option<Rare<PredictiveScaling>>,
    /// Seconds that the instances of an Auto Scaling group warm up that this policy launches; absent: the group's default.
    #[serde(
        rename = "EstimatedInstanceWarmup",
        skip_serializing_if = "Option::is_none"
    )]
    pub estimated_instance_warmup: Option<u32>,
    /// Alarm of a step or simple scaling policy, which does nothing without one.
    #[serde(rename = "Alarm", skip_serializing_if = "Option::is_none")]
    pub alarm: Option<Rare<MetricAlarm>>,
}

impl ScalingPolicy {
    /// The metric that it looks at.
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
            PolicyType::PredictiveScaling => self.predicted_metric(),
        }
    }

    #[inline(never)]
    fn predicted_metric(&self) -> MetricName {
        let predictive = self.predictive_scaling.as_ref();
        predictive.map_or(MetricName::RequestCountPerTarget, |predictive| {
            predictive.metric_name()
        })
    }

    /// A step scaling policy that adds an instance above the load test's target.
    #[must_use]
    pub fn step(name: &str) -> Self {
        Self {
            policy_name: name.to_owned(),
            policy_type: PolicyType::StepScaling,
            target_tracking: None,
            step_scaling: Some(Rare::default()),
            simple_scaling: None,
            predictive_scaling: None,
            estimated_instance_warmup: None,
            alarm: Some(Rare::default()),
        }
    }

    /// A simple scaling policy that adds an instance above the load test's target.
    #[must_use]
    pub fn simple(name: &str) -> Self {
        Self {
            policy_type: PolicyType::SimpleScaling,
            step_scaling: None,
            simple_scaling: Some(Rare::default()),
            ..Self::step(name)
        }
    }

    /// A predictive scaling policy that forecasts requests, and keeps them at the load test's target.
    #[must_use]
    pub fn predictive(name: &str) -> Self {
        Self {
            policy_type: PolicyType::PredictiveScaling,
            step_scaling: None,
            predictive_scaling: Some(Rare::default()),
            alarm: None,
            ..Self::step(name)
        }
    }
}

/// `PolicyType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PolicyType {
    /// Target tracking.
    #[default]
    TargetTrackingScaling,
    /// Step scaling.
    StepScaling,
    /// Simple scaling, of EC2 Auto Scaling groups alone.
    SimpleScaling,
    /// Predictive scaling, of EC2 Auto Scaling groups alone.
    PredictiveScaling,
}

/// `TargetTrackingScalingPolicyConfiguration`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct TargetTracking {
    /// In the metric's unit; absent: what the load test's formula comes to.
    #[serde(rename = "TargetValue", skip_serializing_if = "Option::is_none")]
    pub target_value: Option<f64>,
    /// The metric.
    #[serde(rename = "PredefinedMetricSpecification")]
    pub metric: PredefinedMetricSpecification,
    /// Another metric in its place.
    #[serde(
        rename = "CustomizedMetricSpecification",
        skip_serializing_if = "Option::is_none"
    )]
    pub customized_metric: Option<Rare<CustomizedMetricSpecification>>,
    /// Seconds.
    #[serde(rename = "ScaleOutCooldown")]
    pub scale_out_cooldown: u32,
    /// Seconds.
    #[serde(rename = "ScaleInCooldown")]
    pub scale_in_cooldown: u32,
    /// Whether this policy never removes capacity.
    #[serde(rename = "DisableScaleIn")]
    pub disable_scale_in: bool,
}

impl TargetTracking {
    /// The metric that it looks at; of those that no engine knows the first that it does.
    #[must_use]
    pub fn metric_name(&self) -> MetricName {
        match &self.customized_metric {
            Some(customized) => customized.metric_name,
            None => self.metric.metric_type.metric_name(),
        }
    }
}

/// `PredefinedMetricSpecification`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PredefinedMetricSpecification {
    /// The metric's type.
    #[serde(rename = "PredefinedMetricType")]
    pub metric_type: PredefinedMetricType,
    /// Whose requests `ALBRequestCountPerTarget` counts: `app/<name>/<id>/targetgroup/<name>/<id>`.
    #[serde(rename = "ResourceLabel", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub resource_label: Option<Rare<String>>,
}

/// `PredefinedMetricType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PredefinedMetricType {
    /// SageMaker: requests per instance and minute.
    #[default]
    SageMakerVariantInvocationsPerInstance,
    /// SageMaker: requests in flight per instance, every ten seconds.
    SageMakerVariantConcurrentRequestsPerModelHighResolution,
    /// SageMaker: requests per copy of an inference component and minute.
    SageMakerInferenceComponentInvocationsPerCopy,
    /// SageMaker: requests in flight per copy, every ten seconds.
    SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution,
    /// EC2 Auto Scaling: percent of the machine, as the mean over instances.
    #[serde(rename = "ASGAverageCPUUtilization")]
    AsgAverageCpuUtilization,
    /// EC2 Auto Scaling: requests per target of a load balancer and minute.
    #[serde(rename = "ALBRequestCountPerTarget")]
    AlbRequestCountPerTarget,
    /// EC2 Auto Scaling: bytes received, of which a scenario knows nothing.
    #[serde(rename = "ASGAverageNetworkIn")]
    AsgAverageNetworkIn,
    /// EC2 Auto Scaling: bytes sent, of which a scenario knows nothing.
    #[serde(rename = "ASGAverageNetworkOut")]
    AsgAverageNetworkOut,
    /// SageMaker, serverless: share of provisioned concurrency in use, 0 to 1.
    SageMakerVariantProvisionedConcurrencyUtilization,
}

/// `CustomizedMetricSpecification`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CustomizedMetricSpecification {
    /// The metric.
    #[serde(rename = "MetricName")]
    pub metric_name: MetricName,
    /// Its namespace; absent: the one that it is published in.
    #[serde(rename = "Namespace", skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Its dimensions; absent: those of the endpoint's variant.
    #[serde(rename = "Dimensions", skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<Dimension>,
    /// Its statistic.
    #[serde(rename = "Statistic", skip_serializing_if = "Option::is_none")]
    pub statistic: Option<Statistic>,
    /// Its unit, which says nothing new.
    #[serde(rename = "Unit", skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A dimension of a metric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Dimension {
    /// `EndpointName` or `VariantName`.
    #[serde(rename = "Name")]
    pub name: String,
    /// Whose metric it is.
    #[serde(rename = "Value")]
    pub value: String,
}

/// The metrics that follow from a load test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MetricName {
    /// `AWS/SageMaker`: requests per instance and minute (only `Sum` says anything).
    InvocationsPerInstance,
    /// `/aws/sagemaker/Endpoints`: percent, summed over cores; `AWS/EC2`: percent of the machine.
    #[default]
    #[serde(rename = "CPUUtilization")]
    CpuUtilization,
    /// `/aws/sagemaker/Endpoints`: percent, summed over GPUs.
    #[serde(rename = "GPUUtilization")]
    GpuUtilization,
    /// `AWS/SageMaker`: requests in flight per instance, every ten seconds.
    ConcurrentRequestsPerModel,
    /// `AWS/ApplicationELB`: requests per target and minute (only `Sum` says anything).
    RequestCountPerTarget,
    /// `AWS/SageMaker`: requests in an asynchronous endpoint's queue.
    ApproximateBacklogSize,
    /// `AWS/SageMaker`: the same per instance.
    ApproximateBacklogSizePerInstance,
    /// `AWS/SageMaker`: 1 while there are requests in the queue and no instances.
    HasBacklogWithoutCapacity,
    /// `AWS/SageMaker`: share of a serverless endpoint's provisioned concurrency in use, 0 to 1.
    ServerlessProvisionedConcurrencyUtilization,
    /// `AWS/SageMaker`: requests per copy of an inference component and minute (only `Sum` says anything).
    InvocationsPerCopy,
    /// `AWS/SageMaker`: requests in flight per copy, every ten seconds.
    ConcurrentRequestsPerCopy,
    /// `AWS/SageMaker`: requests of a minute that failed because an inference component had no copies.
    NoCapacityInvocationFailures,
}

impl MetricName {
    /// All there are.
    pub const ALL: [Self; 12] = [
        Self::InvocationsPerInstance,
        Self::CpuUtilization,
        Self::GpuUtilization,
        Self::RequestCountPerTarget,
        Self::ConcurrentRequestsPerModel,
        Self::ApproximateBacklogSize,
        Self::ApproximateBacklogSizePerInstance,
        Self::HasBacklogWithoutCapacity,
        Self::ServerlessProvisionedConcurrencyUtilization,
        Self::InvocationsPerCopy,
        Self::ConcurrentRequestsPerCopy,
        Self::NoCapacityInvocationFailures,
    ];

    /// Its name, as CloudWatch spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InvocationsPerInstance => "InvocationsPerInstance",
            Self::CpuUtilization => "CPUUtilization",
            Self::GpuUtilization => "GPUUtilization",
            Self::RequestCountPerTarget => "RequestCountPerTarget",
            Self::ConcurrentRequestsPerModel => "ConcurrentRequestsPerModel",
            Self::ApproximateBacklogSize => "ApproximateBacklogSize",
            Self::ApproximateBacklogSizePerInstance => "ApproximateBacklogSizePerInstance",
            Self::HasBacklogWithoutCapacity => "HasBacklogWithoutCapacity",
            Self::ServerlessProvisionedConcurrencyUtilization => {
                "ServerlessProvisionedConcurrencyUtilization"
            }
            Self::InvocationsPerCopy => "InvocationsPerCopy",
            Self::ConcurrentRequestsPerCopy => "ConcurrentRequestsPerCopy",
            Self::NoCapacityInvocationFailures => "NoCapacityInvocationFailures",
        }
    }
}

/// `Statistic`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Statistic {
    /// Sum of a period.
    Sum,
    /// Mean of a period.
    Average,
    /// Lowest minute of a period.
    Minimum,
    /// Highest minute of a period.
    Maximum,
}

/// `StepScalingPolicyConfiguration`.
// rule: step.metric-aggregation-type
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct StepScaling {
    /// What an adjustment means.
    #[serde(rename = "AdjustmentType")]
    pub adjustment_type: AdjustmentType,
    /// 1 to 20 steps.
    #[serde(rename = "StepAdjustments")]
    pub steps: Vec<StepAdjustment>,
    /// Fewest instances that a percentage adds or removes.
    #[serde(
        rename = "MinAdjustmentMagnitude",
        skip_serializing_if = "Option::is_none"
    )]
    pub min_adjustment_magnitude: Option<u32>,
    /// Seconds.
    #[serde(rename = "Cooldown")]
    pub cooldown: u32,
    /// Over instances, which are all alike here.
    #[serde(
        rename = "MetricAggregationType",
        skip_serializing_if = "Option::is_none"
    )]
    pub metric_aggregation_type: Option<MetricAggregationType>,
}

/// `AdjustmentType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum AdjustmentType {
    /// So many instances more or fewer.
    #[default]
    ChangeInCapacity,
    /// So many instances.
    ExactCapacity,
    /// So many percent more or fewer.
    PercentChangeInCapacity,
}

/// `MetricAggregationType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MetricAggregationType {
    /// Mean.
    #[default]
    Average,
    /// Lowest.
    Minimum,
    /// Highest.
    Maximum,
}

/// A `StepAdjustment`: bounds relative to the alarm's threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct StepAdjustment {
    /// Absent: no lower bound.
    #[serde(
        rename = "MetricIntervalLowerBound",
        skip_serializing_if = "Option::is_none"
    )]
    pub lower: Option<f64>,
    /// Absent: no upper bound.
    #[serde(
        rename = "MetricIntervalUpperBound",
        skip_serializing_if = "Option::is_none"
    )]
    pub upper: Option<f64>,
    /// Instances or percent.
    #[serde(rename = "ScalingAdjustment")]
    pub adjustment: i32,
}

/// An alarm, as `PutMetricAlarm` takes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MetricAlarm {
    /// The metric, which has to be named.
    #[serde(rename = "MetricName")]
    pub metric_name: MetricName,
    /// Its namespace; absent: the one that it is published in.
    #[serde(default, rename = "Namespace", skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Its dimensions; absent: those of the endpoint's variant.
    #[serde(default, rename = "Dimensions", skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<Dimension>,
    /// Its statistic; absent: the one that the metric is meant to have.
    #[serde(default, rename = "Statistic", skip_serializing_if = "Option::is_none")]
    pub statistic: Option<Statistic>,
    /// Seconds: a multiple of 60; of ConcurrentRequestsPerModel and ConcurrentRequestsPerCopy also 10, 20 or 30.
    #[serde(default = "usual_period", rename = "Period")]
    pub period: u32,
    /// N.
    #[serde(default = "usual_evaluation_periods", rename = "EvaluationPeriods")]
    pub evaluation_periods: u32,
    /// M; absent: N.
    #[serde(
        default,
        rename = "DatapointsToAlarm",
        skip_serializing_if = "Option::is_none"
    )]
    pub datapoints_to_alarm: Option<u32>,
    /// In the metric's unit; absent: what the load test's formula comes to.
    #[serde(default, rename = "Threshold", skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
    /// What breaches.
    #[serde(default, rename = "ComparisonOperator")]
    pub comparison: ComparisonOperator,
    /// What a missing datapoint counts as.
    #[serde(default, rename = "TreatMissingData")]
    pub treat_missing_data: TreatMissingData,
}

fn usual_period() -> u32 {
    MetricAlarm::default().period
}

fn usual_evaluation_periods() -> u32 {
    MetricAlarm::default().evaluation_periods
}

/// `ComparisonOperator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ComparisonOperator {
    /// ≥
    #[default]
    GreaterThanOrEqualToThreshold,
    /// >
    GreaterThanThreshold,
    /// <
    LessThanThreshold,
    /// ≤
    LessThanOrEqualToThreshold,
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
        if index >= self.steps.len() {
            return;
        }
        let gone = self.steps.remove(index);
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

impl Default for StepScaling {
    fn default() -> Self {
        Self {
            adjustment_type: AdjustmentType::ChangeInCapacity,
            steps: vec![StepAdjustment {
                lower: Some(0.0),
                upper: None,
                adjustment: 1,
            }],
            min_adjustment_magnitude: None,
            // AWS's default.
            // rule: cooldown.default-step-scaling
            cooldown: 300,
            metric_aggregation_type: None,
        }
    }
}

impl MetricAlarm {
    /// Whether a metric above the threshold breaches.
    #[must_use]
    pub fn is_upward(&self) -> bool {
        matches!(
            self.comparison,
            ComparisonOperator::GreaterThanThreshold
                | ComparisonOperator::GreaterThanOrEqualToThreshold
        )
    }
}

impl Default for MetricAlarm {
    fn default() -> Self {
        Self {
            metric_name: MetricName::InvocationsPerInstance,
            namespace: None,
            dimensions: Vec::new(),
            statistic: None,
            period: 60,
            evaluation_periods: 2,
            datapoints_to_alarm: None,
            threshold: None,
            comparison: ComparisonOperator::default(),
            treat_missing_data: TreatMissingData::default(),
        }
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
