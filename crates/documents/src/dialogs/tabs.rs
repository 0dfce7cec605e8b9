//! Tabs: one of several is shown; arrows, Home and End go from one to the next, and Tab goes on to what it shows.

use wasm_bindgen::JsCast as _;
use widgets::dom;
use yew::prelude::*;

/// A tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    /// What names it among the others.
    pub id: AttrValue,
    /// Its name.
    pub name: AttrValue,
    /// Whether it is of another kind than most.
    pub is_apart: bool,
}

/// Returns tabs, of which one is `chosen`, and below them what it shows. `of` names them among all elements with ids.
pub fn tabs(
    of: &'static str,
    label: &'static str,
    all: &[Tab],
    chosen: &str,
    on_choose: &Callback<AttrValue>,
    shown: Html,
) -> Html {
    let element = move |id: &str| [of, "-tab-", id].concat();
    let ids: Vec<AttrValue> = all.iter().map(|tab| tab.id.clone()).collect();
    let place = ids.iter().position(|id| id == chosen).unwrap_or_default();
    let onkeydown = {
        let on_choose = on_choose.clone();
        Callback::from(move |event: KeyboardEvent| {
            // What fills a form by itself sends events of that name that are of no key.
            if !event.is_instance_of::<KeyboardEvent>() {
                return;
            }
            let to = match &*event.key() {
                "ArrowRight" | "ArrowDown" => (place + 1) % ids.len().max(1),
                "ArrowLeft" | "ArrowUp" => (place + ids.len()).saturating_sub(1) % ids.len().max(1),
                "Home" => 0,
                "End" => ids.len().saturating_sub(1),
                _ => return,
            };
            event.prevent_default();
            if let Some(id) = ids.get(to) {
                dom::focus(&element(id));
                on_choose.emit(id.clone());
            }
        })
    };
    html! {<>
        <div class="tabs" role="tablist" aria-label={label} {onkeydown}>
            for tab in all {
                <button type="button" role="tab" class={classes!(tab.is_apart.then_some("apart"))} key={tab.id.to_string()} id={element(&tab.id)} aria-controls={[of, "-panel"].concat()}
                    aria-selected={(tab.id == chosen).to_string()} tabindex={if tab.id == chosen { "0" } else { "-1" }}
                    onclick={on_choose.reform({ let id = tab.id.clone(); move |_: MouseEvent| id.clone() })}>{ &tab.name }</button>
            }
        </div>
        <div role="tabpanel" id={[of, "-panel"].concat()} aria-labelledby={element(chosen)}>{ shown }</div>
    </>}
}
