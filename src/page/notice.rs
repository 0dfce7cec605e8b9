//! A sentence above the page about something that did not open, until it is dismissed.

use scenario::{file::FileError, link::LinkError};
use words::Words;
use yew::prelude::*;

use crate::{
    parts::{El, button, el, of},
    state::Action,
};

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// A link did not open.
    Link(LinkError),
    /// A file did not open.
    File(FileError),
    /// A file could not be read, or nothing could be saved.
    Refused,
    /// The texts of a language did not load.
    Language,
}

/// The sentence, and a way to dismiss it.
#[inline(never)]
pub fn notice(words: Words, notice: Option<&Notice>, on: &Callback<Action>) -> El {
    let says = notice.map_or(AttrValue::Static(""), |notice| sentence(words, notice));
    let close = button(
        "b q",
        AttrValue::Static("✕"),
        Action::Notice(None).on_click(on),
    );
    of("div", "notice")
        .set("role", "alert")
        .flag("hidden", notice.is_none())
        .with(el("span").says(says))
        .with(close.set("aria-label", words.close()))
}

#[inline(never)]
fn sentence(words: Words, notice: &Notice) -> AttrValue {
    match notice {
        Notice::Link(error) => words.link_error(error).into(),
        Notice::File(error) => words.file_error(error).into(),
        Notice::Refused => AttrValue::Static(words.file_refused()),
        Notice::Language => AttrValue::Static(words.language_refused()),
    }
}
