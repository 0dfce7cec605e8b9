//! What a person does to a field, told from the event alone: the form hears for all of its fields, none has handlers.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

use crate::{browser::dom, state::Action, typed::slot::DAYS};

/// What `event` asks for, if it is about a field.
#[inline(never)]
pub fn heard(event: &Event) -> Option<Action> {
    let target = dom::target(event)?;
    if event.type_() == "click" {
        return clicked(&target);
    }
    let path = target.get_attribute("name")?;
    // A list of choices is none.
    let input = dom::input(event);
    match &*event.type_() {
        "input" => typed(path, input.as_ref(), event),
        "focusout" => Some(match input.filter(is_moment) {
            Some(input) => Action::Leave {
                path,
                half: input.validity().bad_input(),
            },
            None => Action::Settle,
        }),
        "keydown" => {
            let up = match &*event.dyn_ref::<KeyboardEvent>()?.key() {
                "ArrowUp" => true,
                "ArrowDown" => false,
                _ => return None,
            };
            let input = input.filter(|input| input.has_attribute("inputmode"))?;
            event.prevent_default();
            let text = input.value();
            Some(Action::Nudge { path, text, up })
        }
        _ => None,
    }
}

/// Whether the field that the event is about has suggestions.
pub fn suggests(event: &Event) -> bool {
    dom::target(event).is_some_and(|target| target.has_attribute("list"))
}

fn is_moment(input: &HtmlInputElement) -> bool {
    matches!(&*input.type_(), "date" | "time" | "datetime-local")
}

fn typed(path: String, input: Option<&HtmlInputElement>, event: &Event) -> Option<Action> {
    let text = match input {
        Some(input) if input.type_() == "checkbox" => ticked(input),
        _ => dom::value(event)?,
    };
    // A native date that is half typed reads as empty.
    Some(if text.is_empty() && input.is_some_and(is_moment) {
        Action::Half(path)
    } else {
        Action::Type { path, text }
    })
}

/// A switch alone, or the days of a week.
fn ticked(input: &HtmlInputElement) -> String {
    let Some(week) = input.closest(".week").ok().flatten() else {
        return if input.checked() { "on" } else { "" }.to_owned();
    };
    let boxes = week.children();
    let is_ticked = |at: usize| {
        let label = boxes.item(at as u32)?;
        let input: HtmlInputElement = label.first_element_child()?.dyn_into().ok()?;
        Some(input.checked())
    };
    let days = DAYS.iter().enumerate();
    let days = days.filter(|(at, _)| is_ticked(*at) == Some(true));
    let days: Vec<&str> = days.map(|(_, (_, name))| *name).collect();
    days.join(",")
}

/// A click on the question mark, or on the way back to automatic; or on what either holds. Told by what they are: anything may be
/// clicked, pictures too, whose class is no text.
fn clicked(target: &Element) -> Option<Action> {
    let button = target.closest("button.q, button.back").ok()??;
    if button.matches(".q").ok()? {
        let about = button.get_attribute("aria-controls")?;
        return Some(Action::Explain(about.strip_suffix(":about")?.to_owned()));
    }
    let input = button.parent_element()?.first_element_child()?;
    let path = input.get_attribute("name")?;
    let text = String::new();
    Some(Action::Type { path, text })
}
