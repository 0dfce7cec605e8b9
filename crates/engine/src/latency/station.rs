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
mod tests {
    use super::*;

    fn service(max_rps: f64, p50_ms: f64, p95_ms: f64) -> Service {
        Service {
            max_rps,
            safety_factor: 0.5,
            p50_ms,
            p95_ms,
            timeout_s: 60.0,
            shared_queue: false,
            queue_limit_per_instance: None,
        }
    }

    #[test]
    fn an_idle_instance_gives_back_the_percentiles_it_was_given() {
        for (p50_ms, p95_ms) in [(40.0, 95.0), (10.0, 11.0), (100.0, 100.0)] {
            let row = Station::new(&service(20.0, p50_ms, p95_ms), 0.0)
                .figures(None)
                .map(|s| 1000.0 * s);
            assert!((row[1] / p50_ms - 1.0).abs() < 1e-4, "{row:?}");
            assert!((row[2] / p95_ms - 1.0).abs() < 1e-4, "{row:?}");
        }
        // A spread that no shifted exponential has keeps its 95th percentile.
        let row = Station::new(&service(20.0, 10.0, 300.0), 0.0)
            .figures(None)
            .map(|s| 1000.0 * s);
        assert!((row[2] / 300.0 - 1.0).abs() < 1e-4, "{row:?}");
    }

    #[test]
    fn a_logarithm_near_one_is_that_of_the_library() {
        for i in -400..=400 {
            let x = (f64::from(i) / 2000.0).exp();
            assert!((log(x) - libm::log(x)).abs() < 1e-12, "{x}");
        }
        assert!(log(f64::NAN).is_nan() && log(-1.0).is_nan());
        assert_eq!(log(f64::INFINITY), f64::INFINITY);
        assert_eq!(log(0.0), f64::NEG_INFINITY);
    }

    #[test]
    fn one_exponential_server_is_the_textbook_queue() {
        // M/M/1: time in system is exponential with mean 1 / (mu − lambda).
        let mean_ms = 1000.0 * core::f64::consts::LOG2_E;
        let one = service(
            1.0,
            mean_ms * core::f64::consts::LN_2 * core::f64::consts::LN_2,
            1000.0 * 20f64.ln(),
        );
        let row = Station::new(&one, 0.5).figures(None);
        let mean = row[0];
        assert!((mean / 2.0 - 1.0).abs() < 0.01, "{mean}");
        let p95 = row[2];
        assert!((p95 / (2.0 * 20f64.ln()) - 1.0).abs() < 0.01, "{p95}");
    }

    #[test]
    fn latency_rises_with_utilisation() {
        for max_rps in [0.2, 3.0, 20.0, 900.0] {
            let service = service(max_rps, 120.0, 400.0);
            let mut last = Station::new(&service, 0.0).figures(None);
            for i in 1..=100 {
                let row = Station::new(&service, f64::from(i) / 100.0).figures(Some(last));
                for (now, before) in row.iter().zip(last) {
                    assert!(
                        now.is_finite() && *now >= before * 0.995,
                        "{max_rps} {i} {row:?} {last:?}"
                    );
                }
                last = row;
            }
        }
    }

    /// Idle, in between, nearly full, full; one request at once and many; fixed times and random ones.
    fn stations() -> Vec<Station> {
        let services = [
            service(20.0, 40.0, 95.0),
            service(0.5, 900.0, 2000.0),
            service(400.0, 100.0, 101.0),
        ];
        let loads = [0.0, 0.3, 0.7, 0.95, 1.0];
        let of = |service: &Service| loads.map(|load| Station::new(service, load));
        let mut stations = services.iter().map(of).collect::<Vec<_>>().concat();
        // Waits as long as service is random.
        stations.push(Station {
            shift_s: 0.02,
            scale_s: 0.03,
            wait_probability: 0.6,
            wait_s: 0.03,
        });
        stations
    }

