//! How long the page computes at a time, and when it asks a person first.
//!
//! Workers are refused in many frames: what takes long is done here, in slices short enough that nobody notices them. What is
//! computed is none of this file's business, nor does it change a result.

use std::{cell::Cell, future::Future, rc::Rc};

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Performance, Window};
use yew::Callback;

/// Computed at once if it takes no longer than this, seconds; and never longer at a time, whatever was reckoned.
const AT_ONCE_S: f64 = 0.2;
/// Computed unasked if it takes no longer than this, seconds; in a frame, only what is computed at once is.
const UNASKED_S: f64 = 3.0;
/// Milliseconds of work at a time.
const SLICE_MS: f64 = 9.0;
/// The same while the page is not seen: its timers come once a second then.
const UNSEEN_SLICE_MS: f64 = 150.0;
/// Milliseconds without a change before work begins that takes slices.
const REST_MS: i32 = 200;
/// Milliseconds between two reports of progress.
const PROGRESS_INTERVAL_MS: f64 = 100.0;
/// Nanoseconds that a step of [`engine::effort`] takes, as long as nothing has been measured: on a laptop of 2020.
const STEP_NS: f64 = 45.0;
/// Work of fewer steps than this says little about the machine: what it begins with takes longer than the steps.
const MEASURED_STEPS: f64 = 2e6;
/// No machine is taken to be faster or slower than this, nanoseconds a step.
const FASTEST_NS: f64 = 10.0;
const SLOWEST_NS: f64 = 500.0;

/// Whether work may begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Admission {
    /// It may.
    Begins,
    /// Not before a person has asked for it: it takes about so many seconds.
    Waits(f64),
    /// Nobody waits for it any more.
    Dropped,
}

/// Who says when to stop for a moment.
pub trait Pace {
    /// Returns whether work of so many steps may begin, once it is time for it.
    fn begin(&self, steps: f64) -> impl Future<Output = Admission>;
    /// Whether it is time to let the page do something else.
    fn is_due(&self) -> bool;
    /// Lets the page do something else; `progress` is the share of the work that is done. Returns `false` where nobody waits for
    /// the work any more.
    fn pause(&self, progress: f64) -> impl Future<Output = bool>;
    /// Takes note that work of so many steps is done.
    fn record_work(&self, steps: f64);
}

/// How fast this machine computes, as far as that is known.
#[derive(Clone, Debug)]
pub struct Speed(Rc<Cell<f64>>);

impl Default for Speed {
    fn default() -> Self {
        Self(Rc::new(Cell::new(STEP_NS)))
    }
}

impl Speed {
    fn seconds(&self, steps: f64) -> f64 {
        steps * self.0.get() * 1e-9
    }

    /// Learns from what was done: half of what was known is kept, as one sample may have been disturbed.
    fn learn(&self, steps: f64, ms: f64) {
        if steps >= MEASURED_STEPS {
            let ns = ms * 1e6 / steps;
            self.0
                .set(((self.0.get() + ns) / 2.0).clamp(FASTEST_NS, SLOWEST_NS));
        }
    }
}

/// Under what conditions work is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// A person has asked for it.
    pub asked: bool,
    /// In a frame: it must not keep the page around it busy.
    pub framed: bool,
    /// Something was changed and may be changed again in a moment.
    pub changing: bool,
}

impl Terms {
    /// Whether work may begin that takes so many seconds, and whether in slices from the start.
    fn admit(self, seconds: f64) -> (Admission, bool) {
        let most_s = if self.framed { AT_ONCE_S } else { UNASKED_S };
        if !self.asked && seconds > most_s {
            (Admission::Waits(seconds), true)
        } else {
            (Admission::Begins, seconds > AT_ONCE_S)
        }
    }
}

/// The browser's pace.
#[derive(Debug)]
pub struct BrowserPace {
    /// Whether somebody waits for the work.
    alive: Rc<Cell<bool>>,
    speed: Speed,
    terms: Terms,
    /// Told progress.
    tell: Callback<f64>,
    /// When the slice began, when it is over, and when progress was told: milliseconds.
    since: Cell<f64>,
    until: Cell<f64>,
    told: Cell<f64>,
    /// Milliseconds of work.
    busy: Cell<f64>,
    clock: Clock,
}

impl BrowserPace {
    /// Returns the pace of work that goes on as long as `alive` says that somebody waits for it.
    pub fn new(alive: Rc<Cell<bool>>, speed: Speed, terms: Terms, tell: Callback<f64>) -> Self {
        let clock = Clock::default();
        let now = clock.now_ms();
        Self {
            alive,
            speed,
            terms,
            tell,
            since: Cell::new(now),
            until: Cell::new(now + 1000.0 * AT_ONCE_S),
            told: Cell::new(now),
            busy: Cell::new(0.0),
            clock,
        }
    }

