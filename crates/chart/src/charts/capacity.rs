//! Demand against capacity, in requests per second. The distance between the two lines is the headroom.

use plotters_backend::DrawingBackend;

use super::{Picture, credits, labels_for};
use crate::{
    decimate::{exact, line, steps},
    pen::Drawn,
    plot::{Plot, highest},
    scale::Scale,
    span::{excess, failing, pending},
};

pub(super) fn draw<DB: DrawingBackend>(picture: &Picture<'_>, mut plot: Plot<'_, DB>) -> Drawn<DB> {
    let (series, palette) = (&picture.run.series, picture.palette);
    let (columns, period_s) = (plot.columns(), picture.period_s());
    let in_service = steps(
        &picture.run.fleet,
        |c| c.in_service,
        picture.max_rps,
        columns,
    );
    let with_pending = steps(
        &picture.run.fleet,
        |c| c.in_service + c.pending,
        picture.max_rps,
        columns,
    );
    let demand = (!picture.demand.is_empty())
        .then(|| exact(picture.demand, columns))
        .flatten()
        .unwrap_or_else(|| line(&series.demand_rps, period_s, columns, false));
    let waiting = excess(&series.demand_rps, &series.capacity_rps, period_s, columns);
    let failing = failing(&series.demand_rps, &series.failed_rps, period_s, columns);
    let failing_top = failing.iter().map(|s| s.high).fold(0.0, f64::max);
    let top = highest(&[&in_service, &with_pending, &demand]).max(failing_top);
    plot.scale = Scale::linear(top * 1.02, labels_for(&plot.layout), 0.0);

    plot.area(&in_service, palette.capacity_fill)?;
    plot.axes(
        palette,
        &plot.scale.ticks(labels_for(&plot.layout)),
        picture.value_label,
        picture.times,
    )?;
    plot.hatched(
        &pending(&picture.run.fleet, picture.max_rps, columns),
        palette.pending,
    )?;
    // What a serverless endpoint has no provisioned concurrency for does not wait: it is served on demand.
    let waits = series.on_demand.is_empty();
    let fill = if waits {
        palette.fail_fill
    } else {
        palette.low_fill
    };
    plot.filled(&waiting, fill, 0.0)?;
    plot.filled(&failing, palette.fail, 1.5)?;
    plot.curve(&in_service, palette.capacity, 1.6)?;
    if picture.run.credits.is_some() {
        credits::held_capacity(picture, &mut plot)?;
    }
    plot.curve(&demand, palette.demand, 1.5)?;
    plot.rug(&failing, palette.fail)
}
