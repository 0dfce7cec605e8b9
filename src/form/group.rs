//! What only an EC2 Auto Scaling group has on the form: warm-up, health checks, and simple scaling.

use scenario::{
    compile::Warning,
    document::{AdjustmentType, HealthCheckType, MetricAlarm, ScalingPolicy, SimpleScaling},
};
use words::Words;
use yew::prelude::*;

use super::{
    card::Fold,
    fields::{Fields, Line, More, Say, at},
    layer::moves,
    step,
};
use crate::typed::List;

const GRACE: [Line; 2] = [
    (
        "auto_scaling_group.HealthCheckGracePeriod",
        Words::field_grace,
        Words::field_grace_about,
    ),
    (
        "auto_scaling_group.boot_s",
        Words::field_boot_s,
        Words::field_boot_s_about,
    ),
];

const BALANCER: [Line; 2] = [
    (
        "auto_scaling_group.HealthCheckIntervalSeconds",
        Words::field_check_interval,
        Words::field_check_interval_about,
    ),
    (
        "auto_scaling_group.UnhealthyThresholdCount",
        Words::field_unhealthy_threshold,
        Words::field_unhealthy_threshold_about,
    ),
];

/// Returns the group's own settings, where there is a group.
pub fn settings(fields: &Fields) -> Html {
    if !fields.rules().scales.is_of_ec2() {
        return Html::default();
    }
    let cooldown = fields.scenario().auto_scaling_group.default_cooldown;
    let warm_up = fields.optional(
        AttrValue::Static("auto_scaling_group.DefaultInstanceWarmup"),
        Words::field_default_warm_up,
        Words::field_default_warm_up_about,
        cooldown.to_string().into(),
    );
    let cooldown: Line = (
        "auto_scaling_group.DefaultCooldown",
        Words::field_default_cooldown,
        Words::field_default_cooldown_about,
    );
    html! {
        <>
            <div class="pair">{ warm_up }{ fields.lines(&[cooldown]) }</div>
            { history(fields) }
            { warm_pool(fields) }
            { health_checks(fields) }
        </>
    }
}

/// The choice of a warm pool, and its fields where there is one.
fn warm_pool(fields: &Fields) -> Html {
    let words = fields.words();
    let states = More {
        about: Words::field_warm_pool_about,
        choices: vec![
            ("", words.field_none()),
            ("Stopped", "Stopped"),
            ("Hibernated", "Hibernated"),
            ("Running", "Running"),
        ],
        wide: true,
        ..More::default()
    };
    let max = (fields.outcome()).map(|outcome| outcome.compiled.resolved.max.to_string());
    let prepared = fields.optional(
        AttrValue::Static("auto_scaling_group.WarmPool.MaxGroupPreparedCapacity"),
        Words::field_prepared,
        Words::field_prepared_about,
        max.unwrap_or_default().into(),
    );
    let lines: [Line; 2] = [
        (
            "auto_scaling_group.WarmPool.MinSize",
            Words::field_pool_min,
            Words::field_pool_min_about,
        ),
        (
            "auto_scaling_group.warm_pool_launch_s",
            Words::field_pool_launch_s,
            Words::field_pool_launch_s_about,
        ),
    ];
    let path = AttrValue::Static("auto_scaling_group.WarmPool.PoolState");
    html! {
        <>
            { fields.field(path, Words::field_warm_pool, states) }
            if fields.scenario().auto_scaling_group.warm_pool.is_some() {
                <div class="pair">{ prepared }{ fields.lines(&lines) }</div>
            }
        </>
    }
}

/// Which health checks replace instances, and what only the load balancer's are told.
fn health_checks(fields: &Fields) -> Html {
    let words = fields.words();
    let types = More {
        about: Words::field_health_check_about,
        choices: vec![
            ("EC2", words.health_check_ec2()),
            ("ELB", words.health_check_elb()),
        ],
        wide: true,
        ..More::default()
    };
    let path = AttrValue::Static("auto_scaling_group.HealthCheckType");
    let scenario = fields.scenario();
    let looks_at_balancer =
        scenario.auto_scaling_group.health_check_type != HealthCheckType::default();
    html! {
        <>
            { fields.field(path, Words::field_health_check, types) }
            if looks_at_balancer {
                <div class="pair">{ fields.lines(&GRACE) }</div>
            }
            // The load balancer stops sending requests to what fails, whoever replaces it.
            if looks_at_balancer || !scenario.failures.is_empty() {
                <div class="pair">{ fields.lines(&BALANCER) }</div>
            }
            { fields.warnings(|warning| matches!(warning, Warning::StartsTooLong { .. })) }
        </>
    }
}

