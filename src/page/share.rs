//! Dialog: the link that holds this scenario, ready to copy; or, where it is too long for one, the file.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    modal::Modal,
    packed::{Packed, use_focus_on_longer},
};
use crate::{
    browser::{clipboard, dom},
    language::use_words,
};

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ShareProps {
    /// The page's address without what stands behind `#`.
    pub base: AttrValue,
    /// The scenario's link, and what it does not keep.
    pub packed: Rc<Packed>,
    /// Makes a link of longer steps.
    pub on_longer: Callback<()>,
    /// Saves the scenario as a file.
    pub on_save: Callback<()>,
    /// Goes on to the embed dialog.
    pub on_embed: Callback<()>,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[function_component]
pub fn Share(
    ShareProps {
        base,
        packed,
        on_longer,
        on_save,
        on_embed,
        on_close,
    }: &ShareProps,
) -> Html {
    let words = use_words();
    use_focus_on_longer(packed, "share-link");
    let link = (packed.payload()).map(|payload| AttrValue::from(format!("{base}#{payload}")));
    html! {
        <Modal title={words.header_share()} on_close={on_close}>
            if link.is_some() {
                <p>{ words.share_about() }</p>
            }
            { packed.says(words, on_longer) }
            if let Some(link) = &link {
                <Copyable id="share-link" label={words.share_link_label()} text={link} />
                <p class="says">{ words.share_length(link.chars().count() as u64, &words.integer(link.chars().count() as f64)) }</p>
            }
            <p class="row">
                <button type="button" class="b" onclick={on_save.reform(|_| ())}>{ words.save_file() }</button>
                <button type="button" class="b" hidden={link.is_none()} onclick={on_embed.reform(|_| ())}>{ words.header_embed() }</button>
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
    /// Lines of it that are in sight: of more than two, each line of the text is one.
    #[prop_or("2")]
    pub rows: &'static str,
    /// More buttons.
    #[prop_or_default]
    pub children: Html,
}

/// A text and a button that copies it. Where the clipboard is refused, the text is selected and the page says so.
#[function_component]
pub fn Copyable(props: &CopyableProps) -> Html {
    let words = use_words();
    let CopyableProps {
        id,
        label,
        text,
        rows,
        children,
    } = props;
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
        <div class={classes!("copyable", (*rows != "2").then_some("lines"))}>
            <label for={*id}>{ label.clone() }</label>
            <div class="row">
                <textarea id={*id} readonly=true rows={*rows} spellcheck="false" value={text.clone()} />
                <button type="button" class="b p" {onclick}>{ words.copy() }</button>
                { children.clone() }
            </div>
            <p class="says" role="status">{ said }</p>
        </div>
    }
}
