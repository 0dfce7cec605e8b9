//! From a long series to a few points per pixel column that draw the same line.
//!
//! Each column keeps its lowest and its highest sample, so no peak is lost. The work is proportional to the window.

use engine::{demand::Node, digest::Extremes, run::FleetChange};

use crate::window::Window;

/// A corner of a line: horizontal distance from the plot's left edge in CSS pixels, and value. A value of `NaN` ends a stroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Distance from the plot's left edge.
    pub x_px: f64,
    /// Value.
    pub value: f64,
}

/// The part of the time axis to draw, and into how many columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    /// What is shown.
    pub window: Window,
    /// Width of the plot, CSS pixels.
    pub width_px: f64,
    /// Columns across it.
    pub count: usize,
}

impl Columns {
    /// Returns the distance of a moment from the plot's left edge.
    #[must_use]
    pub fn x_px(&self, at_s: f64) -> f64 {
        (at_s - self.window.from_s) / self.window.span_s() * self.width_px
    }

    /// Returns the part of them before a moment.
    #[must_use]
    pub fn until(&self, at_s: f64) -> Self {
        let Self { window, count, .. } = *self;
        let to_s = at_s.clamp(window.from_s, window.to_s);
        let share = (to_s - window.from_s) / window.span_s();
        Self {
            window: Window { to_s, ..window },
            width_px: self.width_px * share,
            count: (count as f64 * share).ceil() as usize,
        }
    }

    /// Returns the column in which a horizontal distance falls.
    fn column(&self, x_px: f64) -> i64 {
        (x_px / self.width_px * self.count as f64).floor() as i64
    }

    /// Returns the range of samples of `period_s` that overlap the window, of the `len` that there are.
    #[must_use]
    pub fn samples(&self, period_s: f64, len: usize) -> std::ops::Range<usize> {
        let first = (self.window.from_s / period_s).floor().max(0.0) as usize;
        let last = (self.window.to_s / period_s).ceil().max(0.0) as usize;
        first.min(len)..last.min(len)
    }
}

/// Returns a line through the middles of a series' periods, cut at the window's edges; `extremes` are those of the series. Samples
/// that do not count there leave a gap.
#[must_use]
pub fn line(values: &[f32], extremes: &Extremes, period_s: f64, columns: Columns) -> Vec<Point> {
    let inside = columns.samples(period_s, values.len());
    let range = inside.start.saturating_sub(1)..(inside.end + 1).min(values.len());
    let value = |i: usize| {
        let value = values.get(i).filter(|value| extremes.counts(**value));
        value.map_or(f64::NAN, |value| f64::from(*value))
    };
    let at = |i: usize, at_s: f64| Point {
        x_px: columns.x_px(at_s),
        value: value(i),
    };
    let middle = |i: usize| at(i, (i as f64 + 0.5) * period_s);
    let mut points = Vec::with_capacity(2 * columns.count + 4);
    if range.start == 0 && !values.is_empty() {
        points.push(at(0, 0.0));
    }
    if range.len() <= 2 * columns.count {
        points.extend(range.clone().map(middle));
    } else {
        let per_column = range.len() as f64 / columns.count as f64;
        let mut from = range.start;
        for c in 1..=columns.count {
            let to = if c == columns.count {
                range.end
            } else {
                range.start + (c as f64 * per_column) as usize
            };
            // Where nothing counts, there is a gap.
            let (low, high) = (extremes.places(values, from..to)).unwrap_or((from, from));
            points.push(middle(low.min(high)));
            if low != high {
                points.push(middle(low.max(high)));
            }
            from = to;
        }
    }
    if range.end == values.len()
        && let Some(last) = values.len().checked_sub(1)
    {
        points.push(at(last, values.len() as f64 * period_s));
    }
    cut(points, columns.width_px)
}

/// Returns demand as the engine has it, linear between `nodes`, for a window so short that its nodes are few; `None` where there
/// are more of them than columns.
#[must_use]
pub fn exact(nodes: &[Node], columns: Columns) -> Option<Vec<Point>> {
    let from = nodes.partition_point(|n| n.at_s < columns.window.from_s);
    let to = nodes.partition_point(|n| n.at_s <= columns.window.to_s);
    let shown = nodes.get(from.saturating_sub(1)..(to + 1).min(nodes.len()))?;
    if shown.len() > columns.count / 2 {
        return None;
    }
    let points = shown.iter().map(|n| Point {
        x_px: columns.x_px(n.at_s),
        value: n.rps,
    });
    Some(cut(points.collect(), columns.width_px))
}