    #[test]
    fn the_tail_adds_up_to_the_mean_and_falls_as_its_density_says() {
        for station in stations() {
            let longest_s = station.scale_s.max(station.wait_s);
            let step_s = 0.01 * station.scale_s;
            let middle = |i: u32| station.shift_s + (f64::from(i) + 0.5) * step_s;
            let steps = (30.0 * longest_s / step_s) as u32;
            if steps < 100_000 {
                let sum: f64 = (0..steps).map(|i| station.tail(middle(i))).sum();
                let mean_s = station.shift_s + sum * step_s;
                assert!(
                    (mean_s / station.mean_s() - 1.0).abs() < 1e-4,
                    "{station:?}"
                );
            }
            let step_s = 0.01 * step_s;
            for share in [0.01, 0.5, 2.0, 5.0] {
                let t_s = station.shift_s + share * longest_s;
                let (tail, density) = station.tail_and_density(&station.beyond(t_s));
                assert_eq!(tail, station.tail(t_s));
                let fallen = station.tail(t_s - step_s) - station.tail(t_s + step_s);
                let wanted = fallen / (2.0 * step_s);
                assert!(
                    (density - wanted).abs() <= 1e-4 * wanted + 1e-9,
                    "{station:?} {share}"
                );
            }
            assert_eq!(
                station.tail_and_density(&station.beyond(station.shift_s)),
                (1.0, 0.0)
            );
        }
    }

    #[test]
    fn all_but_a_share_of_requests_stay_within_a_percentile() {
        for station in stations() {
            let figures = station.figures(None);
            let near = figures.map(|s| 1.1 * s);
            let far = figures.map(|s| 0.01 * s);
            for figures in [
                figures,
                station.figures(Some(near)),
                station.figures(Some(far)),
            ] {
                assert_eq!(figures[0], station.mean_s());
                for (t_s, beyond) in figures.into_iter().skip(1).zip([0.5, 0.05, 0.01]) {
                    let tail = station.tail(t_s);
                    assert!((tail / beyond - 1.0).abs() < 1e-4, "{station:?} {tail}");
                }
            }
        }
    }

    #[test]
    fn at_full_use_a_wait_is_what_builds_up_in_five_minutes() {
        // Half of 0.05 s is fixed: variability 1 + 0.5².
        let half = service(
            20.0,
            1000.0 * 0.025 * (1.0 + core::f64::consts::LN_2),
            1000.0 * 0.025 * (1.0 + 20f64.ln()),
        );
        let full = Station::new(&half, 1.0);
        let built_up_s = (1.25 * 2.0 * 300.0 / (core::f64::consts::PI * 20.0)).sqrt();
        assert_eq!(full.wait_probability, 1.0);
        assert!((full.wait_s - built_up_s).abs() < 1e-9, "{full:?}");
        // One server at 0.9: 0.9 × 1.25 / (2 × 20 × 0.1), which 300 s leave time for but for a thousandth.
        let busy = Station::new(&half, 0.9);
        let stationary_s = 0.9 * 1.25 / 4.0;
        let ratio = stationary_s / built_up_s;
        let wait_s = stationary_s / (1.0 + ratio * ratio).sqrt();
        assert!((busy.wait_probability - 0.9).abs() < 1e-9);
        assert!(
            (busy.wait_probability * busy.wait_s - wait_s).abs() < 1e-9,
            "{busy:?}"
        );
        assert!((busy.mean_s() - 0.05 - wait_s).abs() < 1e-9);
    }

    #[test]
    fn a_percentile_is_found_from_any_guess() {
        for beyond in [0.5, 0.05, 1e-6] {
            let expected = -f64::ln(beyond);
            for guess in [1e-12, 0.1, expected, 3.0, 1e4] {
                let found = invert(|t| (-t).exp(), beyond, 0.0, guess);
                assert!(
                    (found / expected - 1.0).abs() < 2e-6,
                    "{beyond} {guess}: {found}"
                );
                // Flat at first, then a step to half and a slope.
                let bent = |t: f64| if t < 2.0 { 1.0 } else { 0.5 * (2.0 - t).exp() };
                let found = invert(bent, beyond, 0.0, guess);
                let expected = 2.0 - f64::ln(2.0 * beyond);
                assert!(
                    (found / expected - 1.0).abs() < 2e-6,
                    "{beyond} {guess}: {found}"
                );
            }
            assert_eq!(
                invert(|_| 0.0, beyond, 7.0, 9.0),
                7.0,
                "it is below already"
            );
            let newton = |guess| close_to(|t| ((-t).exp(), (-t).exp()), beyond, guess, 1e-3);
            for guess in [0.5 * expected, 2.0 * expected] {
                let found = newton(guess).unwrap();
                assert!(
                    (found / expected - 1.0).abs() < 1e-6,
                    "{beyond} {guess}: {found}"
                );
            }
        }
        assert_eq!(
            close_to(|_| (1.0, 0.0), 0.5, 1.0, 0.0),
            None,
            "there is no slope"
        );
        assert_eq!(
            close_to(|t| ((-t).exp(), (-t).exp()), 0.9, 1.0, 0.5),
            None,
            "below the least"
        );
    }
}