    /// Returns the pace of work that nobody sees: it goes in short slices from the start.
    pub fn quiet(alive: Rc<Cell<bool>>) -> Self {
        let breaths = Self::new(alive, Speed::default(), Terms::default(), Callback::noop());
        breaths.until.set(breaths.clock.now_ms() + SLICE_MS / 2.0);
        breaths
    }

    async fn wait(&self, ms: i32) -> bool {
        let now = self.clock.now_ms();
        self.busy.set(self.busy.get() + now - self.since.get());
        sleep(ms).await;
        let now = self.clock.now_ms();
        let slice_ms = if is_unseen() {
            UNSEEN_SLICE_MS
        } else {
            SLICE_MS
        };
        self.since.set(now);
        self.until.set(now + slice_ms);
        self.alive.get()
    }
}

impl Pace for BrowserPace {
    async fn begin(&self, steps: f64) -> Admission {
        let (admission, in_slices) = self.terms.admit(self.speed.seconds(steps));
        if admission == Admission::Begins && in_slices {
            let rest_ms = if self.terms.changing { REST_MS } else { 0 };
            if !self.wait(rest_ms).await {
                return Admission::Dropped;
            }
        }
        admission
    }

    fn is_due(&self) -> bool {
        self.clock.now_ms() >= self.until.get()
    }

    async fn pause(&self, progress: f64) -> bool {
        let now = self.clock.now_ms();
        if now - self.told.get() >= PROGRESS_INTERVAL_MS {
            self.told.set(now);
            self.tell.emit(progress);
        }
        self.wait(0).await
    }

    fn record_work(&self, steps: f64) {
        let busy_ms = self.busy.get() + self.clock.now_ms() - self.since.get();
        self.speed.learn(steps, busy_ms);
    }
}

/// Comes back when the browser has shown what there is; at once where nobody sees it.
pub async fn shown() {
    if !is_unseen() {
        called_back(|window, done| window.request_animation_frame(done)).await;
    }
    sleep(0).await;
}

/// Comes back after so many milliseconds.
async fn sleep(ms: i32) {
    called_back(|window, done| {
        window.set_timeout_with_callback_and_timeout_and_arguments_0(done, ms)
    })
    .await;
}

/// Comes back when the browser calls what it is asked to call; at once where it refuses.
async fn called_back(ask: impl Fn(&Window, &Function) -> Result<i32, JsValue>) {
    let promise = Promise::new(&mut |done: Function, _| {
        let asked = web_sys::window().map(|window| ask(&window, &done));
        if !matches!(asked, Some(Ok(_))) {
            let _ = done.call0(&done);
        }
    });
    // It is never rejected.
    let _ = JsFuture::from(promise).await;
}

fn is_unseen() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.hidden())
}

/// The browser's clock, looked up once: it is looked at hundreds of times in a run.
#[derive(Debug)]
struct Clock(Option<Performance>);

impl Default for Clock {
    fn default() -> Self {
        Self(web_sys::window().and_then(|window| window.performance()))
    }
}

impl Clock {
    fn now_ms(&self) -> f64 {
        let performance = self.0.as_ref();
        performance.map_or_else(js_sys::Date::now, Performance::now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_is_done_in_slices_and_what_takes_longer_is_asked_for() {
        let terms = |asked, framed| Terms {
            asked,
            framed,
            changing: false,
        };
        for (seconds, framed, asked, begins, in_slices) in [
            (0.1, false, false, true, false),
            (0.1, true, false, true, false),
            (0.3, false, false, true, true),
            (0.3, true, false, false, true),
            (0.3, true, true, true, true),
            (2.9, false, false, true, true),
            (3.1, false, false, false, true),
            (3.1, false, true, true, true),
            (600.0, true, true, true, true),
        ] {
            let (admission, sliced) = terms(asked, framed).admit(seconds);
            let expected = match begins {
                true => Admission::Begins,
                false => Admission::Waits(seconds),
            };
            assert_eq!((admission, sliced), (expected, in_slices), "{seconds} s");
        }
    }

    #[test]
    fn a_machine_is_known_better_after_each_piece_of_work() {
        let speed = Speed::default();
        let before = speed.seconds(1e7);
        speed.learn(1e4, 300.0);
        assert_eq!(speed.seconds(1e7), before, "too short to tell");
        for _ in 0..20 {
            speed.learn(1e7, 2000.0);
        }
        assert!((speed.seconds(1e7) - 2.0).abs() < 1e-3);
    }
}
