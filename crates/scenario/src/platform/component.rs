//! Inference components: what is checked, how many copies an instance holds, and what the engine is given.
//!
//! Source: SageMaker API reference, InferenceComponentComputeResourceRequirements, InferenceComponentSchedulingConfig and
//! ProductionVariantManagedInstanceScaling; developer guide, "Scale an endpoint to zero instances".

use engine::plan::{self, Hosts, Placement, Plan, ScalableResource};

use super::{Platform, PlatformRules, ScalableDimension, rules};
use crate::{
    catalogue::InstanceType,
    compile::{
        Problem, ProblemKind, Warning,
        check::Checks,
        failures,
        reach::{self, Wake},
    },
    document::{
        ComputeResourceRequirements, InferenceComponent, ManagedInstanceScaling, MetricAlarm,
        MetricName, PlacementStrategy, ScaleInStrategy, ScalingPolicy, ScalingStatus, Scenario,
        StepScaling,
    },
    field::Field,
    limits::MOST_INSTANCES,
    metrics::{Measure, Source},
};

/// What AWS does there.
pub static RULES: PlatformRules = PlatformRules {
    platform: Platform::SagemakerInferenceComponent,
    scales: ScalableDimension::ComponentCopies,
    sources: &[Source::Component],
    silent: &[],
    instead: &[(
        Measure::BacklogWithoutCapacity,
        MetricName::NoCapacityInvocationFailures,
    )],
    // Nothing else is known of a copy but its requests.
    otherwise: Some(MetricName::InvocationsPerCopy),
    wakes_from_zero: true,
    // AWS names no burstable types for components.
    burns_credits: false,
    // Copies come and go whatever else does.
    endpoint_updates: false,
    new_step,
    check_machine: check_room,
    // Of a copy that finds no room its instance's and its own.
    longest_launch_s: |scenario| {
        failures::longest_launch_s(scenario) + scenario.inference_component.copy_start_s
    },
    complete,
    warn,
    leave: |scenario, to| {
        scenario.forget_statistics();
        if !to.wakes_from_zero {
            scenario.keep_one_instance();
        }
    },
    enter: |scenario| {
        let instance = &mut scenario.instance;
        (instance.credit_specification, instance.initial_cpu_credits) = (None, None);
        scenario.forget_statistics();
    },
    ..PlatformRules::ENDPOINT
};

/// Returns the step that brings a first copy back: one failure is enough.
fn new_step(name: &str) -> ScalingPolicy {
    ScalingPolicy {
        step_scaling: Some(StepScaling {
            cooldown: 60,
            ..StepScaling::default()
        }),
        alarm: Some(MetricAlarm {
            metric_name: MetricName::NoCapacityInvocationFailures,
            evaluation_periods: 1,
            ..MetricAlarm::default()
        }),
        ..ScalingPolicy::step(name)
    }
}

/// Checks what only a component has; also where there is none, so that what is kept is right.
pub(crate) fn check(scenario: &Scenario, checks: &mut Checks) {
    let scaling = &scenario.inference_component.scaling;
    if scaling.status == ScalingStatus::Disabled {
        // A fixed number is MinInstanceCount and MaxInstanceCount alike.
        let right = "ENABLED";
        let field = ManagedInstanceScaling::status;
        checks.problem(field, ProblemKind::OtherThan { right });
    }
    checks.stays_below(
        ManagedInstanceScaling::min_instances,
        Some(f64::from(scaling.min_instances)),
        ManagedInstanceScaling::max_instances,
        scaling.max_instances.map(f64::from),
    );
}

/// A copy must fit, and it must be known whether it does.
// rule: component.room
fn check_room(scenario: &Scenario, instance: Option<&InstanceType>, checks: &mut Checks) {
    let given = &scenario.inference_component;
    if given.copies_per_instance.is_some() {
        return;
    }
    for Need {
        field,
        needs,
        there,
    } in all_needs(&given.requirements, instance)
    {
        match there {
            None => checks.problem(
                InferenceComponent::copies_per_instance,
                ProblemKind::Missing,
            ),
            Some(there) if needs > there => {
                checks.problem(field, ProblemKind::TooLarge { max: there });
            }
            Some(_) => {}
        }
    }
}

/// What a copy needs of a resource, and what of it is there.
pub struct Need {
    /// Which it is.
    pub field: Field,
    /// Of one copy.
    pub needs: f64,
    /// Of an instance; `None`: not known.
    pub there: Option<f64>,
}

