//! The strip below the charts: the whole run, the window over it with handles for mouse, finger and keys, and buttons that zoom.

use chart::{OVERVIEW_HEIGHT_PX, Window};
use words::Words;
use yew::prelude::*;

use super::{
    act::{Act, Scene},
    css::{pad_sides, px, share, whole},
    subject,
};
use crate::language::use_words;

/// What the strip is made from.
#[derive(PartialEq, Properties)]
pub struct OverviewProps {
    /// What the charts show, and who is told of what a person does.
    pub scene: Scene,
    /// The canvas of the strip.
    pub canvas: NodeRef,
}

/// The strip.
#[function_component]
pub fn Overview(OverviewProps { scene, canvas }: &OverviewProps) -> Html {
    let words = use_words();
    let (window, length_s) = (scene.window, scene.length_s);
    let is_whole = window.is_whole(length_s);
    let subject = subject(&scene.outcome, words);
    let edges = [window.from_s, window.to_s].map(|at_s| subject.minute(at_s));
    let [from, to] = &edges;
    let shows = |window: Window| {
        let scene = scene.clone();
        move |_: MouseEvent| scene.act(Act::Show(window))
    };
    let zooms = |factor: f64| {
        let middle_s = f64::midpoint(window.from_s, window.to_s);
        shows(window.zoom(factor, scene.cursor_s.unwrap_or(middle_s), length_s))
    };
    html! {
        <div class="ch overview">
            <div class="ch-head">
                <h2>{ words.chart_overview() }</h2>
                <span class="stretch">{ words.value_range(from, to) }</span>
                <span class="zoom">
                    <button type="button" aria-label={words.chart_zoom_out()} title={words.chart_zoom_out()}
                        disabled={is_whole} onclick={zooms(2.0)}>{ "−" }</button>
                    <button type="button" aria-label={words.chart_zoom_in()} title={words.chart_zoom_in()}
                        onclick={zooms(0.5)}>{ "+" }</button>
                    <button type="button" disabled={is_whole}
                        onclick={shows(Window::whole(length_s))}>{ words.chart_zoom_reset() }</button>
                </span>
            </div>
            <div class="brush ch-body" style={px("height:", OVERVIEW_HEIGHT_PX)}>
                <canvas ref={canvas} aria-hidden="true" />
                { pad(scene, words, &edges) }
            </div>
            <details class="data">
                <summary>{ words.chart_help_title() }</summary>
                <p>{ words.chart_help() }</p>
            </details>
        </div>
    }
}

/// Returns the window over the strip and its edges, as elements. `hear` tells them apart: the edge at the start comes first.
fn pad(scene: &Scene, words: Words, [from, to]: &[String; 2]) -> Html {
    let (window, length_s) = (scene.window, scene.length_s);
    let at = |at_s: f64| at_s / length_s.max(1.0);
    let from_px = share("left:", at(window.from_s), "");
    let to_px = share("left:", at(window.to_s), "");
    // As wide as a finger needs, whatever is in it.
    let (from_share, wide) = (
        share("", at(window.from_s), ""),
        share("", at(window.span_s()), ""),
    );
    let wide_px =
        format!("left:calc({from_share} + min(0px,({wide} - 24px)/2));width:max(24px,{wide})");
    let slider = |class: &'static str, style: AttrValue, name: &'static str, value: String| {
        html! {
            <div {class} role="slider" tabindex="0" {style} aria-label={name} aria-valuetext={value} aria-valuemin="0"
                aria-valuemax={whole(length_s)} aria-valuenow={whole(window.from_s)} />
        }
    };
    html! {
        <div class="pad" style={pad_sides()}>
            <i class="shade" style={share("left:0;width:", at(window.from_s), "")} />
            <i class="shade" style={format!("{to_px};right:0")} />
            { slider("win", wide_px.into(), words.chart_window(), format!("{from} – {to}")) }
            { slider("edge", from_px, words.chart_window_from(), from.clone()) }
            { slider("edge", to_px, words.chart_window_to(), to.clone()) }
        </div>
    }
}
