//! Card: the bounds, the policies, and what the clock changes, in AWS's own terms.

use std::rc::Rc;

use scenario::{
    compile::Warning,
    document::{ScalableTarget, ScalingPolicy, Scenario, ScheduledAction},
};
use words::Words;
use yew::prelude::*;

use super::{
    card::{Card, Fold},
    fields::{Fields, More},
    layer::{at, moves},
};
use crate::{
    apply::unused,
    parts::{button, of},
    state::{Action, Item},
    typed::{
        List,
        slot::{at_schedule, moment},
    },
};

/// The card.
#[inline(never)]
pub fn card(fields: &Fields) -> Html {
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
            actions = actions.with(action_fold(fields, index, *id, action));
        }
    }
    let bounds = of("div", "pair")
        .with(fields.optional(
            AttrValue::Static("scalable_target.MinCapacity"),
            words.field_min_capacity(),
            words.field_min_capacity_about(),
            min.into(),
        ))
        .with(fields.optional(
            AttrValue::Static("scalable_target.MaxCapacity"),
            words.field_max_capacity(),
            words.field_max_capacity_about(),
            max.into(),
        ));
    let of_bounds = |warning: &Warning| {
        matches!(
            warning,
            Warning::MaxBelowPeak { .. } | Warning::StaysAtTwo { .. } | Warning::NoPolicy
        )
    };
    let add = |says: &'static str, item: fn(&Scenario, Words) -> Item| {
        button("add", AttrValue::Static(says), adds(fields, item)).html()
    };
    let adds = of("p", "adds")
        .with(add(words.add_policy(), |scenario, _| {
            Item::Policy(new_policy(scenario))
        }))
        .with(add(words.add_schedule(), |scenario, words| {
            Item::Action(new_action(scenario, words))
        }));
    let body = vec![
        bounds.html(),
        fields.warnings(&of_bounds),
        policies.html(),
        actions.html(),
        adds.html(),
    ];
    let card = Card {
        title: words.card_scaling(),
        note: note.into(),
        open: true,
        paths: &["scalable_target", "policies", "scheduled_actions"],
    };
    card.around(fields, body)
}

/// Puts in what `item` makes, once clicked.
fn adds(fields: &Fields, item: fn(&Scenario, Words) -> Item) -> Callback<MouseEvent> {
    let (scenario, words) = (Rc::clone(&fields.shown.now.scenario), fields.words());
    let on = fields.shown.on.clone();
    Callback::from(move |_: MouseEvent| on.emit(Action::Insert(item(&scenario, words))))
}

fn policy_fold(fields: &Fields, index: usize, id: u32, policy: &ScalingPolicy) -> Html {
    let words = fields.words();
    let config = &policy.target_tracking;
    let formula = fields
        .outcome()
        .map(|outcome| words.number(outcome.compiled.resolved.formula_target, 2))
        .unwrap_or_default();
    let target = config
        .target_value
        .map_or_else(|| formula.clone(), |target| words.number(target, 2));
    let seconds = |s: u32| words.duration_short(f64::from(s));
    let out = seconds(config.scale_out_cooldown);
    let note = if config.disable_scale_in {
        words.policy_summary_no_in(&target, &out)
    } else {
        words.policy_summary(&target, &out, &seconds(config.scale_in_cooldown))
    };
    let item = List::Policies.item(index);
    let of_target = |warning: &Warning| matches!(warning, Warning::TargetSlip { policy, .. } | Warning::TargetDiffers { policy, .. } if *policy == index);
    let body = vec![
        fields.optional(
            at(&item, "TargetValue"),
            words.field_target_value(),
            words.field_target_value_about(),
            formula.into(),
        ),
        fields.warnings(&of_target),
        fields.plain(
            at(&item, "ScaleOutCooldown"),
            words.field_scale_out_cooldown(),
            words.field_scale_out_cooldown_about(),
        ),
        fields.plain(
            at(&item, "ScaleInCooldown"),
            words.field_scale_in_cooldown(),
            words.field_scale_in_cooldown_about(),
        ),
        fields.plain(
            at(&item, "DisableScaleIn"),
            words.field_disable_scale_in(),
            words.field_disable_scale_in_about(),
        ),
        fields.wide(at(&item, "PolicyName"), words.field_policy_name()),
        moves(fields, List::Policies, index),
    ];
    let fold = Fold {
        key: &id.to_string(),
        colour: "--target",
        title: AttrValue::Static(words.policy_target_tracking()),
        note: note.into(),
        open: false,
        off: false,
        paths: &[&item],
    };
    fold.around(fields, body)
}

