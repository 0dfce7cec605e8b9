//! The form: one card for each thing a person decides. Cards only arrange fields; nothing here computes.

mod assumptions;
mod card;
mod demand;
mod field;
mod fields;
mod instance;
mod layer;
mod load_test;
mod scaling;
mod service;
mod sizing;
mod sparkline;

use yew::prelude::*;

pub use fields::{Errors, Shown};
pub use instance::gpu;

use crate::page::Panel;

/// What the form needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FormProps {
    /// What it shows.
    pub shown: Shown,
    /// Opens a dialog.
    pub on_panel: Callback<Panel>,
}

/// The whole form.
#[function_component]
pub fn Form(FormProps { shown, on_panel }: &FormProps) -> Html {
    let fields = fields::Fields::new(shown);
    html! {<>
        { load_test::card(&fields) }
        { sizing::card(&fields) }
        { instance::card(&fields, on_panel) }
        { scaling::card(&fields) }
        <demand::Demand shown={shown.clone()} on_panel={on_panel} />
        { service::card(&fields) }
        { assumptions::card(&fields) }
    </>}
}
