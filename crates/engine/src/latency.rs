//! Latency of one request: time of service on an idle instance, plus random waiting while demand is below capacity.
//!
//! Each instance is a station of its own, because SageMaker routes at random by default (SageMaker developer guide,
//! `ProductionVariantRoutingConfig`, RoutingStrategy RANDOM). Waiting in the fluid queue is added by the caller.

pub(crate) mod mixture;
mod slowed;
mod station;
mod wait;

use crate::plan::Service;
use station::Station;
pub use station::idle_s;

/// Time over which utilisation is taken to stay as it is, seconds. Close to full use a stationary wait would
/// take far longer to build up than demand ever stays the same; what builds up in this time bounds it.
const STEADY_S: f64 = 300.0;

/// Intervals of the table.
pub(crate) const INTERVALS: usize = 128;

/// Mean, median, 95th and 99th percentile, milliseconds.
pub(crate) type Row = [f32; 4];

impl Service {
    /// Mean time that a request takes on an idle instance, seconds.
    #[must_use]
    pub fn mean_service_s(&self) -> f64 {
        Station::new(self, 0.0).mean_s()
    }
}

/// Latency over utilisation, worked out once per run.
///
/// Grid point `i` stands for the utilisation `1 − (1 − i/INTERVALS)²`, so points crowd where latency rises steeply.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    lines: [Line; INTERVALS],
    stations: Vec<Station>,
}

/// Latency from one grid point to the next.
#[derive(Clone, Copy, Debug, Default)]
struct Line {
    from: Row,
    rise: Row,
}

/// The utilisation at which requests that met a queue are to be looked up, summed over them: `requests` that would
/// have used the capacity to the sum `used`, and waited `wait_s` together.
///
/// Random waiting comes on top of the fluid queue only where a station could have run empty: the less, the further
/// demand is above capacity (as far as it would be below), and the longer the queue is beside what chance builds up.
pub(crate) fn queued_load(requests: f64, used: f64, wait_s: f64) -> f64 {
    let mirrored = used.min(2.0 * requests - used);
    (mirrored - core::f64::consts::FRAC_PI_4 / STEADY_S * wait_s).max(0.0)
}

/// A place between two grid points.
#[derive(Clone, Copy, Default)]
pub(crate) struct Place {
    pub index: u32,
    pub share: f32,
}

/// Where utilisation `load` (≥ 0) lies in the table.
#[inline]
pub(crate) fn place(load: f32) -> Place {
    // Comparisons rather than `max`, which is a call in wasm.
    let left = 1.0 - load;
    let root = if left > 0.0 { left.sqrt() } else { 0.0 };
    let x = (1.0 - root) * INTERVALS as f32;
    // Down to a whole number by adding 2²³, which rounds to the nearest; wasm's conversion checks its range each time.
    let rounded = x + 8_388_608.0;
    let above = rounded - 8_388_608.0 > x;
    let index = ((rounded.to_bits() & 0xff) - u32::from(above)).min(INTERVALS as u32 - 1);
    Place {
        index,
        share: x - index as i32 as f32,
    }
}

impl Table {
    pub(crate) fn new(service: &Service) -> Self {
        let stations: Vec<Station> = (0..=INTERVALS)
            .map(|i| {
                let left = 1.0 - i as f64 / INTERVALS as f64;
                Station::new(service, 1.0 - left * left)
            })
            .collect();
        let mut rows: Vec<Row> = Vec::with_capacity(stations.len());
        // What the last three lead to expect, were they on a parabola.
        let (mut guess, mut slope, mut bend) = (None, [0.0; 4], [0.0; 4]);
        let mut last: Option<[f64; 4]> = None;
        for station in &stations {
            let figures = station.figures(guess);
            if let Some(last) = last {
                let steeper = each(figures, last, |now, before| now - before);
                bend = each(steeper, slope, |now, before| now - before);
                slope = steeper;
            }
            let rise = each(slope, bend, |slope, bend| slope + bend);
            guess = Some(each(figures, rise, |now, rise| now + rise));
            last = Some(figures);
            rows.push(figures.map(|seconds| (1000.0 * seconds) as f32));
        }
        let mut lines = [Line::default(); INTERVALS];
        for ((line, &from), &to) in lines.iter_mut().zip(&rows).zip(rows.iter().skip(1)) {
            let rise = each(from, to, |from, to| to - from);
            *line = Line { from, rise };
        }
        Self { lines, stations }
    }

    /// Latency at a place of the table.
    #[inline]
    pub(crate) fn row(&self, at: Place) -> Row {
        match self.lines.get(at.index as usize) {
            Some(line) => each(line.from, line.rise, |from, rise| from + rise * at.share),
            None => Row::default(),
        }
    }
}

/// `combine` of the first two, the second two, and so on.
#[inline]
fn each<T: Copy>(a: [T; 4], b: [T; 4], combine: impl Fn(T, T) -> T) -> [T; 4] {
    let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (a, b);
    [
        combine(a0, b0),
        combine(a1, b1),
        combine(a2, b2),
        combine(a3, b3),
    ]
}
