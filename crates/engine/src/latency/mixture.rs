//! Latency over a whole run: every request has the same weight; percentiles are not averaged.

use super::{
    INTERVALS, Parts, Table, TablePosition,
    brownian::Stages,
    slowed::Slowed,
    station::{self, Station},
    wait_bins::wait_bin,
};
use crate::flow::{Flow, Waits};

/// Sums over requests that waited about as long in the queue and met about the same station afterwards.
#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    requests: f64,
    wait_s: f64,
    shift_s: f64,
    scale_s: f64,
    wait_probability: f64,
    stage_s: f64,
    stages: Stages,
}

impl Bin {
    fn add(&mut self, requests: f64, wait_s: f64, met: &Station) {
        self.requests += requests;
        self.wait_s += requests * wait_s;
        self.shift_s += requests * met.shift_s;
        self.scale_s += requests * met.scale_s;
        let waiting = requests * met.wait_probability;
        self.wait_probability += waiting;
        self.stage_s += waiting * met.stage_s;
        for (sum, share) in self.stages.iter_mut().zip(met.stages) {
            *sum += requests * share;
        }
    }

    /// Returns their mean wait in the queue and the mean station that they met.
    fn mean(&self) -> (f64, Station) {
        let mean = |sum: f64| sum / self.requests;
        let station = Station {
            shift_s: mean(self.shift_s),
            scale_s: mean(self.scale_s),
            wait_probability: mean(self.wait_probability),
            stage_s: if self.wait_probability > 0.0 {
                self.stage_s / self.wait_probability
            } else {
                0.0
            },
            stages: self.stages.map(mean),
        };
        (mean(self.wait_s), station)
    }
}

/// How many requests met which utilisation and which queue.
#[derive(Clone, Debug)]
pub(crate) struct Mixture {
    /// Requests that met no queue, by interval of the table: shared between its lower and its upper end.
    free: [[f64; 2]; INTERVALS],
    /// All other requests: by the bin of their wait in the queue, and there in the order of the bins of the random wait that came
    /// on top.
    followed: Vec<Vec<(usize, Bin)>>,
    wait_s: f64,
    /// Requests that throttled instances served.
    slowed: Option<Box<Slowed>>,
}

/// Latency of a run, milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    pub mean_ms: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
    pub p99_ms: f64,
}

impl Mixture {
    pub(crate) fn new() -> Self {
        Self {
            free: [[0.0; 2]; INTERVALS],
            followed: Vec::new(),
            wait_s: 0.0,
            slowed: None,
        }
    }

    /// Adds requests that met no queue, shared between the two grid points they lie between.
    #[inline]
    pub(crate) fn add_free(&mut self, requests: f64, at: TablePosition) {
        if let Some([lower, upper]) = self.free.get_mut(at.index as usize) {
            let beyond = requests * f64::from(at.share);
            *lower += requests - beyond;
            *upper += beyond;
        }
    }

    /// Adds requests whose random wait was followed: `free` of them met no queue, the others waited, `wait_s` together.
    #[cold]
    pub(crate) fn add_followed(&mut self, free: f64, waits: &[Waits], wait_s: f64, met: &Parts) {
        self.wait_s += wait_s;
        for (share, station) in met {
            if *share <= 0.0 {
                continue;
            }
            let random = wait_bin(station.wait_probability * station.wait_s());
            let mut add = |requests: f64, wait_s: f64| {
                if requests > 0.0 {
                    self.add_to_bin(wait_bin(wait_s), random, |bin| {
                        bin.add(requests * share, wait_s, station);
                    });
                }
            };
            add(free, 0.0);
            for waits in waits {
                waits.in_parts(|requests, wait_s, _| add(requests, wait_s));
            }
        }
    }

