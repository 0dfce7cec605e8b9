//! The form: one card for each thing a person decides. Cards only arrange fields; nothing here computes.

mod action;
mod assumptions;
mod asynchronous;
mod card;
mod component;
mod credits;
mod demand;
mod failure;
mod field;
mod fields;
mod group;
mod hear;
mod instance;
mod layer;
mod load_test;
mod predictive;
mod quiet;
mod scaling;
mod serverless;
mod service;
mod sizing;
mod sparkline;
mod staircase;
mod step;
mod suspended;

use yew::{Callback, Event, html::Html};

pub use fields::{Errors, Shown};
pub use hear::{heard, suggests};
pub use instance::gpu;

use crate::parts::{El, Part, list};

/// The whole form.
impl Part for Shown {
    fn view(&self) -> Html {
        let fields = fields::Fields::new(self);
        list(vec![
            load_test::card(&fields).html(),
            sizing::card(&fields).html(),
            instance::card(&fields).html(),
            scaling::card(&fields).html(),
            demand::QUIET.html(self),
            service::QUIET.html(self),
            assumptions::QUIET.html(self),
        ])
    }
}

/// Hears what happens to the fields of `form`.
pub fn hears(form: El, on_event: &Callback<Event>) -> El {
    ["input", "focusin", "focusout", "keydown", "click"]
        .into_iter()
        .fold(form, |form, name| form.on(name, on_event))
}
