//! What pointer, wheel and keys do on the charts: each event becomes what it asks for. One listener hears them all.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use super::{
    brush::{self, Grip},
    gesture::{Act, At},
    keys::{Asked, Stand, asked},
    size::{Watching, watch},
    wheel,
};
use crate::{
    browser::dom,
    view::charts::desk::{Ask, Desk, Local, Now},
};

/// Everything that is listened to. Heard on the way down, since a pointer's leaving is told to what it leaves alone.
const EVENTS: [&str; 8] = [
    "pointerdown",
    "pointermove",
    "pointerup",
    "pointercancel",
    "pointerleave",
    "dblclick",
    "keydown",
    "wheel",
];

/// Listeners and the watch over the size, ended when dropped.
pub struct Listening {
    _listeners: Vec<EventListener>,
    _size: Option<Watching>,
}

/// Begins to listen, and measures the charts.
#[inline(never)]
pub fn listen(desk: &Rc<Desk>) -> Option<Listening> {
    let stack = desk.nodes.stack.cast::<Element>()?;
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    let mut listeners = Vec::with_capacity(EVENTS.len());
    for name in EVENTS {
        let desk = Rc::clone(desk);
        listeners.push(EventListener::new_with_options(
            &stack,
            name,
            options,
            move |event| {
                hear(&desk, event);
            },
        ));
    }
    let measured = Rc::clone(desk);
    let set = move |size| {
        let local = measured.local();
        measured.put(Local { size, ..local });
    };
    Some(Listening {
        _listeners: listeners,
        _size: watch(stack, Box::new(set)),
    })
}

/// Answers an event on a plot.
#[inline(never)]
fn hear(desk: &Desk, event: &Event) -> Option<()> {
    let now = desk.now()?;
    let target = dom::target(event)?;
    let pad = target.closest(".pad").ok()??;
    let strip = pad.matches(".brush .pad").unwrap_or(false);
    if let Some(event) = event.dyn_ref::<WheelEvent>() {
        if !strip && let Some(to) = wheel::window_after(event, &pad, now.window, now.length_s) {
            event.prevent_default();
            desk.answer(Ask::Show(to));
        }
    } else if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
        if !(event.ctrl_key() || event.meta_key() || event.alt_key()) {
            let ask = if strip {
                edge(&target, event, &now)
            } else {
                key(event, &now)
            };
            if let Some(ask) = ask {
                event.prevent_default();
                desk.answer(ask);
            }
        }
    } else if let Some(event) = event.dyn_ref::<PointerEvent>() {
        if strip {
            drag(desk, &now, &pad, event);
        } else if let Some(ask) = point(desk, &now, &pad, event) {
            desk.answer(ask);
        }
    } else if event.dyn_ref::<MouseEvent>().is_some() {
        desk.answer(Ask::Whole);
    }
    Some(())
}

/// Moment under a pointer as a share of the plot, and the plot's width.
fn place(event: &PointerEvent, pad: &Element) -> At {
    let rect = pad.get_bounding_client_rect();
    let width_px = rect.width().max(1.0);
    At {
        id: event.pointer_id(),
        share: (f64::from(event.client_x()) - rect.left()) / width_px,
        width_px,
    }
}

/// A pointer on a chart.
fn point(desk: &Desk, now: &Now, pad: &Element, event: &PointerEvent) -> Option<Ask> {
    let touch = event.pointer_type() == "touch";
    let at = || place(event, pad);
    let (window, length_s) = (now.window, now.length_s);
    let mut gesture = desk.gesture.borrow_mut();
    let act = match event.type_().as_str() {
        "pointerdown" if event.button() == 0 => {
            if !touch {
                // Without capture a drag ends at the plot's edge, no more.
                let _ = pad.set_pointer_capture(event.pointer_id());
            }
            gesture.down(at(), touch, event.shift_key(), window)
        }
        "pointermove" => gesture.moved(at(), window, length_s),
        "pointerup" => gesture.up(at(), window, length_s),
        "pointercancel" => {
            gesture.cancel();
            Act::Nothing
        }
        // Of what the pointer leaves on its way, the plot alone counts.
        "pointerleave" if !touch && event.target().as_ref() == Some(pad.as_ref()) => {
            return Some(Ask::Leave);
        }
        _ => Act::Nothing,
    };
    match act {
        Act::Nothing => None,
        Act::Hover(at_s) => Some(Ask::Hover(at_s)),
        Act::Pin(at_s) => Some(Ask::Pin(at_s)),
        Act::Select(from_s, to_s) => Some(Ask::Select(from_s, to_s)),
        Act::Show(window) => Some(Ask::Show(window)),
    }
}

/// A pointer on the strip.
fn drag(desk: &Desk, now: &Now, strip: &Element, event: &PointerEvent) {
    let (window, length_s) = (now.window, now.length_s);
    let at = place(event, strip);
    let (at_s, per_px) = (at.share * length_s, length_s / at.width_px);
    match event.type_().as_str() {
        "pointerdown" if event.button() == 0 => {
            let grip = brush::grip(at_s, per_px, window, length_s);
            desk.drag.set(Some((grip, at_s, window)));
            // Without capture the drag ends at the strip's edge, no more.
            let _ = strip.set_pointer_capture(at.id);
        }
        "pointermove" => {
            if let Some((grip, from_s, held)) = desk.drag.get()
                && (at_s - from_s).abs() > 2.0 * per_px
            {
                let to = brush::dragged(grip, at_s - from_s, held, length_s);
                desk.answer(Ask::Show(to));
            }
        }
        "pointerup" | "pointercancel" => desk.drag.set(None),
        _ => {}
    }
}

/// A key on a chart.
fn key(event: &KeyboardEvent, now: &Now) -> Option<Ask> {
    let stand = Stand {
        window: now.window,
        cursor_s: now.cursor_s,
        length_s: now.length_s,
        step_s: now.grid_s,
    };
    Some(match asked(&event.key(), event.shift_key(), stand)? {
        Asked::Pin(at_s) => Ask::Go(at_s),
        Asked::Clear => Ask::Clear,
        Asked::Show(window) => Ask::Show(window),
        Asked::Nearest(at_s) => Ask::Nearest(at_s),
    })
}

/// A key on the window over the strip, or on one of its edges: the first is where it begins.
fn edge(target: &Element, event: &KeyboardEvent, now: &Now) -> Option<Ask> {
    let grip = if target.matches(".win").unwrap_or(false) {
        Grip::Whole
    } else if target.next_element_sibling().is_some() {
        Grip::From
    } else {
        Grip::To
    };
    brush::keyed(&event.key(), grip, now.window, now.length_s).map(Ask::Show)
}
