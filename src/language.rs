//! The language of the page: a context, which every component that says something asks for.

use std::cell::Cell;

use gloo::timers::callback::Timeout;
use words::{Lang, Words, is_installed};
use yew::prelude::*;

use crate::{
    browser::{dom, fetch::SLOW_MS, intl, storage, texts},
    page::notice::{Notice, Unloaded},
    state::Action,
};

pub use widgets::use_words;

/// Makes a language that of the page, and returns what to put into the context.
#[hook]
pub fn use_language(lang: Lang) -> Words {
    *use_memo(lang, |lang| {
        dom::set_root("lang", lang.tag());
        let format = intl::number_format(*lang);
        Words {
            lang: *lang,
            format,
        }
    })
}

thread_local! {
    /// The language that was chosen last, whether it is there or not.
    static WANTED: Cell<Lang> = const { Cell::new(Lang::En) };
}

/// Chooses a language: `on` is told once its texts are there, unless another was chosen meanwhile; and why they are not.
pub fn choose(lang: Lang, on: Callback<Action>) {
    WANTED.set(lang);
    wasm_bindgen_futures::spawn_local(async move {
        if !is_installed(lang) {
            let lacks = on.reform(move |why| Action::Notice(Some(Notice::Texts(lang, why))));
            let told = lacks.clone();
            let slow = Timeout::new(SLOW_MS, move || {
                if WANTED.get() == lang {
                    told.emit(Unloaded::Slow);
                }
            });
            let loaded = texts::load(lang).await;
            drop(slow);
            if WANTED.get() != lang {
                return;
            }
            if let Err(why) = loaded {
                lacks.emit(why);
                return;
            }
        }
        // Refused: the choice holds until the page goes.
        let _ = storage::write(storage::LANG, lang.tag());
        on.emit(Action::Lang(lang));
    });
}
