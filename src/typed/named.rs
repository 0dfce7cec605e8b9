//! Choices that a scenario spells as AWS does: their names, and back.

use scenario::document::{
    AdjustmentType, ComparisonOperator, CpuCredits, CreditSpecification,
    CustomizedMetricSpecification, Failing, HealthCheckType, History, MaxCapacityBreachBehavior,
    MetricAlarm, MetricName, NoiseFactor, PlacementStrategy, Platform, PoolState,
    PredefinedMetricType, PredictiveMetricSpecification, PredictivePairType, PredictiveScaling,
    PredictiveScalingMode, Rare, ScaleInStrategy, Serverless, Statistic, TargetTracking, WarmPool,
};

/// A value that is one of a few with names.
pub trait Named {
    /// Its name.
    fn name(&self) -> &'static str;
    /// Becomes the one of that name; `false` if there is none.
    fn rename(&mut self, name: &str) -> bool;
}

impl std::fmt::Debug for dyn Named + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Gives a type its names.
macro_rules! named {
    ($type:ty, $($name:literal => $value:pat = $made:expr),+ $(,)?) => {
        impl Named for $type {
            fn name(&self) -> &'static str {
                match self {
                    $($value => $name,)+
                }
            }

            fn rename(&mut self, name: &str) -> bool {
                *self = match name {
                    $($name => $made,)+
                    _ => return false,
                };
                true
            }
        }
    };
}

named!(
    AdjustmentType,
    "ChangeInCapacity" => Self::ChangeInCapacity = Self::ChangeInCapacity,
    "ExactCapacity" => Self::ExactCapacity = Self::ExactCapacity,
    "PercentChangeInCapacity" => Self::PercentChangeInCapacity = Self::PercentChangeInCapacity,
);

named!(
    ComparisonOperator,
    "GreaterThanOrEqualToThreshold" => Self::GreaterThanOrEqualToThreshold = Self::GreaterThanOrEqualToThreshold,
    "GreaterThanThreshold" => Self::GreaterThanThreshold = Self::GreaterThanThreshold,
    "LessThanThreshold" => Self::LessThanThreshold = Self::LessThanThreshold,
    "LessThanOrEqualToThreshold" => Self::LessThanOrEqualToThreshold = Self::LessThanOrEqualToThreshold,
);

impl Named for MetricName {
    fn name(&self) -> &'static str {
        Self::name(*self)
    }

    fn rename(&mut self, name: &str) -> bool {
        let known = Self::ALL.into_iter().find(|it| it.name() == name);
        *self = known.unwrap_or(*self);
        known.is_some()
    }
}

named!(
    PredefinedMetricType,
    "InvocationsPerInstance" => Self::SageMakerVariantInvocationsPerInstance = Self::SageMakerVariantInvocationsPerInstance,
    "ConcurrentRequestsPerModel" => Self::SageMakerVariantConcurrentRequestsPerModelHighResolution = Self::SageMakerVariantConcurrentRequestsPerModelHighResolution,
    "InvocationsPerCopy" => Self::SageMakerInferenceComponentInvocationsPerCopy = Self::SageMakerInferenceComponentInvocationsPerCopy,
    "ConcurrentRequestsPerCopy" => Self::SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution = Self::SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution,
    "ASGAverageCPUUtilization" => Self::AsgAverageCpuUtilization = Self::AsgAverageCpuUtilization,
    "ALBRequestCountPerTarget" => Self::AlbRequestCountPerTarget = Self::AlbRequestCountPerTarget,
    "ASGAverageNetworkIn" => Self::AsgAverageNetworkIn = Self::AsgAverageNetworkIn,
    "ASGAverageNetworkOut" => Self::AsgAverageNetworkOut = Self::AsgAverageNetworkOut,
    "ProvisionedConcurrencyUtilization" => Self::SageMakerVariantProvisionedConcurrencyUtilization = Self::SageMakerVariantProvisionedConcurrencyUtilization,
);

named!(
    NoiseFactor,
    "constant_within_minutes" => Self::ConstantWithinMinutes = Self::ConstantWithinMinutes,
    "straight_between_minutes" => Self::StraightBetweenMinutes = Self::StraightBetweenMinutes,
);

named!(
    Platform,
    "sagemaker_real_time" => Self::SagemakerRealTime = Self::SagemakerRealTime,
    "sagemaker_asynchronous" => Self::SagemakerAsynchronous = Self::SagemakerAsynchronous,
    "sagemaker_serverless" => Self::SagemakerServerless = Self::SagemakerServerless,
    "sagemaker_inference_component" => Self::SagemakerInferenceComponent = Self::SagemakerInferenceComponent,
    "ec2_auto_scaling_group" => Self::Ec2AutoScalingGroup = Self::Ec2AutoScalingGroup,
);

