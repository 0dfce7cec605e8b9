//! The document around the app: its attributes, its title, and where the focus goes.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement, InputEvent, Node,
};
use yew::Callback;

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Returns the element that an event is about: what it happened to, or what is around that where it is a text. Nothing where it
/// happened to the document or the window.
pub fn target(event: &Event) -> Option<Element> {
    let node: Node = event.target()?.dyn_into().ok()?;
    match node.dyn_into() {
        Ok(element) => Some(element),
        Err(node) => node.parent_element(),
    }
}

/// Returns the input that an event is about, where it is about one.
pub fn input(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Returns what the field that an event is about holds: an input, a list of choices or a text area. Nothing where it is about none.
pub fn value(event: &Event) -> Option<String> {
    let target = event.target()?;
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        Some(input.value())
    } else if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        Some(select.value())
    } else {
        target
            .dyn_ref::<HtmlTextAreaElement>()
            .map(HtmlTextAreaElement::value)
    }
}

/// Whether the `<details>` that an event is about is open.
pub fn is_open(event: &Event) -> bool {
    target(event).is_some_and(|details| details.has_attribute("open"))
}

/// Returns a listener that tells what an input, a list of choices or a text area holds, whenever that changes.
pub fn on_text(told: &Callback<String>) -> Callback<InputEvent> {
    let told = told.clone();
    Callback::from(move |event: InputEvent| {
        if let Some(text) = value(&event) {
            told.emit(text);
        }
    })
}

/// Sets an attribute of the root element.
pub fn set_root(name: &str, value: &str) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root.filter(|root| root.get_attribute(name).as_deref() != Some(value)) {
        // No browser refuses these names.
        let _ = root.set_attribute(name, value);
    }
}

/// Sets the tab's title.
pub fn set_title(title: &str) {
    if let Some(document) = document()
        && document.title() != title
    {
        document.set_title(title);
    }
}

/// Whether keys go to a text: undo there is the browser's.
pub fn is_typing() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| match active.dyn_ref::<HtmlInputElement>() {
        Some(input) => !matches!(&*input.type_(), "range" | "checkbox" | "radio" | "button"),
        None => active.tag_name() == "TEXTAREA",
    })
}

/// Whether no part of the page has the focus: what had it is gone.
pub fn is_lost() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_none_or(|active| matches!(&*active.tag_name(), "BODY" | "DIALOG"))
}

/// Whether the page stands in a frame of another.
pub fn is_framed() -> bool {
    web_sys::window().is_some_and(|window| {
        let parent = window.parent().ok().flatten();
        parent.is_none_or(|parent| parent != window)
    })
}

/// Whether the element with this id has the focus.
pub fn has_focus(id: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.id() == id)
}

/// Moves the focus to the element with this id.
pub fn focus(id: &str) {
    take_focus(document().and_then(|document| document.get_element_by_id(id)));
}

/// Moves the focus to the element with this id, and selects its text, once the page shows what has just changed.
pub fn focus_soon(id: &str) {
    let id = id.to_owned();
    let then = move || {
        focus(&id);
        select(&id);
    };
    Timeout::new(0, then).forget();
}

/// Moves the focus to the field named `name`, opening every fold around it.
pub fn focus_field(name: &str) {
    let found = document()
        .map(|document| document.get_elements_by_name(name))
        .and_then(|found| found.item(0))
        .and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let Some(field) = found else {
        return;
    };
    let mut around: Option<Element> = field.parent_element();
    while let Some(element) = around {
        if element.tag_name() == "DETAILS" {
            // `open` is a name that no browser refuses.
            let _ = element.set_attribute("open", "");
        }
        around = element.parent_element();
    }
    // A field that cannot take the focus keeps it where it is.
    let _ = field.focus();
    field.scroll_into_view();
}

/// Moves the focus from an item that is about to go, a fold or a row of a list, to the one beside it; from the last one to the
/// button below the list that adds another. The event happened within the item.
pub fn focus_beside(event: &Event) {
    let item = target(event).and_then(|it| it.closest("details, .step").ok().flatten());
    let Some(item) = item else { return };
    let next = item.next_element_sibling();
    let beside = next.or_else(|| item.previous_element_sibling());
    let in_it = beside.and_then(|it| it.query_selector("summary, input").ok().flatten());
    let below = || {
        let mut below = item.parent_element()?.next_element_sibling();
        while let Some(element) = below {
            if let Ok(Some(button)) = element.query_selector(":scope > button") {
                return Some(button);
            }
            below = element.next_element_sibling();
        }
        None
    };
    take_focus(in_it.or_else(below));
}

/// Moves the focus from a button that is about to go to the summary of the fold around it.
pub fn focus_fold(event: &Event) {
    let fold = target(event).and_then(|it| it.closest("details").ok().flatten());
    take_focus(fold.and_then(|it| it.query_selector("summary").ok().flatten()));
}

/// Gives the focus back to a button that moves with the item that holds it, once it has: what moves loses it. A button that can no
/// longer be pressed leaves it to the summary of its fold.
pub fn keep_focus(event: &Event) {
    let Some(button) = target(event) else { return };
    let event = event.clone();
    let then = move || {
        if button.has_attribute("disabled") {
            focus_fold(&event);
        } else {
            take_focus(Some(button));
        }
    };
    Timeout::new(0, then).forget();
}

fn take_focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // One that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Selects all the text of the element with this id.
pub fn select(id: &str) {
    let found = document().and_then(|document| document.get_element_by_id(id));
    let Some(element) = found else {
        return;
    };
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.select();
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.select();
    }
}

/// Hides the popover with this id, where it is one and open.
pub fn hide_popover(id: &str) {
    let found = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Refused where it is not open, or the browser knows none: then it is not over anything.
        let _ = element.hide_popover();
    }
}

/// Scrolls the page to its top.
pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Scrolls the element with this id to the top of what is in sight.
pub fn scroll_to(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        element.scroll_into_view();
    }
}

/// Scrolls the element with this id into sight, no further than needed.
pub fn reveal(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
