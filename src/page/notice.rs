//! A sentence above the page about something that did not open, until it is dismissed.

use scenario::{file::FileError, link::LinkError};
use words::Words;
use yew::prelude::*;

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// A link did not open.
    Link(LinkError),
    /// A file did not open.
    File(FileError),
    /// A file could not be read, or nothing could be saved.
    Refused,
}

/// The sentence, and a way to dismiss it.
pub fn notice(words: Words, notice: Option<&Notice>, on_close: Callback<MouseEvent>) -> Html {
    let text = notice.map(|notice| match notice {
        Notice::Link(error) => words.link_error(error),
        Notice::File(error) => words.file_error(error),
        Notice::Refused => words.file_refused().to_owned(),
    });
    html! {
        <div class="notice" role="alert" hidden={text.is_none()}>
            <span>{ text.unwrap_or_default() }</span>
            <button type="button" class="b q" aria-label={words.close()} onclick={on_close}>{ "✕" }</button>
        </div>
    }
}
