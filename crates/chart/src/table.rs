//! A chart's numbers as rows: the window cut into stretches of a round length, each summed up.

use engine::{
    forecast::{Forecast, HOUR_S},
    run::{Run, Series},
};

use crate::{cursor::fleet_at, window::Window};

/// Most rows of a table.
pub const MOST_ROWS: usize = 48;

/// What happened in one stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its start, seconds from the start of the run.
    pub from_s: f64,
    /// Mean demand, requests per second.
    pub mean_demand_rps: f64,
    /// Highest demand of a metric period.
    pub peak_demand_rps: f64,
    /// Requests that failed.
    pub failed: f64,
    /// Highest value of the first policy's metric; NaN where it has no datapoint.
    pub metric: f64,
    /// Fewest instances in service.
    pub fewest: u32,
    /// Most instances in service.
    pub most: u32,
    /// Desired capacity at the end.
    pub desired: u32,
    /// Most instances pending.
    pub pending: u32,
    /// Most instances forecast for an hour, where there is a forecast.
    pub forecast: Option<u32>,
    /// Most instances that cost, under copies; 0 where instances are what scales.
    pub instances: u32,
    /// Fewest CPU credits of an instance, as a mean over instances; `None` where they have none.
    pub credits: Option<f64>,
    /// Most surplus credits of an instance, in unlimited mode.
    pub surplus: Option<f64>,
    /// Highest median latency of a metric period, milliseconds.
    pub p50_ms: f64,
    /// Highest 95th percentile of a metric period.
    pub p95_ms: f64,
    /// Highest 99th percentile of a metric period.
    pub p99_ms: f64,
}

/// Lengths of a stretch, in seconds, as people count them.
const STEPS_S: [f64; 15] = [
    60.0,
    120.0,
    300.0,
    600.0,
    900.0,
    1800.0,
    3600.0,
    7200.0,
    10_800.0,
    21_600.0,
    43_200.0,
    86_400.0,
    172_800.0,
    604_800.0,
    1_209_600.0,
];

/// Length of one row's stretch for a window, a multiple of the metric period.
#[must_use]
pub fn row_s(window: Window, period_s: f64) -> f64 {
    let least_s = (window.span_s() / (MOST_ROWS - 1) as f64).max(period_s);
    STEPS_S
        .into_iter()
        .find(|s| (least_s..=4.0 * least_s).contains(s) && *s % period_s == 0.0)
        .unwrap_or_else(|| (least_s / period_s).ceil().max(1.0) * period_s)
}

/// The rows of a window, at most [`MOST_ROWS`], in order of time. Starts are whole multiples of [`row_s`].
#[must_use]
pub fn rows(run: &Run, window: Window) -> Vec<Row> {
    let period_s = f64::from(run.period_s.max(1));
    let step_s = row_s(window, period_s);
    let length_s = run.series.demand_rps.len() as f64 * period_s;
    let first = (window.from_s / step_s).floor().max(0.0) as usize;
    let last = (window.to_s.min(length_s) / step_s).ceil().max(0.0) as usize;
    (first..last)
        .take(MOST_ROWS)
        .map(|i| row(run, i as f64 * step_s, step_s, period_s))
        .collect()
}

fn row(run: &Run, from_s: f64, step_s: f64, period_s: f64) -> Row {
    let series: &Series = &run.series;
    let from = (from_s / period_s) as usize;
    let to = (from + (step_s / period_s) as usize).min(series.demand_rps.len());
    let part = |column: &[f32]| -> (f64, f64) {
        let part = column.get(from..to.min(column.len())).unwrap_or_default();
        let finite = part.iter().filter(|v| v.is_finite()).map(|v| f64::from(*v));
        finite.fold((0.0, 0.0), |(sum, most), v| (sum + v, most.max(v)))
    };
    let end_s = to as f64 * period_s;
    let start = run.fleet.partition_point(|c| c.at_s <= from_s);
    let fleet = run
        .fleet
        .get(start.saturating_sub(1)..)
        .unwrap_or_default()
        .iter()
        .take_while(|c| c.at_s < end_s);
    let (mut fewest, mut most, mut pending) = (u32::MAX, 0, 0);
    for change in fleet {
        fewest = fewest.min(change.in_service);
        most = most.max(change.in_service);
        pending = pending.max(change.pending);
    }
    let (demand_sum, peak_demand_rps) = part(&series.demand_rps);
    Row {
        from_s,
        mean_demand_rps: demand_sum / (to.saturating_sub(from).max(1)) as f64,
        peak_demand_rps,
        failed: part(&series.failed_rps).0 * period_s,
        metric: highest(series.metric(), from, to),
        fewest: fewest.min(most),
        most,
        forecast: run.forecast().and_then(|it| forecast(it, from_s, end_s)),
        desired: fleet_at(&run.fleet, end_s - 1e-6).map_or(0, |c| c.desired),
        pending,
        instances: (series.instances.get(from..to))
            .and_then(|part| part.iter().copied().max())
            .unwrap_or(0),
        credits: least(&series.credits, from, to),
        surplus: (!series.surplus_credits.is_empty()).then(|| part(&series.surplus_credits).1),
        p50_ms: part(&series.p50_ms).1,
        p95_ms: part(&series.p95_ms).1,
        p99_ms: part(&series.p99_ms).1,
    }
}

