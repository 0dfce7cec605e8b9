//! All charts on one time axis: what they show, and what pointer, wheel and keys do on them.
//!
//! Moving the cross-hair moves elements above the canvases; a canvas is drawn anew only when its picture changes.

mod brush;
mod canvas;
mod figure;
mod gesture;
mod keys;
mod legend;
mod paint;
mod size;
pub mod speech;
mod table;
mod ticks;
mod tooltip;
mod wheel;

use std::rc::Rc;

use chart::{Kind, Summary, Thresholds, Window, cursor};
use wasm_bindgen::JsCast;
use web_sys::Element;
use words::Words;
use yew::prelude::*;

use self::{
    brush::Brush,
    figure::{Figure, Handlers, Slider},
    gesture::{Act, At, Gesture},
    keys::{Asked, Stand, asked, step_s},
    paint::use_paint,
    table::DataTable,
    wheel::use_wheel,
};
use super::Move;
use crate::{
    outcome::Outcome,
    parts::{button, el, of},
};

/// Below this width of the plot the charts are drawn for a phone.
const NARROW_PX: f64 = 520.0;

/// The charts, from top to bottom.
const KINDS: [Kind; 4] = [Kind::Capacity, Kind::Instances, Kind::Metric, Kind::Latency];

/// The summary of one of [`KINDS`].
fn said_of(summaries: &[AttrValue; 4], kind: Kind) -> AttrValue {
    let found = KINDS.iter().zip(summaries).find(|(of, _)| **of == kind);
    found.map_or_else(AttrValue::default, |(_, said)| said.clone())
}

#[derive(Properties, PartialEq)]
pub struct ChartsProps {
    pub outcome: Rc<Outcome>,
    pub words: Words,
    pub window: Window,
    pub cursor_s: Option<f64>,
    pub on_move: Callback<Move>,
    pub on_window: Callback<Window>,
    pub theme_epoch: u32,
}

/// The first policy's thresholds.
fn thresholds(outcome: &Outcome) -> Option<Thresholds> {
    let plan = &outcome.compiled.plan;
    let policy = plan.target_tracking.first()?;
    Some(Thresholds {
        high: policy.target,
        low: policy.target * plan.assumptions.alarm_low_factor,
    })
}

fn height_px(kind: Kind, narrow: bool) -> f64 {
    match kind {
        Kind::Capacity if narrow => 220.0,
        Kind::Capacity => 264.0,
        Kind::Instances => 104.0,
        Kind::Metric => 124.0,
        Kind::Latency => 116.0,
        Kind::Overview => 44.0,
    }
}

/// The plot that a pointer is over, or that captured it. (Yew listens at the root: `current_target` is not it.)
fn pad(event: &PointerEvent) -> Option<Element> {
    event
        .target()?
        .dyn_into::<Element>()
        .ok()?
        .closest(".pad")
        .ok()?
}

/// A pointer's place on its plot.
fn at(event: &PointerEvent) -> Option<At> {
    let rect = pad(event)?.get_bounding_client_rect();
    let width_px = rect.width().max(1.0);
    let share = (f64::from(event.client_x()) - rect.left()) / width_px;
    Some(At {
        id: event.pointer_id(),
        share,
        width_px,
    })
}

