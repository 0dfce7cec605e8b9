//! Dialog: how target tracking works, step by step, and the glossary.

use words::Words;
use yew::prelude::*;

use super::modal::Modal;

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LearnProps {
    /// Language.
    pub words: Words,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[function_component]
pub fn Learn(LearnProps { words, on_close }: &LearnProps) -> Html {
    let steps = words
        .lesson()
        .map(|(title, text)| html! { <li key={title}><b>{ title }</b><p>{ text }</p></li> });
    let terms = words
        .glossary()
        .map(|(term, text)| html! { <div key={term}><dt>{ term }</dt><dd>{ text }</dd></div> });
    html! {
        <Modal title={words.learn_title()} close={words.close()} on_close={on_close}>
            <ol class="lesson">{ for steps }</ol>
            <h3>{ words.glossary_title() }</h3>
            <dl class="glossary">{ for terms }</dl>
        </Modal>
    }
}
