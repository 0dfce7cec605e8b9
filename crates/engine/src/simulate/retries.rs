//! Requests that come again: attempts that fail, or that take too long for their client, are tried again after a while. The service
//! sees attempts; this keeps account of the requests behind them.
//!
//! Attempts are followed second by second: those of one second wait together, and come again evenly spread over what jitter allows.
//! An attempt that its client has given up stays in the queue and is served for nobody.

use super::target::Target;
use crate::{
    plan::{ClientRetries, MAX_ATTEMPTS, Plan},
    run::{PERIOD_S, Retried, RetrySums, Totals},
};
use std::collections::VecDeque;

/// Seconds of requests that a retry budget counts.
const BUDGET_S: f64 = 10.0;

/// Fewer requests than these are none: what is left of sums whose terms cancel.
const MIN_REQUESTS: f64 = 1e-9;

/// Requests by how many attempts they have made, and the sum over them of the seconds since they first came.
#[derive(Clone, Copy, Debug, Default)]
struct Attempts {
    requests: [f64; MAX_ATTEMPTS],
    age_s: [f64; MAX_ATTEMPTS],
}

impl Attempts {
    /// Returns so many requests that make their first attempt.
    fn first(requests: f64) -> Self {
        let mut attempts = Self::default();
        let [first, ..] = &mut attempts.requests;
        *first = requests;
        attempts
    }

    fn sum(&self) -> f64 {
        self.requests.iter().sum()
    }

    fn add(&mut self, others: &Self) {
        for (sum, other) in self.requests.iter_mut().zip(others.requests) {
            *sum += other;
        }
        for (sum, other) in self.age_s.iter_mut().zip(others.age_s) {
            *sum += other;
        }
    }

    /// Takes a share of them out, and returns it.
    fn split(&mut self, share: f64) -> Self {
        let part = |all: &mut f64| {
            let part = *all * share;
            *all -= part;
            part
        };
        Self {
            requests: self.requests.each_mut().map(part),
            age_s: self.age_s.each_mut().map(part),
        }
    }

    /// Returns them `seconds` older.
    fn older(mut self, seconds: f64) -> Self {
        for (age_s, requests) in self.age_s.iter_mut().zip(self.requests) {
            *age_s += requests * seconds;
        }
        self
    }
}

/// Attempts that came in one second and wait in the queue.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    came_s: f64,
    attempts: Attempts,
}

/// A part of a second, and what flowed through the queue in it.
struct Step {
    from_s: f64,
    to_s: f64,
    /// First attempts that came.
    first: f64,
    /// Attempts that failed as they came, and those that failed while they were served.
    refused: f64,
    lost: f64,
    /// Attempts that wait at its end.
    waiting: f64,
}

/// What a period has come to, in requests.
#[derive(Clone, Copy, Debug)]
pub(super) struct RequestsOfPeriod {
    pub came: f64,
    pub served: f64,
    pub failed: f64,
    pub late: f64,
}

/// Requests and their attempts.
pub(super) struct Retries {
    plan: ClientRetries,
    /// Seconds after which a client gives up an attempt that still waits in the queue; infinity: it never does.
    patience_s: f64,
    late_s: f64,
    /// Attempts that come in the current second, and in those after it.
    due: VecDeque<Attempts>,
    second: f64,
    /// Attempts in the queue, the oldest first, their sum, and how many of the oldest groups are abandoned.
    waiting: VecDeque<Waiting>,
    queued: f64,
    abandoned: usize,
    /// Retries that the budget still allows.
    allowed: f64,
    /// Sums over the period, and over the run.
    minute: RetrySums,
    sums: RetrySums,
}

impl Retries {
    /// Returns the retries of a plan; `None` where nobody tries again.
    pub(super) fn of(plan: &Plan) -> Option<Box<Self>> {
        let retries = plan.resource.retries()?;
        Some(Self::boxed(plan, retries))
    }

    #[cold]
    fn boxed(plan: &Plan, retries: &ClientRetries) -> Box<Self> {
        let served_s = plan.service.mean_service_s();
        let timeout_s = retries.timeout_s.unwrap_or(f64::INFINITY);
        Box::new(Self {
            plan: *retries,
            patience_s: (timeout_s - served_s).max(0.0),
            late_s: plan.objective.late_s,
            due: VecDeque::new(),
            second: 0.0,
            waiting: VecDeque::new(),
            queued: 0.0,
            abandoned: 0,
            allowed: 0.0,
            minute: RetrySums::default(),
            sums: RetrySums::default(),
        })
    }

    /// Returns whether no request waits, neither in the queue nor to be tried again.
    pub(super) fn are_none(&self) -> bool {
        self.due.is_empty() && self.waiting.is_empty()
    }

    /// Returns the requests that wait, in the queue or to be tried again.
    fn waiting(&self) -> f64 {
        let queued = self.waiting.iter().skip(self.abandoned);
        let queued: f64 = queued.map(|it| it.attempts.sum()).sum();
        queued + self.due.iter().map(Attempts::sum).sum::<f64>()
    }

