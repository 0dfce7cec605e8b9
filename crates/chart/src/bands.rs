//! A series as a curve: a line through its periods or, where a pixel covers many of them, a band from the least to the most with
//! the mean as a line in it.
//!
//! A line through the extremes of each column would be solid ink there. Where even a day is narrow, days stay whole, so that what
//! happens every day does not flicker.

use engine::{
    digest::Extremes,
    run::{AlarmState, FleetChange},
};

use crate::decimate::{Columns, FleetValue, Point, line, steps};

/// Periods in a CSS pixel from which on there are bands.
const BANDED_FROM: f64 = 20.0;
/// Narrowest part of a band, CSS pixels.
const PART_PX: f64 = 2.0;
/// Parts are whole days where a day is narrower than this, CSS pixels.
const DAY_PX: f64 = 9.0;
/// Parts are a multiple of this, so that they stay where they are while a window moves.
const GRAIN_S: f64 = 600.0;
const DAY_S: f64 = 86_400.0;

/// A part of a band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Its middle, CSS pixels from the plot's left edge.
    pub x_px: f64,
    /// The least.
    pub low: f64,
    /// The most; `NaN`, as the least is, where there is nothing.
    pub high: f64,
}

/// What is drawn of a series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// The line: the series itself, or the means of its parts.
    pub line: Vec<Point>,
    /// The band; empty where the line says everything.
    pub band: Vec<Part>,
}

impl Curve {
    /// Returns the curve of a series; `extremes` are those of the series.
    #[must_use]
    pub fn of(values: &[f32], extremes: &Extremes, period_s: f64, columns: Columns) -> Self {
        let Some(part_s) = part_s(columns, period_s) else {
            return line(values, extremes, period_s, columns).into();
        };
        let period = |at_s: f64| (at_s / period_s).round().max(0.0) as usize;
        let length_s = values.len() as f64 * period_s;
        Self::of_parts(part_s, length_s, columns, &|from_s, to_s| {
            let periods = period(from_s)..period(to_s);
            let (low, high) = extremes.range(values, periods.clone())?;
            let mean = extremes.mean(values, periods)?;
            Some([f64::from(low), f64::from(high), mean])
        })
    }

    /// Returns the curve of `value` times `unit`, which a fleet has from one change to the next until `length_s`.
    #[must_use]
    pub fn of_fleet(
        fleet: &[FleetChange],
        value: FleetValue,
        unit: f64,
        (period_s, length_s): (f64, f64),
        columns: Columns,
    ) -> Self {
        let Some(part_s) = part_s(columns, period_s) else {
            return steps(fleet, value, unit, columns.until(length_s)).into();
        };
        Self::of_parts(part_s, length_s, columns, &|from_s, to_s| {
            let first = fleet.partition_point(|change| change.at_s <= from_s);
            let shown = fleet.get(first.saturating_sub(1)..)?;
            let (mut low, mut high, mut sum, mut since_s) = (u32::MAX, 0, 0.0, from_s);
            let mut current = None;
            for change in shown.iter().take_while(|change| change.at_s < to_s) {
                let at_s = change.at_s.max(from_s);
                sum += f64::from(current.unwrap_or_default()) * (at_s - since_s);
                let value = value(change);
                (low, high, since_s) = (low.min(value), high.max(value), at_s);
                current = Some(value);
            }
            sum += f64::from(current?) * (to_s - since_s);
            Some([f64::from(low), f64::from(high), sum / (to_s - from_s)].map(|it| it * unit))
        })
    }

    /// Returns the curve of parts of this length; `part` gives the least, the most and the mean of one.
    fn of_parts(
        part_s: f64,
        length_s: f64,
        columns: Columns,
        part: &dyn Fn(f64, f64) -> Option<[f64; 3]>,
    ) -> Self {
        let window = columns.window;
        let mut curve = Self::default();
        let first = (window.from_s / part_s).floor().max(0.0) as usize;
        let end_s = window.to_s.min(length_s);
        for place in first.. {
            let from_s = place as f64 * part_s;
            if from_s >= end_s {
                break;
            }
            let to_s = (from_s + part_s).min(length_s);
            // Where the run ends, less than half a part is no part.
            if to_s - from_s < part_s / 2.0 && !curve.line.is_empty() {
                break;
            }
            let [low, high, mean] = part(from_s, to_s).unwrap_or([f64::NAN; 3]);
            let middle_px = columns.x_px(f64::midpoint(from_s, to_s));
            let x_px = middle_px.clamp(0.0, columns.width_px);
            curve.line.push(Point { x_px, value: mean });
            curve.band.push(Part { x_px, low, high });
        }
        // Its ends reach the ends of what is shown.
        let ends_px = [0.0, columns.x_px(end_s).min(columns.width_px)];
        if let ([first, .., last], [line_first, .., line_last]) =
            (curve.band.as_mut_slice(), curve.line.as_mut_slice())
        {
            [first.x_px, last.x_px] = ends_px;
            [line_first.x_px, line_last.x_px] = ends_px;
        }
        curve
    }

