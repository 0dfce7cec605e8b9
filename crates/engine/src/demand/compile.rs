//! Adds up layers to one piecewise-linear curve.
//!
//! Every layer has times at which it may bend or jump. At each of these times the left and right limits of all layers are added,
//! then multiplied. The product of two curves is exact at those times, and linear between them.

use core::mem;
use std::sync::Arc;

use super::{Layer, Node, NoiseFactor, Timeline, count_while, larger};
use crate::random::Random;

/// Between two samples growth changes by no more than this share.
const GROWTH_STEP: f64 = 1e-3;

/// Rate just before and just after a time.
#[derive(Clone, Copy, Debug, Default)]
struct Limits {
    left: f64,
    right: f64,
}

/// Adds up layers in as many steps as the caller likes. The timeline is the same wherever it pauses.
#[derive(Debug)]
pub struct TimelineBuilder {
    layers: Vec<Layer>,
    times: Vec<f64>,
    rates: Vec<Limits>,
    /// How many layers have been gone through, first for those that add, then for those that multiply.
    added: usize,
    multiplied: usize,
    /// The noise that is being applied, and how many of the times it has been applied to.
    noise: Option<(Noise, usize)>,
}

impl TimelineBuilder {
    /// Starts to add up layers over `[0, length_s]`.
    #[must_use]
    pub fn new(layers: Vec<Layer>, length_s: u32) -> Self {
        let times = times(&layers, f64::from(length_s));
        Self {
            rates: vec![Limits::default(); times.len()],
            layers,
            times,
            added: 0,
            multiplied: 0,
            noise: None,
        }
    }

    /// Goes on for about `times` times at which demand may bend, counted for each layer; at least for one layer that adds.
    /// Returns whether all layers are added up.
    pub fn advance(&mut self, times: usize) -> bool {
        let mut left = times;
        while left > 0 {
            let done = if let Some(layer) = self.layers.get(self.added) {
                self.added += 1;
                add_layer(layer, &self.times, &mut self.rates)
            } else if self.multiplied < self.layers.len() {
                self.multiply_by_next(left)
            } else {
                return true;
            };
            left = left.saturating_sub(done);
        }
        self.added == self.layers.len() && self.multiplied == self.layers.len()
    }

    /// Returns how much has been added up, as a share.
    #[must_use]
    pub fn progress(&self) -> f64 {
        let all = self.times.len().max(1) as f64;
        let part = self.noise.as_ref().map_or(0.0, |(_, at)| *at as f64 / all);
        // Layers that add take little time.
        (self.multiplied as f64 + part) / self.layers.len().max(1) as f64
    }

    /// Returns the timeline, once [`TimelineBuilder::advance`] has returned `true`.
    #[must_use]
    pub fn finish(self) -> Timeline {
        Timeline {
            nodes: Arc::new(nodes(&self.times, &self.rates)),
        }
    }

    /// Multiplies by the next growth or noise; by noise at most at `most` times. Returns at how many times.
    fn multiply_by_next(&mut self, most: usize) -> usize {
        match self.layers.get(self.multiplied) {
            Some(Layer::Growth { share, per_s }) => {
                let rate = libm::log1p(*share) / per_s;
                multiply(&self.times, &mut self.rates, |at_s| {
                    let factor = libm::exp(rate * at_s);
                    (factor, factor)
                });
                self.multiplied += 1;
                self.times.len()
            }
            Some(Layer::Noise {
                share,
                seed,
                factor,
            }) => {
                let (mut noise, from) =
                    (self.noise.take()).unwrap_or_else(|| (Noise::new(*share, *seed), 0));
                let until = from.saturating_add(most).min(self.times.len());
                let times = self.times.get(from..until).unwrap_or_default();
                let rates = self.rates.get_mut(from..until).unwrap_or_default();
                match factor {
                    NoiseFactor::ConstantWithinMinutes => {
                        multiply(times, rates, |at_s| noise.around(at_s));
                    }
                    NoiseFactor::StraightBetweenMinutes => multiply(times, rates, |at_s| {
                        let factor = noise.between(at_s);
                        (factor, factor)
                    }),
                }
                if until == self.times.len() {
                    self.multiplied += 1;
                } else {
                    self.noise = Some((noise, until));
                }
                until - from
            }
            _ => {
                self.multiplied += 1;
                0
            }
        }
    }
}

/// Adds a curve or a recording; other layers add nothing. Returns at how many times.
fn add_layer(layer: &Layer, times: &[f64], rates: &mut [Limits]) -> usize {
    match layer {
        Layer::Curve(nodes) => add(nodes.iter().copied(), times, rates),
        Layer::Steps { .. } => add_steps(layer, times, rates),
        Layer::Growth { .. } | Layer::Noise { .. } => return 0,
    }
    times.len()
}

