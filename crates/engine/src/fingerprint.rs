//! A number that two equal runs share, to compare machines and browsers by.
//!
//! All of a run is hashed, but for the latency table that it was worked out with. Every type is taken apart field by field and
//! variant by variant, so that what is new in a run does not compile before it is hashed too.

use crate::{
    forecast::{Forecast, Hour},
    latency::Latency,
    plan::{AdjustmentType, Failing, StepAdjustment},
    run::{
        Activity, AlarmColumn, AlarmRole, AlarmState, Cause, CreditSums, Decision, Direction,
        Distress, FleetChange, LaunchFailure, LaunchFailureReason, Loss, NotScaledReason, Outcome,
        Prediction, Replacement, ReplacementReason, Retried, RetrySums, Rule, Run, Series, Step,
        Throttled, Totals,
    },
};

/// FNV-1a (Fowler, Noll, Vo), over 64-bit words instead of bytes.
struct Hash(u64);

impl Hash {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn word(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        // Bits of a float sit high; bring them where the next multiplication spreads them.
        self.0 ^= self.0 >> 32;
    }
}

/// What can be added to a hash.
trait Hashed {
    fn add_to(&self, hash: &mut Hash);
}

impl Hashed for u32 {
    fn add_to(&self, hash: &mut Hash) {
        hash.word(u64::from(*self));
    }
}

impl Hashed for i32 {
    fn add_to(&self, hash: &mut Hash) {
        hash.word(u64::from(self.cast_unsigned()));
    }
}

impl Hashed for usize {
    fn add_to(&self, hash: &mut Hash) {
        hash.word(*self as u64);
    }
}

impl Hashed for bool {
    fn add_to(&self, hash: &mut Hash) {
        hash.word(u64::from(*self));
    }
}

impl Hashed for f32 {
    fn add_to(&self, hash: &mut Hash) {
        // Machines differ in the bits of what is not a number.
        let value = if self.is_nan() { Self::NAN } else { *self };
        hash.word(u64::from(value.to_bits()));
    }
}

impl Hashed for f64 {
    fn add_to(&self, hash: &mut Hash) {
        let value = if self.is_nan() { Self::NAN } else { *self };
        hash.word(value.to_bits());
    }
}

impl<T: Hashed> Hashed for Option<T> {
    fn add_to(&self, hash: &mut Hash) {
        self.is_some().add_to(hash);
        if let Some(value) = self {
            value.add_to(hash);
        }
    }
}

impl<T: Hashed> Hashed for Vec<T> {
    fn add_to(&self, hash: &mut Hash) {
        self.len().add_to(hash);
        for item in self {
            item.add_to(hash);
        }
    }
}

/// The latency table is what a run is worked out from, not what happened in it.
impl Hashed for Latency {
    fn add_to(&self, _: &mut Hash) {}
}

/// Hashes a struct by its fields, all of which have to be named.
macro_rules! hash_fields {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {
        $(impl Hashed for $type {
            fn add_to(&self, hash: &mut Hash) {
                let Self { $($field),+ } = self;
                $($field.add_to(hash);)+
            }
        })+
    };
}

/// Hashes an enum by a number for each variant and the fields of that, all of which have to be named.
macro_rules! hash_variants {
    ($($type:ident { $($number:literal: $variant:ident $(($tuple:ident))? $({ $($field:ident),+ })?,)+ })+) => {
        $(impl Hashed for $type {
            fn add_to(&self, hash: &mut Hash) {
                match self {
                    $(Self::$variant $(($tuple))? $({ $($field),+ })? => {
                        hash.word($number);
                        $($tuple.add_to(hash);)?
                        $($($field.add_to(hash);)+)?
                    })+
                }
            }
        })+
    };
}

hash_fields! {
    Run {
        period_s, series, fleet, activities, distress, forecasts, credits, losses, retried, totals, latency,
    }
    Series {
        demand_rps, capacity_rps, desired, in_service, pending, served_rps, failed_rps, queue,
        mean_ms, p50_ms, p95_ms, p99_ms, invocations_per_instance, other_metric, on_demand,
        cold_starts, instances, credits, surplus_credits, alarms, cost_usd,
    }
    AlarmColumn { policy, role, states }
    FleetChange { at_s, desired, in_service, pending, min, max }
    Activity { start_s, end_s, from, to, cause, outcome, evaluations }
    Decision {
        policy, direction, metric, threshold, rule, breaching, datapoints, base, wanted, min,
        min_is_forecast, max, alarm_since_s,
    }
    Step { adjustment_type, step, change }
    StepAdjustment { lower, upper, adjustment }
    Prediction { policy, hour_s, rps, capacity, max, raises_max }
    Replacement { instances, reason }
    LaunchFailure { instances, reason }
    Distress { start_s, failed, late, longest_wait_s }
    Forecast { policy, scales, hours }
    Hour { at_s, made_s, rps, capacity }
    CreditSums {
        given, earned, spent, lost, lent, balance, charged, outstanding, charged_usd,
        outstanding_usd, throttled, throttled_instance_s,
    }
    Throttled { from_s, until_s }
    Retried { sums, waiting, attempts_rps }
    RetrySums { requests, attempts, served, given_up, wasted, late }
    Loss { at_s, index, what, instances, of, unrouted_s, noticed_s }
    Totals {
        requests, served, failed, late, queued_at_end, instance_s, in_service_s, cost_usd,
        requests_usd, surplus_usd, on_demand, cold_starts, mean_ms, p50_ms, p95_ms, p99_ms,
    }
}

hash_variants! {
    AlarmRole { 0: High, 1: Low, 2: Own, }
    AlarmState { 0: InsufficientData, 1: Ok, 2: Alarm, }
    Direction { 0: Out, 1: In, }
    AdjustmentType { 0: ChangeInCapacity, 1: ExactCapacity, 2: PercentChangeInCapacity, }
    ReplacementReason { 0: StatusCheck, 1: LoadBalancer, 2: StillStarting, 3: ZoneBalance, 4: Refused, }
    LaunchFailureReason { 0: Shortage, 1: Quota { quota, running }, }
    Failing { 0: Instances(count), 1: Applications(count), 2: Zone { for_s }, }
    Rule { 0: TargetTracking { target }, 1: StepScaling(step), }
    Cause {
        0: Policy(decision),
        1: Scheduled { action, min, max, desired },
        2: Predictive(prediction),
        3: Replacement(replacement),
    }
    Outcome { 0: Successful, 1: InProgress, 2: Overridden, 3: NotScaled(reason), 4: Failed(failure), }
    NotScaledReason {
        0: AlreadyAtMaxCapacity,
        1: AlreadyAtMinCapacity,
        2: AlreadyAtDesiredCapacity,
        3: AutoScalingAnticipatedFlapping,
        4: TargetServicePutResourceAsUnscalable { until_s },
        5: ScaleOutCooldown { until_s },
        6: ScaleInCooldown { until_s },
        7: InstancesWarmingUp { until_s },
        8: SimpleScalingCooldown { until_s },
        9: OtherPolicyNotReady { policy },
        10: NoMatchingStep,
        11: MinAboveMax,
        12: ScaleInDisabled,
        13: Suspended,
        14: HeldByForecast { capacity },
        15: ForecastOnly { to },
    }
}

impl Run {
    /// Returns a hash over all of the run, bit by bit: series, fleet, activities with their causes and outcomes, distress,
    /// forecasts, credits, losses, retries and totals.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Hash::new();
        self.add_to(&mut hash);
        hash.0
    }
}

#[cfg(test)]
mod tests;
