//! The environments of a serverless endpoint: how many requests find one free, by Erlang's loss formula.
//!
//! Requests come at random, and each takes an environment of its own. The share of requests that finds none of the first `n`
//! environments free is Erlang's B (A. K. Erlang, 1917; it holds for any duration: B. A. Sevastyanov, 1957). What the first `n`
//! do not take comes to the next one. So its requests, and the chance that none came while it was kept, follow from the same
//! formula. What was needed earlier is not known here.

/// Intervals of the table over requests at once, and where it ends: far above the 200 that an endpoint may have.
const INTERVALS: usize = 384;
const MAX_AT_ONCE: f64 = 512.0;

/// An environment that gets more requests than this in the time that it is kept is never given up.
const NEVER_IDLE: f64 = 40.0;

/// A share of requests below this that finds no environment counts as none.
const MIN_LOST_SHARE: f64 = 1e-6;

/// What becomes of requests at some rate of arrival. All but `warm` are in requests at once: a rate times the duration.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Shares {
    /// Requests that provisioned concurrency does not take.
    pub spilled: f64,
    /// Requests that are throttled.
    pub throttled: f64,
    /// Requests that an environment is started for, because the last free one was given up, at a steady rate.
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

/// What becomes of requests, for some provisioned concurrency, by how many would be in flight if none were refused.
#[derive(Clone, Debug)]
pub(super) struct Table {
    rows: Vec<Shares>,
}

impl Table {
    /// Returns the table. `keep`: for how many durations of a request an idle environment is kept.
    pub(super) fn new(provisioned: u32, max_concurrency: u32, keep: f64) -> Self {
        let row = |i| shares(grid(i), provisioned, max_concurrency, keep);
        Self {
            rows: (0..=INTERVALS).map(row).collect(),
        }
    }

    /// Returns the row for a number of requests at once.
    pub(super) fn at(&self, at_once: f64) -> Shares {
        let index = interval(at_once);
        let (Some(&from), Some(&to)) = (self.rows.get(index), self.rows.get(index + 1)) else {
            return self.beyond(at_once);
        };
        let (low, high) = (grid(index), grid(index + 1));
        let share = (at_once - low) / (high - low);
        from.each(to, |from, to| from + (to - from) * share)
    }

    /// Returns the row beyond the table: whatever can be taken is taken.
    fn beyond(&self, at_once: f64) -> Shares {
        let last = self.rows.last().copied().unwrap_or_default();
        let more = at_once - MAX_AT_ONCE;
        Shares {
            spilled: last.spilled + more,
            throttled: last.throttled + more,
            ..last
        }
    }

    /// Returns the mean while requests at once go in a straight line between two numbers. The table is linear between its points,
    /// so the result does not depend on where a line is cut.
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

/// Returns a point of the table. Points crowd where requests are few.
fn grid(index: usize) -> f64 {
    let share = index as f64 / INTERVALS as f64;
    MAX_AT_ONCE * share * share * share * share
}

/// Returns the interval of a number of requests at once; `INTERVALS` above the table.
fn interval(at_once: f64) -> usize {
    let share = (at_once.max(0.0) / MAX_AT_ONCE).sqrt().sqrt();
    let index = ((share * INTERVALS as f64) as usize).min(INTERVALS);
    // The root may be rounded up to where the next interval begins.
    if index > 0 && at_once < grid(index) {
        index - 1
    } else {
        index
    }
}

/// Returns the fewest environments with which at most `lost_share` of requests finds none. `at_once`: requests in flight if none
/// were refused. Above ten million it returns the share that is served, to which the formula comes within 0.1 %.
#[must_use]
pub fn environments_for(at_once: f64, lost_share: f64) -> u64 {
    const MAX_COUNTED: f64 = 1e7;
    if at_once > MAX_COUNTED {
        return (at_once * (1.0 - lost_share)).ceil() as u64;
    }
    let mut lost = 1.0;
    let mut environments = 0_u32;
    let most = at_once.max(0.0) as u32 + 10_000;
    while lost > lost_share.max(1e-9) && environments < most {
        environments += 1;
        lost = at_once * lost / (f64::from(environments) + at_once * lost);
    }
    u64::from(environments)
}

// rule: serverless.loss-formula
// rule: serverless.scales-to-zero
fn shares(at_once: f64, provisioned: u32, max_concurrency: u32, keep: f64) -> Shares {
    let mut shares = Shares::default();
    // What comes to the next environment.
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
    shares.throttled = if lost < MIN_LOST_SHARE { 0.0 } else { left };
    if provisioned >= max_concurrency {
        shares.spilled = shares.throttled;
    }
    shares
}

#[cfg(test)]
mod tests;