#[inline(never)]
fn action_fold(fields: &Fields, index: usize, id: u32, action: &ScheduledAction) -> Html {
    let words = fields.words();
    let item = List::Actions.item(index);
    let ScalableTarget {
        min_capacity,
        max_capacity,
    } = &action.action;
    let title = match (min_capacity, max_capacity) {
        (Some(min), Some(max)) => words.schedule_both(&min.to_string(), &max.to_string()),
        (Some(min), None) => words.schedule_min(&min.to_string()),
        (None, Some(max)) => words.schedule_max(&max.to_string()),
        (None, None) => words.schedule_title().to_owned(),
    };
    let when = moment(&action.schedule)
        .map_or_else(|| action.schedule.clone(), |moment| words.date_time(moment));
    let zone = action.time_zone.as_deref().unwrap_or("UTC");
    let unchanged = || AttrValue::Static(words.field_unchanged());
    let of_zone = More {
        automatic: Some(AttrValue::Static("UTC")),
        suggestions: Some("time-zones"),
        wide: true,
        ..More::default()
    };
    let outside = |warning: &Warning| matches!(warning, Warning::ActionOutsideRun { action } if *action == index);
    let body = vec![
        fields.warnings(&outside),
        fields.plain(
            at(&item, "Schedule"),
            words.field_schedule_at(),
            words.field_schedule_about(),
        ),
        fields.field(at(&item, "Timezone"), words.field_time_zone(), of_zone),
        fields.optional(
            at(&item, "MinCapacity"),
            words.field_min_capacity(),
            "",
            unchanged(),
        ),
        fields.optional(
            at(&item, "MaxCapacity"),
            words.field_max_capacity(),
            "",
            unchanged(),
        ),
        fields.wide(
            at(&item, "ScheduledActionName"),
            words.field_schedule_name(),
        ),
        moves(fields, List::Actions, index),
    ];
    let fold = Fold {
        key: &id.to_string(),
        colour: "--good",
        title: title.into(),
        note: [&*when, " ", zone].concat().into(),
        open: false,
        off: false,
        paths: &[&item],
    };
    fold.around(fields, body)
}

/// A policy to begin with, under a name of its own.
fn new_policy(scenario: &Scenario) -> ScalingPolicy {
    let fresh = ScalingPolicy::default();
    let taken: Vec<&str> = scenario
        .policies
        .iter()
        .map(|policy| &*policy.policy_name)
        .collect();
    ScalingPolicy {
        policy_name: unused(&fresh.policy_name, &taken),
        ..fresh
    }
}

/// An action to begin with: in the zone of demand, on its first day at 18:00, two instances at least.
fn new_action(scenario: &Scenario, words: Words) -> ScheduledAction {
    let taken: Vec<&str> = scenario
        .scheduled_actions
        .iter()
        .map(|action| &*action.name)
        .collect();
    let at = scenario::time::LocalTime::new(18, 0, 0).unwrap_or_default();
    ScheduledAction {
        name: unused(words.schedule_title(), &taken),
        schedule: at_schedule(scenario.start.at(at)),
        time_zone: Some(scenario.time_zone.clone()),
        action: ScalableTarget {
            min_capacity: Some(2),
            max_capacity: None,
        },
    }
}
