//! What forecasts lead to.

use super::Control;
use crate::{forecast::Forecast, log::By};

impl Control<'_> {
    /// Scales out to the forecasts that are to be acted upon now; those of before a run as it begins.
    pub(super) fn predict(&mut self, now_s: u32) {
        let Some((policy, forecasts)) = &self.predictive else {
            return;
        };
        let policy = *policy;
        let due = forecasts
            .iter()
            .filter(|it| it.acts_s.max(0) == i64::from(now_s));
        for forecast in due.copied().collect::<Vec<Forecast>>() {
            if let Some(buffer) = policy.max_capacity_buffer {
                let most = f64::from(forecast.capacity) * (1.0 + buffer);
                self.max = self.max.max((most - 1e-9).ceil().min(10_000.0) as u32);
            }
            let to = forecast.capacity.min(self.max);
            if to > self.desired() {
                let by = By::Predictive(policy.index, (forecast.hour * 3600) as f64);
                self.begin(now_s, to, by);
            }
        }
    }

    /// What is forecast from when it is acted upon until its hour is over.
    pub(super) fn held(&self, now_s: u32) -> u32 {
        let now_s = i64::from(now_s);
        let forecasts = self.predictive.iter().flat_map(|(_, forecasts)| forecasts);
        let holds = forecasts.filter(|it| it.acts_s <= now_s && now_s < (it.hour + 1) * 3600);
        holds.map(|it| it.capacity).max().unwrap_or(0)
    }
}
