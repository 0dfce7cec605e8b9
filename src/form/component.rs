//! What an inference component's form has: what a copy needs, how many fit on an instance, how instances follow copies.

use scenario::{
    compile::Warning,
    document::{
        ComputeResourceRequirements, InferenceComponent, ManagedInstanceScaling, ScaleInPolicy,
        ScaleInStrategy, SchedulingConfig,
    },
    field::{Fixed, Place},
    platform::{ScalableDimension, all_needs},
};
use yew::prelude::*;

use super::{FormProps, card::Fold};

/// Returns what a copy needs and how instances follow copies, where there are copies.
pub fn settings(form: &FormProps) -> Html {
    if form.rules().scales != ScalableDimension::ComponentCopies {
        return Html::default();
    }
    let words = form.words;
    let hosts = (form.outcome()).and_then(|outcome| outcome.compiled.plan.resource.hosts());
    let each = hosts.map_or(1, |hosts| hosts.copies_per_instance);
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
    let of_instances = [
        Fixed::ManagedInstanceScaling,
        Fixed::ScaleInPolicy,
        Fixed::SchedulingConfig,
    ];
    let problems = form.problems(|field| {
        field == InferenceComponent::idle_release_s
            || matches!(field.place, Place::Section(section) if of_instances.contains(&section))
    });
    html! {
        <>
            { form.rows([
                ComputeResourceRequirements::min_memory_mb,
                ComputeResourceRequirements::accelerators,
                ComputeResourceRequirements::cpu_cores,
            ]) }
            { form.automatic(InferenceComponent::copies_per_instance, each.to_string()) }
            if let Some(sum) = room(form, each) {
                <p class="says">{ sum }</p>
            }
            { form.row(InferenceComponent::copy_start_s) }
            { form.warnings(of_copies) }
            <Fold key="hosts" title={words.copies_title()} note={note.unwrap_or_default()} open=true {problems}>
                { instances(form, hosts.map(|hosts| hosts.max)) }
            </Fold>
        </>
    }
}

/// Returns the sum that gives copies per instance, where they follow from what a copy needs.
fn room(form: &FormProps, each: u32) -> Option<String> {
    let given = &form.scenario().inference_component;
    if given.copies_per_instance.is_some() {
        return None;
    }
    let instance = form.outcome()?.compiled.resolved.instance;
    let needs = all_needs(&given.requirements, instance);
    if needs.is_empty() {
        return None;
    }
    form.words.room(&needs, each)
}

/// Returns how instances follow copies; there are at most `max`.
fn instances(form: &FormProps, max: Option<u32>) -> Html {
    let max = max.map(|max| max.to_string()).unwrap_or_default();
    let scale_in = &form.scenario().inference_component.scaling.scale_in;
    html! {
        <>
            <div class="pair">
                { form.row(ManagedInstanceScaling::min_instances) }
                { form.automatic(ManagedInstanceScaling::max_instances, max) }
            </div>
            { form.wide(SchedulingConfig::placement) }
            { form.wide(ScaleInPolicy::strategy) }
            { form.row(InferenceComponent::idle_release_s) }
            if scale_in.strategy == ScaleInStrategy::Consolidation {
                { form.rows([ScaleInPolicy::cooldown_min, ScaleInPolicy::step]) }
            }
        </>
    }
}
