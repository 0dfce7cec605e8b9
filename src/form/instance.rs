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
    FormProps,
    card::{Card, Fold},
    component, credits, failure,
    fields::{More, is_of_list},
    serverless,
};
use crate::{page::Panel, state::Action};

/// Sections whose fields the card shows.
const SECTIONS: [Fixed; 7] = [
    Fixed::Instance,
    Fixed::CreditSpecification,
    Fixed::InferenceComponent,
    Fixed::ComputeResourceRequirements,
    Fixed::SchedulingConfig,
    Fixed::ManagedInstanceScaling,
    Fixed::ScaleInPolicy,
];

/// Fields that it shows beside them.
const BESIDE: [Field; 3] = [
    Scenario::platform,
    Scenario::availability_zones,
    Assumptions::status_check_s,
];

/// The card.
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
            { platform(form) }
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
        </Card>
    }
}

/// The card of a serverless endpoint, which has no machine.
pub fn serverless_card(form: &FormProps) -> Html {
    serverless::card(form, platform(form), serverless_times)
}

/// The choice of what serves the model.
fn platform(form: &FormProps) -> Html {
    form.wide(Scenario::platform)
}

/// How long provisioned concurrency takes to come and go.
fn serverless_times(form: &FormProps) -> Html {
    let fields = [
        Instance::launch_s,
        Instance::launch_to_s,
        Instance::removal_s,
    ];
    let problems = form.problems(|field| field.place == Place::Section(Fixed::Instance));
    coming_and_going(form, problems, form.rows(fields))
}

/// The machine as far as it is known, and its price.
fn known(scenario: &Scenario) -> (Option<&'static InstanceType>, Option<Price>) {
    let name = &scenario.instance.instance_type;
    if scenario.platform.rules().machines == Machines::SageMaker {
        let known = catalogue::find(name);
        return (known, known.and_then(|known| known.price.clone()));
    }
    known_ec2(name)
}

fn known_ec2(name: &str) -> (Option<&'static InstanceType>, Option<Price>) {
    let (known, price) = catalogue::find_ec2(name).unzip();
    (known, price.flatten())
}

/// What seldom differs from one endpoint to the next.
fn times(form: &FormProps) -> Html {
    let words = form.words;
    let of_copies = form.rules().scales == ScalableDimension::ComponentCopies;
    let resolved = form.outcome().map(|outcome| &outcome.compiled.resolved);
    let initial = resolved.map(|resolved| resolved.initial.to_string());
    let initial = More {
        label: of_copies.then(|| words.field_initial_copies()),
        about: of_copies.then(|| words.field_initial_copies_about()),
        automatic: Some(initial.unwrap_or_default().into()),
        ..More::default()
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

/// The fold of launch and removal times.
fn coming_and_going(form: &FormProps, problems: usize, times: Html) -> Html {
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

/// `4 vCPU · 8 GiB`.
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

/// `4 × A10G, 24 GiB`; empty without accelerators.
pub fn gpu(words: Words, known: &InstanceType) -> String {
    let Some(gpu) = &known.gpu else {
        return String::new();
    };
    let name = gpu.name.to_ascii_uppercase();
    match (gpu.count, gpu.memory_gib) {
        (0, _) => name,
        (count, Some(gib)) => format!(
            "{count} × {name}, {} {}",
            words.number(f64::from(gib), 0),
            words.unit_gib()
        ),
        (count, None) => format!("{count} × {name}"),
    }
}

/// Where the price comes from and of what date it is.
pub fn price_says(words: Words, own: bool, price: Option<&Price>) -> String {
    match price {
        _ if own => words.price_own().to_owned(),
        None => words.price_unknown().to_owned(),
        Some(Price {
            kind: PriceKind::Quoted,
            as_of,
            ..
        }) => words.price_quoted(as_of),
        Some(Price {
            kind: PriceKind::Estimate,
            as_of,
            ..
        }) => words.price_estimate(as_of),
        Some(Price {
            kind: PriceKind::OnDemand,
            as_of,
            ..
        }) => words.price_on_demand(as_of),
        Some(Price {
            kind: PriceKind::Own,
            ..
        }) => words.price_own().to_owned(),
    }
}
