//! Predictive scaling, as `PutScalingPolicy` takes it: a forecast from a metric pair, and what is made of it.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::IgnoredAny};

use super::{MetricName, Rare};

/// `PredictiveScalingConfiguration`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PredictiveScaling {
    /// What is forecast: one entry.
    #[serde(rename = "MetricSpecifications")]
    pub metrics: Vec<PredictiveMetricSpecification>,
    /// Whether it scales.
    #[serde(rename = "Mode")]
    pub mode: PredictiveScalingMode,
    /// Seconds before an hour at which it scales out to the hour's forecast.
    #[serde(rename = "SchedulingBufferTime")]
    pub scheduling_buffer_time: u32,
    /// What happens where the forecast comes close to MaxCapacity.
    #[serde(rename = "MaxCapacityBreachBehavior")]
    pub max_capacity_breach_behavior: MaxCapacityBreachBehavior,
    /// Percent of the forecast by which MaxCapacity may exceed it.
    #[serde(rename = "MaxCapacityBuffer", skip_serializing_if = "Option::is_none")]
    pub max_capacity_buffer: Option<u32>,
}

impl PredictiveScaling {
    /// The metric that it keeps at its target.
    #[must_use]
    pub fn metric_name(&self) -> MetricName {
        let pair = self.metrics.first().and_then(|metric| metric.pair.as_ref());
        pair.map_or(MetricName::RequestCountPerTarget, |pair| {
            pair.metric_type.metric_name()
        })
    }
}

impl Default for PredictiveScaling {
    fn default() -> Self {
        Self {
            metrics: vec![PredictiveMetricSpecification::default()],
            mode: PredictiveScalingMode::default(),
            scheduling_buffer_time: 300,
            max_capacity_breach_behavior: MaxCapacityBreachBehavior::default(),
            max_capacity_buffer: None,
        }
    }
}

/// `PredictiveScalingMetricSpecification`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PredictiveMetricSpecification {
    /// In the metric's unit; absent: what the load test's formula comes to.
    #[serde(rename = "TargetValue", skip_serializing_if = "Option::is_none")]
    pub target_value: Option<f64>,
    /// The load that is forecast, and what an instance has of it.
    #[serde(
        rename = "PredefinedMetricPairSpecification",
        skip_serializing_if = "Option::is_none"
    )]
    pub pair: Option<PredefinedMetricPair>,
    /// Not supported: half of a pair.
    #[serde(
        rename = "PredefinedScalingMetricSpecification",
        skip_serializing_if = "Option::is_none"
    )]
    pub scaling_metric: Option<Unsupported>,
    /// Not supported: half of a pair.
    #[serde(
        rename = "PredefinedLoadMetricSpecification",
        skip_serializing_if = "Option::is_none"
    )]
    pub load_metric: Option<Unsupported>,
    /// Not supported: a metric of one's own.
    #[serde(
        rename = "CustomizedScalingMetricSpecification",
        skip_serializing_if = "Option::is_none"
    )]
    pub customized_scaling_metric: Option<Unsupported>,
    /// Not supported: a metric of one's own.
    #[serde(
        rename = "CustomizedLoadMetricSpecification",
        skip_serializing_if = "Option::is_none"
    )]
    pub customized_load_metric: Option<Unsupported>,
    /// Not supported: a metric of one's own.
    #[serde(
        rename = "CustomizedCapacityMetricSpecification",
        skip_serializing_if = "Option::is_none"
    )]
    pub customized_capacity_metric: Option<Unsupported>,
}

impl PredictiveMetricSpecification {
    /// Whether a metric is given otherwise than as a pair.
    pub(crate) fn unsupported(&self) -> impl Iterator<Item = &'static str> {
        let given = [
            (self.scaling_metric, "PredefinedScalingMetricSpecification"),
            (self.load_metric, "PredefinedLoadMetricSpecification"),
            (
                self.customized_scaling_metric,
                "CustomizedScalingMetricSpecification",
            ),
            (
                self.customized_load_metric,
                "CustomizedLoadMetricSpecification",
            ),
            (
                self.customized_capacity_metric,
                "CustomizedCapacityMetricSpecification",
            ),
        ];
        given
            .into_iter()
            .filter_map(|(given, field)| given.map(|_| field))
    }
}

impl Default for PredictiveMetricSpecification {
    fn default() -> Self {
        Self {
            target_value: None,
            pair: Some(PredefinedMetricPair::default()),
            scaling_metric: None,
            load_metric: None,
            customized_scaling_metric: None,
            customized_load_metric: None,
            customized_capacity_metric: None,
        }
    }
}

/// Something of AWS's that is read but not kept: it is found wrong where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsupported;

impl Serialize for Unsupported {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(std::iter::empty::<((), ())>())
    }
}

impl<'de> Deserialize<'de> for Unsupported {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Unsupported {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Unsupported".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!(false)
    }
}

/// `PredictiveScalingPredefinedMetricPair`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PredefinedMetricPair {
    /// The pair.
    #[serde(rename = "PredefinedMetricType")]
    pub metric_type: PredictivePairType,
    /// Whose requests `ALBRequestCount` counts: `app/<name>/<id>/targetgroup/<name>/<id>`.
    #[serde(rename = "ResourceLabel", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub resource_label: Option<Rare<String>>,
}

/// `PredefinedMetricType` of a metric pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PredictivePairType {
    /// Requests of a target group, and per target and minute.
    #[default]
    #[serde(rename = "ALBRequestCount")]
    AlbRequestCount,
    /// CPUUtilization in percent of the machine: its sum over instances, and its mean.
    #[serde(rename = "ASGCPUUtilization")]
    AsgCpuUtilization,
    /// Bytes received, of which a scenario knows nothing.
    #[serde(rename = "ASGNetworkIn")]
    AsgNetworkIn,
    /// Bytes sent, of which a scenario knows nothing.
    #[serde(rename = "ASGNetworkOut")]
    AsgNetworkOut,
}

impl PredictivePairType {
    /// The metric of an instance; of those that no engine knows the first that it does.
    #[must_use]
    pub fn metric_name(self) -> MetricName {
        match self {
            Self::AsgCpuUtilization => MetricName::CpuUtilization,
            _ => MetricName::RequestCountPerTarget,
        }
    }
}

/// `Mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PredictiveScalingMode {
    /// It forecasts, and changes nothing.
    #[default]
    ForecastOnly,
    /// It scales out to its forecast.
    ForecastAndScale,
}

/// `MaxCapacityBreachBehavior`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MaxCapacityBreachBehavior {
    /// MaxCapacity stays.
    #[default]
    HonorMaxCapacity,
    /// MaxCapacity is raised to what the forecast and its buffer need, and stays so.
    IncreaseMaxCapacity,
}

/// What is known of demand before the run, for forecasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum History {
    /// Two weeks of what repeats in the scenario's demand: all but events and growth.
    #[default]
    Repeats,
    /// Nothing: the group is new.
    None,
}

impl History {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
