//! Dialog: how target tracking works, step by step, the glossary, and under which licences all of it stands.

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
            <p class="says">
                { words.licence() }{ " " }
                <a href="licences.txt" target="_blank" rel="noopener">{ words.licences() }</a>
            </p>
        </Modal>
    }
}
