//! From a run to a picture: axes, ticks, decimation, layers and the charts made of them, for any plotters backend.
//!
//! Pure functions of a run, a window and a palette. There is no browser here, no calendar and no language: colours, time
//! labels and the writing of numbers come from the caller.

mod charts;
pub mod cursor;
mod decimate;
mod layout;
mod palette;
mod pen;
mod plot;
#[cfg(test)]
mod sample;
mod scale;
#[cfg(test)]
mod snapshots;
mod span;
mod summary;
pub mod table;
mod time;
mod window;

pub use charts::{Kind, OwnAlarm, Picture, Thresholds, most_credits};
pub use layout::{LEFT_PX, Layout, RIGHT_PX};
pub use palette::{Colour, Palette};
pub use pen::Drawn;
pub use summary::Summary;
pub use time::{TickStep, TimeTick, tick_step};
pub use window::{SHORTEST_S, Window};
