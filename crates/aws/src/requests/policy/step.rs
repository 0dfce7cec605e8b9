//! What step and simple scaling policies answer their alarm with.

use scenario::{
    document::{SimpleScaling, StepAdjustment, StepScaling},
    field::{ItemField, ItemId, Items},
};

use super::item;
use crate::{
    deployment::{Entry, Origin, Remark, Term},
    requests::Writing,
};

impl Writing<'_> {
    /// `threshold`: the alarm's.
    pub(super) fn step_scaling(
        &self,
        id: ItemId,
        steps: &StepScaling,
        threshold: Option<f64>,
    ) -> Vec<Entry> {
        let mut body = vec![Entry::text("AdjustmentType", steps.adjustment_type.name())];
        let adjustments = Entry::new("StepAdjustments", Term::List(adjustments(&steps.steps)));
        body.push(Entry {
            remark: threshold.map(|threshold| Remark::FromThreshold { threshold }),
            ..adjustments
        });
        body.extend(steps.min_adjustment_magnitude.map(|it| {
            let field = StepScaling::min_adjustment_magnitude.of(id);
            Entry::whole("MinAdjustmentMagnitude", it).with(self.remark(field, Origin::Usual))
        }));
        // A group's steps wait for instances that warm up instead.
        if self.dimension.is_some() {
            let is_usual = steps.cooldown == StepScaling::default().cooldown;
            let remark = Self::unless_usual(StepScaling::cooldown.of(id), is_usual);
            body.push(Entry::whole("Cooldown", steps.cooldown).with(remark));
        }
        let aggregation = steps.metric_aggregation_type;
        body.extend(aggregation.map(|it| Entry::text("MetricAggregationType", it.name())));
        body
    }

    pub(super) fn simple_scaling(&self, id: ItemId, simple: &SimpleScaling) -> Vec<Entry> {
        let remark = |field: ItemField| self.remark(field.of(id), Origin::Usual);
        let mut body = vec![
            Entry::text("AdjustmentType", simple.adjustment_type.name()),
            Entry::whole("ScalingAdjustment", simple.adjustment)
                .with(remark(SimpleScaling::adjustment)),
        ];
        body.extend(simple.min_adjustment_magnitude.map(|it| {
            Entry::whole("MinAdjustmentMagnitude", it)
                .with(remark(SimpleScaling::min_adjustment_magnitude))
        }));
        body.extend(
            (simple.cooldown)
                .map(|it| Entry::whole("Cooldown", it).with(remark(SimpleScaling::cooldown))),
        );
        body
    }
}

fn adjustments(steps: &Items<StepAdjustment>) -> Vec<Term> {
    let adjustment = |step: &StepAdjustment| {
        let mut body = Vec::new();
        body.extend((step.lower).map(|it| Entry::number("MetricIntervalLowerBound", it)));
        body.extend((step.upper).map(|it| Entry::number("MetricIntervalUpperBound", it)));
        body.push(Entry::whole("ScalingAdjustment", step.adjustment));
        item(body)
    };
    steps.iter().map(adjustment).collect()
}
