//! An asynchronous endpoint's own queue: there without any instance, first in first out, each request of a limited life.
//!
//! Requests wait in it, not at instances; one that has waited RequestTTLSeconds is gone. Two places in demand follow the
//! run: where the request came that is next to be served (what waits is known by its age), and where those came that
//! expire now. Between the corners of all three, everything has a closed form.
//!
//! Source: Amazon SageMaker developer guide, "Asynchronous inference".

use super::{Flow, Queue, Waits, time_to};
use crate::{
    cloudwatch::breach,
    demand::{Cursor, Line, Node},
    plan::Plan,
    run::PERIOD_S,
};

/// Time is not cut finer than this, seconds: rounding would stand still.
const SHORTEST_S: f64 = 1e-6;

/// Fewer requests than this are rounding where there should be none.
const ROUNDING: f64 = 1e-6;

/// The queue's history: how many wait is the `Queue`'s.
#[derive(Clone, Debug)]
pub(crate) struct Backlog<'a> {
    life_s: f64,
    late_s: f64,
    /// Where the request came that is next to be served, while there is one.
    head: Cursor<'a>,
    /// Where those came that are now so old as to expire, and how many came before.
    oldest: Cursor<'a>,
    passed: f64,
    /// Requests of the last life that do not wait any more; at zero, those that grow too old expire.
    gone: f64,
    /// Integrals over the period: requests waiting, the same per instance, and the time when some wait and there are none.
    sums: breach::Backlog,
}

/// A moment of demand and its queue: rates in requests per second, and their change per second.
#[derive(Clone, Copy, Debug)]
struct Moment {
    at_s: f64,
    rate: f64,
    slope: f64,
}

/// A line that demand goes through, from `start_s` on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Coming {
    pub start_s: f64,
    pub from_rps: f64,
    pub to_rps: f64,
    pub seconds: f64,
    /// Requests that came before.
    pub before: f64,
}

impl<'a> Backlog<'a> {
    /// The queue of an asynchronous endpoint; `None` where there is none.
    #[inline]
    pub(crate) fn of(plan: &'a Plan) -> Option<Box<Self>> {
        plan.service.shared_queue.then(|| Self::new(plan))
    }

    #[inline(never)]
    fn new(plan: &'a Plan) -> Box<Self> {
        let nodes: &[Node] = plan.demand.nodes();
        Box::new(Self {
            life_s: plan.service.timeout_s,
            late_s: plan.objective.late_s,
            head: Cursor::new(nodes),
            oldest: Cursor::new(nodes),
            passed: 0.0,
            gone: 0.0,
            sums: breach::Backlog::default(),
        })
    }

    /// What the period that ends leaves for metrics.
    pub(crate) fn publish(&mut self) -> breach::Backlog {
        let mean = |sum: f64| sum / f64::from(PERIOD_S);
        let sums = core::mem::take(&mut self.sums);
        let without = mean(sums.without_capacity);
        breach::Backlog {
            size: mean(sums.size),
            per_instance: mean(sums.per_instance),
            // A sum of parts of a minute is a whole one but for rounding.
            without_capacity: if without > 1.0 - 1e-6 { 1.0 } else { without },
        }
    }

    /// Lets demand flow along a line.
    pub(crate) fn advance(&mut self, queue: &mut Queue, coming: &Coming, flow: &mut Flow) {
        let Coming {
            start_s,
            from_rps,
            to_rps,
            seconds,
            before,
        } = *coming;
        let slope = (to_rps - from_rps) / seconds;
        let (mut done_s, mut came) = (0.0, before);
        while done_s < seconds {
            let left_s = seconds - done_s;
            let now = Moment {
                at_s: start_s + done_s,
                rate: from_rps + slope * done_s,
                slope,
            };
            if queue.waiting < ROUNDING && self.has_expired(now.at_s) {
                queue.waiting = 0.0;
            }
            let step_s = if queue.waiting <= 0.0 && !rises_above(queue.capacity_rps, now) {
                let step_s = left_s.min(runs_out(queue.capacity_rps - now.rate, -slope, 0.0));
                let step_s = step_s.max(SHORTEST_S).min(left_s);
                let to = now.rate + slope * step_s;
                came += 0.5 * (now.rate + to) * step_s;
                queue.flow_freely(now.rate, to, step_s, flow);
                step_s
            } else {
                if queue.waiting <= 0.0 {
                    self.begin(now.at_s, came);
                }
                let (step_s, requests) = self.step(queue, now, left_s, flow);
                came += requests;
                step_s
            };
            done_s += step_s;
        }
        let requests = 0.5 * (from_rps + to_rps) * seconds;
        flow.arrived += requests;
        flow.invocations_per_instance += requests * queue.per_instance;
    }

