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
mod language;
mod link;
mod outcome;
mod pace;
mod page;
mod state;
mod sync;
mod trapped;
mod typed;
mod view;

use words::Lang;

/// Shows the page, in a language and with its texts.
///
/// # Errors
/// If these are not the texts that the page was built with.
pub fn begin(lang: &str, texts: String) -> Result<(), &'static str> {
    let lang = Lang::from_tag(lang).unwrap_or_default();
    words::install(lang, texts).map_err(|_| "these texts are of another build")?;
    yew::Renderer::<app::App>::with_props(boot::boot()).render();
    Ok(())
}
