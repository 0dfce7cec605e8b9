//! The innermost loops over calm minutes, which the native program goes through several minutes at once.
//!
//! Each is a function over slices, so that the compiler sees that no two columns overlap. Each is compiled twice, for processors
//! with AVX2 and for all others; which one runs is decided when the program runs. The results are the same bit by bit.

use super::ahead::{self, Minutes};
use crate::{
    latency::{self, Table, TablePosition, mixture::Mixture},
    run::PERIOD_S,
};
use multiversion::multiversion;

/// Positions of minutes in the latency table, a column for each field.
pub(super) struct TablePositions {
    index: [u32; ahead::MAX_UNWRITTEN],
    share: [f32; ahead::MAX_UNWRITTEN],
}

impl Default for TablePositions {
    fn default() -> Self {
        Self {
            index: [0; ahead::MAX_UNWRITTEN],
            share: [0.0; ahead::MAX_UNWRITTEN],
        }
    }
}

impl TablePositions {
    /// Returns the position of the last of some minutes; the first grid point if no request came in it.
    pub(super) fn last(&self, minutes: Minutes<'_>) -> TablePosition {
        let mut positions = self.index.iter().zip(&self.share).zip(minutes.requests);
        match positions.next_back() {
            Some(((&index, &share), &requests)) if requests > 0.0 => TablePosition { index, share },
            _ => TablePosition::default(),
        }
    }
}

/// Returns whether any of these minutes lies at a grid point of the latency table or beyond it.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn any_from(positions: &TablePositions, minutes: Minutes<'_>, point: u32) -> bool {
    let mut any = false;
    for (&index, &requests) in positions.index.iter().zip(minutes.requests) {
        any |= (index >= point) & (requests > 0.0);
    }
    any
}

/// Writes demand, which equals what was served, and the requests of each instance.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn write_rates(
    demand_rps: &mut [f32],
    served_rps: &mut [f32],
    invocations_per_instance: &mut [f32],
    requests: &[f64],
    instances: f64,
) {
    let served = served_rps.iter_mut().zip(invocations_per_instance);
    for ((requests, demand), (served, invocations)) in requests.iter().zip(demand_rps).zip(served) {
        let rate = (requests * (1.0 / PERIOD_S as f64)) as f32;
        (*demand, *served) = (rate, rate);
        *invocations = (requests / instances) as f32;
    }
}

/// Writes capacity, which is constant, and cost, which grows by the same each minute.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn write_cost(
    capacity_rps: &mut [f32],
    cost_usd: &mut [f32],
    rps: f32,
    before_usd: f64,
    each_usd: f64,
) {
    for (nth, (capacity, cost)) in (1..).zip(capacity_rps.iter_mut().zip(cost_usd)) {
        *capacity = rps;
        *cost = (before_usd + f64::from(nth) * each_usd) as f32;
    }
}

/// Finds the positions of minutes in the latency table. Divisions and roots take long; in a loop of their own many of them
/// overlap.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn locate(positions: &mut TablePositions, minutes: Minutes<'_>, per_capacity: f64) {
    let positions = positions.index.iter_mut().zip(&mut positions.share);
    let minutes = minutes.requests.iter().zip(minutes.squares);
    for ((&requests, squares), (index, share)) in minutes.zip(positions) {
        let load = (squares * per_capacity) as f32;
        let position = latency::position_of(load / requests as f32);
        (*index, *share) = (position.index, position.share);
    }
}

/// Writes mean and percentiles of minutes, given their positions in the table. Returns the requests that came.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn write_latency(
    columns: [&mut [f32]; 4],
    requests: &[f64],
    positions: &TablePositions,
    table: &Table,
    mixture: &mut Mixture,
) -> f64 {
    let [mean, p50, p95, p99] = columns;
    let positions = positions.index.iter().zip(&positions.share);
    let mut came = 0.0;
    for (((((&requests, (&index, &share)), mean), p50), p95), p99) in requests
        .iter()
        .zip(positions)
        .zip(mean)
        .zip(p50)
        .zip(p95)
        .zip(p99)
    {
        came += requests;
        [*mean, *p50, *p95, *p99] = if requests > 0.0 {
            let position = TablePosition { index, share };
            mixture.add_free(requests, position);
            table.row(position)
        } else {
            latency::Row::default()
        };
    }
    came
}
