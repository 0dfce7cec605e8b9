//! Clients that try again when a request has failed, or has taken too long for them.

use engine::plan::{MAX_ATTEMPTS, MAX_BACKOFF_S};

use crate::field::{Field, Fixed, choices, section};

section! {
    /// How clients retry. What is usual is `standard` mode of the AWS SDKs, without its retry quota.
    // AWS SDKs and Tools Reference Guide, "Retry behavior"; AWS Developer Tools Blog, "Updated default retry behavior for AWS SDKs and
    // tools" (since November 2026 a transient error waits 50 ms at first).
    // rule: retries.standard-mode
    pub struct Retries at Fixed::Retries => Field {
        /// How the wait before a retry grows.
        backoff: BackoffStrategy = BackoffStrategy::default(), later, optional, text("retries_backoff");
        /// Most attempts of a request, the first one included; 1: nobody tries again.
        max_attempts: u32 = 3, range(1.0..=MAX_ATTEMPTS as f64), text("retries_max_attempts");
        /// Percent of requests whose client retries at all.
        share_pct: f64 = 100.0, range(0.0..=100.0), percent, later, text("retries_share");
        /// Seconds after which a client gives an attempt up; absent: it waits as long as the service does.
        timeout_s: Option<f64> = None, range(0.01..=3600.0), seconds, text("retries_timeout");
        /// Seconds before the first retry, before jitter.
        base_delay_s: f64 = 0.05, range(0.0..=MAX_BACKOFF_S), seconds, later, text("retries_base_delay");
        /// Longest wait before a retry, seconds.
        max_backoff_s: f64 = 20.0, range(0.0..=MAX_BACKOFF_S), seconds, later, text("retries_max_backoff");
        /// How waits are spread at random.
        jitter: Jitter = Jitter::default(), later, text("retries_jitter");
        /// Retry budget: most retries, percent of requests; absent: no limit.
        budget_pct: Option<f64> = None, range(0.0..=100.0), percent, text("retries_budget");
    }
}

choices! {
    /// How the wait before a retry grows with the attempts that have failed.
    pub enum BackoffStrategy default Exponential {
        /// It stays the same.
        Fixed = "fixed",
        /// By the base delay each time.
        Linear = "linear",
        /// It doubles each time.
        Exponential = "exponential",
    }
}

choices! {
    /// How waits are spread at random (AWS Architecture Blog, "Exponential Backoff And Jitter").
    pub enum Jitter default Full {
        /// Not at all.
        None = "none",
        /// Between half of the wait and all of it.
        Equal = "equal",
        /// Between nothing and all of it.
        Full = "full",
    }
}