    /// Begins the next period. Returns the sums of the one that is over.
    fn take_minute(&mut self) -> RetrySums {
        let minute = std::mem::take(&mut self.minute);
        self.sums.add(&minute);
        minute
    }

    /// Returns what clients have made of the run. `attempts_rps`: the rate of attempts of each period. Calm periods have written
    /// none: in them each request makes one attempt, and is served.
    pub(super) fn finish(
        self,
        mut attempts_rps: Vec<f32>,
        demand_rps: &[f32],
        totals: &Totals,
    ) -> Retried {
        attempts_rps.resize(demand_rps.len(), f32::NAN);
        for (attempts, requests) in attempts_rps.iter_mut().zip(demand_rps) {
            if attempts.is_nan() {
                *attempts = *requests;
            }
        }
        let calm = totals.requests - self.sums.requests;
        Retried {
            waiting: self.waiting(),
            sums: RetrySums {
                requests: totals.requests,
                attempts: self.sums.attempts + calm,
                served: totals.served,
                ..self.sums
            },
            attempts_rps,
        }
    }

    /// Returns when the current second ends, once it is that of `now_s`.
    fn second_end_s(&mut self, now_s: f64) -> f64 {
        let second = now_s.floor();
        while self.second < second {
            self.second += 1.0;
            self.due.pop_front();
        }
        second + 1.0
    }

    /// Returns the rate at which requests come again in what is left of the current second.
    fn again_rps(&self, now_s: f64) -> f64 {
        let rest_s = self.second + 1.0 - now_s;
        self.due.front().map_or(0.0, |due| due.sum() / rest_s)
    }

    /// Takes account of what has left the queue between steps: instances have failed with it, or the queue has become shorter.
    fn drop_waiting(&mut self, now_s: f64, waiting: f64) {
        if self.queued - waiting <= MIN_REQUESTS {
            return;
        }
        let share = (self.queued - waiting) / self.queued;
        self.queued = waiting;
        let mut failed = Attempts::default();
        for (index, it) in self.waiting.iter_mut().enumerate() {
            let dropped = it.attempts.split(share);
            if index >= self.abandoned {
                failed.add(&dropped.older(now_s - it.came_s));
            }
        }
        self.fail(failed, now_s, now_s);
    }

    /// Takes account of a step.
    fn account(&mut self, step: &Step) {
        let seconds = step.to_s - step.from_s;
        self.minute.requests += step.first;
        let mut attempts = Attempts::first(step.first);
        if let Some(due) = self.due.front_mut() {
            // What is left of the second comes in what is left of it.
            let rest_s = (self.second + 1.0 - step.from_s).max(seconds);
            attempts.add(&due.split(seconds / rest_s));
        }
        let came = attempts.sum();
        self.minute.attempts += came;
        if let Some(budget) = self.plan.budget {
            let most = budget * step.first / seconds * BUDGET_S;
            self.allowed = (self.allowed + budget * step.first).min(most);
        }
        let refused = match came > 0.0 {
            true => attempts.split((step.refused / came).clamp(0.0, 1.0)),
            false => Attempts::default(),
        };
        self.fail(refused, step.from_s, step.to_s);
        let accepted = attempts.sum();
        if accepted > 0.0 {
            self.queued += accepted;
            self.waiting.push_back(Waiting {
                came_s: 0.5 * (step.from_s + step.to_s),
                attempts,
            });
        }
        self.serve(step);
        self.abandon(step.to_s);
    }

    /// Takes out of the queue what has left it in a step, the oldest first.
    fn serve(&mut self, step: &Step) {
        let is_empty = step.waiting <= 0.0;
        let mut left = match is_empty {
            true => f64::INFINITY,
            false => (self.queued - step.waiting).max(0.0),
        };
        let leaves = left.min(self.queued);
        self.queued = step.waiting.max(0.0);
        let lost = match leaves > 0.0 {
            true => (step.lost / leaves).clamp(0.0, 1.0),
            false => 0.0,
        };
        let mut failed = Attempts::default();
        while let Some(oldest) = self.waiting.front_mut().filter(|_| left > 0.0) {
            let requests = oldest.attempts.sum();
            let is_all = requests <= left;
            let share = if is_all { 1.0 } else { left / requests };
            let mut served = oldest.attempts.split(share);
            left = if is_all { left - requests } else { 0.0 };
            let waited_s = (step.to_s - oldest.came_s).max(0.0);
            let (came_s, are_abandoned) = (oldest.came_s, self.abandoned > 0);
            if is_all {
                self.waiting.pop_front();
                self.abandoned = self.abandoned.saturating_sub(1);
            }
            let lost = served.split(lost);
            if are_abandoned {
                self.minute.wasted += served.sum();
                continue;
            }
            failed.add(&lost.older(step.to_s - came_s));
            self.minute.served += served.sum();
            let ages = served.age_s.iter().zip(served.requests);
            let is_late = |(age_s, requests): &(&f64, f64)| {
                **age_s + requests * waited_s > requests * self.late_s
            };
            self.minute.late += ages
                .filter(is_late)
                .map(|(_, requests)| requests)
                .sum::<f64>();
        }
        self.fail(failed, step.from_s, step.to_s);
    }

