//! A target tracking policy's configuration.

use scenario::{
    document::{PredefinedMetricType, TargetTracking},
    field::ItemId,
};

use super::predefined;
use crate::{deployment::Entry, requests::Writing};

impl Writing<'_> {
    pub(super) fn target_tracking(&self, id: ItemId, tracking: &TargetTracking) -> Vec<Entry> {
        let mut body = Vec::new();
        body.extend(tracking.target_value.map(|it| {
            let field = TargetTracking::target_value.of(id);
            Entry::number("TargetValue", it).with(self.aim(field, tracking.metric_name(), it))
        }));
        match &tracking.customized_metric {
            None => {
                let kind = tracking.metric.metric_type;
                let label = (kind == PredefinedMetricType::AlbRequestCountPerTarget)
                    .then_some(tracking.metric.resource_label.as_deref());
                let metric = predefined(kind.name(), label);
                body.push(Entry::object("PredefinedMetricSpecification", metric));
            }
            Some(customized) => {
                let metric = customized.metric_name;
                let statistic = customized.statistic.unwrap_or_else(|| metric.statistic());
                let namespace = customized.namespace.as_deref();
                let mut specification = self.metric(metric, namespace, &customized.dimensions);
                specification.push(Entry::text("Statistic", statistic.name()));
                let unit = customized.unit.as_deref();
                specification.extend(unit.map(|unit| Entry::text("Unit", unit)));
                body.push(Entry::object(
                    "CustomizedMetricSpecification",
                    specification,
                ));
            }
        }
        // A group's policies wait for instances that warm up instead.
        if self.dimension.is_some() {
            let usual = TargetTracking::default();
            for (name, field, seconds, usual) in [
                (
                    "ScaleOutCooldown",
                    TargetTracking::scale_out_cooldown,
                    tracking.scale_out_cooldown,
                    usual.scale_out_cooldown,
                ),
                (
                    "ScaleInCooldown",
                    TargetTracking::scale_in_cooldown,
                    tracking.scale_in_cooldown,
                    usual.scale_in_cooldown,
                ),
            ] {
                let remark = Self::unless_usual(field.of(id), seconds == usual);
                body.push(Entry::whole(name, seconds).with(remark));
            }
        }
        body.push(Entry::switch("DisableScaleIn", tracking.disable_scale_in));
        body
    }
}
