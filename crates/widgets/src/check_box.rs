//! A box to tick, with its label behind it.

use yew::prelude::*;

use crate::dom;

/// Returns the box; `on_tick` is told whether it is ticked from now on.
pub fn check_box(
    id: impl Into<AttrValue>,
    label: impl Into<AttrValue>,
    is_ticked: bool,
    on_tick: impl Into<Callback<bool>>,
) -> Html {
    let (id, on_tick) = (id.into(), on_tick.into());
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = dom::input(&event) {
            on_tick.emit(input.checked());
        }
    });
    html! {
        <span class="c">
            <input type="checkbox" id={&id} checked={is_ticked} {onchange} />
            <label for={id}>{ label.into() }</label>
        </span>
    }
}
