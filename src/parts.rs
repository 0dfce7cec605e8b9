//! Elements made by calls. `html!` writes the making of every element out wherever it stands, which is most of what a page
//! of this size weighs; here each step is one function. What many elements of the page are made of stands here too.

mod el;
mod names;
mod part;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{prelude::*, virtual_dom::VText};

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

/// A line with a box to tick.
#[inline(never)]
pub fn tick_box(id: &'static str, on: bool, says: &'static str, on_tick: Callback<bool>) -> Html {
    let input = el("input")
        .set("type", "checkbox")
        .set("id", id)
        .checked(on)
        .change(ticked(&on_tick));
    let line = of("span", "c")
        .with(input)
        .with(el("label").set("for", id).tells(says));
    of("div", "f").with(line).html()
}

/// What an input or a text area holds whenever it changes.
#[inline(never)]
pub fn typed(on_text: &Callback<String>) -> Callback<InputEvent> {
    on_text.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value())
}

/// What a `select` holds once another option is chosen.
#[inline(never)]
pub fn chosen(on_text: &Callback<String>) -> Callback<Event> {
    on_text.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value())
}

/// Whether a box is ticked, whenever that changes.
#[inline(never)]
pub fn ticked(on_tick: &Callback<bool>) -> Callback<Event> {
    on_tick.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked())
}
