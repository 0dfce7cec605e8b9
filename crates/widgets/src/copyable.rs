//! A text to copy.

use yew::prelude::*;

use crate::{clipboard, dom, use_words};

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
