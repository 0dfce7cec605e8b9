//! CPU credits of burstable types: from the instance's type and its CreditSpecification to numbers.
//!
//! Source: Amazon EC2 user guide, "Burstable performance instances". Which mode SageMaker hosts in is not documented: assumed is
//! standard. Copies of an inference component, for which AWS names no burstable types, and serverless endpoints have no credits.

use engine::plan::{self, CreditMode, Metric, Plan};

use super::{check::Checks, problem::ProblemKind, warning::Warning};
use crate::{
    catalogue::{self, Burstable},
    document::{CpuCredits, CreditSpecification, Instance, Scenario},
};

/// Returns the type's credits, where instances of it are what serves.
pub(super) fn of(scenario: &Scenario) -> Option<&'static Burstable> {
    let name = &scenario.instance.instance_type;
    if !scenario.platform.rules().burns_credits || !catalogue::is_burstable(name) {
        return None;
    }
    catalogue::burstable(name)
}

/// The mode in force.
// rule: credits.mode
#[must_use]
pub fn credit_mode(scenario: &Scenario, known: &Burstable) -> CpuCredits {
    let given = scenario.instance.credit_specification.as_ref();
    given.map_or(known.default_mode, |given| given.cpu_credits)
}

/// Checks fields of credits, which are for types that have some.
// rule: credits.specification
pub(super) fn check(scenario: &Scenario, checks: &mut Checks) {
    let instance = &scenario.instance;
    if let Some(known) = of(scenario) {
        let initial = instance.initial_cpu_credits;
        checks.number_if(Instance::initial_cpu_credits, initial, 0.0, known.most);
        return;
    }
    if instance.credit_specification.is_some() {
        checks.problem(CreditSpecification::cpu_credits, ProblemKind::NoCpuCredits);
    }
    if instance.initial_cpu_credits.is_some() {
        checks.problem(Instance::initial_cpu_credits, ProblemKind::NoCpuCredits);
    }
}

/// Returns the credits of a scenario's instances.
pub(super) fn compile(scenario: &Scenario, known: &Burstable) -> plan::CpuCredits {
    let load_test = &scenario.load_test;
    let vcpu = f64::from(known.vcpu);
    let standard = plan::CpuCredits {
        vcpu,
        earned_per_hour: known.earned_per_hour,
        most: known.most,
        launch: known.launch,
        initial: scenario.instance.initial_cpu_credits,
        mode: CreditMode::Standard,
        is_choice: scenario.platform.rules().burstable_scales,
        usd_per_vcpu_hour: known.usd_per_vcpu_hour,
        // As the metric CPUUtilization has it: without a cost of a request, the maximum keeps all vCPUs busy.
        cpu_s_per_request: (load_test.cpu_ms_per_request)
            .map_or(vcpu / load_test.max_rps, |ms| ms / 1000.0),
    };
    match credit_mode(scenario, known) {
        CpuCredits::Standard => standard,
        CpuCredits::Unlimited => standard.unlimited(),
    }
}

/// Target tracking on CPU that an instance held to its baseline never reaches.
// rule: credits.target-above-baseline
pub(super) fn warn(plan: &Plan, warnings: &mut Vec<Warning>) {
    let standard = |credits: &&plan::CpuCredits| credits.mode == CreditMode::Standard;
    let Some(credits) = plan.resource.cpu_credits().filter(standard) else {
        return;
    };
    let max_rps = plan.service.max_rps;
    let held = 60.0 * max_rps * credits.held_speed(max_rps);
    for policy in &plan.target_tracking {
        if matches!(policy.metric, Metric::Utilization { .. }) {
            let baseline = policy.metric.of_requests(held);
            if baseline < policy.target * (1.0 - 1e-9) {
                warnings.push(Warning::TargetAboveBaseline {
                    policy: policy.index,
                    target: policy.target,
                    baseline,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
