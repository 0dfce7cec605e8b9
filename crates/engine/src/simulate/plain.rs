//! Calm periods one by one: each is walked, published, evaluated and looked up by itself, and every policy is asked anew. Nothing but
//! tests runs like this; that `calm` leaves the same bytes they hold.
//!
//! Sums over a run depend on the order in which numbers are added. So periods are added up in the blocks that `calm` writes
//! together.

use super::{Simulation, calm::MAX_UNWRITTEN, met::Free};
use crate::{
    cloudwatch::breach::Datapoint,
    cost,
    demand::{Cursor, Walk},
    exact,
    latency::{self, Row, TablePosition},
    run::PERIOD_S,
};

const SECONDS: f64 = PERIOD_S as f64;

/// Goes through calm periods as long as there are any, and writes them. The run never pauses.
pub(super) fn run(simulation: &mut Simulation<'_>) -> bool {
    while simulation.calm_period() {}
    simulation.write_block();
    false
}

impl Simulation<'_> {
    /// Goes through the next period if it is calm. Returns whether it was.
    fn calm_period(&mut self) -> bool {
        let end_s = self.target.now_s() + SECONDS;
        let is_over = self.target.period == self.periods;
        if !self.may_be_calm || !self.target.is_quiet() || is_over || self.next_s < end_s {
            return false;
        }
        if self.target.period - self.target.written >= MAX_UNWRITTEN {
            self.write_block();
        }
        let walk = self.walk_of(self.target.period);
        if walk.highest_rps > self.target.queue.capacity_rps() {
            return false;
        }
        let datapoint = Datapoint::of_arrivals(walk.requests / self.target.queue.shared_by());
        self.target.period += 1;
        if self.next_s == end_s {
            self.write_block();
            self.handle_events(end_s);
        }
        let visible = self.target.metric.publish(datapoint);
        self.target.scaler.ask_anew();
        if self
            .target
            .scaler
            .evaluate(end_s, visible, &mut self.target.fleet)
        {
            self.write_block();
            self.on_fleet_changed(end_s);
        }
        true
    }

    /// Returns the sums of demand over a period.
    fn walk_of(&self, period: usize) -> Walk {
        let start_s = period as f64 * SECONDS;
        let mut cursor = Cursor::new(self.target.plan.demand.nodes());
        cursor.skip_to(start_s);
        let walk = cursor.walk(start_s + SECONDS);
        Walk {
            requests: exact::number(walk.requests),
            ..walk
        }
    }

    /// Writes the periods that are not written yet.
    fn write_block(&mut self) {
        let walks: Vec<Walk> = (self.target.written..self.target.period)
            .map(|it| self.walk_of(it))
            .collect();
        if walks.is_empty() {
            return;
        }
        let in_service = f64::from(self.target.current_fleet.in_service);
        self.target.totals.in_service_s +=
            (self.target.now_s() - self.target.counted_s) * in_service;
        self.target.counted_s = self.target.now_s();
        let each_s = f64::from(self.target.billed_instances) * SECONDS;
        let cost_usd =
            |instance_s| cost::of_instance_seconds(instance_s, self.target.plan.usd_per_hour);
        let (before_usd, each_usd) = (cost_usd(self.target.totals.instance_s), cost_usd(each_s));
        self.target.totals.instance_s += walks.len() as f64 * each_s;
        let capacity_rps = in_service * self.target.plan.service.max_rps;
        let series = &mut self.target.series;
        for (nth, walk) in walks.iter().enumerate() {
            let write = |column: &mut [f32], value: f64| {
                if let Some(place) = column.get_mut(self.target.written + nth) {
                    *place = value as f32;
                }
            };
            let rate = walk.requests * (1.0 / SECONDS);
            write(&mut series.demand_rps, rate);
            write(&mut series.served_rps, rate);
            write(&mut series.capacity_rps, capacity_rps);
            write(
                &mut series.invocations_per_instance,
                walk.requests / in_service,
            );
            write(
                &mut series.cost_usd,
                before_usd + (nth + 1) as f64 * each_usd,
            );
        }
        self.write_latency(&walks);
        self.target.written = self.target.period;
    }

    /// Writes what the requests of a block met. Where in none of its periods waits build up or are late, these are looked up in the
    /// table alone.
    fn write_latency(&mut self, walks: &[Walk]) {
        let per_capacity = self.target.queue.per_capacity();
        let position_of = |walk: &Walk| {
            let load = (walk.squares * per_capacity) as f32;
            latency::position_of(load / walk.requests as f32)
        };
        let watched = self.target.table.slow_from.min(self.target.late_from);
        let is_watched = |walk: &Walk| walk.requests > 0.0 && position_of(walk).index >= watched;
        if !self.target.build_up.is_settled() || walks.iter().any(is_watched) {
            for (nth, walk) in walks.iter().enumerate() {
                self.target.record_calm_latency(Free {
                    period: self.target.written + nth,
                    requests: walk.requests,
                    load: walk.squares * per_capacity,
                });
            }
            return;
        }
        let (mut came, mut last) = (0.0, TablePosition::default());
        for (nth, walk) in walks.iter().enumerate() {
            came += walk.requests;
            let mut row = Row::default();
            last = TablePosition::default();
            if walk.requests > 0.0 {
                last = position_of(walk);
                self.target.mixture.add_free(walk.requests, last);
                row = self.target.table.row(last);
            }
            self.target
                .series
                .write_latency(self.target.written + nth, row);
        }
        self.target.build_up.settle(last);
        self.target.totals.requests += came;
        self.target.totals.served += came;
    }
}
