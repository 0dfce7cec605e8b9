//! The same demand on another machine: its load test, its price, and what policies and bounds say, adapted to how much one of them
//! serves. Nothing is simulated here.

use crate::{
    catalogue::{self, InstanceType},
    document::{AdjustmentType, OtherMachine, Scenario},
    metrics::Measure,
    platform::{Machines, ScalableDimension},
};

/// Returns whether a scenario's own machine can be compared with others: instances serve, each by itself.
#[must_use]
pub fn are_comparable(scenario: &Scenario) -> bool {
    let rules = scenario.platform.rules();
    rules.has_instances && rules.scales != ScalableDimension::ComponentCopies
}

/// Returns the scenario as it would be on another machine, with no others to compare. What is said of each instance (targets, thresholds) is
/// as many times as much as the machine serves, and numbers of instances are as many times less, but where there are any at least one.
#[must_use]
pub fn on(scenario: &Scenario, machine: &OtherMachine) -> Scenario {
    let mut on = scenario.clone();
    on.other_machines.clear();
    let times = machine.times.max(f64::MIN_POSITIVE);
    let is_other_type = take_type(&mut on, machine);
    let load_test = &mut on.load_test;
    load_test.max_rps *= times;
    let (p50_ms, p95_ms) = (load_test.p50_ms, load_test.p95_ms);
    load_test.p50_ms = machine.p50_ms.unwrap_or(p50_ms);
    load_test.p95_ms = (machine.p95_ms).unwrap_or(load_test.p50_ms * p95_ms / p50_ms);
    // What a request costs a processor says nothing of another one.
    for cost_ms in [
        &mut load_test.cpu_ms_per_request,
        &mut load_test.gpu_ms_per_request,
    ] {
        *cost_ms = cost_ms.filter(|_| !is_other_type).map(|it| it / times);
    }
    // Requests in flight are as many as come in the time that one takes.
    let in_flight = times * on.load_test.p50_ms / p50_ms;
    let vcpu = |scenario: &Scenario| known(scenario).and_then(|known| known.vcpu).map(f64::from);
    let sums_vcpus = scenario.platform.rules().machines == Machines::SageMaker;
    let of_vcpus = (vcpu(&on).zip(vcpu(scenario))).filter(|_| sums_vcpus);
    on.scale_compared(|measure| match measure {
        Measure::Requests | Measure::BacklogPerInstance => Some(times),
        Measure::InFlight => Some(in_flight),
        Measure::Cpu => of_vcpus.map(|(there, here)| there / here),
        _ => None,
    });
    divide_instances(&mut on, times);
    on
}

/// Gives a scenario the machine's type, price and launch time. Returns whether the type is another one.
fn take_type(on: &mut Scenario, machine: &OtherMachine) -> bool {
    let instance = &mut on.instance;
    let is_other = !["", &instance.instance_type].contains(&&*machine.instance_type);
    if is_other {
        instance.instance_type.clone_from(&machine.instance_type);
        instance.usd_per_hour = None;
        instance.credit_specification = None;
        instance.initial_cpu_credits = None;
    }
    instance.usd_per_hour = machine.usd_per_hour.or(instance.usd_per_hour);
    if let Some(launch_s) = machine.launch_s {
        instance.launch_s = launch_s;
        instance.launch_to_s = None;
    }
    is_other
}

/// Returns what is known of a scenario's machine.
fn known(scenario: &Scenario) -> Option<&'static InstanceType> {
    let name = &scenario.instance.instance_type;
    match scenario.platform.rules().machines {
        Machines::SageMaker => catalogue::find(name),
        _ => catalogue::find_ec2(name).map(|(twin, _)| twin),
    }
}

/// Divides all numbers of instances.
fn divide_instances(on: &mut Scenario, times: f64) {
    let fewer = |instances: u32| match instances {
        0 => 0,
        // From what is nearly whole on: 12 ÷ 1.2 are 10.
        _ => (f64::from(instances) / times - 1e-9).ceil().max(1.0) as u32,
    };
    let divide = |instances: &mut Option<u32>| *instances = instances.map(fewer);
    divide(&mut on.scalable_target.min_capacity);
    divide(&mut on.scalable_target.max_capacity);
    divide(&mut on.instance.initial);
    for action in &mut on.scheduled_actions {
        divide(&mut action.action.min_capacity);
        divide(&mut action.action.max_capacity);
        divide(&mut action.desired_capacity);
    }
    let adjust = |adjustment: i32| {
        let size = f64::from(adjustment.abs()) / times - 1e-9;
        (size.ceil() as i32).max(i32::from(adjustment != 0)) * adjustment.signum()
    };
    for policy in &mut on.policies {
        if let Some(steps) = &mut policy.step_scaling
            && steps.adjustment_type != AdjustmentType::PercentChangeInCapacity
        {
            for step in &mut steps.steps {
                step.adjustment = adjust(step.adjustment);
            }
        }
        if let Some(simple) = &mut policy.simple_scaling
            && simple.adjustment_type != AdjustmentType::PercentChangeInCapacity
        {
            simple.adjustment = adjust(simple.adjustment);
        }
    }
    // A failure takes as many instances as it did: fewer are left of larger ones.
}

#[cfg(test)]
mod tests;
