//! Card: the bounds, the policies, and what the clock changes, in AWS's own terms.

use std::rc::Rc;

use engine::plan::Metric;
use scenario::{
    compile::{Compiled, Warning},
    document::{MetricName, ScalingPolicy, Scenario},
};
use words::Words;
use yew::prelude::*;

use super::{
    action,
    card::{Card, Fold},
    fields::{Fields, Line, More, at},
    group,
    layer::moves,
    step,
};
use crate::{
    apply::unused,
    outcome::Outcome,
    parts::{El, button, of},
    state::{Action, Item},
    typed::List,
};

const OF_POLICY: [Line; 3] = [
    (
        "ScaleOutCooldown",
        Words::field_scale_out_cooldown,
        Words::field_scale_out_cooldown_about,
    ),
    (
        "ScaleInCooldown",
        Words::field_scale_in_cooldown,
        Words::field_scale_in_cooldown_about,
    ),
    (
        "DisableScaleIn",
        Words::field_disable_scale_in,
        Words::field_disable_scale_in_about,
    ),
];

/// The card.
#[inline(never)]
pub fn card(fields: &Fields) -> El {
    let words = fields.words();
    let scenario = fields.scenario();
    let (mut min, mut max) = (String::new(), String::new());
    if let Some(outcome) = fields.outcome() {
        min = outcome.compiled.resolved.min.to_string();
        max = outcome.compiled.resolved.max.to_string();
    }
    let note = words.card_scaling_note(&min, &max);
    let ids = &fields.shown.now.ids;
    let mut policies = of("div", "list");
    for (index, id) in ids.of(List::Policies).iter().enumerate() {
        if let Some(policy) = scenario.policies.get(index) {
            policies = policies.with(policy_fold(fields, index, *id, policy));
        }
    }
    let mut actions = of("div", "list");
    for (index, id) in ids.of(List::Actions).iter().enumerate() {
        if let Some(action) = scenario.scheduled_actions.get(index) {
            actions = actions.with(action::fold(fields, index, *id, action));
        }
    }
    let bounds = fields.optional(
        of("div", "pair"),
        AttrValue::Static("scalable_target.MinCapacity"),
        Words::field_min_capacity,
        Words::field_min_capacity_about,
        min.into(),
    );
    let bounds = fields.optional(
        bounds,
        AttrValue::Static("scalable_target.MaxCapacity"),
        Words::field_max_capacity,
        Words::field_max_capacity_about,
        max.into(),
    );
    let of_bounds = |warning: &Warning| {
        matches!(
            warning,
            Warning::MaxBelowPeak { .. } | Warning::StaysAtTwo { .. } | Warning::NoPolicy
        )
    };
    let add = |says: &'static str, item: fn(&Scenario, Words) -> Item| {
        button("add", AttrValue::Static(says), adds(fields, item))
    };
    let simple = (!scenario.platform.is_sagemaker()).then(|| {
        add(words.add_simple_scaling(), |scenario, words| {
            let name = unused_name(scenario, words.policy_simple_scaling());
            Item::Policy(Box::new(ScalingPolicy::simple(&name).on(scenario.platform)))
        })
    });
    let adds = of("p", "adds")
        .with(add(words.add_policy(), |scenario, _| {
            let policy = ScalingPolicy::default().on(scenario.platform);
            let policy_name = unused_name(scenario, words::metric_name(policy.metric()));
            Item::Policy(Box::new(ScalingPolicy {
                policy_name,
                ..policy
            }))
        }))
        .with(add(words.add_step_scaling(), |scenario, words| {
            let name = unused_name(scenario, words.policy_step_scaling());
            Item::Policy(Box::new(ScalingPolicy::step(&name).on(scenario.platform)))
        }));
    let adds = match simple {
        Some(simple) => adds.with(simple),
        None => adds,
    };
    let adds = adds.with(add(words.add_schedule(), |scenario, words| {
        Item::Action(action::new(scenario, words))
    }));
    let card = Card {
        title: words.card_scaling(),
        note: note.into(),
        open: true,
        paths: &[
            "scalable_target",
            "auto_scaling_group",
            "policies",
            "scheduled_actions",
        ],
    };
    fields
        .warnings(
            group::settings(fields, card.begin(fields).with(bounds)),
            &of_bounds,
        )
        .with(policies)
        .with(actions)
        .with(adds)
}

