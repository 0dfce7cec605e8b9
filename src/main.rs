//! The web app: a form, what follows from it, and the browser around both.
//!
//! Formulas, AWS's rules and prices are not here but in `engine` and `scenario`; every word is in `words`.

mod advice;
mod app;
mod apply;
mod boot;
mod browser;
mod errors;
mod form;
mod link;
mod outcome;
mod page;
mod parts;
mod same;
mod state;
mod sync;
mod typed;
mod view;

fn main() {
    yew::Renderer::<app::App>::new().render();
}
