//! One instance at one utilisation: the distribution of service plus waiting, in closed form.

use super::{
    LoadTest, STEADY_S,
    brownian::{self, Stages},
    wait,
};

/// A station's utilisation is at most 1 less this share, so that formulas stay finite.
const NEAREST_TO_FULL: f64 = 1e-6;

/// No request waits for more stages than this: the exponential of more is zero, and zero times infinity is not a number.
const MAX_STAGES: f64 = 700.0;

/// A station in the long run: M/G/k (Poisson arrivals, k requests at once).
///
/// Service is a shifted exponential through the two percentiles given. Waiting has the probability of Erlang C, and a mean
/// between those of M/M/k and M/D/k (G. P. Cosmetatos, "Some approximate equilibrium results for the multi-server queue (M/G/r)",
/// Operational Research Quarterly 27, 1976), weighed by the variance of service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Steady {
    shift_s: f64,
    scale_s: f64,
    wait_probability: f64,
    /// Mean wait of those who have to, seconds.
    backlog_s: f64,
    /// How much less random than an exponential wait it is (see `brownian`).
    evenness: f64,
    /// The share of capacity that is left: a backlog falls by so many seconds each second.
    left: f64,
}

impl Steady {
    pub(super) fn new(load_test: &LoadTest, load: f64) -> Self {
        let (shift_s, scale_s) = exponential(load_test.p50_ms / 1000.0, load_test.p95_ms / 1000.0);
        let load = load.clamp(0.0, 1.0 - NEAREST_TO_FULL);
        let left = 1.0 - load;
        let mean_s = shift_s + scale_s;
        let arrival = wait::on_arrival((load_test.max_rps * mean_s).max(1.0), load);
        let places = arrival.places;
        let exponential = scale_s / mean_s;
        let variance = exponential * exponential;
        // Requests of M/D/k wait half as long as those of M/M/k, a little longer where many places are rarely taken.
        let beyond_half = if load > 0.0 {
            let many = (places - 1.0) * ((4.0 + 5.0 * places).sqrt() - 2.0);
            (left * many / (16.0 * load * places)).min((places - 1.0) / (places + 1.0))
        } else {
            0.0
        };
        let fixed = 0.5 * (1.0 + beyond_half);
        let full_s = 1.0 / (load_test.max_rps * left);
        let evenness = left * evenness(exponential) * 3.0 / (places + 2.0);
        Self {
            shift_s: shift_s * arrival.stretch,
            scale_s: scale_s * arrival.stretch,
            wait_probability: arrival.wait_probability,
            backlog_s: full_s * (variance + (1.0 - variance) * fixed),
            evenness: brownian::evenness_of_variation(1.0 - evenness),
            left,
        }
    }

    /// Returns the work that a request which has to wait finds before it, as a mean in the long run, seconds.
    pub(super) fn backlog_s(&self) -> f64 {
        self.backlog_s
    }

    /// Returns the unit of time in which a backlog builds up: drift and variance are one in it. Seconds.
    pub(super) fn unit_s(&self) -> f64 {
        2.0 * self.backlog_s / self.left
    }

    /// Returns the seconds in which a backlog of `backlog_s`, longer than that of the long run, falls to about a third.
    pub(super) fn falls_in_s(&self, backlog_s: f64) -> f64 {
        backlog_s / self.left
    }

    /// Returns the station where random waits are not followed: nearly always that of the long run.
    pub(super) fn as_usual(&self, mean_service_s: f64) -> Station {
        self.after(STEADY_S - mean_service_s)
    }

    /// Returns the station in the long run.
    pub(super) fn in_the_long_run(&self) -> Station {
        self.station(1.0, 1.0, 0.0)
    }

    /// Returns the station `age_s` after it was empty.
    pub(super) fn after(&self, age_s: f64) -> Station {
        if age_s <= 0.0 {
            return Station {
                wait_probability: 0.0,
                ..self.in_the_long_run()
            };
        }
        let built_up = brownian::after(age_s / self.unit_s());
        let evenness = brownian::evenness_of_share(built_up.share);
        self.station(built_up.share, 1.0 + 0.5 * built_up.growth, evenness)
    }