    /// How many of those that wait at the end of a run are late, and how long the first has waited; `None` where none is.
    pub(crate) fn overdue(&mut self, queue: &Queue, end_s: f64) -> Option<(f64, f64)> {
        let longest_s = end_s - self.head.at_s();
        if queue.waiting <= 1e-6 || longest_s <= self.late_s {
            return None;
        }
        let late = self.head.walk(end_s - self.late_s).requests;
        (late > 1e-6).then_some((late.min(queue.waiting), longest_s))
    }

    /// Nothing has come in a life, so nothing waits: a backlog that is rounding alone would wake an endpoint for nobody.
    fn has_expired(&self, now_s: f64) -> bool {
        let oldest_s = now_s - self.life_s;
        if oldest_s < 0.0 {
            return false;
        }
        let mut oldest = self.oldest.clone();
        oldest.skip_to(oldest_s);
        oldest.walk(now_s).requests == 0.0
    }

    /// A queue begins to form, once `came` requests have come.
    fn begin(&mut self, now_s: f64, came: f64) {
        self.head.skip_to(now_s);
        let expired_s = now_s - self.life_s;
        if expired_s > 0.0 {
            self.passed += self.oldest.walk(expired_s).requests;
        }
        self.gone = (came - self.passed).max(0.0);
    }

    /// Goes on while demand goes straight and so does what expires, until the queue is empty or expiry begins or ends; at most
    /// `left_s`. Gives the seconds, and the requests that came.
    fn step(&mut self, queue: &mut Queue, now: Moment, left_s: f64, flow: &mut Flow) -> (f64, f64) {
        let capacity = queue.capacity_rps;
        let aged = self.aged(now.at_s);
        let expires = self.gone <= 0.0 && rises_above(capacity, aged.moment);
        let aging = aged.moment;
        // What leaves the queue, served or expired.
        let (leaving, leaving_slope) = if expires {
            (aging.rate, aging.slope)
        } else {
            (capacity, 0.0)
        };
        let turns_s = if expires {
            runs_out(aging.rate - capacity, aging.slope, 0.0)
        } else {
            runs_out(self.gone, capacity - aging.rate, -aging.slope)
        };
        let (speed, bend) = (now.rate - leaving, now.slope - leaving_slope);
        let empty_s = runs_out(queue.waiting, speed, bend);
        let step_s = left_s.min(aged.left_s).min(turns_s).min(empty_s);
        let step_s = step_s.max(SHORTEST_S).min(left_s);

        let over = |rate: f64, slope: f64| (rate + 0.5 * slope * step_s) * step_s;
        let came = over(now.rate, now.slope);
        let too_old = over(aging.rate, aging.slope);
        let before = queue.waiting;
        let failed = if expires {
            (too_old - capacity * step_s).max(0.0)
        } else {
            0.0
        };
        queue.waiting = if empty_s <= step_s {
            0.0
        } else {
            (before + over(speed, bend)).max(0.0)
        };
        // Without instances what is left is rounding.
        let served = if capacity > 0.0 {
            (before + came - failed - queue.waiting).max(0.0)
        } else {
            0.0
        };
        self.gone = if expires || turns_s <= step_s {
            0.0
        } else {
            (self.gone + served - too_old).max(0.0)
        };

        flow.served += served;
        flow.failed += failed;
        self.gauge(queue, before, speed, bend, step_s);
        let end_s = now.at_s + step_s;
        if end_s > self.life_s {
            self.passed += self.oldest.walk(end_s - self.life_s).requests;
        }
        if expires {
            self.head.skip_to(end_s - self.life_s);
            let life_s = self.life_s;
            self.note(served, life_s, life_s, served * life_s, flow);
            if life_s > self.late_s {
                flow.late += served;
            }
        } else {
            self.serve(now.at_s, step_s, served, flow);
        }
        (step_s, came)
    }

