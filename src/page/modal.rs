//! A native modal dialog: opened when it is made, told when it closes, by whatever way.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::language::use_words;

/// A dialog.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ModalProps {
    /// Its title.
    pub title: AttrValue,
    /// Wider than a text.
    #[prop_or_default]
    pub wide: bool,
    /// Called once it is closed.
    pub on_close: Callback<()>,
    /// What it holds.
    pub children: Html,
}

/// A dialog around its children.
#[function_component]
pub fn Modal(props: &ModalProps) -> Html {
    let words = use_words();
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>()
            && !dialog.open()
        {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        }
        let node = node.clone();
        // Closed before it goes, it gives the focus back to what had it before.
        move || {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    });
    let shut = {
        let node = node.clone();
        Callback::from(move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    // A click on the dialog itself, not on what it holds, is one beside it.
    let onclick = {
        let shut = shut.clone();
        Callback::from(move |event: MouseEvent| {
            if event.target() == event.current_target() {
                shut.emit(());
            }
        })
    };
    let onclose = props.on_close.reform(|_: Event| ());
    html! {
        <dialog ref={node} class={classes!(props.wide.then_some("wide"))} aria-labelledby="dialog-title" {onclick} {onclose}>
            <div class="dialog">
                <header>
                    <h2 id="dialog-title">{ props.title.clone() }</h2>
                    <button type="button" class="b q" aria-label={words.close()} onclick={shut.reform(|_: MouseEvent| ())}>{ "✕" }</button>
                </header>
                { props.children.clone() }
            </div>
        </dialog>
    }
}
