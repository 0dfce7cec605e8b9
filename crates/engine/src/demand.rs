//! Demand as the engine uses it: requests per second, linear between nodes.
//!
//! Layers, whose times are seconds from the start, are added up once into a [`Timeline`]. Weekdays and time zones are the
//! scenario's business.

mod compile;
mod cursor;
mod straight;
mod walk;

use std::sync::Arc;

pub use compile::TimelineBuilder;
pub(crate) use cursor::{BLOCK_MINUTES, Cursor, Line};
pub(crate) use walk::{Walk, Walks, larger, square};

/// A point of a piecewise-linear curve. Two nodes at one time make a jump: the first ends the old line, the second starts the new.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Seconds from the start of the run.
    pub at_s: f64,
    /// Requests per second.
    pub rps: f64,
}

/// One thing that contributes to demand.
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    /// Adds a piecewise-linear curve; before its first node and after its last it adds those nodes' rates.
    Curve(Vec<Node>),
    /// Adds a recording: a number of requests in each step, spread evenly over it; none before and after.
    Steps {
        /// Start of the first step, seconds from the start of the run (may be negative).
        start_s: f64,
        /// Length of a step, seconds.
        step_s: f64,
        /// Counts of the steps, as whole numbers where they were recorded as such, so that the sum of a minute is exact.
        counts: Arc<[u32]>,
        /// Requests that a count of 1 stands for (0.001 where counts are thousandths).
        requests_per_count: f64,
    },
    /// Multiplies the sum of all curves and steps by `(1 + share)^(t / per_s)`.
    Growth {
        /// Growth per `per_s`, as a share (0.1 = 10 %); > −1.
        share: f64,
        /// Seconds over which demand grows by that share.
        per_s: f64,
    },
    /// Multiplies by a seeded random factor with mean 1, drawn anew for each minute.
    /// The factor is log-normal, so it is never negative however large its spread.
    Noise {
        /// Standard deviation of a minute's factor (0.05 = ±5 %).
        share: f64,
        /// Seed of the draws.
        seed: u64,
        /// How the factor goes on within a minute.
        factor: NoiseFactor,
    },
}

/// How the factor of a noise behaves within a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum NoiseFactor {
    /// The factor stays constant and jumps at the minute's end: the requests of a minute have the spread asked for, and
    /// neighbouring minutes do not correlate.
    #[default]
    ConstantWithinMinutes,
    /// The factor goes in a straight line to that of the next minute. So the requests of a minute have about 0.7 of the spread,
    /// and those of neighbouring minutes correlate by a half.
    StraightBetweenMinutes,
}

/// Requests per second over a run: nodes in order of time, linear between them, never negative.
///
/// Cloning shares the nodes: a search that runs many variants of a plan copies no demand.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    nodes: Arc<Vec<Node>>,
}

/// Shared nodes need no comparison: of a year there are a million.
impl PartialEq for Timeline {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.nodes, &other.nodes) || self.nodes == other.nodes
    }
}

/// Demand within one minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Minute {
    /// Mean rate, requests per second.
    pub mean_rps: f64,
    /// Highest rate, requests per second.
    pub max_rps: f64,
}

/// Demand within some minutes one after the other, a column each.
pub(crate) struct Minutes {
    requests: [f64; BLOCK_MINUTES],
    squares: [f64; BLOCK_MINUTES],
    highest_rps: [f64; BLOCK_MINUTES],
    count: usize,
}

impl Default for Minutes {
    fn default() -> Self {
        Self {
            requests: [0.0; BLOCK_MINUTES],
            squares: [0.0; BLOCK_MINUTES],
            highest_rps: [0.0; BLOCK_MINUTES],
            count: 0,
        }
    }
}

impl Minutes {
    /// Walks on over so many minutes.
    fn walk(&mut self, cursor: &mut Cursor<'_>, count: usize) {
        let [requests, squares, highest_rps] =
            [&mut self.requests, &mut self.squares, &mut self.highest_rps]
                .map(|column| column.get_mut(..count).unwrap_or_default());
        cursor.walk_minutes(Walks {
            requests,
            squares,
            highest_rps,
        });
        self.count = count;
    }

