//! Who is told of instances and of minutes: all that depends on more than how many instances there are. What observers find is
//! written to the target ([`Observed`]).
//!
//! A new observer is a file beside this one, and a line in [`of`].

use super::{credits, slow, target::Target, warm_served};
use crate::{fleet::FleetEvent, plan::Plan};

/// Something that is told of instances and of minutes.
pub(super) trait Observer {
    /// Prepares what it leaves behind of so many periods.
    fn begin(&mut self, _periods: usize, _target: &mut Target<'_>) {}

    /// Is told that instances have come into service, left, failed or slowed down. `events`: what has happened to those in
    /// service, where an observer needs that.
    fn on_instances(&mut self, events: &[FleetEvent], target: &mut Target<'_>);

    /// Is told of seconds that have passed, in which nothing has happened to instances.
    fn on_seconds(&mut self, _seconds: f64, _target: &mut Target<'_>) {}

    /// Is told that a minute ends, before its metrics are worked out.
    fn on_minute(&mut self, _target: &mut Target<'_>) {}

    /// Is told that a minute has ended, before it is recorded.
    fn after_minute(&mut self, end_s: f64, target: &mut Target<'_>);

    /// Returns whether it needs to know what happens to each arrival of instances.
    fn needs_events(&self) -> bool {
        false
    }

    /// Returns whether many minutes may pass at once.
    fn allows_calm(&self) -> bool {
        true
    }

    /// Leaves behind what it has found over the run.
    fn finish(self: Box<Self>, _target: &mut Target<'_>) {}
}

/// What observers find in a period.
#[derive(Clone, Copy, Debug)]
pub(super) struct Observed {
    /// Instance-seconds in service; `None`: they follow from capacity.
    pub in_service_s: Option<f64>,
    /// Requests served, each as often as many times as long it took as usual; `None`: all took as long.
    pub slowed: Option<f64>,
    /// How many times as long as at full speed requests took, as a mean.
    pub slowness: f64,
    /// Requests served by an instance that was in service all the period; `None`: by the mean of all.
    pub served_by_each: Option<f64>,
}

impl Observed {
    /// What is found where nobody observes.
    pub(super) const NOTHING: Self = Self {
        in_service_s: None,
        slowed: None,
        slowness: 1.0,
        served_by_each: None,
    };
}

/// Returns the observers of a plan that begins with so many instances, in the order in which they are told.
pub(super) fn of(plan: &Plan, instances: u32) -> Vec<Box<dyn Observer>> {
    [warm_served::of, credits::of, slow::observer_of]
        .into_iter()
        .filter_map(|of| of(plan, instances))
        .collect()
}

impl Target<'_> {
    /// Passes itself to each observer.
    pub(super) fn tell(&mut self, mut each: impl FnMut(&mut dyn Observer, &mut Self)) {
        // Who is told may change the target meanwhile.
        let mut observers = core::mem::take(&mut self.observers);
        for observer in &mut observers {
            each(&mut **observer, self);
        }
        self.observers = observers;
    }

    /// Tells observers what has happened to instances.
    pub(super) fn tell_of_instances(&mut self) {
        let mut events = core::mem::take(&mut self.events);
        if let Some(instances) = self.fleet.instances_mut() {
            instances.take_events(&mut events);
        }
        self.tell(|observer, target| observer.on_instances(&events, target));
        events.clear();
        self.events = events;
    }
}
