//! What instances cost: by the second, from the decision to launch to the end of removal.
//!
//! Source: Amazon SageMaker pricing, real-time inference (billed per second of use). That launching and removal are
//! billed in full is assumed.

/// Hours of a month in AWS's pricing calculator.
const HOURS_PER_MONTH: f64 = 730.0;

/// Returns US dollars for a number of instance-seconds.
// rule: sagemaker.billed-by-second
pub(crate) fn of_instance_seconds(instance_s: f64, usd_per_hour: f64) -> f64 {
    instance_s * usd_per_hour / 3600.0
}

/// Returns the cost per month of a run that costs `cost_usd` in `length_s` seconds.
pub(crate) fn per_month(cost_usd: f64, length_s: f64) -> f64 {
    if length_s > 0.0 {
        cost_usd * HOURS_PER_MONTH * 3600.0 / length_s
    } else {
        0.0
    }
}

/// Returns the cost per million requests; `None` without requests.
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
