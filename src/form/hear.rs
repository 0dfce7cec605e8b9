//! What a person does to a field, told from the event alone: the form hears for all of its fields, none has handlers.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

use crate::{state::Action, typed::slot::DAYS};

/// What `event` asks for, if it is about a field.
#[inline(never)]
pub fn heard(event: &Event) -> Option<Action> {
    let target: Element = event.target()?.dyn_into().ok()?;
    if event.type_() == "click" {
        return clicked(&target);
    }
    let path = target.get_attribute("name")?;
    // A `select` has a value as an input has.
    let input: HtmlInputElement = target.unchecked_into();
    match &*event.type_() {
        "input" => Some(typed(path, &input)),
        "focusout" if is_moment(&input) => {
            let half = input.validity().bad_input();
            Some(Action::Leave { path, half })
        }
        "focusout" => Some(Action::Settle),
        "keydown" => {
            let up = match &*event.dyn_ref::<KeyboardEvent>()?.key() {
                "ArrowUp" => true,
                "ArrowDown" => false,
                _ => return None,
            };
            input.get_attribute("inputmode")?;
            event.prevent_default();
            let text = input.value();
            Some(Action::Nudge { path, text, up })
        }
        _ => None,
    }
}

/// Whether the field that the event is about has suggestions.
pub fn suggests(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into().ok());
    target.is_some_and(|target: Element| target.has_attribute("list"))
}

fn is_moment(input: &HtmlInputElement) -> bool {
    matches!(&*input.type_(), "date" | "time" | "datetime-local")
}

fn typed(path: String, input: &HtmlInputElement) -> Action {
    let text = match &*input.type_() {
        "checkbox" => ticked(input),
        _ => input.value(),
    };
    // A native date that is half typed reads as empty.
    if text.is_empty() && is_moment(input) {
        Action::Half(path)
    } else {
        Action::Type { path, text }
    }
}

/// A switch alone, or the days of a week.
fn ticked(input: &HtmlInputElement) -> String {
    let Some(week) = input.closest(".week").ok().flatten() else {
        return if input.checked() { "on" } else { "" }.to_owned();
    };
    let boxes = week.children();
    let is_ticked = |at: usize| {
        let label = boxes.item(at as u32)?;
        let input: HtmlInputElement = label.first_element_child()?.unchecked_into();
        Some(input.checked())
    };
    let days = DAYS.iter().enumerate();
    let days = days.filter(|(at, _)| is_ticked(*at) == Some(true));
    let days: Vec<&str> = days.map(|(_, (_, name))| *name).collect();
    days.join(",")
}

/// A click on the question mark, or on the way back to automatic.
fn clicked(target: &Element) -> Option<Action> {
    match &*target.class_name() {
        "q" => {
            let about = target.get_attribute("aria-controls")?;
            Some(Action::Explain(about.strip_suffix(":about")?.to_owned()))
        }
        "back" => {
            let input = target.parent_element()?.first_element_child()?;
            let path = input.get_attribute("name")?;
            let text = String::new();
            Some(Action::Type { path, text })
        }
        _ => None,
    }
}
