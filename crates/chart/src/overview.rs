//! The whole run in one strip: capacity, demand and distress, without axes. The window over it is the page's own.

use crate::{
    bands::Curve,
    distress::stretches,
    pen::Drawn,
    picture::Picture,
    plot::{Plot, highest},
    scale::Scale,
};

/// Height of its canvas, CSS pixels.
pub const HEIGHT_PX: f64 = 44.0;

/// Draws the strip.
pub fn draw(picture: &Picture<'_>, mut plot: Plot<'_>) -> Drawn {
    let (subject, palette) = (picture.subject, picture.palette);
    let (run, series, digest) = (subject.run, &subject.run.series, subject.digest);
    let (columns, period_s) = (plot.columns(), subject.period_s());
    let max_rps = subject.plan().service.max_rps;
    let run_s = (period_s, f64::from(subject.plan().length_s));
    let in_service = Curve::of_fleet(&run.fleet, |c| c.in_service, max_rps, run_s, columns);
    let demand = Curve::of(&series.demand_rps, &digest.demand_rps, period_s, columns);
    let distress = stretches(&run.distress, period_s, columns);
    plot.scale = Scale::Linear {
        max: (highest(&[&in_service, &demand].map(Curve::highs)) * 1.1).max(f64::MIN_POSITIVE),
        step: 1.0,
    };
    let layout = plot.layout;
    let whole = (
        (layout.left_px, layout.top_px),
        (layout.right_px, layout.bottom_px),
    );
    plot.pen.rectangles(std::iter::once(whole), palette.paper)?;
    plot.area(&in_service.lows(), palette.capacity_fill)?;
    plot.band(&in_service, palette.capacity_fill.faded(0.6))?;
    plot.shaded(&distress, palette.fail.faded(0.35))?;
    plot.series(&demand, palette.demand, 1.0)
}