named!(
    PlacementStrategy,
    "SPREAD" => Self::Spread = Self::Spread,
    "BINPACK" => Self::Binpack = Self::Binpack,
);

named!(
    ScaleInStrategy,
    "IDLE_RELEASE" => Self::IdleRelease = Self::IdleRelease,
    "CONSOLIDATION" => Self::Consolidation = Self::Consolidation,
);

named!(
    PoolState,
    "Stopped" => Self::Stopped = Self::Stopped,
    "Hibernated" => Self::Hibernated = Self::Hibernated,
    "Running" => Self::Running = Self::Running,
);

named!(
    History,
    "repeats" => Self::Repeats = Self::Repeats,
    "none" => Self::None = Self::None,
);

named!(
    PredictivePairType,
    "ALBRequestCount" => Self::AlbRequestCount = Self::AlbRequestCount,
    "ASGCPUUtilization" => Self::AsgCpuUtilization = Self::AsgCpuUtilization,
    "ASGNetworkIn" => Self::AsgNetworkIn = Self::AsgNetworkIn,
    "ASGNetworkOut" => Self::AsgNetworkOut = Self::AsgNetworkOut,
);

named!(
    PredictiveScalingMode,
    "ForecastOnly" => Self::ForecastOnly = Self::ForecastOnly,
    "ForecastAndScale" => Self::ForecastAndScale = Self::ForecastAndScale,
);

named!(
    MaxCapacityBreachBehavior,
    "HonorMaxCapacity" => Self::HonorMaxCapacity = Self::HonorMaxCapacity,
    "IncreaseMaxCapacity" => Self::IncreaseMaxCapacity = Self::IncreaseMaxCapacity,
);

named!(
    HealthCheckType,
    "EC2" => Self::Ec2 = Self::Ec2,
    "ELB" => Self::Elb = Self::Elb,
);

/// What fails, by its kind; so many instances may also be so many applications.
impl Named for Failing {
    fn name(&self) -> &'static str {
        match self {
            Self::Instances(_) => "instances",
            Self::Applications(_) => "applications",
            Self::ZoneMin(_) => "zone_min",
        }
    }

    fn rename(&mut self, name: &str) -> bool {
        let n = match *self {
            Self::Instances(n) | Self::Applications(n) => n,
            Self::ZoneMin(_) => 1,
        };
        *self = match (name, *self) {
            (_, what) if what.name() == name => what,
            ("instances", _) => Self::Instances(n),
            ("applications", _) => Self::Applications(n),
            ("zone_min", _) => Self::ZoneMin(60.0),
            _ => return false,
        };
        true
    }
}

/// What is forecast: a pair of metrics, without whatever a scenario cannot forecast. A target of one is none of another.
impl Named for PredictiveMetricSpecification {
    fn name(&self) -> &'static str {
        (self.pair.as_ref()).map_or("", |pair| pair.metric_type.name())
    }

    fn rename(&mut self, name: &str) -> bool {
        let mut pair = self.pair.clone().unwrap_or_default();
        let is_known = pair.metric_type.rename(name);
        if is_known {
            let kept = (self.name() == name).then_some(self.target_value).flatten();
            *self = Self {
                target_value: kept,
                pair: Some(pair),
                ..Self::default()
            };
        }
        is_known
    }
}

/// A predictive scaling policy by what becomes of MaxCapacity: a buffer belongs to one that is raised, and AWS wants it there.
impl Named for PredictiveScaling {
    fn name(&self) -> &'static str {
        self.max_capacity_breach_behavior.name()
    }

    fn rename(&mut self, name: &str) -> bool {
        let is_known = self.max_capacity_breach_behavior.rename(name);
        let increases = MaxCapacityBreachBehavior::IncreaseMaxCapacity;
        self.max_capacity_buffer = (self.max_capacity_breach_behavior == increases)
            .then(|| self.max_capacity_buffer.unwrap_or(0));
        is_known
    }
}
/// What a burstable type does without CPU credits; no name: AWS's default of the type.
impl Named for Option<CreditSpecification> {
    fn name(&self) -> &'static str {
        self.map_or("", |given| given.cpu_credits.name())
    }

    fn rename(&mut self, name: &str) -> bool {
        let known = [CpuCredits::Standard, CpuCredits::Unlimited];
        let known = known.into_iter().find(|mode| mode.name() == name);
        *self = known.map(|cpu_credits| CreditSpecification { cpu_credits });
        known.is_some() || name.is_empty()
    }
}

