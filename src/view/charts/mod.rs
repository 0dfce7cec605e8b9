//! All charts on one time axis, as elements. What pointer, wheel and keys do on them stands in `hear`.
//!
//! Moving the cross-hair moves elements above the canvases; a canvas is drawn anew only when its picture changes.

mod brush;
mod canvas;
mod desk;
mod figure;
mod gesture;
mod hear;
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

use chart::{Kind, OwnAlarm, Summary, Thresholds, Window, cursor};
use engine::plan::{Comparison, Plan};
use words::Words;
use yew::prelude::*;

use self::desk::{Ask, Desk, Now, asks};
use self::{
    brush::Drag,
    figure::{Figure, px},
    gesture::Gesture,
    hear::listen,
    paint::{Painted, paint, paint_soon},
    size::Size,
};
use crate::{
    outcome::Outcome,
    parts::{El, button, el, of},
    state::Action,
};

/// What the charts are made from, and whom they tell.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChartsProps {
    /// The outcome that is drawn.
    pub outcome: Rc<Outcome>,
    /// Language.
    pub words: Words,
    /// The stretch of the run that is shown.
    pub window: Window,
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// Changes whenever colours did, after the page wears the new ones.
    pub theme_epoch: u32,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Pins the cross-hair, and brings it into the window.
    pub on_go: Callback<f64>,
}

/// All charts, the strip with the whole run below them.
#[function_component]
pub fn Charts(props: &ChartsProps) -> Html {
    let again = use_force_update();
    let desk = use_memo((), |()| Desk::new(again));
    if desk.now().is_none() {
        paint_soon(&desk);
    }
    let length_s = f64::from(props.outcome.compiled.plan.length_s);
    let now = Rc::new(Now {
        outcome: Rc::clone(&props.outcome),
        words: props.words,
        window: props.window,
        length_s,
        cursor_s: props.cursor_s,
        grid_s: grid_s(&props.outcome, props.window, desk.local().size),
        theme_epoch: props.theme_epoch,
        on: props.on.clone(),
        on_go: props.on_go.clone(),
    });
    desk.tell(Rc::clone(&now));
    {
        let desk = Rc::clone(&desk);
        use_effect_with((), move |()| {
            let listening = listen(&desk);
            move || drop(listening)
        });
    }
    let html = charts(&desk, &now).html();
    use_effect(move || paint(&desk, &now));
    html
}

/// The charts, from top to bottom.
const KINDS: [Kind; 4] = [Kind::Capacity, Kind::Instances, Kind::Metric, Kind::Latency];

/// Elements that are drawn on, measured or scrolled.
#[derive(Default)]
pub struct Nodes {
    /// Around all charts.
    pub stack: NodeRef,
    /// Around the colours.
    pub swatches: NodeRef,
    /// The canvases of [`KINDS`].
    pub charts: [NodeRef; 4],
    /// The canvas of the whole run.
    pub overview: NodeRef,
}