/// What is known before the run, where somebody forecasts.
fn history(fields: &Fields) -> Html {
    let policies = &fields.scenario().policies;
    if !policies.iter().any(|p| p.predictive_scaling.is_some()) {
        return Html::default();
    }
    let words = fields.words();
    let choices = More {
        about: Words::field_history_about,
        choices: vec![
            ("repeats", words.history_repeats()),
            ("none", words.history_none()),
        ],
        wide: true,
        ..More::default()
    };
    let path = AttrValue::Static("auto_scaling_group.history");
    fields.field(path, Words::field_history, choices)
}

/// The warm-up of what a policy launches.
pub fn policy_warm_up(fields: &Fields, item: &str) -> Html {
    let warm_up_s = fields.scenario().auto_scaling_group.warm_up_s();
    fields.optional(
        at(item, "EstimatedInstanceWarmup"),
        Words::field_warm_up,
        Words::field_warm_up_about,
        warm_up_s.to_string().into(),
    )
}

/// A target-tracking policy's note: its metric, its target, its warm-up.
pub fn summary(fields: &Fields, policy: &ScalingPolicy, metric: &str, target: &str) -> String {
    let group = &fields.scenario().auto_scaling_group;
    let seconds = (policy.estimated_instance_warmup).unwrap_or_else(|| group.warm_up_s());
    let words = fields.words();
    words.policy_summary_group(metric, target, &words.duration_short(f64::from(seconds)))
}

/// A simple scaling policy, folded.
pub fn simple_fold(
    fields: &Fields,
    index: usize,
    id: u32,
    policy: &ScalingPolicy,
    simple: &SimpleScaling,
) -> Html {
    let words = fields.words();
    let item = List::Policies.item(index);
    let alarm = policy.alarm.as_ref();
    let threshold = alarm.map_or(0.0, |alarm| step::threshold(fields.outcome(), index, alarm));
    let change = words.adjustment(simple.adjustment, simple.adjustment_type);
    let alarm_said = alarm.map_or_else(
        || words.no_alarm().to_owned(),
        |alarm| step::said(words, alarm, threshold),
    );
    let note = [&alarm_said, " · ", &change].concat();
    html! {
        <Fold key={id} {words} colour="--cap" title={words.policy_simple_scaling()} {note} open={fields.is_added(id)}
            problems={fields.problems(&[&item])} warnings={fields.odd(&item)}>
            if let Some(alarm) = alarm {
                { inside(fields, index, simple, alarm, threshold) }
            } else {
                { step::without_alarm(fields, index) }
            }
        </Fold>
    }
}

fn inside(
    fields: &Fields,
    index: usize,
    simple: &SimpleScaling,
    alarm: &MetricAlarm,
    threshold: f64,
) -> Html {
    let item = List::Policies.item(index);
    let adjustment: Line = (
        "ScalingAdjustment",
        step::adjustment_label(simple.adjustment_type),
        Words::field_simple_adjustment_about,
    );
    let is_percent = simple.adjustment_type == AdjustmentType::PercentChangeInCapacity;
    let given = simple.min_adjustment_magnitude.is_some();
    let cooldown = fields.scenario().auto_scaling_group.default_cooldown;
    let cooldown = fields.optional(
        at(&item, "Cooldown"),
        Words::field_cooldown as Say,
        Words::field_simple_cooldown_about,
        cooldown.to_string().into(),
    );
    html! {
        <>
            { step::alarm_fields(fields, &item, alarm, threshold) }
            { fields.warnings_at(&at(&item, "Threshold")) }
            { step::adjustment_type_field(fields, &item) }
            { fields.leaves(&item, &[adjustment]) }
            { fields.warnings_at(&at(&item, "ScalingAdjustment")) }
            { step::magnitude_field(fields, &item, is_percent || given) }
            { cooldown }
            { fields.wide(at(&item, "PolicyName"), Words::field_policy_name) }
            { moves(fields, List::Policies, index) }
        </>
    }
}
