//! Calm periods, in which nothing but demand happens: no request waits, an instance is in service, no instance comes or goes, and
//! no bound changes before their end.
//!
//! Most of a year is like that. A tight loop goes through such periods, and they are written to the columns together. All that
//! makes them fast is here, behind [`run`]; `plain` goes through them one by one, and tests hold both to the same bytes.

mod ahead;
mod lanes;
mod watch;
mod write;

use super::Simulation;
use crate::{
    plan::Plan,
    run::{PERIOD_S, period_of},
};
use ahead::Ahead;
use watch::{AlarmsWatch, SinglePolicyWatch, Watch};

pub(super) use ahead::MAX_UNWRITTEN;

const SECONDS: f64 = PERIOD_S as f64;

/// What calm periods need beside the simulation.
pub(super) struct Calm<'a> {
    ahead: Ahead<'a>,
    /// Positions of calm periods in the latency table. It is kept here only so that it need not be cleared each time.
    positions: lanes::TablePositions,
    /// Alarms to watch, where there are other policies than a single target-tracking one; otherwise 0.
    alarms: usize,
}

impl<'a> Calm<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            ahead: Ahead::new(plan),
            positions: lanes::TablePositions::default(),
            alarms: alarms_of_several(plan),
        }
    }
}

/// Returns the number of alarms of several policies; 0 without a policy, or with a single target-tracking policy.
fn alarms_of_several(plan: &Plan) -> usize {
    match (plan.target_tracking.len(), plan.step_scaling.len()) {
        (..=1, 0) => 0,
        (tracking, steps) => 2 * tracking + steps,
    }
}

/// Goes through calm periods as long as there are any, and writes them. Returns whether the run is to pause: then they are written
/// once it goes on, together with those that follow.
#[inline]
pub(super) fn run(simulation: &mut Simulation<'_>) -> bool {
    simulation.calm_periods();
    if simulation.is_to_pause() {
        return true;
    }
    simulation.settle_calm();
    false
}

/// Why a stretch of calm periods ends.
#[derive(Clone, Copy, PartialEq)]
enum Stop {
    /// There are no more periods to look at.
    End,
    /// Demand exceeds capacity.
    Overload,
    /// Policies have to be asked at the end of the next period.
    Ask,
}

impl Simulation<'_> {
    /// Goes through calm periods as long as there are any.
    fn calm_periods(&mut self) {
        while self.target.is_quiet() && self.may_be_calm {
            // The periods that end before anything is due, and those including one that ends just then.
            let quiet = self.periods.min(period_of(self.next_s));
            let until = self.periods.min((self.next_s / SECONDS) as usize);
            let mut changed = false;
            while !changed {
                if self.target.period >= until.min(self.pause) {
                    return;
                }
                if self.target.period - self.target.written >= MAX_UNWRITTEN {
                    self.settle_calm();
                }
                self.calm
                    .ahead
                    .keep(self.target.written, self.target.period);
                let due = self.target.period >= quiet;
                let stretch = if due { until } else { quiet };
                let stretch = stretch
                    .min(self.target.written + MAX_UNWRITTEN)
                    .min(self.pause);
                let ask = due || !self.target.metric.are_all_arrivals();
                let stretch = stretch.min(self.target.scaler.watchable_until(self.target.period));
                let stop = if self.calm.alarms == 0 {
                    self.calm_stretch(stretch, ask)
                } else {
                    self.calm_stretch_of_several(stretch, ask)
                };
                match stop {
                    Stop::End => {}
                    Stop::Overload => return,
                    Stop::Ask => changed = self.ask(due),
                }
            }
        }
    }

    #[inline]
    fn calm_stretch(&mut self, until: usize, ask: bool) -> Stop {
        let (policies, unchanged) = self.target.scaler.policies();
        let mut watch = SinglePolicyWatch::new(policies, unchanged);
        let stop = self.calm_stretch_with(&mut watch, until, ask);
        watch.return_to(self.target.scaler.policies().0);
        stop
    }

    fn calm_stretch_of_several(&mut self, until: usize, ask: bool) -> Stop {
        match self.calm.alarms {
            ..=3 => self.calm_stretch_of::<3>(until, ask),
            4 => self.calm_stretch_of::<4>(until, ask),
            _ => self.calm_stretch_of::<16>(until, ask),
        }
    }

    fn calm_stretch_of<const N: usize>(&mut self, until: usize, ask: bool) -> Stop {
        let (policies, unchanged) = self.target.scaler.policies();
        let mut watch = AlarmsWatch::<N>::new(policies, unchanged);
        let stop = self.calm_stretch_with(&mut watch, until, ask);
        watch.return_to(self.target.scaler.policies().0);
        stop
    }

    /// Goes through calm periods in which the last answer holds. `ask`: policies have to be asked in any case.
    #[inline]
    fn calm_stretch_with(&mut self, watch: &mut impl Watch, until: usize, ask: bool) -> Stop {
        let (shared_by, capacity_rps) = (
            self.target.queue.shared_by(),
            self.target.queue.capacity_rps(),
        );
        let minutes = self.calm.ahead.minutes(self.target.period, until);
        let mut stop = Stop::End;
        let mut calm = 0;
        let count = minutes.requests.len();
        let flow = minutes.requests.iter().zip(minutes.highest_rps);
        for ((requests, highest_rps), (coming, visible)) in
            flow.zip(self.target.metric.next_minutes(count))
        {
            if *highest_rps > capacity_rps {
                stop = Stop::Overload;
                break;
            }
            coming.set(requests / shared_by);
            if ask || !watch.stays(visible.get()) {
                stop = Stop::Ask;
                break;
            }
            calm += 1;
        }
        self.target.metric.pass(calm);
        self.target.period += calm;
        self.target.scaler.note_unchanged(calm, self.target.now_s());
        stop
    }

    /// Goes through a calm period at whose end what is due happens and policies are asked. Returns whether anything changes.
    fn ask(&mut self, due: bool) -> bool {
        self.effort_counts.asked += 1;
        self.target.period += 1;
        let end_s = self.target.now_s();
        if due {
            self.settle_calm();
            self.handle_events(end_s);
        }
        let datapoint = self.target.metric.reveal();
        let changed = self
            .target
            .scaler
            .evaluate(end_s, datapoint, &mut self.target.fleet);
        if changed {
            self.settle_calm();
            self.on_fleet_changed(end_s);
        }
        due || changed
    }
}
