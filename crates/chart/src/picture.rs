//! A picture: a chart of a window of a run, in colours, on any plotters backend.

use crate::{
    beside::Beside,
    chart::{Chart, Subject},
    layout::Layout,
    overview,
    palette::Palette,
    pen::{Drawn, Pen, Surface},
    plot::Plot,
    scale::Scale,
    time::TimeTick,
    window::Window,
};

/// What every chart is drawn from.
#[derive(Debug)]
pub struct Picture<'a> {
    /// The run, and the language of labels.
    pub subject: Subject<'a>,
    /// What is shown.
    pub window: Window,
    /// Colours.
    pub palette: &'a Palette,
    /// Labels of the time axis.
    pub times: Vec<TimeTick>,
    /// Runs beside the subject's, at most [`MOST_BESIDE`](crate::MOST_BESIDE).
    pub beside: Vec<Beside<'a>>,
}

impl Picture<'_> {
    /// Draws a chart onto a surface that counts `units_per_px` units to a CSS pixel.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn draw(
        &self,
        chart: &dyn Chart,
        surface: &mut dyn Surface,
        layout: Layout,
        units_per_px: f64,
    ) -> Drawn {
        chart.draw(self, self.plot(surface, layout, units_per_px))
    }

    /// Draws the whole run in one strip, for choosing a window.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn draw_overview(
        &self,
        surface: &mut dyn Surface,
        layout: Layout,
        units_per_px: f64,
    ) -> Drawn {
        overview::draw(self, self.plot(surface, layout, units_per_px))
    }

    fn plot<'b>(
        &'b self,
        surface: &'b mut dyn Surface,
        layout: Layout,
        units_per_px: f64,
    ) -> Plot<'b> {
        let font = &self.palette.font;
        Plot {
            pen: Pen::new(surface, units_per_px, layout.device_ratio, font),
            layout,
            window: self.window,
            scale: Scale::linear(1.0, 1, 0.0),
        }
    }

    /// Draws a chart's grid and its labels, about `labels` of them one above another.
    pub(crate) fn axes(&self, chart: &dyn Chart, plot: &Plot<'_>, labels: usize) -> Drawn {
        let value_label = |value: f64| chart.value_label(self.subject, value);
        let values = plot.scale.ticks(labels);
        plot.axes(self.palette, &values, &value_label, &self.times)
    }
}