    /// Returns the station while its backlog is `backlog_s`, longer than in the long run.
    pub(super) fn falling_back(&self, backlog_s: f64) -> Station {
        let share = backlog_s / self.backlog_s;
        self.station(share, 1.0 / share, 0.0)
    }

    /// Returns the station while its backlog is `share` of that in the long run. `empty`: how many times as often as in the long
    /// run it is empty.
    fn station(&self, share: f64, empty: f64, evenness: f64) -> Station {
        let nobody = libm::log(self.wait_probability);
        let wait_probability = libm::exp(nobody * empty);
        let mean_wait_s = self.backlog_s * share * libm::exp(nobody / share);
        let stages = brownian::stages(brownian::both(self.evenness, evenness));
        let waits = wait_probability > 1e-300 && mean_wait_s > 1e-300;
        Station {
            shift_s: self.shift_s,
            scale_s: self.scale_s,
            wait_probability: if waits { wait_probability } else { 0.0 },
            stage_s: if waits {
                mean_wait_s / wait_probability / count(&stages)
            } else {
                0.0
            },
            stages,
        }
    }
}

/// Returns the mean number of stages of a wait.
fn count(stages: &Stages) -> f64 {
    let [two, three, four] = stages;
    1.0 + two + three + four
}

/// Returns how much less than an exponential one the wait at a rarely used single server varies: 2/3 where service is fixed, 0
/// where it is exponential (L. Takács, "A single-server queue with Poisson input", Operations Research 10, 1962).
fn evenness(exponential: f64) -> f64 {
    let (e, fixed) = (exponential, 1.0 - exponential);
    let second = 1.0 + e * e;
    let third =
        fixed * fixed * fixed + 3.0 * e * fixed * fixed + 6.0 * e * e * fixed + 6.0 * e * e * e;
    2.0 - 4.0 * third / (3.0 * second * second)
}

/// How long requests take at a station: service, and for some of them a wait of one to four exponential stages before it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Station {
    /// Shortest service, and mean of the exponential part, seconds.
    pub(super) shift_s: f64,
    pub(super) scale_s: f64,
    pub(super) wait_probability: f64,
    /// Mean of a stage, seconds.
    pub(super) stage_s: f64,
    pub(super) stages: Stages,
}

impl Station {
    pub(super) fn mean_s(&self) -> f64 {
        self.shift_s + self.scale_s + self.wait_probability * self.wait_s()
    }

    /// Mean wait of those who have to, seconds.
    pub(super) fn wait_s(&self) -> f64 {
        self.stage_s * count(&self.stages)
    }

    /// Returns the share of requests that wait longer than `t_s`.
    pub(crate) fn waits_longer(&self, t_s: f64) -> f64 {
        if t_s < 0.0 {
            return 1.0;
        }
        if self.stage_s <= 0.0 {
            return 0.0;
        }
        let stages = t_s / self.stage_s;
        if stages > MAX_STAGES {
            return 0.0;
        }
        self.wait_probability * libm::exp(-stages) * self.beyond(stages)
    }

    /// Returns the mean over all requests of what they wait beyond `t_s` (≥ 0), seconds: the integral of `waits_longer` from
    /// there on.
    pub(crate) fn waits_beyond_s(&self, t_s: f64) -> f64 {
        if self.stage_s <= 0.0 {
            return 0.0;
        }
        let stages = t_s / self.stage_s;
        if stages > MAX_STAGES {
            return 0.0;
        }
        let [two, three, four] = self.stages;
        let (all, last) = (count(&self.stages), three + four);
        let more = all + stages * (two + last + stages / 2.0 * (last + stages / 3.0 * four));
        self.stage_s * self.wait_probability * libm::exp(-stages) * more
    }

    /// Returns how many times as many requests wait longer than `stages` as if every wait had one stage.
    fn beyond(&self, stages: f64) -> f64 {
        let [two, three, four] = self.stages;
        1.0 + stages * (two + stages / 2.0 * (three + stages / 3.0 * four))
    }

    /// Returns the same station while everything takes `times` as long.
    pub(crate) fn slowed(&self, times: f64) -> Self {
        Self {
            shift_s: self.shift_s * times,
            scale_s: self.scale_s * times,
            stage_s: self.stage_s * times,
            ..*self
        }
    }

