//! When each canvas is drawn: whenever its run, window, size, colours or language change, and never for the cross-hair.

use std::{
    rc::Rc,
    sync::atomic::{AtomicBool, Ordering},
};

use chart::{Kind, LEFT_PX, Layout, Palette, Picture, RIGHT_PX, Window};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use words::Words;
use yew::prelude::*;

use super::{canvas, height_px, legend, own_alarms, size::Size, thresholds, ticks::ticks};
use crate::{
    outcome::Outcome,
    view::charts::desk::{Desk, Local, Now},
};

/// What the canvases hold.
#[derive(Default)]
pub struct Painted {
    /// What all were drawn from.
    all: Option<All>,
    /// The window of those that have one.
    window: Option<Window>,
    /// Colours, as of a change of theme.
    palette: Option<(u32, Palette)>,
}

#[derive(PartialEq)]
struct All {
    outcome: Rc<Outcome>,
    words: Words,
    size: Size,
    theme_epoch: u32,
}

/// Says once, for who measures, that a chart is on the screen.
fn mark_first() {
    static MARKED: AtomicBool = AtomicBool::new(false);
    if !MARKED.swap(true, Ordering::Relaxed)
        && let Some(performance) = web_sys::window().and_then(|w| w.performance())
    {
        // A browser that refuses the mark loses a measurement only.
        let _ = performance.mark("headroom:first-chart");
    }
}

/// Writes a value on an axis.
fn value_label(kind: Kind, words: Words, value: f64) -> String {
    match kind {
        Kind::Capacity | Kind::Overview => legend::rate(words, value),
        Kind::Instances => words.integer(value),
        Kind::Metric | Kind::Latency if value >= 10_000.0 => words.compact(value),
        Kind::Metric | Kind::Latency => words.significant(value),
    }
}

/// Draws for the first time, as soon as there are canvases: an effect may come a frame later, and they would be seen empty.
pub fn paint_soon(desk: &Rc<Desk>) {
    let desk = Rc::clone(desk);
    spawn_local(async move {
        if let Some((now, stack)) = desk.now().zip(desk.nodes.stack.cast::<Element>()) {
            let (size, local) = (Size::of(&stack), desk.local());
            desk.put(Local { size, ..local });
            paint(&desk, &now);
        }
    });
}

/// After a rendering: draws what is not on its canvas yet.
pub fn paint(desk: &Desk, now: &Now) {
    let size = desk.local().size;
    let theme_epoch = now.theme_epoch;
    let all = Some(All {
        outcome: Rc::clone(&now.outcome),
        words: now.words,
        size,
        theme_epoch,
    });
    let painted = &mut *desk.painted.borrow_mut();
    let changed = painted.all != all;
    if !changed && painted.window == Some(now.window) {
        return;
    }
    painted.all = all;
    painted.window = Some(now.window);
    let kept = painted.palette.take();
    let palette = match kept.filter(|(epoch, _)| *epoch == theme_epoch) {
        Some((_, palette)) => palette,
        None => canvas::palette(&desk.nodes.swatches),
    };
    let [capacity, instances, metric, latency] = &desk.nodes.charts;
    let charts = [
        (Kind::Capacity, capacity),
        (Kind::Instances, instances),
        (Kind::Metric, metric),
        (Kind::Latency, latency),
    ];
    draw(&charts, now, now.window, size, &palette);
    if changed {
        let strip = [(Kind::Overview, &desk.nodes.overview)];
        draw(&strip, now, Window::whole(now.length_s), size, &palette);
    }
    painted.palette = Some((theme_epoch, palette));
}

/// Draws the charts of a window.
#[inline(never)]
fn draw(nodes: &[(Kind, &NodeRef)], now: &Now, window: Window, size: Size, palette: &Palette) {
    let width_px = size.canvas_width_px();
    let plot_px = width_px - LEFT_PX - RIGHT_PX;
    if plot_px <= 0.0 {
        return;
    }
    let (outcome, words) = (&*now.outcome, now.words);
    let plan = &outcome.compiled.plan;
    let own_alarms = own_alarms(outcome);
    let times = ticks(&outcome.compiled.clock, words, window, plot_px);
    for (kind, node) in nodes {
        let kind = *kind;
        let height_px = height_px(kind, size.is_narrow());
        let ratio = size.device_ratio;
        let layout = match kind {
            Kind::Overview => Layout::strip(width_px, height_px, ratio),
            _ => {
                let times = matches!(kind, Kind::Capacity | Kind::Latency);
                Layout::chart(width_px, height_px, ratio, times)
            }
        };
        let picture = Picture {
            run: &outcome.run,
            demand: plan.demand.nodes(),
            max_rps: plan.service.max_rps,
            thresholds: thresholds(outcome),
            own_alarms: &own_alarms,
            window,
            palette,
            times: &times,
            value_label: &|value| value_label(kind, words, value),
        };
        if canvas::draw(node, kind, layout, &picture).is_some() && kind == Kind::Capacity {
            mark_first();
        }
    }
}
