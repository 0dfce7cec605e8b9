//! A scenario with everything filled in that its scaling leaves open, as it is deployed: targets by the load test's formula,
//! bounds by sizing, schedules in the words of the service that they go to.

use scenario::{
    compile::Compiled,
    document::{ScalingPolicy, Scenario, ScheduledAction},
    field::Items,
};

use crate::{deployment::Remark, schedules};

/// Returns the scenario as it is deployed, and what of it no request can say. `compiled` is of this scenario.
#[must_use]
pub fn resolved(scenario: &Scenario, compiled: &Compiled) -> (Scenario, Vec<Remark>) {
    let mut whole = scenario.clone();
    let mut left_out = Vec::new();
    let target = &mut whole.scalable_target;
    target.min_capacity = Some(compiled.resolved.min);
    target.max_capacity = Some(compiled.resolved.max);
    let plan = &compiled.plan;
    let predicts = plan
        .resource
        .predictive()
        .into_iter()
        .flat_map(|it| &it.policies);
    for (index, policy) in whole.policies.iter_mut().enumerate() {
        without_empty_magnitude(policy);
        if let Some(tracking) = &mut policy.target_tracking
            && let Some(tracked) = plan.target_tracking.iter().find(|it| it.index == index)
        {
            tracking.target_value = Some(tracked.target);
        }
        if let Some(tracking) = &mut policy.target_tracking
            && let Some(customized) = &mut tracking.customized_metric
        {
            let metric = customized.metric_name;
            customized
                .statistic
                .get_or_insert_with(|| metric.statistic());
            let namespace = &mut customized.namespace;
            namespace.get_or_insert_with(|| metric.namespace(scenario.platform).to_owned());
        }
        if let Some(alarm) = &mut policy.alarm
            && let Some(step) = plan.step_scaling.iter().find(|it| it.index == index)
        {
            alarm.threshold = Some(step.alarm.threshold);
            let metric = alarm.metric_name;
            alarm.statistic.get_or_insert_with(|| metric.statistic());
            let namespace = &mut alarm.namespace;
            namespace.get_or_insert_with(|| metric.namespace(scenario.platform).to_owned());
        }
        if let Some(predictive) = &mut policy.predictive_scaling
            && let Some(planned) = predicts.clone().find(|it| it.index == index)
            && let Some(metric) = predictive.metrics.first_mut()
        {
            metric.target_value = Some(planned.target);
        }
    }
    let is_group = scenario.platform.rules().scales.is_of_ec2();
    let mut actions = Items::default();
    for (id, action) in scenario.scheduled_actions.numbered() {
        let said = match is_group {
            true => schedules::for_group(action),
            false => schedules::for_target(action),
        };
        match said {
            Some(action) => {
                actions.push(action);
            }
            None => left_out.push(Remark::CannotSay {
                field: ScheduledAction::schedule.of(id),
            }),
        }
    }
    whole.scheduled_actions = actions;
    (whole, left_out)
}

/// A MinAdjustmentMagnitude of 0 does nothing, and Terraform's provider refuses it: no request says it.
fn without_empty_magnitude(policy: &mut ScalingPolicy) {
    let steps = policy.step_scaling.iter_mut();
    let simple = policy.simple_scaling.iter_mut();
    let magnitudes = (steps.map(|it| &mut it.min_adjustment_magnitude))
        .chain(simple.map(|it| &mut it.min_adjustment_magnitude));
    for magnitude in magnitudes.filter(|it| **it == Some(0)) {
        *magnitude = None;
    }
}
