//! What an inference component's form has: what a copy needs, how many fit on an instance, how instances follow copies.

use scenario::{
    compile::Warning,
    document::ScaleInStrategy,
    platform::{ScalableDimension, all_needs},
};
use words::Words;
use yew::prelude::*;

use super::{
    card::Fold,
    fields::{Fields, Line, More, Say},
};

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

/// Returns what a copy needs and how instances follow copies, where there are copies.
pub fn settings(fields: &Fields) -> Html {
    if fields.rules().scales == ScalableDimension::ComponentCopies {
        component_settings(fields)
    } else {
        Html::default()
    }
}

fn component_settings(fields: &Fields) -> Html {
    let words = fields.words();
    let need = |(path, label, about): Line| {
        let none = AttrValue::Static(words.field_none());
        fields.optional(AttrValue::Static(path), label, about, none)
    };
    let hosts = fields
        .outcome()
        .and_then(|outcome| outcome.compiled.plan.fleet.hosts);
    let each = hosts.map_or(1, |hosts| hosts.copies_per_instance);
    let copies = fields.optional(
        AttrValue::Static("inference_component.copies_per_instance"),
        Words::field_copies_per_instance,
        Words::field_copies_per_instance_about,
        each.to_string().into(),
    );
    let start: Line = (
        "inference_component.copy_start_s",
        Words::field_copy_start_s,
        Words::field_copy_start_s_about,
    );
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
    let problems = fields.problems(&[
        "inference_component.ManagedInstanceScaling",
        "inference_component.SchedulingConfig",
        "inference_component.idle_release_s",
    ]);
    html! {
        <>
            { for NEEDS.map(need) }
            { copies }
            if let Some(sum) = room(fields, each) {
                <p class="says">{ sum }</p>
            }
            { fields.lines(&[start]) }
            { fields.warnings(of_copies) }
            <Fold key="hosts" {words} title={words.copies_title()} note={note.unwrap_or_default()} open=true {problems}>
                { instances(fields) }
            </Fold>
        </>
    }
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

/// How instances follow copies.
fn instances(fields: &Fields) -> Html {
    let scaling = "inference_component.ManagedInstanceScaling";
    let min: Line = (
        "inference_component.ManagedInstanceScaling.MinInstanceCount",
        Words::field_min_instances,
        Words::field_min_instances_about,
    );
    let max = (fields.outcome())
        .and_then(|outcome| outcome.compiled.plan.fleet.hosts)
        .map(|hosts| hosts.max.to_string());
    let max = fields.optional(
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
    let placement = fields.field(
        AttrValue::Static("inference_component.SchedulingConfig.PlacementStrategy"),
        Words::field_placement,
        choice(Words::field_placement_about, &["SPREAD", "BINPACK"]),
    );
    let strategy = fields.field(
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
    let scale_in = &fields.scenario().inference_component.scaling.scale_in;
    html! {
        <>
            <div class="pair">{ fields.lines(&[min]) }{ max }</div>
            { placement }
            { strategy }
            { fields.lines(&[idle]) }
            if scale_in.strategy == ScaleInStrategy::Consolidation {
                { fields.lines(&CONSOLIDATION) }
            }
        </>
    }
}
