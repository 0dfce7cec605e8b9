//! Predictive scaling, as `PutScalingPolicy` takes it: a forecast from a metric pair, and what is made of it.

use super::MetricName;
use crate::field::{
    Content, ContentMut, Entry, FieldType, ItemField, List, Unit, Value, Wrong, choices, lists,
    section,
};

section! {
    /// `PredictiveScalingConfiguration`.
    pub struct PredictiveScaling at List::Policies => ItemField {
        /// What is forecast: one entry.
        metrics as "MetricSpecifications": Vec<PredictiveMetricSpecification> = vec![PredictiveMetricSpecification::default()];
        /// Whether it scales.
        mode as "Mode": PredictiveScalingMode = PredictiveScalingMode::default();
        /// Seconds before an hour at which it scales out to the hour's forecast.
        scheduling_buffer_time as "SchedulingBufferTime": u32 = 300, range(0.0..=3599.0), seconds;
        /// What happens where the forecast comes close to MaxCapacity.
        max_capacity_breach_behavior as "MaxCapacityBreachBehavior": MaxCapacityBreachBehavior = MaxCapacityBreachBehavior::default(),
            by(|it| it.max_capacity_breach_behavior.read(), Self::set_behavior);
        /// Percent of the forecast by which MaxCapacity may exceed it.
        max_capacity_buffer as "MaxCapacityBuffer": Option<u32> = None, range(0.0..=100.0), percent;
    }
}

impl PredictiveScaling {
    /// Sets the behavior, and the buffer that AWS wants where MaxCapacity is raised, and only there.
    fn set_behavior(&mut self, value: &Value) -> Result<(), Wrong> {
        self.max_capacity_breach_behavior = FieldType::from_value(value)?;
        let increases = MaxCapacityBreachBehavior::IncreaseMaxCapacity;
        self.max_capacity_buffer = (self.max_capacity_breach_behavior == increases)
            .then(|| self.max_capacity_buffer.unwrap_or(0));
        Ok(())
    }

    /// Returns the metric that it keeps at its target.
    #[must_use]
    pub fn metric_name(&self) -> MetricName {
        let pair = self.metrics.first().and_then(|metric| metric.pair.as_ref());
        pair.map_or(MetricName::RequestCountPerTarget, |pair| {
            pair.metric_type.metric_name()
        })
    }
}

section! {
    /// `PredictiveScalingMetricSpecification`.
    pub struct PredictiveMetricSpecification at List::Policies => ItemField {
        /// In the metric's unit; absent: what the load test's formula comes to.
        target_value as "TargetValue": Option<f64> = None, counts(Self::unit);
        /// The load that is forecast, and what an instance has of it.
        pair as "PredefinedMetricPairSpecification": Option<PredefinedMetricPair> = Some(PredefinedMetricPair::default());
        /// Not supported: half of a pair.
        scaling_metric as "PredefinedScalingMetricSpecification": Option<Unsupported> = None;
        /// Not supported: half of a pair.
        load_metric as "PredefinedLoadMetricSpecification": Option<Unsupported> = None;
        /// Not supported: a metric of one's own.
        customized_scaling_metric as "CustomizedScalingMetricSpecification": Option<Unsupported> = None;
        /// Not supported: a metric of one's own.
        customized_load_metric as "CustomizedLoadMetricSpecification": Option<Unsupported> = None;
        /// Not supported: a metric of one's own.
        customized_capacity_metric as "CustomizedCapacityMetricSpecification": Option<Unsupported> = None;
    }
    beside [
        Entry::of::<PredictivePairType>("PredefinedMetricType", "metric_pair", "The pair.")
            .by(Self::chosen_pair, Self::choose_pair),
    ]
}

impl PredictiveMetricSpecification {
    fn chosen_pair(&self) -> Option<Value> {
        let chosen = |pair: &PredefinedMetricPair| pair.metric_type.read();
        self.pair.as_ref().map_or(Some(Value::Absent), chosen)
    }

    /// Makes a pair of metrics that of the policy, without whatever a scenario cannot forecast. A target of one pair is none of
    /// another.
    fn choose_pair(&mut self, value: &Value) -> Result<(), Wrong> {
        let is_same = self.chosen_pair() == Some(value.clone());
        let mut pair = self.pair.clone().unwrap_or_default();
        pair.metric_type = FieldType::from_value(value)?;
        *self = Self {
            target_value: self.target_value.filter(|_| is_same),
            pair: Some(pair),
            ..Self::default()
        };
        Ok(())
    }

    fn unit(&self) -> Unit {
        let metric = self
            .pair
            .as_ref()
            .map(|pair| pair.metric_type.metric_name());
        metric.map_or(Unit::PerMinute, MetricName::unit)
    }

    /// Returns what is given of a metric otherwise than as a pair.
    pub(crate) fn unsupported(&self) -> impl Iterator<Item = ItemField> {
        let given = [
            (self.scaling_metric, Self::scaling_metric),
            (self.load_metric, Self::load_metric),
            (
                self.customized_scaling_metric,
                Self::customized_scaling_metric,
            ),
            (self.customized_load_metric, Self::customized_load_metric),
            (
                self.customized_capacity_metric,
                Self::customized_capacity_metric,
            ),
        ];
        given
            .into_iter()
            .filter_map(|(given, field)| given.map(|_| field))
    }
}

/// Something of AWS's that is read but not kept: it is found wrong where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unsupported;

impl FieldType for Unsupported {
    fn content(&self) -> Content<'_> {
        Content::Ignored
    }

    fn content_mut(&mut self) -> ContentMut<'_> {
        ContentMut::Ignored
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

lists!(Vec<PredictiveMetricSpecification>);

section! {
    /// `PredictiveScalingPredefinedMetricPair`.
    pub struct PredefinedMetricPair at List::Policies => ItemField {
        /// The pair.
        metric_type as "PredefinedMetricType": PredictivePairType = PredictivePairType::default(), text("metric_pair");
        /// Whose requests `ALBRequestCount` counts: `app/<name>/<id>/targetgroup/<name>/<id>`.
        resource_label as "ResourceLabel": Option<String> = None;
    }
}

choices! {
    /// `PredefinedMetricType` of a metric pair.
    pub enum PredictivePairType {
        /// Requests of a target group, and per target and minute.
        AlbRequestCount = "ALBRequestCount",
        /// CPUUtilization in percent of the machine: its sum over instances, and its mean.
        AsgCpuUtilization = "ASGCPUUtilization",
        /// Bytes received, of which a scenario knows nothing.
        AsgNetworkIn = "ASGNetworkIn",
        /// Bytes sent, of which a scenario knows nothing.
        AsgNetworkOut = "ASGNetworkOut",
    }
}

choices! {
    /// `Mode`.
    pub enum PredictiveScalingMode {
        /// It forecasts, and changes nothing.
        ForecastOnly = "ForecastOnly",
        /// It scales out to its forecast.
        ForecastAndScale = "ForecastAndScale",
    }
}

choices! {
    /// `MaxCapacityBreachBehavior`.
    pub enum MaxCapacityBreachBehavior {
        /// MaxCapacity stays.
        HonorMaxCapacity = "HonorMaxCapacity",
        /// MaxCapacity is raised to what the forecast and its buffer need, and stays so.
        IncreaseMaxCapacity = "IncreaseMaxCapacity",
    }
}

choices! {
    /// What is known of demand before the run, for forecasts.
    pub enum History {
        /// Two weeks of what repeats in the scenario's demand: all but events and growth.
        Repeats = "repeats",
        /// Nothing: the group is new.
        None = "none",
    }
}
