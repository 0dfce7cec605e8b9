//! Latency of a request: its service time on an idle instance, plus random waiting while demand is below capacity.
//!
//! Each instance is a station of its own, because SageMaker routes at random by default (SageMaker developer guide,
//! `ProductionVariantRoutingConfig`, RoutingStrategy RANDOM). Waiting in the fluid queue is added by the caller.

mod brownian;
mod build_up;
pub(crate) mod mixture;
mod slowed;
mod station;
mod wait;
mod wait_bins;

use crate::plan::Service;
pub(crate) use build_up::{BuildUp, Parts};
pub(crate) use station::Station;
use station::Steady;
pub use station::idle_s;
use std::sync::Arc;

/// Seconds for which utilisation is taken to have been constant where random waits are not followed minute by minute. Close to
/// full use a stationary wait takes far longer to build up than demand ever stays the same.
const STEADY_S: f64 = 300.0;

/// Intervals of the latency table.
pub(crate) const INTERVALS: usize = 128;

/// Mean, median, 95th and 99th percentile, milliseconds.
pub(crate) type Row = [f32; 4];

impl Service {
    /// Returns the mean time that a request takes on an idle instance, seconds.
    #[must_use]
    pub fn mean_service_s(&self) -> f64 {
        idle_s(self.p50_ms, self.p95_ms)
    }
}

/// The latency table: latency at each utilisation.
///
/// Grid point `i` stands for the utilisation `1 − (1 − i/INTERVALS)²`, so points crowd where latency rises steeply.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// The load test that it is computed from.
    load_test: LoadTest,
    intervals: [Interval; INTERVALS],
    stations: Vec<Station>,
    steady: Vec<Steady>,
    /// From this grid point on random waits are followed minute by minute.
    pub(crate) slow_from: u32,
}

/// The part of a service that latency depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct LoadTest {
    max_rps: f64,
    p50_ms: f64,
    p95_ms: f64,
}

impl LoadTest {
    fn of(service: &Service) -> Self {
        Self {
            max_rps: service.max_rps,
            p50_ms: service.p50_ms,
            p95_ms: service.p95_ms,
        }
    }
}

/// The latency table of a run, shared by all runs of the same load test.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Latency(Option<Arc<Table>>);

impl Latency {
    pub(crate) fn new(table: Arc<Table>) -> Self {
        Self(Some(table))
    }

    /// Returns the table of a service: this one, if it is of the same load test.
    pub(crate) fn table(self, service: &Service) -> Arc<Table> {
        let table = self
            .0
            .filter(|table| table.load_test == LoadTest::of(service));
        table.unwrap_or_else(|| Arc::new(Table::new(service)))
    }

    /// Returns the highest utilisation at which in the long run at most the share `allowed` of requests waits longer than
    /// `late_s`.
    pub(crate) fn load_in_time(&self, late_s: f64, allowed: f64) -> Option<f64> {
        let table = self.0.as_ref()?;
        Some(table.load_in_time(late_s, allowed))
    }
}

/// Latency from one grid point to the next: two rows that fit in one cache line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(32))]
struct Interval {
    from: Row,
    rise: Row,
}

/// Returns the utilisation at which requests that met a queue are looked up, summed over them. `used`: the sum of the utilisation
/// that they would have caused; `wait_s`: the sum of their waits.
///
/// Random waiting adds to the fluid queue only where a station could have run empty. That is the rarer, the further demand is
/// above capacity and the longer the queue is beside what chance builds up.
pub(crate) fn queued_load(requests: f64, used: f64, wait_s: f64) -> f64 {
    let mirrored = used.min(2.0 * requests - used);
    (mirrored - core::f64::consts::FRAC_PI_4 / STEADY_S * wait_s).max(0.0)
}

/// A position in the table: a grid point, and the share of the way to the next one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TablePosition {
    pub index: u32,
    pub share: f32,
}

impl TablePosition {
    /// Returns the nearest grid point.
    fn nearest(self) -> usize {
        self.index as usize + usize::from(self.share >= 0.5)
    }
}

