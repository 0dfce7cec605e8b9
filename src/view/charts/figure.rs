//! One chart's place in the page: heading, legend, canvas, the layers above it that move without a new drawing, and its table.

use std::rc::Rc;

use chart::{Chart, Moment, Room, Stretch, Window, is_banded};
use yew::prelude::*;

use super::{
    css::{pad_sides, px, share, whole},
    legend::legend,
    subject,
    table::DataTable,
    tooltip::tooltip,
};
use crate::{language::use_words, outcome::Outcome};

/// How far from a mark a pointer is still on it, CSS pixels.
const MARK_PX: f64 = 6.0;

/// What a chart is shown from.
#[derive(PartialEq, Properties)]
pub struct FigureProps {
    /// The chart.
    pub chart: &'static dyn Chart,
    /// What it shows.
    pub outcome: Rc<Outcome>,
    /// The window that it shows.
    pub window: Window,
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// The stretch that is being selected, seconds from the start.
    pub band: Option<(f64, f64)>,
    /// Where it stands.
    pub room: Room,
    /// Whether it says the times, as none does by itself.
    pub is_timed: bool,
    /// Seconds that a CSS pixel covers.
    pub per_px_s: f64,
    /// Its canvas, on which somebody else draws.
    pub canvas: NodeRef,
}

/// The chart.
#[function_component]
pub fn Figure(props: &FigureProps) -> Html {
    let FigureProps {
        chart,
        outcome,
        window,
        cursor_s,
        band,
        room,
        is_timed,
        per_px_s,
        canvas,
    } = props;
    let words = use_words();
    let (chart, window) = (*chart, *window);
    let entries = use_memo((Rc::clone(outcome), words), |(outcome, words)| {
        chart.legend(subject(outcome, *words))
    });
    let summary = use_memo(
        (Rc::clone(outcome), words, window),
        |(outcome, words, window)| {
            let stretch = Stretch::new(&outcome.run, *window);
            AttrValue::from(chart.summary(subject(outcome, *words), &stretch))
        },
    );
    let subject = subject(outcome, words);
    let moment = cursor_s.and_then(|at_s| Moment::new(&outcome.run, at_s));
    let moment = moment.map(|moment| moment.reaching(MARK_PX * per_px_s));
    let title = chart.title(subject);
    let said = match &moment {
        Some(moment) => {
            let reading = chart.reading(subject, moment);
            AttrValue::from(format!("{}: {reading}", subject.moment(moment.at_s)))
        }
        None => words.chart_no_cursor().into(),
    };
    let at = |at_s: f64| (at_s - window.from_s) / window.span_s();
    // A cross-hair outside the window is read, but has no place.
    let cross = moment.filter(|moment| window.contains(moment.at_s));
    let cross_style = cross.map(|moment| share("left:", at(moment.at_s), ""));
    let band_style = band.map(|(from_s, to_s)| {
        let (from, to) = (at(from_s), at(to_s));
        let left = share("left:", from.min(to), ";width:");
        share(&left, (to - from).abs(), "")
    });
    let range = is_banded(subject.period_s(), *per_px_s).then(|| words.chart_mean_and_range());
    html! {
        <figure class="ch" id={format!("chart-{}", chart.id())}>
            <div class="ch-head">
                <h2>{ title }</h2>
                { legend(&entries, subject, moment.as_ref(), range) }
                <span class="unit">{ chart.unit(subject) }</span>
            </div>
            <div class="ch-body" style={px("height:", chart.canvas_height_px(*room, *is_timed))}>
                <canvas ref={canvas} role="img" aria-label={(*summary).clone()} />
                // For assistive technology a slider over time.
                <div class="pad" style={pad_sides()} tabindex="0" role="slider" aria-label={words.chart_cursor(title)}
                    aria-valuemin="0" aria-valuemax={whole(f64::from(subject.plan().length_s))}
                    aria-valuenow={whole(cursor_s.unwrap_or(window.from_s))} aria-valuetext={said}>
                    <i class="cross" hidden={cross_style.is_none()} style={&cross_style} />
                    <i class="band" hidden={band_style.is_none()} style={&band_style} />
                    if let Some(moment) = &cross {
                        { tooltip(chart, subject, moment, at(moment.at_s)) }
                    }
                </div>
            </div>
            <DataTable {chart} outcome={Rc::clone(outcome)} {window} />
        </figure>
    }
}
