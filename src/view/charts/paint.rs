//! When each canvas is drawn: whenever its run, window, size, colours or language change, and never for the cross-hair.

use std::{
    rc::Rc,
    sync::atomic::{AtomicBool, Ordering},
};

use chart::{Kind, LEFT_PX, Layout, Palette, Picture, RIGHT_PX, Window};
use words::Words;
use yew::prelude::*;

use super::{
    NARROW_PX, canvas, height_px, legend,
    size::{Size, use_size},
    thresholds,
    ticks::ticks,
};
use crate::outcome::Outcome;

/// The elements that are drawn on or measured.
pub struct Paint {
    pub stack: NodeRef,
    pub swatches: NodeRef,
    pub capacity: NodeRef,
    pub instances: NodeRef,
    pub metric: NodeRef,
    pub latency: NodeRef,
    pub overview: NodeRef,
    size: Size,
}

/// Padding of a figure on both sides together, CSS pixels; the style sheet has the same.
const PADDING_PX: f64 = 28.0;

impl Paint {
    /// Width of the plots.
    pub fn plot_width_px(&self) -> f64 {
        (canvas_width_px(self.size) - LEFT_PX - RIGHT_PX).max(1.0)
    }
}

fn canvas_width_px(size: Size) -> f64 {
    (size.width_px - PADDING_PX).max(0.0)
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

/// Draws the charts when they need it.
#[hook]
pub fn use_paint(outcome: &Rc<Outcome>, words: Words, window: Window, theme_epoch: u32) -> Paint {
    let stack = use_node_ref();
    let paint = Paint {
        size: use_size(&stack),
        stack,
        swatches: use_node_ref(),
        capacity: use_node_ref(),
        instances: use_node_ref(),
        metric: use_node_ref(),
        latency: use_node_ref(),
        overview: use_node_ref(),
    };
    let size = paint.size;
    let colours = use_mut_ref(|| None::<(u32, Palette)>);
    {
        let nodes = [
            (Kind::Capacity, paint.capacity.clone()),
            (Kind::Instances, paint.instances.clone()),
            (Kind::Metric, paint.metric.clone()),
            (Kind::Latency, paint.latency.clone()),
        ];
        let (swatches, colours) = (paint.swatches.clone(), Rc::clone(&colours));
        let when = (Rc::clone(outcome), words, window, size, theme_epoch);
        use_effect_with(when, move |(outcome, words, window, size, theme_epoch)| {
            let palette = current(&colours, &swatches, *theme_epoch);
            draw(&nodes, outcome, *words, *window, *size, &palette);
        });
    }
    {
        let nodes = [(Kind::Overview, paint.overview.clone())];
        let swatches = paint.swatches.clone();
        let when = (Rc::clone(outcome), words, size, theme_epoch);
        use_effect_with(when, move |(outcome, words, size, theme_epoch)| {
            let palette = current(&colours, &swatches, *theme_epoch);
            let whole = Window::whole(f64::from(outcome.compiled.plan.length_s));
            draw(&nodes, outcome, *words, whole, *size, &palette);
        });
    }
    paint
}

/// The colours in force, read from the page once per change of theme.
fn current(
    colours: &std::cell::RefCell<Option<(u32, Palette)>>,
    swatches: &NodeRef,
    theme_epoch: u32,
) -> Palette {
    let mut colours = colours.borrow_mut();
    match &*colours {
        Some((epoch, palette)) if *epoch == theme_epoch => palette.clone(),
        _ => {
            let palette = canvas::palette(swatches);
            *colours = Some((theme_epoch, palette.clone()));
            palette
        }
    }
}

fn draw(
    nodes: &[(Kind, NodeRef)],
    outcome: &Outcome,
    words: Words,
    window: Window,
    size: Size,
    palette: &Palette,
) {
    let width_px = canvas_width_px(size);
    if width_px <= LEFT_PX + RIGHT_PX {
        return;
    }
    let narrow = width_px - LEFT_PX - RIGHT_PX < NARROW_PX;
    let times = ticks(
        &outcome.compiled.clock,
        words,
        window,
        width_px - LEFT_PX - RIGHT_PX,
    );
    for (kind, node) in nodes {
        let kind = *kind;
        let height_px = height_px(kind, narrow);
        let layout = match kind {
            Kind::Overview => Layout::strip(width_px, height_px, size.device_ratio),
            Kind::Capacity | Kind::Latency => {
                Layout::chart(width_px, height_px, size.device_ratio, true)
            }
            Kind::Instances | Kind::Metric => {
                Layout::chart(width_px, height_px, size.device_ratio, false)
            }
        };
        let picture = Picture {
            run: &outcome.run,
            demand: outcome.compiled.plan.demand.nodes(),
            max_rps: outcome.compiled.plan.service.max_rps,
            thresholds: thresholds(outcome),
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
