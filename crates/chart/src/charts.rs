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

/// Returns the id of the chart below which times are to stand, of charts from top to bottom: of the last one, where none has them by
/// itself.
#[must_use]
pub fn timed(shown: &[&dyn Chart]) -> Option<&'static str> {
    let lack_times = !shown.iter().any(|chart| chart.has_time_labels());
    shown.last().filter(|_| lack_times).map(|chart| chart.id())
}

/// Returns labels that fit one above another on a value axis of this height.
fn labels_for(layout: &Layout) -> usize {
    (layout.plot_height_px() / 29.0).floor().clamp(2.0, 8.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Room;

    #[test]
    fn some_chart_of_any_says_the_times() {
        for (ids, expected) in [
            (&["capacity", "instances", "metric"][..], None),
            (&["instances", "latency"], None),
            (&["instances", "metric"], Some("metric")),
            (&["instances"], Some("instances")),
            (&[], None),
        ] {
            let shown = CHARTS.iter().copied();
            let shown = shown.filter(|chart| ids.contains(&chart.id()));
            assert_eq!(timed(&shown.collect::<Vec<_>>()), expected, "{ids:?}");
        }
    }

    #[test]
    fn times_take_nothing_from_a_plot() {
        for chart in CHARTS {
            let layout = |is_timed| chart.layout(600.0, Room::Page, 1.0, is_timed);
            let (alone, with_times) = (layout(false), layout(true));
            assert_eq!(alone.plot_height_px(), with_times.plot_height_px());
            let below_px = with_times.height_px - with_times.bottom_px;
            assert!(below_px > 15.0, "{}: {below_px}", chart.id());
            let height_px = chart.canvas_height_px(Room::Page, true);
            assert_eq!(with_times.height_px, height_px);
        }
    }
}
