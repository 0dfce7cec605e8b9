//! Elements made by calls. `html!` writes the making of every element out wherever it stands, which is most of what a page
//! of this size weighs; here each step is one function. What many elements of the page are made of stands here too.

mod el;
mod names;
mod part;

use yew::{prelude::*, virtual_dom::VText};

use crate::browser::dom;

pub use self::{
    el::{El, el, of},
    part::{Part, part},
};

/// A text.
#[inline(never)]
pub fn text(text: AttrValue) -> Html {
    VText::new(text).into()
}

/// A button of a class that says something.
#[inline(never)]
pub fn button(class: &'static str, says: AttrValue, on_click: Callback<MouseEvent>) -> El {
    of("button", class)
        .set("type", "button")
        .says(says)
        .click(on_click)
}

/// What an input or a text area holds whenever it changes.
#[inline(never)]
pub fn typed(on_text: &Callback<String>) -> Callback<InputEvent> {
    let on_text = on_text.clone();
    Callback::from(move |event: InputEvent| {
        if let Some(text) = dom::value(&event) {
            on_text.emit(text);
        }
    })
}