/// Returns everything that a copy needs. All memory of an instance is taken to be for copies: AWS keeps some of it, and does not
/// say how much.
#[must_use]
pub fn all_needs(
    given: &ComputeResourceRequirements,
    instance: Option<&InstanceType>,
) -> Vec<Need> {
    let memory = instance.and_then(|instance| instance.memory_gib);
    let vcpu = instance.and_then(|instance| instance.vcpu);
    let gpus = |instance: &InstanceType| (instance.gpu.as_ref()).map_or(0, |gpu| gpu.count);
    [
        (
            ComputeResourceRequirements::min_memory_mb,
            given.min_memory_mb.map(f64::from),
            memory.map(|gib| f64::from(gib) * 1024.0),
        ),
        (
            ComputeResourceRequirements::accelerators,
            given.accelerators,
            instance.map(gpus).map(f64::from),
        ),
        (
            ComputeResourceRequirements::cpu_cores,
            given.cpu_cores,
            vcpu.map(f64::from),
        ),
    ]
    .into_iter()
    .filter_map(|(field, needs, there)| {
        Some(Need {
            field,
            needs: needs?,
            there,
        })
    })
    .collect()
}

/// Copies that an instance has room for by its memory, accelerators and cores; `None` where nothing is needed or known.
// rule: component.copies-per-instance
#[must_use]
pub fn room_for(
    given: &ComputeResourceRequirements,
    instance: Option<&InstanceType>,
) -> Option<u32> {
    let rooms = all_needs(given, instance);
    let rooms = rooms.iter().map(|need| Some(need.there? / need.needs));
    let least = rooms.collect::<Option<Vec<f64>>>()?;
    let least = least.into_iter().reduce(f64::min)?;
    Some((least + 1e-9).floor().clamp(0.0, MOST_INSTANCES) as u32)
}

/// Returns the instances under copies, of which there are `max` at most. Nothing else of an endpoint is told to the engine apart.
fn hosts(scenario: &Scenario, instance: Option<&InstanceType>, max: u32) -> Hosts {
    let given = &scenario.inference_component;
    let copies_per_instance = (given.copies_per_instance)
        .or_else(|| room_for(&given.requirements, instance))
        .unwrap_or(1)
        .max(1);
    let scaling = &given.scaling;
    let needed = max.div_ceil(copies_per_instance).max(1);
    let consolidates = scaling.scale_in.strategy == ScaleInStrategy::Consolidation;
    Hosts {
        copies_per_instance,
        copy_start_s: given.copy_start_s,
        min: scaling.min_instances,
        max: (scaling.max_instances).unwrap_or(needed.max(scaling.min_instances)),
        placement: match given.scheduling.placement {
            PlacementStrategy::Spread => Placement::Spread,
            PlacementStrategy::Binpack => Placement::BinPack,
        },
        idle_s: given.idle_release_s,
        consolidation: consolidates.then_some(plan::Consolidation {
            cooldown_s: 60.0 * f64::from(scaling.scale_in.cooldown_min),
            step: scaling.scale_in.step,
        }),
    }
}

/// What scales is copies, on instances that must have room for the fewest of them.
fn complete(
    scenario: &Scenario,
    plan: &mut Plan,
    instance: Option<&InstanceType>,
) -> Result<(), Problem> {
    let bounds = plan.scalable_target;
    let hosts = hosts(scenario, instance, bounds.max);
    let needed = hosts.instances_for(bounds.min);
    plan.resource = ScalableResource::ComponentCopies(hosts);
    if hosts.max >= needed {
        return Ok(());
    }
    Err(Problem {
        field: ManagedInstanceScaling::max_instances,
        kind: ProblemKind::TooSmall {
            min: f64::from(needed),
        },
    })
}

/// Finds what is odd about a component.
// rule: component.zero-warnings
fn warn(scenario: &Scenario, plan: &Plan, warnings: &mut Vec<Warning>) {
    rules::warn_of_type(scenario, plan, warnings);
    let Some(hosts) = plan.resource.hosts() else {
        return;
    };
    let bounds = plan.scalable_target;
    let room = hosts.max.saturating_mul(hosts.copies_per_instance);
    if bounds.max > room {
        warnings.push(Warning::NoRoomForCopies {
            copies: room,
            instances: hosts.max,
            max: bounds.max,
        });
    }
    if bounds.min > 0 {
        return;
    }
    if hosts.min > 0 {
        warnings.push(Warning::InstancesStay {
            instances: hosts.min,
        });
    }
    let wakers = reach::wakers(plan);
    let first = wakers.first().copied();
    let wakes = first.and_then(|(_, wake)| wake);
    if let Some((policy, wake)) = first
        && wake != Some(Wake::AT_ONE)
    {
        warnings.push(reach::wakes_at_several(policy, wake));
    }
    if wakes.is_none() {
        warnings.push(Warning::NoCopyWakes);
    }
}

#[cfg(test)]
mod tests;
