//! Predictive scaling: policies of an EC2 Auto Scaling group that act on a forecast, and what the forecast is made from.

use super::Metric;
use crate::demand::Timeline;

/// Most instances that are forecast. No group of a scenario has more.
pub(crate) const MAX_FORECAST_INSTANCES: f64 = 10_000.0;

/// The predictive scaling of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Predictive {
    /// The policies, in the order the person gave them; at most one of them scales.
    pub policies: Vec<PredictiveScaling>,
    /// Requests per second before the run, which begins where this ends: whole hours, or none.
    pub history: Timeline,
}

/// A predictive scaling policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredictiveScaling {
    /// Which policy of the scenario it is, for the log.
    pub index: usize,
    /// The metric pair: what an instance has of it is kept at the target.
    pub metric: Metric,
    /// TargetValue, in the metric's unit (> 0).
    pub target: f64,
    /// Mode is `ForecastAndScale`; else it only forecasts.
    pub scales: bool,
    /// SchedulingBufferTime: seconds before an hour at which it scales out to that hour's forecast (0 to 3599).
    pub scheduling_buffer_s: f64,
    /// MaxCapacityBuffer as a share of the forecast, where MaxCapacityBreachBehavior is `IncreaseMaxCapacity` (0 to 1);
    /// `None`: `HonorMaxCapacity`.
    pub max_capacity_buffer: Option<f64>,
}

impl PredictiveScaling {
    /// Returns MaxCapacity after the policy has scaled out to an hour for which `forecast` instances are forecast.
    // rule: predictive.max-capacity-behavior
    #[must_use]
    pub fn max_capacity(&self, forecast: u32, max: u32) -> u32 {
        let Some(buffer) = self.max_capacity_buffer else {
            return max;
        };
        let most = f64::from(forecast) * (1.0 + buffer);
        max.max((most - 1e-9).ceil().min(MAX_FORECAST_INSTANCES) as u32)
    }
}
