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
    parts::{El, el, of},
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
#[inline(never)]
pub fn fold(fields: &Fields, index: usize, id: u32, action: &ScheduledAction) -> El {
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
    let fold = Fold {
        key: &id.to_string(),
        colour: "--good",
        title: title.into(),
        note: note.into(),
        open: fields.shown.now.ids.is_added(id),
        off: false,
        paths: &[&item],
    };
    let fill = |body: El| of_action(fields, body, index, action, schedule.as_ref());
    fold.around(fields, &fill)
}

/// Adds an action's fields.
fn of_action(
    fields: &Fields,
    body: El,
    index: usize,
    action: &ScheduledAction,
    schedule: Option<&Schedule>,
) -> El {
    let words = fields.words();
    let item = List::Actions.item(index);
    let outside = |warning: &Warning| matches!(warning, Warning::ActionOutsideRun { action } if *action == index);
    let body = match action.recurrence {
        Some(_) => recurrence(fields, body, &item),
        None => expression(fields, body, &item, &action.schedule),
    };
    let body = match schedule {
        Some(schedule) => body.with(told(fields, action, schedule)),
        None => body,
    };
    let body = fields.warnings(body, &outside);
    // A rate goes by no clock on a wall.
    let body = if matches!(schedule, Some(Schedule::Rate(_))) && action.time_zone.is_none() {
        body
    } else {
        let zone = More {
            automatic: Some(AttrValue::Static("UTC")),
            suggestions: Some("time-zones"),
            wide: true,
            ..More::default()
        };
        fields.field(body, at(&item, "Timezone"), Words::field_time_zone, zone)
    };
    let body = fields.warnings_at(body, &at(&item, "Timezone"));
    let unchanged = || AttrValue::Static(words.field_unchanged());
    let sets = [
        ("MinCapacity", Words::field_min_capacity as Say),
        ("MaxCapacity", Words::field_max_capacity),
        ("DesiredCapacity", Words::field_desired_capacity),
    ];
    // Only a group's capacity can be set.
    let is_group = !fields.scenario().platform.is_sagemaker();
    let shown = if is_group || action.desired_capacity.is_some() {
        3
    } else {
        2
    };
    let body = (sets.into_iter().take(shown)).fold(body, |body, (leaf, label)| {
        let path = at(&item, leaf);
        let body = fields.optional(body, path.clone(), label, nothing, unchanged());
        fields.warnings_at(body, &path)
    });
    body.with(rest(fields, &item, action))
        .with(moves(fields, List::Actions, index))
}

/// Adds the choice of the usual schedules and AWS's expression.
fn expression(fields: &Fields, body: El, item: &str, schedule: &str) -> El {
    let body = pieces(fields, body, &at(item, "Schedule"), schedule);
    let more = More {
        about: Words::field_schedule_about,
        wide: true,
        ..More::default()
    };
    fields.field(body, at(item, "Schedule"), Words::field_schedule, more)
}

/// Adds a group's plain cron, which stands in place of the expression.
#[inline(never)]
fn recurrence(fields: &Fields, body: El, item: &str) -> El {
    let more = More {
        about: Words::field_recurrence_about,
        wide: true,
        ..More::default()
    };
    fields.field(body, at(item, "Recurrence"), Words::field_recurrence, more)
}

/// Adds the choice of the usual schedules, and the pieces of the one that it is: of the others there is no field.
#[inline(never)]
fn pieces(fields: &Fields, body: El, stem: &str, expression: &str) -> El {
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
    all.into_iter().fold(body, |body, (leaf, label, choices)| {
        let more = More {
            choices,
            ..More::default()
        };
        fields.field(body, at(stem, leaf), label, more)
    })
}

/// What the action does, and its next firings, counted from the start of the run.
#[inline(never)]
fn told(fields: &Fields, action: &ScheduledAction, schedule: &Schedule) -> El {
    let (words, scenario) = (fields.words(), fields.scenario());
    let says = el("p").says(words.scheduled(action, schedule).into());
    let told = of("div", "told").set("aria-live", "polite").with(says);
    let (Some(timetable), Some(zone)) = (
        Timetable::of(action, schedule.clone()),
        Zone::find(&scenario.time_zone),
    ) else {
        return told;
    };
    let start = Clock::new(scenario.start, zone).start_utc_s();
    let firings = timetable.upcoming(start, FIRINGS);
    if firings.is_empty() {
        return told.with(el("p").tells(words.schedule_never()));
    }
    let mut next = el("ol");
    for firing in words.firings(&firings, &timetable.zone, scenario.start.year()) {
        next = next.with(el("li").says(firing.into()));
    }
    told.with(el("h3").tells(words.schedule_next())).with(next)
}

/// What is seldom said: start, end, and the name.
fn rest(fields: &Fields, item: &str, action: &ScheduledAction) -> El {
    let words = fields.words();
    let none = || AttrValue::Static(words.field_none());
    let fill = |body: El| {
        let body = fields.optional(
            body,
            at(item, "StartTime"),
            Words::field_start_time,
            Words::field_start_time_about,
            none(),
        );
        let body = fields.optional(
            body,
            at(item, "EndTime"),
            Words::field_end_time,
            Words::field_end_time_about,
            none(),
        );
        fields.wide(
            body,
            at(item, "ScheduledActionName"),
            Words::field_schedule_name,
        )
    };
    let paths = ["StartTime", "EndTime", "ScheduledActionName"].map(|leaf| at(item, leaf));
    let paths = paths.each_ref().map(|path| &**path);
    Fold {
        key: "rest",
        colour: "--line2",
        title: AttrValue::Static(words.schedule_rest()),
        note: action.name.clone().into(),
        open: false,
        off: false,
        paths: &paths,
    }
    .around(fields, &fill)
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
