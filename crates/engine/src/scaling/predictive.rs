//! Predictive scaling of an EC2 Auto Scaling group: ahead of each hour it scales out to the hour's forecast, and never in.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "How predictive scaling works". Of all policies the largest capacity holds,
//! so within an hour dynamic scaling does not go below its forecast; that this begins as soon as the policy has scaled out
//! to it is assumed.

use super::{Scaler, pace::BegunBy};
use crate::{
    fleet::Fleet,
    forecast::Hour,
    plan::{PredictiveScaling, ScalableTarget},
    run::{Cause, NotScaledReason, Outcome, Prediction},
};

/// The forecast capacity below which policies do not scale in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ForecastFloor {
    /// That of the current hour.
    now: u32,
    /// That of the next hour, once the policy has scaled out to it.
    next: u32,
}

impl ForecastFloor {
    /// Returns the bounds for policies, and why nothing scales in below the lower one. Policies do not scale in below the
    /// forecast; the forecast does not raise what is `desired` either.
    // rule: predictive.largest-capacity-wins
    #[inline]
    pub(super) fn bounds(
        self,
        bounds: ScalableTarget,
        desired: u32,
    ) -> (ScalableTarget, NotScaledReason) {
        let capacity = self.now.max(self.next);
        let held = capacity.min(desired);
        if held <= bounds.min {
            return (bounds, NotScaledReason::AlreadyAtMinCapacity);
        }
        let min = held.min(bounds.max);
        (
            ScalableTarget { min, ..bounds },
            NotScaledReason::HeldByForecast { capacity },
        )
    }
}

impl Scaler {
    /// Scales out to the forecast of an hour; a policy that only forecasts logs that it would.
    // rule: predictive.scales-out-ahead
    // rule: predictive.forecast-only
    #[cold]
    pub(crate) fn scale_to_forecast(
        &mut self,
        now_s: f64,
        policy: &PredictiveScaling,
        hour: &Hour,
        fleet: &mut Fleet,
    ) {
        self.end_repeated_answer();
        let desired = fleet.desired();
        let max = policy.max_capacity(hour.capacity, self.bounds.max);
        let to = hour.capacity.min(max).max(desired);
        let raises_max = max > self.bounds.max;
        let cause = Cause::Predictive(Prediction {
            policy: policy.index,
            hour_s: hour.at_s,
            rps: hour.rps,
            capacity: hour.capacity,
            max,
            raises_max,
        });
        if !policy.scales {
            if to > desired {
                let outcome = Outcome::NotScaled(NotScaledReason::ForecastOnly { to });
                self.log.add(now_s, desired, desired, cause, outcome);
            }
            return;
        }
        self.bounds.max = max;
        self.forecast_floor.next = hour.capacity;
        if to > desired {
            let entry = (self.log).add(now_s, desired, to, cause, Outcome::InProgress);
            self.scale_to(now_s, fleet, (entry, &BegunBy::Event), to);
        } else if hour.capacity > desired {
            let outcome = Outcome::NotScaled(NotScaledReason::AlreadyAtMaxCapacity);
            self.log.add(now_s, desired, desired, cause, outcome);
        } else if raises_max {
            self.log.done(now_s, desired, cause);
        }
    }

    /// Begins an hour: its forecast replaces that of the hour before.
    // rule: predictive.hour-begins
    #[cold]
    pub(crate) fn start_hour(&mut self, hour: &Hour) {
        self.end_repeated_answer();
        self.forecast_floor = ForecastFloor {
            now: hour.capacity,
            next: 0,
        };
    }
}
