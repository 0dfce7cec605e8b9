//! The sizing calculator: from a load test to a target value, instances and bounds, in closed form.
//!
//! Source of the target's formula: Amazon SageMaker developer guide, "Load testing your auto scaling configuration".

use crate::plan::Assumptions;

const SECONDS_PER_MINUTE: f64 = 60.0;

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

/// What the calculator returns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizing {
    /// `max_rps × safety_factor × 60`, whatever target is in force.
    pub target: f64,
    /// Instances that target tracking settles on at the peak (never fewer than wanted).
    pub at_peak: u64,
    /// The same when quiet.
    pub at_quiet: u64,
    /// MinCapacity to set.
    pub min_capacity: u64,
    /// MaxCapacity to set.
    pub max_capacity: u64,
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
    /// Safety factor and minute applied, the load test's maximum forgotten: `f × 60`.
    MaximumForgotten,
}

/// Sizes an endpoint.
#[must_use]
pub fn size(input: &SizingInput, assumptions: &Assumptions) -> Sizing {
    let instances = |rps: f64| {
        // Target tracking rounds up; a whole number that rounding has lifted a little stays what it is.
        let wanted = (rps * SECONDS_PER_MINUTE / input.target - 1e-9).ceil() as u64;
        wanted.max(u64::from(input.fewest_instances)).max(1)
    };
    let (at_peak, at_quiet) = (instances(input.peak_rps), instances(input.quiet_rps));
    let headroom_rps = at_peak as f64 * input.max_rps - input.peak_rps;
    let breaching_s = f64::from(assumptions.alarm_high_datapoints) * SECONDS_PER_MINUTE;
    Sizing {
        target: target(input.max_rps, input.safety_factor),
        at_peak,
        at_quiet,
        min_capacity: at_quiet,
        max_capacity: at_peak.max(at_quiet),
        headroom_rps,
        headroom_one_lost_rps: headroom_rps - input.max_rps,
        reaction_s: breaching_s + assumptions.metric_delay_s + input.launch_s,
        growth_factor: input.max_rps * SECONDS_PER_MINUTE / input.target,
    }
}

/// Returns `max_rps × safety_factor × 60`: invocations per instance and minute.
// rule: sagemaker.target-formula
#[must_use]
pub fn target(max_rps: f64, safety_factor: f64) -> f64 {
    max_rps * safety_factor * SECONDS_PER_MINUTE
}

/// Returns the known slip that leads to a target value; `None` where no slip does, or where the value is right.
#[must_use]
pub fn recognise_slip(max_rps: f64, safety_factor: f64, typed_target: f64) -> Option<TargetSlip> {
    let typed = |value: f64| (typed_target - value).abs() <= 1e-6 * value.abs();
    if typed(target(max_rps, safety_factor)) {
        return None;
    }
    [
        (max_rps * safety_factor, TargetSlip::MinuteForgotten),
        (
            max_rps * SECONDS_PER_MINUTE,
            TargetSlip::SafetyFactorForgotten,
        ),
        (
            max_rps / safety_factor * SECONDS_PER_MINUTE,
            TargetSlip::SafetyFactorDivided,
        ),
        (
            safety_factor * SECONDS_PER_MINUTE,
            TargetSlip::MaximumForgotten,
        ),
    ]
    .into_iter()
    .find_map(|(value, slip)| typed(value).then_some(slip))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors() -> serde_json::Value {
        serde_json::from_str(include_str!("../tests/vectors/sizing.json")).unwrap()
    }

    #[test]
    fn target_is_that_of_the_developer_guide() {
        for case in vectors()["cases"].as_array().unwrap() {
            let number = |name: &str| case[name].as_f64().unwrap();
            let got = target(number("max_rps"), number("safety_factor"));
            assert_eq!(got, number("invocations_per_instance"));
        }
    }

    #[test]
    fn known_slips_are_recognised() {
        let expected = [
            (10.0, Some(TargetSlip::MinuteForgotten)),
            (1200.0, Some(TargetSlip::SafetyFactorForgotten)),
            (2400.0, Some(TargetSlip::SafetyFactorDivided)),
            (30.0, Some(TargetSlip::MaximumForgotten)),
        ];
        let mistakes = vectors();
        let mistakes = mistakes["common_mistakes"].as_array().unwrap();
        assert_eq!(mistakes.len(), expected.len());
        for (mistake, (value, slip)) in mistakes.iter().zip(expected) {
            assert_eq!(mistake["value"].as_f64(), Some(value));
            assert_eq!(recognise_slip(20.0, 0.5, value), slip);
        }
        assert_eq!(recognise_slip(20.0, 0.5, 600.0), None);
        // Without a safety factor the slips that leave it out lead to the right value.
        assert_eq!(recognise_slip(20.0, 1.0, 1200.0), None);
        assert_eq!(
            recognise_slip(20.0, 1.0, 20.0),
            Some(TargetSlip::MinuteForgotten)
        );
        // 20 / 0.7 × 60 is 1714.2857…: who typed it to three decimals is told, to two no more.
        let divided = Some(TargetSlip::SafetyFactorDivided);
        assert_eq!(recognise_slip(20.0, 0.7, 1714.286), divided);
        assert_eq!(recognise_slip(20.0, 0.7, 1714.29), None);
    }

    #[test]
    fn sizes_an_endpoint() {
        let input = SizingInput {
            max_rps: 20.0,
            safety_factor: 0.5,
            peak_rps: 95.0,
            quiet_rps: 4.0,
            fewest_instances: 2,
            launch_s: 240.0,
            target: 600.0,
        };
        let expected = Sizing {
            target: 600.0,
            at_peak: 10,
            at_quiet: 2,
            min_capacity: 2,
            max_capacity: 10,
            headroom_rps: 105.0,
            headroom_one_lost_rps: 85.0,
            reaction_s: 480.0,
            growth_factor: 2.0,
        };
        let assumptions = Assumptions::default();
        assert_eq!(size(&input, &assumptions), expected);
        // A person's own target keeps the formula's beside it.
        let own = size(
            &SizingInput {
                target: 1200.0,
                ..input
            },
            &assumptions,
        );
        assert_eq!(
            (own.target, own.at_peak, own.growth_factor),
            (600.0, 5, 1.0)
        );
        // A whole number of instances is not rounded up by what floating point adds.
        let whole = SizingInput {
            peak_rps: 0.1 + 0.2,
            target: 0.3 * 60.0,
            fewest_instances: 1,
            ..input
        };
        assert_eq!(size(&whole, &assumptions).at_peak, 1);
    }
}
