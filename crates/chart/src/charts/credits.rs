//! CPU credits of an instance, in runs that have any: their balance beside the metric, and the capacity that is left without them.

use engine::run::Run;
use plotters_backend::DrawingBackend;

use super::Picture;
use crate::{decimate::line, pen::Drawn, plot::Plot};

/// The most credits, or surplus credits, that an instance has in a run, as a mean over instances: the full height of their lines
/// beside the metric. 0 where nobody has any.
#[must_use]
pub fn most_credits(run: &Run) -> f64 {
    let series = &run.series;
    let both = series.credits.iter().chain(&series.surplus_credits);
    f64::from(both.copied().fold(0.0, f32::max))
}

/// Credits and surplus credits as lines beside the metric, on a scale of their own.
#[cold]
#[inline(never)]
pub(super) fn beside_metric<DB: DrawingBackend>(
    picture: &Picture<'_>,
    plot: &mut Plot<'_, DB>,
) -> Drawn<DB> {
    let (series, palette) = (&picture.run.series, picture.palette);
    let most = most_credits(picture.run);
    if most <= 0.0 {
        return Ok(());
    }
    let height = plot.scale.max() / most;
    for (column, colour) in [
        (&series.surplus_credits, palette.fail),
        (&series.credits, palette.warn),
    ] {
        let mut points = line(column, picture.period_s(), plot.columns(), false);
        for point in &mut points {
            point.value *= height;
        }
        plot.curve(&points, colour, 1.3)?;
    }
    Ok(())
}

/// The capacity of instances that are held to their baseline, while they are.
#[cold]
#[inline(never)]
pub(super) fn held_capacity<DB: DrawingBackend>(
    picture: &Picture<'_>,
    plot: &mut Plot<'_, DB>,
) -> Drawn<DB> {
    let Some(credits) = &picture.run.credits else {
        return Ok(());
    };
    let (period_s, capacity) = (picture.period_s(), &picture.run.series.capacity_rps);
    let mut held = vec![f32::NAN; capacity.len()];
    for stretch in &credits.throttled {
        let periods = (stretch.from_s / period_s) as usize..(stretch.until_s / period_s) as usize;
        let places = held.get_mut(periods.clone()).into_iter().flatten();
        for (place, rps) in places.zip(capacity.get(periods).into_iter().flatten()) {
            *place = *rps;
        }
    }
    let points = line(&held, period_s, plot.columns(), false);
    plot.curve(&points, picture.palette.warn, 1.4)
}