/// Returns a line cut at both edges of the plot, by interpolation.
fn cut(points: Vec<Point>, width_px: f64) -> Vec<Point> {
    let inside = |p: &Point| (0.0..=width_px).contains(&p.x_px);
    if points.iter().all(inside) {
        return points;
    }
    let mut out: Vec<Point> = Vec::with_capacity(points.len() + 2);
    let mut before: Option<Point> = None;
    for point in points {
        if let Some(before) = before {
            for edge_px in [0.0, width_px] {
                if before.x_px < edge_px && point.x_px > edge_px {
                    let share = (edge_px - before.x_px) / (point.x_px - before.x_px);
                    out.push(Point {
                        x_px: edge_px,
                        value: before.value + share * (point.value - before.value),
                    });
                }
            }
        }
        if inside(&point) {
            out.push(point);
        }
        before = Some(point);
    }
    out
}

/// One of the numbers that a change of the fleet carries.
pub type FleetValue = fn(&FleetChange) -> u32;

/// Returns a stepped line of `value` times `unit` at the exact moments of change; several changes within one column keep their
/// lowest and highest.
#[must_use]
pub fn steps(fleet: &[FleetChange], value: FleetValue, unit: f64, columns: Columns) -> Vec<Point> {
    if columns.count == 0 {
        return Vec::new();
    }
    let start = fleet.partition_point(|c| c.at_s <= columns.window.from_s);
    let in_force = start.checked_sub(1).and_then(|i| fleet.get(i));
    let Some(mut current) = in_force.or(fleet.first()).map(value) else {
        return Vec::new();
    };
    let scaled = |v: u32| f64::from(v) * unit;
    let mut points = vec![Point {
        x_px: 0.0,
        value: scaled(current),
    }];
    let mut group: Option<Group> = None;
    for change in fleet.get(start..).unwrap_or_default() {
        if change.at_s >= columns.window.to_s {
            break;
        }
        let new = value(change);
        if new == current {
            continue;
        }
        let x_px = columns.x_px(change.at_s);
        let column = columns.column(x_px);
        match &mut group {
            Some(group) if group.column == column => {
                group.low = group.low.min(new);
                group.high = group.high.max(new);
                group.last = new;
            }
            _ => {
                if let Some(done) = group.take() {
                    done.flush(scaled, &mut points);
                }
                group = Some(Group {
                    column,
                    x_px,
                    before: current,
                    low: new,
                    high: new,
                    last: new,
                });
            }
        }
        current = new;
    }
    if let Some(done) = group {
        done.flush(scaled, &mut points);
    }
    points.push(Point {
        x_px: columns.width_px,
        value: scaled(current),
    });
    points
}

/// Changes that fall into one column.
struct Group {
    column: i64,
    x_px: f64,
    before: u32,
    low: u32,
    high: u32,
    last: u32,
}

