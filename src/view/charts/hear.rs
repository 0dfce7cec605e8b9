//! What pointer, wheel and keys do on the charts: each event becomes an act. One listener hears them all.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use chart::Window;
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use yew::prelude::*;

use super::{
    act::{Act, Scene},
    brush::{self, Drag, Grip},
    gesture::{Gesture, PointerPosition},
    keys::{KeyContext, act_of},
    size::{Size, Watching, watch},
    wheel,
};
use crate::browser::dom;

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

/// What is heard on the charts, and what of it is still going on.
struct Hearing {
    scene: RefCell<Scene>,
    gesture: RefCell<Gesture>,
    drag: Cell<Drag>,
}

/// Listeners and the watch over the size, ended when dropped.
struct Listening {
    _listeners: Vec<EventListener>,
    _size: Option<Watching>,
}

/// Hears what happens in `stack`, and measures it, as long as the component stands. The listeners are not Yew's: it has none that
/// hear a pointer's leaving on the way down, and those for the wheel may not keep the page from scrolling.
#[hook]
pub fn use_hearing(stack: &NodeRef, scene: Scene, set_size: UseStateSetter<Size>) {
    let hearing = {
        let scene = scene.clone();
        use_memo((), move |()| Hearing {
            scene: RefCell::new(scene),
            gesture: RefCell::default(),
            drag: Cell::new(None),
        })
    };
    hearing.scene.replace(scene);
    let stack = stack.clone();
    use_effect_with((), move |()| {
        let listening = listen(&stack, &hearing, set_size);
        move || drop(listening)
    });
}

fn listen(
    stack: &NodeRef,
    hearing: &Rc<Hearing>,
    set_size: UseStateSetter<Size>,
) -> Option<Listening> {
    let stack = stack.cast::<Element>()?;
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    let listener = |name| {
        let hearing = Rc::clone(hearing);
        EventListener::new_with_options(&stack, name, options, move |event| {
            hear(&hearing, event);
        })
    };
    Some(Listening {
        _listeners: EVENTS.into_iter().map(listener).collect(),
        _size: watch(stack, Box::new(move |size| set_size.set(size))),
    })
}

/// Does what an event on a plot asks for.
fn hear(hearing: &Hearing, event: &Event) -> Option<()> {
    // A copy: what is done may render the charts anew.
    let scene = hearing.scene.borrow().clone();
    let target = dom::target(event)?;
    let pad = target.closest(".pad").ok()??;
    let strip = pad.matches(".brush .pad").unwrap_or(false);
    let act = if let Some(event) = event.dyn_ref::<WheelEvent>() {
        let to = (!strip).then(|| wheel::window_after(event, &pad, scene.window, scene.length_s));
        let act = to.flatten().map(Act::Show);
        prevented(event, act)
    } else if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
        let act = match event.ctrl_key() || event.meta_key() || event.alt_key() {
            true => None,
            false if strip => edge(&target, event, &scene).map(Act::Show),
            false => key(event, &scene),
        };
        prevented(event, act)
    } else if let Some(event) = event.dyn_ref::<PointerEvent>() {
        if strip {
            drag(&hearing.drag, &scene, &pad, event).map(Act::Show)
        } else {
            point(&mut hearing.gesture.borrow_mut(), &scene, &pad, event)
        }
    } else {
        let is_mouse = event.dyn_ref::<MouseEvent>().is_some();
        is_mouse.then(|| Act::Show(Window::whole(scene.length_s)))
    };
    scene.act(act?);
    Some(())
}

/// Returns `act`, and keeps the browser from answering an event that asks for one.
fn prevented(event: &Event, act: Option<Act>) -> Option<Act> {
    if act.is_some() {
        event.prevent_default();
    }
    act
}

/// Returns where a pointer stands, as a share of the plot, and the plot's width.
fn pointer_position(event: &PointerEvent, pad: &Element) -> PointerPosition {
    let rect = pad.get_bounding_client_rect();
    let width_px = rect.width().max(1.0);
    PointerPosition {
        id: event.pointer_id(),
        share: (f64::from(event.client_x()) - rect.left()) / width_px,
        width_px,
    }
}

/// Returns what a pointer on a chart asks for.
fn point(gesture: &mut Gesture, scene: &Scene, pad: &Element, event: &PointerEvent) -> Option<Act> {
    let touch = event.pointer_type() == "touch";
    let at = || pointer_position(event, pad);
    let (window, length_s) = (scene.window, scene.length_s);
    match event.type_().as_str() {
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
            None
        }
        // Of what the pointer leaves on its way, the plot alone counts.
        "pointerleave" if !touch && event.target().as_ref() == Some(pad.as_ref()) => {
            Some(Act::Leave)
        }
        _ => None,
    }
}

/// Returns the window that a pointer on the strip asks for.
fn drag(drag: &Cell<Drag>, scene: &Scene, strip: &Element, event: &PointerEvent) -> Option<Window> {
    let (window, length_s) = (scene.window, scene.length_s);
    let at = pointer_position(event, strip);
    let (at_s, per_px) = (at.share * length_s, length_s / at.width_px);
    match event.type_().as_str() {
        "pointerdown" if event.button() == 0 => {
            let grip = brush::grip(at_s, per_px, window, length_s);
            drag.set(Some((grip, at_s, window)));
            // Without capture the drag ends at the strip's edge, no more.
            let _ = strip.set_pointer_capture(at.id);
            None
        }
        "pointermove" => {
            let (grip, from_s, held) = drag.get()?;
            let by_s = at_s - from_s;
            (by_s.abs() > 2.0 * per_px).then(|| brush::dragged(grip, by_s, held, length_s))
        }
        "pointerup" | "pointercancel" => {
            drag.set(None);
            None
        }
        _ => None,
    }
}

/// Returns what a key on a chart asks for.
fn key(event: &KeyboardEvent, scene: &Scene) -> Option<Act> {
    let context = KeyContext {
        window: scene.window,
        cursor_s: scene.cursor_s,
        length_s: scene.length_s,
        step_s: scene.grid_s,
    };
    act_of(&event.key(), event.shift_key(), context)
}

/// Returns the window that a key asks for on the window over the strip, or on one of its edges, of which the first is the start.
fn edge(target: &Element, event: &KeyboardEvent, scene: &Scene) -> Option<Window> {
    let grip = if target.matches(".win").unwrap_or(false) {
        Grip::Whole
    } else if target.next_element_sibling().is_some() {
        Grip::From
    } else {
        Grip::To
    };
    brush::keyed(&event.key(), grip, scene.window, scene.length_s)
}
