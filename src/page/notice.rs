//! A sentence above the page about something that did not open, until it is dismissed.

use scenario::file::FileError;
use words::{Lang, Words};
use yew::prelude::*;

use crate::{browser::location, state::Action};

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// A file did not open.
    File(FileError),
    /// A file could not be read, or nothing could be saved.
    Refused,
    /// A frame opens scenarios alone.
    NotInFrame,
    /// There is no room to keep the scenario.
    NoRoom,
    /// The browser keeps nothing.
    NotKept,
    /// The texts of a language are not there.
    Texts(Lang, Unloaded),
}

/// Why something that loads on demand is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unloaded {
    /// It is still to come.
    Slow,
    /// It did not come, or not whole.
    Failed,
    /// What came is of another release.
    OtherRelease,
}

impl Notice {
    /// Whether it says that the scenario is not kept.
    pub fn is_of_keeping(&self) -> bool {
        matches!(self, Self::NoRoom | Self::NotKept)
    }

    /// Returns the notice in words.
    fn sentence(&self, words: Words) -> AttrValue {
        match self {
            Self::File(error) => words.file_error(error).into(),
            Self::Refused => words.file_refused().into(),
            Self::NotInFrame => words.file_not_in_frame().into(),
            Self::NoRoom => words.kept_full().into(),
            Self::NotKept => words.kept_refused().into(),
            Self::Texts(lang, Unloaded::Slow) => words.texts_slow(lang.name()).into(),
            Self::Texts(lang, Unloaded::Failed) => words.texts_failed(lang.name()).into(),
            Self::Texts(lang, Unloaded::OtherRelease) => words.texts_other(lang.name()).into(),
        }
    }
}

/// Returns the sentence, and a way to dismiss it. It stands in the page at all times, so that assistive technology hears of it.
pub fn notice_bar(words: Words, notice: Option<&Notice>, on: &Callback<Action>) -> Html {
    let sentence = notice.map(|notice| notice.sentence(words));
    let (wanted, why) = match notice {
        Some(Notice::Texts(lang, why)) => (*lang, Some(*why)),
        _ => (words.lang, None),
    };
    html! {
        <div class="notice" role="alert" hidden={notice.is_none()}>
            // What is hidden keeps the focus until the page is drawn, and then it is lost: what is gone is known to be at once.
            if let Some(sentence) = sentence {
                <span>{ sentence }</span>
                <button type="button" class="b" hidden={!matches!(why, Some(Unloaded::Slow | Unloaded::Failed))} onclick={Action::Lang(wanted).on_click(on)}>{ words.again() }</button>
                <button type="button" class="b" hidden={!matches!(why, Some(Unloaded::Failed | Unloaded::OtherRelease))}
                    onclick={|_: MouseEvent| location::reload()}>{ words.reload() }</button>
                <button type="button" class="b q" aria-label={words.close()} onclick={Action::Notice(None).on_click(on)}>{ "✕" }</button>
            }
        </div>
    }
}
