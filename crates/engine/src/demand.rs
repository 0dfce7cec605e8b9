//! Demand as the engine sees it: requests per second, linear between nodes.
//!
//! Layers given in seconds are added up once into a [`Timeline`]. What a weekday or a time zone is, the scenario knows.

mod compile;
mod cursor;

use std::sync::Arc;

pub(crate) use cursor::{Cursor, Line, Walk, larger, square};

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
    /// The factor is log-normal, so it is never negative however large its spread.
    Noise {
        /// Standard deviation as a share of demand (0.05 = ±5 %).
        share: f64,
        /// Seed of the draws.
        seed: u64,
    },
}

/// Requests per second over a run: nodes in order of time, linear between them, never negative.
///
/// Cloning shares the nodes: a search that runs many variants of a plan copies no demand.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Timeline {
    nodes: Arc<Vec<Node>>,
}

/// Demand within one minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Minute {
    /// Mean rate, requests per second.
    pub mean_rps: f64,
    /// Highest rate, requests per second.
    pub max_rps: f64,
}

impl Timeline {
    /// Adds up `layers` over `[0, length_s]`: curves and steps add, growth and noise multiply their sum.
    /// A sum below zero counts as zero.
    #[must_use]
    pub fn compile(layers: &[Layer], length_s: u32) -> Self {
        Self {
            nodes: Arc::new(compile::compile(layers, f64::from(length_s))),
        }
    }

    /// The nodes, in order of time; the first at 0 s, the last at the run's length.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The whole minutes of the run, in order.
    pub(crate) fn minutes(&self) -> impl Iterator<Item = Minute> {
        let length_s = self.nodes.last().map_or(0.0, |node| node.at_s);
        let mut cursor = Cursor::new(&self.nodes);
        (0..(length_s / 60.0) as u32).map(move |_| {
            let mut walk = Walk::default();
            cursor.walk_minute(&mut walk);
            Minute {
                mean_rps: walk.requests / 60.0,
                max_rps: walk.highest_rps,
            }
        })
    }

    /// Highest rate that lasts a minute: the greatest mean over a whole minute of the run; and the rate that is exceeded
    /// 90 % of the time (by the minute): what "quiet" means when nobody said. Both in requests per second.
    #[must_use]
    pub fn peak_and_quiet_rps(&self) -> (f64, f64) {
        let mut peak = 0.0;
        let mut rates: Vec<f64> = self
            .minutes()
            .map(|minute| {
                peak = larger(minute.mean_rps, peak);
                minute.mean_rps
            })
            .collect();
        if rates.is_empty() {
            return (0.0, 0.0);
        }
        let tenth = rates.len() / 10;
        let quiet = *rates.select_nth_unstable_by(tenth, f64::total_cmp).1;
        (peak, quiet)
    }
}

/// How many items of a list come first of which `holds` is true, if it is of none after them; quick where they are few.
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
mod tests {
    use super::*;

    fn curve(points: &[(f64, f64)]) -> Layer {
        Layer::Curve(
            points
                .iter()
                .map(|&(at_s, rps)| Node { at_s, rps })
                .collect(),
        )
    }

    fn nodes(layers: &[Layer], length_s: u32) -> Vec<(f64, f64)> {
        Timeline::compile(layers, length_s)
            .nodes()
            .iter()
            .map(|node| (node.at_s, node.rps))
            .collect()
    }

    #[test]
    fn layers_add_up() {
        let steps = |start_s, rps: &[f32]| Layer::Steps {
            start_s,
            step_s: 60.0,
            rps: rps.into(),
        };
        type Case<'a> = (&'a [Layer], &'a [(f64, f64)]);
        let cases: &[Case] = &[
            (&[], &[(0.0, 0.0), (240.0, 0.0)]),
            (&[curve(&[])], &[(0.0, 0.0), (240.0, 0.0)]),
            (&[curve(&[(50.0, 3.0)])], &[(0.0, 3.0), (240.0, 3.0)]),
            (
                &[curve(&[(-60.0, 0.0), (60.0, 12.0)]), curve(&[(0.0, 1.0)])],
                &[(0.0, 7.0), (60.0, 13.0), (240.0, 13.0)],
            ),
            (
                &[curve(&[(0.0, 1.0), (60.0, 1.0), (60.0, 5.0), (300.0, 5.0)])],
                &[(0.0, 1.0), (60.0, 1.0), (60.0, 5.0), (240.0, 5.0)],
            ),
            (
                &[steps(-60.0, &[9.0, 1.0, 2.0]), curve(&[(0.0, 1.0)])],
                &[
                    (0.0, 2.0),
                    (60.0, 2.0),
                    (60.0, 3.0),
                    (120.0, 3.0),
                    (120.0, 1.0),
                    (240.0, 1.0),
                ],
            ),
            (
                &[steps(60.0, &[4.0]), curve(&[(0.0, -1.0)])],
                &[
                    (0.0, 0.0),
                    (60.0, 0.0),
                    (60.0, 3.0),
                    (120.0, 3.0),
                    (120.0, 0.0),
                    (240.0, 0.0),
                ],
            ),
            // Each bends and jumps while the other rises.
            (
                &[
                    curve(&[(60.0, 0.0), (180.0, 120.0)]),
                    curve(&[(0.0, 1.0), (120.0, 1.0), (120.0, 3.0)]),
                ],
                &[
                    (0.0, 1.0),
                    (60.0, 1.0),
                    (120.0, 61.0),
                    (120.0, 63.0),
                    (180.0, 123.0),
                    (240.0, 123.0),
                ],
            ),
            // What jumps at the end is over.
            (
                &[curve(&[(0.0, 1.0), (240.0, 1.0), (240.0, 5.0)])],
                &[(0.0, 1.0), (240.0, 1.0)],
            ),
        ];
        for (layers, expected) in cases {
            assert_eq!(nodes(layers, 240), *expected, "{layers:?}");
        }
    }

