//! How requests are served, as a report has it; a dash where none came. What the numbers mean is the report's.

use engine::Report;

use crate::Words;

/// Stands where there is no number.
const NONE: &str = "–";

impl Words {
    /// The share of requests that were served in time: `99.95%`.
    #[must_use]
    pub fn served_in_time(self, report: &Report) -> String {
        match report.is_idle() {
            true => NONE.to_owned(),
            false => self.availability(report.availability),
        }
    }

    /// A latency of the report's, of all requests or of some: `241 ms`.
    #[must_use]
    pub fn served_after(self, report: &Report, latency_ms: f64) -> String {
        match report.is_idle() {
            true => NONE.to_owned(),
            false => self.latency(latency_ms),
        }
    }
}
