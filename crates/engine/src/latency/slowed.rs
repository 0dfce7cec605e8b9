//! Requests that took longer because their instance was throttled: counted apart, in a run that has any.

use super::{
    Table, position_of,
    station::Station,
    wait_bins::{WAIT_BINS, wait_bin},
};
use crate::flow::Waits;

/// Bins per doubling of the time that a request takes, and the number of doublings.
const BINS_PER_OCTAVE: usize = 4;
const OCTAVES: usize = 8;
const BINS: usize = BINS_PER_OCTAVE * OCTAVES;

/// Sums over requests that waited about as long and then took about as many times as long as at full speed.
#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    requests: f64,
    wait_s: f64,
    load: f64,
    slowness: f64,
}

/// All bins, by wait and by slowness.
#[derive(Clone, Debug)]
pub(super) struct Slowed(Vec<Bin>);

impl Slowed {
    #[cold]
    pub(super) fn boxed() -> Box<Self> {
        Box::new(Self(vec![Bin::default(); WAIT_BINS * BINS]))
    }

    /// Adds requests that met no queue.
    pub(super) fn add_free(&mut self, requests: f64, load: f64, slowness: f64) {
        self.add(requests, 0.0, load, slowness);
    }

    /// Adds requests that met a queue.
    pub(super) fn add_waits(&mut self, waits: &[Waits], slowness: f64) {
        for waits in waits {
            waits.in_parts(|requests, wait_s, load| self.add(requests, wait_s, load, slowness));
        }
    }

    fn add(&mut self, requests: f64, wait_s: f64, load: f64, slowness: f64) {
        let octave = libm::log2(slowness.max(1.0)) * BINS_PER_OCTAVE as f64;
        let column = (octave as usize).min(BINS - 1);
        if let Some(bin) = self.0.get_mut(wait_bin(wait_s) * BINS + column) {
            bin.requests += requests;
            bin.wait_s += requests * wait_s;
            bin.load += load;
            bin.slowness += requests * slowness;
        }
    }

    /// Returns the bins with requests in them: the requests, their mean wait and slowness, and the station that they met.
    pub(super) fn met<'a>(
        &'a self,
        table: &'a Table,
    ) -> impl Iterator<Item = (f64, f64, f64, &'a Station)> {
        let filled = self.0.iter().filter(|bin| bin.requests > 0.0);
        filled.filter_map(|bin| {
            let station = table.station(position_of((bin.load / bin.requests) as f32))?;
            let mean = |sum: f64| sum / bin.requests;
            Some((bin.requests, mean(bin.wait_s), mean(bin.slowness), station))
        })
    }
}
