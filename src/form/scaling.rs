//! Card: the bounds, the policies, and what the clock changes, in AWS's own terms.

use std::rc::Rc;

use engine::plan::Metric;
use scenario::{
    compile::{Compiled, Warning, usual},
    document::{MetricName, ScalingPolicy, Scenario},
};
use words::Words;
use yew::prelude::*;

use super::{
    action, asynchronous,
    card::{Card, Fold},
    component,
    fields::{Fields, Line, at},
    group,
    layer::moves,
    predictive, serverless, step, suspended,
};
use crate::{
    apply::unused,
    outcome::Outcome,
    parts::{El, button, of},
    state::{Action, Item},
    typed::{List, slot::units},
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
    let (mut min, mut max, mut most) = (String::new(), String::new(), 0);
    if let Some(outcome) = fields.outcome() {
        most = u64::from(outcome.compiled.resolved.max);
        min = outcome.compiled.resolved.min.to_string();
        max = most.to_string();
    }
    let note = if serverless::is_on(fields) {
        serverless::bounds_note(fields, &min, most)
    } else if scenario.platform.is_component() {
        words.card_scaling_note_copies(most, &min, &max)
    } else {
        words.card_scaling_note(most, &min, &max)
    };
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
            Warning::MaxBelowPeak { .. }
                | Warning::StaysAtTwo { .. }
                | Warning::NoPolicy
                | Warning::WakesLate { .. }
                | Warning::NoCopyWakes
                | Warning::MaxBelowPeakOfCopies { .. }
                | Warning::NothingWakesGroup { .. }
        )
    };
    let add = |says: &'static str, item: fn(&Scenario, Words) -> Item| {
        button("add", AttrValue::Static(says), adds(fields, item))
    };
    let adds = of("p", "adds")
        .with(add(words.add_policy(), |scenario, _| {
            let policy = asynchronous::tracking(scenario)
                .unwrap_or_else(|| ScalingPolicy::default().on(scenario.platform));
            let policy_name = unused_name(scenario, policy.metric().name());
            Item::Policy(Box::new(ScalingPolicy {
                policy_name,
                ..policy
            }))
        }))
        .with(add(words.add_step_scaling(), |scenario, words| {
            let name = unused_name(scenario, words.policy_step_scaling());
            let policy = asynchronous::waking(scenario, &name)
                .or_else(|| component::waking(scenario, &name))
                .unwrap_or_else(|| ScalingPolicy::step(&name).on(scenario.platform));
            Item::Policy(Box::new(policy))
        }));
    let adds = if scenario.platform.is_sagemaker() {
        adds
    } else {
        with_predictive(fields, with_simple(fields, adds))
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
    let nothing = serverless::is_on(fields) && scenario.serverless.provisioned().is_none();
    if nothing {
        let card = serverless::no_scaling(fields, card.begin(fields));
        return card.with(policies).with(actions);
    }
    let card = fields
        .warnings(
            group::settings(fields, card.begin(fields).with(bounds)),
            &of_bounds,
        )
        .with(policies)
        .with(actions)
        .with(adds);
    // An Auto Scaling group has no such state; what a file says of one is shown.
    let given = &scenario.scalable_target.suspended;
    if scenario.platform.is_sagemaker() || !given.is_default() {
        card.with(of("div", "list").with(suspended::fold(fields)))
    } else {
        card
    }
}

/// With the button that adds predictive scaling.
#[inline(never)]
fn with_predictive(fields: &Fields, buttons: El) -> El {
    let on = adds(fields, |scenario, words| {
        let name = unused_name(scenario, words.policy_predictive_scaling());
        Item::Policy(Box::new(ScalingPolicy::predictive(&name)))
    });
    let says = fields.words().add_predictive_scaling();
    buttons.with(button("add", AttrValue::Static(says), on))
}

/// With the button that adds simple scaling.
#[inline(never)]
fn with_simple(fields: &Fields, buttons: El) -> El {
    let on = adds(fields, |scenario, words| {
        let name = unused_name(scenario, words.policy_simple_scaling());
        Item::Policy(Box::new(ScalingPolicy::simple(&name).on(scenario.platform)))
    });
    let says = fields.words().add_simple_scaling();
    buttons.with(button("add", AttrValue::Static(says), on))
}

/// Puts in what `item` makes, once clicked.
#[inline(always)]
fn adds(fields: &Fields, item: fn(&Scenario, Words) -> Item) -> Callback<MouseEvent> {
    let (scenario, words) = (Rc::clone(&fields.shown.now.scenario), fields.words());
    let on = fields.shown.on.clone();
    Callback::from(move |_: MouseEvent| {
        on.emit(Action::Insert(Rc::new(item(&scenario, words))));
    })
}

