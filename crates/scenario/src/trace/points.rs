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

/// Returns the recording of points: seconds since 1970 in UTC at which a step begins, and the requests of that step. `period_s`:
/// how long a step is; absent: the points tell. `home` is the zone of the scenario.
///
/// # Errors
/// Why they are no recording.
pub fn of_points(
    points: &[(i64, f64)],
    period_s: Option<u32>,
    home: &Zone,
) -> Result<PointsSummary, TraceProblem> {
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
        period_s,
    };
    let assembled = assemble(&mut rows, &rules);
    let is_unordered = assembled
        .notes
        .iter()
        .any(|note| matches!(note, Note::Disorder { .. }));
    match (assembled.problem, assembled.summary) {
        (None, Some(made)) => Ok(PointsSummary {
            missing: (made.trace.len() as u64)
                .saturating_sub((points.len() as u64).saturating_sub(rows.rejected_count)),
            made,
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
        let made = of_points(&points, None, &Zone::utc()).unwrap();
        assert_eq!(*made.made.trace.counts(), [10, 20, 0, 45]);
        assert_eq!(made.made.trace.start.to_string(), "2026-11-29T16:14");
        assert_eq!(
            (made.missing, made.is_unordered, made.unusable),
            (1, true, 1)
        );
        let hours: Vec<(i64, f64)> = (0..5).map(|nth| (nth * 3600, 7.0)).collect();
        let made = of_points(&hours, None, &Zone::utc()).unwrap();
        assert_eq!(made.made.trace.step_s(), 3600);
        let days: Vec<(i64, f64)> = (0..5).map(|nth| (nth * 86_400, 7.0)).collect();
        assert!(matches!(
            of_points(&days, None, &Zone::utc()),
            Err(TraceProblem::StepTooLong { .. })
        ));
        assert!(of_points(&[(0, 1.0)], None, &Zone::utc()).is_err());
        // A minute an hour is no hour: where the period is known, the rest of it is quiet.
        let made = of_points(&hours, Some(60), &Zone::utc()).unwrap();
        let trace = &made.made.trace;
        assert_eq!((trace.step_s(), trace.counts().len()), (60, 241));
        assert_eq!((trace.requests(), made.missing), (35.0, 236));
        assert!(matches!(
            of_points(&hours, Some(86_400), &Zone::utc()),
            Err(TraceProblem::StepTooLong { step_s: 86_400 })
        ));
        assert!(of_points(&hours, Some(0), &Zone::utc()).is_err());
    }
}
