//! The metric that target tracking or an alarm looks at, where it is not one of AWS's predefined.

use scenario::{
    document::{Dimension, MetricName},
    metrics::Source,
};

use super::Writing;
use crate::deployment::{Entry, Object, Parameter, Part, Term};

impl Writing<'_> {
    /// Returns the metric's name, its namespace and its dimensions.
    pub(super) fn metric(
        &self,
        metric: MetricName,
        namespace: Option<&str>,
        dimensions: &[Dimension],
    ) -> Vec<Entry> {
        let platform = self.scenario.platform;
        let own = namespace.unwrap_or_else(|| metric.namespace(platform));
        let dimension = |name: &str, value: Term| {
            Term::Object(Object(vec![
                Entry::text("Name", name),
                Entry::new("Value", value),
            ]))
        };
        let mut given: Vec<Term> = dimensions
            .iter()
            .map(|it| dimension(&it.name, Term::Text(it.value.clone())))
            .collect();
        if given.is_empty() {
            let usual = self.dimensions_of(metric).iter();
            given.extend(
                usual.map(|it| dimension(it.name(), Term::Joined(vec![Part::Parameter(*it)]))),
            );
        }
        vec![
            Entry::text("MetricName", metric.name()),
            Entry::text("Namespace", own),
            Entry::new("Dimensions", Term::List(given)),
        ]
    }

    /// Returns what names whose metric it is: each parameter is called as the dimension is.
    fn dimensions_of(&self, metric: MetricName) -> &'static [Parameter] {
        let (sources, there) = (
            metric.spec().sources,
            self.scenario.platform.rules().sources,
        );
        let source = sources
            .iter()
            .find(|it| there.contains(it))
            .or(sources.first());
        match source {
            Some(Source::Variant | Source::Hosts | Source::ProvisionedConcurrency) | None => {
                &[Parameter::EndpointName, Parameter::VariantName]
            }
            Some(Source::Queue) => &[Parameter::EndpointName],
            Some(Source::Component) => &[Parameter::InferenceComponentName],
            Some(Source::LoadBalancer) => &[Parameter::LoadBalancer, Parameter::TargetGroup],
            Some(Source::Ec2) => &[Parameter::AutoScalingGroupName],
        }
    }
}
