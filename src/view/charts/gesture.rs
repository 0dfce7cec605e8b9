//! From pointers to what a person does with them: a hover, a click, a selection, a pan or a pinch. No browser, no drawing.
//!
//! A mouse hovers, clicks and drags; a finger moves the cross-hair; two fingers pinch.

use chart::Window;

use super::act::Act;

/// Pixels that a mouse may move between press and release of a click.
const CLICK_PX: f64 = 4.0;

/// A pointer's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointerPosition {
    /// The browser's id of the pointer.
    pub id: i32,
    /// Where on the plot: 0 at its left edge, 1 at its right.
    pub share: f64,
    /// Width of the plot, CSS pixels.
    pub width_px: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Drag {
    Select {
        from: PointerPosition,
        from_s: f64,
    },
    Pan {
        from: PointerPosition,
        window: Window,
    },
    Scrub,
    Pinch {
        anchors_s: [f64; 2],
    },
}

/// Pointers that are down, and what they began.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gesture {
    down: Vec<PointerPosition>,
    drag: Option<Drag>,
}

fn moment_s(at: PointerPosition, window: Window) -> f64 {
    window.from_s + at.share.clamp(0.0, 1.0) * window.span_s()
}

impl Gesture {
    /// Takes note that a pointer goes down. Returns what that asks for.
    pub fn down(
        &mut self,
        at: PointerPosition,
        touch: bool,
        shift: bool,
        window: Window,
    ) -> Option<Act> {
        self.down.retain(|other| other.id != at.id);
        self.down.push(at);
        let here_s = moment_s(at, window);
        let (drag, act) = match self.down.as_slice() {
            [a, b] => {
                let anchors_s = [moment_s(*a, window), moment_s(*b, window)];
                (Drag::Pinch { anchors_s }, None)
            }
            _ if touch => (Drag::Scrub, Some(Act::Pin(here_s))),
            _ if shift => (Drag::Pan { from: at, window }, None),
            _ => {
                let from_s = here_s;
                let drag = Drag::Select { from: at, from_s };
                (drag, Some(Act::Hover(here_s)))
            }
        };
        self.drag = Some(drag);
        act
    }

    /// Takes note that a pointer moves, down or not. Returns what that asks for.
    pub fn moved(&mut self, at: PointerPosition, window: Window, length_s: f64) -> Option<Act> {
        let here_s = moment_s(at, window);
        if let Some(known) = self.down.iter_mut().find(|other| other.id == at.id) {
            *known = at;
        }
        Some(match self.drag {
            None => Act::Hover(here_s),
            Some(Drag::Scrub) => Act::Pin(here_s),
            Some(Drag::Select { from, from_s }) => {
                if is_click(from, at) {
                    Act::Hover(here_s)
                } else {
                    Act::Select(from_s, here_s)
                }
            }
            Some(Drag::Pan { from, window }) => {
                Act::Show(window.pan((from.share - at.share) * window.span_s(), length_s))
            }
            Some(Drag::Pinch { anchors_s }) => self.pinch(anchors_s, window, length_s)?,
        })
    }

    /// Returns the window in which both fingers stand on the moments they took hold of.
    fn pinch(&self, [a_s, b_s]: [f64; 2], window: Window, length_s: f64) -> Option<Act> {
        let [a, b] = self.down.as_slice() else {
            return None;
        };
        let (apart, apart_s) = (b.share - a.share, b_s - a_s);
        if apart.abs() < 0.02 || apart_s * apart <= 0.0 {
            return None;
        }
        let span_s = (apart_s / apart).clamp(chart::SHORTEST_S.min(length_s), length_s);
        let from_s = a_s - a.share * span_s;
        let to = Window {
            from_s,
            to_s: from_s + span_s,
        }
        .pan(0.0, length_s);
        (to != window).then_some(Act::Show(to))
    }

