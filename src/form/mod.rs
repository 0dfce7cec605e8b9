//! The form: one card for each thing a person decides. Cards only arrange fields; nothing here computes.

mod action;
mod assumptions;
mod asynchronous;
mod card;
mod component;
mod credits;
mod demand;
mod failure;
mod fields;
mod group;
mod instance;
mod layer;
mod load_test;
mod predictive;
mod row;
mod scaling;
mod serverless;
mod service;
mod sizing;
mod sparkline;
mod staircase;
mod step;
mod suspended;

use yew::prelude::*;

pub use fields::{Errors, FormProps};
pub use instance::gpu;

/// The whole form.
#[function_component]
pub fn Form(props: &FormProps) -> Html {
    let fields = fields::Fields::new(props);
    html! {
        <>
            { load_test::card(&fields) }
            { sizing::card(&fields) }
            { instance::card(&fields) }
            { scaling::card(&fields) }
            { demand::card(&fields) }
            { service::card(&fields) }
            { assumptions::card(&fields) }
        </>
    }
}
