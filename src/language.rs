//! The language of the page: a context, which every component that says something asks for.

use words::{Lang, Words, is_installed};
use yew::prelude::*;

use crate::{
    browser::{dom, intl, storage, texts},
    page::notice::Notice,
    state::Action,
};

/// Returns the language of the page, and how the person writes numbers.
#[hook]
pub fn use_words() -> Words {
    use_context().unwrap_or_else(|| Words::new(Lang::default()))
}

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

/// Chooses a language: `on` is told once its texts are there.
pub fn choose(lang: Lang, on: Callback<Action>) {
    wasm_bindgen_futures::spawn_local(async move {
        if !is_installed(lang) && texts::load(lang).await.is_err() {
            on.emit(Action::Notice(Some(Notice::Language)));
            return;
        }
        // Refused: the choice holds until the page goes.
        let _ = storage::write(storage::LANG, lang.tag());
        on.emit(Action::Lang(lang));
    });
}