fn add_steps(layer: &Layer, times: &[f64], rates: &mut [Limits]) {
    if let Layer::Steps {
        start_s,
        step_s,
        counts,
        requests_per_count,
    } = layer
    {
        let rps = |count: &u32| f64::from(*count) * requests_per_count / step_s;
        add(corners(*start_s, *step_s, counts, rps), times, rates);
    }
}

/// Returns all times at which a layer may bend or jump, and both ends, in ascending order and each once.
///
/// Of the lists that wait to be merged each is less than half as long as the one before, so that few lists wait and each time is
/// copied seldom.
fn times(layers: &[Layer], length_s: f64) -> Vec<f64> {
    let mut waiting: Vec<Vec<f64>> = Vec::new();
    let mut wait = |mut list: Vec<f64>, at_most: usize| {
        while let Some(other) = waiting.pop_if(|other| other.len() <= at_most.max(2 * list.len())) {
            list = merge(&other, &list);
        }
        waiting.push(list);
    };
    // All noises bend at the same many times, which are merged once, at the end.
    let (noise, others): (Vec<&Layer>, Vec<&Layer>) =
        (layers.iter()).partition(|layer| matches!(layer, Layer::Noise { .. }));
    for layer in others {
        wait(bends(layer, length_s), 0);
    }
    wait(vec![0.0, length_s], usize::MAX);
    if let Some(noise) = noise.first() {
        wait(bends(noise, length_s), usize::MAX);
    }
    waiting.pop().unwrap_or_default()
}

/// Returns the times within `[0, length_s]` at which a layer may bend or jump, in ascending order and each once.
fn bends(layer: &Layer, length_s: f64) -> Vec<f64> {
    let Layer::Curve(nodes) = layer else {
        return other_bends(layer, length_s);
    };
    let inside = |at_s: &f64| (0.0..=length_s).contains(at_s);
    let mut bends: Vec<f64> = nodes.iter().map(|node| node.at_s).filter(inside).collect();
    bends.dedup();
    bends
}

/// Returns the same for a layer that is not a curve.
fn other_bends(layer: &Layer, length_s: f64) -> Vec<f64> {
    let inside = |at_s: &f64| (0.0..=length_s).contains(at_s);
    let every = |step_s: f64| {
        (1..)
            .map(move |i| f64::from(i) * step_s)
            .take_while(|at_s| *at_s < length_s)
            .collect()
    };
    match layer {
        Layer::Curve(_) => Vec::new(),
        Layer::Steps {
            start_s,
            step_s,
            counts,
            ..
        } => (0..=counts.len())
            .map(|i| start_s + i as f64 * step_s)
            .filter(inside)
            .collect(),
        Layer::Growth { share, per_s } => {
            let step_s = GROWTH_STEP * per_s / libm::log1p(*share).abs().max(1e-12);
            every((step_s / 60.0).floor().clamp(1.0, 1440.0) * 60.0)
        }
        Layer::Noise { .. } => every(60.0),
    }
}

/// Merges two ascending lists, each time once.
fn merge(mut a: &[f64], mut b: &[f64]) -> Vec<f64> {
    let mut merged = Vec::with_capacity(a.len() + b.len());
    while let ([x, after_x @ ..], [y, after_y @ ..]) = (a, b) {
        let next = if x < y {
            a = after_x;
            x
        } else {
            b = after_y;
            if x == y {
                a = after_x;
            }
            y
        };
        merged.push(*next);
    }
    merged.extend_from_slice(a);
    merged.extend_from_slice(b);
    merged
}

/// Returns the nodes of constant steps, with zero before and after them.
fn corners(
    start_s: f64,
    step_s: f64,
    counts: &[u32],
    rps: impl Fn(&u32) -> f64,
) -> impl Iterator<Item = Node> {
    let rate = move |i: usize| counts.get(i).map_or(0.0, &rps);
    (0..=counts.len()).flat_map(move |i| {
        let at_s = start_s + i as f64 * step_s;
        [rate(i.wrapping_sub(1)), rate(i)].map(|rps| Node { at_s, rps })
    })
}

