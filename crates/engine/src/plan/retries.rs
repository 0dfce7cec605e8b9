//! Clients that try again when a request has failed, or has taken too long for them.

/// Most attempts of a request, the first one included.
pub const MAX_ATTEMPTS: usize = 10;

/// Longest that a client waits before it tries again, seconds.
pub const MAX_BACKOFF_S: f64 = 3600.0;

/// How clients try again.
///
/// Source: AWS SDKs and Tools Reference Guide, "Retry behavior" (attempts, exponential backoff, a cap, retry quota); Amazon
/// Builders' Library, "Timeouts, retries, and backoff with jitter".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClientRetries {
    /// Share of requests whose client tries again at all, 0..=1.
    pub share: f64,
    /// Most attempts of a request, the first one included (1 to [`MAX_ATTEMPTS`]).
    pub max_attempts: u32,
    /// Seconds after which a client no longer waits for an answer (> 0); `None`: it waits as long as the service does. The service
    /// goes on with what nobody waits for.
    pub timeout_s: Option<f64>,
    /// How long clients wait before they try again, before jitter.
    pub backoff: Backoff,
    /// Longest that they wait, seconds (≤ [`MAX_BACKOFF_S`]).
    pub max_backoff_s: f64,
    /// How that is spread.
    pub jitter: Jitter,
    /// Most retries as a share of requests, over some ten seconds; `None`: without limit.
    pub budget: Option<f64>,
}

/// How long clients wait before they try again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Backoff {
    /// Always so many seconds.
    Fixed(f64),
    /// So many seconds more each time, beginning with as many.
    Linear(f64),
    /// So many seconds at first, and twice as many each time.
    Exponential(f64),
}

/// How waiting times are spread, so that clients do not all come back together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Jitter {
    /// Not at all.
    None,
    /// Evenly between half of them and all.
    Equal,
    /// Evenly between nothing and all.
    #[default]
    Full,
}

impl ClientRetries {
    /// Returns the shortest and the longest that a client waits after so many attempts have failed, seconds.
    // rule: retries.backoff
    #[must_use]
    pub fn backoff_s(&self, failed_attempts: u32) -> (f64, f64) {
        let before = failed_attempts.saturating_sub(1);
        let wait_s = match self.backoff {
            Backoff::Fixed(seconds) => seconds,
            Backoff::Linear(seconds) => seconds * f64::from(before + 1),
            Backoff::Exponential(seconds) => seconds * f64::from(before.min(31)).exp2(),
        };
        let longest_s = wait_s.min(self.max_backoff_s);
        let shortest_s = match self.jitter {
            Jitter::None => longest_s,
            Jitter::Equal => 0.5 * longest_s,
            Jitter::Full => 0.0,
        };
        (shortest_s, longest_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_wait_longer_each_time_up_to_a_cap() {
        use {
            Backoff::{Exponential, Fixed, Linear},
            Jitter::{Equal, Full},
        };
        let none = Jitter::None;
        for (backoff, jitter, expected) in [
            (
                Fixed(2.0),
                none,
                [(2.0, 2.0), (2.0, 2.0), (2.0, 2.0), (2.0, 2.0)],
            ),
            (
                Linear(2.0),
                none,
                [(2.0, 2.0), (4.0, 4.0), (6.0, 6.0), (7.0, 7.0)],
            ),
            (
                Exponential(1.0),
                none,
                [(1.0, 1.0), (2.0, 2.0), (4.0, 4.0), (7.0, 7.0)],
            ),
            (
                Exponential(2.0),
                Equal,
                [(1.0, 2.0), (2.0, 4.0), (3.5, 7.0), (3.5, 7.0)],
            ),
            (
                Exponential(2.0),
                Full,
                [(0.0, 2.0), (0.0, 4.0), (0.0, 7.0), (0.0, 7.0)],
            ),
        ] {
            let retries = ClientRetries {
                share: 1.0,
                max_attempts: 5,
                timeout_s: None,
                backoff,
                max_backoff_s: 7.0,
                jitter,
                budget: None,
            };
            let waits = [1, 2, 3, 4].map(|failed| retries.backoff_s(failed));
            assert_eq!(waits, expected, "{backoff:?} {jitter:?}");
        }
    }
}
