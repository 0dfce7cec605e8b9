//! What only an EC2 Auto Scaling group has on the form: warm-up, health checks, and simple scaling.

use scenario::{
    compile::Warning,
    document::{
        AdjustmentType, AutoScalingGroup, HealthCheckType, MetricAlarm, ScalingPolicy,
        SimpleScaling, WarmPool,
    },
    field::{ItemId, List},
};
use yew::prelude::*;

use super::{FormProps, fields::RowOptions, item::ItemFold, step};

/// Returns the group's own settings, where there is a group.
pub fn settings(form: &FormProps) -> Html {
    if !form.rules().scales.is_of_ec2() {
        return Html::default();
    }
    let group = &form.scenario().auto_scaling_group;
    let forecasts = (form.scenario().policies.iter()).any(|it| it.predictive_scaling.is_some());
    html! {
        <>
            <div class="pair">
                { form.automatic(AutoScalingGroup::default_instance_warmup, group.default_cooldown.to_string()) }
                { form.row(AutoScalingGroup::default_cooldown) }
            </div>
            // What is known before the run, where somebody forecasts.
            if forecasts {
                { form.wide(AutoScalingGroup::history) }
            }
            { warm_pool(form) }
            { health_checks(form) }
        </>
    }
}

/// Returns the choice of a warm pool, and its fields where there is one.
fn warm_pool(form: &FormProps) -> Html {
    let mut choices = vec![("", form.words.field_none())];
    choices.extend(form.choices(WarmPool::pool_state, ["Stopped", "Hibernated", "Running"]));
    let states = RowOptions {
        choices: Some(choices),
        wide: true,
        ..RowOptions::default()
    };
    let max = form
        .outcome()
        .map(|outcome| outcome.compiled.resolved.max.to_string());
    html! {
        <>
            { form.row_with(WarmPool::pool_state, states) }
            if form.scenario().auto_scaling_group.warm_pool.is_some() {
                <div class="pair">
                    { form.automatic(WarmPool::max_group_prepared_capacity, max.unwrap_or_default()) }
                    { form.rows([WarmPool::min_size, AutoScalingGroup::warm_pool_launch_s]) }
                </div>
            }
        </>
    }
}

/// Returns which health checks replace instances, and what only the load balancer's are told.
fn health_checks(form: &FormProps) -> Html {
    let scenario = form.scenario();
    let looks_at_balancer =
        scenario.auto_scaling_group.health_check_type != HealthCheckType::default();
    html! {
        <>
            { form.wide(AutoScalingGroup::health_check_type) }
            if looks_at_balancer {
                <div class="pair">
                    { form.rows([AutoScalingGroup::health_check_grace_period, AutoScalingGroup::boot_s]) }
                </div>
            }
            // The load balancer stops sending requests to what fails, whoever replaces it.
            if looks_at_balancer || !scenario.failures.is_empty() {
                <div class="pair">
                    { form.rows([AutoScalingGroup::health_check_interval, AutoScalingGroup::unhealthy_threshold]) }
                </div>
            }
            { form.warnings(|warning| matches!(warning, Warning::StartsTooLong { .. })) }
        </>
    }
}

/// Returns the warm-up of what a policy launches.
pub fn policy_warm_up(form: &FormProps, id: ItemId) -> Html {
    let warm_up_s = form.scenario().auto_scaling_group.warm_up_s();
    form.automatic(
        ScalingPolicy::estimated_instance_warmup.of(id),
        warm_up_s.to_string(),
    )
}

/// Returns a target-tracking policy's note: its metric, its target, its warm-up.
pub fn summary(form: &FormProps, policy: &ScalingPolicy, metric: &str, target: &str) -> String {
    let group = &form.scenario().auto_scaling_group;
    let seconds = (policy.estimated_instance_warmup).unwrap_or_else(|| group.warm_up_s());
    let words = form.words;
    words.policy_summary_group(metric, target, &words.duration_short(f64::from(seconds)))
}

/// Returns a simple scaling policy, folded.
pub fn simple_fold(
    form: &FormProps,
    index: usize,
    id: ItemId,
    policy: &ScalingPolicy,
    simple: &SimpleScaling,
) -> Html {
    let words = form.words;
    let alarm = policy.alarm.as_ref();
    let threshold = alarm.map_or(0.0, |alarm| step::threshold(form.outcome(), index, alarm));
    let change = words.adjustment(simple.adjustment, simple.adjustment_type);
    let note = step::note(words, alarm, threshold, &change);
    let item = ItemFold {
        list: List::Policies,
        id,
        colour: "--cap",
        title: words.policy_simple_scaling().into(),
        note,
    };
    let fields = match alarm {
        Some(alarm) => inside(form, id, simple, alarm, threshold),
        None => step::without_alarm(form, id),
    };
    item.around(form, false, fields)
}

fn inside(
    form: &FormProps,
    id: ItemId,
    simple: &SimpleScaling,
    alarm: &MetricAlarm,
    threshold: f64,
) -> Html {
    let words = form.words;
    let adjustment = SimpleScaling::adjustment.of(id);
    let adjusts = RowOptions {
        label: Some(step::adjustment_label(words, simple.adjustment_type)),
        ..RowOptions::default()
    };
    let cooldown_s = form.scenario().auto_scaling_group.default_cooldown;
    let cooldown = RowOptions {
        about: Some(words.field_simple_cooldown_about()),
        automatic: Some(cooldown_s.to_string().into()),
        ..RowOptions::default()
    };
    let is_percent = simple.adjustment_type == AdjustmentType::PercentChangeInCapacity;
    html! {
        <>
            { step::alarm_fields(form, id, alarm, threshold) }
            { form.warnings_of(|field| field == MetricAlarm::threshold.of(id)) }
            { form.wide(SimpleScaling::adjustment_type.of(id)) }
            { form.row_with(adjustment, adjusts) }
            { form.warnings_of(|field| field == adjustment) }
            if is_percent || simple.min_adjustment_magnitude.is_some() {
                { form.automatic(SimpleScaling::min_adjustment_magnitude.of(id), "1") }
            }
            { form.row_with(SimpleScaling::cooldown.of(id), cooldown) }
            { form.wide(ScalingPolicy::policy_name.of(id)) }
        </>
    }
}
