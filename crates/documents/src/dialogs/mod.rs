//! The two dialogs, as the page shows them in a frame of its own.

mod export;
mod import;
mod tabs;

use std::rc::Rc;

use documents::{Kind, Listed, Opening, Told};
use js_sys::Function;
use wasm_bindgen::JsValue;
use widgets::given::GivenFile;
use words::Words;
use yew::prelude::*;

use self::{export::Export, import::Import};

/// What a dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DialogProps {
    /// Language.
    pub words: Words,
    /// What it opens with.
    pub opening: Rc<Opening>,
    /// Files that were given elsewhere on the page.
    pub files: Rc<Vec<GivenFile>>,
    /// Called with what the page is to do, and a text.
    pub on_told: Function,
}

/// The dialog that was asked for.
#[function_component]
pub fn Dialog(props: &DialogProps) -> Html {
    let on_told = use_callback(props.on_told.clone(), |(what, text): (Told, String), on| {
        // A page that does not listen any more is told nothing.
        let _ = on.call2(&JsValue::NULL, &what.name().into(), &text.into());
    });
    let opening = Rc::clone(&props.opening);
    html! {
        <ContextProvider<Words> context={props.words}>
            { match props.opening.kind {
                Kind::Export => html! { <Export {opening} {on_told} /> },
                Kind::Import => html! { <Import {opening} files={Rc::clone(&props.files)} {on_told} /> },
            } }
        </ContextProvider<Words>>
    }
}

/// Returns how many more there are than a list shows; nothing where it shows all.
fn more<T>(words: Words, listed: &Listed<T>) -> Html {
    let more = listed.more;
    html! {
        if more > 0 {
            <p class="says">{ words.documents_more(more as u64, &words.integer(more as f64)) }</p>
        }
    }
}

/// Nothing.
#[function_component]
pub fn Nothing() -> Html {
    Html::default()
}
