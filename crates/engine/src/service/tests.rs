use super::*;
use crate::plan::Instances;

fn queue(limit: Option<f64>, timeout_s: f64) -> Queue {
    let service = Service {
        max_rps: 10.0,
        safety_factor: 0.5,
        p50_ms: 20.0,
        p95_ms: 60.0,
        timeout_s,
        queue_limit_per_instance: limit,
    };
    let resource = ScalableResource::VariantInstances(Instances::default());
    Queue::new(service, &resource, 2.0, 2)
}

struct Expect {
    served: f64,
    failed: f64,
    late: f64,
    waiting: f64,
    wait_s: f64,
}

/// Steps through the same pieces a thousandth of a second at a time.
fn by_small_steps(queue: &Queue, pieces: &[(f64, f64, f64)]) -> Expect {
    let step = 1e-4;
    let mut sum = Expect {
        served: 0.0,
        failed: 0.0,
        late: 0.0,
        waiting: 0.0,
        wait_s: 0.0,
    };
    for &(from, to, seconds) in pieces {
        let steps = (seconds / step).round() as u32;
        for i in 0..steps {
            let rate = from + (to - from) * (f64::from(i) + 0.5) / f64::from(steps);
            let before = sum.waiting;
            let raw = sum.waiting + (rate - queue.capacity_rps) * step;
            sum.waiting = raw.clamp(0.0, queue.limit);
            let failed = (raw - queue.limit).max(0.0);
            let accepted = rate * step - failed;
            sum.failed += failed;
            sum.served += accepted - (sum.waiting - before);
            let wait = 0.5 * (before + sum.waiting) / queue.capacity_rps;
            sum.wait_s += wait * accepted;
            if wait > queue.late_s {
                sum.late += accepted;
            }
        }
    }
    sum
}

#[test]
fn closed_forms_agree_with_small_steps() {
    type Case<'a> = (Option<f64>, f64, &'a [(f64, f64, f64)]);
    let cases: &[Case] = &[
        (None, 60.0, &[(5.0, 15.0, 60.0)]),
        (None, 60.0, &[(0.0, 60.0, 30.0), (60.0, 0.0, 60.0)]),
        (
            None,
            3.0,
            &[(25.0, 40.0, 20.0), (40.0, 10.0, 20.0), (10.0, 0.0, 20.0)],
        ),
        (Some(15.0), 60.0, &[(30.0, 30.0, 10.0), (19.0, 19.0, 60.0)]),
        (Some(0.0), 60.0, &[(10.0, 30.0, 10.0), (30.0, 0.0, 5.0)]),
        (
            None,
            60.0,
            &[
                (20.0, 20.0, 10.0),
                (20.0, 30.0, 10.0),
                (30.0, 20.0, 10.0),
                (20.0, 0.0, 9.0),
            ],
        ),
        (
            None,
            60.0,
            &[(40.0, 40.0, 4.0), (20.0, 20.0, 10.0), (0.0, 20.0, 20.0)],
        ),
    ];
    for (limit, timeout_s, pieces) in cases {
        let mut exact = queue(*limit, *timeout_s);
        let mut flow = Flow::default();
        for &(from, to, seconds) in *pieces {
            exact.advance(from, to, seconds, &mut flow);
        }
        let expect = by_small_steps(&queue(*limit, *timeout_s), pieces);
        for (name, got, want) in [
            ("served", flow.served, expect.served),
            ("failed", flow.failed, expect.failed),
            ("late", flow.late, expect.late),
            ("waiting", exact.waiting, expect.waiting),
            ("wait_s", flow.wait_s, expect.wait_s),
        ] {
            assert!(
                (got - want).abs() < 1e-2,
                "{name}: {got} {want} in {pieces:?}"
            );
        }
        let conserved = flow.served + flow.failed + exact.waiting - flow.arrived;
        assert!(conserved.abs() < 1e-9 * flow.arrived);
    }
}

