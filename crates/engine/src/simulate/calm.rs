//! Periods in which nothing happens but demand: no queue, no instance that comes or goes, no bound that changes.
//!
//! Most of a year is like that. Such periods are gathered and written to their columns together.

use crate::{
    cost,
    latency::{self, Table, mixture::Mixture},
    plan::Plan,
    run::{AlarmState, FleetChange, PERIOD_S, Series},
};

/// Periods gathered before they are written.
const MOST: usize = 64;

/// What one calm period leaves behind.
#[derive(Clone, Copy, Default)]
pub(super) struct Period {
    pub requests: f64,
    /// Sum over requests of the utilisation they met.
    pub load: f64,
    pub alarms: (AlarmState, AlarmState),
}

/// Calm periods in a row.
pub(super) struct Calm {
    periods: Vec<Period>,
}

impl Calm {
    pub(super) fn new() -> Self {
        Self {
            periods: Vec::with_capacity(MOST),
        }
    }

    /// Adds a period; `true` once it is time to write.
    #[inline]
    pub(super) fn push(&mut self, period: Period) -> bool {
        self.periods.push(period);
        self.periods.len() >= MOST
    }

    pub(super) fn is_empty(&self) -> bool {
        self.periods.is_empty()
    }

    /// Writes what was gathered, under the fleet `still`; gives the requests. `instance_s`: instance-seconds paid for
    /// before, brought up to date.
    pub(super) fn write(
        &mut self,
        still: &FleetChange,
        plan: &Plan,
        instance_s: &mut f64,
        table: &Table,
        mixture: &mut Mixture,
        series: &mut Series,
    ) -> f64 {
        const SECONDS: f64 = PERIOD_S as f64;
        let periods = &self.periods;
        let count = periods.len();
        let rate = |period: &Period| (period.requests * (1.0 / SECONDS)) as f32;
        let per_instance = 1.0 / f64::from(still.in_service.max(1));
        series.demand_rps.extend(periods.iter().map(rate));
        series.served_rps.extend(periods.iter().map(rate));
        let invocations = |period: &Period| (period.requests * per_instance) as f32;
        series
            .invocations_per_instance
            .extend(periods.iter().map(invocations));
        series
            .alarm_high
            .extend(periods.iter().map(|period| period.alarms.0));
        series
            .alarm_low
            .extend(periods.iter().map(|period| period.alarms.1));
        more(
            &mut series.capacity_rps,
            count,
            (f64::from(still.in_service) * plan.service.max_rps) as f32,
        );
        more(&mut series.desired, count, still.desired);
        more(&mut series.in_service, count, still.in_service);
        more(&mut series.pending, count, still.pending);
        more(&mut series.failed_rps, count, 0.0);
        more(&mut series.queue, count, 0.0);

        let each_s = f64::from(still.in_service + still.pending) * SECONDS;
        let before_usd = cost::of_instance_seconds(*instance_s, plan.usd_per_hour);
        let each_usd = cost::of_instance_seconds(each_s, plan.usd_per_hour);
        *instance_s += count as f64 * each_s;
        let costs = (1..=count as u32).map(|i| (before_usd + f64::from(i) * each_usd) as f32);
        series.cost_usd.extend(costs);

        let mut rows = [latency::Row::default(); MOST];
        for (row, period) in rows.iter_mut().zip(periods) {
            if period.requests > 0.0 {
                let place = latency::place(period.load as f32 / period.requests as f32);
                mixture.add_free(period.requests, place);
                *row = table.row(place);
            }
        }
        let rows = rows.get(..count).unwrap_or(&[]);
        series.mean_ms.extend(rows.iter().map(|row| row[0]));
        series.p50_ms.extend(rows.iter().map(|row| row[1]));
        series.p95_ms.extend(rows.iter().map(|row| row[2]));
        series.p99_ms.extend(rows.iter().map(|row| row[3]));

        let requests = periods.iter().map(|period| period.requests).sum();
        self.periods.clear();
        requests
    }
}

fn more<T: Copy>(column: &mut Vec<T>, count: usize, value: T) {
    column.resize(column.len() + count, value);
}
