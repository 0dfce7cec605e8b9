//! Periods in ticks of ten seconds, for policies that look at a high-resolution metric: the requests in flight at each instance.
//!
//! Only scenarios with such a policy have ticks; all others go by whole minutes.

use super::target::Target;
use crate::{cloudwatch::breach::Datapoint, exact, latency, plan::Plan, run::TICK_S};
use std::collections::VecDeque;

/// The latency table is of single precision: a smaller share of a request's time cannot be told from none.
const MIN_DIFFERENCE: f64 = 1e-6;

/// What ticks need beyond minutes.
#[derive(Clone, Debug)]
pub(super) struct Ticks {
    /// Values that are not visible yet, the oldest first.
    under_way: VecDeque<f64>,
    /// Ticks until a value is visible.
    delay: usize,
    /// The datapoint of a minute that became visible last.
    minute: Option<Datapoint>,
    /// Sums over the period, as they were when the last tick ended.
    before: Sums,
    /// Ticks of the minute that have passed, how many of them have a value, and the sum of these.
    passed: u32,
    reported: u32,
    sum: f64,
}

/// Sums over a period, as far as it is gone through.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    served: f64,
    free: f64,
    free_load: f64,
    queue_s: f64,
    capacity_s: f64,
    /// Where an instance is slow: instance-seconds in service, and what was served, times how much longer it took.
    in_service_s: f64,
    slowed: f64,
    /// How many stretches of waits there were.
    waits: usize,
}

impl Ticks {
    /// Returns the ticks of a plan; `None` where no policy looks at a high-resolution metric.
    pub(super) fn new(plan: &Plan) -> Option<Box<Self>> {
        plan.metrics()
            .any(|metric| metric.is_high_resolution())
            .then(|| Box::new(Self::of(plan)))
    }

    fn of(plan: &Plan) -> Self {
        let delay_s = plan.assumptions.metric_delay_s;
        let delay = (delay_s / f64::from(TICK_S)).ceil().clamp(0.0, 8640.0) as usize;
        Self {
            under_way: VecDeque::with_capacity(delay + 1),
            delay,
            minute: None,
            before: Sums::default(),
            passed: 0,
            reported: 0,
            sum: 0.0,
        }
    }

    /// Returns when the next tick of the minute that began at `minute_s` ends.
    pub(super) fn next_s(&self, minute_s: f64) -> f64 {
        minute_s + f64::from((self.passed + 1) * TICK_S)
    }

    /// Begins the next minute; returns the mean of the values of the one that is over, NaN where it has none.
    fn begin_minute(&mut self) -> f64 {
        let mean = self.sum / f64::from(self.reported);
        (self.before, self.passed) = (Sums::default(), 0);
        (self.reported, self.sum) = (0, 0.0);
        mean
    }

    /// Takes the value of the tick that ends now. Returns the one that becomes visible now, if one does.
    fn publish(&mut self, value: f64) -> Option<f64> {
        self.under_way.push_back(value);
        let is_due = self.under_way.len() > self.delay;
        is_due.then(|| self.under_way.pop_front()).flatten()
    }
}

impl Target<'_> {
    /// Ends a tick, and perhaps a minute. `datapoint`: the one that becomes visible at the end of a minute. Returns whether
    /// policies have changed the fleet, and the mean of the minute that ends.
    pub(super) fn end_tick(
        &mut self,
        mut ticks: Box<Ticks>,
        end_s: f64,
        is_minute: bool,
        datapoint: Option<Datapoint>,
    ) -> (bool, f64) {
        let value = self.in_flight(&mut ticks.before);
        let value = self.published_tick(end_s, value);
        if !value.is_nan() {
            ticks.sum += value;
            ticks.reported += 1;
        }
        ticks.passed += 1;
        ticks.minute = datapoint.or(ticks.minute);
        let visible = ticks.publish(value);
        let minute = ticks.minute.as_ref();
        let changed =
            (self.scaler).evaluate_tick(end_s, visible, minute, is_minute, &mut self.fleet);
        let mean = match is_minute {
            true => ticks.begin_minute(),
            false => f64::NAN,
        };
        self.ticks = Some(ticks);
        (changed, mean)
    }

    /// Returns the mean requests in flight at each instance since `before`: those that are served, by Little's law, and those
    /// that wait.
    // rule: sagemaker.concurrent-requests
    // rule: component.no-concurrency-without-copies
    fn in_flight(&self, before: &mut Sums) -> f64 {
        let flow = &self.flow;
        let now = Sums {
            served: flow.served,
            free: flow.free,
            free_load: flow.free_load,
            queue_s: flow.queue_s,
            capacity_s: self.capacity_s,
            in_service_s: self.observed.in_service_s.unwrap_or(0.0),
            slowed: self.observed.slowed.unwrap_or(0.0),
            waits: flow.waits.len(),
        };
        let then = core::mem::replace(before, now);
        let capacity_s = now.capacity_s - then.capacity_s;
        let (mut met, mut load) = (now.free - then.free, now.free_load - then.free_load);
        for waits in flow.waits.iter().skip(then.waits) {
            met += waits.requests;
            load += waits.load;
        }
        // There is no datapoint without copies.
        if capacity_s <= 0.0 {
            return f64::NAN;
        }
        // Where no request came, those that are served came before, and met only the queue.
        let load = if met > 0.0 { load / met } else { 0.0 };
        let [mean_ms, ..] = self.table.row(latency::position_of(load as f32));
        let idle_s = self.plan.service.mean_service_s();
        let mean_s = f64::from(mean_ms) / 1000.0;
        // Where hardly any request waits for others, each takes what it takes on an idle instance.
        let mean_s = if (mean_s - idle_s).abs() < MIN_DIFFERENCE * idle_s {
            idle_s
        } else {
            mean_s
        };
        // A throttled or slow instance serves less, and takes longer.
        let (in_service_s, instances_s) = match self.observed.slowed {
            None => {
                let speed = self.queue.speed;
                let served = exact::number_of(now.served - then.served, now.served);
                (
                    served * mean_s / speed,
                    exact::number(capacity_s / (self.plan.service.max_rps * speed)),
                )
            }
            Some(_) => (
                (now.slowed - then.slowed) * mean_s,
                now.in_service_s - then.in_service_s,
            ),
        };
        let queue_s = now.queue_s - then.queue_s;
        exact::number_of(in_service_s + queue_s, in_service_s + now.queue_s) / instances_s
    }
}
