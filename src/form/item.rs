//! An item of a list, folded: what the folds of layers, policies, actions and failures have in common.

use scenario::field::{ItemId, List};
use yew::prelude::*;

use super::{FormProps, card::Fold};
use crate::{browser::dom, state::Action};

/// What the fold of an item shows.
#[derive(Debug)]
pub struct ItemFold {
    /// Its list.
    pub list: List,
    /// Its number.
    pub id: ItemId,
    /// Colour of its dot, a variable of the style sheet.
    pub colour: &'static str,
    /// Title.
    pub title: AttrValue,
    /// What a closed one says.
    pub note: String,
}

impl ItemFold {
    /// Returns the fold around the item's fields, with the buttons that move or remove it. One that is added opens; those there from
    /// the start do not.
    pub fn around(self, form: &FormProps, is_off: bool, fields: Html) -> Html {
        let Self { list, id, .. } = self;
        let scenario = form.scenario();
        let is_added = match list {
            List::Demand => scenario.demand.is_added(id),
            List::Policies => scenario.policies.is_added(id),
            List::Actions => scenario.scheduled_actions.is_added(id),
            List::Failures => scenario.failures.is_added(id),
            List::OtherMachines => scenario.other_machines.is_added(id),
        };
        html! {
            <Fold key={form.key_of(id)} colour={self.colour} title={self.title} note={self.note} open={is_added} off={is_off}
                problems={form.problems_in(list, id)} warnings={form.warnings_in(list, id)}>
                { fields }
                { move_buttons(form, list, id) }
            </Fold>
        }
    }
}

/// Returns a listener of clicks that takes out what holds the button: the focus goes to what stands beside it.
pub fn removes(form: &FormProps, action: Action) -> Callback<MouseEvent> {
    form.on.reform(move |event: MouseEvent| {
        dom::focus_beside(&event);
        action.clone()
    })
}

/// Returns the buttons that move an item of a list up or down, or remove it.
fn move_buttons(form: &FormProps, list: List, id: ItemId) -> Html {
    let words = form.words;
    let ids = list.ids(form.scenario());
    let button = |says, action: Action, disabled| {
        let onclick = form.on.reform(move |event: MouseEvent| {
            dom::keep_focus(&event);
            action.clone()
        });
        html! { <button class="add" type="button" {disabled} {onclick}>{ says }</button> }
    };
    let index = ids.iter().position(|known| *known == id).unwrap_or(0);
    let up = Action::SwapWithNext(list, index.wrapping_sub(1));
    let down = Action::SwapWithNext(list, index);
    html! {
        <p class="moves">
            { button(words.move_up(), up, index == 0) }
            { button(words.move_down(), down, index + 1 >= ids.len()) }
            <button class="add" type="button" onclick={removes(form, Action::Remove(list, id))}>{ words.remove() }</button>
        </p>
    }
}
