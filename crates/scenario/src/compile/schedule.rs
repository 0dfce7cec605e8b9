//! Scheduled actions: from `PutScheduledAction`'s shape to moments of the run.
//!
//! Sources: Application Auto Scaling user guide, "Scheduled scaling" (schedule expressions, time zones, limits); Amazon EC2
//! Auto Scaling's API reference, PutScheduledUpdateGroupAction (Recurrence, DesiredCapacity).

use engine::{plan, sort_by_number};

use super::{
    check::{Checks, ItemChecks},
    problem::ProblemKind,
    warning::Warning,
};
use crate::{
    document::{ScalableTargetAction, Scenario, ScheduledAction},
    field::{Field, ItemField, Items, List},
    limits::MOST_SCHEDULED_ACTIONS,
    schedule::{
        self, MOST_CHARACTERS, MOST_CHARACTERS_OF_RECURRENCE, Schedule, ScheduleProblem, Timetable,
    },
    time::{Clock, YEARS},
};

/// Most firings in a run, of all actions together: what a log can show, and a person can mean.
pub(super) const MOST_FIRINGS: usize = 20_000;

/// Checks that actions of Application Auto Scaling set bounds alone.
pub(super) fn check(scenario: &Scenario, checks: &mut Checks) {
    if scenario.platform.rules().scales.is_of_ec2() {
        return;
    }
    for (id, action) in scenario.scheduled_actions.numbered() {
        if action.desired_capacity.is_some() {
            let right = "MinCapacity";
            let field = ScheduledAction::desired_capacity.of(id);
            checks.problem(field, ProblemKind::OtherThan { right });
        }
    }
}

/// Checks scheduled actions and puts their firings within the run in order of time.
// rule: policies.quota-scheduled-actions
// rule: schedule.order
pub(super) fn compile(
    actions: &Items<ScheduledAction>,
    least: u32,
    clock: Option<&Clock>,
    length_s: f64,
    checks: &mut Checks,
    warnings: &mut Vec<Warning>,
) -> Vec<plan::ScheduledAction> {
    let mut due: Vec<plan::ScheduledAction> = Vec::new();
    if !checks.list(List::Actions.whole(), actions.len(), MOST_SCHEDULED_ACTIONS) {
        return due;
    }
    let mut full = false;
    for (index, (id, action)) in actions.numbered().enumerate() {
        let first = actions.iter().position(|other| other.name == action.name);
        checks.name(ScheduledAction::name.of(id), &action.name, index, first);
        let timetable = checks.within(id, |checks| compile_action(action, least, checks));
        let (Some(timetable), Some(clock)) = (timetable, clock) else {
            continue;
        };
        // Once there are too many, more need not be counted.
        let before = due.len();
        if full {
            continue;
        }
        let start_utc_s = clock.start_utc_s();
        // One more than there may be tells that there are too many.
        let firings = timetable
            .firings(start_utc_s, start_utc_s + length_s as i64)
            .take(MOST_FIRINGS + 1 - before);
        due.extend(firings.map(|at| plan::ScheduledAction {
            at_s: (at - start_utc_s) as f64,
            index,
            min: action.action.min_capacity,
            max: action.action.max_capacity,
            desired: action.desired_capacity,
        }));
        if due.len() == before {
            warnings.push(Warning::ActionOutsideRun { action: index });
        } else if due.len() > MOST_FIRINGS {
            let max = MOST_FIRINGS;
            let problem = ScheduleProblem::TooOften { max };
            checks.problem(field(action).of(id), ProblemKind::Schedule(problem));
            due.truncate(before);
            full = true;
        }
    }
    // Those due at one moment fire in the order of the list.
    sort_by_number(&mut due, |firing| firing.at_s);
    due
}

/// Finds actions that AWS refuses when they are due, as a bound that they set crosses the other one in force, and those whose
/// schedule is read in UTC where the scenario's clock is another.
pub(super) fn warn(
    scenario: &Scenario,
    plan: &plan::Plan,
    clock: &Clock,
    warnings: &mut Vec<Warning>,
) {
    let actions = &scenario.scheduled_actions;
    let mut is_told = vec![(false, false); actions.len()];
    let mut bounds = plan.scalable_target;
    for due in &plan.scheduled_actions {
        let (Some(action), Some(told)) = (actions.get(due.index), is_told.get_mut(due.index))
        else {
            continue;
        };
        let min = due.min.unwrap_or(bounds.min);
        let max = due.max.unwrap_or(bounds.max);
        if min <= max {
            bounds = plan::ScalableTarget { min, max };
        } else if !told.0 && !plan.suspended.scheduled {
            told.0 = true;
            warnings.push(Warning::ActionBoundsCross {
                action: due.index,
                min,
                max,
                sets_min: due.min.is_some(),
            });
        }
        // A rate has no clock.
        let is_by_clock = action.time_zone.is_none() && !action.schedule.starts_with("rate");
        if !told.1 && is_by_clock && clock.utc_offset_s(due.at_s) != 0 {
            told.1 = true;
            warnings.push(Warning::ActionInUtc {
                action: due.index,
                zone: scenario.time_zone.clone(),
            });
        }
    }
}

