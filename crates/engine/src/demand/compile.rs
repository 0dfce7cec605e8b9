//! Adds layers up to one piecewise-linear curve.
//!
//! Every layer names the times at which it may bend or jump; at each such time the layers' left and right limits
//! are added, then multiplied. Products of two curves are exact at those times and linear between them.

use super::{Layer, Node, larger};
use crate::random::Random;

/// Growth is sampled so often that it changes by no more than this share between samples.
const GROWTH_STEP: f64 = 1e-3;

/// Rate just before and just after a time.
#[derive(Clone, Copy, Default)]
struct Limits {
    left: f64,
    right: f64,
}

pub(super) fn compile(layers: &[Layer], length_s: f64) -> Vec<Node> {
    let mut times = vec![0.0, length_s];
    for layer in layers {
        times = merge(&times, &bends(layer, length_s));
    }
    let mut rates = vec![Limits::default(); times.len()];
    for layer in layers {
        match layer {
            Layer::Curve(nodes) => add_curve(nodes, &times, &mut rates),
            Layer::Steps {
                start_s,
                step_s,
                rps,
            } => add_steps(*start_s, *step_s, rps, &times, &mut rates),
            Layer::Growth { .. } | Layer::Noise { .. } => {}
        }
    }
    for layer in layers {
        match *layer {
            Layer::Growth { share, per_s } => {
                let rate = libm::log1p(share) / per_s;
                multiply(&times, &mut rates, |at_s| libm::exp(rate * at_s));
            }
            Layer::Noise { share, seed } => {
                let mut noise = Noise::new(share, seed);
                multiply(&times, &mut rates, |at_s| noise.at(at_s));
            }
            Layer::Curve(_) | Layer::Steps { .. } => {}
        }
    }
    nodes(&times, &rates)
}

/// Times within `(0, length_s)` at which a layer may bend or jump, ascending.
fn bends(layer: &Layer, length_s: f64) -> Vec<f64> {
    let inside = |at_s: &f64| *at_s > 0.0 && *at_s < length_s;
    let every = |step_s: f64| {
        (1..)
            .map(move |i| f64::from(i) * step_s)
            .take_while(|at_s| *at_s < length_s)
            .collect()
    };
    match layer {
        Layer::Curve(nodes) => nodes.iter().map(|node| node.at_s).filter(inside).collect(),
        Layer::Steps {
            start_s,
            step_s,
            rps,
        } => (0..=rps.len())
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
fn merge(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut merged = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(&x), Some(&y)) if x <= y => a.next(),
            (_, Some(_)) => b.next(),
            (Some(_), None) => a.next(),
            (None, None) => return merged,
        };
        if let Some(next) = next
            && merged.last() != Some(&next)
        {
            merged.push(next);
        }
    }
}

fn add_curve(nodes: &[Node], times: &[f64], rates: &mut [Limits]) {
    let Some(mut before) = nodes.first().copied() else {
        return;
    };
    let mut rest = nodes.iter().copied().peekable();
    for (&at_s, rate) in times.iter().zip(rates) {
        while let Some(node) = rest.next_if(|node| node.at_s < at_s) {
            before = node;
        }
        let mut limits = match rest.peek() {
            None => Limits {
                left: before.rps,
                right: before.rps,
            },
            Some(node) if node.at_s == at_s || node.at_s <= before.at_s => Limits {
                left: node.rps,
                right: node.rps,
            },
            Some(node) => {
                let share = larger(at_s - before.at_s, 0.0) / (node.at_s - before.at_s);
                let rps = before.rps + (node.rps - before.rps) * share;
                Limits {
                    left: rps,
                    right: rps,
                }
            }
        };
        while let Some(node) = rest.next_if(|node| node.at_s == at_s) {
            before = node;
            limits.right = node.rps;
        }
        rate.left += limits.left;
        rate.right += limits.right;
    }
}

fn add_steps(start_s: f64, step_s: f64, rps: &[f32], times: &[f64], rates: &mut [Limits]) {
    let boundary = |i: usize| start_s + i as f64 * step_s;
    let rate_of = |i: Option<usize>| i.and_then(|i| rps.get(i)).map_or(0.0, |&r| f64::from(r));
    // How many steps have begun.
    let mut begun = 0;
    for (&at_s, rate) in times.iter().zip(rates) {
        while begun <= rps.len() && boundary(begun) <= at_s {
            begun += 1;
        }
        let current = begun.checked_sub(1);
        let on_boundary = current.is_some_and(|i| boundary(i) == at_s);
        rate.right += rate_of(current);
        rate.left += rate_of(if on_boundary {
            begun.checked_sub(2)
        } else {
            current
        });
    }
}

fn multiply(times: &[f64], rates: &mut [Limits], mut factor: impl FnMut(f64) -> f64) {
    for (&at_s, rate) in times.iter().zip(rates) {
        let factor = factor(at_s);
        rate.left *= factor;
        rate.right *= factor;
    }
}

/// A random factor, linear between whole minutes; asked in order of time.
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

    /// Log-normal with mean 1 and standard deviation `share`.
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

    fn at(&mut self, at_s: f64) -> f64 {
        while at_s >= self.minute + 60.0 {
            self.minute += 60.0;
            self.from = self.to;
            self.to = self.draw();
        }
        self.from + (self.to - self.from) * (at_s - self.minute) / 60.0
    }
}

/// Nodes of the curve; a middle node of a level stretch is left out.
fn nodes(times: &[f64], rates: &[Limits]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(times.len() + times.len() / 8);
    let mut push = |at_s: f64, rps: f64| {
        let rps = larger(rps, 0.0);
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
        if i > 0 {
            push(at_s, rate.left);
        }
        if i < last && (i == 0 || larger(rate.right, 0.0) != larger(rate.left, 0.0)) {
            push(at_s, rate.right);
        }
    }
    nodes
}
