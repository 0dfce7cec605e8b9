//! All charts on one time axis, and the strip of the whole run below them.
//!
//! Which charts there are, and what each shows and says, the `chart` crate knows. Moving the cross-hair moves elements above the
//! canvases; a canvas is drawn anew only when its picture changes (`paint`).

mod act;
mod brush;
mod canvas;
mod css;
mod figure;
mod gesture;
mod hear;
mod keys;
mod legend;
mod overview;
mod paint;
mod size;
mod table;
mod tooltip;
mod wheel;

use std::rc::Rc;

use chart::{CHARTS, Subject, Window, timed};
use words::Words;
use yew::prelude::*;

use self::{
    act::Scene,
    figure::Figure,
    hear::use_hearing,
    overview::Overview,
    paint::{Nodes, Scenery, use_painting},
    size::Size,
};
use crate::{app::BesideRun, language::use_words, outcome::Outcome, state::Action};

/// What the charts are shown from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChartsProps {
    /// What to show.
    pub outcome: Rc<Outcome>,
    /// The runs that are pinned beside it.
    #[prop_or_default]
    pub beside: Rc<Vec<BesideRun>>,
    /// The window that every chart shows.
    pub window: Window,
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// Ids of the charts to show; none: all.
    #[prop_or_default]
    pub only: Option<Vec<String>>,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Pins the cross-hair, and brings it into the window.
    pub on_go: Callback<f64>,
}

/// The charts.
#[function_component]
pub fn Charts(props: &ChartsProps) -> Html {
    let ChartsProps {
        outcome,
        beside,
        window,
        cursor_s,
        colours,
        only,
        on,
        on_go,
    } = props;
    let words = use_words();
    let nodes = use_memo((), |()| Nodes::default());
    let size = use_state_eq(Size::unknown);
    let band = use_state_eq(|| None);
    let subject = subject(outcome, words);
    let scene = Scene {
        outcome: Rc::clone(outcome),
        window: *window,
        length_s: f64::from(subject.plan().length_s),
        cursor_s: *cursor_s,
        grid_s: keys::step_s(*window, size.plot_width_px(), subject.period_s()),
        on: on.clone(),
        on_go: on_go.clone(),
        mark: band.setter(),
    };
    use_hearing(&nodes.stack, scene.clone(), size.setter());
    let shown = CHARTS.iter().zip(&nodes.charts);
    let is_asked = |id: &str| {
        only.as_ref()
            .is_none_or(|ids| ids.iter().any(|it| it == id))
    };
    let shown = shown.filter(|(chart, _)| is_asked(chart.id()) && chart.is_shown(subject));
    let shown = shown.collect::<Vec<_>>();
    let timed = timed(&shown.iter().map(|(chart, _)| **chart).collect::<Vec<_>>());
    let scenery = Scenery {
        outcome: Rc::clone(outcome),
        beside: Rc::clone(beside),
        words,
        colours,
        timed,
    };
    use_painting(&nodes, scenery, *window, &size);
    let per_px_s = window.span_s() / size.plot_width_px();
    html! {
        <div class="charts" ref={&nodes.stack}>
            { canvas::swatches(&nodes.swatches) }
            for (chart, canvas) in shown {
                <Figure key={chart.id()} chart={*chart} outcome={Rc::clone(outcome)} window={*window}
                    cursor_s={*cursor_s} band={*band} room={size.room()} is_timed={timed == Some(chart.id())} {per_px_s} canvas={canvas.clone()} />
            }
            <Overview key="overview" {scene} canvas={nodes.overview.clone()} />
        </div>
    }
}

/// Returns what charts are made from.
fn subject(outcome: &Outcome, words: Words) -> Subject<'_> {
    Subject {
        scenario: &outcome.scenario,
        compiled: &outcome.compiled,
        run: &outcome.run,
        digest: &outcome.digest,
        report: &outcome.report,
        account: &outcome.account,
        account_alarms: &outcome.account_alarms,
        words,
    }
}
