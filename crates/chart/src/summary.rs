//! The numbers of a chart's one-sentence summary, over a window.

use engine::run::Run;

use crate::{cursor::fleet_at, decimate::range, window::Window};

/// What the window holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Lowest and highest demand of a metric period, requests per second.
    pub demand_rps: (f64, f64),
    /// Fewest and most instances in service.
    pub in_service: (u32, u32),
    /// Mean instances in service over time.
    pub mean_in_service: f64,
    /// Fewest and most instances under copies; zeros where instances are what scales.
    pub instances: (u32, u32),
    /// Requests that failed.
    pub failed: f64,
    /// Lowest and highest value of the first policy's metric; `None` where it has no datapoint.
    pub metric: Option<(f64, f64)>,
    /// Fewest and most CPU credits of an instance, as a mean over instances; zeros where they have none.
    pub credits: (f64, f64),
    /// Seconds in which the metric was above the target.
    pub above_target_s: f64,
}

impl Summary {
    /// Sums up `window` of `run`; `target`: the first policy's, where there is one.
    #[must_use]
    pub fn new(run: &Run, window: Window, target: Option<f64>) -> Self {
        let period_s = f64::from(run.period_s.max(1));
        let from = (window.from_s / period_s).floor().max(0.0) as usize;
        let to = (window.to_s / period_s).ceil().max(0.0) as usize;
        let metric = part(run.series.metric(), from, to);
        let above = target.map_or(0, |target| {
            metric.iter().filter(|v| f64::from(**v) > target).count()
        });
        let (in_service, mean_in_service) = fleet(run, window);
        Self {
            demand_rps: range(part(&run.series.demand_rps, from, to)).unwrap_or_default(),
            in_service,
            mean_in_service,
            instances: instances(&run.series.instances, from, to),
            failed: sum(part(&run.series.failed_rps, from, to)) * period_s,
            metric: range(metric),
            credits: range(part(&run.series.credits, from, to)).unwrap_or_default(),
            above_target_s: above as f64 * period_s,
        }
    }
}

#[inline(never)]
fn instances(column: &[u32], from: usize, to: usize) -> (u32, u32) {
    let to = to.min(column.len());
    let part = column.get(from.min(to)..to).unwrap_or_default();
    let (low, high) = (part.iter().min(), part.iter().max());
    low.zip(high).map_or((0, 0), |(low, high)| (*low, *high))
}

fn part(column: &[f32], from: usize, to: usize) -> &[f32] {
    let to = to.min(column.len());
    column.get(from.min(to)..to).unwrap_or_default()
}

/// The sum of a column that is mostly zeros, of which many are passed over at once.
fn sum(values: &[f32]) -> f64 {
    let blocks = values.chunks(64);
    let some = blocks.filter(|block| block.iter().fold(false, |any, v| any | (*v != 0.0)));
    some.flatten().map(|v| f64::from(*v)).sum()
}

/// Fewest, most and mean instances in service, by the exact moments of change.
fn fleet(run: &Run, window: Window) -> ((u32, u32), f64) {
    let Some(first) = fleet_at(&run.fleet, window.from_s) else {
        return ((0, 0), 0.0);
    };
    let (mut low, mut high) = (first.in_service, first.in_service);
    let (mut instance_s, mut since_s, mut current) = (0.0, window.from_s, first.in_service);
    let start = run.fleet.partition_point(|c| c.at_s <= window.from_s);
    for change in run.fleet.get(start..).unwrap_or_default() {
        if change.at_s >= window.to_s {
            break;
        }
        instance_s += f64::from(current) * (change.at_s - since_s);
        (since_s, current) = (change.at_s, change.in_service);
        low = low.min(current);
        high = high.max(current);
    }
    instance_s += f64::from(current) * (window.to_s - since_s);
    ((low, high), instance_s / window.span_s())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_window_is_summed_up_exactly() {
        let run = sample::run();
        let whole = Summary::new(&run, Window::whole(7200.0), Some(600.0));
        assert_eq!(whole.in_service, (2, 6));
        let expected = (2.0 * 3850.0 + 6.0 * 3350.0) / 7200.0;
        assert!((whole.mean_in_service - expected).abs() < 1e-12);
        assert!(whole.failed > 0.0 && whole.above_target_s >= 3600.0);
        let quiet = Window {
            from_s: 600.0,
            to_s: 1200.0,
        };
        let quiet = Summary::new(&run, quiet, None);
        assert_eq!((quiet.in_service, quiet.failed), ((2, 2), 0.0));
        assert_eq!((quiet.mean_in_service, quiet.above_target_s), (2.0, 0.0));
        assert!(quiet.demand_rps.1 < 25.0);
    }

    #[test]
    fn a_metric_without_datapoints_has_neither_lowest_nor_highest() {
        let mut run = sample::run();
        let whole = Window::whole(7200.0);
        run.series.other_metric = vec![f32::NAN; 120];
        let none = Summary::new(&run, whole, Some(600.0));
        assert_eq!((none.metric, none.above_target_s), (None, 0.0));
        run.series.other_metric[60] = 700.0;
        let one = Summary::new(&run, whole, Some(600.0));
        assert_eq!(
            (one.metric, one.above_target_s),
            (Some((700.0, 700.0)), 60.0)
        );
        // Rows without a datapoint have none either, and the cross-hair reads none.
        let rows = crate::table::rows(&run, whole);
        let told: Vec<f64> = rows.iter().map(|row| row.metric).collect();
        assert_eq!(told.iter().filter(|value| !value.is_nan()).count(), 1);
        assert!(told.contains(&700.0));
        let read = |at_s| crate::cursor::read(&run, at_s).unwrap().metric;
        assert!(read(3599.0).is_nan() && read(3600.0) == 700.0);
    }

    #[test]
    fn nothing_is_summed_up_as_nothing() {
        let summary = Summary::new(&Run::default(), Window::whole(60.0), None);
        assert_eq!(
            (summary.demand_rps, summary.in_service),
            ((0.0, 0.0), (0, 0))
        );
    }
}
