//! The form: one card for each thing a person decides. Cards only arrange fields; nothing here computes.

mod action;
mod assumptions;
mod capacity;
mod card;
mod choices;
mod component;
mod credits;
mod demand;
mod failure;
mod fields;
mod group;
mod instance;
mod item;
mod labels;
mod layer;
mod load_test;
mod missing_metric;
mod other_machines;
mod predictive;
mod retries;
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
pub use sparkline::{outline, sparkline};

use demand::DemandCard;
use scenario::platform::Card;

/// The whole form.
#[function_component]
pub fn Form(props: &FormProps) -> Html {
    html! {
        <>
            for kind in props.rules().cards.iter().filter(|kind| is_shown(**kind, props)) {
                { card(*kind, props) }
            }
        </>
    }
}

/// Whether a card has anything to show.
fn is_shown(card: Card, form: &FormProps) -> bool {
    match card {
        // What a file says where nobody can retry is in sight, to be taken out.
        Card::Retries => form.rules().has_retries || form.scenario().retries.is_some(),
        Card::OtherMachines => other_machines::is_shown(form),
        _ => true,
    }
}

fn card(card: Card, form: &FormProps) -> Html {
    match card {
        Card::LoadTest => load_test::card(form),
        Card::RequestTest => serverless::load_test(form),
        Card::Sizing => sizing::card(form),
        Card::Instance => instance::card(form),
        Card::Serverless => serverless::card(form),
        Card::Scaling => scaling::card(form),
        Card::Demand => html! { <DemandCard key="demand" ..form.clone() /> },
        Card::Retries => retries::card(form),
        Card::Service => service::card(form),
        Card::OtherMachines => other_machines::card(form),
        Card::Assumptions => assumptions::card(form),
    }
}
