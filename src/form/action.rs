//! A scheduled action: a choice of the usual schedules above AWS's expression, what that means, and when it fires next.

use scenario::{
    compile::Warning,
    document::{ScalableTargetAction, ScheduledAction},
    field::{Field, ItemField, ItemId, List, Place},
    schedule::{Schedule, Timetable},
    time::{Clock, LocalTime, Zone},
};
use yew::prelude::*;

use super::{FormProps, card::Fold, fields::RowOptions, item::ItemFold};
use crate::{
    apply::unused,
    typed::usual::{self, KINDS, OWN, Piece},
};

/// How many of the next firings are shown.
const FIRINGS: usize = 5;

/// Fields that are seldom filled in.
const RARE_FIELDS: [ItemField; 3] = [
    ScheduledAction::start_time,
    ScheduledAction::end_time,
    ScheduledAction::name,
];

/// Returns the fold of one action.
pub fn fold(form: &FormProps, index: usize, id: ItemId, action: &ScheduledAction) -> Html {
    let words = form.words;
    let ScalableTargetAction {
        min_capacity,
        max_capacity,
    } = &action.action;
    let title = match (min_capacity, max_capacity) {
        (Some(min), Some(max)) => words.schedule_both(&min.to_string(), &max.to_string()),
        (Some(min), None) => words.schedule_min(&min.to_string()),
        (None, Some(max)) => words.schedule_max(&max.to_string()),
        (None, None) => words.schedule_title().to_owned(),
    };
    let schedule = Schedule::of(action).ok();
    let note = match &schedule {
        Some(schedule) => words.schedule(schedule),
        None => (action.recurrence.as_ref())
            .unwrap_or(&action.schedule)
            .clone(),
    };
    let item = ItemFold {
        list: List::Actions,
        id,
        colour: "--good",
        title: title.into(),
        note,
    };
    let fields = of_action(form, index, id, action, schedule.as_ref());
    item.around(form, false, fields)
}

/// Returns an action's fields.
fn of_action(
    form: &FormProps,
    index: usize,
    id: ItemId,
    action: &ScheduledAction,
    schedule: Option<&Schedule>,
) -> Html {
    let outside = |warning: &Warning| matches!(warning, Warning::ActionOutsideRun { action } if *action == index);
    let zone = ScheduledAction::time_zone.of(id);
    let zone_more = RowOptions {
        automatic: Some(AttrValue::Static("UTC")),
        wide: true,
        ..RowOptions::default()
    };
    // A rate goes by no clock on a wall.
    let has_zone = !matches!(schedule, Some(Schedule::Rate(_))) || action.time_zone.is_some();
    let bound = |field: Field| {
        let row = form.automatic(field, form.words.field_unchanged());
        html! { <>{ row }{ form.warnings_of(|other| other == field) }</> }
    };
    // Only a group's capacity can be set.
    let sets_capacity = form.rules().scales.is_of_ec2() || action.desired_capacity.is_some();
    html! {
        <>
            if action.recurrence.is_some() {
                // A group's plain cron stands in place of the expression.
                { form.row_with(ScheduledAction::recurrence.of(id), RowOptions { wide: true, ..RowOptions::default() }) }
            } else {
                { pieces(form, id, &action.schedule) }
                { form.wide(ScheduledAction::schedule.of(id)) }
            }
            if let Some(schedule) = schedule {
                { meaning(form, action, schedule) }
            }
            { form.warnings(outside) }
            if has_zone {
                { form.row_with(zone, zone_more) }
            }
            { form.warnings_of(|field| field == zone) }
            { bound(ScalableTargetAction::min_capacity.of(id)) }
            { bound(ScalableTargetAction::max_capacity.of(id)) }
            if sets_capacity {
                { bound(ScheduledAction::desired_capacity.of(id)) }
            }
            { rare_fields(form, id, action) }
        </>
    }
}

