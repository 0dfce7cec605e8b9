//! The whole run in one strip: capacity, demand and failures, without axes. The window over it is the page's own.

use crate::{
    decimate::{line, steps},
    pen::Drawn,
    picture::Picture,
    plot::{Plot, highest},
    scale::Scale,
    span::failing,
};

/// Height of its canvas, CSS pixels.
pub const HEIGHT_PX: f64 = 44.0;

/// Draws the strip.
pub fn draw(picture: &Picture<'_>, mut plot: Plot<'_>) -> Drawn {
    let (subject, palette) = (picture.subject, picture.palette);
    let (run, series, digest) = (subject.run, &subject.run.series, subject.digest);
    let (columns, period_s) = (plot.columns(), subject.period_s());
    let max_rps = subject.plan().service.max_rps;
    let in_service = steps(&run.fleet, |c| c.in_service, max_rps, columns);
    let demand = line(&series.demand_rps, &digest.demand_rps, period_s, columns);
    let (demand_rps, failed_rps) = (&series.demand_rps, &series.failed_rps);
    let failing = failing(demand_rps, failed_rps, &digest.failing, period_s, columns);
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
