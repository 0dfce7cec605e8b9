//! Dialog: how target tracking works, step by step, the glossary, and under which licences all of it stands.

use yew::prelude::*;

use super::modal::Modal;
use crate::language::use_words;

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LearnProps {
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[function_component]
pub fn Learn(LearnProps { on_close }: &LearnProps) -> Html {
    let words = use_words();
    let steps = words
        .lesson()
        .map(|(title, text)| html! { <li key={title}><b>{ title }</b><p>{ text }</p></li> });
    let terms = words
        .glossary()
        .map(|(term, text)| html! { <div key={term}><dt>{ term }</dt><dd>{ text }</dd></div> });
    html! {
        <Modal title={words.learn_title()} on_close={on_close}>
            <ol class="lesson">{ for steps }</ol>
            <h3>{ words.glossary_title() }</h3>
            <dl class="glossary">{ for terms }</dl>
            <p class="says">
                { words.licence() }{ " " }
                <a href="licences.txt" target="_blank" rel="noopener">{ words.licences() }</a>
            </p>
        </Modal>
    }
}
