//! Dialog: the ways to start with a scenario of one's own.

use std::rc::Rc;

use scenario::{
    document::{Layer, ScalableTarget, ScalingPolicy, Scenario, Shape},
    field::Items,
    time::Zone,
};
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::{Panel, modal::Modal};
use crate::{
    browser::{dom, file, intl},
    language::use_words,
    state::Action,
};

/// The field that a scenario from scratch begins with: its demand.
pub const FIRST_FIELD: &str = "demand[0].steady.rps";

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StartProps {
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Opens a scenario, as a new entry of the history.
    pub on_open: Callback<Action>,
    /// Takes in the files that were chosen.
    pub on_files: Callback<Vec<File>>,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[function_component]
pub fn Start(props: &StartProps) -> Html {
    let words = use_words();
    let file = use_node_ref();
    let from_scratch = {
        let StartProps {
            on_open, on_close, ..
        } = props.clone();
        move |_: MouseEvent| {
            on_open.emit(Action::Begin(Rc::new(blank())));
            on_close.emit(());
        }
    };
    let choose = {
        let file = file.clone();
        move |_: MouseEvent| {
            if let Some(input) = file.cast::<HtmlInputElement>() {
                input.click();
            }
        }
    };
    let on_chosen = {
        let StartProps {
            on_files, on_close, ..
        } = props.clone();
        move |event: Event| {
            if let Some(input) = dom::input(&event) {
                on_close.emit(());
                on_files.emit(file::chosen(&input));
            }
        }
    };
    let with_documents = Action::Panel(Some(Panel::Import)).on_click(&props.on);
    let with_trace = Action::Panel(Some(Panel::NewTrace)).on_click(&props.on);
    html! {
        <Modal title={words.start_own()} on_close={&props.on_close}>
            <ul class="entries starts">
                { entry(words.start_trace(), words.start_trace_about(), with_trace) }
                { entry(words.start_aws(), words.start_aws_about(), with_documents) }
                { entry(words.start_empty(), words.start_empty_about(), Callback::from(from_scratch)) }
                { entry(words.start_file(), words.start_file_about(), Callback::from(choose)) }
            </ul>
            <input type="file" hidden=true ref={file} accept=".json,application/json" onchange={on_chosen} />
        </Modal>
    }
}

fn entry(name: &'static str, about: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li>
            <button type="button" class="entry" {onclick}><b>{ name }</b><span>{ about }</span></button>
        </li>
    }
}

/// Returns a scenario of steady demand, with AWS's defaults, in the person's own time zone.
pub fn blank() -> Scenario {
    let usual = Scenario::default();
    let zone = intl::time_zone().filter(|zone| Zone::find(zone).is_some());
    Scenario {
        time_zone: zone.unwrap_or(usual.time_zone),
        demand: Items::from([Layer {
            shape: Shape::Steady { rps: 10.0 },
            ..Layer::default()
        }]),
        scalable_target: ScalableTarget::default(),
        policies: Items::from([ScalingPolicy::default()]),
        ..usual
    }
}
