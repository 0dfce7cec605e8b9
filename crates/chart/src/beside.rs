//! Runs that are pinned beside the one that a picture shows: in each chart a thin line of each, with its number where there is room.

use engine::{Digest, Run, digest::Extremes, run::FleetChange};
use scenario::compile::Compiled;

use crate::{
    bands::Curve,
    decimate::{Columns, FleetValue},
    palette::Colour,
    pen::{Anchor, Drawn},
    picture::Picture,
    plot::Plot,
};

/// Most runs beside one, each with a colour of its own.
pub const MOST_BESIDE: usize = 4;

/// Width of their lines, CSS pixels.
const WIDTH_PX: f64 = 1.1;

/// A run beside another.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// Its place among those that are pinned: each has a colour of its own.
    pub place: usize,
    /// Its scenario in numbers.
    pub compiled: &'a Compiled,
    /// What happened.
    pub run: &'a Run,
    /// What its columns come to.
    pub digest: &'a Digest,
}

impl Beside<'_> {
    fn period_s(&self) -> f64 {
        f64::from(self.run.period_s.max(1))
    }

    /// Returns the curve of a column of its run.
    pub(crate) fn column(&self, values: &[f32], extremes: &Extremes, columns: Columns) -> Curve {
        Curve::of(values, extremes, self.period_s(), columns)
    }

    /// Returns the curve of what its fleet has, times `unit`.
    pub(crate) fn fleet(&self, value: FleetValue, unit: f64, columns: Columns) -> Curve {
        let length_s = f64::from(self.compiled.plan.length_s);
        // A fleet of hundreds of changes a day is a line all the same.
        let changes: &[FleetChange] = &self.run.fleet;
        Curve::of_fleet(changes, value, unit, (self.period_s(), length_s), columns)
    }
}

/// The lines of the runs beside one, in a chart.
pub(crate) struct LinesBeside(Vec<(usize, Curve, Colour)>);

impl LinesBeside {
    /// Returns their upper edges, which the chart's axis has to reach.
    pub fn highs(&self) -> impl Iterator<Item = Vec<crate::decimate::Point>> + '_ {
        self.0.iter().map(|(_, curve, _)| curve.highs())
    }

    /// Draws them; `numbered`: with the number of each where its line ends.
    pub fn draw(&self, plot: &Plot<'_>, numbered: bool) -> Drawn {
        for (number, curve, colour) in &self.0 {
            plot.curve(&curve.line, *colour, WIDTH_PX)?;
            let last = curve
                .line
                .iter()
                .rev()
                .find(|point| point.value.is_finite());
            if let Some(last) = last.filter(|_| numbered) {
                // One beside the other, so that lines that end together keep their numbers apart.
                let x_px = plot.layout.left_px + last.x_px - 4.0 - 9.0 * *number as f64;
                let at = (x_px, plot.y(last.value) - 6.0);
                plot.pen
                    .label(&(number + 1).to_string(), at, Anchor::Right, *colour)?;
            }
        }
        Ok(())
    }
}

impl Picture<'_> {
    /// Returns the lines of the runs beside this one; `of` returns that of a run, `None` where it has none in this chart.
    pub(crate) fn lines_beside(&self, of: impl Fn(&Beside<'_>) -> Option<Curve>) -> LinesBeside {
        let lines = self.beside.iter().filter_map(|beside| {
            let colour = self.palette.beside.get(beside.place)?;
            Some((beside.place, of(beside)?, *colour))
        });
        LinesBeside(lines.collect())
    }
}
