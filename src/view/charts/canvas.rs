//! Pictures onto canvases, sharp at any pixel ratio. What is drawn, the `chart` crate knows.

use chart::{Chart, Colour, Layout, Palette, Picture};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement};
use yew::prelude::*;

/// Backend units per CSS pixel: curves keep a sixteenth of a pixel.
const UNITS_PER_PX: f64 = 16.0;

/// Draws a chart or, without one, the strip of the whole run. `None` where the browser has no canvas to give, which leaves the
/// summary and the table.
pub fn draw(
    node: &NodeRef,
    chart: Option<&dyn Chart>,
    layout: Layout,
    picture: &Picture<'_>,
) -> Option<()> {
    let canvas = node.cast::<HtmlCanvasElement>()?;
    let device = |px: f64| (px * layout.device_ratio).round().max(1.0) as u32;
    let (width, height) = (device(layout.width_px), device(layout.height_px));
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.reset_transform().ok()?;
    context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    let scale = layout.device_ratio / UNITS_PER_PX;
    context.scale(scale, scale).ok()?;
    context.set_line_join("round");
    let mut backend = CanvasBackend::with_canvas_object(canvas)?;
    match chart {
        Some(chart) => picture.draw(chart, &mut backend, layout, UNITS_PER_PX),
        None => picture.draw_overview(&mut backend, layout, UNITS_PER_PX),
    }
    .ok()
}

/// The custom properties that charts are coloured with, in the order in which [`palette`] reads them.
const PROPERTIES: [&str; 17] = [
    "--line",
    "--line2",
    "--ink2",
    "--paper",
    "--demand",
    "--cap",
    "--cap-fill",
    "--pend",
    "--fail",
    "--fail-fill",
    "--warn",
    "--target",
    "--accent-soft",
    "--beside-1",
    "--beside-2",
    "--beside-3",
    "--beside-4",
];

/// Returns hidden elements, one a colour: a browser resolves a custom property only where an element uses it.
pub fn swatches(node: &NodeRef) -> Html {
    html! {
        <span ref={node} hidden=true>
            for name in PROPERTIES {
                <i style={format!("color:var({name})")} />
            }
        </span>
    }
}

/// Reads the colours now in force from the elements of [`swatches`].
pub fn palette(node: &NodeRef) -> Palette {
    let mut palette = Palette::default();
    let Some((window, swatches)) = web_sys::window().zip(node.cast::<Element>()) else {
        return palette;
    };
    let style = |element: &Element, property: &str| {
        let computed = window.get_computed_style(element).ok().flatten()?;
        computed.get_property_value(property).ok()
    };
    if let Some(font) = style(&swatches, "font-family") {
        palette.font = font;
    }
    let [one, two, three, four] = &mut palette.beside;
    let targets = [
        &mut palette.grid,
        &mut palette.axis,
        &mut palette.label,
        &mut palette.paper,
        &mut palette.demand,
        &mut palette.capacity,
        &mut palette.capacity_fill,
        &mut palette.pending,
        &mut palette.fail,
        &mut palette.fail_fill,
        &mut palette.warn,
        &mut palette.target,
        &mut palette.low_fill,
        one,
        two,
        three,
        four,
    ];
    let children = swatches.children();
    for (i, target) in (0..).zip(targets) {
        let colour = children
            .item(i)
            .and_then(|swatch| Colour::parse(&style(&swatch, "color")?));
        if let Some(colour) = colour {
            *target = colour;
        }
    }
    palette
}