#[function_component]
pub fn Charts(props: &ChartsProps) -> Html {
    let ChartsProps {
        outcome,
        words,
        window,
        cursor_s,
        on_move,
        on_window,
        ..
    } = props;
    let (words, window, cursor_s) = (*words, *window, *cursor_s);
    let compiled = &outcome.compiled;
    let length_s = f64::from(compiled.plan.length_s);
    let period_s = f64::from(outcome.run.period_s.max(1));

    let paint = use_paint(outcome, words, window, props.theme_epoch);
    let width_px = paint.plot_width_px();
    let narrow = width_px < NARROW_PX;
    let grid_s = step_s(window, width_px, period_s);
    let snap = move |at_s: f64| ((at_s / grid_s).round() * grid_s).clamp(0.0, length_s);

    let numbers = use_memo((Rc::clone(outcome), window), |(outcome, window)| {
        Summary::new(&outcome.run, *window, thresholds(outcome).map(|t| t.high))
    });
    let summaries = {
        let numbers = Rc::clone(&numbers);
        let when = (Rc::clone(outcome), words, window);
        use_memo(when, move |(outcome, words, window)| {
            KINDS.map(|kind| {
                let said = speech::summary(kind, *words, outcome, *window, &numbers);
                AttrValue::from(said)
            })
        })
    };
    let gesture = use_mut_ref(Gesture::default);
    let band = use_state_eq(|| None::<(f64, f64)>);

    let act = {
        let (on_move, on_window, band) = (on_move.clone(), on_window.clone(), band.setter());
        Rc::new(move |act: Act| match act {
            Act::Nothing => {}
            Act::Hover(at_s) => {
                band.set(None);
                on_move.emit(Move::Hover(snap(at_s)));
            }
            Act::Pin(at_s) => {
                band.set(None);
                on_move.emit(Move::Pin(snap(at_s)));
            }
            Act::Select(from_s, to_s) => {
                band.set(Some((from_s, to_s)));
                on_move.emit(Move::Hover(snap(to_s)));
            }
            Act::Show(window) => {
                band.set(None);
                on_window.emit(window);
            }
        })
    };
    let pointer = |answer: fn(&mut Gesture, At, &PointerEvent, Window, f64) -> Act| {
        let (gesture, act) = (Rc::clone(&gesture), Rc::clone(&act));
        Callback::from(move |event: PointerEvent| {
            if let Some(at) = at(&event) {
                let what = answer(&mut gesture.borrow_mut(), at, &event, window, length_s);
                act(what);
            }
        })
    };
    let handlers = Handlers {
        down: pointer(|gesture, at, event, window, _| {
            if event.button() != 0 {
                return Act::Nothing;
            }
            let touch = event.pointer_type() == "touch";
            if !touch && let Some(pad) = pad(event) {
                // Without capture a drag ends at the plot's edge, no more.
                let _ = pad.set_pointer_capture(event.pointer_id());
            }
            gesture.down(at, touch, event.shift_key(), window)
        }),
        moved: pointer(|gesture, at, _, window, length_s| gesture.moved(at, window, length_s)),
        up: pointer(|gesture, at, _, window, length_s| gesture.up(at, window, length_s)),
        cancel: pointer(|gesture, _, _, _, _| {
            gesture.cancel();
            Act::Nothing
        }),
        leave: {
            let on_move = on_move.clone();
            Callback::from(move |event: PointerEvent| {
                if event.pointer_type() != "touch" {
                    on_move.emit(Move::Leave);
                }
            })
        },
        double: on_window.reform(move |_: MouseEvent| Window::whole(length_s)),
        key: {
            let (on_move, on_window) = (on_move.clone(), on_window.clone());
            let stand = Stand {
                window,
                cursor_s,
                length_s,
                step_s: grid_s,
            };
            Callback::from(move |event: KeyboardEvent| {
                if event.ctrl_key() || event.meta_key() || event.alt_key() {
                    return;
                }
                let Some(asked) = asked(&event.key(), event.shift_key(), stand) else {
                    return;
                };
                event.prevent_default();
                match asked {
                    Asked::Pin(at_s) => {
                        on_window.emit(window.reach(snap(at_s), length_s));
                        on_move.emit(Move::Pin(snap(at_s)));
                    }
                    Asked::Clear => on_move.emit(Move::Clear),
                    Asked::Show(window) => on_window.emit(window),
                    Asked::Nearest(at_s) => on_move.emit(Move::Nearest(at_s)),
                }
            })
        },
    };
    use_wheel(&paint.stack, window, length_s, on_window);

    let reading = cursor_s.and_then(|at_s| cursor::read(&outcome.run, at_s));
    let share = |at_s: f64| (at_s - window.from_s) / window.span_s();
    let cursor_share = cursor_s.filter(|at_s| window.contains(*at_s)).map(share);
    let thresholds = thresholds(outcome);
    let max_rps = compiled.plan.service.max_rps;
    let waits = use_memo(Rc::clone(outcome), |outcome| {
        let series = &outcome.run.series;
        series
            .demand_rps
            .iter()
            .zip(&series.capacity_rps)
            .any(|(demand, capacity)| *demand > capacity * 1.001)
    });
    let figure = |kind: Kind, unit: &'static str, canvas: &NodeRef| {
        let title = speech::title(kind, words);
        let said = cursor_s.zip(reading.as_ref()).map_or_else(
            || words.chart_no_cursor().to_owned(),
            |(at_s, reading)| speech::reading(kind, words, &compiled.clock, at_s, max_rps, reading),
        );
        let tip = match (kind, cursor_s, cursor_share, &reading) {
            (Kind::Capacity, Some(at_s), Some(share), Some(reading)) => {
                let time = speech::moment(words, &compiled.clock, at_s);
                tooltip::tooltip(words, time, share, max_rps, reading)
            }
            _ => html! {},
        };
        let mut items = legend::items(kind, words, thresholds, reading.as_ref());
        if kind == Kind::Capacity {
            legend::keep(&mut items, *waits, outcome.report.failed > 0.0);
        }
        Figure {
            kind,
            title,
            unit,
            legend: legend::legend(items),
            summary: said_of(&summaries, kind),
            canvas,
            height_px: height_px(kind, narrow),
            cursor_share,
            band: band.map(|(from_s, to_s)| (share(from_s), share(to_s))),
            slider: Slider {
                name: words.chart_cursor(title),
                now_s: cursor_s.unwrap_or(window.from_s),
                length_s,
                said,
            },
            tip,
            handlers: &handlers,
            table: html! { <DataTable {kind} outcome={outcome} {words} {window} /> },
        }
        .view()
    };
    let zoom = |factor: f64| {
        let around_s = cursor_s.unwrap_or_else(|| f64::midpoint(window.from_s, window.to_s));
        on_window.reform(move |_: MouseEvent| window.zoom(factor, around_s, length_s))
    };
    let whole = window.is_whole(length_s);
    let stretch = words.value_range(
        &speech::minute(words, &compiled.clock, window.from_s),
        &speech::minute(words, &compiled.clock, window.to_s),
    );
    let step = |says: &'static str, name: &'static str, factor: f64| {
        button("", AttrValue::Static(says), zoom(factor))
            .set("aria-label", name)
            .set("title", name)
    };
    let zooms = of("span", "zoom")
        .with(
            step("−", words.chart_zoom_out(), 2.0)
                .flag("disabled", whole)
                .html(),
        )
        .with(step("+", words.chart_zoom_in(), 0.5).html())
        .with(
            button(
                "",
                AttrValue::Static(words.chart_zoom_reset()),
                handlers.double.clone(),
            )
            .flag("disabled", whole)
            .html(),
        );
    let head = of("div", "ch-head")
        .with(el("h3").tells(words.chart_overview()).html())
        .with(of("span", "stretch").says(stretch.into()).html())
        .with(zooms.html());
    let hint = of("details", "data")
        .with(el("summary").tells(words.chart_help_title()).html())
        .with(el("p").tells(words.chart_help()).html());
    let height_px = height_px(Kind::Overview, narrow);
    let canvas = paint.overview.clone();
    let overview = of("div", "ch overview")
        .with(head.html())
        .with(html! { <Brush {words} {outcome} {window} {length_s} {canvas} {height_px} {on_window} /> })
        .with(hint.html());
    of("div", "charts")
        .node(&paint.stack)
        .with(canvas::swatches(&paint.swatches))
        .with(figure(
            Kind::Capacity,
            words.chart_unit_rps(),
            &paint.capacity,
        ))
        .with(figure(Kind::Instances, "", &paint.instances))
        .with(figure(
            Kind::Metric,
            words.chart_unit_per_minute(),
            &paint.metric,
        ))
        .with(figure(
            Kind::Latency,
            words.chart_unit_ms_log(),
            &paint.latency,
        ))
        .with(overview.html())
        .html()
}
