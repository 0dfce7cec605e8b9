use super::*;
use crate::plan::{ScalableResource, Service};

struct Expect {
    served: f64,
    failed: f64,
    waiting: f64,
    wait_s: f64,
    late: f64,
    size: f64,
}

/// The longest wait that is not late, seconds.
const LATE_S: f64 = 5.0;

const ASYNCHRONOUS: ScalableResource =
    ScalableResource::AsynchronousInstances { cpu_credits: None };

/// The same queue in steps of ten milliseconds, every batch that came kept apart.
fn by_small_steps(
    nodes: &[Node],
    fleet: &[(f64, u32)],
    max_rps: f64,
    life_s: f64,
    until_s: f64,
) -> Expect {
    let step = 0.01;
    let mut sum = Expect {
        served: 0.0,
        failed: 0.0,
        waiting: 0.0,
        wait_s: 0.0,
        late: 0.0,
        size: 0.0,
    };
    let mut batches = std::collections::VecDeque::new();
    let mut cursor = Cursor::new(nodes);
    for i in 0..(until_s / step).round() as u32 {
        let now_s = (f64::from(i) + 1.0) * step;
        let at = fleet.partition_point(|&(at_s, _)| at_s < now_s - 0.5 * step);
        let instances = f64::from(fleet[at - 1].1);
        batches.push_back((now_s - 0.5 * step, cursor.walk(now_s).requests));
        let mut room = instances * max_rps * step;
        while let Some((came_s, requests)) = batches.front_mut() {
            let part = requests.min(room);
            let wait_s = now_s - 0.5 * step - *came_s;
            sum.served += part;
            sum.wait_s += part * wait_s;
            sum.late += if wait_s > LATE_S { part } else { 0.0 };
            (*requests, room) = (*requests - part, room - part);
            if *requests > 1e-12 {
                break;
            }
            batches.pop_front();
        }
        while let Some(&(came_s, requests)) = batches.front()
            && now_s - came_s > life_s
        {
            sum.failed += requests;
            batches.pop_front();
        }
        sum.waiting = batches.iter().map(|(_, requests)| requests).sum();
        sum.size += sum.waiting * step;
    }
    sum
}

/// A queue in which nothing has waited yet.
fn backlog(nodes: &[Node], life_s: f64, late_s: f64) -> Backlog<'_> {
    Backlog {
        life_s,
        late_s,
        head: Cursor::new(nodes),
        oldest: Cursor::new(nodes),
        passed: 0.0,
        gone: 0.0,
        sums: breach::BacklogDatapoint::default(),
        undivided: 0.0,
        shared_by: 1.0,
    }
}