    /// Takes note that a pointer goes up. Returns what that asks for.
    pub fn up(&mut self, at: PointerPosition, window: Window, length_s: f64) -> Option<Act> {
        self.down.retain(|other| other.id != at.id);
        let here_s = moment_s(at, window);
        match self.drag.take()? {
            Drag::Select { from, .. } if is_click(from, at) => Some(Act::Pin(here_s)),
            Drag::Select { from_s, .. } => {
                Some(Act::Show(Window::between(from_s, here_s, length_s)))
            }
            Drag::Pan { .. } | Drag::Scrub | Drag::Pinch { .. } => None,
        }
    }

    /// Takes note that a pointer is gone without going up.
    pub fn cancel(&mut self) {
        *self = Self::default();
    }
}

fn is_click(from: PointerPosition, to: PointerPosition) -> bool {
    ((to.share - from.share) * to.width_px).abs() < CLICK_PX
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH_S: f64 = 10_000.0;
    const WINDOW: Window = Window {
        from_s: 2000.0,
        to_s: 6000.0,
    };

    fn at(id: i32, share: f64) -> PointerPosition {
        PointerPosition {
            id,
            share,
            width_px: 500.0,
        }
    }

    #[test]
    fn a_mouse_hovers_clicks_and_selects() {
        let mut gesture = Gesture::default();
        assert_eq!(
            gesture.moved(at(1, 0.5), WINDOW, LENGTH_S),
            Some(Act::Hover(4000.0))
        );
        gesture.down(at(1, 0.25), false, false, WINDOW);
        assert_eq!(
            gesture.up(at(1, 0.252), WINDOW, LENGTH_S),
            Some(Act::Pin(3008.0))
        );
        gesture.down(at(1, 0.75), false, false, WINDOW);
        assert_eq!(
            gesture.moved(at(1, 0.25), WINDOW, LENGTH_S),
            Some(Act::Select(5000.0, 3000.0))
        );
        let shown = Window {
            from_s: 3000.0,
            to_s: 5000.0,
        };
        assert_eq!(
            gesture.up(at(1, 0.25), WINDOW, LENGTH_S),
            Some(Act::Show(shown))
        );
        assert_eq!(gesture, Gesture::default());
    }

    #[test]
    fn shift_pans_by_what_the_pointer_moved() {
        let mut gesture = Gesture::default();
        gesture.down(at(1, 0.5), false, true, WINDOW);
        let shown = Window {
            from_s: 1000.0,
            to_s: 5000.0,
        };
        assert_eq!(
            gesture.moved(at(1, 0.75), WINDOW, LENGTH_S),
            Some(Act::Show(shown))
        );
        assert_eq!(gesture.up(at(1, 0.75), shown, LENGTH_S), None);
    }

    #[test]
    fn two_fingers_keep_their_moments() {
        let mut gesture = Gesture::default();
        gesture.down(at(1, 0.25), true, false, WINDOW);
        gesture.down(at(2, 0.75), true, false, WINDOW);
        let Some(Act::Show(shown)) = gesture.moved(at(2, 1.0), WINDOW, LENGTH_S) else {
            panic!("no window");
        };
        // 3000 s stays at a quarter, 5000 s is now at the right edge.
        assert!((shown.to_s - 5000.0).abs() < 1e-6);
        assert!((shown.from_s + 0.25 * shown.span_s() - 3000.0).abs() < 1e-6);
        assert_eq!(
            gesture.moved(at(2, 0.26), WINDOW, LENGTH_S),
            None,
            "fingers that meet do not divide by nothing"
        );
    }

    #[test]
    fn one_finger_moves_the_cross_hair() {
        let mut gesture = Gesture::default();
        assert_eq!(
            gesture.down(at(7, 0.0), true, false, WINDOW),
            Some(Act::Pin(2000.0))
        );
        assert_eq!(
            gesture.moved(at(7, 1.5), WINDOW, LENGTH_S),
            Some(Act::Pin(6000.0))
        );
        gesture.cancel();
        assert_eq!(gesture, Gesture::default());
    }
}