/// The highest value of a stretch of a column; NaN where it has none.
fn highest(column: &[f32], from: usize, to: usize) -> f64 {
    let part = column.get(from..to.min(column.len())).unwrap_or_default();
    f64::from(part.iter().copied().fold(f32::NAN, f32::max))
}

/// The lowest value of a stretch of a column; `None` where there is no such column.
#[inline(never)]
fn least(column: &[f32], from: usize, to: usize) -> Option<f64> {
    let part = column.get(from..to.min(column.len()))?;
    part.iter().copied().reduce(f32::min).map(f64::from)
}

/// The highest forecast of the hours that a stretch touches.
#[inline(never)]
fn forecast(forecast: &Forecast, from_s: f64, end_s: f64) -> Option<u32> {
    let begun = forecast.hours.iter().filter(|hour| {
        let over_s = hour.at_s + f64::from(HOUR_S);
        hour.at_s < end_s && over_s > from_s
    });
    begun.map(|hour| hour.capacity).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn rows_are_round_and_few() {
        for (span_s, expected) in [
            (3600.0, 120.0),
            (86_400.0, 3600.0),
            (7.0 * 86_400.0, 21_600.0),
            (31_536_000.0, 1_209_600.0),
        ] {
            assert_eq!(row_s(Window::whole(span_s), 60.0), expected);
        }
        assert_eq!(row_s(Window::whole(300.0), 60.0), 60.0);
        assert_eq!(row_s(Window::whole(300.0), 7.0), 7.0);
    }

    #[test]
    fn a_row_sums_up_its_stretch() {
        let run = sample::run();
        let rows = rows(&run, Window::whole(7200.0));
        assert_eq!(rows.len(), 24);
        let failed: f64 = rows.iter().map(|r| r.failed).sum();
        let expected: f64 = run
            .series
            .failed_rps
            .iter()
            .map(|v| f64::from(*v) * 60.0)
            .sum();
        assert!((failed - expected).abs() < 1e-6 && failed > 0.0);
        let busy = rows.iter().find(|r| r.from_s == 3600.0).unwrap();
        assert_eq!(
            (busy.fewest, busy.most, busy.pending, busy.desired),
            (2, 6, 4, 6)
        );
        assert!(rows.len() <= MOST_ROWS);
    }

    #[test]
    fn a_row_has_the_highest_forecast_of_its_hours() {
        let mut run = sample::run();
        let window = Window::whole(7200.0);
        assert!(rows(&run, window).iter().all(|row| row.forecast.is_none()));
        run.forecasts = sample::forecasts();
        // Of an hour before the first forecast there is none.
        let forecast = |from_s, step_s| row(&run, from_s, step_s, 60.0).forecast;
        assert_eq!(forecast(0.0, 3600.0), None);
        assert_eq!(forecast(3000.0, 1200.0), Some(7));
        assert_eq!(forecast(3600.0, 60.0), Some(7));
        // The run ends before the next hour.
        assert_eq!(forecast(0.0, 86_400.0), Some(7));
        let at = |at_s| crate::cursor::read(&run, at_s).unwrap().forecast;
        assert_eq!(
            [at(3599.0), at(3600.0), at(7190.0)],
            [None, Some(7), Some(7)]
        );
    }

    #[test]
    fn a_row_has_the_most_instances_under_copies() {
        let mut run = sample::run();
        let whole = Window::whole(7200.0);
        assert!(rows(&run, whole).iter().all(|row| row.instances == 0));
        run.series.instances = (0..120)
            .map(|minute| if minute == 61 { 3 } else { 1 })
            .collect();
        let most = |from_s: f64| {
            let rows = rows(&run, whole);
            let row = rows.iter().find(|row| row.from_s == from_s);
            row.unwrap().instances
        };
        assert_eq!((most(3300.0), most(3600.0)), (1, 3));
        let reading = crate::cursor::read(&run, 3661.0).unwrap();
        assert_eq!(reading.instances, Some(3));
        let summary = crate::Summary::new(&run, whole, None);
        assert_eq!(summary.instances, (1, 3));
    }

    #[test]
    fn a_window_in_the_middle_gives_only_its_rows() {
        let run = sample::run();
        let window = Window {
            from_s: 3500.0,
            to_s: 4100.0,
        };
        let rows = rows(&run, window);
        assert_eq!(rows.first().unwrap().from_s, 3480.0);
        assert!(rows.last().unwrap().from_s < 4100.0);
    }
}
