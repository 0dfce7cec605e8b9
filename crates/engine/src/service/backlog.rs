//! The queue of an asynchronous endpoint: it exists without instances, is first in first out, and its requests expire.
//!
//! Requests wait in it, not at instances; one that has waited RequestTTLSeconds expires. Two positions in demand follow the run:
//! where the request came that is served next, and where those came that expire now. Between the corners of demand at all three
//! times, everything has a closed form.
//!
//! Source: Amazon SageMaker developer guide, "Asynchronous inference".

use super::{Queue, time_to};
use crate::flow::{Flow, Waits};
use crate::{
    cloudwatch::breach,
    demand::{Cursor, Line, Node},
    exact,
    plan::Plan,
    run::PERIOD_S,
};

/// Shortest step, seconds: with a shorter one rounding would keep time from advancing.
const SHORTEST_S: f64 = 1e-6;

/// Fewer requests than this, or than this share of all that came, are rounding.
const ROUNDING: f64 = 1e-6;
const ROUNDING_SHARE: f64 = 1e-12;

/// The queue's history. How many requests wait is kept in `Queue`.
#[derive(Clone, Debug)]
pub(crate) struct Backlog<'a> {
    life_s: f64,
    late_s: f64,
    /// Where the request came that is served next, while there is one.
    head: Cursor<'a>,
    /// Where the requests came that expire now, and how many came before them.
    oldest: Cursor<'a>,
    passed: f64,
    /// Requests that came within the last RequestTTLSeconds and no longer wait. At zero, requests that reach that age expire.
    gone: f64,
    /// Integrals over the period: requests waiting, the same per instance as far as it has been divided, and the time in which
    /// some wait without instances.
    sums: breach::BacklogDatapoint,
    /// The integral of requests waiting since the instances in service last changed, and the number that it is divided by.
    undivided: f64,
    shared_by: f64,
}

/// A moment of demand: its rate in requests per second, and how that changes per second.
#[derive(Clone, Copy, Debug)]
struct Moment {
    at_s: f64,
    rate: f64,
    slope: f64,
}

/// A straight line of demand, from `start_s` on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DemandLine {
    pub start_s: f64,
    pub from_rps: f64,
    pub to_rps: f64,
    pub seconds: f64,
    /// Requests that came before.
    pub before: f64,
}

impl<'a> Backlog<'a> {
    /// Returns the queue of an asynchronous endpoint; `None` on other platforms.
    #[inline]
    pub(crate) fn of(plan: &'a Plan) -> Option<Box<Self>> {
        plan.resource.has_shared_queue().then(|| Self::new(plan))
    }

    fn new(plan: &'a Plan) -> Box<Self> {
        let nodes: &[Node] = plan.demand.nodes();
        Box::new(Self {
            life_s: plan.service.timeout_s,
            late_s: plan.objective.late_s,
            head: Cursor::new(nodes),
            oldest: Cursor::new(nodes),
            passed: 0.0,
            gone: 0.0,
            sums: breach::BacklogDatapoint::default(),
            undivided: 0.0,
            shared_by: 1.0,
        })
    }

    /// Returns the metrics of the period that ends.
    // rule: asynchronous.backlog-metrics
    pub(crate) fn publish(&mut self) -> breach::BacklogDatapoint {
        self.divide();
        let sums = core::mem::take(&mut self.sums);
        let without = mean(sums.without_capacity);
        breach::BacklogDatapoint {
            size: mean(sums.size),
            per_instance: sums.per_instance,
            // The parts of a minute add up to a whole minute, apart from rounding.
            without_capacity: if without > 1.0 - 1e-6 { 1.0 } else { without },
        }
    }

    /// Divides the integral since the last change by the instances in service since then.
    fn divide(&mut self) {
        let undivided = core::mem::take(&mut self.undivided);
        self.sums.per_instance += mean(undivided) / self.shared_by;
    }

