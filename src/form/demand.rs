//! Card: demand as layers that add up, over which days, in which time zone.

use scenario::{
    compile::{Warning, demand_preview},
    document::Layer,
};
use yew::prelude::*;

use super::{
    card::{Card, Fold, count},
    fields::{Fields, More, Shown},
    layer::{KINDS, body, colour, kind, kind_name, summary, title},
    sparkline::sparkline,
};
use crate::{
    page::Panel,
    state::{Action, Item},
    typed::List,
};

/// What the card needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DemandProps {
    /// What the form shows.
    pub shown: Shown,
    /// Opens a dialog.
    pub on_panel: Callback<Panel>,
}

/// Lengths that are one click away, in hours.
const LENGTHS: [u32; 5] = [24, 48, 168, 720, 8760];

/// The card.
#[function_component]
pub fn Demand(DemandProps { shown, on_panel }: &DemandProps) -> Html {
    let fields = &Fields::new(shown);
    let words = fields.words();
    let scenario = fields.scenario();
    let menu = use_state(|| false);
    // A layer that is added opens; those there from the start do not.
    let opens_from = use_state(|| usize::MAX);

    let preview = demand_preview(scenario);
    let nodes = preview
        .as_ref()
        .map(|timeline| timeline.nodes())
        .unwrap_or_default();
    let peak = nodes.iter().fold(0.0, |peak: f64, node| peak.max(node.rps));
    let label = words.sparkline_label(&words.significant(peak));

    let length = words.duration_short(f64::from(scenario.hours) * 3600.0);
    let layers = shown
        .now
        .ids
        .of(List::Demand)
        .iter()
        .zip(&scenario.demand)
        .enumerate();
    let layers = layers.map(|(index, (id, layer))| {
        let kind = kind(&layer.shape);
        html! {
            <Fold key={id.to_string()} colour={colour(kind)} title={title(words, layer)} note={summary(words, layer)}
                off={layer.off} open={index >= *opens_from} mark={count(fields, fields.problems(&[&List::Demand.item(index)]))}>
                { body(fields, index, layer) }
            </Fold>
        }
    });

    let toggle = {
        let menu = menu.clone();
        Callback::from(move |_: MouseEvent| menu.set(!*menu))
    };
    let rate = if peak > 0.0 {
        (peak / 2.0).ceil()
    } else {
        10.0
    };
    let kinds = KINDS.iter().map(|offered| {
        let layer = Layer { shape: (offered.shape)(scenario, rate), ..Layer::default() };
        let (menu, opens_from, on, len) = (menu.clone(), opens_from.clone(), shown.on.clone(), scenario.demand.len());
        let onclick = Callback::from(move |_: MouseEvent| {
            menu.set(false);
            opens_from.set(len);
            on.emit(Action::Insert(Item::Layer(layer.clone())));
        });
        html! { <button key={offered.name} type="button" class="chip" {onclick}>{ kind_name(words, offered.name) }</button> }
    });
    let lengths = LENGTHS.iter().map(|hours| {
        let on = *hours == scenario.hours;
        let text = hours.to_string();
        let onclick = shown.on.reform(move |_: MouseEvent| Action::Type {
            path: "hours".to_owned(),
            text: text.clone(),
        });
        html! {
            <button key={*hours} type="button" class="chip" aria-pressed={on.to_string()} {onclick}>
                { words.duration_short(f64::from(*hours) * 3600.0) }
            </button>
        }
    });
    let zone = More {
        suggestions: Some("time-zones"),
        wide: true,
        about: words.field_time_zone_about(),
        ..More::default()
    };
    let calendar = count(fields, fields.problems(&["start", "hours", "time_zone"]));
    let content = html! {<>
        { sparkline(nodes, label) }
        { fields.warnings(|warning| *warning == Warning::NoDemand) }
        <Fold key="calendar" colour="--line2" title={words.date_with_year(scenario.start)}
            note={words.card_demand_note(&length, &scenario.time_zone)} mark={calendar}>
            { fields.plain("start", words.field_start(), "") }
            { fields.plain("hours", words.field_length(), "") }
            <div class="chips">{ for lengths }</div>
            { fields.field("time_zone", words.field_time_zone(), zone) }
        </Fold>
        <div class="list">{ for layers }</div>
        <p class="adds">
            <button type="button" class="add" aria-expanded={menu.to_string()} aria-controls="layer-kinds" onclick={toggle}>{ words.add_layer() }</button>
            <button type="button" class="add" onclick={on_panel.reform(|_| Panel::Trace)}>{ words.use_trace() }</button>
        </p>
        <div class="chips" id="layer-kinds" hidden={!*menu}>{ for kinds }</div>
    </>};
    let card = Card {
        title: words.card_demand(),
        note: words.card_demand_note(&length, &scenario.time_zone),
        open: true,
        paths: &["demand", "start", "hours", "time_zone"],
    };
    card.around(fields, content)
}
