//! Sums of what flowed through the queue in one period.

use crate::exact;

/// Waiting times of some requests, uniform between two values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Waits {
    pub from_s: f64,
    pub to_s: f64,
    pub requests: f64,
    /// Sum of these requests' utilisation as `latency` is to see it.
    pub load: f64,
}

/// The sums of what flowed through the queue in a period.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    pub arrived: f64,
    pub served: f64,
    pub failed: f64,
    /// Requests that failed because nothing was in service.
    pub unserved: f64,
    /// Requests accepted whose wait in this queue, at the capacity when they came, exceeds the objective's. Those that are late
    /// only because they wait at their instance, too, are counted in `simulate::met`.
    pub late: f64,
    /// Sum over requests of 1 / instances in service on arrival, of those that came before these last changed.
    pub invocations_per_instance: f64,
    /// Requests that came since the instances in service last changed.
    pub undivided: f64,
    /// Requests that met no queue, and the sum of the utilisation each of them met.
    pub free: f64,
    pub free_load: f64,
    /// Sum of waiting times of requests that met a queue, seconds.
    pub wait_s: f64,
    /// Requests waiting, integrated over time, seconds.
    pub queue_s: f64,
    /// Requests that met a queue, by waiting time.
    pub waits: Vec<Waits>,
}

impl Flow {
    /// Divides what came since the last change by the instances in service since then.
    pub(crate) fn divide(&mut self, instances: f64) {
        let undivided = core::mem::take(&mut self.undivided);
        self.invocations_per_instance += exact::number(undivided) / instances;
    }

    /// Ends the period: divides what is left, and rounds the sums as `exact` says.
    pub(crate) fn settle(&mut self, instances: f64) {
        self.divide(instances);
        for sum in [
            &mut self.arrived,
            &mut self.served,
            &mut self.failed,
            &mut self.unserved,
        ] {
            *sum = exact::number(*sum);
        }
    }

    /// Starts the next period, keeping memory.
    #[inline]
    pub(crate) fn reset(&mut self) {
        self.arrived = 0.0;
        self.served = 0.0;
        self.failed = 0.0;
        self.unserved = 0.0;
        self.late = 0.0;
        self.invocations_per_instance = 0.0;
        self.undivided = 0.0;
        self.free = 0.0;
        self.free_load = 0.0;
        self.wait_s = 0.0;
        self.queue_s = 0.0;
        self.waits.clear();
    }

    /// Returns the longest wait of the period, seconds.
    pub(crate) fn longest_wait_s(&self) -> f64 {
        let longest = |longest: f64, waits: &Waits| longest.max(waits.from_s).max(waits.to_s);
        self.waits.iter().fold(0.0, longest)
    }
}
