//! One plot: a layout, a window and a value axis together, and the layers that can be drawn on them.

use crate::{
    decimate::{Columns, Point},
    layout::Layout,
    palette::{Colour, Palette},
    pen::{Anchor, Drawn, Pen},
    scale::Scale,
    span::Span,
    time::TimeTick,
    window::Window,
};

/// Distance between the strokes of a hatch, CSS pixels.
const HATCH_PX: f64 = 5.0;
/// Spans narrower than this are filled instead of hatched.
const HATCHED_FROM_PX: f64 = 4.0;

/// Everything that places a value at a time on a canvas.
pub struct Plot<'a> {
    /// What draws.
    pub pen: Pen<'a>,
    /// Where the plot stands.
    pub layout: Layout,
    /// What it shows.
    pub window: Window,
    /// The value axis.
    pub scale: Scale,
}

impl Plot<'_> {
    /// Returns the columns that series are decimated to.
    #[must_use]
    pub fn columns(&self) -> Columns {
        columns(&self.layout, self.window)
    }

    /// Returns the height of a value on the canvas.
    #[must_use]
    pub fn y(&self, value: f64) -> f64 {
        self.layout.bottom_px - self.scale.share(value) * self.layout.plot_height_px()
    }

    fn sides(&self) -> (f64, f64) {
        (self.layout.left_px, self.layout.right_px)
    }

    fn placed<'b>(&'b self, points: &'b [Point]) -> impl Iterator<Item = (f64, f64)> + 'b {
        points
            .iter()
            .map(|p| (self.layout.left_px + p.x_px, self.y(p.value)))
    }

    /// Draws grid, value labels and, where the layout leaves room, time labels.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn axes(
        &self,
        palette: &Palette,
        values: &[f64],
        value_label: &dyn Fn(f64) -> String,
        times: &[TimeTick],
    ) -> Drawn {
        let layout = &self.layout;
        let places = |major: bool| {
            times
                .iter()
                .filter(move |t| t.major == major && self.window.contains(t.at_s))
                .map(|t| layout.x(t.at_s, self.window))
        };
        let ends = (layout.top_px, layout.bottom_px);
        self.pen
            .down(places(false), ends, palette.grid.faded(0.7), 1.0)?;
        self.pen.down(places(true), ends, palette.axis, 1.0)?;
        let heights = values.iter().map(|value| self.y(*value));
        self.pen.across(self.sides(), heights, palette.grid, 1.0)?;
        for value in values {
            let at = (layout.left_px - 7.0, self.y(*value) + 0.5);
            self.pen
                .label(&value_label(*value), at, Anchor::Right, palette.label)?;
        }
        if layout.height_px - layout.bottom_px > 15.0 {
            self.time_labels(palette, times)?;
        }
        Ok(())
    }

    fn time_labels(&self, palette: &Palette, times: &[TimeTick]) -> Drawn {
        let layout = &self.layout;
        let foot = layout.height_px - 2.0;
        for tick in times.iter().filter(|t| self.window.contains(t.at_s)) {
            let x = layout.x(tick.at_s, self.window);
            let (x, anchor) = if x > layout.width_px - 22.0 {
                (layout.width_px - 2.0, Anchor::FootRight)
            } else {
                (x, Anchor::Foot)
            };
            self.pen
                .label(&tick.label, (x, foot), anchor, palette.label)?;
        }
        Ok(())
    }

    /// Draws a curve.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn curve(&self, points: &[Point], colour: Colour, width_px: f64) -> Drawn {
        self.pen.line(self.placed(points), colour, width_px)
    }

    /// Fills the area between a curve and the bottom of the plot.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn area(&self, points: &[Point], colour: Colour) -> Drawn {
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Ok(());
        };
        let left = (self.layout.left_px + first.x_px, self.layout.bottom_px);
        let right = (self.layout.left_px + last.x_px, self.layout.bottom_px);
        let outline = std::iter::once(left)
            .chain(self.placed(points))
            .chain([right]);
        self.pen.area(outline, colour)
    }

    /// Draws a horizontal line at a value.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn threshold(&self, value: f64, colour: Colour, width_px: f64, dashed: bool) -> Drawn {
        let y = self.y(value);
        if dashed {
            self.pen.dashes(self.sides(), y, colour, width_px)
        } else {
            self.pen
                .across(self.sides(), std::iter::once(y), colour, width_px)
        }
    }

    fn corners(&self, span: &Span) -> ((f64, f64), (f64, f64)) {
        let left = self.layout.left_px;
        (
            (left + span.from_px, self.y(span.high)),
            (left + span.to_px, self.y(span.low)),
        )
    }

    /// Fills spans, at least `least_px` high.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn filled(&self, spans: &[Span], colour: Colour, least_px: f64) -> Drawn {
        let rectangles = spans.iter().map(|span| {
            let (from, (right, bottom)) = self.corners(span);
            (from, (right, bottom.max(from.1 + least_px)))
        });
        self.pen.rectangles(rectangles, colour)
    }

    /// Shades spans over the plot's full height, whatever their values.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn shaded(&self, spans: &[Span], colour: Colour) -> Drawn {
        let Layout {
            left_px,
            top_px,
            bottom_px,
            ..
        } = self.layout;
        let rectangles = spans.iter().map(|span| {
            let (from, to) = (left_px + span.from_px, left_px + span.to_px);
            ((from, top_px), (to, bottom_px))
        });
        self.pen.rectangles(rectangles, colour)
    }

    /// Draws marks on the time axis under every span, so that one too small to see in the plot is still seen.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn rug(&self, spans: &[Span], colour: Colour) -> Drawn {
        let Layout {
            left_px, bottom_px, ..
        } = self.layout;
        let rectangles = spans.iter().map(|span| {
            let (from, to) = (left_px + span.from_px - 0.5, left_px + span.to_px + 0.5);
            ((from, bottom_px), (to, bottom_px + 3.0))
        });
        self.pen.rectangles(rectangles, colour)
    }

    /// Hatches spans with an outline on top; those too narrow for a stroke are filled.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn hatched(&self, spans: &[Span], colour: Colour) -> Drawn {
        let wide = |span: &&Span| span.to_px - span.from_px >= HATCHED_FROM_PX;
        let narrow = spans.iter().filter(|span| !wide(span));
        let narrow = narrow.map(|span| self.corners(span));
        self.pen.rectangles(narrow, colour.faded(0.7))?;
        let beneath = spans.iter().filter(wide).map(|span| self.corners(span));
        self.pen.rectangles(beneath, colour.faded(0.16))?;
        for span in spans.iter().filter(wide) {
            let ((left, top), (right, bottom)) = self.corners(span);
            let first = ((left + top) / HATCH_PX).ceil() as i64;
            let last = ((right + bottom) / HATCH_PX).floor() as i64;
            for i in first..=last {
                let sum = i as f64 * HATCH_PX;
                let from_x = left.max(sum - bottom);
                let to_x = right.min(sum - top);
                self.pen
                    .line([(from_x, sum - from_x), (to_x, sum - to_x)], colour, 1.2)?;
            }
            self.pen.line([(left, top), (right, top)], colour, 1.0)?;
        }
        Ok(())
    }

    /// Marks where a curve leaves the plot at the top, and how high its highest point is.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn cut_off(
        &self,
        points: &[Point],
        colour: Colour,
        value_label: &dyn Fn(f64) -> String,
    ) -> Drawn {
        let above = points.iter().filter(|p| p.value > self.scale.max());
        let top = self.layout.top_px;
        let mut last_px = f64::NEG_INFINITY;
        let mut highest: Option<&Point> = None;
        for point in above {
            let x = self.layout.left_px + point.x_px;
            if x - last_px > 8.0 {
                last_px = x;
                self.pen
                    .area([(x - 4.0, top), (x + 4.0, top), (x, top - 6.0)], colour)?;
            }
            if highest.is_none_or(|h| point.value > h.value) {
                highest = Some(point);
            }
        }
        let Some(point) = highest else {
            return Ok(());
        };
        let x = self.layout.left_px + point.x_px;
        let text = value_label(point.value);
        if x > self.layout.width_px / 2.0 {
            let at = (x - 8.0, top + 2.0);
            self.pen.label(&text, at, Anchor::Right, colour)
        } else {
            let at = (x + 8.0, top + 2.0);
            self.pen.label(&text, at, Anchor::Left, colour)
        }
    }
}

/// Returns the columns of a layout that shows a window.
#[must_use]
pub fn columns(layout: &Layout, window: Window) -> Columns {
    Columns {
        window,
        width_px: layout.plot_width_px(),
        count: layout.columns(),
    }
}

/// Returns the largest finite value of some lines.
#[must_use]
pub fn highest(lines: &[&[Point]]) -> f64 {
    lines
        .iter()
        .flat_map(|line| line.iter())
        .map(|p| p.value)
        .filter(|v| v.is_finite())
        .fold(0.0, f64::max)
}
