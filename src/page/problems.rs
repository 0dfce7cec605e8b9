//! Everything that is wrong, in one place: each sentence leads to its field, whatever is folded around it.

use words::Words;
use yew::prelude::*;

use crate::{browser::dom, form::Errors};

/// The list; nothing where nothing is wrong.
pub fn problems(words: Words, errors: &Errors) -> Html {
    let items = errors.iter().map(|(path, text)| {
        let onclick = {
            let path = path.clone();
            Callback::from(move |_: MouseEvent| dom::focus_field(&path))
        };
        html! { <li key={path.clone()}><button type="button" {onclick}>{ text.clone() }</button></li> }
    });
    let count = errors.len();
    html! {
        <div class="card problems" role="status" hidden={count == 0}>
            <h2>{ words.problems_count(count as u64, &count.to_string()) }</h2>
            <ul>{ for items }</ul>
        </div>
    }
}