impl Group {
    fn flush(self, scaled: impl Fn(u32) -> f64, points: &mut Vec<Point>) {
        let mut values = vec![self.before];
        for v in [self.low, self.high, self.last] {
            if values.last() != Some(&v) {
                values.push(v);
            }
        }
        points.extend(values.into_iter().map(|v| Point {
            x_px: self.x_px,
            value: scaled(v),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(from_s: f64, to_s: f64, count: usize) -> Columns {
        Columns {
            window: Window { from_s, to_s },
            width_px: count as f64,
            count,
        }
    }

    fn drawn(values: &[f32], columns: Columns, least: f32) -> Vec<Point> {
        line(values, &Extremes::of(values, least), 60.0, columns)
    }

    fn highest(points: &[Point]) -> f64 {
        points.iter().map(|p| p.value).fold(f64::MIN, f64::max)
    }

    #[test]
    fn no_peak_is_lost_wherever_it_stands() {
        for at in [0, 1, 4999, 5000, 123_456, 199_999] {
            let mut values = vec![10.0_f32; 200_000];
            values[at] = 99.0;
            let points = drawn(&values, columns(0.0, 12_000_000.0, 300), 0.0);
            assert_eq!(highest(&points), 99.0, "peak at {at}");
            assert!(points.len() <= 2 * 300 + 2, "{} points", points.len());
            values[at] = 1.0;
            let points = drawn(&values, columns(0.0, 12_000_000.0, 300), 0.0);
            let lowest = points.iter().map(|p| p.value).fold(f64::MAX, f64::min);
            assert_eq!(lowest, 1.0, "trough at {at}");
        }
    }

    #[test]
    fn points_run_from_left_to_right_inside_the_plot() {
        let values: Vec<f32> = (0..10_000).map(|i| ((i * 7919) % 101) as f32).collect();
        for (from_s, to_s) in [(0.0, 600_000.0), (1234.0, 9876.0), (90.0, 400_000.0)] {
            let points = drawn(&values, columns(from_s, to_s, 200), 0.0);
            assert!(points.windows(2).all(|w| w[0].x_px <= w[1].x_px));
            assert!(points.iter().all(|p| (0.0..=200.0).contains(&p.x_px)));
        }
    }

    #[test]
    fn a_close_look_shows_every_sample_and_meets_the_edges() {
        let values = [0.0, 10.0, 20.0, 30.0, 40.0, 50.0];
        let points = drawn(&values, columns(60.0, 180.0, 100), 0.0);
        let found: Vec<(f64, f64)> = points.iter().map(|p| (p.x_px, p.value)).collect();
        assert_eq!(
            found,
            [(0.0, 5.0), (25.0, 10.0), (75.0, 20.0), (100.0, 25.0)]
        );
    }

    #[test]
    fn what_is_not_a_number_leaves_a_gap() {
        let mut values = vec![5.0_f32; 1000];
        values[300..400].fill(f32::NAN);
        values[600..700].fill(0.0);
        let gaps = |points: &[Point]| points.iter().filter(|p| p.value.is_nan()).count();
        for (count, width) in [(50, "decimated"), (2000, "every sample")] {
            let all = columns(0.0, 60_000.0, count);
            let (some, more) = (
                drawn(&values, all, 0.0),
                drawn(&values, all, f32::MIN_POSITIVE),
            );
            assert!(gaps(&some) > 0, "{width}");
            assert!(gaps(&more) > gaps(&some), "{width}");
        }
    }

    #[test]
    fn a_close_look_at_demand_is_exact() {
        let node = |at_s, rps| Node { at_s, rps };
        let nodes = [
            node(0.0, 10.0),
            node(100.0, 10.0),
            node(100.0, 50.0),
            node(1000.0, 50.0),
        ];
        let points = exact(&nodes, columns(50.0, 250.0, 200)).unwrap();
        let found: Vec<(f64, f64)> = points.iter().map(|p| (p.x_px, p.value)).collect();
        assert_eq!(
            found,
            [(0.0, 10.0), (50.0, 10.0), (50.0, 50.0), (200.0, 50.0)]
        );
        assert_eq!(exact(&nodes, columns(0.0, 1000.0, 6)), None);
    }

    fn change(at_s: f64, in_service: u32) -> FleetChange {
        FleetChange {
            at_s,
            desired: in_service,
            in_service,
            pending: 0,
            min: 1,
            max: 9,
        }
    }

    #[test]
    fn steps_stand_at_the_exact_moment() {
        let fleet = [
            change(0.0, 2),
            change(100.0, 4),
            change(150.0, 4),
            change(175.0, 3),
        ];
        let points = steps(&fleet, |c| c.in_service, 20.0, columns(50.0, 250.0, 200));
        let found: Vec<(f64, f64)> = points.iter().map(|p| (p.x_px, p.value)).collect();
        assert_eq!(
            found,
            [
                (0.0, 40.0),
                (50.0, 40.0),
                (50.0, 80.0),
                (125.0, 80.0),
                (125.0, 60.0),
                (200.0, 60.0)
            ]
        );
    }

    #[test]
    fn changes_within_one_column_keep_their_extremes() {
        let fleet: Vec<FleetChange> = (0..1000)
            .map(|i| change(f64::from(i), if i == 555 { 9 } else { 2 + i as u32 % 2 }))
            .collect();
        let points = steps(&fleet, |c| c.in_service, 1.0, columns(0.0, 100_000.0, 100));
        assert_eq!(highest(&points), 9.0);
        assert!(points.len() < 20);
        assert!(steps(&[], |c| c.in_service, 1.0, columns(0.0, 9.0, 9)).is_empty());
    }
}
