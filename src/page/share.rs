//! Dialog: the link that holds this scenario, ready to copy; or, where a trace is too long for a link, the file.

use words::Words;
use yew::prelude::*;

use super::{Panel, modal::Modal};
use crate::{
    browser::{clipboard, dom},
    language::use_words,
    state::Action,
};

/// Returns the dialog, without a `link` where that would be too long.
pub fn share(
    words: Words,
    link: Option<&str>,
    on: &Callback<Action>,
    on_save: &Callback<()>,
    on_close: Callback<()>,
) -> Html {
    let body = match link {
        Some(link) => html! {
            <>
                <p>{ words.share_about() }</p>
                <Copyable id="share-link" label={words.share_link_label()} text={link.to_owned()} />
                <p class="says">{ words.share_length(link.chars().count() as u64, &words.integer(link.chars().count() as f64)) }</p>
            </>
        },
        None => html! { <p>{ words.share_too_long() }</p> },
    };
    html! {
        <Modal title={words.header_share()} {on_close}>
            { body }
            <p class="row">
                <button type="button" class="b" onclick={on_save.reform(|_| ())}>{ words.save_file() }</button>
                <button type="button" class="b" hidden={link.is_none()} onclick={Action::Panel(Some(Panel::Embed)).on_click(on)}>{ words.header_embed() }</button>
            </p>
        </Modal>
    }
}

/// A text to copy.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CopyableProps {
    /// Id of its field.
    pub id: &'static str,
    /// What it is.
    pub label: AttrValue,
    /// The text.
    pub text: AttrValue,
}

/// A text and a button that copies it. Where the clipboard is refused, the text is selected and the page says so.
#[function_component]
pub fn Copyable(CopyableProps { id, label, text }: &CopyableProps) -> Html {
    let words = use_words();
    // What became of the last copy, and of which text.
    let copied = use_state(|| None::<(AttrValue, bool)>);
    let onclick = {
        let (copied, text, id) = (copied.clone(), text.clone(), *id);
        Callback::from(move |_: MouseEvent| {
            let (copied, text) = (copied.clone(), text.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let done = clipboard::copy(&text).await.is_ok();
                if !done {
                    dom::select(id);
                }
                copied.set(Some((text, done)));
            });
        })
    };
    let said = match &*copied {
        Some((of, true)) if of == text => words.copied(),
        Some((of, false)) if of == text => words.copy_refused(),
        _ => "",
    };
    html! {
        <div class="copyable">
            <label for={*id}>{ label.clone() }</label>
            <div class="row">
                <textarea id={*id} readonly=true rows="2" spellcheck="false" value={text.clone()} />
                <button type="button" class="b p" {onclick}>{ words.copy() }</button>
            </div>
            <p class="says" role="status">{ said }</p>
        </div>
    }
}
