//! Everything that is wrong, in one place: each sentence leads to its field, whatever is folded around it.

use words::Words;
use yew::prelude::*;

use crate::{
    browser::dom,
    form::Errors,
    parts::{El, el, of},
};

/// The list; nothing where nothing is wrong.
#[inline(never)]
pub fn problems(words: Words, errors: &Errors) -> El {
    let count = errors.len();
    let number = count.to_string();
    let mut items = el("ul");
    for (path, text) in errors {
        items = items.with(item(path, text));
    }
    of("div", "card problems")
        .set("role", "status")
        .flag("hidden", count == 0)
        .with(el("h2").says(words.problems_count(count as u64, &number).into()))
        .with(items)
}

#[inline(never)]
fn item(path: &str, text: &str) -> El {
    let on_click = {
        let path = path.to_owned();
        Callback::from(move |_: MouseEvent| dom::focus_field(&path))
    };
    let way = el("button")
        .set("type", "button")
        .says(text.to_owned().into())
        .click(on_click);
    el("li").key(path).with(way)
}
