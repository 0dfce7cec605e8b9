//! The simulation loop: it goes from event to event, and writes one sample per metric period.
//!
//! Within one instant the order is: instances arrive or leave, actors act in the order in which they are registered (`actors`), a
//! datapoint becomes visible, alarms evaluate, policies act.

mod actors;
mod backlog;
mod calm;
mod capacity;
mod columns;
mod credits;
mod failures;
mod forecast_events;
mod losses;
mod met;
mod metrics;
mod missing_metric;
mod observers;
mod on_demand;
mod plain;
mod record;
mod retries;
mod schedule;
mod slow;
mod target;
mod ticks;
mod warm_served;

use crate::{
    effort,
    plan::Plan,
    run::{Run, Series},
};
use actors::Actor;
use calm::Calm;
use core::mem;
use target::{Target, periods_of};

/// Runs a plan to its end.
// rule: run.is-repeatable
#[must_use]
pub fn run(plan: &Plan) -> Run {
    let mut run = Run::default();
    run_again(plan, &mut run);
    run
}

/// Runs a plan to its end, reusing the memory of `run`, and its latency table if it is of the same load test. The result is that
/// of [`run`]. Of many runs one after the other each takes half the time natively, where fresh memory costs as much as what is
/// written to it.
pub fn run_again(plan: &Plan, run: &mut Run) {
    let mut simulation = Simulation::new(plan, mem::take(run));
    simulation.advance(usize::MAX);
    // The old run has been taken out, so nothing is left to drop.
    mem::forget(mem::replace(run, simulation.finish()));
}

/// Runs a plan as [`run`] does, but goes through calm periods one by one. It is for tests: the result is the same.
#[must_use]
pub fn run_period_by_period(plan: &Plan) -> Run {
    let mut simulation = Simulation::new(plan, Run::default());
    simulation.advance_with(usize::MAX, plain::run);
    simulation.finish()
}

/// A run in progress. It can be done in slices of any length; the result is that of [`run`] in any case.
pub struct Simulation<'a> {
    target: Target<'a>,
    /// What acts on it at times of its own.
    actors: Vec<Box<dyn Actor>>,
    calm: Calm<'a>,
    /// Whether there may be periods now in which nothing but demand happens.
    may_be_calm: bool,
    /// When the fleet or an actor next changes something.
    next_s: f64,
    /// Periods of the run, and those after which to pause.
    periods: usize,
    pause: usize,
    /// How often there was more to do than to let demand flow.
    effort_counts: EffortCounts,
}

/// How often there was more to do than to let demand flow.
#[derive(Clone, Copy, Debug, Default)]
struct EffortCounts {
    /// Periods, or ticks of one, in which anything might happen.
    eventful: u64,
    /// Calm periods after which policies were asked.
    asked: u64,
}

impl<'a> Simulation<'a> {
    /// Begins a run. It reuses the memory of `recycled`, an earlier run.
    #[must_use]
    pub fn new(plan: &'a Plan, recycled: Run) -> Self {
        let mut simulation = Self {
            target: Target::new(plan, recycled),
            actors: actors::of(plan),
            calm: Calm::new(plan),
            may_be_calm: false,
            next_s: 0.0,
            periods: periods_of(plan),
            pause: 0,
            effort_counts: EffortCounts::default(),
        };
        simulation.handle_events(0.0);
        simulation
    }

    /// Goes through at most `periods` more periods. Returns whether the run is at its end.
    pub fn advance(&mut self, periods: usize) -> bool {
        self.advance_with(periods, calm::run)
    }

    /// Does the same. `calm` goes through calm periods, as many as there are; it returns whether the run is to pause.
    #[inline]
    fn advance_with(&mut self, periods: usize, calm: impl Fn(&mut Self) -> bool) -> bool {
        self.pause = self.target.period.saturating_add(periods);
        while !calm(self) {
            if self.target.period == self.periods {
                return true;
            }
            self.eventful_period();
        }
        false
    }

    /// Goes through a period in which anything may happen; with a high-resolution metric, through the next ten seconds of one.
    // rule: sagemaker.order-within-period
    #[cold]
    fn eventful_period(&mut self) {
        self.effort_counts.eventful += 1;
        let (end_s, is_minute) = self.target.next_end();
        self.target.demand.skip_to(self.target.counted_s);
        while self.next_s < end_s {
            let at_s = self.next_s;
            self.target.flow_until(at_s);
            self.handle_events(at_s);
        }
        self.target.flow_until(end_s);
        if self.next_s <= end_s {
            self.handle_events(end_s);
        }
        let (changed, minute) = self.target.end_period(end_s, is_minute);
        if changed {
            self.on_fleet_changed(end_s);
        }
        if let Some(minute) = minute {
            self.target.record_period(end_s, &minute);
        }
    }

    /// Notes that policies have changed the fleet, and does what is due then.
    fn on_fleet_changed(&mut self, at_s: f64) {
        self.target.note_change(at_s);
        self.handle_events(at_s);
    }

    /// Does all that is due at `at_s`: instances arrive or leave, then the first actor acts whose time has come, until nothing is due
    /// any more.
    // rule: sagemaker.order-within-instant
    #[cold]
    fn handle_events(&mut self, at_s: f64) {
        let (target, actors) = (&mut self.target, &mut self.actors);
        loop {
            target.settle(at_s);
            for actor in actors.iter_mut() {
                actor.on_settled(at_s, target);
            }
            let mut due = actors
                .iter_mut()
                .filter(|actor| actor.next_s(target) <= at_s);
            if let Some(actor) = due.next() {
                actor.act(at_s, target);
                target.note_change(at_s);
            } else if target.fleet.next_s() > at_s {
                break;
            }
        }
        let next = actors.iter().map(|actor| actor.next_s(target));
        self.next_s = next.fold(target.fleet.next_s(), f64::min);
        self.may_be_calm = target.allows_calm() && actors.iter().all(|actor| actor.allows_calm());
    }

    /// Returns the run, once [`Simulation::advance`] has returned `true`. Before that, it returns what the periods gone through
    /// leave behind, in columns of the whole length.
    #[must_use]
    pub fn finish(self) -> Run {
        let mut run = self.target.finish();
        for actor in self.actors {
            actor.finish(&mut run);
        }
        run
    }

    /// Returns the columns, and how many periods of them are written.
    #[must_use]
    pub fn written(&self) -> (&Series, usize) {
        (&self.target.series, self.target.written)
    }

    /// Returns how much of the run has been gone through, as a share.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.target.period as f64 / self.periods.max(1) as f64
    }

    /// Returns the steps that the run has taken so far, as in [`effort`](crate::effort).
    #[must_use]
    pub fn steps(&self) -> f64 {
        effort::of_what_was(
            self.target.plan,
            self.target.period as f64,
            self.effort_counts.eventful as f64,
            self.effort_counts.asked as f64,
        )
    }

    /// Returns whether all periods that were asked for have been gone through, and others are left.
    fn is_to_pause(&self) -> bool {
        self.target.period >= self.pause && self.target.period < self.periods
    }
}
