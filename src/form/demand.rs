//! Card: demand as layers that add up, over which days, in which time zone.

use std::rc::Rc;

use engine::demand::Timeline;
use scenario::{
    compile::{Warning, demand_preview},
    document::{Layer, Scenario},
    field::{Field, ItemId, List},
};
use yew::prelude::*;

use super::{
    FormProps,
    card::{Card, Fold},
    fields::is_of_list,
    item::ItemFold,
    layer::{KINDS, KindOfLayer, colour, of_layer, summary, title},
    row::truth,
    sparkline::{outline, sparkline},
};
use crate::{
    browser::dom,
    page::Panel,
    state::{Action, Item},
};

/// Fields of the first day, the length and the time zone.
const CALENDAR: [Field; 3] = [Scenario::start, Scenario::hours, Scenario::time_zone];

/// Id of the button that offers the kinds of layers.
const ADD: &str = "add-layer";

/// Lengths that are one click away, in hours.
const LENGTHS: [u32; 5] = [24, 48, 168, 720, 8760];

/// Demand at a glance.
#[derive(Debug, PartialEq)]
struct Glance {
    /// The points of the picture.
    outline: String,
    peak_rps: f64,
    /// It stays where it is in memory as long as a glance of it is kept.
    _demand: Timeline,
}

impl Glance {
    fn of(demand: Timeline) -> Self {
        let nodes = demand.nodes();
        Self {
            outline: outline(nodes),
            peak_rps: nodes.iter().fold(0.0, |peak: f64, node| peak.max(node.rps)),
            _demand: demand,
        }
    }
}

/// Returns demand at a glance. A year's has half a million nodes: it is looked at again only where it is another's, told by where
/// it is in memory; or, without a result, where what it would be made of has changed.
#[hook]
fn use_glance(form: &FormProps) -> Rc<Glance> {
    let scenario = form.scenario();
    let compiled = form.compiled_demand();
    let made_of = compiled.is_none().then(|| Scenario {
        demand: scenario.demand.clone(),
        start: scenario.start,
        hours: scenario.hours,
        time_zone: scenario.time_zone.clone(),
        seed: scenario.seed,
        ..Scenario::default()
    });
    let compiled = compiled.cloned();
    let place = compiled.as_ref().map(|demand| demand.nodes().as_ptr());
    use_memo((place, made_of), |(_, made_of)| {
        let preview = || made_of.as_ref().and_then(demand_preview);
        Glance::of(compiled.or_else(preview).unwrap_or_default())
    })
}

/// The card.
#[function_component]
pub fn DemandCard(form: &FormProps) -> Html {
    let words = form.words;
    let scenario = form.scenario();
    let on = &form.on;
    let offered = form.offers_layers;
    let glance = use_glance(form);
    let peak = glance.peak_rps;
    let label = words.sparkline_label(&words.significant(peak));
    let length = words.duration_short(f64::from(scenario.hours) * 3600.0);
    let note = AttrValue::from(words.card_demand_note(&length, &scenario.time_zone));
    let title = words.card_demand();
    let problems =
        form.problems(|field| is_of_list(field, List::Demand) || CALENDAR.contains(&field));
    html! {
        <Card {title} note={&note} {problems}>
            { sparkline(&glance.outline, Some(label)) }
            { form.warnings(|warning| *warning == Warning::NoDemand) }
            { calendar(form, note) }
            <div class="list">
                for (index, (id, layer)) in scenario.demand.numbered().enumerate() {
                    { layer_fold(form, index, id, layer) }
                }
            </div>
            <p class="adds">
                <button class="add" type="button" id={ADD} aria-expanded={truth(offered)} aria-controls="layer-kinds"
                    onclick={Action::OfferLayers(!offered).on_click(on)}>{ words.add_layer() }</button>
                { form.button(words.use_trace(), Action::Panel(Some(Panel::Trace))) }
            </p>
            <div class="chips" id="layer-kinds" hidden={!offered}>
                if offered {
                    for kind in &KINDS {
                        <button key={kind.name} class="chip" type="button" onclick={adds_layer(form, kind, peak)}>
                            { words.layer_kind(kind.name) }
                        </button>
                    }
                }
            </div>
        </Card>
    }
}

/// Returns a listener of clicks that adds a layer of a kind, at half of the peak there is.
fn adds_layer(form: &FormProps, kind: &KindOfLayer, peak: f64) -> Callback<MouseEvent> {
    let rate = if peak > 0.0 {
        (peak / 2.0).ceil()
    } else {
        10.0
    };
    let layer = Layer {
        shape: (kind.shape)(form.scenario(), rate),
        ..Layer::default()
    };
    let action = Action::Insert(Rc::new(Item::Layer(layer)));
    form.on.reform(move |_: MouseEvent| {
        // The kinds go, and must not take the focus along.
        dom::focus(ADD);
        action.clone()
    })
}

/// Returns the fold of first day, length and time zone.
fn calendar(form: &FormProps, note: AttrValue) -> Html {
    let words = form.words;
    let scenario = form.scenario();
    let chip = |hours: u32| {
        let text = hours.to_string();
        let onclick = Action::Type {
            field: Scenario::hours,
            text: text.clone(),
        }
        .on_click(&form.on);
        html! {
            <button key={text} class="chip" type="button" aria-pressed={truth(hours == scenario.hours)} {onclick}>
                { words.duration_short(f64::from(hours) * 3600.0) }
            </button>
        }
    };
    let problems = form.problems(|field| CALENDAR.contains(&field));
    html! {
        <Fold key="calendar" title={words.date_with_year(scenario.start)} {note} {problems}>
            { form.rows([Scenario::start, Scenario::hours]) }
            <div class="chips">{ for LENGTHS.map(chip) }</div>
            { form.wide(Scenario::time_zone) }
        </Fold>
    }
}

/// Returns a layer, folded.
fn layer_fold(form: &FormProps, index: usize, id: ItemId, layer: &Layer) -> Html {
    let words = form.words;
    let item = ItemFold {
        list: List::Demand,
        id,
        colour: colour(layer.shape.kind()),
        title: title(words, layer).into(),
        note: summary(words, id, layer),
    };
    item.around(form, layer.off, of_layer(form, index, id, layer))
}