/// What the charts say of a run and a window.
pub struct Said {
    outcome: Rc<Outcome>,
    words: Words,
    window: Window,
    /// The window's edges.
    edges: [AttrValue; 2],
    /// Whether requests wait at any time of the run.
    waits: bool,
    /// The summaries of [`KINDS`].
    summaries: [AttrValue; 4],
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

/// The alarms of step scaling policies that look at the metric which the chart shows.
fn own_alarms(outcome: &Outcome) -> Vec<OwnAlarm> {
    let plan = &outcome.compiled.plan;
    if plan.step_scaling.is_empty() {
        return Vec::new();
    }
    alarms_on(plan)
}

#[inline(never)]
fn alarms_on(plan: &Plan) -> Vec<OwnAlarm> {
    let metric = plan.first_metric();
    let shown = plan.step_scaling.iter();
    shown
        .filter(|policy| policy.alarm.metric == metric)
        .map(|policy| OwnAlarm {
            policy: policy.index,
            threshold: policy.alarm.threshold,
            above: matches!(
                policy.alarm.comparison,
                Comparison::GreaterThanThreshold | Comparison::GreaterThanOrEqualToThreshold
            ),
        })
        .collect()
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

/// What the cross-hair snaps to, in seconds.
fn grid_s(outcome: &Outcome, window: Window, size: Size) -> f64 {
    let period_s = f64::from(outcome.run.period_s.max(1));
    keys::step_s(window, size.plot_width_px(), period_s)
}

/// Sums the window up where nobody has yet.
#[inline(never)]
fn said(now: &Now) -> Said {
    let Now {
        outcome,
        words,
        window,
        ..
    } = now;
    let numbers = Summary::new(&outcome.run, *window, thresholds(outcome).map(|t| t.high));
    let series = &outcome.run.series;
    let capacity = series.capacity_rps.iter();
    let mut both = series.demand_rps.iter().zip(capacity);
    let clock = &outcome.compiled.clock;
    let edges = [window.from_s, window.to_s]
        .map(|at_s| AttrValue::from(speech::minute(*words, clock, at_s)));
    let summaries =
        KINDS.map(|kind| speech::summary(kind, *words, outcome, &edges, &numbers).into());
    Said {
        outcome: Rc::clone(outcome),
        words: *words,
        window: *window,
        waits: both.any(|(demand, capacity)| *demand > capacity * 1.001),
        summaries,
        edges,
    }
}

/// The charts as elements.
#[inline(never)]
fn charts(desk: &Rc<Desk>, now: &Now) -> El {
    let Now {
        outcome,
        words,
        window,
        cursor_s,
        ..
    } = now;
    {
        let mut kept = desk.said.borrow_mut();
        let same = kept.as_ref().is_some_and(|kept| {
            Rc::ptr_eq(&kept.outcome, outcome) && kept.words == *words && kept.window == *window
        });
        if !same {
            *kept = Some(said(now));
        }
    }
    let local = desk.local();
    let narrow = local.size.is_narrow();
    let reading = cursor_s.and_then(|at_s| cursor::read(&outcome.run, at_s));
    let mut stack = of("div", "charts")
        .node(&desk.nodes.stack)
        .with(canvas::swatches(&desk.nodes.swatches));
    if let Some(said) = &*desk.said.borrow() {
        let canvases = desk.nodes.charts.iter();
        let summaries = said.summaries.iter().zip(local.tables);
        for (place, (kind, (canvas, (summary, open)))) in
            (0..).zip(KINDS.into_iter().zip(canvases.zip(summaries)))
        {
            let figure = Figure {
                desk,
                now,
                place,
                kind,
                canvas,
                summary,
                reading: reading.as_ref(),
                waits: said.waits,
                height_px: height_px(kind, narrow),
                band: local.band,
                open,
            };
            stack = stack.with(figure.view());
        }
        stack = stack.with(overview(desk, now, &said.edges, narrow));
    }
    stack
}

/// The strip with the whole run, and what belongs to it.
#[inline(never)]
fn overview(desk: &Rc<Desk>, now: &Now, edges: &[AttrValue; 2], narrow: bool) -> El {
    let words = now.words;
    let whole = now.window.is_whole(now.length_s);
    let [from, to] = edges;
    let stretch = words.value_range(from, to);
    let step = |says: &'static str, name: &'static str, factor: f64| {
        button("", AttrValue::Static(says), asks(desk, Ask::Zoom(factor)))
            .set("aria-label", name)
            .set("title", name)
    };
    let reset = AttrValue::Static(words.chart_zoom_reset());
    let zooms = of("span", "zoom")
        .with(step("−", words.chart_zoom_out(), 2.0).flag("disabled", whole))
        .with(step("+", words.chart_zoom_in(), 0.5))
        .with(button("", reset, asks(desk, Ask::Whole)).flag("disabled", whole));
    let head = of("div", "ch-head")
        .with(el("h3").tells(words.chart_overview()))
        .with(of("span", "stretch").says(stretch.into()))
        .with(zooms);
    let hint = of("details", "data")
        .with(el("summary").tells(words.chart_help_title()))
        .with(el("p").tells(words.chart_help()));
    let strip = of("div", "brush ch-body")
        .attr("style", px("height:", height_px(Kind::Overview, narrow)))
        .with(
            el("canvas")
                .node(&desk.nodes.overview)
                .set("aria-hidden", "true"),
        )
        .with(brush::pad(now, edges));
    of("div", "ch overview").with(head).with(strip).with(hint)
}