/// Checks one action but its name's place among the others; its timetable, where that can be read.
fn compile_action(
    action: &ScheduledAction,
    least: u32,
    checks: &mut ItemChecks<'_>,
) -> Option<Timetable> {
    if !allowed(&action.name) {
        checks.problem(ScheduledAction::name, ProblemKind::BadCharacters);
    }
    let (min, max) = (action.action.min_capacity, action.action.max_capacity);
    let fields = (
        ScalableTargetAction::min_capacity.of(checks.id),
        ScalableTargetAction::max_capacity.of(checks.id),
    );
    bounds(fields, min, max, least, checks.checks);
    let desired = action.desired_capacity;
    desired_within(desired, min, max, checks);
    if min.is_none() && max.is_none() && desired.is_none() {
        checks.problem(ScalableTargetAction::min_capacity, ProblemKind::Missing);
    }
    let zone = schedule::zone(action);
    if zone.is_none() {
        checks.problem(ScheduledAction::time_zone, ProblemKind::UnknownTimeZone);
    }
    for (field, moment) in [
        (ScheduledAction::start_time, action.start_time),
        (ScheduledAction::end_time, action.end_time),
    ] {
        if moment.is_some_and(|moment| !YEARS.contains(&moment.utc().date().year())) {
            let (from, to) = (*YEARS.start(), *YEARS.end());
            checks.problem(field, ProblemKind::YearOutOfRange { from, to });
        }
    }
    if let (Some(start), Some(end)) = (action.start_time, action.end_time)
        && end <= start
    {
        let other = ScheduledAction::start_time.of(checks.id);
        checks.problem(ScheduledAction::end_time, ProblemKind::NotAfter { other });
    }
    let (text, max) = match &action.recurrence {
        Some(text) => (text, MOST_CHARACTERS_OF_RECURRENCE),
        None => (&action.schedule, MOST_CHARACTERS),
    };
    if action.recurrence.is_some() && !action.schedule.is_empty() {
        let other = ScheduledAction::schedule.of(checks.id);
        checks.problem(
            ScheduledAction::recurrence,
            ProblemKind::NotBeside { other },
        );
    }
    let parsed = if text.is_empty() {
        Err(ProblemKind::Missing)
    } else if text.chars().nth(max as usize).is_some() {
        Err(ProblemKind::TooLong { max })
    } else {
        Schedule::of(action).map_err(ProblemKind::Schedule)
    };
    match parsed {
        Ok(schedule) => Some(Timetable::new(action, schedule, zone?)),
        Err(problem) => {
            checks.problem(field(action), problem);
            None
        }
    }
}

/// Returns the field that says when an action is due.
fn field(action: &ScheduledAction) -> ItemField {
    match action.recurrence {
        Some(_) => ScheduledAction::recurrence,
        None => ScheduledAction::schedule,
    }
}

/// Checks DesiredCapacity: EC2 Auto Scaling refuses one outside the action's own bounds (ValidationError: "Desired capacity
/// must be greater than or equal to min size"). 0 is as good as any.
// rule: schedule.desired-capacity-within-bounds
fn desired_within(
    desired: Option<u32>,
    min: Option<u32>,
    max: Option<u32>,
    checks: &mut ItemChecks<'_>,
) {
    let field = ScheduledAction::desired_capacity.of(checks.id);
    let Some(desired) = desired else {
        return;
    };
    if let Some(min) = min {
        let other = ScalableTargetAction::min_capacity.of(checks.id);
        checks
            .checks
            .reaches(field, f64::from(desired), other, f64::from(min));
    }
    let (desired, max) = (Some(f64::from(desired)), max.map(f64::from));
    let other = ScalableTargetAction::max_capacity.of(checks.id);
    checks.checks.stays_below(field, desired, other, max);
}

/// Checks MinCapacity and MaxCapacity, as far as they are given, whichever fields they are; `least`: the least that they may be.
// rule: sagemaker.min-capacity
pub(super) fn bounds(
    (min_field, max_field): (Field, Field),
    min: Option<u32>,
    max: Option<u32>,
    least: u32,
    checks: &mut Checks,
) {
    for (field, given) in [(min_field, min), (max_field, max)] {
        if given == Some(0) && least > 0 {
            checks.problem(field, ProblemKind::NoneInService);
        }
    }
    checks.stays_below(min_field, min.map(f64::from), max_field, max.map(f64::from));
}

/// Whether AWS takes such a name for a scheduled action.
// rule: schedule.name
fn allowed(name: &str) -> bool {
    let bad = |letter: char| ":/|".contains(letter) || letter.is_control();
    !name.starts_with(' ') && !name.ends_with(' ') && !name.contains(bad)
}
