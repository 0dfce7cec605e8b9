//! Whether it was missing metrics that kept capacity back.

use crate::common::{curve, plan as usual};
use engine::{
    Plan, Report,
    plan::{Metric, MissingMetric},
    report::{Bottleneck, Incident, Unanswered},
};

/// One instance of 20 requests per second and then 30 of them between two moments; metrics are missing from minute 10 to 40.
fn plan(from_s: f64, until_s: f64) -> Plan {
    let demand = curve(&[
        (0.0, 3.0),
        (from_s, 3.0),
        (from_s, 30.0),
        (until_s, 30.0),
        (until_s, 3.0),
    ]);
    Plan {
        missing_metric: Some(MissingMetric {
            at_s: 600.0,
            for_s: 1800.0,
        }),
        ..usual(&[demand], 7200)
    }
}

fn worst(plan: &Plan) -> Incident {
    Report::new(plan, &engine::run(plan)).incidents[0]
}

/// When it was answered, where missing metrics are the cause.
fn answered(plan: &Plan) -> Option<Option<f64>> {
    match worst(plan).bottleneck {
        Bottleneck::MissingMetric {
            from_s,
            until_s,
            scaled_out_s,
        } => {
            assert_eq!((from_s, until_s), (600.0, 2400.0));
            Some(scaled_out_s)
        }
        _ => None,
    }
}

#[test]
fn they_are_the_cause_where_the_answer_waited_for_them_half_of_its_time() {
    // Data is back at minute 40, and answered at minute 44.
    for (from_s, until_s, expected) in [
        (1200.0, 7200.0, Some(Some(2640.0))),
        (480.0, 7200.0, Some(Some(2640.0))),
        // 120 of 240 seconds were lost, 119 of 239.
        (2160.0, 7200.0, Some(Some(2640.0))),
        (2170.0, 7200.0, None),
        // Answered before.
        (300.0, 7200.0, None),
        (2500.0, 7200.0, None),
        // Over before data is back, or an alarm fires.
        (1200.0, 2100.0, Some(None)),
        (1200.0, 2460.0, Some(None)),
    ] {
        let plan = plan(from_s, until_s);
        assert_eq!(
            answered(&plan),
            expected,
            "{from_s} {until_s}: {:?}",
            worst(&plan)
        );
    }
    let mut without = plan(1200.0, 7200.0);
    without.missing_metric = None;
    assert_eq!(answered(&without), None);
}

#[test]
fn they_are_not_where_nothing_would_have_scaled_out_anyway() {
    let given = plan(1200.0, 2100.0);
    let (mut no_policy, mut unpublished) = (given.clone(), given);
    // Once data is back the log says what alone stops it.
    let mut suspended = plan(1200.0, 3000.0);
    no_policy.target_tracking.clear();
    suspended.suspended.scale_out = true;
    unpublished.target_tracking[0].metric = Metric::Unpublished;
    for (plan, why) in [
        (no_policy, Unanswered::NoPolicy),
        (suspended, Unanswered::Suspended),
        (unpublished, Unanswered::NoData { policy: 0 }),
    ] {
        let incident = worst(&plan);
        assert_eq!(incident.bottleneck, Bottleneck::NoScaleOut, "{why:?}");
        assert_eq!(incident.unanswered, Some(why));
    }
}
