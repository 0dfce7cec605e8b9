//! What a period of a serverless endpoint leaves behind in addition.

use super::target::Target;
use crate::{run::PERIOD_S, service::ServedRequests};

impl ServedRequests {
    /// Returns the requests of a minute that a unit of provisioned concurrency served; NaN without any, as there is no datapoint.
    /// `each_s`: unit-seconds in service.
    // rule: serverless.utilization-at-most-one
    pub(super) fn each_minute(&self, each_s: f64) -> f64 {
        if each_s > 0.0 {
            self.provisioned * f64::from(PERIOD_S) / each_s
        } else {
            f64::NAN
        }
    }
}

impl Target<'_> {
    /// Ends the period: writes what served its requests, and what they cost.
    pub(super) fn record_on_demand(&mut self) {
        let Some(on_demand) = &mut self.queue.on_demand else {
            return;
        };
        let served = on_demand.end_minute();
        let totals = &mut self.totals;
        totals.requests_usd += on_demand.usd(&served);
        totals.on_demand += served.on_demand;
        totals.cold_starts += served.cold_starts;
        let series = &mut self.series;
        series.on_demand.push(served.on_demand as f32);
        series.cold_starts.push(served.cold_starts as f32);
    }
}