    /// The rate at which requests came a life ago, and for how many seconds it goes on as it does.
    fn aged(&mut self, now_s: f64) -> Aged {
        if now_s < self.life_s {
            let moment = Moment {
                at_s: now_s,
                rate: 0.0,
                slope: 0.0,
            };
            let left_s = self.life_s - now_s;
            return Aged { moment, left_s };
        }
        let Line {
            rps,
            slope,
            seconds,
        } = self.oldest.line();
        let moment = Moment {
            at_s: now_s,
            rate: rps,
            slope,
        };
        Aged {
            moment,
            left_s: seconds,
        }
    }

    fn gauge(&mut self, queue: &Queue, before: f64, speed: f64, bend: f64, seconds: f64) {
        let area = (before + (0.5 * speed + bend * seconds / 6.0) * seconds) * seconds;
        let area = area.max(0.0);
        self.sums.size += area;
        self.sums.per_instance += area * queue.per_instance;
        if queue.capacity_rps <= 0.0 {
            self.sums.without_capacity += seconds;
        }
    }

    /// Serves the oldest, evenly over so many seconds, and notes how old they are.
    fn serve(&mut self, start_s: f64, seconds: f64, served: f64, flow: &mut Flow) {
        let mut left = served;
        while left > 1e-12 * served {
            let Line {
                rps,
                slope,
                seconds: line_s,
            } = self.head.line();
            let all = if line_s.is_finite() {
                (rps + 0.5 * slope * line_s) * line_s
            } else {
                f64::INFINITY
            };
            let part = left.min(all.max(0.0));
            let part_s = if part < all {
                time_to(part, rps, slope).min(line_s)
            } else {
                line_s
            };
            if !part_s.is_finite() {
                break;
            }
            let came_s = self.head.at_s();
            let at_s = |left: f64| start_s + seconds * (1.0 - left / served) - came_s;
            let (from_s, until_s) = (at_s(left), at_s(left - part));
            left -= part;
            // The sum is exact: served evenly, come as they came.
            let came = (0.5 * rps + slope * part_s / 3.0) * part_s * part_s;
            let sum_s = part * 0.5 * (from_s + until_s) - came;
            let to_s = (until_s - part_s).max(0.0);
            let late = self.late(rps, slope, part_s, served / seconds, from_s);
            self.note(part, from_s.max(0.0), to_s, sum_s.max(0.0), flow);
            flow.late += late.min(part);
            self.head.skip_to(came_s + part_s);
            if part < all {
                break;
            }
        }
    }

    /// How many of those are late that came along a line for so many seconds and are served evenly, the first once it has waited
    /// `from_s`: waits may grow and shrink again on the way.
    fn late(&self, rps: f64, slope: f64, part_s: f64, served_rps: f64, from_s: f64) -> f64 {
        let came = |x: f64| (rps + 0.5 * slope * x) * x;
        let wait_s = |x: f64| from_s + came(x) / served_rps - x;
        // Where that is the limit: half the slope × x² + speed × x = rest.
        let (speed, rest) = (rps - served_rps, served_rps * (self.late_s - from_s));
        let root = (speed * speed + 2.0 * slope * rest).max(0.0).sqrt();
        let far = -(speed + root.copysign(speed));
        let (mut cuts, mut late, mut last) = ([far / slope, -2.0 * rest / far, part_s], 0.0, 0.0);
        cuts.sort_unstable_by(f64::total_cmp);
        for cut in cuts.into_iter().filter(|cut| *cut > 0.0 && *cut <= part_s) {
            if wait_s(0.5 * (last + cut)) > self.late_s {
                late += came(cut) - came(last);
            }
            last = cut;
        }
        late
    }

