//! Environments of a serverless endpoint: how many requests find one free, by Erlang's loss formula.
//!
//! Requests come at random, and each takes an environment of its own. Of `n` environments that are asked first, those find
//! none free whose share is Erlang's B (A. K. Erlang, 1917; it holds for any duration: B. A. Sevastyanov, 1957). What the
//! first `n` do not take comes to the next one, so that its requests, and the chance that none of them came while it was
//! kept, follow from the same formula. How environments were needed before is not known here.

/// Intervals of the table over requests at once, and where it ends: far above the 200 that an endpoint may have.
const INTERVALS: usize = 384;
const MOST_AT_ONCE: f64 = 512.0;

/// Of so many requests in the time that an environment is kept, one comes.
const NEVER_IDLE: f64 = 40.0;

/// A smaller share of requests than this finds none free: none does.
const NEVER: f64 = 1e-6;

/// At some rate of arrival. All but `warm` are requests at once: a rate times the duration.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Shares {
    /// Those that provisioned concurrency does not take.
    pub spilled: f64,
    /// Those that nothing takes.
    pub throttled: f64,
    /// Those for whom an environment is started, because the last that was free is gone: at a steady rate.
    pub started: f64,
    /// Environments beside provisioned concurrency that are kept, at a steady rate.
    pub warm: f64,
}

impl Shares {
    fn each(self, other: Self, combine: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            spilled: combine(self.spilled, other.spilled),
            throttled: combine(self.throttled, other.throttled),
            started: combine(self.started, other.started),
            warm: combine(self.warm, other.warm),
        }
    }
}

/// What becomes of requests, by how many there would be at once were none refused, for some provisioned concurrency.
#[derive(Clone, Debug)]
pub(super) struct Table {
    rows: Vec<Shares>,
}

impl Table {
    /// `keep` is how many durations an idle environment is kept.
    pub(super) fn new(provisioned: u32, max_concurrency: u32, keep: f64) -> Self {
        let row = |i| shares(grid(i), provisioned, max_concurrency, keep);
        Self {
            rows: (0..=INTERVALS).map(row).collect(),
        }
    }

    /// At so many requests at once.
    pub(super) fn at(&self, at_once: f64) -> Shares {
        let index = interval(at_once);
        let (Some(&from), Some(&to)) = (self.rows.get(index), self.rows.get(index + 1)) else {
            return self.beyond(at_once);
        };
        let (low, high) = (grid(index), grid(index + 1));
        let share = (at_once - low) / (high - low);
        from.each(to, |from, to| from + (to - from) * share)
    }

    /// Above the table all is taken that can be.
    fn beyond(&self, at_once: f64) -> Shares {
        let last = self.rows.last().copied().unwrap_or_default();
        let more = at_once - MOST_AT_ONCE;
        Shares {
            spilled: last.spilled + more,
            throttled: last.throttled + more,
            ..last
        }
    }

    /// The mean while requests at once go in a straight line between two numbers. Between two points of the table all is
    /// straight, so that nothing depends on where a line is cut.
    pub(super) fn mean(&self, from: f64, to: f64) -> Shares {
        let (low, high) = if from <= to { (from, to) } else { (to, from) };
        let (first, last) = (interval(low), interval(high));
        let mut before = self.at(low);
        if first == last || high - low < 1e-9 * high {
            return before.each(self.at(high), |a, b| 0.5 * (a + b));
        }
        let (mut sum, mut at) = (Shares::default(), low);
        for end in (first + 1..=last).map(grid).chain([high]) {
            let now = self.at(end);
            let half = 0.5 * (end - at) / (high - low);
            let middle = before.each(now, |a, b| half * (a + b));
            sum = sum.each(middle, |sum, part| sum + part);
            (before, at) = (now, end);
        }
        sum
    }
}

/// Points of the table crowd where requests are few.
fn grid(index: usize) -> f64 {
    let share = index as f64 / INTERVALS as f64;
    MOST_AT_ONCE * share * share * share * share
}

/// The interval that so many requests at once lie in; `INTERVALS` above all of them.
fn interval(at_once: f64) -> usize {
    let share = (at_once.max(0.0) / MOST_AT_ONCE).sqrt().sqrt();
    let index = ((share * INTERVALS as f64) as usize).min(INTERVALS);
    // The root is rounded.
    if index > 0 && at_once < grid(index) {
        index - 1
    } else if index < INTERVALS && at_once >= grid(index + 1) {
        index + 1
    } else {
        index
    }
}

/// Fewest environments with which at most this share of requests finds none, where there would be so many at once were none
/// refused: at most 10,000 more than those.
#[must_use]
#[inline(never)]
pub fn environments_for(at_once: f64, lost_share: f64) -> u32 {
    let mut lost = 1.0;
    let mut environments = 0;
    let most = at_once.clamp(0.0, 1e7) as u32 + 10_000;
    while lost > lost_share.max(1e-9) && environments < most {
        environments += 1;
        lost = at_once * lost / (f64::from(environments) + at_once * lost);
    }
    environments
}