/// Returns the position of utilisation `load` (≥ 0) in the table.
#[inline]
pub(crate) fn position_of(load: f32) -> TablePosition {
    // Comparisons rather than `max`, which is a call in wasm.
    let left = 1.0 - load;
    let root = if left > 0.0 { left.sqrt() } else { 0.0 };
    let x = (1.0 - root) * INTERVALS as f32;
    // Down to a whole number by adding 2²³, which rounds to the nearest; wasm's conversion checks its range each time.
    let rounded = x + 8_388_608.0;
    let above = rounded - 8_388_608.0 > x;
    let index = ((rounded.to_bits() & 0xff) - u32::from(above)).min(INTERVALS as u32 - 1);
    TablePosition {
        index,
        share: x - index as i32 as f32,
    }
}

impl Table {
    pub(crate) fn new(service: &Service) -> Self {
        let load_test = LoadTest::of(service);
        let steady: Vec<Steady> = (0..=INTERVALS)
            .map(|i| {
                let left = 1.0 - i as f64 / INTERVALS as f64;
                Steady::new(&load_test, 1.0 - left * left)
            })
            .collect();
        let mean_service_s = service.mean_service_s();
        let as_usual = |steady: &Steady| steady.as_usual(mean_service_s);
        let stations: Vec<Station> = steady.iter().map(as_usual).collect();
        let mut rows: Vec<Row> = Vec::with_capacity(stations.len());
        // The next figures are guessed from the last three, as if they lay on a parabola.
        let (mut guess, mut slope, mut bend) = (None, [0.0; 4], [0.0; 4]);
        let mut last: Option<[f64; 4]> = None;
        for station in &stations {
            let figures = station.figures(guess);
            if let Some(last) = last {
                let steeper = zip_with(figures, last, |now, before| now - before);
                bend = zip_with(steeper, slope, |now, before| now - before);
                slope = steeper;
            }
            let rise = zip_with(slope, bend, |slope, bend| slope + bend);
            guess = Some(zip_with(figures, rise, |now, rise| now + rise));
            last = Some(figures);
            rows.push(figures.map(|seconds| (1000.0 * seconds) as f32));
        }
        let mut intervals = [Interval::default(); INTERVALS];
        for ((interval, &from), &to) in intervals.iter_mut().zip(&rows).zip(rows.iter().skip(1)) {
            let rise = zip_with(from, to, |from, to| to - from);
            *interval = Interval { from, rise };
        }
        let at_once = |steady: &Steady| steady.unit_s() <= build_up::AT_ONCE_S;
        let slow_from = steady.partition_point(at_once) as u32;
        Self {
            load_test,
            intervals,
            stations,
            steady,
            slow_from,
        }
    }

    /// Returns the station nearest to a position.
    pub(crate) fn station(&self, at: TablePosition) -> Option<&Station> {
        self.stations.get(at.nearest())
    }

    /// Returns the share of requests that wait longer than `late_s` at a position.
    pub(crate) fn late_share(&self, at: TablePosition, late_s: f64) -> f64 {
        let from = at.index as usize;
        let share = |point: usize| {
            let station = self.stations.get(point);
            station.map_or(0.0, |station| station.waits_longer(late_s))
        };
        let (low, high) = (share(from), share(from + 1));
        low + (high - low) * f64::from(at.share)
    }

    fn steady(&self, at: TablePosition) -> Option<&Steady> {
        self.steady.get(at.nearest())
    }

    /// Returns the first grid point at which more than the share `allowed` of requests waits longer than `late_s`.
    pub(crate) fn late_from(&self, late_s: f64, allowed: f64) -> u32 {
        let in_time = |station: &Station| station.waits_longer(late_s) <= allowed;
        self.stations.partition_point(in_time) as u32
    }

    fn load_in_time(&self, late_s: f64, allowed: f64) -> f64 {
        let in_time = |steady: &Steady| steady.in_the_long_run().waits_longer(late_s) <= allowed;
        let point = self.steady.partition_point(in_time);
        if point >= INTERVALS {
            return 1.0;
        }
        let left = 1.0 - point.saturating_sub(1) as f64 / INTERVALS as f64;
        1.0 - left * left
    }

