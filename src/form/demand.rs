//! Card: demand as layers that add up, over which days, in which time zone.

use std::rc::Rc;

use engine::demand::{Node, Timeline};
use scenario::{
    compile::{Warning, demand_preview},
    document::Layer,
};
use words::Words;
use yew::prelude::*;

use super::{
    card::{Card, Fold},
    field::truth,
    fields::{Fields, Line, More, nothing},
    layer::{KINDS, KindOfLayer, colour, fill, kind, kind_name, summary, title},
    quiet::Quiet,
    sparkline::sparkline,
};
use crate::{
    page::Panel,
    parts::{El, button, of},
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
pub const QUIET: Quiet = Quiet {
    card,
    paths: &["demand", "start", "hours", "time_zone"],
    same: |a, b| {
        a.demand == b.demand
            && a.start == b.start
            && a.hours == b.hours
            && a.time_zone == b.time_zone
    },
};

#[inline(never)]
fn card(fields: &Fields) -> El {
    let words = fields.words();
    let scenario = fields.scenario();
    let on = &fields.shown.on;
    let offered = fields.shown.offers_layers;

    let compiled = fields.shown.compiled_demand();
    let preview = compiled
        .is_none()
        .then(|| demand_preview(scenario))
        .flatten();
    let nodes: &[Node] = compiled
        .or(preview.as_ref())
        .map(Timeline::nodes)
        .unwrap_or_default();
    let peak = nodes.iter().fold(0.0, |peak: f64, node| peak.max(node.rps));
    let label = words.sparkline_label(&words.significant(peak));

    let toggle = Action::OfferLayers(!offered).on_click(on);
    let adds = of("p", "adds")
        .with(
            button("add", AttrValue::Static(words.add_layer()), toggle)
                .set("aria-expanded", truth(offered))
                .set("aria-controls", "layer-kinds"),
        )
        .with(button(
            "add",
            AttrValue::Static(words.use_trace()),
            Action::Panel(Some(Panel::Trace)).on_click(on),
        ));
    let kinds = of("div", "chips")
        .set("id", "layer-kinds")
        .flag("hidden", !offered);
    let kinds = if offered {
        each_kind(fields, kinds, peak)
    } else {
        kinds
    };
    let length = words.duration_short(f64::from(scenario.hours) * 3600.0);
    let note = AttrValue::from(words.card_demand_note(&length, &scenario.time_zone));
    let card = Card {
        title: words.card_demand(),
        note: note.clone(),
        open: true,
        paths: QUIET.paths,
    };
    let card = card.begin(fields).with(sparkline(nodes, label));
    fields
        .warnings(card, &|warning| *warning == Warning::NoDemand)
        .with(calendar(fields, note))
        .with(layers(fields))
        .with(adds)
        .with(kinds)
}

#[inline(never)]
fn each_kind(fields: &Fields, mut into: El, peak: f64) -> El {
    for kind in &KINDS {
        let name = AttrValue::Static(kind_name(fields.words(), kind.name));
        let adds = button("chip", name, adds_layer(fields, kind, peak));
        into = into.with(adds.key(kind.name));
    }
    into
}

/// Adds a layer of a kind, once clicked, at half of the peak there is.
fn adds_layer(fields: &Fields, kind: &'static KindOfLayer, peak: f64) -> Callback<MouseEvent> {
    let scenario = Rc::clone(&fields.shown.now.scenario);
    let on = fields.shown.on.clone();
    Callback::from(move |_: MouseEvent| {
        let rate = if peak > 0.0 {
            (peak / 2.0).ceil()
        } else {
            10.0
        };
        let layer = Layer {
            shape: (kind.shape)(&scenario, rate),
            ..Layer::default()
        };
        on.emit(Action::Insert(Rc::new(Item::Layer(layer))));
    })
}

/// Over which days, in which time zone.
fn calendar(fields: &Fields, note: AttrValue) -> El {
    let words = fields.words();
    let scenario = fields.scenario();
    let fold = Fold {
        key: "calendar",
        colour: "--line2",
        title: words.date_with_year(scenario.start).into(),
        note,
        open: false,
        off: false,
        paths: &["start", "hours", "time_zone"],
    };
    fold.around(fields, &|body| days(fields, body))
}

/// Adds the fields of the calendar.
#[inline(never)]
fn days(fields: &Fields, body: El) -> El {
    let words = fields.words();
    let mut lengths = of("div", "chips");
    for hours in LENGTHS {
        let chosen = hours == fields.scenario().hours;
        let text = hours.to_string();
        let says = words.duration_short(f64::from(hours) * 3600.0);
        let on_click = Action::Type {
            path: "hours".to_owned(),
            text: text.clone(),
        }
        .on_click(&fields.shown.on);
        let length = button("chip", says.into(), on_click)
            .key(&text)
            .set("aria-pressed", truth(chosen));
        lengths = lengths.with(length);
    }
    let zone = More {
        suggestions: Some("time-zones"),
        wide: true,
        about: Words::field_time_zone_about,
        ..More::default()
    };
    fields.field(
        fields.lines(body, &DAYS).with(lengths),
        AttrValue::Static("time_zone"),
        Words::field_time_zone,
        zone,
    )
}

fn layers(fields: &Fields) -> El {
    let words = fields.words();
    let ids = &fields.shown.now.ids;
    let mut layers = of("div", "list");
    for (index, id) in ids.of(List::Demand).iter().enumerate() {
        let Some(layer) = fields.scenario().demand.get(index) else {
            continue;
        };
        let fold = Fold {
            key: &id.to_string(),
            colour: colour(kind(&layer.shape)),
            title: title(words, layer).into(),
            note: summary(words, layer).into(),
            // A layer that is added opens; those there from the start do not.
            open: ids.is_added(*id),
            off: layer.off,
            paths: &[&List::Demand.item(index)],
        };
        layers = layers.with(fold.around(fields, &|body| fill(fields, body, index, layer)));
    }
    layers
}
