//! A sentence above the page about something that did not open, until it is dismissed.

use scenario::{file::FileError, link::LinkError};
use words::Words;
use yew::prelude::*;

use crate::state::Action;

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

impl Notice {
    /// Returns the notice in words.
    fn sentence(&self, words: Words) -> AttrValue {
        match self {
            Self::Link(error) => words.link_error(error).into(),
            Self::File(error) => words.file_error(error).into(),
            Self::Refused => words.file_refused().into(),
            Self::Language => words.language_refused().into(),
        }
    }
}

/// Returns the sentence, and a way to dismiss it. It stands in the page at all times, so that assistive technology hears of it.
pub fn notice_bar(words: Words, notice: Option<&Notice>, on: &Callback<Action>) -> Html {
    let sentence = notice.map(|notice| notice.sentence(words));
    html! {
        <div class="notice" role="alert" hidden={notice.is_none()}>
            <span>{ sentence.unwrap_or_default() }</span>
            <button type="button" class="b q" aria-label={words.close()} onclick={Action::Notice(None).on_click(on)}>{ "✕" }</button>
        </div>
    }
}