    fn add_to_bin(&mut self, waited: usize, random: usize, add: impl FnOnce(&mut Bin)) {
        let rows = self.followed.len().max(waited + 1);
        self.followed.resize_with(rows, Vec::new);
        let Some(row) = self.followed.get_mut(waited) else {
            return;
        };
        let index = row.partition_point(|(other, _)| *other < random);
        if row.get(index).is_none_or(|(other, _)| *other != random) {
            row.insert(index, (random, Bin::default()));
        }
        if let Some((_, bin)) = row.get_mut(index) {
            add(bin);
        }
    }

    /// Returns the requests that met no queue, whose random wait was not followed, and that waited longer than `late_s`.
    pub(crate) fn late(&self, table: &Table, late_s: f64) -> f64 {
        let met = self.free(table);
        met.map(|(requests, station)| requests * station.waits_longer(late_s))
            .sum()
    }

    /// Returns those requests by the station that they met.
    fn free<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = (f64, &'a Station)> {
        let lower = self.free.iter().map(|ends| ends[0]).chain([0.0]);
        let upper = [0.0]
            .into_iter()
            .chain(self.free.iter().map(|ends| ends[1]));
        let met = lower.zip(upper).map(|(lower, upper)| lower + upper);
        met.zip(&table.stations)
            .filter(|(requests, _)| *requests > 0.0)
    }

    /// Adds what a period has brought while requests took `slowness` times as long as at full speed.
    #[cold]
    pub(crate) fn add_slowed(&mut self, flow: &Flow, slowness: f64) {
        let slowed = self.slowed.get_or_insert_with(Slowed::boxed);
        slowed.add_free(flow.free, flow.free_load, slowness);
        slowed.add_waits(&flow.waits, slowness);
        self.wait_s += flow.wait_s;
    }

    /// Returns mean and percentiles of all requests added; zeros without requests.
    pub(crate) fn figures(&self, table: &Table) -> Figures {
        let mut free: Vec<_> = self.free(table).map(|(n, it)| (n, *it)).collect();
        let mut queued: Vec<_> = Vec::new();
        for (row, waited) in self.followed.iter().zip(0..) {
            for (_, bin) in row {
                let (wait_s, station) = bin.mean();
                match waited {
                    0 => {
                        let shift_s = station.shift_s + wait_s;
                        free.push((bin.requests, Station { shift_s, ..station }));
                    }
                    _ => queued.push((bin.requests, wait_s, station)),
                }
            }
        }
        let slowed: Vec<_> = match &self.slowed {
            None => Vec::new(),
            Some(slowed) => slowed.met(table).collect(),
        };
        let requests: f64 = free.iter().map(|bin| bin.0).sum::<f64>()
            + queued.iter().map(|bin| bin.0).sum::<f64>()
            + slowed.iter().map(|bin| bin.0).sum::<f64>();
        if requests <= 0.0 {
            return Figures::default();
        }
        let served_s = free
            .iter()
            .map(|(n, station)| n * station.mean_s())
            .sum::<f64>()
            + queued
                .iter()
                .map(|(n, _, station)| n * station.mean_s())
                .sum::<f64>()
            + slowed
                .iter()
                .map(|(n, _, slowness, station)| n * station.mean_s() * slowness)
                .sum::<f64>();
        // Of those that met no queue: how many take longer than `t_s`, and how fast their number falls there, per second.
        let free_tail = |t_s: f64| {
            let mut sum = (0.0, 0.0);
            for (n, station) in &free {
                let (tail, density) = station.tail_and_density(t_s);
                sum = (sum.0 + n * tail, sum.1 + n * density);
            }
            sum
        };
        let tail = |t_s: f64| {
            let queued: f64 = queued
                .iter()
                .map(|(n, wait_s, station)| n * station.tail(t_s - wait_s))
                .sum();
            let slowed: f64 = slowed
                .iter()
                .map(|(n, wait_s, slowness, station)| n * station.tail((t_s - wait_s) / slowness))
                .sum();
            (free_tail(t_s).0 + queued + slowed) / requests
        };
        let mean_s = (served_s + self.wait_s) / requests;
        let least_s = table.stations.first().map_or(0.0, Station::least_s);
        let percentile = |beyond: f64, low_s: f64, guess_s: f64| {
            // Without a queue the tail has no corners.
            let close = if queued.is_empty() && slowed.is_empty() {
                let share = |(tail, density)| (tail / requests, density / requests);
                station::close_to(|t_s| share(free_tail(t_s)), beyond, guess_s, least_s)
            } else {
                None
            };
            close.unwrap_or_else(|| station::invert(tail, beyond, low_s, guess_s))
        };
        let p50_s = percentile(0.5, 0.0, mean_s);
        let p95_s = percentile(0.05, p50_s, 2.0 * p50_s).max(p50_s);
        let p99_s = percentile(0.01, p95_s, 2.0 * p95_s).max(p95_s);
        Figures {
            mean_ms: 1000.0 * mean_s,
            p50_ms: 1000.0 * p50_s,
            p95_ms: 1000.0 * p95_s,
            p99_ms: 1000.0 * p99_s,
        }
    }
}