    /// Returns the longest wait to expect of so many requests: less than one of them is expected to wait longer. Seconds.
    pub(crate) fn longest_wait_s(&self, requests: f64) -> f64 {
        let waiting = requests * self.wait_probability;
        let mut stages = 0.0;
        for _ in 0..4 {
            stages = libm::log((waiting * self.beyond(stages)).max(1.0));
        }
        stages * self.stage_s
    }

    /// Returns the share of requests that take longer than `t_s`.
    pub(super) fn tail(&self, t_s: f64) -> f64 {
        self.tail_and_density(t_s).0
    }

    /// Returns the share of requests that take longer than `t_s`, and how fast it falls there, per second.
    pub(super) fn tail_and_density(&self, t_s: f64) -> (f64, f64) {
        let x = t_s - self.shift_s;
        if x <= 0.0 {
            return (1.0, 0.0);
        }
        let ends = 1.0 / self.scale_s;
        let served = libm::exp(-x * ends);
        if self.wait_probability <= 0.0 {
            return (served, served * ends);
        }
        let next = 1.0 / self.stage_s;
        let waiting = libm::exp(-x * next);
        let [one, two, three, four] = after_stages(ends, next, x, waiting, served);
        let [s2, s3, s4] = self.stages;
        // The share of requests that have been through some stages and are not served yet, and how fast they end.
        let waits = one + s2 * two + s3 * three + s4 * four;
        let ended = one + s2 * (two - one) + s3 * (three - two) + s4 * (four - three);
        let at_once = served * ends;
        (
            served + self.wait_probability * waits,
            at_once + self.wait_probability * (next * ended - at_once),
        )
    }

    /// Returns the time that all but the share `beyond` of requests stay within, seconds. `guess_s` is close to it.
    fn percentile(&self, beyond: f64, guess_s: f64) -> f64 {
        let tail_and_density = |t_s| self.tail_and_density(t_s);
        close_to(tail_and_density, beyond, guess_s, self.least_s()).unwrap_or_else(|| {
            let slowest_s = self.scale_s + self.wait_s();
            invert(
                |t_s| self.tail(t_s),
                beyond,
                self.shift_s,
                self.shift_s + slowest_s,
            )
        })
    }

    /// Returns a time that nearly every request exceeds, seconds.
    pub(super) fn least_s(&self) -> f64 {
        self.shift_s + 1e-3 * self.scale_s
    }

    /// Returns mean and percentiles, seconds. `guess` is close to them: extrapolated from stations with a little less
    /// utilisation.
    pub(super) fn figures(&self, guess: Option<[f64; 4]>) -> [f64; 4] {
        // Without waiting, percentiles have a closed form.
        let idle = |beyond: f64| self.shift_s - self.scale_s * libm::log(beyond);
        let [_, p50, p95, p99] = guess.unwrap_or([0.0, idle(0.5), idle(0.05), idle(0.01)]);
        [
            self.mean_s(),
            self.percentile(0.5, p50),
            self.percentile(0.05, p95),
            self.percentile(0.01, p99),
        ]
    }
}

/// Returns the probabilities that a request which goes through service and then stages, with the rates `ends` and `next` per
/// second, is in the first, second, third and fourth stage after `x` seconds. `waiting` and `served`: exp(−x × rate) of both.
fn after_stages(ends: f64, next: f64, x: f64, waiting: f64, served: f64) -> [f64; 4] {
    let (apart, stages) = (ends - next, x * next);
    let off = apart * x;
    if off.abs() < 0.05 {
        // The quotients below would lose their digits: Kummer's function M(1, n + 1, −off), to 1e-7.
        let kummer = |n: f64| {
            let last = 1.0 - off / (n + 3.0);
            1.0 - off / (n + 1.0) * (1.0 - off / (n + 2.0) * last)
        };
        let first = ends * x * waiting;
        let second = first * stages / 2.0;
        let third = second * stages / 3.0;
        let fourth = third * stages / 4.0;
        return [
            first * kummer(1.0),
            second * kummer(2.0),
            third * kummer(3.0),
            fourth * kummer(4.0),
        ];
    }
    let share = next / apart;
    let one = ends / apart * (waiting - served);
    let second = ends * x * waiting;
    let two = share * (second - one);
    let third = second * stages / 2.0;
    let three = share * (third - two);
    let fourth = third * stages / 3.0;
    [one, two, three, share * (fourth - three)]
}

