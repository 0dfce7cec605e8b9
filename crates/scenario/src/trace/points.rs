//! A recording from points that are numbers already, such as CloudWatch's datapoints: the last stage of the pipeline alone.

use super::{
    Note, TraceProblem,
    choices::{GapFilling, SameTime, ValueKind},
    reading::TraceSummary,
    steps::{CollectedRows, CountRules, assemble},
};
use crate::time::Zone;

/// What points come to.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsSummary {
    /// The recording.
    pub made: TraceSummary,
    /// Steps without a point, which have no requests.
    pub missing: u64,
    /// Whether points came otherwise than in the order of time.
    pub is_unordered: bool,
    /// Points that could not be used: twice at one time, off the steps, or too many requests.
    pub unusable: u64,
}

/// Returns the recording of points: seconds since 1970 in UTC at which a step begins, and the requests of that step. `home` is the
/// zone of the scenario.
///
/// # Errors
/// Why they are no recording.
pub fn of_points(points: &[(i64, f64)], home: &Zone) -> Result<PointsSummary, TraceProblem> {
    let mut rows = CollectedRows::default();
    for (line, (at, requests)) in (1..).zip(points) {
        rows.add(line, *at, true, *requests);
    }
    let rules = CountRules {
        zone: Zone::utc(),
        home: home.clone(),
        values: Some(ValueKind::Count),
        instances: 1.0,
        gaps: GapFilling::Zero,
        same_time: Some(SameTime::KeepFirst),
        step_s: None,
    };
    let assembled = assemble(&mut rows, &rules);
    let missing = assembled.notes.iter().map(|note| match note {
        Note::Gap { steps, .. } => *steps,
        _ => 0,
    });
    let missing = missing.sum();
    let is_unordered = assembled
        .notes
        .iter()
        .any(|note| matches!(note, Note::Disorder { .. }));
    match (assembled.problem, assembled.summary) {
        (None, Some(made)) => Ok(PointsSummary {
            made,
            missing,
            is_unordered,
            unusable: rows.rejected_count,
        }),
        (problem, _) => Err(problem.unwrap_or(TraceProblem::TooManyRequests)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_become_counts() {
        let minute = |nth: i64| 1_795_968_840 + nth * 60;
        let points = [
            (minute(3), 4.5),
            (minute(0), 1.0),
            (minute(1), 2.0),
            (minute(1), 9.0),
        ];
        let made = of_points(&points, &Zone::utc()).unwrap();
        assert_eq!(*made.made.trace.counts(), [10, 20, 0, 45]);
        assert_eq!(made.made.trace.start.to_string(), "2026-11-29T16:14");
        assert_eq!(
            (made.missing, made.is_unordered, made.unusable),
            (1, true, 1)
        );
        let hours: Vec<(i64, f64)> = (0..5).map(|nth| (nth * 3600, 7.0)).collect();
        let made = of_points(&hours, &Zone::utc()).unwrap();
        assert_eq!(made.made.trace.step_s(), 3600);
        let days: Vec<(i64, f64)> = (0..5).map(|nth| (nth * 86_400, 7.0)).collect();
        assert!(matches!(
            of_points(&days, &Zone::utc()),
            Err(TraceProblem::StepTooLong { .. })
        ));
        assert!(of_points(&[(0, 1.0)], &Zone::utc()).is_err());
    }
}
