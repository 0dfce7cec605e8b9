//! When each canvas is drawn: whenever its run, window, size, colours or language change, and never for the cross-hair.

use std::{
    cell::RefCell,
    rc::Rc,
    sync::atomic::{AtomicBool, Ordering},
};

use chart::{Beside, CHARTS, Layout, OVERVIEW_HEIGHT_PX, Palette, Picture, Window, ticks};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use words::Words;
use yew::prelude::*;

use super::{canvas, size::Size, subject};
use crate::{app::BesideRun, outcome::Outcome};

/// Elements that are drawn on, or measured.
#[derive(PartialEq)]
pub struct Nodes {
    /// Around all charts.
    pub stack: NodeRef,
    /// Around the colours.
    pub swatches: NodeRef,
    /// The canvases of [`CHARTS`]; a chart that is not shown has none.
    pub charts: Vec<NodeRef>,
    /// The canvas of the whole run.
    pub overview: NodeRef,
}

impl Default for Nodes {
    fn default() -> Self {
        Self {
            stack: NodeRef::default(),
            swatches: NodeRef::default(),
            charts: CHARTS.iter().map(|_| NodeRef::default()).collect(),
            overview: NodeRef::default(),
        }
    }
}

/// What all canvases show, whatever the window.
#[derive(Clone, PartialEq)]
pub struct Scenery {
    pub outcome: Rc<Outcome>,
    /// The runs that are pinned beside it.
    pub beside: Rc<Vec<BesideRun>>,
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// The chart that says the times where none does by itself.
    pub timed: Option<&'static str>,
}

/// What the canvases hold.
#[derive(Default)]
struct Painted {
    /// What all were drawn from.
    all: Option<(Scenery, Size)>,
    /// The window of those that have one.
    window: Option<Window>,
    /// The colours, as of the style sheet's name of them.
    palette: Option<(&'static str, Palette)>,
}

/// Marks once, for performance measurements, that a chart is on the screen.
fn mark_first() {
    static MARKED: AtomicBool = AtomicBool::new(false);
    if !MARKED.swap(true, Ordering::Relaxed)
        && let Some(performance) = web_sys::window().and_then(|w| w.performance())
    {
        // A browser that refuses the mark loses a measurement only.
        let _ = performance.mark("headroom:first-chart");
    }
}

/// Draws after each rendering what is not on its canvas yet. The first time it does so as soon as there are canvases: an effect
/// may come a frame later, and they would be seen empty.
#[hook]
pub fn use_painting(
    nodes: &Rc<Nodes>,
    scenery: Scenery,
    window: Window,
    size: &UseStateHandle<Size>,
) {
    let painted = use_mut_ref(Painted::default);
    {
        let (painted, nodes) = (Rc::clone(&painted), Rc::clone(nodes));
        let (scenery, set_size) = (scenery.clone(), size.setter());
        use_memo((), move |()| {
            spawn_local(async move {
                if let Some(stack) = nodes.stack.cast::<Element>() {
                    let size = Size::of(&stack);
                    set_size.set(size);
                    paint(&painted, &nodes, &scenery, window, size);
                }
            });
        });
    }
    let (nodes, size) = (Rc::clone(nodes), **size);
    use_effect(move || paint(&painted, &nodes, &scenery, window, size));
}

fn paint(painted: &RefCell<Painted>, nodes: &Nodes, scenery: &Scenery, window: Window, size: Size) {
    let painted = &mut *painted.borrow_mut();
    let all = Some((scenery.clone(), size));
    let changed = painted.all != all;
    if size.width_px <= 0.0 || (!changed && painted.window == Some(window)) {
        return;
    }
    painted.all = all;
    painted.window = Some(window);
    let kept = painted.palette.take();
    let palette = match kept.filter(|(colours, _)| *colours == scenery.colours) {
        Some((_, palette)) => palette,
        None => canvas::palette(&nodes.swatches),
    };
    draw_charts(nodes, scenery, window, size, &palette);
    if changed {
        draw_strip(nodes, scenery, size, &palette);
    }
    painted.palette = Some((scenery.colours, palette));
}

fn draw_charts(nodes: &Nodes, scenery: &Scenery, window: Window, size: Size, palette: &Palette) {
    let picture = picture(scenery, window, size, palette);
    let shown = CHARTS.iter().zip(&nodes.charts);
    let shown = shown.filter(|(chart, _)| chart.is_shown(picture.subject));
    for (chart, node) in shown {
        let is_timed = scenery.timed == Some(chart.id());
        let width_px = size.canvas_width_px();
        let layout = chart.layout(width_px, size.room(), size.device_ratio, is_timed);
        if canvas::draw(node, Some(*chart), layout, &picture).is_some() {
            mark_first();
        }
    }
}

fn draw_strip(nodes: &Nodes, scenery: &Scenery, size: Size, palette: &Palette) {
    let length_s = f64::from(scenery.outcome.compiled.plan.length_s);
    let picture = picture(scenery, Window::whole(length_s), size, palette);
    let layout = Layout::strip(
        size.canvas_width_px(),
        OVERVIEW_HEIGHT_PX,
        size.device_ratio,
    );
    // Without its picture the strip is still a slider.
    let _ = canvas::draw(&nodes.overview, None, layout, &picture);
}

fn picture<'a>(
    scenery: &'a Scenery,
    window: Window,
    size: Size,
    palette: &'a Palette,
) -> Picture<'a> {
    let subject = subject(&scenery.outcome, scenery.words);
    let clock = &subject.compiled.clock;
    let beside = scenery.beside.iter().enumerate();
    let beside = beside.filter_map(|(place, run)| {
        let outcome = run.outcome.as_ref()?;
        Some(Beside {
            place,
            compiled: &outcome.compiled,
            run: &outcome.run,
            digest: &outcome.digest,
        })
    });
    Picture {
        beside: beside.collect(),
        subject,
        window,
        palette,
        times: ticks(clock, scenery.words, window, size.plot_width_px()),
    }
}
