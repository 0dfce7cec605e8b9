//! What is found for surges of several kinds.

use crate::{
    common::{curve, plan},
    trial::{by_trial, search},
};
use engine::{
    advice::Change,
    plan::{Launch, Metric, Plan},
};

/// From 5 requests per second up to another rate within some seconds, for an hour, and down again by one each hundred seconds.
fn hill(at_s: f64, ramp_s: f64, high: f64) -> Plan {
    let top_s = at_s + ramp_s;
    let down_s = top_s + 3600.0;
    let foot_s = down_s + 100.0 * (high - 5.0);
    let points = [(at_s, 5.0), (top_s, high), (down_s, high), (foot_s, 5.0)];
    by_the_queue_alone(plan(&[curve(&points)], 8 * 3600))
}

/// Requests that take longer than any run never fill a station: who is late waits in the queue, and can be worked out by hand.
fn by_the_queue_alone(mut plan: Plan) -> Plan {
    (plan.service.p50_ms, plan.service.p95_ms) = (1e15, 1.5e15);
    plan
}

/// From 1 request per second an hour on, up to 25 within some seconds, and no more down.
fn climb(ramp_s: f64, metric: Metric, target: f64) -> Plan {
    let points = [(3600.0, 1.0), (3600.0 + ramp_s, 25.0)];
    let mut plan = by_the_queue_alone(plan(&[curve(&points)], 4 * 3600));
    let policy = &mut plan.target_tracking[0];
    (policy.metric, policy.target) = (metric, target);
    plan
}

#[test]
fn a_search_finds_what_trying_every_change_finds() {
    use Change::{MaxCapacity, MinAndMax, MinCapacity, ScheduledMin, Target};
    let scheduled = |min, from_s, until_s| ScheduledMin {
        min,
        from_s,
        until_s,
    };
    let (event, end_s) = (hill(7200.0, 300.0, 90.0), 18_900.0);
    let mut slow = event.clone();
    slow.fleet.launch = Launch::Fixed(1500.0);
    let at_once = [(7200.0, 5.0), (7260.0, 210.0), (14_400.0, 280.0)];
    let (invocations, day_s) = (Metric::InvocationsPerInstance, 14_400.0);
    let cpu = Metric::Utilization {
        percent_s_per_request: 5.0,
        most_percent: 100.0,
    };
    let two = [scheduled(2, 3600.0, day_s), MinCapacity(2)];
    let two_or = |target| [two[0], two[1], Target(target)].to_vec();
    let cases = [
        // 90 requests per second take five instances. One is too few from 7,253 s, and they must have been launched four minutes
        // before; it is enough again from 7,500 + 3,600 + 7,000 s on.
        (
            event,
            end_s,
            vec![scheduled(5, 6300.0, end_s), MinCapacity(5)],
        ),
        // From 7,853 s: the same quarter of an hour is early enough. Or 25 minutes before: two quarters earlier.
        (
            hill(7800.0, 300.0, 90.0),
            end_s,
            vec![scheduled(5, 7200.0, end_s), MinCapacity(5)],
        ),
        (
            slow,
            end_s,
            vec![scheduled(5, 5400.0, end_s), MinCapacity(5)],
        ),
        // No earlier than the start.
        (
            hill(600.0, 60.0, 90.0),
            11_700.0,
            vec![scheduled(5, 0.0, 11_700.0), MinCapacity(5)],
        ),
        // Slow enough to be followed up to 13 instances; eleven at once, and then up to 14.
        (
            hill(3600.0, 14_000.0, 260.0),
            28_800.0,
            vec![MaxCapacity(13)],
        ),
        (
            by_the_queue_alone(plan(&[curve(&at_once)], 28_800)),
            28_800.0,
            vec![MinAndMax { min: 11, max: 14 }],
        ),
        // 25 by the second take two instances. 20 are passed at 4,217 s, and two seconds' worth of them may wait from 4,268 s at
        // the latest. Above 7 are the minutes from 3,780 s on, so the second instance is there at 4,260 s; above 8 a minute later.
        (climb(780.0, invocations, 600.0), day_s, two_or(420.0)),
        (climb(780.0, cpu, 50.0), day_s, two_or(35.0)),
        // 20 at 4,075 s. Above 2, the least that is tried, from 3,600 s on: 4,080 s; above 3 a minute later.
        (climb(600.0, invocations, 600.0), day_s, two_or(120.0)),
        // 20 at 4,392 s. Above 10 from 3,960 s on: 4,440 s. The target in force is beyond what an instance can do.
        (climb(1000.0, invocations, 1500.0), day_s, two_or(600.0)),
    ];
    for (plan, until_s, expected) in cases {
        let (found, runs) = search(&plan);
        assert_eq!(found, expected);
        assert_eq!((found, runs), by_trial(&plan, until_s));
    }
}