    /// Returns the latency at a position.
    #[inline]
    pub(crate) fn row(&self, at: TablePosition) -> Row {
        match self.intervals.get(at.index as usize) {
            Some(interval) => zip_with(interval.from, interval.rise, |from, rise| {
                from + rise * at.share
            }),
            None => Row::default(),
        }
    }
}

/// Combines two rows element by element.
#[inline]
fn zip_with<T: Copy>(a: [T; 4], b: [T; 4], combine: impl Fn(T, T) -> T) -> [T; 4] {
    let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (a, b);
    [
        combine(a0, b0),
        combine(a1, b1),
        combine(a2, b2),
        combine(a3, b3),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_between_the_grid_points_around_it() {
        let grid = |i: f32| {
            let left = 1.0 - i / INTERVALS as f32;
            1.0 - left * left
        };
        for (at, index, share) in [
            (0.0, 0, 0.0),
            (0.25, 0, 0.25),
            (63.5, 63, 0.5),
            (64.0, 64, 0.0),
            (100.75, 100, 0.75),
            (127.5, 127, 0.5),
            (128.0, 127, 1.0),
        ] {
            let place = position_of(grid(at));
            assert_eq!(place.index, index, "{at}");
            assert!((place.share - share).abs() < 2e-3, "{at}: {}", place.share);
        }
        let beyond = position_of(1.5);
        assert_eq!((beyond.index, beyond.share), (127, 1.0));
    }

    #[test]
    fn who_is_late_in_a_minute_is_who_is_late_over_the_run() {
        let service = station::tests::service(20.0, 40.0, 95.0);
        let table = Table::new(&service);
        for load in [0.3, 0.9, 0.947, 0.99] {
            let place = position_of(load);
            let mut mixture = mixture::Mixture::new();
            mixture.add_free(600.0, place);
            let minute = 600.0 * table.late_share(place, 0.5);
            let run = mixture.late(&table, 0.5);
            assert!((minute - run).abs() <= 1e-6 * run, "{load}: {minute} {run}");
        }
    }

    #[test]
    fn requests_that_met_a_queue_wait_by_chance_the_less_the_longer_the_queue() {
        // 100 requests; a minute's wait of each takes π/4/300 × 6000 off.
        for (used, wait_s, load) in [
            (100.0, 0.0, 100.0),
            (60.0, 0.0, 60.0),
            (150.0, 0.0, 50.0),
            (100.0, 6000.0, 84.292),
            (150.0, 6000.0, 34.292),
            (100.0, 60_000.0, 0.0),
        ] {
            let got = queued_load(100.0, used, wait_s);
            assert!((got - load).abs() < 1e-3, "{used}, {wait_s}: {got}");
        }
    }

    #[test]
    fn an_idle_request_takes_a_fixed_time_and_an_exponential_one() {
        // (95 − 40) ms / ln 10 = 23.886 ms, and 40 ms less ln 2 times that.
        assert!((1000.0 * idle_s(40.0, 95.0) - 47.3295).abs() < 1e-3);
    }

    #[test]
    fn a_row_lies_between_those_of_its_grid_points() {
        let service = station::tests::service(20.0, 40.0, 95.0);
        let table = Table::new(&service);
        let at = |index, share| table.row(TablePosition { index, share });
        for index in [0, 40, 100, 127] {
            let (from, to) = (at(index, 0.0), at(index, 1.0));
            for (i, between) in at(index, 0.25).into_iter().enumerate() {
                let want = from[i] + 0.25 * (to[i] - from[i]);
                assert!((between - want).abs() <= 1e-5 * want, "{index}");
            }
            let left = 1.0 - f64::from(index) / INTERVALS as f64;
            let station =
                Steady::new(&table.load_test, 1.0 - left * left).as_usual(service.mean_service_s());
            for (got, want) in from.into_iter().zip(station.figures(None)) {
                assert!(
                    (f64::from(got) / 1000.0 / want - 1.0).abs() < 1e-5,
                    "{index}"
                );
            }
        }
        assert_eq!(at(128, 0.0), Row::default());
    }
}
