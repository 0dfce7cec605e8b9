//! What an inference component's form has: what a copy needs, how many fit on an instance, how instances follow copies.

use scenario::{
    compile::Warning,
    document::{
        MetricAlarm, MetricName, Rare, ScaleInStrategy, ScalingPolicy, Scenario, StepScaling,
    },
    platform::all_needs,
};
use words::Words;
use yew::AttrValue;

use super::{
    card::Fold,
    fields::{Fields, Line, More, Say},
};
use crate::parts::{El, of};

/// Metrics that target tracking knows of a component.
pub const TRACKED: [&str; 2] = ["InvocationsPerCopy", "ConcurrentRequestsPerCopy"];

/// Metrics that an alarm of one's own knows of a component.
pub const METRICS: [&str; 3] = [
    "InvocationsPerCopy",
    "ConcurrentRequestsPerCopy",
    "NoCapacityInvocationFailures",
];

/// Needs of a copy: path, label, explanation.
const NEEDS: [Line; 3] = [
    (
        "inference_component.ComputeResourceRequirements.MinMemoryRequiredInMb",
        Words::field_copy_memory,
        Words::field_copy_memory_about,
    ),
    (
        "inference_component.ComputeResourceRequirements.NumberOfAcceleratorDevicesRequired",
        Words::field_copy_accelerators,
        Words::field_copy_accelerators_about,
    ),
    (
        "inference_component.ComputeResourceRequirements.NumberOfCpuCoresRequired",
        Words::field_copy_cores,
        Words::field_copy_cores_about,
    ),
];

const CONSOLIDATION: [Line; 2] = [
    (
        "inference_component.ManagedInstanceScaling.ScaleInPolicy.CooldownInMinutes",
        Words::field_consolidation_cooldown,
        Words::field_consolidation_cooldown_about,
    ),
    (
        "inference_component.ManagedInstanceScaling.ScaleInPolicy.MaximumStepSize",
        Words::field_consolidation_step,
        Words::field_consolidation_step_about,
    ),
];

/// Adds what a copy needs and how instances follow copies, where there are copies.
pub fn settings(fields: &Fields, card: El) -> El {
    if fields.scenario().platform.is_component() {
        component_settings(fields, card)
    } else {
        card
    }
}

#[inline(never)]
fn component_settings(fields: &Fields, card: El) -> El {
    let words = fields.words();
    let none = || AttrValue::Static(words.field_none());
    let mut card = card;
    for (path, label, about) in NEEDS {
        card = fields.optional(card, AttrValue::Static(path), label, about, none());
    }
    let hosts = fields
        .outcome()
        .and_then(|outcome| outcome.compiled.plan.fleet.hosts);
    let each = hosts.map_or(1, |hosts| hosts.copies_per_instance);
    let card = fields.optional(
        card,
        AttrValue::Static("inference_component.copies_per_instance"),
        Words::field_copies_per_instance,
        Words::field_copies_per_instance_about,
        each.to_string().into(),
    );
    let card = match room(fields, each) {
        Some(sum) => card.with(of("p", "says").says(sum.into())),
        None => card,
    };
    let start: Line = (
        "inference_component.copy_start_s",
        Words::field_copy_start_s,
        Words::field_copy_start_s_about,
    );
    let card = fields.lines(card, &[start]);
    let of_copies = |warning: &Warning| {
        matches!(
            warning,
            Warning::NoRoomForCopies { .. } | Warning::InstancesStay { .. }
        )
    };
    let note = hosts.map(|hosts| {
        let count = |n: u32| words.integer(f64::from(n));
        let copies = words.copies(u64::from(each), &count(each));
        words.copies_note(&copies, &count(hosts.min), &count(hosts.max))
    });
    let fold = Fold {
        key: "hosts",
        colour: "--line2",
        title: AttrValue::Static(words.copies_title()),
        note: note.unwrap_or_default().into(),
        open: true,
        off: false,
        paths: &[
            "inference_component.ManagedInstanceScaling",
            "inference_component.SchedulingConfig",
            "inference_component.idle_release_s",
        ],
    };
    fields
        .warnings(card, &of_copies)
        .with(fold.around(fields, &|body| instances(fields, body)))
}

/// The sum that gives copies per instance, where they follow from what a copy needs.
fn room(fields: &Fields, each: u32) -> Option<String> {
    let given = &fields.scenario().inference_component;
    if given.copies_per_instance.is_some() {
        return None;
    }
    let instance = fields.outcome()?.compiled.resolved.instance;
    let needs = all_needs(&given.requirements, instance);
    if needs.is_empty() {
        return None;
    }
    fields.words().room(&needs, each)
}

/// Adds how instances follow copies.
fn instances(fields: &Fields, body: El) -> El {
    let scaling = "inference_component.ManagedInstanceScaling";
    let min: Line = (
        "inference_component.ManagedInstanceScaling.MinInstanceCount",
        Words::field_min_instances,
        Words::field_min_instances_about,
    );
    let max = (fields.outcome())
        .and_then(|outcome| outcome.compiled.plan.fleet.hosts)
        .map(|hosts| hosts.max.to_string());
    let pair = fields.optional(
        fields.lines(of("div", "pair"), &[min]),
        [scaling, ".MaxInstanceCount"].concat().into(),
        Words::field_max_instances,
        Words::field_max_instances_about,
        max.unwrap_or_default().into(),
    );
    let choice = |about: Say, names: &[&'static str]| More {
        about,
        choices: names.iter().map(|name| (*name, *name)).collect(),
        wide: true,
        ..More::default()
    };
    let body = fields.field(
        body.with(pair),
        AttrValue::Static("inference_component.SchedulingConfig.PlacementStrategy"),
        Words::field_placement,
        choice(Words::field_placement_about, &["SPREAD", "BINPACK"]),
    );
    let body = fields.field(
        body,
        [scaling, ".ScaleInPolicy.Strategy"].concat().into(),
        Words::field_scale_in_strategy,
        choice(
            Words::field_scale_in_strategy_about,
            &["IDLE_RELEASE", "CONSOLIDATION"],
        ),
    );
    let idle: Line = (
        "inference_component.idle_release_s",
        Words::field_idle_release_s,
        Words::field_idle_release_s_about,
    );
    let body = fields.lines(body, &[idle]);
    let strategy = fields
        .scenario()
        .inference_component
        .scaling
        .scale_in
        .strategy;
    if strategy == ScaleInStrategy::Consolidation {
        fields.lines(body, &CONSOLIDATION)
    } else {
        body
    }
}

/// The step that brings a first copy back, where copies scale: one failure is enough.
#[inline(never)]
pub fn waking(scenario: &Scenario, name: &str) -> Option<ScalingPolicy> {
    scenario.platform.is_component().then(|| ScalingPolicy {
        step_scaling: Some(Rare::from(StepScaling {
            cooldown: 60,
            ..StepScaling::default()
        })),
        alarm: Some(Rare::from(MetricAlarm {
            metric_name: MetricName::NoCapacityInvocationFailures,
            evaluation_periods: 1,
            ..MetricAlarm::default()
        })),
        ..ScalingPolicy::step(name)
    })
}
