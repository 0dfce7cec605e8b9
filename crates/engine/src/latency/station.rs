//! One instance at one utilisation: the distribution of service plus waiting, in closed form.

use super::{STEADY_S, wait};
use crate::plan::Service;

/// An M/G/k station (Poisson arrivals, k requests at once).
///
/// Service is a shifted exponential through the two percentiles given. Waiting has the probability of Erlang C, the
/// mean of Allen and Cunneen (A. O. Allen, "Probability, Statistics, and Queueing Theory", 2nd ed., 1990), and is
/// exponential once a request has to wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Station {
    /// Shortest service, and mean of the exponential part, seconds.
    shift_s: f64,
    scale_s: f64,
    /// Probability of waiting, and mean wait of those who do, seconds.
    wait_probability: f64,
    wait_s: f64,
}

/// A moment after a request's arrival.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beyond {
    /// Seconds beyond the shortest service.
    x: f64,
    /// Share of requests whose service takes longer.
    served: f64,
}

impl Station {
    pub(super) fn new(service: &Service, load: f64) -> Self {
        let (shift_s, scale_s) = idle(service);
        let mean_s = shift_s + scale_s;
        let variability = 1.0 + (scale_s / mean_s) * (scale_s / mean_s);
        let servers = (service.max_rps * mean_s).max(1.0);
        let wait_probability = wait::probability(servers, load);
        // Reflected Brownian motion started empty at full use: mean σ√(2T/π) after time T (Harrison, 1985).
        let built_up_s =
            (variability * 2.0 * STEADY_S / (core::f64::consts::PI * service.max_rps)).sqrt();
        let left = 1.0 - load;
        let mean_wait_s = if left > 0.0 {
            let stationary_s = wait_probability * variability / (2.0 * service.max_rps * left);
            let ratio = stationary_s / built_up_s;
            stationary_s / (1.0 + ratio * ratio).sqrt()
        } else {
            built_up_s
        };
        Self {
            shift_s,
            scale_s,
            wait_probability,
            wait_s: if wait_probability > 0.0 {
                mean_wait_s / wait_probability
            } else {
                0.0
            },
        }
    }

    pub(super) fn mean_s(&self) -> f64 {
        self.shift_s + self.scale_s + self.wait_probability * self.wait_s
    }

    /// Share of requests that take longer than `t_s`.
    pub(super) fn tail(&self, t_s: f64) -> f64 {
        self.tail_and_density(&self.beyond(t_s)).0
    }

    /// A time as requests see it that need not wait: the same for all stations of a service, and half of the work.
    pub(super) fn beyond(&self, t_s: f64) -> Beyond {
        let x = t_s - self.shift_s;
        Beyond {
            x,
            served: libm::exp(-x / self.scale_s),
        }
    }

    /// The share of requests that take longer, and how fast it falls there, per second.
    pub(super) fn tail_and_density(&self, beyond: &Beyond) -> (f64, f64) {
        let Beyond { x, served } = *beyond;
        if x <= 0.0 {
            return (1.0, 0.0);
        }
        let (scale_s, wait_s) = (self.scale_s, self.wait_s);
        let at_once = (served, served / scale_s);
        if self.wait_probability <= 0.0 || wait_s <= 0.0 {
            return at_once;
        }
        let apart = wait_s - scale_s;
        let waited = if apart.abs() < 1e-6 * scale_s {
            let x = x / scale_s;
            (served * (1.0 + x), served * x / scale_s)
        } else {
            let waiting = libm::exp(-x / wait_s);
            let tail = (wait_s * waiting - scale_s * served) / apart;
            (tail, (waiting - served) / apart)
        };
        let mix = |a: f64, b: f64| a + self.wait_probability * (b - a);
        (mix(at_once.0, waited.0), mix(at_once.1, waited.1))
    }

    /// Time that all but the share `beyond` of requests stay within, seconds; `guess_s` is close to it.
    fn percentile(&self, beyond: f64, guess_s: f64) -> f64 {
        let tail_and_density = |t_s| self.tail_and_density(&self.beyond(t_s));
        close_to(tail_and_density, beyond, guess_s, self.least_s()).unwrap_or_else(|| {
            let slowest_s = self.scale_s + self.wait_s;
            invert(
                |t_s| self.tail(t_s),
                beyond,
                self.shift_s,
                self.shift_s + slowest_s,
            )
        })
    }

    /// Below this nearly every request takes longer, seconds.
    pub(super) fn least_s(&self) -> f64 {
        self.shift_s + 1e-3 * self.scale_s
    }

    /// Mean and percentiles, seconds; `guess` is close to them, as what stations a little less used lead to expect is.
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

/// Mean time that a request takes on an idle instance, seconds, by its percentiles in milliseconds.
#[must_use]
pub fn idle_s(p50_ms: f64, p95_ms: f64) -> f64 {
    let (shift_s, scale_s) = exponential(p50_ms / 1000.0, p95_ms / 1000.0);
    shift_s + scale_s
}

/// Shift and scale of the exponential through both percentiles, seconds. Where the shift would be negative, the
/// exponential through the 95th percentile alone.
fn idle(service: &Service) -> (f64, f64) {
    exponential(service.p50_ms / 1000.0, service.p95_ms / 1000.0)
}

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

/// Where a tail falls to `beyond`, not below `least_s`, if that is found from `guess_s` on: Newton's method on the logarithm of
/// the tail, which is nearly straight.
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

/// Natural logarithm. Near one, where guesses are good, by the first terms of 2 artanh((x - 1) / (x + 1)), to 1e-12.
fn log(x: f64) -> f64 {
    let r = (x - 1.0) / (x + 1.0);
    if r.abs() > 0.05 || r.is_nan() {
        return libm::log(x);
    }
    let square = r * r;
    2.0 * r * (1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0))))
}

/// Where the decreasing function `tail` falls to `beyond`: from `low`, where it is above, to a relative 1e-6.
/// Regula falsi on the logarithm, which is nearly straight (Illinois variant).
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
