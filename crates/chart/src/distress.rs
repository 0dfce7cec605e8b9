//! Stretches in which requests fail or are too slow, wide enough to catch the eye however long the run is.
//!
//! How long they were the labels, the table and the cross-hair say; a picture only has to show that they were.

use engine::{report::Incident, run::Distress};

use crate::{decimate::Columns, span::Span};

/// Narrowest stretch where there are few, CSS pixels.
const WIDE_PX: f64 = 6.0;
/// Narrowest stretch where there are many.
const NARROW_PX: f64 = 1.5;
/// Part of the plot that stretches are widened to fill, at most.
const MOST_FILLED: f64 = 0.3;

/// Returns the stretches of distress of a window, in order of time; those that touch are one.
#[must_use]
pub fn stretches(distress: &[Distress], period_s: f64, columns: Columns) -> Vec<Span> {
    let window = columns.window;
    let first = distress.partition_point(|period| period.start_s + period_s <= window.from_s);
    let last = distress.partition_point(|period| period.start_s < window.to_s);
    let periods = distress.get(first..last).unwrap_or_default().iter();
    let mut spans: Vec<Span> = Vec::new();
    let mut add = |from_px: f64, to_px: f64| match spans.last_mut() {
        Some(before) if from_px <= before.to_px + 0.5 => before.to_px = before.to_px.max(to_px),
        _ => spans.push(Span {
            from_px,
            to_px,
            low: 0.0,
            high: 0.0,
        }),
    };
    for period in periods {
        let edge_px = |at_s: f64| columns.x_px(at_s).clamp(0.0, columns.width_px);
        add(edge_px(period.start_s), edge_px(period.start_s + period_s));
    }
    let room_px = MOST_FILLED * columns.width_px / spans.len().max(1) as f64;
    let least_px = room_px.clamp(NARROW_PX, WIDE_PX);
    for span in &mut spans {
        let more_px = (least_px - (span.to_px - span.from_px)).max(0.0);
        let most_px = (columns.width_px - least_px).max(0.0);
        span.from_px = (span.from_px - more_px / 2.0).clamp(0.0, most_px);
        span.to_px = span
            .to_px
            .max(span.from_px + least_px)
            .min(columns.width_px);
    }
    spans
}

/// Where how long an incident lasts may be written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Its edges, CSS pixels from the plot's left edge.
    pub from_px: f64,
    /// See there.
    pub to_px: f64,
    /// How long it lasts, seconds.
    pub lasts_s: f64,
}

/// Returns the incidents of a window, those first that a report lists first.
pub fn places(incidents: &[Incident], columns: Columns) -> impl Iterator<Item = Place> {
    let window = columns.window;
    let shown = incidents.iter();
    let shown = shown.filter(move |it| it.start_s < window.to_s && it.end_s > window.from_s);
    shown.map(move |incident| {
        let edge_px = |at_s: f64| columns.x_px(at_s).clamp(0.0, columns.width_px);
        let (from_px, to_px) = (edge_px(incident.start_s), edge_px(incident.end_s));
        let more_px = (WIDE_PX - (to_px - from_px)).max(0.0) / 2.0;
        Place {
            from_px: from_px - more_px,
            to_px: to_px + more_px,
            lasts_s: incident.end_s - incident.start_s,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Window;

    fn minutes(minutes: impl IntoIterator<Item = u32>) -> Vec<Distress> {
        let minute = |minute: u32| Distress {
            start_s: f64::from(minute) * 60.0,
            failed: 1.0,
            late: 0.0,
            longest_wait_s: 0.0,
        };
        minutes.into_iter().map(minute).collect()
    }

    fn edges(distress: &[Distress], hours: f64, width_px: f64) -> Vec<(f64, f64)> {
        let columns = Columns {
            window: Window::whole(hours * 3600.0),
            width_px,
            count: width_px as usize,
        };
        let spans = stretches(distress, 60.0, columns);
        spans
            .iter()
            .map(|span| (span.from_px, span.to_px))
            .collect()
    }

    #[test]
    fn a_stretch_is_wide_enough_to_see_and_no_wider_than_it_was_where_that_is_wide() {
        for (distress, hours, expected) in [
            // Nine minutes of a day.
            (minutes(600..609), 24.0, vec![(249.0, 255.0)]),
            // At the very edges.
            (minutes(0..1), 24.0, vec![(0.0, 6.0)]),
            (minutes(1439..1440), 24.0, vec![(594.0, 600.0)]),
            // Two hours of a day.
            (minutes(600..720), 24.0, vec![(250.0, 300.0)]),
            // Two stretches stay two.
            (
                minutes((0..60).chain(120..180)),
                24.0,
                vec![(0.0, 25.0), (50.0, 75.0)],
            ),
            (Vec::new(), 24.0, Vec::new()),
        ] {
            let found = edges(&distress, hours, 600.0);
            assert_eq!(found.len(), expected.len(), "{found:?}");
            for ((from, to), (from_px, to_px)) in found.iter().zip(&expected) {
                let is_near = |a: f64, b: f64| (a - b).abs() < 1.2;
                assert!(
                    is_near(*from, *from_px) && is_near(*to, *to_px),
                    "{found:?}"
                );
            }
        }
    }

    #[test]
    fn nine_minutes_of_every_day_of_a_year_do_not_fill_it() {
        let daily = minutes((0..365).flat_map(|day| day * 1440..day * 1440 + 9));
        let found = edges(&daily, 365.0 * 24.0, 1100.0);
        let filled: f64 = found.iter().map(|(from, to)| to - from).sum();
        assert_eq!(found.len(), 365);
        assert!(filled < 0.6 * 1100.0, "{filled}");
    }
}
