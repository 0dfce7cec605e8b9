//! From a run to a picture and to what is said beside it: the charts, a file each in `charts/`, for any plotters backend.
//!
//! Pure functions of a run, a window and a palette. There is no browser here, and no sentence: what a person reads comes from
//! `words`, moments come from the scenario's own clock, and colours come from the caller.

mod bands;
mod beside;
mod chart;
mod charts;
mod decimate;
mod distress;
mod layout;
mod marks;
mod moment;
mod overview;
mod palette;
mod pen;
mod picture;
mod plot;
#[cfg(test)]
mod sample;
mod scale;
#[cfg(test)]
mod snapshots;
mod span;
mod stretch;
pub mod table;
#[cfg(test)]
mod texts;
mod ticks;
mod time;
mod window;

pub use bands::is_banded;
pub use beside::{Beside, MOST_BESIDE};
pub use chart::{AccountAlarm, Chart, Column, LegendEntry, Room, Subject, TooltipRow};
pub use charts::{CHARTS, timed};
pub use layout::{LEFT_PX, Layout, RIGHT_PX};
pub use moment::{Moment, nearest};
pub use overview::HEIGHT_PX as OVERVIEW_HEIGHT_PX;
pub use palette::{Colour, Palette};
pub use pen::{DrawingFailed, Drawn, Surface};
pub use picture::Picture;
pub use stretch::Stretch;
pub use ticks::ticks;
pub use time::TimeTick;
pub use window::{SHORTEST_S, Window};
