//! The overview strip: the whole run, the window over it, and handles for mouse, finger and keys.

use std::rc::Rc;

use chart::Window;
use web_sys::Element;
use words::Words;
use yew::prelude::*;

use super::{
    figure::{percent, plot_sides},
    speech::minute,
};
use crate::outcome::Outcome;

#[derive(Properties, PartialEq)]
pub struct BrushProps {
    pub words: Words,
    pub outcome: Rc<Outcome>,
    pub window: Window,
    pub length_s: f64,
    pub canvas: NodeRef,
    pub height_px: f64,
    pub on_window: Callback<Window>,
}

/// What a drag on the strip does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Grip {
    /// Moves the window.
    Whole,
    /// Moves its start.
    From,
    /// Moves its end.
    To,
    /// Draws a new window from here.
    New(f64),
}

/// A drag: what it holds, where it began, and the window at that time.
type Drag = Option<(Grip, f64, Window)>;

/// Pixels around an edge that take hold of it.
const EDGE_PX: f64 = 12.0;

/// What a press at `at_s` takes hold of.
fn grip(at_s: f64, per_px: f64, window: Window, length_s: f64) -> Grip {
    let near = |edge_s: f64| (at_s - edge_s).abs() <= EDGE_PX * per_px;
    let (from, to) = (near(window.from_s), near(window.to_s));
    if from && to {
        let later = at_s > f64::midpoint(window.from_s, window.to_s);
        if later { Grip::To } else { Grip::From }
    } else if from {
        Grip::From
    } else if to {
        Grip::To
    } else if window.contains(at_s) && !window.is_whole(length_s) {
        Grip::Whole
    } else {
        Grip::New(at_s)
    }
}

/// The window after dragging `grip` by `by_s`.
fn dragged(grip: Grip, by_s: f64, window: Window, length_s: f64) -> Window {
    match grip {
        Grip::Whole => window.pan(by_s, length_s),
        Grip::From => {
            let latest_s = (window.to_s - chart::SHORTEST_S).max(0.0);
            Window {
                from_s: (window.from_s + by_s).clamp(0.0, latest_s),
                ..window
            }
        }
        Grip::To => {
            let earliest_s = (window.from_s + chart::SHORTEST_S).min(length_s);
            Window {
                to_s: (window.to_s + by_s).clamp(earliest_s, length_s),
                ..window
            }
        }
        Grip::New(from_s) => {
            Window::between(from_s, (from_s + by_s).clamp(0.0, length_s), length_s)
        }
    }
}

/// What a key does to what has the focus.
fn keyed(key: &str, grip: Grip, window: Window, length_s: f64) -> Option<Window> {
    let step_s = if grip == Grip::Whole {
        window.span_s() / 10.0
    } else {
        length_s / 100.0
    };
    let middle_s = f64::midpoint(window.from_s, window.to_s);
    Some(match key {
        "ArrowLeft" | "ArrowDown" => dragged(grip, -step_s, window, length_s),
        "ArrowRight" | "ArrowUp" => dragged(grip, step_s, window, length_s),
        "Home" => dragged(grip, -length_s, window, length_s),
        "End" => dragged(grip, length_s, window, length_s),
        "+" | "=" => window.zoom(0.5, middle_s, length_s),
        "-" | "_" => window.zoom(2.0, middle_s, length_s),
        "0" => Window::whole(length_s),
        _ => return None,
    })
}

