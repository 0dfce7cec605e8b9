//! How wide an element is, and how many device pixels a CSS pixel has, as long as the page lives.

use std::{cell::Cell, rc::Rc};

use chart::{LEFT_PX, RIGHT_PX, Room};
use gloo::events::EventListener;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, MediaQueryList, ResizeObserver};

/// Width in CSS pixels, and device pixels per CSS pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Content width; 0 until it is known.
    pub width_px: f64,
    /// Device pixels per CSS pixel.
    pub device_ratio: f64,
    /// Whether it stands in a frame.
    pub is_framed: bool,
}

fn device_ratio() -> f64 {
    web_sys::window()
        .map_or(1.0, |w| w.device_pixel_ratio())
        .clamp(0.5, 8.0)
}

/// Below this width of the plot the charts are drawn for a phone.
const NARROW_PX: f64 = 520.0;
/// Padding of a figure on both sides together, CSS pixels; the style sheet has the same.
const PADDING_PX: f64 = 28.0;

impl Size {
    /// Returns the size before anything is measured.
    pub fn unknown() -> Self {
        Self {
            width_px: 0.0,
            device_ratio: 1.0,
            is_framed: false,
        }
    }

    /// Returns the size of an element now.
    pub fn of(element: &Element) -> Self {
        Self {
            width_px: f64::from(element.client_width()),
            device_ratio: device_ratio(),
            is_framed: element
                .closest("main.embed")
                .is_ok_and(|main| main.is_some()),
        }
    }

    /// Returns where plots stand; until their width is known, as the window lets expect.
    pub fn room(self) -> Room {
        if self.is_framed {
            return Room::Frame;
        }
        let plot_px = if self.width_px > 0.0 {
            Some(self.plot_width_px())
        } else {
            web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64())
        };
        if plot_px.is_some_and(|px| px < NARROW_PX) {
            Room::Narrow
        } else {
            Room::Page
        }
    }

    /// Returns the width of the canvases.
    pub fn canvas_width_px(self) -> f64 {
        (self.width_px - PADDING_PX).max(0.0)
    }

    /// Returns the width of the plots.
    pub fn plot_width_px(self) -> f64 {
        (self.canvas_width_px() - LEFT_PX - RIGHT_PX).max(1.0)
    }
}

/// An observer and its callback, disconnected when dropped.
pub struct Watching {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
    _zoom: Zoom,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Measures `element` now, and follows its size and the screen's pixel ratio until the answer is dropped.
pub fn watch(element: Element, set: Box<dyn Fn(Size)>) -> Option<Watching> {
    let last = Rc::new(Cell::new(None));
    let observed = element.clone();
    let measure: Rc<dyn Fn()> = Rc::new(move || {
        let now = Size::of(&element);
        if last.replace(Some(now)) != Some(now) {
            set(now);
        }
    });
    measure();
    let callback = {
        let measure = Rc::clone(&measure);
        Closure::<dyn FnMut()>::new(move || measure())
    };
    let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
    observer.observe(&observed);
    let zoom = Zoom::default();
    listen(&zoom, measure);
    Some(Watching {
        observer,
        _callback: callback,
        _zoom: zoom,
    })
}

/// The listener of the pixel ratio now in force; it replaces itself when that changes.
type Zoom = Rc<std::cell::RefCell<Option<(MediaQueryList, EventListener)>>>;

fn listen(zoom: &Zoom, measure: Rc<dyn Fn()>) {
    let query = format!("(resolution: {}dppx)", device_ratio());
    let Some(list) = web_sys::window().and_then(|w| w.match_media(&query).ok().flatten()) else {
        return;
    };
    let again = Rc::downgrade(zoom);
    let listener = EventListener::once(&list, "change", move |_| {
        measure();
        if let Some(zoom) = again.upgrade() {
            listen(&zoom, measure);
        }
    });
    *zoom.borrow_mut() = Some((list, listener));
}
