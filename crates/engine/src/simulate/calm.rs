//! Calm periods, in which nothing but demand happens: no request waits, an instance is in service, no instance comes or goes, and
//! no bound changes before their end.
//!
//! Most of a year is like that. A tight loop goes through such periods, and they are written to the columns together.

use super::{Simulation, ahead, lanes, met::Free};
use crate::{
    cost,
    run::{Distress, PERIOD_S, period_of},
    scaling::Watch,
};
use core::ops::Range;

const SECONDS: f64 = PERIOD_S as f64;

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
    pub(super) fn calm_periods(&mut self) {
        while self.queue.waiting <= 0.0 && self.current_fleet.in_service > 0 && self.may_be_calm {
            // The periods that end before anything is due, and those including one that ends just then.
            let quiet = self.periods.min(period_of(self.next_s));
            let until = self.periods.min((self.next_s / SECONDS) as usize);
            let mut changed = false;
            while !changed {
                if self.period >= until.min(self.pause) {
                    return;
                }
                if self.period - self.written >= ahead::MAX_UNWRITTEN {
                    self.settle_calm();
                }
                self.ahead.keep(self.written, self.period);
                let due = self.period >= quiet;
                let stretch = if due { until } else { quiet };
                let stretch = stretch
                    .min(self.written + ahead::MAX_UNWRITTEN)
                    .min(self.pause);
                let ask = due || !self.metric.are_all_arrivals();
                let stretch = stretch.min(self.scaler.watchable_until(self.period));
                let stop = if self.alarms == 0 {
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
        let mut watch = self.scaler.watch_one();
        let stop = self.calm_stretch_with(&mut watch, until, ask);
        self.scaler.watched_one(&watch);
        stop
    }

    fn calm_stretch_of_several(&mut self, until: usize, ask: bool) -> Stop {
        match self.alarms {
            ..=3 => self.calm_stretch_of::<3>(until, ask),
            4 => self.calm_stretch_of::<4>(until, ask),
            _ => self.calm_stretch_of::<16>(until, ask),
        }
    }

    fn calm_stretch_of<const N: usize>(&mut self, until: usize, ask: bool) -> Stop {
        let mut watch = self.scaler.watch_several::<N>();
        let stop = self.calm_stretch_with(&mut watch, until, ask);
        self.scaler.watched_several(&watch);
        stop
    }

    /// Goes through calm periods in which the last answer holds. `ask`: policies have to be asked in any case.
    #[inline]
    fn calm_stretch_with(&mut self, watch: &mut impl Watch, until: usize, ask: bool) -> Stop {
        let (shared_by, capacity_rps) = (self.queue.shared_by(), self.queue.capacity_rps());
        let minutes = self.ahead.minutes(self.period, until);
        let mut stop = Stop::End;
        let mut calm = 0;
        let count = minutes.requests.len();
        let flow = minutes.requests.iter().zip(minutes.highest_rps);
        for ((requests, highest_rps), (coming, visible)) in
            flow.zip(self.metric.next_minutes(count))
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
        self.metric.pass(calm);
        self.period += calm;
        self.scaler.note_unchanged(calm, self.now_s());
        stop
    }

    /// Goes through a calm period at whose end what is due happens and policies are asked. Returns whether anything changes.
    fn ask(&mut self, due: bool) -> bool {
        self.effort_counts.asked += 1;
        self.period += 1;
        let end_s = self.now_s();
        if due {
            self.settle_calm();
            self.handle_events(end_s);
        }
        let datapoint = self.metric.reveal();
        let changed = self.scaler.evaluate(end_s, datapoint, &mut self.fleet);
        if changed {
            self.settle_calm();
            self.on_fleet_changed(end_s);
        }
        due || changed
    }

    /// Writes the calm periods that are not written yet. This has to be done before anything changes.
    pub(super) fn settle_calm(&mut self) {
        let periods = self.written..self.period;
        if periods.is_empty() {
            return;
        }
        let now_s = self.now_s();
        let seconds = now_s - self.counted_s;
        self.counted_s = now_s;
        self.totals.in_service_s += seconds * f64::from(self.current_fleet.in_service);
        self.write_calm_flow(periods.clone());
        self.write_calm_latency(periods);
        self.written = self.period;
    }

    fn write_calm_flow(&mut self, periods: Range<usize>) {
        let minutes = self.ahead.minutes(periods.start, periods.end);
        let (series, still, totals) = (&mut self.series, &self.current_fleet, &mut self.totals);
        let capacity_rps = f64::from(still.in_service) * self.plan.service.max_rps;
        let each_s = f64::from(self.billed_instances) * SECONDS;
        let cost_usd = |instance_s| cost::of_instance_seconds(instance_s, self.plan.usd_per_hour);
        let (before_usd, each_usd) = (cost_usd(totals.instance_s), cost_usd(each_s));
        totals.instance_s += minutes.requests.len() as f64 * each_s;

        lanes::write_rates(
            part(&mut series.demand_rps, &periods),
            part(&mut series.served_rps, &periods),
            part(&mut series.invocations_per_instance, &periods),
            minutes.requests,
            f64::from(still.in_service.max(1)),
        );
        lanes::write_cost(
            part(&mut series.capacity_rps, &periods),
            part(&mut series.cost_usd, &periods),
            capacity_rps as f32,
            before_usd,
            each_usd,
        );
    }

    fn write_calm_latency(&mut self, periods: Range<usize>) {
        let per_capacity = self.queue.per_capacity();
        let minutes = self.ahead.minutes(periods.start, periods.end);
        lanes::locate(&mut self.positions, minutes, per_capacity);
        let watched = self.table.slow_from.min(self.late_from);
        if !self.build_up.is_settled() || lanes::any_from(&self.positions, minutes, watched) {
            self.write_watched_latency(periods);
            return;
        }
        self.build_up.settle(self.positions.last(minutes));
        let columns = (self.series.latency_columns()).map(|column| part(column, &periods));
        let came = lanes::write_latency(
            columns,
            minutes.requests,
            &self.positions,
            &self.table,
            &mut self.mixture,
        );
        self.totals.requests += came;
        self.totals.served += came;
    }

    /// Writes latency one period after the other, where random waits may have to be followed or requests may be late.
    #[cold]
    fn write_watched_latency(&mut self, periods: Range<usize>) {
        let per_capacity = self.queue.per_capacity();
        for period in periods {
            let minutes = self.ahead.minutes(period, period + 1);
            let (Some(&requests), Some(&square)) =
                (minutes.requests.first(), minutes.squares.first())
            else {
                return;
            };
            let met = self.met_no_queue(Free {
                period,
                requests,
                load: square * per_capacity,
            });
            self.totals.requests += requests;
            self.totals.served += requests;
            self.series.write_latency(period, met.row);
            if met.late != 0.0 {
                let distress = Distress {
                    start_s: period as f64 * SECONDS,
                    failed: 0.0,
                    late: met.late,
                    longest_wait_s: met.longest_wait_s,
                };
                self.note_distress(requests, distress);
            }
        }
    }
}

/// Returns the part of a column that belongs to some periods.
fn part<'a>(column: &'a mut [f32], periods: &Range<usize>) -> &'a mut [f32] {
    column.get_mut(periods.clone()).unwrap_or_default()
}