    /// Returns the upper edge, as points: of a band the most.
    #[must_use]
    pub fn highs(&self) -> Vec<Point> {
        if self.band.is_empty() {
            return self.line.clone();
        }
        let highs = self.band.iter().map(|part| Point {
            x_px: part.x_px,
            value: part.high,
        });
        highs.collect()
    }

    /// Returns the lower edge, as points: of a band the least.
    #[must_use]
    pub fn lows(&self) -> Vec<Point> {
        if self.band.is_empty() {
            return self.line.clone();
        }
        let lows = self.band.iter().map(|part| Point {
            x_px: part.x_px,
            value: part.low,
        });
        lows.collect()
    }
}

impl From<Vec<Point>> for Curve {
    /// Returns the curve of a line that says everything.
    fn from(line: Vec<Point>) -> Self {
        Self {
            line,
            band: Vec::new(),
        }
    }
}

/// Returns whether series of this period are bands where a pixel is so long.
#[must_use]
pub fn is_banded(period_s: f64, per_px_s: f64) -> bool {
    per_px_s >= BANDED_FROM * period_s
}

/// Returns for how much of each part of a band an alarm is in ALARM, as left and right edge in CSS pixels and a share; `None` where
/// there are no bands.
#[must_use]
pub fn in_alarm_shares(
    states: &[AlarmState],
    period_s: f64,
    columns: Columns,
) -> Option<Vec<(f64, f64, f64)>> {
    let part_s = part_s(columns, period_s)?;
    let window = columns.window;
    let each = ((part_s / period_s).round() as usize).max(1);
    let first = (window.from_s / part_s).floor().max(0.0) as usize;
    let last = (window.to_s / part_s).ceil().max(0.0) as usize;
    let parts = states.chunks(each).enumerate().take(last).skip(first);
    let shares = parts.map(|(place, periods)| {
        let edge_px = |at_s: f64| columns.x_px(at_s).clamp(0.0, columns.width_px);
        let from_s = place as f64 * part_s;
        let to_s = from_s + periods.len() as f64 * period_s;
        let is_alarm = |state: &AlarmState| usize::from(*state == AlarmState::Alarm);
        let count: usize = periods.iter().map(is_alarm).sum();
        let share = count as f64 / periods.len() as f64;
        (edge_px(from_s), edge_px(to_s), share)
    });
    Some(shares.collect())
}

