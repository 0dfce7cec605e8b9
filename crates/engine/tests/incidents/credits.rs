//! Whether CPU credits that were used up cost most, and what target tracking saw of it.

use crate::{
    common::{VARIANT, give_credits},
    given::{Given, Minute, near},
};
use engine::{
    plan::{CpuCredits, CreditMode, Metric},
    report::{Bottleneck, MetricWhileThrottled},
    run::{CreditSums, Throttled},
};

/// Two vCPUs that 20 requests per second keep busy, held to 36 credits an hour: 0.6 vCPU-minutes a minute, of 2.
pub const CREDITS: CpuCredits = CpuCredits {
    vcpu: 2.0,
    earned_per_hour: 36.0,
    most: 864.0,
    launch: 0.0,
    initial: None,
    mode: CreditMode::Standard,
    is_choice: true,
    usd_per_vcpu_hour: 0.05,
    cpu_s_per_request: 0.1,
};

/// Noticed from 600 s to 900 s; held back meanwhile; in each minute from ten minutes on this demand, this capacity, and as many
/// in service.
fn held(throttled: &[(f64, f64)], minutes: &[Minute]) -> Given {
    let mut given = Given::new(&[(600.0, 5.0), (600.0, 60.0)], 600.0, 900.0);
    give_credits(&mut given.plan, CREDITS);
    let throttled = throttled.iter();
    given.run.credits = Some(CreditSums {
        throttled: throttled
            .map(|&(from_s, until_s)| Throttled { from_s, until_s })
            .collect(),
        ..CreditSums::default()
    });
    given.minutes(minutes)
}

/// Since when instances were held back, where that is the cause.
fn since(given: &Given) -> Option<f64> {
    match given.incident().bottleneck {
        Bottleneck::CpuCredits { at_s, speed, .. } => {
            assert!(near(speed, 0.3), "{speed}");
            Some(at_s)
        }
        _ => None,
    }
}

#[test]
fn credits_are_the_cause_where_they_cost_at_least_as_much_as_all_else() {
    let all_the_time = [(300.0, 1200.0)];
    for (minutes, is_of_credits) in [
        // Two instances that did 12 requests per second would have done 40.
        ([(30.0, 12.0, 2); 5], true),
        // 20 above what they did, 10 of these above what they would have done at full speed.
        ([(50.0, 30.0, 2); 5], true),
        ([(51.0, 30.0, 2); 5], false),
        ([(100.0, 12.0, 2); 5], false),
        // Of a minute without want nothing is owed: 10 of 20, in sum.
        (
            [
                (50.0, 30.0, 2),
                (10.0, 30.0, 2),
                (10.0, 30.0, 2),
                (10.0, 30.0, 2),
                (10.0, 30.0, 2),
            ],
            true,
        ),
        // Three minutes lack 10 of 20 each, two another 11 of 20.
        (
            [
                (50.0, 30.0, 2),
                (50.0, 30.0, 2),
                (50.0, 30.0, 2),
                (51.0, 31.0, 2),
                (51.0, 31.0, 2),
            ],
            false,
        ),
        // An instance that was removed meanwhile, because all looked idle, would have done its share.
        (
            [
                (50.0, 45.0, 3),
                (50.0, 30.0, 2),
                (50.0, 15.0, 1),
                (50.0, 15.0, 1),
                (50.0, 15.0, 1),
            ],
            true,
        ),
        // One that came later would not have been there before: 30 and 10 of 44 and 24.
        (
            [
                (50.0, 6.0, 1),
                (50.0, 26.0, 2),
                (0.0, 0.0, 2),
                (0.0, 0.0, 2),
                (0.0, 0.0, 2),
            ],
            false,
        ),
    ] {
        let given = held(&all_the_time, &minutes);
        assert_eq!(since(&given), is_of_credits.then_some(300.0), "{minutes:?}");
    }
}

#[test]
fn credits_are_the_cause_only_while_instances_are_held_back() {
    let minutes = [(30.0, 12.0, 2); 5];
    for (throttled, expected) in [
        (vec![], None),
        (vec![(300.0, 600.0)], None),
        (vec![(300.0, 601.0)], Some(300.0)),
        (vec![(899.0, 1000.0)], Some(899.0)),
        (vec![(900.0, 1000.0)], None),
        (
            vec![(300.0, 400.0), (500.0, 700.0), (720.0, 800.0)],
            Some(500.0),
        ),
    ] {
        assert_eq!(
            since(&held(&throttled, &minutes)),
            expected,
            "{throttled:?}"
        );
    }
    let mut without = held(&[(300.0, 1200.0)], &minutes);
    without.plan.resource = VARIANT;
    assert_eq!(since(&without), None);
}

#[test]
fn target_tracking_sees_the_baseline_and_may_scale_in() {
    let cpu = Metric::Utilization {
        percent_s_per_request: 5.0,
        most_percent: 100.0,
    };
    // Held back from 500 s to 1,200 s; the incident ends at 900 s.
    for (start_s, from, to, scaled_in) in [
        (700.0, 3, 2, true),
        (700.0, 2, 2, false),
        (700.0, 2, 3, false),
        (500.0, 3, 2, false),
        (501.0, 3, 2, true),
        (899.0, 3, 2, true),
        (900.0, 3, 2, false),
        (400.0, 3, 2, false),
    ] {
        let given = held(&[(500.0, 1200.0)], &[(30.0, 12.0, 2); 5]);
        let mut given = given.scaled(&[(start_s, Some(start_s + 60.0), from, to)]);
        given.plan.target_tracking[0].target = 50.0;
        let seen = |given: &Given| match given.incident().bottleneck {
            Bottleneck::CpuCredits { seen, .. } => seen,
            other => unreachable!("{other:?}"),
        };
        // InvocationsPerInstance shows what comes, whatever is served.
        assert_eq!(seen(&given), None);
        given.plan.target_tracking[0].metric = cpu;
        // At its baseline an instance serves 6 requests per second, each of which takes 5 % of a second.
        let told = seen(&given).unwrap();
        let rounded = MetricWhileThrottled {
            metric: told.metric.round(),
            ..told
        };
        assert_eq!(
            rounded,
            MetricWhileThrottled {
                metric: 30.0,
                target: 50.0,
                scaled_in
            },
            "{start_s} {from} {to}"
        );
    }
}
