//! A scheduled action: a choice of the usual schedules above AWS's expression, what that means, and when it fires next.

use scenario::{
    compile::Warning,
    document::{ScalableTargetAction, Scenario, ScheduledAction},
    schedule::{Schedule, Timetable},
    time::{Clock, LocalTime, Zone},
};
use words::Words;
use yew::prelude::*;

use super::{
    card::Fold,
    fields::{Fields, More, Say, at, nothing},
    layer::moves,
};
use crate::{
    apply::unused,
    typed::{
        List,
        slot::at_schedule,
        usual::{self, LAST, OWN},
    },
};

/// How many firings are told.
const FIRINGS: usize = 5;

/// Days of the month, as a choice has them.
const DATES: [&str; 31] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17",
    "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31",
];

/// The fold of one action.
pub fn fold(fields: &Fields, index: usize, id: u32, action: &ScheduledAction) -> Html {
    let words = fields.words();
    let item = List::Actions.item(index);
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
    html! {
        <Fold key={id} {words} colour="--good" {title} {note} open={fields.is_added(id)} problems={fields.problems(&[&item])}
            warnings={fields.odd(&item)}>
            { of_action(fields, index, action, schedule.as_ref()) }
        </Fold>
    }
}

/// An action's fields.
fn of_action(
    fields: &Fields,
    index: usize,
    action: &ScheduledAction,
    schedule: Option<&Schedule>,
) -> Html {
    let words = fields.words();
    let item = List::Actions.item(index);
    let outside = |warning: &Warning| matches!(warning, Warning::ActionOutsideRun { action } if *action == index);
    let zone = More {
        automatic: Some(AttrValue::Static("UTC")),
        suggestions: Some("time-zones"),
        wide: true,
        ..More::default()
    };
    // A rate goes by no clock on a wall.
    let has_zone = !matches!(schedule, Some(Schedule::Rate(_))) || action.time_zone.is_some();
    let bound = |leaf, label| {
        let path = at(&item, leaf);
        let unchanged = AttrValue::Static(words.field_unchanged());
        html! { <>{ fields.optional(path.clone(), label, nothing, unchanged) }{ fields.warnings_at(&path) }</> }
    };
    // Only a group's capacity can be set.
    let sets_capacity = fields.rules().scales.is_of_ec2() || action.desired_capacity.is_some();
    html! {
        <>
            if action.recurrence.is_some() {
                { recurrence(fields, &item) }
            } else {
                { expression(fields, &item, &action.schedule) }
            }
            if let Some(schedule) = schedule {
                { told(fields, action, schedule) }
            }
            { fields.warnings(outside) }
            if has_zone {
                { fields.field(at(&item, "Timezone"), Words::field_time_zone, zone) }
            }
            { fields.warnings_at(&at(&item, "Timezone")) }
            { bound("MinCapacity", Words::field_min_capacity as Say) }
            { bound("MaxCapacity", Words::field_max_capacity) }
            if sets_capacity {
                { bound("DesiredCapacity", Words::field_desired_capacity) }
            }
            { rest(fields, &item, action) }
            { moves(fields, List::Actions, index) }
        </>
    }
}

/// The choice of the usual schedules and AWS's expression.
fn expression(fields: &Fields, item: &str, schedule: &str) -> Html {
    let more = More {
        about: Words::field_schedule_about,
        wide: true,
        ..More::default()
    };
    html! {
        <>
            { pieces(fields, &at(item, "Schedule"), schedule) }
            { fields.field(at(item, "Schedule"), Words::field_schedule, more) }
        </>
    }
}

/// A group's plain cron, which stands in place of the expression.
fn recurrence(fields: &Fields, item: &str) -> Html {
    let more = More {
        about: Words::field_recurrence_about,
        wide: true,
        ..More::default()
    };
    fields.field(at(item, "Recurrence"), Words::field_recurrence, more)
}

/// The choice of the usual schedules, and the pieces of the one that it is: of the others there is no field.
fn pieces(fields: &Fields, stem: &str, expression: &str) -> Html {
    let words = fields.words();
    let mut kinds = vec![
        ("once", words.schedule_kind_once()),
        ("daily", words.schedule_kind_daily()),
        ("weekdays", words.cron_weekdays()),
        ("days", words.schedule_kind_days()),
        ("monthly", words.schedule_kind_monthly()),
        ("every", words.schedule_kind_every()),
    ];
    // One's own is what stands in the expression already: to choose it would say nothing.
    if usual::is_own(expression) {
        kinds.push((OWN, words.schedule_kind_own()));
    }
    let mut dates: Vec<_> = DATES.iter().map(|date| (*date, *date)).collect();
    dates.push((LAST, words.schedule_last_date()));
    let units = vec![
        ("minutes", words.schedule_unit_minutes()),
        ("hours", words.schedule_unit_hours()),
        ("days", words.unit_days()),
    ];
    let all: [(&str, Say, Vec<_>); 7] = [
        ("kind", Words::field_schedule_kind, kinds),
        ("at", Words::field_schedule_at, Vec::new()),
        ("days", Words::field_schedule_days, Vec::new()),
        ("date", Words::field_schedule_date, dates),
        ("time", Words::field_schedule_time, Vec::new()),
        ("every", Words::field_schedule_every, Vec::new()),
        ("unit", Words::field_schedule_unit, units),
    ];
    let piece = |(leaf, label, choices)| {
        let more = More {
            choices,
            ..More::default()
        };
        fields.field(at(stem, leaf), label, more)
    };
    all.into_iter().map(piece).collect()
}

/// What the action does, and its next firings, counted from the start of the run.
fn told(fields: &Fields, action: &ScheduledAction, schedule: &Schedule) -> Html {
    let (words, scenario) = (fields.words(), fields.scenario());
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

/// What is seldom said: start, end, and the name.
fn rest(fields: &Fields, item: &str, action: &ScheduledAction) -> Html {
    let words = fields.words();
    let none = || AttrValue::Static(words.field_none());
    let start = fields.optional(
        at(item, "StartTime"),
        Words::field_start_time,
        Words::field_start_time_about,
        none(),
    );
    let end = fields.optional(
        at(item, "EndTime"),
        Words::field_end_time,
        Words::field_end_time_about,
        none(),
    );
    let paths = ["StartTime", "EndTime", "ScheduledActionName"].map(|leaf| at(item, leaf));
    let problems = fields.problems(&paths.each_ref().map(|path| &**path));
    html! {
        <Fold key="rest" {words} title={words.schedule_rest()} note={action.name.clone()} {problems}>
            { start }
            { end }
            { fields.wide(at(item, "ScheduledActionName"), Words::field_schedule_name) }
        </Fold>
    }
}

/// An action to begin with: in the zone of demand, on its first day at 18:00, two instances at least.
pub fn new(scenario: &Scenario, words: Words) -> ScheduledAction {
    let taken: Vec<&str> = scenario
        .scheduled_actions
        .iter()
        .map(|action| &*action.name)
        .collect();
    let at = LocalTime::new(18, 0, 0).unwrap_or_default();
    ScheduledAction {
        name: unused(words.schedule_title(), &taken),
        schedule: at_schedule(scenario.start.at(at)),
        time_zone: Some(scenario.time_zone.clone()),
        action: ScalableTargetAction {
            min_capacity: Some(2),
            max_capacity: None,
        },
        ..ScheduledAction::default()
    }
}