/// A serverless endpoint by its memory.
impl Named for Serverless {
    fn name(&self) -> &'static str {
        let known = MEMORY_MB
            .iter()
            .find(|(mb, _)| *mb == self.memory_size_in_mb);
        known.map_or("", |(_, name)| name)
    }

    fn rename(&mut self, name: &str) -> bool {
        let known = MEMORY_MB.iter().find(|(_, known)| *known == name);
        if let Some((mb, _)) = known {
            self.memory_size_in_mb = *mb;
        }
        known.is_some()
    }
}

/// AWS's memory sizes, MB.
pub const MEMORY_MB: [(u32, &str); 6] = [
    (1024, "1024"),
    (2048, "2048"),
    (3072, "3072"),
    (4096, "4096"),
    (5120, "5120"),
    (6144, "6144"),
];

/// A warm pool by what its instances do, or none.
impl Named for Option<WarmPool> {
    fn name(&self) -> &'static str {
        self.as_ref().map_or("", |pool| pool.pool_state.name())
    }

    fn rename(&mut self, name: &str) -> bool {
        if name.is_empty() {
            *self = None;
            return true;
        }
        let mut pool = self.clone().unwrap_or_default();
        let is_known = pool.pool_state.rename(name);
        if is_known {
            *self = Some(pool);
        }
        is_known
    }
}

named!(
    Option<Statistic>,
    "" => None = None,
    "Sum" => Some(Statistic::Sum) = Some(Statistic::Sum),
    "Average" => Some(Statistic::Average) = Some(Statistic::Average),
    "Minimum" => Some(Statistic::Minimum) = Some(Statistic::Minimum),
    "Maximum" => Some(Statistic::Maximum) = Some(Statistic::Maximum),
);

/// A target-tracking policy's metric: a predefined one, or another in its place. A target of one is none of another.
impl Named for TargetTracking {
    fn name(&self) -> &'static str {
        match &self.customized_metric {
            Some(customized) => customized.metric_name.name(),
            None => Named::name(&self.metric.metric_type),
        }
    }

    fn rename(&mut self, name: &str) -> bool {
        if name == self.name() {
            return true;
        }
        if self.metric.metric_type.rename(name) {
            self.customized_metric = None;
        } else {
            let mut metric_name = MetricName::default();
            if !metric_name.rename(name) {
                return false;
            }
            self.customized_metric = Some(Rare::from(CustomizedMetricSpecification {
                metric_name,
                ..CustomizedMetricSpecification::default()
            }));
        }
        self.target_value = None;
        true
    }
}

/// An alarm's metric. A threshold, a statistic and dimensions of one are none of another.
impl Named for MetricAlarm {
    fn name(&self) -> &'static str {
        self.metric_name.name()
    }

    fn rename(&mut self, name: &str) -> bool {
        let before = self.metric_name;
        if !self.metric_name.rename(name) {
            return false;
        }
        if self.metric_name != before {
            self.namespace = None;
            self.dimensions = Vec::new();
            self.statistic = None;
            self.threshold = None;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_what_they_name() {
        let values: [&mut dyn Named; 9] = [
            &mut AdjustmentType::default(),
            &mut ComparisonOperator::default(),
            &mut MetricName::default(),
            &mut None::<Statistic>,
            &mut TargetTracking::default(),
            &mut MetricAlarm::default(),
            &mut History::default(),
            &mut PredictiveScalingMode::default(),
            &mut PredictivePairType::default(),
        ];
        for value in values {
            for name in [
                "ExactCapacity",
                "LessThanThreshold",
                "GPUUtilization",
                "Maximum",
                "CPUUtilization",
                "ALBRequestCountPerTarget",
                "none",
                "ForecastAndScale",
                "ASGCPUUtilization",
            ] {
                let before = value.name();
                let after = if value.rename(name) { name } else { before };
                assert_eq!(value.name(), after);
            }
            assert!(!value.rename("nonsense"));
        }
    }

    #[test]
    fn what_is_in_the_unit_of_a_metric_goes_with_it() {
        let mut tracking = TargetTracking {
            target_value: Some(600.0),
            ..TargetTracking::default()
        };
        let mut alarm = MetricAlarm {
            threshold: Some(600.0),
            statistic: Some(Statistic::Sum),
            ..MetricAlarm::default()
        };
        for (name, kept) in [
            ("InvocationsPerInstance", Some(600.0)),
            ("CPUUtilization", None),
        ] {
            assert!(tracking.rename(name) && alarm.rename(name));
            assert_eq!((tracking.target_value, alarm.threshold), (kept, kept));
        }
        assert_eq!(alarm.statistic, None);
    }
}