/// Puts in what `item` makes, once clicked.
fn adds(fields: &Fields, item: fn(&Scenario, Words) -> Item) -> Callback<MouseEvent> {
    let (scenario, words) = (Rc::clone(&fields.shown.now.scenario), fields.words());
    let on = fields.shown.on.clone();
    Callback::from(move |_: MouseEvent| on.emit(Action::Insert(item(&scenario, words))))
}

fn policy_fold(fields: &Fields, index: usize, id: u32, policy: &ScalingPolicy) -> El {
    let Some(config) = &policy.target_tracking else {
        return match &policy.simple_scaling {
            Some(simple) => group::simple_fold(fields, index, id, policy, simple),
            None => step::fold(fields, index, id, policy),
        };
    };
    let words = fields.words();
    let formula = formula(fields, index);
    let metric = policy.metric();
    let target = config
        .target_value
        .map_or_else(|| formula.clone(), |target| words.number(target, 2));
    let seconds = |s: u32| words.duration_short(f64::from(s));
    let out = seconds(config.scale_out_cooldown);
    let is_group = !fields.scenario().platform.is_sagemaker();
    let note = if is_group {
        group::summary(fields, policy, words::metric_name(metric), &target)
    } else if config.disable_scale_in {
        words.policy_summary_no_in(words::metric_name(metric), &target, &out)
    } else {
        let scale_in = seconds(config.scale_in_cooldown);
        words.policy_summary(words::metric_name(metric), &target, &out, &scale_in)
    };
    let item = List::Policies.item(index);
    let fill = |body: El| of_tracking(fields, body, index, metric);
    let fold = Fold {
        key: &id.to_string(),
        colour: "--target",
        title: AttrValue::Static(words.policy_target_tracking()),
        note: note.into(),
        open: false,
        off: false,
        paths: &[&item],
    };
    fold.around(fields, &fill)
}

/// Adds a target-tracking policy's fields.
#[inline(never)]
fn of_tracking(fields: &Fields, body: El, index: usize, metric: MetricName) -> El {
    let item = List::Policies.item(index);
    let of_target = |warning: &Warning| matches!(warning, Warning::TargetSlip { policy, .. } | Warning::TargetDiffers { policy, .. } | Warning::UtilizationOfCores { policy, .. } if *policy == index);
    let formula = formula(fields, index);
    let body = metric_field(fields, body, &item, metric);
    let body = fields.optional(
        body,
        at(&item, "TargetValue"),
        Words::field_target_value,
        Words::field_target_value_about,
        formula.into(),
    );
    let body = fields.warnings(body, &of_target);
    let body = if fields.scenario().platform.is_sagemaker() {
        fields.leaves(body, &item, &OF_POLICY)
    } else {
        let body = group::policy_warm_up(fields, body, &item);
        let [_, _, disable_scale_in] = OF_POLICY;
        fields.leaves(body, &item, &[disable_scale_in])
    };
    fields
        .wide(body, at(&item, "PolicyName"), Words::field_policy_name)
        .with(moves(fields, List::Policies, index))
}

/// What an empty TargetValue stands for, in words.
fn formula(fields: &Fields, index: usize) -> String {
    fields
        .outcome()
        .map(|outcome| formula_target(outcome, index))
        .map(|target| fields.words().number(target, 2))
        .unwrap_or_default()
}

/// What an empty TargetValue stands for.
fn formula_target(outcome: &Outcome, policy: usize) -> f64 {
    let Compiled { plan, resolved, .. } = &outcome.compiled;
    let tracked = plan.target_tracking.iter().find(|p| p.index == policy);
    let metric = tracked.map_or(Metric::InvocationsPerInstance, |policy| policy.metric);
    metric.of_requests(resolved.formula_target)
}

/// The choice of a metric, and what turns load into it.
#[inline(never)]
fn metric_field(fields: &Fields, body: El, item: &str, metric: MetricName) -> El {
    let names = group::tracked_metrics(fields.scenario());
    let more = More {
        about: Words::field_metric_about,
        choices: names.iter().map(|name| (*name, *name)).collect(),
        wide: true,
        ..More::default()
    };
    let body = fields.field(body, at(item, "MetricName"), Words::field_metric, more);
    step::cost_field(fields, body, metric)
}

/// A name that no other policy has.
fn unused_name(scenario: &Scenario, name: &str) -> String {
    let taken = scenario.policies.iter().map(|policy| &*policy.policy_name);
    unused(name, &taken.collect::<Vec<&str>>())
}
