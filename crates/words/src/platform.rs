//! What is said of a platform alone, and of what scales there.

use scenario::{
    document::{MetricName, Platform},
    metrics::{MetricUnit, Source},
};

use crate::Words;

/// A text, in whatever language.
type Text = fn(Words) -> &'static str;

/// The texts of a platform.
pub struct PlatformTexts {
    /// Its name.
    pub name: Text,
    /// What the load test's formula comes to.
    pub formula_about: Text,
    /// Its metrics.
    pub metrics_about: Text,
}

/// Returns the texts of a platform.
#[must_use]
pub fn platform_texts(platform: Platform) -> &'static PlatformTexts {
    match platform {
        Platform::SagemakerRealTime => &PlatformTexts {
            name: Words::choice_sagemaker_real_time,
            formula_about: Words::formula_about,
            metrics_about: Words::field_metric_about,
        },
        Platform::SagemakerAsynchronous => &PlatformTexts {
            name: Words::choice_sagemaker_asynchronous,
            formula_about: Words::formula_about_queue,
            metrics_about: Words::field_metric_backlog_about,
        },
        Platform::SagemakerServerless => &PlatformTexts {
            name: Words::choice_sagemaker_serverless,
            formula_about: Words::formula_about,
            metrics_about: Words::field_metric_serverless_about,
        },
        Platform::SagemakerInferenceComponent => &PlatformTexts {
            name: Words::choice_sagemaker_inference_component,
            formula_about: Words::formula_about_copies,
            metrics_about: Words::field_metric_copies_about,
        },
        Platform::Ec2AutoScalingGroup => &PlatformTexts {
            name: Words::choice_ec2_auto_scaling_group,
            formula_about: Words::formula_about_group,
            metrics_about: Words::field_metric_group_about,
        },
    }
}

/// Returns what a target of a metric is about.
#[must_use]
pub fn target_about(metric: MetricName) -> Text {
    let metric = metric.spec();
    match metric.unit {
        MetricUnit::Percent => Words::field_target_share_about,
        MetricUnit::Share => Words::field_target_utilization_about,
        MetricUnit::RequestsInFlight => Words::field_target_concurrent_about,
        MetricUnit::RequestsInQueue | MetricUnit::Flag => Words::field_target_backlog_about,
        MetricUnit::RequestsPerMinute if metric.sources.contains(&Source::Component) => {
            Words::field_target_copies_about
        }
        MetricUnit::RequestsPerMinute => Words::field_target_value_about,
    }
}
