//! Environments of a serverless endpoint: how many requests find one free, by Erlang's loss formula.
//!
//! Requests come at random, and each takes an environment of its own. Of `n` environments that are asked first, those find
//! none free whose share is Erlang's B (A. K. Erlang, 1917; it holds for any duration: B. A. Sevastyanov, 1957). What the
//! first `n` do not take comes to the next one, so that its requests, and the chance that none of them came while it was
//! kept, follow from the same formula. How environments were needed before is not known here.

/// Intervals of the table over requests at once, and where it ends: far above the 200 that an endpoint may have.
const INTERVALS: usize = 384;
const MAX_AT_ONCE: f64 = 512.0;

/// Of so many requests in the time that an environment is kept, one comes.
const NEVER_IDLE: f64 = 40.0;

/// A smaller share of requests than this finds none free: none does.
const MIN_LOST_SHARE: f64 = 1e-6;

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
        let more = at_once - MAX_AT_ONCE;
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
    MAX_AT_ONCE * share * share * share * share
}

/// The interval that so many requests at once lie in; `INTERVALS` above all of them.
fn interval(at_once: f64) -> usize {
    let share = (at_once.max(0.0) / MAX_AT_ONCE).sqrt().sqrt();
    let index = ((share * INTERVALS as f64) as usize).min(INTERVALS);
    // The root is rounded, up at most as far as the next interval begins.
    if index > 0 && at_once < grid(index) {
        index - 1
    } else {
        index
    }
}

/// Fewest environments with which at most this share of requests finds none, where there would be so many at once were none
/// refused. Of more than ten million at once it is the share that is served, to which the formula comes within 0.1 %.
#[must_use]
#[inline(never)]
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
    shares.throttled = if lost < MIN_LOST_SHARE { 0.0 } else { left };
    if provisioned >= max_concurrency {
        shares.spilled = shares.throttled;
    }
    shares
}

#[cfg(test)]
mod tests;
