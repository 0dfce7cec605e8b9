//! The sizing calculator: from a load test to a target value, instances and bounds, in closed form.
//!
//! Source of the target's formula: Amazon SageMaker developer guide, "Load testing your auto scaling configuration".

use crate::plan::Assumptions;

/// What the calculator is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SizingInput {
    /// Requests per second that one instance sustained in a load test (> 0).
    pub max_rps: f64,
    /// 0 < f ≤ 1.
    pub safety_factor: f64,
    /// Highest demand expected, requests per second.
    pub peak_rps: f64,
    /// Demand when quiet, requests per second.
    pub quiet_rps: f64,
    /// Fewest instances wanted for availability (≥ 1).
    pub fewest_instances: u32,
    /// Seconds from decision to in service (the longest, where it is a range).
    pub launch_s: f64,
    /// TargetValue in force: the formula's, or the person's own.
    pub target: f64,
}

/// What it answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizing {
    /// `max_rps × safety_factor × 60`, whatever target is in force.
    pub target: f64,
    /// Instances that target tracking settles on at the peak (never fewer than wanted).
    pub at_peak: u32,
    /// The same when quiet.
    pub at_quiet: u32,
    /// MinCapacity to set.
    pub min_capacity: u32,
    /// MaxCapacity to set.
    pub max_capacity: u32,
    /// Capacity minus demand at the peak, requests per second.
    pub headroom_rps: f64,
    /// The same after losing one instance; negative: requests wait.
    pub headroom_one_lost_rps: f64,
    /// Seconds until a rise is answered: breaching minutes + metric delay + launch.
    pub reaction_s: f64,
    /// Factor by which demand may grow within `reaction_s`, from a fleet at its target, before requests wait (1 / safety factor for the formula's target).
    pub growth_factor: f64,
}

/// A known slip that leads to a wrong target value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetSlip {
    /// Safety factor applied, the minute forgotten: `max_rps × f`.
    MinuteForgotten,
    /// Minute applied, the safety factor forgotten: `max_rps × 60`.
    SafetyFactorForgotten,
    /// Divided by the safety factor instead of multiplied: `max_rps / f × 60`.
    SafetyFactorDivided,
}

/// Sizes an endpoint.
#[must_use]
pub fn size(input: &SizingInput, assumptions: &Assumptions) -> Sizing {
    todo!("{input:?} {assumptions:?}")
}

/// Recognises a target value that a known slip gives; `None` where no formula gives it.
#[must_use]
pub fn recognise_slip(max_rps: f64, safety_factor: f64, typed_target: f64) -> Option<TargetSlip> {
    todo!("{max_rps} {safety_factor} {typed_target}")
}
