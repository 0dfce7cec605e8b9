//! Buttons and ways as all pages of the study aid have them: each is one call, as much code as that.

use study::address::Address;
use yew::prelude::*;

/// Returns a button of a class: `b`, or `b p` for what one came for.
pub fn button(class: &'static str, says: &str, on: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {class} onclick={on}>{ says }</button> }
}

/// Returns a way to another page of the study aid, of a class as above.
pub fn way(class: &'static str, says: &str, address: &Address) -> Html {
    html! { <a {class} href={format!("#{address}")}>{ says }</a> }
}

/// Returns the address of practice of what was missed.
pub fn missed() -> Address {
    Address::Quiz {
        topic: "missed".to_owned(),
        seed: None,
    }
}
