//! Latency of the requests served: three percentiles on a logarithmic axis, told apart by colour and width.

use plotters_backend::DrawingBackend;

use super::{Picture, labels_for};
use crate::{
    decimate::line,
    pen::Drawn,
    plot::{Plot, highest},
    scale::Scale,
};

pub(super) fn draw<DB: DrawingBackend>(picture: &Picture<'_>, mut plot: Plot<'_, DB>) -> Drawn<DB> {
    let (series, palette) = (&picture.run.series, picture.palette);
    let (columns, period_s) = (plot.columns(), picture.period_s());
    let p50 = line(&series.p50_ms, period_s, columns, true);
    let p95 = line(&series.p95_ms, period_s, columns, true);
    let p99 = line(&series.p99_ms, period_s, columns, true);
    let lowest = p50
        .iter()
        .map(|p| p.value)
        .filter(|v| v.is_finite())
        .fold(f64::INFINITY, f64::min);
    plot.scale = Scale::log(lowest * 0.8, highest(&[&p50, &p95, &p99]) * 1.1);
    plot.axes(
        palette,
        &plot.scale.ticks(labels_for(&plot.layout) + 1),
        picture.value_label,
        picture.times,
    )?;
    plot.curve(&p99, palette.fail, 1.0)?;
    plot.curve(&p95, palette.warn, 1.4)?;
    plot.curve(&p50, palette.capacity, 1.7)
}