/// Returns the mean time that a request takes on an idle instance, seconds, given its median and 95th percentile in milliseconds.
#[must_use]
pub fn idle_s(p50_ms: f64, p95_ms: f64) -> f64 {
    if p95_ms <= p50_ms {
        // All requests take equally long: the smallest scale, which only avoids a division by zero, does not apply.
        return p50_ms / 1000.0;
    }
    let (shift_s, scale_s) = exponential(p50_ms / 1000.0, p95_ms / 1000.0);
    shift_s + scale_s
}

/// Returns shift and scale of the exponential distribution through both percentiles, seconds; through the 95th percentile alone,
/// where the shift would be negative.
fn exponential(p50_s: f64, p95_s: f64) -> (f64, f64) {
    // ln 20 − ln 2 = ln 10. A scale of nothing at all would divide by zero.
    let scale_s = ((p95_s - p50_s) / core::f64::consts::LN_10).max(1e-6 * p95_s);
    let shift_s = p50_s - scale_s * core::f64::consts::LN_2;
    if shift_s < 0.0 {
        (
            0.0,
            p95_s / (core::f64::consts::LN_2 + core::f64::consts::LN_10),
        )
    } else {
        (shift_s, scale_s)
    }
}

/// Returns where a tail falls to `beyond`, at least `least_s`; `None` if Newton's method on the logarithm of the tail, which is
/// nearly straight, does not find it from `guess_s` on.
pub(super) fn close_to(
    tail_and_density: impl Fn(f64) -> (f64, f64),
    beyond: f64,
    guess_s: f64,
    least_s: f64,
) -> Option<f64> {
    let mut t_s = guess_s;
    for _ in 0..20 {
        let (tail, density) = tail_and_density(t_s);
        let height = log(tail / beyond);
        let step = height * tail / density;
        if step.is_nan() || step.is_infinite() {
            break;
        }
        t_s = (t_s + step).max(least_s);
        // The error after a step is about the square of that before it.
        if height.abs() < 1e-3 {
            return Some(t_s);
        }
    }
    None
}

/// Returns the natural logarithm; near one, where most calls are, from the first terms of 2 artanh((x - 1) / (x + 1)), to 1e-12.
fn log(x: f64) -> f64 {
    let r = (x - 1.0) / (x + 1.0);
    if r.abs() > 0.05 || r.is_nan() {
        return libm::log(x);
    }
    let square = r * r;
    2.0 * r * (1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0))))
}

/// Returns where the decreasing function `tail` falls to `beyond`, to a relative 1e-6. At `low` it is above. Regula falsi on the
/// logarithm, which is nearly straight (Illinois variant).
pub(super) fn invert(tail: impl Fn(f64) -> f64, beyond: f64, low: f64, guess: f64) -> f64 {
    let height = |t: f64| libm::log(tail(t).max(1e-300) / beyond);
    let (mut low, mut high) = (low, guess.max(low + 1e-9));
    let mut at_low = height(low);
    if at_low <= 0.0 {
        return low;
    }
    let mut at_high = height(high);
    while at_high > 0.0 && high < 1e9 {
        (low, at_low) = (high, at_high);
        high *= 2.0;
        at_high = height(high);
    }
    let mut side = 0;
    for _ in 0..60 {
        if high - low <= 1e-6 * high {
            break;
        }
        let t = (low * at_high - high * at_low) / (at_high - at_low);
        let at_t = height(t);
        if at_t.abs() < 1e-7 {
            return t;
        }
        if at_t > 0.0 {
            (low, at_low) = (t, at_t);
            if side == 1 {
                at_high *= 0.5;
            }
            side = 1;
        } else {
            (high, at_high) = (t, at_t);
            if side == -1 {
                at_low *= 0.5;
            }
            side = -1;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
pub(super) mod tests;
