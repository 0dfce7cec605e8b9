//! A predictive scaling policy's configuration.

use scenario::{
    document::{PredictiveMetricSpecification, PredictivePairType, PredictiveScaling},
    field::ItemId,
};

use super::{item, predefined};
use crate::{
    deployment::{Entry, Origin, Term},
    requests::Writing,
};

impl Writing<'_> {
    pub(super) fn predictive(&self, id: ItemId, predictive: &PredictiveScaling) -> Vec<Entry> {
        let metric = |metric: &PredictiveMetricSpecification| {
            let mut specification = Vec::new();
            specification.extend(metric.target_value.map(|it| {
                let field = PredictiveMetricSpecification::target_value.of(id);
                Entry::number("TargetValue", it).with(self.aim(field, predictive.metric_name(), it))
            }));
            specification.extend(metric.pair.as_ref().map(|pair| {
                let label = (pair.metric_type == PredictivePairType::AlbRequestCount)
                    .then_some(pair.resource_label.as_deref());
                let pair = predefined(pair.metric_type.name(), label);
                Entry::object("PredefinedMetricPairSpecification", pair)
            }));
            item(specification)
        };
        let metrics = predictive.metrics.iter().map(metric).collect();
        let usual = PredictiveScaling::default().scheduling_buffer_time;
        let buffer_time = Self::unless_usual(
            PredictiveScaling::scheduling_buffer_time.of(id),
            predictive.scheduling_buffer_time == usual,
        );
        let breach = predictive.max_capacity_breach_behavior.name();
        let mut body = vec![
            Entry::new("MetricSpecifications", Term::List(metrics)),
            Entry::text("Mode", predictive.mode.name()),
            Entry::whole("SchedulingBufferTime", predictive.scheduling_buffer_time)
                .with(buffer_time),
            Entry::text("MaxCapacityBreachBehavior", breach),
        ];
        body.extend(predictive.max_capacity_buffer.map(|it| {
            let field = PredictiveScaling::max_capacity_buffer.of(id);
            Entry::whole("MaxCapacityBuffer", it).with(self.remark(field, Origin::Usual))
        }));
        body
    }
}