/// Adds a curve, stretch by stretch. It skips stretches of zero, so that a hundred layers of rare events cost little.
fn add(mut curve: impl Iterator<Item = Node>, mut times: &[f64], mut rates: &mut [Limits]) {
    let mut next = curve.next();
    let Some(mut from) = next else { return };
    loop {
        let to = next.unwrap_or(Node {
            at_s: f64::INFINITY,
            ..from
        });
        let (between, later) = times.split_at(count_while(times, |at_s| *at_s < to.at_s));
        let (sums, later_sums) = mem::take(&mut rates).split_at_mut(between.len());
        if from.rps != to.rps {
            let (rise_rps, seconds) = (to.rps - from.rps, to.at_s - from.at_s);
            for (at_s, sum) in between.iter().zip(sums) {
                let rps = from.rps + rise_rps * ((at_s - from.at_s) / seconds);
                sum.left += rps;
                sum.right += rps;
            }
        } else if from.rps != 0.0 {
            for sum in sums {
                sum.left += from.rps;
                sum.right += from.rps;
            }
        }
        (times, rates) = (later, later_sums);
        if next.is_none() {
            return;
        }
        // Of several nodes at one time the last one is what the rate jumps to.
        from = to;
        next = curve.next();
        while let Some(node) = next
            && node.at_s <= to.at_s
        {
            from = node;
            next = curve.next();
        }
        if times.first() == Some(&to.at_s)
            && let Some((sum, later_sums)) = mem::take(&mut rates).split_first_mut()
        {
            sum.left += to.rps;
            sum.right += from.rps;
            (times, rates) = (times.split_at(1).1, later_sums);
        }
    }
}

/// Multiplies by a factor. `factor` returns its values just before and just after a time.
fn multiply(times: &[f64], rates: &mut [Limits], mut factor: impl FnMut(f64) -> (f64, f64)) {
    for (&at_s, rate) in times.iter().zip(rates) {
        let (left, right) = factor(at_s);
        rate.left *= left;
        rate.right *= right;
    }
}

/// A random factor, drawn for each minute. It must be asked in order of time, and at each whole minute.
#[derive(Debug)]
struct Noise {
    random: Random,
    sigma: f64,
    spare: Option<f64>,
    minute: f64,
    from: f64,
    to: f64,
}

impl Noise {
    fn new(share: f64, seed: u64) -> Self {
        let mut noise = Self {
            random: Random::new(seed),
            sigma: libm::log1p(share * share).sqrt(),
            spare: None,
            minute: 0.0,
            from: 1.0,
            to: 1.0,
        };
        noise.from = noise.draw();
        noise.to = noise.draw();
        noise
    }

    /// Draws the next factor: log-normal with mean 1 and standard deviation `share`.
    fn draw(&mut self) -> f64 {
        let normal = match self.spare.take() {
            Some(normal) => normal,
            None => {
                let (normal, spare) = self.random.normal_pair();
                self.spare = Some(spare);
                normal
            }
        };
        libm::exp(self.sigma * (normal - 0.5 * self.sigma))
    }

    /// Draws factors up to the minute of a time.
    fn advance_to_minute(&mut self, at_s: f64) {
        while at_s >= self.minute + 60.0 {
            self.minute += 60.0;
            self.from = self.to;
            self.to = self.draw();
        }
    }

    /// Returns the factor just before and just after a time, where it is constant within minutes.
    fn around(&mut self, at_s: f64) -> (f64, f64) {
        let left = self.from;
        self.advance_to_minute(at_s);
        (left, self.from)
    }

    /// Returns the factor at a time, where it goes in a straight line from minute to minute.
    fn between(&mut self, at_s: f64) -> f64 {
        self.advance_to_minute(at_s);
        self.from + (self.to - self.from) * (at_s - self.minute) / 60.0
    }
}

/// Returns the nodes of the curve, without those in the middle of a level stretch.
fn nodes(times: &[f64], rates: &[Limits]) -> Vec<Node> {
    let jumps = rates.iter().filter(|rate| rate.left != rate.right).count();
    let mut nodes: Vec<Node> = Vec::with_capacity(times.len() + jumps);
    let mut push = |at_s: f64, rps: f64| {
        if let [.., a, b] = nodes.as_mut_slice()
            && a.rps == rps
            && b.rps == rps
        {
            b.at_s = at_s;
        } else {
            nodes.push(Node { at_s, rps });
        }
    };
    let last = times.len().saturating_sub(1);
    for (i, (&at_s, rate)) in times.iter().zip(rates).enumerate() {
        let (left, right) = (larger(rate.left, 0.0), larger(rate.right, 0.0));
        if i > 0 {
            push(at_s, left);
        }
        if i < last && (i == 0 || right != left) {
            push(at_s, right);
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_lists_share_stands_once() {
        assert_eq!(
            merge(&[1.0, 2.0, 3.0], &[0.0, 2.0, 3.0, 4.0]),
            [0.0, 1.0, 2.0, 3.0, 4.0]
        );
        assert_eq!(merge(&[], &[1.0]), [1.0]);
    }
}
