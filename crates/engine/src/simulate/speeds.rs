//! How fast instances are: as the load test says, as their CPU credits let them be, or slower where one of them is.
//!
//! Who is told of instances and of minutes because of that is told here.

use super::{slow::SlowMinute, target::Target};
use crate::{credits::Credits, plan::Plan};

/// What the speed of instances depends on.
pub(super) enum Speeds {
    /// Nothing: all are as fast as the load test says.
    Full,
    /// CPU credits of a burstable type.
    Credits(Box<Credits>),
    /// One of them is slow for a time.
    Slow(Box<SlowMinute>),
}

impl Speeds {
    /// Returns the speeds of a plan that begins with so many instances.
    pub(super) fn of(plan: &Plan, instances: u32) -> Self {
        match (Credits::of(plan, instances), SlowMinute::of(plan)) {
            (Some(credits), _) => Self::Credits(credits),
            (None, Some(slow)) => Self::Slow(slow),
            (None, None) => Self::Full,
        }
    }

    /// Returns whether all instances are always as fast as the load test says.
    pub(super) fn are_full(&self) -> bool {
        matches!(self, Self::Full)
    }

    /// Returns what a slow instance makes of the period, where there is one.
    pub(super) fn slow(&self) -> Option<&SlowMinute> {
        match self {
            Self::Slow(slow) => Some(slow),
            Self::Full | Self::Credits(_) => None,
        }
    }
}

impl Target<'_> {
    /// Is told that instances have come into service, left, failed or slowed down.
    pub(super) fn tell_speeds(&mut self) {
        match &self.speeds {
            Speeds::Full => {}
            Speeds::Credits(_) => self.tell_credits(),
            Speeds::Slow(slow) => self.queue.speed = slow.mean_speed(&self.fleet),
        }
    }

    /// Is told of seconds that have passed, in which nothing has happened to instances.
    pub(super) fn count_speeds(&mut self, seconds: f64) {
        if let Speeds::Slow(slow) = &mut self.speeds {
            slow.count(seconds, self.flow.served, &self.fleet);
        }
    }

    /// Returns the instance-seconds in service in the period that ends.
    pub(super) fn in_service_s(&mut self) -> f64 {
        match &mut self.speeds {
            Speeds::Full => self.capacity_s / self.plan.service.max_rps,
            Speeds::Credits(credits) => {
                credits.account_until(self.counted_s, self.flow.served);
                credits.in_service_s()
            }
            Speeds::Slow(slow) => slow.in_service_s,
        }
    }

    /// Ends a minute: how much longer its requests took.
    pub(super) fn end_minute_of_speeds(&mut self, end_s: f64) {
        match &mut self.speeds {
            Speeds::Full => {}
            Speeds::Credits(_) => self.end_credits_minute(end_s),
            Speeds::Slow(slow) => {
                self.slowness = slow.slowness();
                slow.begin();
            }
        }
    }
}