    /// Requests of each minute.
    pub(crate) fn requests(&self) -> &[f64] {
        self.requests.get(..self.count).unwrap_or_default()
    }

    /// Highest rate of each minute, requests per second.
    pub(crate) fn highest_rps(&self) -> &[f64] {
        self.highest_rps.get(..self.count).unwrap_or_default()
    }

    /// Requests of the minute that has most.
    pub(crate) fn most_requests(&self) -> f64 {
        self.requests().iter().copied().fold(0.0, larger)
    }
}

impl Timeline {
    /// Adds up `layers` over `[0, length_s]`: curves and steps add, growth and noise multiply their sum.
    /// A sum below zero counts as zero.
    #[must_use]
    pub fn compile(layers: &[Layer], length_s: u32) -> Self {
        let mut compiling = TimelineBuilder::new(layers.to_vec(), length_s);
        compiling.advance(usize::MAX);
        compiling.finish()
    }

    /// The nodes, in order of time; the first at 0 s, the last at the run's length.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Calls `minutes` with the whole minutes of the run, in order, some of them together.
    pub(crate) fn for_minutes(&self, mut minutes: impl FnMut(&Minutes)) {
        let length_s = self.nodes.last().map_or(0.0, |node| node.at_s);
        let mut left = (length_s / 60.0) as usize;
        let mut cursor = Cursor::new(&self.nodes);
        let mut walked = Minutes::default();
        while left > 0 {
            walked.walk(&mut cursor, left.min(BLOCK_MINUTES));
            left -= walked.count;
            minutes(&walked);
        }
    }

    /// Calls `minute` with each whole minute of the run, in order.
    pub(crate) fn for_each_minute(&self, mut minute: impl FnMut(Minute)) {
        self.for_minutes(|minutes| {
            let rates = minutes.requests().iter().zip(minutes.highest_rps());
            for (requests, highest_rps) in rates {
                minute(Minute {
                    mean_rps: requests / 60.0,
                    max_rps: *highest_rps,
                });
            }
        });
    }

    /// Returns the highest mean rate of a minute of the run, and the mean rate that 90 % of the minutes exceed, which is taken as
    /// "quiet" where the scenario does not say. Both in requests per second.
    #[must_use]
    pub fn peak_and_quiet_rps(&self) -> (f64, f64) {
        let mut peak = 0.0;
        let length_s = self.nodes.last().map_or(0.0, |node| node.at_s);
        let mut requests = Vec::with_capacity((length_s / 60.0) as usize);
        self.for_minutes(|minutes| {
            peak = larger(peak, minutes.most_requests());
            requests.extend_from_slice(minutes.requests());
        });
        if requests.is_empty() {
            return (0.0, 0.0);
        }
        let tenth = requests.len() / 10;
        (peak / 60.0, in_place(requests, tenth) / 60.0)
    }
}

/// Returns the number that would stand at `place` if the numbers, none of them negative, were sorted: twelve bits after the other
/// it is found which those there have. Zero where there are not so many.
fn in_place(mut numbers: Vec<f64>, mut place: usize) -> f64 {
    const DIGITS: usize = 1 << 12;
    for shift in [52, 40, 28, 16, 4, 0] {
        let digit = |number: &f64| (number.to_bits() >> shift) as usize % DIGITS;
        let mut counts = [0_usize; DIGITS];
        for number in &numbers {
            if let Some(count) = counts.get_mut(digit(number)) {
                *count += 1;
            }
        }
        let stands = |count: &usize| {
            let after = place.checked_sub(*count);
            place = after.unwrap_or(place);
            after.is_none()
        };
        let found = counts.iter().position(stands);
        numbers.retain(|number| Some(digit(number)) == found);
    }
    numbers.first().copied().unwrap_or(0.0)
}

/// Returns how many of the first items `holds` is true of, where it is true of none after them. It takes little time where they
/// are few.
fn count_while<T>(list: &[T], holds: impl Fn(&T) -> bool) -> usize {
    let mut reach = 0;
    while list.get(reach).is_some_and(&holds) {
        reach = 2 * reach + 1;
    }
    let least = reach.div_ceil(2);
    let near = list.get(least..reach.min(list.len()));
    least + near.map_or(0, |near| near.partition_point(holds))
}

#[cfg(test)]
mod tests;
