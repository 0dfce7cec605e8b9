//! The whole run in one strip: capacity, demand and failures, without axes. The window over it is the page's own.

use plotters_backend::DrawingBackend;

use super::Picture;
use crate::{
    decimate::{line, steps},
    pen::Drawn,
    plot::{Plot, highest},
    scale::Scale,
    span::failing,
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
    let demand = line(&series.demand_rps, period_s, columns, false);
    let failing = failing(&series.demand_rps, &series.failed_rps, period_s, columns);
    plot.scale = Scale::Linear {
        max: (highest(&[&in_service, &demand]) * 1.1).max(f64::MIN_POSITIVE),
        step: 1.0,
    };
    let layout = plot.layout;
    let whole = (
        (layout.left_px, layout.top_px),
        (layout.right_px, layout.bottom_px),
    );
    plot.pen.rectangles(std::iter::once(whole), palette.paper)?;
    plot.area(&in_service, palette.capacity_fill)?;
    plot.shaded(&failing, palette.fail.faded(0.35))?;
    plot.curve(&demand, palette.demand, 1.0)
}