fn shares(at_once: f64, provisioned: u32, max_concurrency: u32, keep: f64) -> Shares {
    let mut shares = Shares::default();
    // What comes to the environment whose turn it is.
    let (mut left, mut lost) = (at_once, 1.0);
    for environment in 0..max_concurrency {
        if environment == provisioned {
            shares.spilled = left;
        }
        lost = at_once * lost / (f64::from(environment + 1) + at_once * lost);
        let next = at_once * lost;
        if environment >= provisioned {
            let requests = left * keep;
            let idle = if requests < NEVER_IDLE {
                libm::exp(-requests)
            } else {
                0.0
            };
            shares.started += (left - next) * idle;
            shares.warm += 1.0 - idle;
        }
        left = next;
    }
    // Once in a million requests is never.
    shares.throttled = if lost < NEVER { 0.0 } else { left };
    if provisioned >= max_concurrency {
        shares.spilled = shares.throttled;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erlangs_formula() {
        // Tables of Erlang's B: 1 erlang on 1 server loses a half, 2 on 3 4/19, 10 on 10 0.21458.
        for (at_once, servers, lost) in [
            (1.0, 1, 0.5),
            (2.0, 3, 4.0 / 19.0),
            (10.0, 10, 0.214_582_343),
            (5.0, 15, 0.000_157_2),
        ] {
            let shares = shares(at_once, 0, servers, 100.0);
            assert!(
                (shares.throttled / at_once - lost).abs() < 1e-6,
                "{shares:?}"
            );
            assert_eq!(shares.spilled, at_once);
        }
    }

    #[test]
    fn as_many_as_the_objective_asks_for() {
        for (at_once, lost, environments) in [
            (10.0, 0.214_583, 10),
            (10.0, 0.214_582, 11),
            (5.0, 0.001, 14),
            (0.0, 0.001, 1),
        ] {
            assert_eq!(
                environments_for(at_once, lost),
                environments,
                "{at_once} {lost}"
            );
        }
        assert_eq!(environments_for(50.0, 0.0), environments_for(50.0, 1e-9));
    }

    #[test]
    fn there_is_an_end_to_how_many_are_looked_for() {
        assert_eq!(environments_for(1e7, 1e-9), 10_010_000);
    }

    #[test]
    fn a_point_of_the_table_begins_its_interval() {
        for index in 1..=INTERVALS {
            let at = grid(index);
            assert_eq!(interval(at), index, "{at}");
            assert_eq!(interval(at.next_down()), index - 1, "{at}");
            assert_eq!(interval(0.5 * (at + grid(index - 1))), index - 1, "{at}");
        }
        assert_eq!(
            (interval(0.0), interval(-1.0), interval(1e9)),
            (0, 0, INTERVALS)
        );
    }

    #[test]
    fn beyond_the_table_all_that_is_more_fails() {
        let table = Table::new(5, 200, 1500.0);
        let (last, beyond) = (table.at(MOST_AT_ONCE), table.at(MOST_AT_ONCE + 88.0));
        assert_eq!(beyond.spilled, last.spilled + 88.0);
        assert_eq!(beyond.throttled, last.throttled + 88.0);
        assert_eq!((beyond.started, beyond.warm), (last.started, last.warm));
    }

    #[test]
    fn rare_requests_find_their_environment_gone() {
        // One request in `1 / rate` durations: the chance that none came while an environment was kept.
        let table = Table::new(0, 10, 300.0);
        for (at_once, cold) in [
            (1e-5, 0.997),
            (0.001, 0.741),
            (0.0033, 0.37),
            (0.02, 0.0025),
        ] {
            let shares = table.at(at_once);
            let share = shares.started / at_once;
            assert!((share - cold).abs() < 0.02, "{at_once}: {share}");
        }
    }

    #[test]
    fn the_table_is_close_and_its_means_do_not_depend_on_cuts() {
        for (provisioned, max) in [(0, 1), (0, 20), (5, 20), (20, 20), (50, 200), (0, 200)] {
            let table = Table::new(provisioned, max, 1500.0);
            for at_once in [0.0, 0.01, 0.5, 3.0, 4.9, 18.0, 40.0, 199.0, 230.0, 511.9] {
                let (near, exact) = (table.at(at_once), shares(at_once, provisioned, max, 1500.0));
                for (a, b) in [
                    (near.spilled, exact.spilled),
                    (near.throttled, exact.throttled),
                    (near.warm, exact.warm),
                ] {
                    assert!(
                        (a - b).abs() < 0.01 + 0.02 * b,
                        "{at_once}: {near:?} {exact:?}"
                    );
                }
            }
            for (from, to) in [
                (0.0, 3.0),
                (10.0, 0.2),
                (4.0, 4.0),
                (190.0, 700.0),
                (0.0, 9000.0),
            ] {
                let whole = table.mean(from, to);
                for share in [0.001, 0.3, 0.9] {
                    let middle = from + (to - from) * share;
                    let (a, b) = (table.mean(from, middle), table.mean(middle, to));
                    for (whole, a, b) in [
                        (whole.spilled, a.spilled, b.spilled),
                        (whole.throttled, a.throttled, b.throttled),
                        (whole.started, a.started, b.started),
                    ] {
                        let parts = a * share + b * (1.0 - share);
                        assert!(
                            (whole - parts).abs() <= 1e-9 * whole.max(1e-3),
                            "{from} {to}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn more_environments_never_take_less() {
        for at_once in (0..300).map(|i| f64::from(i) * 0.9) {
            let mut last = f64::INFINITY;
            for max in 1..=200 {
                let throttled = shares(at_once, 0, max, 1.0).throttled;
                assert!(throttled <= last);
                last = throttled;
            }
        }
    }
}