    /// Lets clients give up attempts that have waited too long for them.
    // rule: retries.abandoned
    fn abandon(&mut self, now_s: f64) {
        let mut failed = Attempts::default();
        let waiting = self.waiting.iter().skip(self.abandoned);
        for it in waiting.take_while(|it| it.came_s + self.patience_s <= now_s) {
            self.abandoned += 1;
            failed.add(&it.attempts.older(now_s - it.came_s));
        }
        self.fail(failed, now_s, now_s);
    }

    /// Lets attempts fail, evenly between two moments: their clients try again, or give up.
    // rule: retries.budget
    fn fail(&mut self, mut failed: Attempts, from_s: f64, to_s: f64) {
        if failed.sum() <= 0.0 {
            return;
        }
        // Who does not try again at all gives up the first time.
        let ([first, ..], [age_s, ..]) = (&mut failed.requests, &mut failed.age_s);
        self.minute.given_up += *first * (1.0 - self.plan.share);
        *first *= self.plan.share;
        *age_s *= self.plan.share;
        for index in 0..MAX_ATTEMPTS {
            let made = index as u32 + 1;
            let (Some(&requests), Some(&age_s)) =
                (failed.requests.get(index), failed.age_s.get(index))
            else {
                continue;
            };
            let allowed = match (made < self.plan.max_attempts, self.plan.budget) {
                (false, _) => 0.0,
                (true, None) => requests,
                (true, Some(_)) => requests.min(self.allowed),
            };
            self.minute.given_up += requests - allowed;
            if allowed <= 0.0 {
                continue;
            }
            self.allowed -= allowed;
            let (shortest_s, longest_s) = self.plan.backoff_s(made);
            let age_s = age_s * (allowed / requests) + allowed * 0.5 * (shortest_s + longest_s);
            self.come_again(
                index + 1,
                (allowed, age_s),
                from_s + shortest_s,
                to_s + longest_s,
            );
        }
    }

    /// Lets requests make another attempt, evenly between two moments, in the next second at the earliest.
    fn come_again(&mut self, index: usize, (requests, age_s): (f64, f64), from_s: f64, to_s: f64) {
        let from = from_s - self.second;
        let to = (to_s - self.second).max(from + 1e-6);
        let (first, last) = ((from as usize).max(1), (to.ceil() as usize).max(2));
        if self.due.len() < last {
            self.due.resize(last, Attempts::default());
        }
        for (place, due) in self.due.iter_mut().enumerate().take(last).skip(first) {
            let begins = if place == 1 { 0.0 } else { place as f64 };
            let overlap = (to.min(place as f64 + 1.0) - from.max(begins)).max(0.0);
            let share = overlap / (to - from);
            if let (Some(sum), Some(age)) = (due.requests.get_mut(index), due.age_s.get_mut(index))
            {
                *sum += requests * share;
                *age += age_s * share;
            }
        }
    }
}

impl Target<'_> {
    /// Returns what the period that ends has come to: requests that came, were served, failed, and were late in the queue. Where
    /// clients try again, that is said of requests; what flows through the queue are attempts.
    pub(super) fn requests_of_period(&mut self) -> RequestsOfPeriod {
        let flow = &self.flow;
        let Some(retries) = &mut self.retries else {
            return RequestsOfPeriod {
                came: flow.arrived,
                served: flow.served,
                failed: flow.failed,
                late: flow.late,
            };
        };
        let minute = retries.take_minute();
        if self.attempts_rps.is_empty() {
            self.attempts_rps = vec![f32::NAN; self.series.queue.len()];
        }
        if let Some(place) = self.attempts_rps.get_mut(self.written) {
            *place = (minute.attempts / f64::from(PERIOD_S)) as f32;
        }
        RequestsOfPeriod {
            came: minute.requests,
            served: minute.served,
            failed: minute.given_up,
            late: minute.late,
        }
    }

    /// Lets demand flow up to `at_s`, and with it what is tried again.
    // rule: retries.by-second
    #[cold]
    pub(super) fn flow_with_retries(&mut self, at_s: f64) {
        let Some(mut retries) = self.retries.take() else {
            return;
        };
        let mut now_s = self.counted_s;
        retries.second_end_s(now_s);
        retries.drop_waiting(now_s, self.queue.waiting);
        while now_s < at_s {
            let to_s = at_s.min(retries.second_end_s(now_s));
            let again_rps = retries.again_rps(now_s);
            let (arrived, failed) = (self.flow.arrived, self.flow.failed);
            let in_flight = self.in_flight_lost;
            self.flow_with_losses(to_s, again_rps);
            let lost = in_flight - self.in_flight_lost;
            retries.account(&Step {
                from_s: now_s,
                to_s,
                first: self.flow.arrived - arrived - again_rps * (to_s - now_s),
                refused: self.flow.failed - failed - lost,
                lost,
                waiting: self.queue.waiting,
            });
            now_s = to_s;
        }
        self.retries = Some(retries);
    }
}