#[function_component]
pub fn Brush(props: &BrushProps) -> Html {
    let BrushProps {
        words,
        window,
        length_s,
        on_window,
        ..
    } = props;
    let (words, window, length_s) = (*words, *window, *length_s);
    let drag = use_mut_ref(|| Drag::None);
    let strip = use_node_ref();

    // Moment under a pointer, and seconds per pixel.
    let place = {
        let strip = strip.clone();
        move |event: &PointerEvent| {
            let rect = strip.cast::<Element>()?.get_bounding_client_rect();
            let per_px = length_s / rect.width().max(1.0);
            Some(((f64::from(event.client_x()) - rect.left()) * per_px, per_px))
        }
    };
    let down = {
        let (drag, place, strip) = (drag.clone(), place.clone(), strip.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            if let Some((at_s, per_px)) = place(&event) {
                *drag.borrow_mut() = Some((grip(at_s, per_px, window, length_s), at_s, window));
                if let Some(strip) = strip.cast::<Element>() {
                    // Without capture the drag ends at the strip's edge, no more.
                    let _ = strip.set_pointer_capture(event.pointer_id());
                }
            }
        })
    };
    let moved = {
        let (drag, on_window, place) = (drag.clone(), on_window.clone(), place);
        Callback::from(move |event: PointerEvent| {
            let held = *drag.borrow();
            if let Some(((grip, from_s, held), (at_s, per_px))) = held.zip(place(&event))
                && (at_s - from_s).abs() > 2.0 * per_px
            {
                on_window.emit(dragged(grip, at_s - from_s, held, length_s));
            }
        })
    };
    let up = Callback::from(move |_: PointerEvent| *drag.borrow_mut() = None);
    let double = on_window.reform(move |_: MouseEvent| Window::whole(length_s));
    let key = |grip: Grip| {
        let on_window = on_window.clone();
        Callback::from(move |event: KeyboardEvent| {
            let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
            if plain && let Some(window) = keyed(&event.key(), grip, window, length_s) {
                event.prevent_default();
                on_window.emit(window);
            }
        })
    };

    let share = |at_s: f64| at_s / length_s.max(1.0);
    let (from, to) = (percent(share(window.from_s)), percent(share(window.to_s)));
    let said = |at_s: f64| minute(words, &props.outcome.compiled.clock, at_s);
    let number = |at_s: f64| format!("{at_s:.0}");
    let whole = format!("{} – {}", said(window.from_s), said(window.to_s));
    html! {
        <div class="brush ch-body" style={format!("height:{}px", props.height_px)}>
            <canvas ref={props.canvas.clone()} aria-hidden="true" />
            <div
                ref={strip}
                class="pad"
                style={plot_sides()}
                onpointerdown={down}
                onpointermove={moved}
                onpointerup={&up}
                onpointercancel={up}
                ondblclick={double}
            >
                <i key="before" class="shade" style={format!("left:0;width:{from}")} />
                <i key="after" class="shade" style={format!("left:{to};right:0")} />
                <div
                    key="window" class="win" role="slider" tabindex="0"
                    style={format!("left:{from};width:{}", percent(share(window.span_s())))}
                    aria-label={words.chart_window()} aria-valuetext={whole}
                    aria-valuemin="0" aria-valuemax={number(length_s)} aria-valuenow={number(window.from_s)}
                    onkeydown={key(Grip::Whole)}
                />
                <div
                    key="from" class="edge" role="slider" tabindex="0" style={format!("left:{from}")}
                    aria-label={words.chart_window_from()} aria-valuetext={said(window.from_s)}
                    aria-valuemin="0" aria-valuemax={number(length_s)} aria-valuenow={number(window.from_s)}
                    onkeydown={key(Grip::From)}
                />
                <div
                    key="to" class="edge" role="slider" tabindex="0" style={format!("left:{to}")}
                    aria-label={words.chart_window_to()} aria-valuetext={said(window.to_s)}
                    aria-valuemin="0" aria-valuemax={number(length_s)} aria-valuenow={number(window.to_s)}
                    onkeydown={key(Grip::To)}
                />
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window {
        from_s: 2000.0,
        to_s: 4000.0,
    };

    #[test]
    fn a_press_takes_hold_of_what_is_there() {
        for (at_s, expected) in [
            (2005.0, Grip::From),
            (3990.0, Grip::To),
            (3000.0, Grip::Whole),
            (9000.0, Grip::New(9000.0)),
        ] {
            assert_eq!(grip(at_s, 1.0, WINDOW, 10_000.0), expected);
        }
        let whole = Window::whole(10_000.0);
        assert_eq!(grip(5000.0, 1.0, whole, 10_000.0), Grip::New(5000.0));
    }

    #[test]
    fn edges_do_not_cross_and_nothing_leaves_the_run() {
        let window = |from_s, to_s| Window { from_s, to_s };
        for (grip, by_s, expected) in [
            (Grip::Whole, -9e9, window(0.0, 2000.0)),
            (Grip::From, 9e9, window(3700.0, 4000.0)),
            (Grip::From, -9e9, window(0.0, 4000.0)),
            (Grip::To, -9e9, window(2000.0, 2300.0)),
            (Grip::To, 9e9, window(2000.0, 10_000.0)),
            (Grip::New(8000.0), -1000.0, window(7000.0, 8000.0)),
        ] {
            assert_eq!(dragged(grip, by_s, WINDOW, 10_000.0), expected, "{grip:?}");
        }
    }

    #[test]
    fn keys_move_what_has_the_focus() {
        let window = |from_s, to_s| Some(Window { from_s, to_s });
        for (key, grip, expected) in [
            ("ArrowRight", Grip::Whole, window(2200.0, 4200.0)),
            ("ArrowLeft", Grip::From, window(1900.0, 4000.0)),
            ("End", Grip::To, window(2000.0, 10_000.0)),
            ("0", Grip::Whole, window(0.0, 10_000.0)),
            ("x", Grip::Whole, None),
        ] {
            assert_eq!(keyed(key, grip, WINDOW, 10_000.0), expected, "{key}");
        }
    }
}
