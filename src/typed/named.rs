//! Choices that a scenario spells as AWS does: their names, and back.

use scenario::document::{
    AdjustmentType, ComparisonOperator, CustomizedMetricSpecification, MetricName, Platform,
    Statistic,
};

/// A value that is one of a few with names.
pub trait Named: std::fmt::Debug {
    /// Its name.
    fn name(&self) -> &'static str;
    /// Becomes the one of that name; `false` if there is none.
    fn rename(&mut self, name: &str) -> bool;
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

named!(
    MetricName,
    "InvocationsPerInstance" => Self::InvocationsPerInstance = Self::InvocationsPerInstance,
    "CPUUtilization" => Self::CpuUtilization = Self::CpuUtilization,
    "GPUUtilization" => Self::GpuUtilization = Self::GpuUtilization,
    "ApproximateBacklogSize" => Self::ApproximateBacklogSize = Self::ApproximateBacklogSize,
    "ApproximateBacklogSizePerInstance" =>
        Self::ApproximateBacklogSizePerInstance = Self::ApproximateBacklogSizePerInstance,
    "HasBacklogWithoutCapacity" =>
        Self::HasBacklogWithoutCapacity = Self::HasBacklogWithoutCapacity,
);

named!(
    Platform,
    "sagemaker_real_time" => Self::SagemakerRealTime = Self::SagemakerRealTime,
    "sagemaker_asynchronous" => Self::SagemakerAsynchronous = Self::SagemakerAsynchronous,
    "ec2_auto_scaling_group" => Self::Ec2AutoScalingGroup = Self::Ec2AutoScalingGroup,
);

named!(
    Option<Statistic>,
    "" => None = None,
    "Sum" => Some(Statistic::Sum) = Some(Statistic::Sum),
    "Average" => Some(Statistic::Average) = Some(Statistic::Average),
    "Minimum" => Some(Statistic::Minimum) = Some(Statistic::Minimum),
    "Maximum" => Some(Statistic::Maximum) = Some(Statistic::Maximum),
);

/// A target-tracking policy's metric: the predefined one, or another in its place.
impl Named for Option<CustomizedMetricSpecification> {
    fn name(&self) -> &'static str {
        let other = self.as_ref().map(|customized| customized.metric_name);
        other.unwrap_or(MetricName::InvocationsPerInstance).name()
    }

    fn rename(&mut self, name: &str) -> bool {
        let mut metric_name = MetricName::InvocationsPerInstance;
        if !metric_name.rename(name) {
            return false;
        }
        *self = (metric_name != MetricName::InvocationsPerInstance).then(|| {
            CustomizedMetricSpecification {
                metric_name,
                ..CustomizedMetricSpecification::default()
            }
        });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_what_they_name() {
        let values: [&mut dyn Named; 5] = [
            &mut AdjustmentType::default(),
            &mut ComparisonOperator::default(),
            &mut MetricName::default(),
            &mut None::<Statistic>,
            &mut None::<CustomizedMetricSpecification>,
        ];
        for value in values {
            for name in [
                "ExactCapacity",
                "LessThanThreshold",
                "GPUUtilization",
                "Maximum",
                "CPUUtilization",
            ] {
                let before = value.name();
                let after = if value.rename(name) { name } else { before };
                assert_eq!(value.name(), after);
            }
            assert!(!value.rename("nonsense"));
        }
    }
}
