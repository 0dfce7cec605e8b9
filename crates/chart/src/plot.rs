//! One plot: a layout, a window and a value axis together, and the layers that can be drawn on them.

use crate::{
    bands::Curve,
    decimate::{Columns, Point},
    layout::Layout,
    marks::{Form, MarkKind, Placed},
    palette::{Colour, Palette},
    pen::{Anchor, DrawingFailed, Drawn, Pen},
    scale::Scale,
    span::Span,
    time::TimeTick,
    window::Window,
};

/// Distance between the strokes of a hatch, CSS pixels.
const HATCH_PX: f64 = 5.0;
/// Height of the bar on the time axis that stands for distress, CSS pixels.
const RUG_PX: f64 = 6.0;
/// Height of a bar along an edge of the plot, CSS pixels.
const EDGE_PX: f64 = 4.0;
/// Middle of the strip for marks above the plot's top, and half of a glyph's size, CSS pixels.
const STRIP_PX: f64 = 8.0;
const HALF_GLYPH_PX: f64 = 4.0;
/// How opaque a band is.
const BAND: f64 = 0.22;
/// How far from its span a label still is one of it, CSS pixels.
const FURTHEST_PX: f64 = 24.0;
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
            let at = (layout.left_px - 5.0, self.y(*value) + 0.5);
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

    /// Draws a curve: where it is a band, that and its means.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn series(&self, curve: &Curve, colour: Colour, width_px: f64) -> Drawn {
        self.band(curve, colour.faded(BAND))?;
        self.curve(&curve.line, colour, width_px)
    }

    /// Fills the band of a curve, with a gap where there is nothing.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn band(&self, curve: &Curve, colour: Colour) -> Drawn {
        if curve.band.is_empty() {
            return Ok(());
        }
        self.between(&curve.lows(), &curve.highs(), colour)
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

    /// Fills the area between two lines with the same places, with a gap where either has no value.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn between(&self, lower: &[Point], upper: &[Point], colour: Colour) -> Drawn {
        let both: Vec<(Point, Point)> = lower.iter().copied().zip(upper.iter().copied()).collect();
        let is_there =
            |(low, high): &(Point, Point)| low.value.is_finite() && high.value.is_finite();
        for stretch in both.split(|pair| !is_there(pair)) {
            let place = |point: &Point| (self.layout.left_px + point.x_px, self.y(point.value));
            let there = stretch.iter().map(|(_, high)| place(high));
            let back = stretch.iter().rev().map(|(low, _)| place(low));
            self.pen.area(there.chain(back), colour)?;
        }
        Ok(())
    }

    /// Draws a curve in dashes of equal width, for a line to be told from others without its colour.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn dashed(&self, points: &[Point], colour: Colour, width_px: f64) -> Drawn {
        let mut dash: Vec<(f64, f64)> = Vec::new();
        let mut last: Option<(f64, f64)> = None;
        for (x, y) in self.placed(points) {
            let (Some(from), true) = (last, y.is_finite()) else {
                self.pen.line(dash.drain(..), colour, width_px)?;
                last = y.is_finite().then_some((x, y));
                dash.extend(last.filter(|(x, _)| is_dash(*x)));
                continue;
            };
            // Each edge between here and there ends a dash, or begins one.
            let mut edge = next_edge(from.0);
            while edge < x {
                let share = (edge - from.0) / (x - from.0);
                let corner = (edge, from.1 + share * (y - from.1));
                dash.push(corner);
                if !is_dash(edge) {
                    self.pen.line(dash.drain(..), colour, width_px)?;
                }
                edge = next_edge(edge);
            }
            if is_dash(x) {
                dash.push((x, y));
            }
            last = Some((x, y));
        }
        self.pen.line(dash, colour, width_px)
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

    /// Draws a bar on the time axis under every span.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn rug(&self, spans: &[Span], colour: Colour) -> Drawn {
        let Layout {
            left_px, bottom_px, ..
        } = self.layout;
        let rectangles = spans.iter().map(|span| {
            let (from, to) = (left_px + span.from_px, left_px + span.to_px);
            ((from, bottom_px), (to, bottom_px + RUG_PX))
        });
        self.pen.rectangles(rectangles, colour)
    }

    /// Draws a bar along the plot's upper or lower edge at every span.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn along_edge(&self, spans: &[Span], is_upper: bool, colour: Colour) -> Drawn {
        let Layout {
            left_px,
            top_px,
            bottom_px,
            ..
        } = self.layout;
        let top_px = if is_upper {
            top_px
        } else {
            bottom_px - EDGE_PX
        };
        let rectangles = spans.iter().map(|span| {
            let (from, to) = (left_px + span.from_px, left_px + span.to_px);
            ((from, top_px), (to, top_px + EDGE_PX))
        });
        self.pen.rectangles(rectangles, colour)
    }

    /// Draws marks: glyphs in the strip above the plot, and hairlines through the plot. Where a label is `written`, from one
    /// place to another in CSS pixels from the plot's left edge, there are no strokes.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn marks(&self, placed: &[Placed], written: &[(f64, f64)], palette: &Palette) -> Drawn {
        let Layout {
            left_px,
            top_px,
            bottom_px,
            ..
        } = self.layout;
        let middle = top_px - STRIP_PX;
        for mark in placed {
            let colour = match mark.kind {
                MarkKind::Failure => palette.fail,
                MarkKind::Slow | MarkKind::Shortage => palette.warn,
                MarkKind::Event => palette.demand,
                MarkKind::Action => palette.target,
            };
            let x = left_px + mark.x_px;
            if mark.form == Form::Stroke {
                if !written
                    .iter()
                    .any(|label| (label.0..label.1).contains(&mark.x_px))
                {
                    let ends = (middle - 2.0, middle + 2.0);
                    let stroke = colour.faded(0.7);
                    self.pen.down(std::iter::once(x), ends, stroke, 1.0)?;
                }
                continue;
            }
            let ends = (middle + HALF_GLYPH_PX + 1.0, bottom_px);
            let hairline = colour.faded(0.45);
            self.pen.down(std::iter::once(x), ends, hairline, 1.0)?;
            if let Form::Glyph(glyph_px) = mark.form {
                self.glyph(mark.kind, (left_px + glyph_px, middle), colour)?;
            }
        }
        Ok(())
    }

    fn glyph(&self, kind: MarkKind, (x, y): (f64, f64), colour: Colour) -> Drawn {
        let by = |dx: f64, dy: f64| (x + dx, y + dy);
        match kind {
            MarkKind::Failure => {
                let half = HALF_GLYPH_PX - 0.8;
                self.pen
                    .line([by(-half, -half), by(half, half)], colour, 2.0)?;
                self.pen
                    .line([by(-half, half), by(half, -half)], colour, 2.0)
            }
            MarkKind::Slow => {
                let half = HALF_GLYPH_PX - 0.3;
                let corners = [by(-half, -half), by(half, -half), by(0.0, half)];
                self.pen.area(corners, colour)
            }
            MarkKind::Shortage => {
                let (half, thin) = (HALF_GLYPH_PX, 0.35 * HALF_GLYPH_PX);
                let corners = [
                    by(-half, -thin),
                    by(half, -thin),
                    by(half, thin),
                    by(-half, thin),
                ];
                self.pen.area(corners, colour)
            }
            MarkKind::Event => {
                let half = HALF_GLYPH_PX + 0.5;
                let corners = [by(-half, 0.0), by(0.0, -half), by(half, 0.0), by(0.0, half)];
                self.pen.area(corners, colour)
            }
            MarkKind::Action => {
                let half = HALF_GLYPH_PX - 1.0;
                let (left, right) = (by(-half, -half), by(half, half));
                let corners = [left, (right.0, left.1), right, (left.0, right.1), left];
                self.pen.line(corners, colour, 1.6)
            }
        }
    }

    /// Writes labels into the strip above the plot, each beside its span, as far as there is room beside the glyphs of `placed`.
    /// Returns where it has written, in CSS pixels from the plot's left edge.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn strip_labels(
        &self,
        labels: impl Iterator<Item = ((f64, f64), String)>,
        placed: &[Placed],
        colour: Colour,
    ) -> Result<Vec<(f64, f64)>, DrawingFailed> {
        let half = HALF_GLYPH_PX + 3.0;
        let glyphs = placed.iter().filter_map(|mark| match mark.form {
            Form::Glyph(middle) => Some((middle - half, middle + half)),
            Form::Hairline | Form::Stroke => None,
        });
        let mut taken: Vec<(f64, f64)> = glyphs.collect();
        let mut written = Vec::new();
        let y = self.layout.top_px - STRIP_PX;
        for ((from_px, to_px), text) in labels {
            let letters = text.chars();
            let width_px = letters.map(letter_px).sum::<f64>();
            // Beside the span, or beside what stands there.
            let after = taken.iter().map(|other| other.1);
            let before = taken.iter().map(|other| other.0 - width_px);
            let after = std::iter::once(to_px + 3.0).chain(after.filter(|from| *from > to_px));
            let before = std::iter::once(from_px - 3.0 - width_px)
                .chain(before.filter(|from| *from + width_px < from_px));
            let is_free = |from: &f64| {
                let to = from + width_px;
                let fits = *from >= 0.0 && to <= self.layout.plot_width_px();
                let far = (from - to_px).max(from_px - to);
                let alone = taken.iter().all(|other| to <= other.0 || *from >= other.1);
                fits && alone && far <= FURTHEST_PX
            };
            if let Some(from) = after.chain(before).find(is_free) {
                taken.push((from - 4.0, from + width_px + 4.0));
                written.push((from - 2.0, from + width_px + 2.0));
                let at = (self.layout.left_px + from, y);
                self.pen.label(&text, at, Anchor::Left, colour)?;
            }
        }
        Ok(written)
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

/// Returns about how wide a letter of a label is, CSS pixels: what is no letter of ASCII, such as a Korean syllable, is wide.
fn letter_px(letter: char) -> f64 {
    if letter.is_ascii() || letter == '\u{a0}' {
        6.4
    } else {
        11.0
    }
}

/// Width of a dash, and of a dash and the gap after it, CSS pixels.
const DASH_PX: f64 = 5.0;
const DASH_AND_GAP_PX: f64 = 8.0;

/// Returns whether a dash stands here, or begins.
fn is_dash(x_px: f64) -> bool {
    x_px.rem_euclid(DASH_AND_GAP_PX) < DASH_PX - 1e-6
}

/// Returns where after here the next dash begins or this one ends.
fn next_edge(x_px: f64) -> f64 {
    let first = (x_px / DASH_AND_GAP_PX + 1e-9).floor() * DASH_AND_GAP_PX;
    if x_px - first < DASH_PX - 1e-6 {
        first + DASH_PX
    } else {
        first + DASH_AND_GAP_PX
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
pub fn highest(lines: &[Vec<Point>]) -> f64 {
    lines
        .iter()
        .flatten()
        .map(|p| p.value)
        .filter(|v| v.is_finite())
        .fold(0.0, f64::max)
}
