//! A time in which no metric has datapoints: minutes of it are not calm, and their datapoints are not published.

use super::{actors::Actor, target::Target};
use crate::{
    cloudwatch::breach::Datapoint,
    plan::{Metric, MissingMetric, Plan},
    run::{PERIOD_S, Series},
};

/// The time of a plan in which metrics are missing.
struct Missing {
    plan: MissingMetric,
    /// Whether it has begun, and whether it is over.
    has_begun: bool,
    is_over: bool,
}

/// Returns who keeps minutes without datapoints from being calm; `None` where no metric goes missing.
pub(super) fn of(plan: &Plan) -> Option<Box<dyn Actor>> {
    let missing = plan.missing_metric?;
    Some(Box::new(Missing {
        plan: missing,
        has_begun: false,
        is_over: false,
    }))
}

impl Actor for Missing {
    fn next_s(&self, _: &Target<'_>) -> f64 {
        match (self.has_begun, self.is_over) {
            (false, _) => self.plan.at_s,
            (true, false) => self.plan.end_s(),
            (true, true) => f64::INFINITY,
        }
    }

    fn act(&mut self, _now_s: f64, _target: &mut Target<'_>) {
        (self.is_over, self.has_begun) = (self.has_begun, true);
    }

    fn allows_calm(&self) -> bool {
        !self.has_begun || self.is_over
    }
}

impl Target<'_> {
    /// Returns whether metrics are missing where a period of theirs ends.
    fn is_missing(&self, end_s: f64) -> bool {
        let missing = self.plan.missing_metric.as_ref();
        missing.is_some_and(|missing| missing.covers(end_s))
    }

    /// Returns the datapoint of the minute that ends, as far as it is published.
    pub(super) fn published(&self, end_s: f64, datapoint: Datapoint) -> Datapoint {
        match self.is_missing(end_s) {
            true => Datapoint::NOT_PUBLISHED,
            false => datapoint,
        }
    }

    /// The same of the value of a tick.
    pub(super) fn published_tick(&self, end_s: f64, value: f64) -> f64 {
        match self.is_missing(end_s) {
            true => f64::NAN,
            false => value,
        }
    }
}

impl Series {
    /// Empties the columns of metrics in the minutes whose datapoints are missing. Requests in flight are published by ticks, so
    /// their column shows what there was of a minute.
    pub(super) fn leave_missing_out(&mut self, missing: &MissingMetric, first: &Metric) {
        let seconds = f64::from(PERIOD_S);
        let ends = (1..=self.queue.len()).map(|minute| minute as f64 * seconds);
        let minutes = ends.map(|end_s| missing.covers(end_s));
        let other: &mut [f32] = match first.is_high_resolution() {
            true => &mut [],
            false => &mut self.other_metric,
        };
        for (place, is_missing) in self
            .invocations_per_instance
            .iter_mut()
            .zip(minutes.clone())
        {
            if is_missing {
                *place = f32::NAN;
            }
        }
        for (place, is_missing) in other.iter_mut().zip(minutes) {
            if is_missing {
                *place = f32::NAN;
            }
        }
    }
}
