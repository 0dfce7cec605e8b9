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

use scenario::platform::Card;
use yew::prelude::*;

pub use fields::{Errors, FormProps};
pub use instance::gpu;

/// The whole form.
#[function_component]
pub fn Form(props: &FormProps) -> Html {
    let fields = fields::Fields::new(props);
    html! {
        <>
            { for props.now.scenario.platform.rules().cards.iter().map(|it| card(*it, &fields)) }
        </>
    }
}

fn card(card: Card, fields: &fields::Fields) -> Html {
    match card {
        Card::LoadTest => load_test::card(fields),
        Card::RequestTest => serverless::load_test(fields),
        Card::Sizing => sizing::card(fields),
        Card::Instance => instance::card(fields),
        Card::Serverless => instance::serverless_card(fields),
        Card::Scaling => scaling::card(fields),
        Card::Demand => demand::card(fields),
        Card::Service => service::card(fields),
        Card::Assumptions => assumptions::card(fields),
    }
}
