//! Demand as the engine sees it: requests per second, linear between nodes.
//!
//! Layers given in seconds are added up once into a [`Timeline`]. What a weekday or a time zone is, the scenario knows.

use std::sync::Arc;

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
    /// Adds constant rates, one per step (a trace: so many requests in each minute). Nothing before and after.
    Steps {
        /// Start of the first step, seconds from the start of the run (may be negative).
        start_s: f64,
        /// Length of a step, seconds.
        step_s: f64,
        /// Requests per second within each step.
        rps: Arc<[f32]>,
    },
    /// Multiplies the sum of all curves and steps by `(1 + share)^(t / per_s)`.
    Growth {
        /// Growth per `per_s`, as a share (0.1 = 10 %); > −1.
        share: f64,
        /// Seconds over which demand grows by that share.
        per_s: f64,
    },
    /// Multiplies by a seeded random factor with mean 1, drawn anew for each minute, linear between minutes.
    Noise {
        /// Standard deviation as a share of demand (0.05 = ±5 %).
        share: f64,
        /// Seed of the draws.
        seed: u64,
    },
}

/// Requests per second over a run: nodes in order of time, linear between them, never negative.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Timeline {
    nodes: Vec<Node>,
}

impl Timeline {
    /// Adds up `layers` over `[0, length_s]`: curves and steps add, growth and noise multiply their sum.
    #[must_use]
    pub fn compile(layers: &[Layer], length_s: u32) -> Self {
        todo!("{layers:?} {length_s}")
    }

    /// The nodes, in order of time; the first at 0 s, the last at the run's length.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Highest rate that lasts a minute: the greatest mean over a whole minute of the run, requests per second.
    #[must_use]
    pub fn peak_minute_rps(&self) -> f64 {
        todo!()
    }

    /// Rate that is exceeded 90 % of the time: what "quiet" means when nobody said, requests per second.
    #[must_use]
    pub fn quiet_rps(&self) -> f64 {
        todo!()
    }
}
