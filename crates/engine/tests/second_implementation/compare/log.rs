//! Every change of capacity: when, from, to, by whom, why, and what became of it.

use super::{
    super::log::{Activity, By},
    Checked, near,
};
use engine::run::{Cause, Outcome, Run};
use proptest::prelude::*;

pub fn check(run: &Run, log: &[Activity]) -> Checked {
    let mut changes = run
        .activities
        .iter()
        .filter(|it| it.from != it.to || matches!(it.cause, Cause::Replacement(_)));
    for want in log {
        let Some(got) = changes.next() else {
            return Err(TestCaseError::fail(format!("there should be {want:?}")));
        };
        let told = format!("{got:?}\nshould be {want:?}");
        prop_assert_eq!(got.start_s, f64::from(want.start_s), "{}", told);
        prop_assert_eq!((got.from, got.to), (want.from, want.to), "{}", told);
        prop_assert_eq!(got.end_s, want.end_s.map(f64::from), "{}", told);
        let outcome = match want.end_s {
            None => Outcome::InProgress,
            Some(_) if want.is_overridden => Outcome::Overridden,
            Some(_) => want.failed.map_or(Outcome::Successful, Outcome::Failed),
        };
        prop_assert_eq!(got.outcome, outcome, "{}", told);
        match (got.cause, want.by) {
            (Cause::Policy(got), By::Policy(answer, seen, bounds)) => {
                prop_assert_eq!(got.policy, answer.policy, "{}", told);
                prop_assert_eq!(got.direction, answer.direction, "{}", told);
                prop_assert_eq!(
                    (got.base, got.wanted),
                    (answer.base, answer.wanted),
                    "{}",
                    told
                );
                prop_assert_eq!((got.min, got.max), bounds, "{}", told);
                prop_assert_eq!(got.breaching, seen.breaching, "{}", told);
                prop_assert_eq!(got.alarm_since_s, f64::from(seen.since_s), "{}", told);
                let of = answer.metric.max(0.1 * got.threshold);
                prop_assert!(near(got.metric, answer.metric, of), "{}", told);
            }
            (Cause::Scheduled { action, .. }, By::Scheduled(index)) => {
                prop_assert_eq!(action, index, "{}", told);
            }
            (Cause::Predictive(got), By::Predictive(policy, hour_s)) => {
                prop_assert_eq!((got.policy, got.hour_s), (policy, hour_s), "{}", told);
            }
            (
                Cause::Replacement(cause),
                By::Replacement {
                    instances,
                    reason,
                    times,
                },
            ) => {
                prop_assert_eq!(
                    (cause.instances, cause.reason),
                    (instances, reason),
                    "{}",
                    told
                );
                prop_assert_eq!(got.evaluations, times, "{}", told);
            }
            _ => return Err(TestCaseError::fail(told)),
        }
    }
    let more = changes.next();
    prop_assert!(more.is_none(), "there should not be {more:?}");
    Ok(())
}