#[test]
fn closed_forms_agree_with_small_steps() {
    type Case<'a> = (f64, &'a [(f64, f64)], &'a [(f64, u32)]);
    let cases: &[Case] = &[
        // Nobody there: all that grow too old expire.
        (60.0, &[(0.0, 2.0), (100.0, 8.0), (200.0, 0.0)], &[(0.0, 0)]),
        // Instances come, drain, go.
        (
            600.0,
            &[
                (0.0, 0.0),
                (30.0, 9.0),
                (90.0, 9.0),
                (90.0, 0.0),
                (300.0, 0.0),
                (300.0, 6.0),
            ],
            &[(0.0, 0), (120.0, 1), (150.0, 3), (260.0, 0), (333.3, 2)],
        ),
        // Too few: some are served, the rest expire, until the rate of those that expire falls.
        (
            45.0,
            &[
                (0.0, 5.0),
                (60.0, 20.0),
                (120.0, 20.0),
                (180.0, 1.0),
                (240.0, 7.0),
            ],
            &[(0.0, 1), (200.0, 2), (260.0, 0), (270.0, 1)],
        ),
        // Two batches with nothing between, served in one go.
        (
            1000.0,
            &[
                (0.0, 3.0),
                (50.0, 3.0),
                (50.0, 0.0),
                (150.0, 0.0),
                (150.0, 3.0),
                (200.0, 3.0),
                (200.0, 0.0),
            ],
            &[(0.0, 0), (240.0, 4)],
        ),
        // Demand rises above capacity on the way, and the first of the queue expire 20 s later.
        (20.0, &[(0.0, 0.0), (360.0, 24.0)], &[(0.0, 2)]),
        // The same after a queue that was worked off on the same line.
        (
            40.0,
            &[(0.0, 30.0), (10.0, 30.0), (10.0, 0.0), (360.0, 21.0)],
            &[(0.0, 2)],
        ),
        // A queue that grows evenly, and shrinks as evenly.
        (
            1000.0,
            &[(0.0, 10.0), (60.0, 10.0), (60.0, 3.0), (360.0, 3.0)],
            &[(0.0, 2)],
        ),
    ];
    let until_s = 360.0;
    for (life_s, points, fleet) in cases {
        let nodes: Vec<Node> = points
            .iter()
            .map(|&(at_s, rps)| Node { at_s, rps })
            .collect();
        let max_rps = 4.0;
        let service = Service {
            max_rps,
            safety_factor: 0.5,
            p50_ms: 20.0,
            p95_ms: 60.0,
            timeout_s: *life_s,
            queue_limit_per_instance: None,
        };
        let mut queue = Queue::new(service, &ASYNCHRONOUS, LATE_S, fleet[0].1);
        let mut backlog = backlog(&nodes, *life_s, LATE_S);
        let mut flow = Flow::default();
        let mut demand = Cursor::new(&nodes);
        let mut start_s = 0.0;
        let ends = fleet
            .iter()
            .skip(1)
            .map(|&(at_s, instances)| (at_s, Some(instances)));
        for (end_s, instances) in ends.chain([(until_s, None)]) {
            demand.advance_to(end_s, |from_rps, to_rps, seconds| {
                let line = DemandLine {
                    start_s,
                    from_rps,
                    to_rps,
                    seconds,
                    before: flow.arrived,
                };
                backlog.advance(&mut queue, &line, &mut flow);
                start_s += seconds;
            });
            if let Some(instances) = instances {
                queue.set_instances(instances, &mut flow);
            }
        }
        let expect = by_small_steps(&nodes, fleet, max_rps, *life_s, until_s);
        let size = backlog.sums.size;
        for (name, got, want) in [
            ("served", flow.served, expect.served),
            ("failed", flow.failed, expect.failed),
            ("waiting", queue.waiting, expect.waiting),
            ("wait_s", flow.wait_s, expect.wait_s),
            ("late", flow.late, expect.late),
            ("size", size, expect.size),
        ] {
            let near = (got - want).abs() < 0.3 + 1e-3 * want.abs();
            assert!(near, "{name}: {got} {want} in {points:?}");
        }
        let conserved = flow.served + flow.failed + queue.waiting - flow.arrived;
        assert!(conserved.abs() < 1e-9 * flow.arrived, "{conserved}");
    }
}

/// One instance of 4 requests per second before demand of 10, for a minute, with so long a life and so late an objective.
fn overrun(life_s: f64, late_s: f64) -> Flow {
    let nodes = [(0.0, 10.0), (60.0, 10.0)].map(|(at_s, rps)| Node { at_s, rps });
    let service = Service {
        max_rps: 4.0,
        safety_factor: 0.5,
        p50_ms: 20.0,
        p95_ms: 60.0,
        timeout_s: life_s,
        queue_limit_per_instance: None,
    };
    let mut queue = Queue::new(service, &ASYNCHRONOUS, late_s, 1);
    let mut backlog = backlog(&nodes, life_s, late_s);
    let line = DemandLine {
        start_s: 0.0,
        from_rps: 10.0,
        to_rps: 10.0,
        seconds: 60.0,
        before: 0.0,
    };
    let mut flow = Flow::default();
    backlog.advance(&mut queue, &line, &mut flow);
    flow
}

#[test]
fn who_waits_for_a_whole_life_is_late_if_that_is_too_long() {
    // The n-th is served at n / 4 and came at n / 10: it waits 10 s from the 66⅔-th on, and then others expire.
    let in_time = overrun(10.0, 10.0);
    assert!(
        (in_time.late, in_time.failed > 100.0) == (0.0, true),
        "{in_time:?}"
    );
    let late = overrun(10.0, 9.999_999).late;
    let after_the_first = 4.0 * (60.0 - 50.0 / 3.0);
    assert!((late - after_the_first).abs() < 1e-3, "{late}");
}

#[test]
fn a_minute_without_capacity_is_a_whole_one_but_for_rounding() {
    let nodes = [(0.0, 1.0), (60.0, 1.0)].map(|(at_s, rps)| Node { at_s, rps });
    let mut backlog = backlog(&nodes, 100.0, LATE_S);
    for (share, published) in [(1.0 - 1e-12, 1.0), (0.999, 0.999), (0.5, 0.5), (0.0, 0.0)] {
        backlog.sums.without_capacity = 60.0 * share;
        let without = backlog.publish().without_capacity;
        assert!((without - published).abs() < 1e-13, "{share}: {without}");
    }
}
