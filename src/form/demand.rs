//! Card: demand as layers that add up, over which days, in which time zone.

use std::rc::Rc;

use engine::demand::Timeline;
use scenario::{
    compile::{Warning, demand_preview},
    document::Layer,
};
use words::Words;
use yew::prelude::*;

use super::{
    card::{Card, Fold},
    fields::{Fields, Line, More, nothing},
    layer::{KINDS, KindOfLayer, colour, kind, kind_name, of_layer, summary, title},
    row::truth,
    sparkline::{Sparkline, peak_rps},
};
use crate::{
    page::Panel,
    state::{Action, Item},
    typed::List,
};

const DAYS: [Line; 2] = [
    ("start", Words::field_start, nothing),
    ("hours", Words::field_length, nothing),
];

/// Lengths that are one click away, in hours.
const LENGTHS: [u32; 5] = [24, 48, 168, 720, 8760];

/// The card.
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let scenario = fields.scenario();
    let on = &fields.shown.on;
    let offered = fields.shown.offers_layers;

    let compiled = fields.shown.compiled_demand().cloned();
    let demand = compiled
        .or_else(|| demand_preview(scenario))
        .unwrap_or_default();
    let length = words.duration_short(f64::from(scenario.hours) * 3600.0);
    let note = AttrValue::from(words.card_demand_note(&length, &scenario.time_zone));
    let title = words.card_demand();
    let problems = fields.problems(&["demand", "start", "hours", "time_zone"]);
    html! {
        <Card key={title} {words} {title} note={&note} {problems}>
            <Sparkline {words} demand={demand.clone()} />
            { fields.warnings(|warning| *warning == Warning::NoDemand) }
            { calendar(fields, note) }
            <div class="list">
                for (index, (id, layer)) in fields.items(List::Demand).zip(&scenario.demand).enumerate() {
                    { layer_fold(fields, index, id, layer) }
                }
            </div>
            <p class="adds">
                <button class="add" type="button" aria-expanded={truth(offered)} aria-controls="layer-kinds"
                    onclick={Action::OfferLayers(!offered).on_click(on)}>{ words.add_layer() }</button>
                <button class="add" type="button" onclick={Action::Panel(Some(Panel::Trace)).on_click(on)}>{ words.use_trace() }</button>
            </p>
            <div class="chips" id="layer-kinds" hidden={!offered}>
                if offered {
                    for kind in &KINDS {
                        <button key={kind.name} class="chip" type="button" onclick={adds_layer(fields, kind, &demand)}>
                            { kind_name(words, kind.name) }
                        </button>
                    }
                }
            </div>
        </Card>
    }
}

/// Adds a layer of a kind, once clicked, at half of the peak there is.
fn adds_layer(
    fields: &Fields,
    kind: &'static KindOfLayer,
    demand: &Timeline,
) -> Callback<MouseEvent> {
    let scenario = Rc::clone(&fields.shown.now.scenario);
    let demand = demand.clone();
    fields.shown.on.reform(move |_: MouseEvent| {
        let peak = peak_rps(&demand);
        let rate = if peak > 0.0 {
            (peak / 2.0).ceil()
        } else {
            10.0
        };
        let layer = Layer {
            shape: (kind.shape)(&scenario, rate),
            ..Layer::default()
        };
        Action::Insert(Rc::new(Item::Layer(layer)))
    })
}

/// Over which days, in which time zone.
fn calendar(fields: &Fields, note: AttrValue) -> Html {
    let words = fields.words();
    let scenario = fields.scenario();
    let zone = More {
        suggestions: Some("time-zones"),
        wide: true,
        about: Words::field_time_zone_about,
        ..More::default()
    };
    let chip = |hours: u32| {
        let text = hours.to_string();
        let onclick = Action::Type {
            path: "hours".to_owned(),
            text: text.clone(),
        }
        .on_click(&fields.shown.on);
        html! {
            <button key={text} class="chip" type="button" aria-pressed={truth(hours == scenario.hours)} {onclick}>
                { words.duration_short(f64::from(hours) * 3600.0) }
            </button>
        }
    };
    let problems = fields.problems(&["start", "hours", "time_zone"]);
    html! {
        <Fold key="calendar" {words} title={words.date_with_year(scenario.start)} {note} {problems}>
            { fields.lines(&DAYS) }
            <div class="chips">{ for LENGTHS.map(chip) }</div>
            { fields.field(AttrValue::Static("time_zone"), Words::field_time_zone, zone) }
        </Fold>
    }
}

/// A layer, folded. One that is added opens; those there from the start do not.
fn layer_fold(fields: &Fields, index: usize, id: u32, layer: &Layer) -> Html {
    let words = fields.words();
    let item = List::Demand.item(index);
    html! {
        <Fold key={id} {words} colour={colour(kind(&layer.shape))} title={title(words, layer)} note={summary(words, layer)}
            open={fields.is_added(id)} off={layer.off} problems={fields.problems(&[&item])} warnings={fields.odd(&item)}>
            { of_layer(fields, index, layer) }
        </Fold>
    }
}
