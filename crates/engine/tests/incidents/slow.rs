//! Whether an instance that was slow cost most, and when what else did.

use crate::{
    common::{VARIANT, curve, plan, slow_down},
    given::{Given, Minute},
};
use engine::{
    Report,
    plan::{Failing, Plan, ScalableTarget, SlowInstance},
    report::Bottleneck,
    run::Loss,
};

/// Two instances, one of them slow: 25 of 40 requests per second are served.
const SHORT: [Minute; 4] = [(30.0, 25.0, 2); 4];

/// Noticed from 600 s to 840 s, three requests a minute; one instance is slow between two moments; the minutes from 600 s on.
fn slow((from_s, until_s): (f64, f64), minutes: [Minute; 4]) -> Given {
    let mut given = Given::new(&[(600.0, 5.0), (600.0, 60.0)], 600.0, 840.0).fleet(&[(0.0, 2)]);
    let slow = SlowInstance {
        at_s: from_s,
        times: 4.0,
        for_s: until_s - from_s,
    };
    slow_down(&mut given.plan, slow);
    given.minutes(&minutes)
}

/// Since when it was slow, where that is the cause.
fn since(given: &Given) -> Option<f64> {
    match given.incident().bottleneck {
        Bottleneck::SlowInstance { at_s, times, of } => {
            assert_eq!((times, of), (4.0, 2));
            Some(at_s)
        }
        _ => None,
    }
}

const ALL_THE_TIME: (f64, f64) = (300.0, 1200.0);

#[test]
fn it_is_the_cause_where_at_full_speed_half_as_much_would_have_lacked() {
    let still = (0.0, 25.0, 2);
    // The minutes, in which of them users noticed, and whether it is the cause.
    for (minutes, noticed, is_cause) in [
        ([(30.0, 25.0, 2); 4], 0..4, true),
        ([(40.0, 25.0, 2); 4], 0..4, true),
        // It is gone already.
        ([(50.0, 40.0, 2); 4], 0..4, false),
        // 780 + 780 of 1,500 + 1,680 requests, 840 + 840 of 1,500 + 1,740: a minute's capacity waits at most.
        ([(53.0, 25.0, 2), still, still, still], 0..1, true),
        ([(54.0, 25.0, 2), still, still, still], 0..1, false),
        // 600 and 1,200 of 1,800 requests wait from the minute before.
        ([(60.0, 25.0, 2), (30.0, 25.0, 2), still, still], 1..2, true),
        (
            [(70.0, 25.0, 2), (30.0, 25.0, 2), still, still],
            1..2,
            false,
        ),
        // What had to wait for longer than the timeout has failed.
        ([(200.0, 25.0, 2), still, still, still], 1..2, true),
    ] {
        let at_s = |minute: u32| 60.0 * f64::from(10 + minute);
        let (from_s, until_s) = (at_s(noticed.start), at_s(noticed.end));
        let given = slow(ALL_THE_TIME, minutes).queue(&[(10, 1.0)]);
        let given = given.noticed(from_s, until_s, 1.0, 2.0);
        let expected = is_cause.then_some(300.0);
        assert_eq!(since(&given), expected, "{minutes:?} {noticed:?}");
    }
}

#[test]
fn minutes_count_from_the_first_that_was_noticed_though_the_overload_came_later() {
    let gone = (50.0, 40.0, 2);
    let mut given = slow(ALL_THE_TIME, [gone, gone, gone, (30.0, 25.0, 2)]);
    given.plan.demand = plan(&[curve(&[(720.0, 5.0), (720.0, 60.0)])], 7200).demand;
    assert_eq!(since(&given), None);
}

#[test]
fn it_is_the_cause_only_while_it_is_slow() {
    for (from_s, until_s, is_cause) in [
        (300.0, 600.0, false),
        (300.0, 601.0, true),
        (600.0, 1200.0, true),
        // Two of four minutes were before, three.
        (720.0, 1200.0, true),
        (721.0, 1200.0, false),
        (840.0, 1200.0, false),
    ] {
        let given = slow((from_s, until_s), SHORT);
        assert_eq!(since(&given), is_cause.then_some(from_s), "{from_s}");
    }
    let mut without = slow(ALL_THE_TIME, SHORT);
    without.plan.resource = VARIANT;
    assert_eq!(since(&without), None);
}

#[test]
fn requests_to_what_has_failed_fail_anyway() {
    for (at_s, unrouted_s, is_slow) in [
        (400.0, 600.0, true),
        (600.0, 720.0, true),
        (600.0, 721.0, false),
        (719.0, 840.0, false),
        (720.0, 840.0, true),
    ] {
        let mut given = slow(ALL_THE_TIME, SHORT);
        given.run.losses.push(Loss {
            at_s,
            index: 0,
            what: Failing::Instances(1),
            instances: 1,
            of: 3,
            unrouted_s,
            noticed_s: f64::INFINITY,
        });
        assert_eq!(since(&given), is_slow.then_some(300.0), "{at_s}");
    }
}

/// Two instances, an hour of such demand, and one of them so many times as slow from minute 10 to 30.
fn two(rps: f64, times: f64, late_s: f64) -> Plan {
    let mut plan = plan(&[curve(&[(0.0, rps)])], 3600);
    plan.target_tracking.clear();
    plan.scalable_target = ScalableTarget { min: 2, max: 2 };
    plan.objective.late_s = late_s;
    let slow = SlowInstance {
        at_s: 600.0,
        times,
        for_s: 1200.0,
    };
    slow_down(&mut plan, slow);
    plan
}

#[test]
fn it_is_the_cause_of_waits_at_busy_instances_that_nobody_would_have_at_full_speed() {
    for (rps, times, late_s, is_cause) in [
        // 25 requests per second are served meanwhile.
        (30.0, 4.0, 2.0, true),
        // No queue, but longer random waits: at full speed nearly nobody waits as long.
        (16.0, 4.0, 0.5, true),
        // At full speed nearly as many wait for half a second, too.
        (36.0, 1.05, 0.5, false),
    ] {
        let plan = two(rps, times, late_s);
        let incidents = Report::new(&plan, &engine::run(&plan)).incidents;
        let at_s = 600.0;
        let cause = Bottleneck::SlowInstance { at_s, times, of: 2 };
        let is_told = incidents[0].bottleneck == cause;
        assert_eq!(is_told, is_cause, "{rps}: {incidents:?}");
    }
}
