//! A time in which CloudWatch has no datapoints of the metrics that policies look at.

/// A time in which no datapoint is published, whatever the reason: an agent has died, a publisher has stopped, CloudWatch is late.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MissingMetric {
    /// From when on, seconds from the start of the run.
    pub at_s: f64,
    /// For how long, seconds.
    pub for_s: f64,
}

impl MissingMetric {
    /// Returns the end, seconds from the start of the run.
    #[must_use]
    pub fn end_s(&self) -> f64 {
        self.at_s + self.for_s
    }

    /// Returns whether the datapoint of a period that ends at `end_s` is missing: it would be published then.
    // rule: missing-metric.periods
    #[must_use]
    pub fn covers(&self, end_s: f64) -> bool {
        self.at_s < end_s && end_s <= self.end_s()
    }
}