#[test]
fn requests_beyond_a_limit_that_falls_fail_at_once() {
    let mut queue = queue(None, 4.0);
    let mut flow = Flow::default();
    queue.advance(60.0, 60.0, 1.5, &mut flow);
    assert!((queue.waiting - 60.0).abs() < 1e-9);
    queue.set_instances(1, &mut flow);
    assert!((queue.waiting - 40.0).abs() < 1e-9);
    assert!((flow.failed - 20.0).abs() < 1e-9);
    // Above 2 s × 20 rps were 20 requests, of 60 that came in 1.5 s; all of these are failed now.
    assert!(flow.late.abs() < 31.0 && flow.late >= 0.0);
}

#[test]
fn what_waits_for_a_share_of_the_instances_fails_with_them() {
    let mut queue = queue(None, 60.0);
    let mut flow = Flow::default();
    queue.advance(60.0, 60.0, 1.5, &mut flow);
    // 60 wait, of which those beyond 2 s × 20 rps are late.
    assert!((flow.late - 30.0).abs() < 1e-9);
    queue.lose(0.25, &mut flow);
    let left = [queue.waiting, queue.late_limit, flow.failed, flow.late];
    assert_eq!(left, [45.0, 30.0, 15.0, 25.0]);
}

#[test]
fn a_wait_of_just_what_the_objective_allows_is_not_late() {
    let mut queue = queue(None, 2.0);
    let mut flow = Flow::default();
    // Full after 2 s, and so for 10 s.
    queue.advance(40.0, 40.0, 12.0, &mut flow);
    assert_eq!((flow.late, flow.failed), (0.0, 200.0));
    assert!(
        (flow.queue_s - (40.0 + 400.0)).abs() < 1e-9,
        "{}",
        flow.queue_s
    );
    let mut queue = self::queue(None, 60.0);
    queue.advance(40.0, 40.0, 2.0, &mut flow);
    queue.advance(20.0, 20.0, 10.0, &mut flow);
    assert_eq!((queue.waiting, flow.late), (40.0, 0.0));
}

#[test]
fn without_a_queue_requests_are_free_as_soon_as_demand_is_below_capacity() {
    let mut queue = queue(Some(0.0), 60.0);
    let mut flow = Flow::default();
    // From 20 rps to none in 3⅓ s.
    queue.advance(30.0, 0.0, 5.0, &mut flow);
    assert!((flow.free - 100.0 / 3.0).abs() < 1e-9, "{}", flow.free);
    assert_eq!(flow.waits.len(), 1);
}

/// Requests that were accepted while the queue was full.
fn last_waits(limit: Option<f64>, timeout_s: f64, line: (f64, f64, f64)) -> Waits {
    let mut queue = queue(limit, timeout_s);
    let mut flow = Flow::default();
    queue.advance(line.0, line.1, line.2, &mut flow);
    *flow.waits.last().unwrap()
}

#[test]
fn a_growing_queue_is_looked_up_where_chance_still_waits() {
    // One and a half times as much as two instances can do, mirrored: half. 60 requests wait half a second on average.
    let waits = last_waits(None, 60.0, (30.0, 30.0, 2.0));
    assert_eq!((waits.from_s, waits.to_s, waits.requests), (0.0, 1.0, 60.0));
    let by_chance = 30.0 - core::f64::consts::FRAC_PI_4 / 300.0 * 30.0;
    assert!((waits.load - by_chance).abs() < 1e-9, "{waits:?}");
}

#[test]
fn a_full_queue_is_looked_up_where_chance_still_waits() {
    // Two and a half times as much as two instances can do, mirrored: one and a half times.
    let refused = last_waits(Some(0.0), 60.0, (20.0, 30.0, 10.0));
    assert_eq!((refused.requests, refused.load), (200.0, 150.0));
    // 60 wait after 6 s; 200 requests of the other 10 s wait 3 s each.
    let timed_out = last_waits(None, 3.0, (30.0, 30.0, 16.0));
    assert!((timed_out.requests - 200.0).abs() < 1e-9);
    assert!((timed_out.from_s - 3.0).abs() < 1e-9 && timed_out.from_s == timed_out.to_s);
    let by_chance = 100.0 - core::f64::consts::FRAC_PI_4 / 300.0 * 600.0;
    assert!((timed_out.load - by_chance).abs() < 1e-6, "{timed_out:?}");
}
