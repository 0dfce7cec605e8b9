//! What a run says at one moment: the values beside a cross-hair.

use engine::run::{AlarmRole, AlarmState, FleetChange, Run};

/// Values at one moment. Those of series are means over the metric period that holds it; those of the fleet are exact.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Reading {
    /// Demand, requests per second.
    pub demand_rps: f64,
    /// Failed requests per second.
    pub failed_rps: f64,
    /// Requests waiting at the period's end.
    pub queue: f64,
    /// Desired capacity.
    pub desired: u32,
    /// Instances in service.
    pub in_service: u32,
    /// Instances pending.
    pub pending: u32,
    /// Instances forecast for the hour, where there is a forecast.
    pub forecast: Option<u32>,
    /// Instances under copies at the period's end; `None` where instances are what scales.
    pub instances: Option<u32>,
    /// CPU credits of an instance at the period's end, as a mean; `None` where instances have none.
    pub credits: Option<f64>,
    /// The same of surplus credits, in unlimited mode.
    pub surplus: Option<f64>,
    /// MinCapacity in force.
    pub min: u32,
    /// MaxCapacity in force.
    pub max: u32,
    /// The first policy's metric in the period; NaN where it has no datapoint.
    pub metric: f64,
    /// Median latency, milliseconds.
    pub p50_ms: f64,
    /// 95th percentile.
    pub p95_ms: f64,
    /// 99th percentile.
    pub p99_ms: f64,
    /// State of AlarmHigh when the period began.
    pub alarm_high: AlarmState,
    /// State of AlarmLow when the period began.
    pub alarm_low: AlarmState,
}

/// The fleet in force at a moment.
#[must_use]
pub fn fleet_at(fleet: &[FleetChange], at_s: f64) -> Option<&FleetChange> {
    let after = fleet.partition_point(|c| c.at_s <= at_s);
    fleet.get(after.saturating_sub(1))
}

/// Reads a run at a moment; `None` for a run without samples.
#[must_use]
pub fn read(run: &Run, at_s: f64) -> Option<Reading> {
    let series = &run.series;
    let last = series.demand_rps.len().checked_sub(1)?;
    let i = ((at_s / f64::from(run.period_s.max(1))).floor().max(0.0) as usize).min(last);
    let value = |column: &[f32]| column.get(i).copied().map_or(f64::NAN, f64::from);
    let state = |column: &[AlarmState]| {
        i.checked_sub(1)
            .and_then(|before| column.get(before).copied())
            .unwrap_or_default()
    };
    let fleet = fleet_at(&run.fleet, at_s)?;
    Some(Reading {
        demand_rps: value(&series.demand_rps),
        failed_rps: value(&series.failed_rps),
        queue: value(&series.queue),
        desired: fleet.desired,
        in_service: fleet.in_service,
        pending: fleet.pending,
        forecast: run.forecast().and_then(|forecast| forecast.at(at_s)),
        instances: series.instances.get(i).copied(),
        credits: series.credits.get(i).copied().map(f64::from),
        surplus: series.surplus_credits.get(i).copied().map(f64::from),
        min: fleet.min,
        max: fleet.max,
        metric: value(series.metric()),
        p50_ms: value(&series.p50_ms),
        p95_ms: value(&series.p95_ms),
        p99_ms: value(&series.p99_ms),
        alarm_high: state(series.alarm(AlarmRole::High)),
        alarm_low: state(series.alarm(AlarmRole::Low)),
    })
}

/// Index of the moment in a sorted list that is nearest to `at_s`; `None` for an empty list.
#[must_use]
pub fn nearest(len: usize, moment_s: impl Fn(usize) -> f64, at_s: f64) -> Option<usize> {
    let last = len.checked_sub(1)?;
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = usize::midpoint(low, high);
        if moment_s(middle) <= at_s {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let after = low.min(last);
    let before = after.saturating_sub(1);
    let closer = (at_s - moment_s(before)).abs() <= (moment_s(after) - at_s).abs();
    Some(if closer { before } else { after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_reading_mixes_exact_fleet_and_period_means() {
        let run = sample::run();
        let reading = read(&run, 3_630.0).unwrap();
        assert_eq!(reading.demand_rps, f64::from(run.series.demand_rps[60]));
        assert_eq!((reading.in_service, reading.pending), (2, 4));
        assert_eq!(read(&run, 1e12).unwrap().in_service, 6);
        assert_eq!(read(&run, -5.0).unwrap().in_service, 2);
        assert_eq!(read(&Run::default(), 0.0), None);
    }

    #[test]
    fn the_nearest_activity_is_found() {
        let moments = [10.0, 20.0, 40.0];
        for (at_s, expected) in [
            (-9.0, 0),
            (14.0, 0),
            (16.0, 1),
            (31.0, 2),
            (99.0, 2),
            (20.0, 1),
        ] {
            assert_eq!(nearest(3, |i| moments[i], at_s), Some(expected), "{at_s}");
        }
        assert_eq!(nearest(0, |_| 0.0, 5.0), None);
    }
}
