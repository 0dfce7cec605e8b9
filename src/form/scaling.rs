//! Card: the bounds, the policies, and what the clock changes, in AWS's own terms.

use scenario::{
    compile::Warning,
    document::{ScalableTarget, ScalingPolicy, Scenario, ScheduledAction},
};
use words::Words;
use yew::prelude::*;

use super::{
    card::{Card, Fold, count},
    fields::{Fields, More},
    layer::moves,
};
use crate::{
    apply::unused,
    state::{Action, Item},
    typed::{
        List,
        slot::{at_schedule, moment},
    },
};

/// The card.
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let scenario = fields.scenario();
    let resolved = fields
        .shown
        .outcome
        .as_deref()
        .map(|outcome| &outcome.compiled.resolved);
    let min = resolved
        .map(|resolved| resolved.min.to_string())
        .unwrap_or_default();
    let max = resolved
        .map(|resolved| resolved.max.to_string())
        .unwrap_or_default();
    let note = words.card_scaling_note(&min, &max);
    let ids = &fields.shown.now.ids;
    let policies = ids
        .of(List::Policies)
        .iter()
        .zip(&scenario.policies)
        .enumerate();
    let actions = ids
        .of(List::Actions)
        .iter()
        .zip(&scenario.scheduled_actions)
        .enumerate();
    let fresh = Action::Insert(Item::Policy(new_policy(scenario)));
    let add_policy = fields.shown.on.reform(move |_: MouseEvent| fresh.clone());
    let fresh = Action::Insert(Item::Action(new_action(scenario, words)));
    let add_action = fields.shown.on.reform(move |_: MouseEvent| fresh.clone());
    let body = html! {<>
        <div class="pair">
            { fields.optional("scalable_target.MinCapacity", words.field_min_capacity(), words.field_min_capacity_about(), min) }
            { fields.optional("scalable_target.MaxCapacity", words.field_max_capacity(), words.field_max_capacity_about(), max) }
        </div>
        { fields.warnings(|warning| matches!(warning, Warning::MaxBelowPeak { .. } | Warning::StaysAtTwo { .. } | Warning::NoPolicy)) }
        <div class="list">{ for policies.map(|(index, (id, policy))| policy_fold(fields, index, *id, policy)) }</div>
        <div class="list">{ for actions.map(|(index, (id, action))| action_fold(fields, index, *id, action)) }</div>
        <p class="adds">
            <button type="button" class="add" onclick={add_policy}>{ words.add_policy() }</button>
            <button type="button" class="add" onclick={add_action}>{ words.add_schedule() }</button>
        </p>
    </>};
    let paths = ["scalable_target", "policies", "scheduled_actions"];
    Card {
        title: words.card_scaling(),
        note,
        open: true,
        paths: &paths,
    }
    .around(fields, body)
}

fn policy_fold(fields: &Fields, index: usize, id: u32, policy: &ScalingPolicy) -> Html {
    let words = fields.words();
    let compiled = fields
        .shown
        .outcome
        .as_deref()
        .map(|outcome| &outcome.compiled);
    let config = &policy.target_tracking;
    let formula = compiled
        .map(|compiled| words.number(compiled.resolved.formula_target, 2))
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
    let path = |leaf: &str| format!("{item}.{leaf}");
    let of_target = |warning: &Warning| matches!(warning, Warning::TargetSlip { policy, .. } | Warning::TargetDiffers { policy, .. } if *policy == index);
    html! {
        <Fold key={id.to_string()} colour="--target" title={words.policy_target_tracking()} {note}
            mark={count(fields, fields.problems(&[&item]))}>
            { fields.optional(&path("TargetValue"), words.field_target_value(), words.field_target_value_about(), formula) }
            { fields.warnings(of_target) }
            { fields.plain(&path("ScaleOutCooldown"), words.field_scale_out_cooldown(), words.field_scale_out_cooldown_about()) }
            { fields.plain(&path("ScaleInCooldown"), words.field_scale_in_cooldown(), words.field_scale_in_cooldown_about()) }
            { fields.plain(&path("DisableScaleIn"), words.field_disable_scale_in(), words.field_disable_scale_in_about()) }
            { fields.field(&path("PolicyName"), words.field_policy_name(), More { wide: true, ..More::default() }) }
            { moves(fields, List::Policies, index) }
        </Fold>
    }
}

fn action_fold(fields: &Fields, index: usize, id: u32, action: &ScheduledAction) -> Html {
    let words = fields.words();
    let item = List::Actions.item(index);
    let path = |leaf: &str| format!("{item}.{leaf}");
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
    let note = format!("{when} {}", action.time_zone.as_deref().unwrap_or("UTC"));
    let unchanged = || words.field_unchanged().to_owned();
    let zone = More {
        automatic: Some("UTC".to_owned()),
        suggestions: Some("time-zones"),
        wide: true,
        ..More::default()
    };
    html! {
        <Fold key={id.to_string()} colour="--good" {title} {note} mark={count(fields, fields.problems(&[&item]))}>
            { fields.warnings(|warning| matches!(warning, Warning::ActionOutsideRun { action } if *action == index)) }
            { fields.plain(&path("Schedule"), words.field_schedule_at(), words.field_schedule_about()) }
            { fields.field(&path("Timezone"), words.field_time_zone(), zone) }
            { fields.optional(&path("MinCapacity"), words.field_min_capacity(), "", unchanged()) }
            { fields.optional(&path("MaxCapacity"), words.field_max_capacity(), "", unchanged()) }
            { fields.field(&path("ScheduledActionName"), words.field_schedule_name(), More { wide: true, ..More::default() }) }
            { moves(fields, List::Actions, index) }
        </Fold>
    }
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
