//! Card: the machine, its price, and how long it takes to come and go.

use scenario::{
    catalogue::{self, InstanceType, Price, PriceKind},
    compile::Warning,
    document::{Platform, Scenario},
    platform::{Machines, ScalableDimension},
};
use words::{Words, platform_texts};
use yew::prelude::*;

use super::{
    card::{Card, Fold},
    component, credits, failure,
    fields::{Fields, Line, More, Say},
    serverless,
};
use crate::{outcome::Outcome, page::Panel, state::Action};

const LAUNCH: Line = (
    "instance.launch_s",
    Words::field_launch_s,
    Words::field_launch_s_about,
);
const REMOVAL: Line = (
    "instance.removal_s",
    Words::field_removal_s,
    Words::field_removal_s_about,
);

/// The card.
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let instance = &fields.scenario().instance;
    let (known, price) = known(fields.scenario());
    let price = price.as_ref();
    let automatic = price.map_or(AttrValue::Static("–"), |price| {
        price.usd_per_hour.to_string().into()
    });
    let instance_type = fields.field(
        AttrValue::Static("instance.type"),
        Words::field_instance_type,
        More {
            wide: true,
            suggestions: (fields.rules().machines == Machines::SageMaker)
                .then_some("instance-types"),
            about: Words::field_instance_type_about,
            ..More::default()
        },
    );
    let own_price = fields.optional(
        AttrValue::Static("instance.usd_per_hour"),
        Words::field_price,
        Words::price_region,
        automatic,
    );
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
    let on_panel = Action::Panel(Some(Panel::Picker)).on_click(&fields.shown.on);
    let title = words.card_instance();
    let note = known.map(|known| size(words, known)).unwrap_or_default();
    let problems = fields.problems(&[
        "platform",
        "instance",
        "inference_component",
        "failures",
        "availability_zones",
        "assumptions.status_check_s",
    ]);
    html! {
        <Card key={title} {words} {title} {note} {problems}>
            { platform(fields) }
            <div class="picker">
                { instance_type }
                <button class="b" type="button" onclick={on_panel}>{ words.picker_open() }</button>
            </div>
            { own_price }
            <p class="says">{ price_says(words, instance.usd_per_hour.is_some(), price) }</p>
            { fields.warnings(odd) }
            { credits::settings(fields) }
            { fields.lines(&[LAUNCH]) }
            { component::settings(fields) }
            { times(fields) }
            { failure::settings(fields) }
        </Card>
    }
}

/// The card of a serverless endpoint, which has no machine.
pub fn serverless_card(fields: &Fields) -> Html {
    serverless::card(fields, platform(fields), serverless_times)
}

/// The choice of what serves the model.
fn platform(fields: &Fields) -> Html {
    let words = fields.words();
    let platform = More {
        wide: true,
        choices: (Platform::ALL.iter())
            .map(|it| (it.name(), (platform_texts(*it).name)(words)))
            .collect(),
        about: Words::field_platform_about,
        ..More::default()
    };
    let path = AttrValue::Static("platform");
    fields.field(path, Words::field_platform, platform)
}

/// How long provisioned concurrency takes to come and go.
fn serverless_times(fields: &Fields) -> Html {
    let times = html! {
        <>{ fields.lines(&[LAUNCH]) }{ longest_launch(fields) }{ fields.lines(&[REMOVAL]) }</>
    };
    coming_and_going(fields, &["instance."], times)
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
fn times(fields: &Fields) -> Html {
    let (label, about): (Say, Say) = if fields.rules().scales == ScalableDimension::ComponentCopies
    {
        (
            Words::field_initial_copies,
            Words::field_initial_copies_about,
        )
    } else {
        (Words::field_initial, Words::field_initial_about)
    };
    let paths = [
        "instance.launch_to_s",
        "instance.removal_s",
        "instance.initial",
    ];
    let initial = fields.optional(
        AttrValue::Static("instance.initial"),
        label,
        about,
        initial(fields.outcome()).into(),
    );
    let times = html! { <>{ longest_launch(fields) }{ fields.lines(&[REMOVAL]) }{ initial }</> };
    coming_and_going(fields, &paths, times)
}

/// The fold of launch and removal times.
fn coming_and_going(fields: &Fields, paths: &[&str], times: Html) -> Html {
    let words = fields.words();
    let instance = &fields.scenario().instance;
    let note = words.instance_times_note(
        &words.duration_short(instance.launch_s),
        &words.duration_short(instance.removal_s),
    );
    html! {
        <Fold key="times" {words} title={words.instance_times()} {note} problems={fields.problems(paths)}>{ times }</Fold>
    }
}

/// The longest launch, where launches take longer or shorter.
fn longest_launch(fields: &Fields) -> Html {
    fields.optional(
        AttrValue::Static("instance.launch_to_s"),
        Words::field_launch_to_s,
        Words::field_launch_to_s_about,
        AttrValue::Static(fields.words().field_none()),
    )
}

/// How many instances the run begins with unless told.
fn initial(outcome: Option<&Outcome>) -> String {
    outcome
        .map(|outcome| outcome.compiled.resolved.initial.to_string())
        .unwrap_or_default()
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
