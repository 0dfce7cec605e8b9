//! Instances: desired, in service and pending, the bounds in force, and what failed.

use engine::{forecast::Forecast, run::FleetChange};
use plotters_backend::DrawingBackend;

use super::{Picture, labels_for};
use crate::{
    decimate::{Columns, Point, steps},
    pen::Drawn,
    plot::{Plot, highest},
    scale::Scale,
    span::{losses, pending},
};

pub(super) fn draw<DB: DrawingBackend>(picture: &Picture<'_>, mut plot: Plot<'_, DB>) -> Drawn<DB> {
    let (fleet, palette) = (&picture.run.fleet, picture.palette);
    let columns = plot.columns();
    let desired = steps(fleet, |c| c.desired, 1.0, columns);
    let in_service = steps(fleet, |c| c.in_service, 1.0, columns);
    let with_pending = steps(fleet, |c| c.in_service + c.pending, 1.0, columns);
    let min = steps(fleet, |c| c.min, 1.0, columns);
    let max = steps(fleet, |c| c.max, 1.0, columns);
    let forecast = picture.run.forecast();
    let forecast = forecast.map_or(Vec::new(), |it| forecast_steps(it, columns));
    let used = highest(&[&desired, &with_pending, &min, &forecast]);
    let bound = highest(&[&max]);
    // A maximum far above everything that happened would flatten the chart; it is then out of the picture.
    let top = if bound <= 2.0 * used { bound } else { used };
    plot.scale = Scale::linear(top * 1.04, labels_for(&plot.layout), 1.0);

    plot.area(&in_service, palette.capacity_fill)?;
    if !picture.run.losses.is_empty() {
        plot.shaded(&losses(&picture.run.losses, columns), palette.fail_fill)?;
    }
    plot.axes(
        palette,
        &plot.scale.ticks(labels_for(&plot.layout)),
        picture.value_label,
        picture.times,
    )?;
    plot.hatched(&pending(fleet, 1.0, columns), palette.pending)?;
    plot.curve(&in_service, palette.capacity, 1.6)?;
    plot.curve(&min, palette.label.faded(0.55), 1.0)?;
    if top >= bound {
        plot.curve(&max, palette.label.faded(0.55), 1.0)?;
    }
    if !forecast.is_empty() {
        plot.curve(&forecast, palette.demand, 1.2)?;
    }
    plot.curve(&desired, palette.target, 1.3)?;
    under_copies(picture, &mut plot)
}

/// The instances under copies, as a line of their own.
#[inline(never)]
fn under_copies<DB: DrawingBackend>(picture: &Picture<'_>, plot: &mut Plot<'_, DB>) -> Drawn<DB> {
    let run = picture.run;
    if run.series.instances.is_empty() {
        return Ok(());
    }
    // One change a minute at most, at its end.
    let mut changes: Vec<FleetChange> = Vec::new();
    for (minute, &instances) in run.series.instances.iter().enumerate() {
        if changes
            .last()
            .is_none_or(|last| last.in_service != instances)
        {
            changes.push(FleetChange {
                at_s: f64::from(run.period_s) * minute as f64,
                desired: instances,
                in_service: instances,
                pending: 0,
                min: 0,
                max: 0,
            });
        }
    }
    let line = steps(&changes, |c| c.in_service, 1.0, plot.columns());
    plot.curve(&line, picture.palette.label, 1.6)
}

/// Instances forecast hour by hour; none before the first forecast.
#[inline(never)]
fn forecast_steps(forecast: &Forecast, columns: Columns) -> Vec<Point> {
    let change = |at_s, desired| FleetChange {
        at_s,
        desired,
        in_service: 0,
        pending: 0,
        min: 0,
        max: 0,
    };
    let hours = forecast.hours.iter();
    let hours = hours.map(|hour| change(hour.at_s, hour.capacity));
    let first = forecast.hours.first().filter(|hour| hour.at_s > 0.0);
    let none = first.map(|_| change(0.0, 0));
    let all: Vec<FleetChange> = none.into_iter().chain(hours).collect();
    steps(&all, |c| c.desired, 1.0, columns)
}
