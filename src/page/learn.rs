//! Dialog: how target tracking works, step by step, and the glossary.

use words::Words;
use yew::prelude::*;

use super::modal::Modal;

/// Returns the dialog; `on_close` is told once it is closed.
pub fn learn(words: Words, on_close: Callback<()>) -> Html {
    let steps = words
        .lesson()
        .map(|(title, text)| html! { <li key={title}><b>{ title }</b><p>{ text }</p></li> });
    let terms = words
        .glossary()
        .map(|(term, text)| html! { <div key={term}><dt>{ term }</dt><dd>{ text }</dd></div> });
    html! {
        <Modal title={words.learn_title()} {on_close}>
            <ol class="lesson">{ for steps }</ol>
            <h3>{ words.glossary_title() }</h3>
            <dl class="glossary">{ for terms }</dl>
        </Modal>
    }
}