fn policy_fold(fields: &Fields, index: usize, id: u32, policy: &ScalingPolicy) -> El {
    let Some(config) = &policy.target_tracking else {
        return match (&policy.simple_scaling, &policy.predictive_scaling) {
            (Some(simple), _) => group::simple_fold(fields, index, id, policy, simple),
            (_, Some(predictive)) => predictive::fold(fields, index, id, policy, predictive),
            _ => step::fold(fields, index, id, policy),
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
        group::summary(fields, policy, metric.name(), &target)
    } else if config.disable_scale_in {
        words.policy_summary_no_in(metric.name(), &target, &out)
    } else {
        let scale_in = seconds(config.scale_in_cooldown);
        words.policy_summary(metric.name(), &target, &out, &scale_in)
    };
    let item = List::Policies.item(index);
    let fill = |body: El| of_tracking(fields, body, index, metric);
    let fold = Fold {
        key: &id.to_string(),
        colour: "--target",
        title: AttrValue::Static(words.policy_target_tracking()),
        note: note.into(),
        open: fields.shown.now.ids.is_added(id),
        off: false,
        paths: &[&item],
    };
    fold.around(fields, &fill)
}

/// Adds a target-tracking policy's fields.
#[inline(never)]
fn of_tracking(fields: &Fields, body: El, index: usize, metric: MetricName) -> El {
    let item = List::Policies.item(index);
    let body = step::metric_field(
        fields,
        body,
        &item,
        metric,
        group::tracked_metrics(fields.scenario()),
    );
    let body = match metric {
        MetricName::CpuUtilization | MetricName::GpuUtilization => {
            share_of_machine(fields, body, index, metric)
        }
        _ => {
            let about = match metric {
                MetricName::ServerlessProvisionedConcurrencyUtilization => {
                    Words::field_target_utilization_about
                }
                _ if metric.is_high_resolution() => Words::field_target_concurrent_about,
                MetricName::InvocationsPerCopy => Words::field_target_copies_about,
                _ if metric.is_of_queue() => Words::field_target_backlog_about,
                _ => Words::field_target_value_about,
            };
            fields.optional(
                body,
                at(&item, "TargetValue"),
                Words::field_target_value,
                about,
                formula(fields, index).into(),
            )
        }
    };
    let cooldown = at(&item, "ScaleOutCooldown");
    let body = fields.warnings(body, &|warning| {
        let field = warning.field();
        field.starts_with(&*item) && field != cooldown.as_str()
    });
    let body = body.with(use_published(fields, index));
    let body = if fields.scenario().platform.is_sagemaker() {
        let [out, rest @ ..] = OF_POLICY;
        let body = fields.leaves(body, &item, &[out]);
        let body = fields.warnings_at(body, &cooldown);
        fields.leaves(body, &item, &rest)
    } else {
        let body = group::policy_warm_up(fields, body, &item);
        let [_, _, disable_scale_in] = OF_POLICY;
        fields.leaves(body, &item, &[disable_scale_in])
    };
    fields
        .wide(body, at(&item, "PolicyName"), Words::field_policy_name)
        .with(moves(fields, List::Policies, index))
}

/// A button that has the policy look at a metric with datapoints, where its own has none.
#[inline(never)]
pub fn use_published(fields: &Fields, index: usize) -> El {
    let warnings = fields
        .outcome()
        .map(|outcome| outcome.compiled.warnings.iter());
    let right = warnings
        .into_iter()
        .flatten()
        .find_map(|warning| match warning {
            Warning::NotPublished { policy, right, .. } if *policy == index => Some(*right),
            _ => None,
        });
    let paragraph = of("p", "adds").key("use published");
    let Some(right) = right else {
        return paragraph.flag("hidden", true);
    };
    let mut scenario = Scenario::clone(fields.scenario());
    scenario.use_published(index);
    let says = fields.words().use_metric(right.name());
    let on_click = Action::Change(Rc::new(scenario)).on_click(&fields.shown.on);
    paragraph.with(button("add", says.into(), on_click))
}

/// What an empty TargetValue stands for, in words.
fn formula(fields: &Fields, index: usize) -> String {
    fields
        .outcome()
        .map(|outcome| formula_target(fields, outcome, index))
        .map(|target| fields.words().number(target, 2))
        .unwrap_or_default()
}

/// What an empty TargetValue stands for.
fn formula_target(fields: &Fields, outcome: &Outcome, policy: usize) -> f64 {
    let Compiled { plan, resolved, .. } = &outcome.compiled;
    let tracked = plan.target_tracking.iter().find(|p| p.index == policy);
    let metric = tracked.map_or(Metric::InvocationsPerInstance, |policy| policy.metric);
    let given = fields.scenario().policies.get(policy);
    let name = given.map_or(MetricName::InvocationsPerInstance, ScalingPolicy::metric);
    usual(name, &metric, resolved.formula_target)
}

/// The target as a share of the machine, and what AWS makes of it: the metric is summed over cores or GPUs.
#[inline(never)]
fn share_of_machine(fields: &Fields, body: El, index: usize, metric: MetricName) -> El {
    let words = fields.words();
    let item = List::Policies.item(index);
    let units = units(&fields.scenario().instance.instance_type, metric);
    let formula = fields
        .outcome()
        .map(|outcome| formula_target(fields, outcome, index));
    // EC2's metric is percent of the machine as it is.
    let automatic = formula.map_or(String::new(), |formula| {
        words.number(formula / f64::from(units.unwrap_or(1)), 1)
    });
    let body = fields.optional(
        body,
        at(&item, "TargetValue"),
        Words::field_target_value,
        Words::field_target_share_about,
        automatic.into(),
    );
    let policy = fields.scenario().policies.get(index);
    let typed = policy.and_then(|policy| policy.target_tracking.as_ref()?.target_value);
    match (typed.or(formula), units) {
        (Some(target), Some(units)) => {
            let share = words.number(target / f64::from(units), 2);
            let machine = match metric {
                MetricName::GpuUtilization => words.machine_gpus(&units.to_string()),
                _ => words.machine_vcpus(&units.to_string()),
            };
            let sum = words.target_sum(&share, &machine, &words.number(target, 2));
            body.with(of("p", "says").says(sum.into()))
        }
        _ => body,
    }
}

/// A name that no other policy has.
fn unused_name(scenario: &Scenario, name: &str) -> String {
    let taken = scenario.policies.iter().map(|policy| &*policy.policy_name);
    unused(name, &taken.collect::<Vec<&str>>())
}