/// Returns mean and percentiles of requests of two kinds that met no queue, seconds. `guess` is close to them.
pub(crate) fn figures_of(parts: &Parts, guess: [f64; 4]) -> [f64; 4] {
    let [(_, first), (others, second)] = parts;
    if *others <= 0.0 {
        return first.figures(Some(guess));
    }
    let tail_and_density = |t_s: f64| {
        let (a, b) = (first.tail_and_density(t_s), second.tail_and_density(t_s));
        let mix = |a: f64, b: f64| a + others * (b - a);
        (mix(a.0, b.0), mix(a.1, b.1))
    };
    let percentile = |beyond: f64, guess_s: f64| {
        let close = station::close_to(tail_and_density, beyond, guess_s, first.least_s());
        close.unwrap_or_else(|| {
            station::invert(|t_s| tail_and_density(t_s).0, beyond, 0.0, first.mean_s())
        })
    };
    let [_, p50, p95, p99] = guess;
    [
        first.mean_s() + others * (second.mean_s() - first.mean_s()),
        percentile(0.5, p50),
        percentile(0.05, p95),
        percentile(0.01, p99),
    ]
}

/// Returns the 50th, 95th and 99th percentile of the waits of a period's requests, seconds. `free` of the requests did not wait.
pub(crate) fn wait_percentiles(waits: &[Waits], free: f64) -> [f64; 3] {
    let requests = free + waits.iter().map(|waits| waits.requests).sum::<f64>();
    let longest = waits
        .iter()
        .fold(0.0_f64, |longest, w| longest.max(w.from_s).max(w.to_s));
    [0.5, 0.95, 0.99].map(|share| {
        let (mut low, mut high) = (0.0, longest);
        if free >= share * requests {
            return 0.0;
        }
        while high - low > 1e-4 * longest {
            let middle = 0.5 * (low + high);
            let within: f64 = waits.iter().map(|waits| waits.within(middle)).sum();
            if free + within < share * requests {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    })
}

impl Waits {
    /// Passes evenly spread parts of these waits to `add`: how many requests, how long they waited, and the sum of their load.
    #[inline]
    pub(crate) fn in_parts(&self, mut add: impl FnMut(f64, f64, f64)) {
        const PARTS: u32 = 8;
        for part in 0..PARTS {
            let share = (f64::from(part) + 0.5) / f64::from(PARTS);
            let wait_s = self.from_s + (self.to_s - self.from_s) * share;
            let parts = f64::from(PARTS);
            add(self.requests / parts, wait_s, self.load / parts);
        }
    }

    /// Returns how many of the requests wait no longer than `wait_s`.
    fn within(&self, wait_s: f64) -> f64 {
        let (low, high) = (self.from_s.min(self.to_s), self.from_s.max(self.to_s));
        if wait_s >= high {
            self.requests
        } else if wait_s <= low {
            0.0
        } else {
            self.requests * (wait_s - low) / (high - low)
        }
    }
}

#[cfg(test)]
mod tests;