    /// Notes how long requests have waited that are served: between two values, and `sum_s` together.
    fn note(&self, requests: f64, from_s: f64, to_s: f64, sum_s: f64, flow: &mut Flow) {
        if requests <= 0.0 {
            return;
        }
        flow.wait_s += sum_s;
        flow.waits.push(Waits {
            from_s,
            to_s,
            requests,
            // An instance takes one when it can work on it: none waits there.
            load: 0.0,
        });
    }
}

/// What came a life ago.
#[derive(Clone, Copy, Debug)]
struct Aged {
    moment: Moment,
    left_s: f64,
}

/// A rate is above a level, or just about to be.
fn rises_above(level: f64, now: Moment) -> bool {
    now.rate > level || (now.rate == level && now.slope > 0.0)
}

/// When `level ≥ 0`, which changes by `speed` per second and that by `bend`, is down to zero, seconds from now; infinity if it
/// never is. Written so that nothing cancels.
fn runs_out(level: f64, speed: f64, bend: f64) -> f64 {
    let level = level.max(0.0);
    let square = speed * speed - 2.0 * bend * level;
    if square < 0.0 {
        f64::INFINITY
    } else if speed < 0.0 {
        2.0 * level / (square.sqrt() - speed)
    } else if bend < 0.0 {
        (speed + square.sqrt()) / -bend
    } else {
        f64::INFINITY
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Overflow;
    use crate::plan::Service;

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
                shared_queue: true,
                queue_limit_per_instance: None,
            };
            let mut queue = Queue::new(service, Overflow::Queue, LATE_S, fleet[0].1);
            let mut backlog = Backlog {
                life_s: *life_s,
                late_s: LATE_S,
                head: Cursor::new(&nodes),
                oldest: Cursor::new(&nodes),
                passed: 0.0,
                gone: 0.0,
                sums: breach::Backlog::default(),
            };
            let mut flow = Flow::default();
            let mut demand = Cursor::new(&nodes);
            let mut start_s = 0.0;
            let ends = fleet
                .iter()
                .skip(1)
                .map(|&(at_s, instances)| (at_s, Some(instances)));
            for (end_s, instances) in ends.chain([(until_s, None)]) {
                demand.advance_to(end_s, |from_rps, to_rps, seconds| {
                    let coming = Coming {
                        start_s,
                        from_rps,
                        to_rps,
                        seconds,
                        before: flow.arrived,
                    };
                    backlog.advance(&mut queue, &coming, &mut flow);
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
            shared_queue: true,
            queue_limit_per_instance: None,
        };
        let mut queue = Queue::new(service, Overflow::Queue, late_s, 1);
        let mut backlog = Backlog {
            life_s,
            late_s,
            head: Cursor::new(&nodes),
            oldest: Cursor::new(&nodes),
            passed: 0.0,
            gone: 0.0,
            sums: breach::Backlog::default(),
        };
        let coming = Coming {
            start_s: 0.0,
            from_rps: 10.0,
            to_rps: 10.0,
            seconds: 60.0,
            before: 0.0,
        };
        let mut flow = Flow::default();
        backlog.advance(&mut queue, &coming, &mut flow);
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
        let mut backlog = Backlog {
            life_s: 100.0,
            late_s: LATE_S,
            head: Cursor::new(&nodes),
            oldest: Cursor::new(&nodes),
            passed: 0.0,
            gone: 0.0,
            sums: breach::Backlog::default(),
        };
        for (share, published) in [(1.0 - 1e-12, 1.0), (0.999, 0.999), (0.5, 0.5), (0.0, 0.0)] {
            backlog.sums.without_capacity = 60.0 * share;
            let without = backlog.publish().without_capacity;
            assert!((without - published).abs() < 1e-13, "{share}: {without}");
        }
    }
}
