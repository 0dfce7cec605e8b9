//! Card: the machine, its price, and how long it takes to come and go.

use scenario::{
    catalogue::{self, InstanceType, Price, PriceKind},
    compile::Warning,
    document::{Assumptions, Instance, Scenario},
    field::{Field, Fixed, List, Place},
    platform::{Machines, ScalableDimension},
};
use words::Words;
use yew::prelude::*;

use super::{
    FormProps, capacity,
    card::{Card, Fold},
    component, credits, failure,
    fields::{RowOptions, is_of_list},
};
use crate::{page::Panel, state::Action};

/// Sections whose fields the card shows.
const SECTIONS: [Fixed; 9] = [
    Fixed::Instance,
    Fixed::CreditSpecification,
    Fixed::InferenceComponent,
    Fixed::ComputeResourceRequirements,
    Fixed::SchedulingConfig,
    Fixed::ManagedInstanceScaling,
    Fixed::ScaleInPolicy,
    Fixed::SlowInstance,
    Fixed::LaunchCapacity,
];

/// Fields that it shows beside them.
const BESIDE: [Field; 3] = [
    Scenario::platform,
    Scenario::availability_zones,
    Assumptions::status_check_s,
];

/// Returns the card.
pub fn card(form: &FormProps) -> Html {
    let words = form.words;
    let instance = &form.scenario().instance;
    let (known, price) = known(form.scenario());
    let price = price.as_ref();
    let own_price = price.map_or_else(|| "–".to_owned(), |price| price.usd_per_hour.to_string());
    let odd = |warning: &Warning| {
        matches!(
            warning,
            Warning::BurstableCannotScale { .. }
                | Warning::TargetAboveBaseline { .. }
                | Warning::TypeOfEc2 { .. }
                | Warning::AnswersTooLate { .. }
                | Warning::ConcurrencyLimits { .. }
        )
    };
    let on_panel = Action::Panel(Some(Panel::Picker)).on_click(&form.on);
    let title = words.card_instance();
    let note = known.map(|known| size(words, known)).unwrap_or_default();
    let problems = form.problems(|field| {
        BESIDE.contains(&field)
            || matches!(field.place, Place::Section(section) if SECTIONS.contains(&section))
            || is_of_list(field, List::Failures)
    });
    html! {
        <Card key={title} {title} {note} {problems}>
            { form.wide(Scenario::platform) }
            <div class="picker">
                { form.wide(Instance::instance_type) }
                <button class="b" type="button" onclick={on_panel}>{ words.picker_open() }</button>
            </div>
            { form.automatic(Instance::usd_per_hour, own_price) }
            <p class="says">{ price_says(words, instance.usd_per_hour.is_some(), price) }</p>
            { form.warnings(odd) }
            { credits::settings(form) }
            { form.row(Instance::launch_s) }
            { component::settings(form) }
            { times(form) }
            { failure::settings(form) }
            { capacity::settings(form) }
        </Card>
    }
}

/// Returns the machine as far as it is known, and its price.
fn known(scenario: &Scenario) -> (Option<&'static InstanceType>, Option<Price>) {
    let name = &scenario.instance.instance_type;
    if scenario.platform.rules().machines == Machines::SageMaker {
        let known = catalogue::find(name);
        return (known, known.and_then(|known| known.price.clone()));
    }
    let (known, price) = catalogue::find_ec2(name).unzip();
    (known, price.flatten())
}

/// Returns the fold of what seldom differs from one endpoint to the next: launch and removal times, and the number at the start.
fn times(form: &FormProps) -> Html {
    let words = form.words;
    let of_copies = form.rules().scales == ScalableDimension::ComponentCopies;
    let resolved = form.outcome().map(|outcome| &outcome.compiled.resolved);
    let initial = resolved.map(|resolved| resolved.initial.to_string());
    let initial = RowOptions {
        label: of_copies.then(|| words.field_initial_copies()),
        about: of_copies.then(|| words.field_initial_copies_about()),
        automatic: Some(initial.unwrap_or_default().into()),
        ..RowOptions::default()
    };
    let fields = [
        Instance::launch_to_s,
        Instance::removal_s,
        Instance::initial,
    ];
    let problems = form.problems(|field| fields.contains(&field));
    let times = html! {
        <>
            { form.rows([Instance::launch_to_s, Instance::removal_s]) }
            { form.row_with(Instance::initial, initial) }
        </>
    };
    coming_and_going(form, problems, times)
}

/// Returns the fold of launch and removal times.
pub fn coming_and_going(form: &FormProps, problems: usize, times: Html) -> Html {
    let words = form.words;
    let instance = &form.scenario().instance;
    let note = words.instance_times_note(
        &words.duration_short(instance.launch_s),
        &words.duration_short(instance.removal_s),
    );
    html! {
        <Fold key="times" title={words.instance_times()} {note} {problems}>{ times }</Fold>
    }
}

/// Returns the size of a machine: `4 vCPU · 8 GiB`.
pub fn size(words: Words, known: &InstanceType) -> String {
    let vcpu = known
        .vcpu
        .map_or_else(|| "?".to_owned(), |vcpu| vcpu.to_string());
    let memory = known
        .memory_gib
        .map_or_else(|| "?".to_owned(), |gib| words.number(f64::from(gib), 1));
    match &known.gpu {
        Some(_) => words.instance_size_gpu(&vcpu, &memory, &gpu(words, known)),
        None => words.instance_size(&vcpu, &memory),
    }
}

/// Returns the accelerators of a machine: `4 × A10G, 24 GiB`; empty without any.
pub fn gpu(words: Words, known: &InstanceType) -> String {
    let Some(gpu) = &known.gpu else {
        return String::new();
    };
    let name = gpu.name.to_ascii_uppercase();
    match (gpu.count, gpu.memory_gib) {
        (0, _) => name,
        (count, Some(gib)) => format!(
            "{count} × {name}, {}\u{a0}{}",
            words.number(f64::from(gib), 0),
            words.unit_gib()
        ),
        (count, None) => format!("{count} × {name}"),
    }
}

/// Returns where the price comes from and of what date it is.
pub fn price_says(words: Words, own: bool, price: Option<&Price>) -> String {
    let Some(Price { kind, as_of, .. }) = price.filter(|_| !own) else {
        return if own {
            words.price_own()
        } else {
            words.price_unknown()
        }
        .to_owned();
    };
    match kind {
        PriceKind::Quoted => words.price_quoted(as_of),
        PriceKind::Estimate => words.price_estimate(as_of),
        PriceKind::OnDemand => words.price_on_demand(as_of),
        PriceKind::Own => words.price_own().to_owned(),
    }
}
