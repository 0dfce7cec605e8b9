//! Card: the machine, its price, and how long it takes to come and go.

use scenario::{
    catalogue::{InstanceType, Price, PriceKind},
    compile::Warning,
};
use words::Words;
use yew::prelude::*;

use super::{
    card::{Card, Fold, count},
    fields::{Fields, More},
};
use crate::page::Panel;

/// The card.
pub fn card(fields: &Fields, on_panel: &Callback<Panel>) -> Html {
    let words = fields.words();
    let compiled = fields
        .shown
        .outcome
        .as_deref()
        .map(|outcome| &outcome.compiled);
    let known = scenario::catalogue::find(&fields.scenario().instance.instance_type);
    let catalogue_price = known.and_then(|known| known.price.as_ref());
    let automatic =
        catalogue_price.map_or_else(|| "–".to_owned(), |price| price.usd_per_hour.to_string());
    let initial = compiled
        .map(|compiled| compiled.resolved.initial.to_string())
        .unwrap_or_default();
    let own = fields.scenario().instance.usd_per_hour.is_some();
    let instance_type = More {
        wide: true,
        suggestions: Some("instance-types"),
        about: words.field_instance_type_about(),
        ..More::default()
    };
    let launch = words.duration_short(fields.scenario().instance.launch_s);
    let times = html! {<>
        { fields.optional("instance.launch_to_s", words.field_launch_to_s(), words.field_launch_to_s_about(), words.field_none().to_owned()) }
        { fields.plain("instance.removal_s", words.field_removal_s(), words.field_removal_s_about()) }
        { fields.optional("instance.initial", words.field_initial(), words.field_initial_about(), initial) }
    </>};
    let folded = [
        "instance.launch_to_s",
        "instance.removal_s",
        "instance.initial",
    ];
    let body = html! {<>
        <div class="picker">
            { fields.field("instance.type", words.field_instance_type(), instance_type) }
            <button type="button" class="b" onclick={on_panel.reform(|_| Panel::Picker)}>{ words.picker_open() }</button>
        </div>
        { fields.optional("instance.usd_per_hour", words.field_price(), words.price_region(), automatic) }
        <p class="says">{ price_says(words, own, catalogue_price) }</p>
        { fields.warnings(|warning| matches!(warning, Warning::BurstableCannotScale { .. })) }
        { fields.plain("instance.launch_s", words.field_launch_s(), words.field_launch_s_about()) }
        <Fold colour="--line2" title={words.instance_times()} note={words.instance_times_note(&launch, &words.duration_short(fields.scenario().instance.removal_s))}
            mark={count(fields, fields.problems(&folded))}>{ times }</Fold>
    </>};
    let card = Card {
        title: words.card_instance(),
        note: known.map(|known| size(words, known)).unwrap_or_default(),
        open: true,
        paths: &["instance"],
    };
    card.around(fields, body)
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

/// `4 × a10g, 24 GiB`; empty without accelerators.
pub fn gpu(words: Words, known: &InstanceType) -> String {
    let Some(gpu) = &known.gpu else {
        return String::new();
    };
    let name = gpu.name.to_uppercase();
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