    #[test]
    fn growth_multiplies_the_sum() {
        let growth = Layer::Growth {
            share: 0.5,
            per_s: 86_400.0,
        };
        let timeline = Timeline::compile(&[growth, curve(&[(0.0, 100.0)])], 2 * 86_400);
        let at = |t: f64| {
            let node = timeline.nodes().iter().find(|node| node.at_s >= t).unwrap();
            node.rps / libm::pow(1.5, node.at_s / 86_400.0)
        };
        for t in [0.0, 3_600.0, 86_400.0, 172_800.0] {
            assert!((at(t) - 100.0).abs() < 1e-9);
        }
    }

    #[test]
    fn growth_is_sampled_by_whole_minutes_as_it_grows_by_a_thousandth() {
        for (share, per_s, every_s) in [
            // A thousandth of a day ÷ ln 2 is 125 s.
            (1.0, 86_400.0, 120.0),
            (-0.5, 86_400.0, 120.0),
            (1.0, 30.0 * 86_400.0, 3720.0),
            (1.0, 3600.0, 60.0),
            (1e-6, 86_400.0, 86_400.0),
        ] {
            let growth = Layer::Growth { share, per_s };
            let timeline = Timeline::compile(&[growth, curve(&[(0.0, 100.0)])], 2 * 86_400);
            assert_eq!(timeline.nodes()[1].at_s, every_s, "{share} in {per_s} s");
        }
    }

    #[test]
    fn noise_goes_in_a_straight_line_from_minute_to_minute() {
        let noise = Layer::Noise {
            share: 0.3,
            seed: 5,
        };
        let bends = [(0.0, 10.0), (75.0, 10.0), (90.0, 9.0), (105.0, 10.0)];
        let timeline = Timeline::compile(&[noise, curve(&bends)], 180);
        let rps: Vec<f64> = timeline.nodes().iter().map(|node| node.rps).collect();
        let times = [0.0, 60.0, 75.0, 90.0, 105.0, 120.0, 180.0];
        assert!(timeline.nodes().iter().map(|node| node.at_s).eq(times));
        let (from, to) = (rps[1], rps[5]);
        for (place, share, of) in [(2, 0.25, 1.0), (3, 0.5, 0.9), (4, 0.75, 1.0)] {
            let want = of * (from + share * (to - from));
            assert!((rps[place] - want).abs() < 1e-9, "{rps:?}");
        }
    }

    #[test]
    fn noise_has_mean_one_and_the_spread_asked_for() {
        let noise = Layer::Noise {
            share: 0.3,
            seed: 5,
        };
        let timeline = Timeline::compile(&[noise, curve(&[(0.0, 10.0)])], 14 * 86_400);
        let values: Vec<f64> = timeline
            .nodes()
            .iter()
            .map(|node| node.rps / 10.0)
            .collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let spread = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt();
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
        assert!((spread - 0.3).abs() < 0.02, "{spread}");
    }

    #[test]
    fn peak_is_a_whole_minute_and_quiet_a_tenth_of_the_time() {
        let timeline = Timeline::compile(
            &[
                curve(&[(0.0, 2.0), (600.0, 2.0), (600.0, 5.0)]),
                curve(&[(630.0, 0.0), (630.0, 60.0), (645.0, 60.0), (645.0, 0.0)]),
            ],
            6_000,
        );
        // 15 s at 60 rps on top of 5 rps.
        let (peak, quiet) = timeline.peak_and_quiet_rps();
        assert!((peak - 20.0).abs() < 1e-9, "{peak}");
        assert!((quiet - 5.0).abs() < 1e-9, "{quiet}");
    }
}
