//! What instances cost: by the second, from the decision to launch to the end of removal.
//!
//! Source: Amazon SageMaker pricing, real-time inference (billed per second of use). That launching and removal are
//! billed in full is assumed.

/// Hours that AWS's own calculator gives a month.
const HOURS_PER_MONTH: f64 = 730.0;

/// US dollars for so many instance-seconds.
// rule: sagemaker.billed-by-second
pub(crate) fn of_instance_seconds(instance_s: f64, usd_per_hour: f64) -> f64 {
    instance_s * usd_per_hour / 3600.0
}

/// What a run's cost comes to per month.
pub(crate) fn per_month(cost_usd: f64, length_s: f64) -> f64 {
    if length_s > 0.0 {
        cost_usd * HOURS_PER_MONTH * 3600.0 / length_s
    } else {
        0.0
    }
}

/// Per million requests; `None` where there are none.
pub(crate) fn per_million(cost_usd: f64, requests: f64) -> Option<f64> {
    (requests > 0.0).then(|| cost_usd / requests * 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_for_a_month() {
        let month_s = 730.0 * 3600.0;
        let cost = of_instance_seconds(month_s, 0.1);
        assert!((cost - 73.0).abs() < 1e-9);
        assert!((per_month(cost / 730.0, 3600.0) - 73.0).abs() < 1e-9);
        assert_eq!(per_month(1.0, 0.0), 0.0, "of no time at all");
        assert_eq!(per_million(2.0, 4e6), Some(0.5));
        assert_eq!(per_million(2.0, 0.0), None);
    }
}