/// Returns the choice of the usual schedules, and the pieces of the one that it is: of the others there is no field.
fn pieces(form: &FormProps, id: ItemId, expression: &str) -> Html {
    // One's own is what stands in the expression already: to choose it would say nothing.
    let is_own = usual::is_own(expression);
    let kinds = KINDS.into_iter().filter(|kind| *kind != OWN || is_own);
    let piece = |(name, piece): (&'static str, Piece)| {
        let field = Place::Item(List::Actions, id).field(name);
        let more = RowOptions {
            choices: (piece == Piece::Kind).then(|| form.choices(field, kinds.clone())),
            ..RowOptions::default()
        };
        form.row_with(field, more)
    };
    Piece::ALL.into_iter().map(piece).collect()
}

/// Returns what the action does, and its next firings, counted from the start of the run.
fn meaning(form: &FormProps, action: &ScheduledAction, schedule: &Schedule) -> Html {
    let (words, scenario) = (form.words, form.scenario());
    let timetable = Timetable::of(action, schedule.clone());
    let firings = timetable
        .zip(Zone::find(&scenario.time_zone))
        .map(|(timetable, zone)| {
            let start = Clock::new(scenario.start, zone).start_utc_s();
            let firings = timetable.upcoming(start, FIRINGS);
            words.firings(&firings, &timetable.zone, scenario.start.year())
        });
    html! {
        <div class="told" aria-live="polite">
            <p>{ words.scheduled(action, schedule) }</p>
            if let Some(firings) = firings {
                if firings.is_empty() {
                    <p>{ words.schedule_never() }</p>
                } else {
                    <h3>{ words.schedule_next() }</h3>
                    <ol>{ for firings.into_iter().map(|firing| html! { <li>{ firing }</li> }) }</ol>
                }
            }
        </div>
    }
}

/// Returns the fold of what is seldom filled in: start, end, and the name.
fn rare_fields(form: &FormProps, id: ItemId, action: &ScheduledAction) -> Html {
    let words = form.words;
    let problems = form.problems(|field| RARE_FIELDS.iter().any(|own| own.of(id) == field));
    html! {
        <Fold key="rest" title={words.schedule_rest()} note={action.name.clone()} {problems}>
            { form.rows([ScheduledAction::start_time.of(id), ScheduledAction::end_time.of(id)]) }
            { form.wide(ScheduledAction::name.of(id)) }
        </Fold>
    }
}

/// Returns an action to begin with: in the zone of demand, on its first day at 18:00, with a higher minimum than is in force then.
pub fn new(form: &FormProps) -> ScheduledAction {
    let (scenario, words) = (form.scenario(), form.words);
    let taken: Vec<&str> = scenario
        .scheduled_actions
        .iter()
        .map(|action| &*action.name)
        .collect();
    let at = LocalTime::new(18, 0, 0).unwrap_or_default();
    ScheduledAction {
        name: unused(words.schedule_title(), &taken),
        schedule: Schedule::once(scenario.start.at(at)),
        time_zone: Some(scenario.time_zone.clone()),
        action: raised(form),
        ..ScheduledAction::default()
    }
}

/// Returns about twice the minimum that is in force, or that another action sets; with a higher maximum, where there is no room.
fn raised(form: &FormProps) -> ScalableTargetAction {
    let resolved = form.outcome().map(|outcome| &outcome.compiled.resolved);
    let (min, max) = resolved.map_or((1, 2), |resolved| (resolved.min, resolved.max));
    let actions = form.scenario().scheduled_actions.iter();
    let set = actions.filter_map(|action| action.action.min_capacity);
    let least = set.fold(min, u32::max);
    let higher = least.saturating_mul(2).max(least.saturating_add(1));
    let most = (form.rules().limit)(form.scenario(), higher.into());
    let most = u32::try_from(most).unwrap_or(higher);
    if least < max {
        ScalableTargetAction {
            min_capacity: Some(higher.min(max)),
            max_capacity: None,
        }
    } else {
        ScalableTargetAction {
            min_capacity: Some(most),
            max_capacity: Some(most),
        }
    }
}