/// Returns the length of a band's parts in seconds; `None` where there are no bands.
fn part_s(columns: Columns, period_s: f64) -> Option<f64> {
    let per_px_s = columns.window.span_s() / columns.width_px;
    is_banded(period_s, per_px_s).then(|| {
        let grain_s = if DAY_S / per_px_s < DAY_PX {
            DAY_S
        } else {
            GRAIN_S
        };
        (PART_PX * per_px_s / grain_s).ceil() * grain_s
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Window;

    fn columns(days: f64, width_px: f64) -> Columns {
        Columns {
            window: Window::whole(days * DAY_S),
            width_px,
            count: 2 * width_px as usize,
        }
    }

    #[test]
    fn what_a_pixel_covers_decides() {
        for (days, width_px, expected) in [
            (1.0, 300.0, None),
            (2.0, 1100.0, None),
            (7.0, 1100.0, None),
            (7.0, 620.0, None),
            (7.0, 300.0, Some(4_200.0)),
            (31.0, 1100.0, Some(5_400.0)),
            (365.0, 1100.0, Some(DAY_S)),
            (365.0, 300.0, Some(3.0 * DAY_S)),
        ] {
            let found = part_s(columns(days, width_px), 60.0);
            assert_eq!(found, expected, "{days} days in {width_px} px");
        }
    }

    #[test]
    fn a_band_holds_every_value_and_its_line_the_means() {
        // Each day the same, but for a peak of a minute.
        let mut values: Vec<f32> = (0..365 * 1440)
            .map(|i| 10.0 + (i % 1440) as f32 / 100.0)
            .collect();
        values[200_000] = 99.0;
        values[300_000] = f32::NAN;
        let columns = columns(365.0, 1100.0);
        let curve = Curve::of(&values, &Extremes::of(&values, 0.0), 60.0, columns);
        assert_eq!((curve.line.len(), curve.band.len()), (365, 365));
        let high = curve.highs().iter().map(|p| p.value).fold(0.0, f64::max);
        let low = curve
            .lows()
            .iter()
            .map(|p| p.value)
            .fold(f64::MAX, f64::min);
        assert_eq!((low, high), (10.0, 99.0));
        for point in &curve.line {
            assert!((point.value - 17.195).abs() < 0.1, "{point:?}");
        }
        assert_eq!(curve.line.first().unwrap().x_px, 0.0);
        assert_eq!(curve.line.last().unwrap().x_px, 1100.0);
    }

    #[test]
    fn a_fleet_s_mean_is_that_over_time() {
        let change = |at_s, in_service| FleetChange {
            at_s,
            desired: in_service,
            in_service,
            pending: 0,
            min: 1,
            max: 9,
        };
        // Six instances for six hours of every day, two else.
        let fleet: Vec<FleetChange> = (0..365)
            .flat_map(|day| {
                let day_s = f64::from(day) * DAY_S;
                [
                    change(day_s, 2),
                    change(day_s + 21_600.0, 6),
                    change(day_s + 43_200.0, 2),
                ]
            })
            .collect();
        let run = (60.0, 365.0 * DAY_S);
        let curve = Curve::of_fleet(&fleet, |c| c.in_service, 20.0, run, columns(365.0, 1100.0));
        assert_eq!(curve.band.len(), 365);
        for (part, point) in curve.band.iter().zip(&curve.line) {
            assert_eq!((part.low, part.high, point.value), (40.0, 120.0, 60.0));
        }
    }

    #[test]
    fn a_shorter_run_ends_where_it_does() {
        let change = FleetChange {
            at_s: 0.0,
            desired: 2,
            in_service: 2,
            pending: 0,
            min: 1,
            max: 9,
        };
        for (from_s, length_s, ends_px) in [
            (0.0, DAY_S, Some(1000.0)),
            (0.0, 2.0 * DAY_S, Some(1000.0)),
            (0.0, DAY_S / 4.0, Some(250.0)),
            (DAY_S / 2.0, DAY_S, Some(500.0)),
            (DAY_S / 2.0, DAY_S / 4.0, None),
        ] {
            let shown = Columns {
                window: Window {
                    from_s,
                    to_s: from_s + DAY_S,
                },
                ..columns(1.0, 1000.0)
            };
            let curve = Curve::of_fleet(&[change], |c| c.in_service, 20.0, (60.0, length_s), shown);
            let last = curve.line.last().map(|point| (point.x_px, point.value));
            assert_eq!(
                last,
                ends_px.map(|x_px| (x_px, 40.0)),
                "{from_s} {length_s}"
            );
        }
    }

    #[test]
    fn shares_are_of_parts() {
        // A quarter of each day, and all of the last one.
        let state = |i: usize| match i % 1440 < 360 || i >= 364 * 1440 {
            true => AlarmState::Alarm,
            false => AlarmState::Ok,
        };
        let states: Vec<AlarmState> = (0..365 * 1440).map(state).collect();
        let found = in_alarm_shares(&states, 60.0, columns(365.0, 1100.0)).unwrap();
        assert_eq!(found.len(), 365);
        assert_eq!(found.first().map(|it| (it.0, it.2)), Some((0.0, 0.25)));
        assert_eq!(found.last().map(|it| (it.1, it.2)), Some((1100.0, 1.0)));
        assert_eq!(in_alarm_shares(&states, 60.0, columns(1.0, 1100.0)), None);
    }

    #[test]
    fn nothing_leaves_a_gap() {
        let mut values = vec![5.0_f32; 365 * 1440];
        values[100 * 1440..110 * 1440].fill(f32::NAN);
        let extremes = Extremes::of(&values, 0.0);
        let curve = Curve::of(&values, &extremes, 60.0, columns(365.0, 1100.0));
        let gaps = |points: &[Point]| points.iter().filter(|p| p.value.is_nan()).count();
        assert_eq!((gaps(&curve.line), gaps(&curve.highs())), (10, 10));
    }
}
