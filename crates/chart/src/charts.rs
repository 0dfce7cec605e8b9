//! The charts, a file each. A new one is a file here, its `mod` line and its line in [`CHARTS`].

mod capacity;
mod credits;
mod instances;
mod latency;
mod metric;

use crate::{chart::Chart, layout::Layout};

/// Every chart, from top to bottom.
pub static CHARTS: &[&dyn Chart] = &[
    &capacity::Capacity,
    &instances::Instances,
    &metric::Metric,
    &credits::Credits,
    &latency::Latency,
];

/// Returns labels that fit one above another on a value axis of this height.
fn labels_for(layout: &Layout) -> usize {
    (layout.plot_height_px() / 29.0).floor().clamp(2.0, 8.0) as usize
}
