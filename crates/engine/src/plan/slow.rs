//! An instance that slows down without failing.

/// An instance in service, the oldest, that is slow for a time. It answers its health checks, so nobody replaces it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlowInstance {
    /// From when on, seconds from the start of the run.
    pub at_s: f64,
    /// How many times as long as usual requests take at it (≥ 1).
    pub times: f64,
    /// For how long, seconds.
    pub for_s: f64,
}
