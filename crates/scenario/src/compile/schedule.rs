//! Scheduled actions: from `PutScheduledAction`'s shape to moments of the run.
//!
//! Source: Application Auto Scaling user guide, "Scheduled scaling" (schedule expressions, time zones, limits).

use engine::plan;

use super::{
    check::Checks,
    problem::{ProblemKind, ScheduleProblem},
    warning::Warning,
};
use crate::{
    document::ScheduledAction,
    time::{Clock, LocalDateTime, Zone},
};

/// Most instances of a variant that are simulated.
pub(super) const MOST_INSTANCES: u32 = 10_000;

/// Checks scheduled actions and puts those that are due within the run in order of time.
pub(super) fn compile(
    actions: &[ScheduledAction],
    clock: Option<&Clock>,
    length_s: f64,
    checks: &mut Checks,
    warnings: &mut Vec<Warning>,
) -> Vec<plan::ScheduledAction> {
    let mut due: Vec<plan::ScheduledAction> = Vec::new();
    if !checks.list("scheduled_actions", actions.len(), 200) {
        return due;
    }
    for (index, action) in actions.iter().enumerate() {
        checks.within(format!("scheduled_actions[{index}]."));
        let first = actions.iter().position(|other| other.name == action.name);
        checks.name("ScheduledActionName", &action.name, index, first);
        if !allowed(&action.name) {
            checks.problem("ScheduledActionName", ProblemKind::BadCharacters);
        }
        let (min, max) = (action.action.min_capacity, action.action.max_capacity);
        bounds(min, max, checks);
        if min.is_none() && max.is_none() {
            checks.problem("MinCapacity", ProblemKind::Missing);
        }
        let zone = match action.time_zone.as_deref() {
            None => Some(Zone::utc()),
            Some(name) => Zone::find(name),
        };
        if zone.is_none() {
            checks.problem("Timezone", ProblemKind::UnknownTimeZone);
        }
        match (parse(&action.schedule), zone, clock) {
            (Err(problem), ..) => checks.problem("Schedule", problem),
            (Ok(local), Some(zone), Some(clock)) => {
                let at_s = (zone.utc_s(local.seconds()) - clock.start_utc_s()) as f64;
                if (0.0..length_s).contains(&at_s) {
                    let place = due.partition_point(|other| other.at_s <= at_s);
                    let action = plan::ScheduledAction {
                        at_s,
                        index,
                        min,
                        max,
                    };
                    due.insert(place, action);
                } else {
                    warnings.push(Warning::ActionOutsideRun { action: index });
                }
            }
            _ => {}
        }
    }
    checks.within(String::new());
    due
}

/// Checks MinCapacity and MaxCapacity, as far as they are given.
pub(super) fn bounds(min: Option<u32>, max: Option<u32>, checks: &mut Checks) {
    checks.count_if("MinCapacity", min, MOST_INSTANCES);
    checks.count_if("MaxCapacity", max, MOST_INSTANCES);
    checks.stays_below(
        "MinCapacity",
        min.map(f64::from),
        "MaxCapacity",
        max.map(f64::from),
    );
}

/// Reads `at(yyyy-mm-ddThh:mm:ss)`.
fn parse(schedule: &str) -> Result<LocalDateTime, ProblemKind> {
    let problem = |problem| Err(ProblemKind::Schedule(problem));
    if schedule.is_empty() {
        return Err(ProblemKind::Missing);
    }
    let inside = |name: &str| {
        let rest = schedule.strip_prefix(name)?.strip_prefix('(')?;
        rest.strip_suffix(')')
    };
    let Some(text) = inside("at") else {
        return problem(match inside("cron").or_else(|| inside("rate")) {
            Some(_) => ScheduleProblem::Recurring,
            None => ScheduleProblem::Unknown,
        });
    };
    // AWS asks for the seconds too, and for the T.
    match text.parse() {
        Ok(local) if text.len() == 19 && text.contains('T') => Ok(local),
        _ if text
            .get(19..)
            .is_some_and(|rest| rest.starts_with(['Z', '+', '-'])) =>
        {
            problem(ScheduleProblem::ZoneInside)
        }
        _ => problem(ScheduleProblem::NotADateTime),
    }
}

/// Whether AWS takes such a name for a scheduled action.
fn allowed(name: &str) -> bool {
    let bad = |letter: char| ":/|".contains(letter) || letter.is_control();
    !name.starts_with(' ') && !name.ends_with(' ') && !name.contains(bad)
}