    /// Lets demand flow along a line.
    // rule: asynchronous.own-queue
    pub(crate) fn advance(&mut self, queue: &mut Queue, line: &DemandLine, flow: &mut Flow) {
        let DemandLine {
            start_s,
            from_rps,
            to_rps,
            seconds,
            before,
        } = *line;
        let slope = (to_rps - from_rps) / seconds;
        let (mut done_s, mut came) = (0.0, before);
        while done_s < seconds {
            let left_s = seconds - done_s;
            let now = Moment {
                at_s: start_s + done_s,
                rate: from_rps + slope * done_s,
                slope,
            };
            let may_be_rounding = queue.waiting < ROUNDING.max(ROUNDING_SHARE * came);
            if may_be_rounding && self.has_expired(now.at_s) {
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
        flow.undivided += requests;
    }

    /// Returns how many of the requests that wait at the end of a run are late, and how long the oldest has waited; `None` if
    /// none is late.
    pub(crate) fn overdue(&mut self, queue: &Queue, end_s: f64) -> Option<(f64, f64)> {
        let longest_s = end_s - self.head.at_s();
        if queue.waiting <= 1e-6 || longest_s <= self.late_s {
            return None;
        }
        let late = self.head.walk(end_s - self.late_s).requests;
        (late > 1e-6).then_some((late.min(queue.waiting), longest_s))
    }

    /// Returns whether no request has come within RequestTTLSeconds, so that none can wait. Otherwise a backlog that is rounding
    /// alone would wake an endpoint for no request.
    fn has_expired(&self, now_s: f64) -> bool {
        let oldest_s = now_s - self.life_s;
        if oldest_s < 0.0 {
            return false;
        }
        let mut oldest = self.oldest.clone();
        oldest.skip_to(oldest_s);
        oldest.walk(now_s).requests == 0.0
    }

    /// Begins a queue, after `came` requests have come.
    fn begin(&mut self, now_s: f64, came: f64) {
        self.head.skip_to(now_s);
        let expired_s = now_s - self.life_s;
        if expired_s > 0.0 {
            self.passed += self.oldest.walk(expired_s).requests;
        }
        self.gone = (came - self.passed).max(0.0);
    }

    /// Advances by at most `left_s`: until the line of expiring requests ends, the queue is empty, or expiry begins or ends.
    /// Returns the seconds, and the requests that came.
    // rule: asynchronous.expiry
    fn step(&mut self, queue: &mut Queue, now: Moment, left_s: f64, flow: &mut Flow) -> (f64, f64) {
        let capacity = queue.capacity_rps;
        let aged = self.aged(now.at_s);
        let expires = self.gone <= 0.0 && rises_above(capacity, aged.moment);
        let aging = aged.moment;
        // The rate at which requests leave the queue, served or expired.
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
        // Without instances the rest is rounding.
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

    /// Returns the rate at which requests came RequestTTLSeconds ago, and for how many seconds that line goes on.
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

    // rule: asynchronous.backlog-gauge
    fn gauge(&mut self, queue: &Queue, before: f64, speed: f64, bend: f64, seconds: f64) {
        let area = (before + (0.5 * speed + bend * seconds / 6.0) * seconds) * seconds;
        let area = area.max(0.0);
        self.sums.size += area;
        if self.shared_by != queue.shared_by {
            self.divide();
            self.shared_by = queue.shared_by;
        }
        self.undivided += area;
        if queue.capacity_rps <= 0.0 {
            self.sums.without_capacity += seconds;
        }
    }

    /// Serves the oldest requests, evenly over `seconds`, and notes how long they have waited.
    // rule: asynchronous.oldest-first
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
            // The sum of waits is exact: requests are served evenly, and came along a line.
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

    /// Returns how many requests are late of those that came along a line for `part_s` and are served evenly, the first after a
    /// wait of `from_s`. Waits may grow and shrink again on the way.
    fn late(&self, rps: f64, slope: f64, part_s: f64, served_rps: f64, from_s: f64) -> f64 {
        let came = |x: f64| (rps + 0.5 * slope * x) * x;
        let wait_s = |x: f64| from_s + came(x) / served_rps - x;
        // The wait is at the limit where half the slope × x² + speed × x = rest.
        let (speed, rest) = (rps - served_rps, served_rps * (self.late_s - from_s));
        let root = (speed * speed + 2.0 * slope * rest).max(0.0).sqrt();
        let far = -(speed + root.copysign(speed));
        let (one, other) = (far / slope, -2.0 * rest / far);
        let (first, second) = if one > other {
            (other, one)
        } else {
            (one, other)
        };
        let (mut late, mut last) = (0.0, 0.0);
        for cut in [first, second, part_s]
            .into_iter()
            .filter(|cut| *cut > 0.0 && *cut <= part_s)
        {
            if wait_s(0.5 * (last + cut)) > self.late_s {
                late += came(cut) - came(last);
            }
            last = cut;
        }
        late
    }

    /// Notes the waits of requests that are served: between two values, `sum_s` in all.
    fn note(&self, requests: f64, from_s: f64, to_s: f64, sum_s: f64, flow: &mut Flow) {
        if requests <= 0.0 {
            return;
        }
        flow.wait_s += sum_s;
        flow.waits.push(Waits {
            from_s,
            to_s,
            requests,
            // An instance takes a request only when it can work on it, so none waits there.
            load: 0.0,
        });
    }
}

/// Returns the mean over a period, given the integral over it, rounded as `exact` says.
fn mean(sum: f64) -> f64 {
    exact::number(sum / f64::from(PERIOD_S))
}

/// The demand of RequestTTLSeconds ago, and how long that line goes on.
#[derive(Clone, Copy, Debug)]
struct Aged {
    moment: Moment,
    left_s: f64,
}

/// Returns whether a rate is above a level, or about to rise above it.
fn rises_above(level: f64, now: Moment) -> bool {
    now.rate > level || (now.rate == level && now.slope > 0.0)
}

/// Returns the seconds until `level` (≥ 0), which changes by `speed` per second, and that by `bend` per second, is zero; infinity
/// if it never is. Written so that nothing cancels.
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
mod tests;
