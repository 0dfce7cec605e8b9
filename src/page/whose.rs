//! The line under the header: what this page is, whose scenario it shows, and the way to one's own. When it stands there is
//! [`State::line`]'s.

use words::Words;
use yew::prelude::*;

use super::Panel;
use crate::{
    browser::storage::Device,
    kept,
    state::{Action, Line, State},
};

/// Returns the line, of a scenario with that title.
pub fn whose_line(
    words: Words,
    line: Line,
    state: &State,
    title: &str,
    on: &Callback<Action>,
    on_open: &Callback<Action>,
) -> Html {
    let has_own = !state.own.titles.is_empty();
    let opens = |panel, name: &'static str| {
        let onclick = Action::Panel(Some(panel)).on_click(on);
        html! { <button type="button" class="b" {onclick}>{ name }</button> }
    };
    let sentence = match line {
        Line::Sample => words.whose_sample(title),
        Line::Link if has_own => words.whose_link_beside().to_owned(),
        Line::Link => words.whose_link().to_owned(),
        Line::Deleted => words.whose_deleted().to_owned(),
        Line::Kept => words.whose_kept(title),
    };
    html! {
        <aside class="whose">
            <p>
                if state.is_first() {
                    { words.about_page() }{ " " }
                }
                <span>{ sentence }</span>
            </p>
            <span class="row">
                { match line {
                    Line::Sample => opens(Panel::Start, words.start_own()),
                    Line::Kept => opens(Panel::Scenarios, words.my_scenarios()),
                    Line::Link | Line::Deleted => html! {
                        <>
                            if has_own {
                                <button type="button" class="b" onclick={back_to_mine(on_open)}>{ words.back_to_mine() }</button>
                            }
                            <button type="button" class="b" onclick={Action::KeepCopy.on_click(on)}>{ words.keep_copy() }</button>
                        </>
                    },
                } }
            </span>
            <button type="button" class="b q" aria-label={words.hide()} onclick={Action::HideLine.on_click(on)}>{ "✕" }</button>
        </aside>
    }
}

/// Returns a listener of clicks that opens the own scenario that was shown or changed last.
pub fn back_to_mine(on_open: &Callback<Action>) -> Callback<MouseEvent> {
    let on_open = on_open.clone();
    Callback::from(move |_: MouseEvent| {
        if let Some(opened) = kept::last_own(&Device) {
            on_open.emit(Action::opens(opened));
        }
    })
}
