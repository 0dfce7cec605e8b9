//! Strokes, areas and labels in CSS pixels on any plotters backend.
//!
//! A backend counts in whole units. One CSS pixel is several of them, so curves keep parts of a pixel and lines of the
//! grid can be put exactly on the device's own pixels.

use std::cell::RefCell;

use plotters::element::{Drawable, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::{DrawingBackend, DrawingErrorKind};

use crate::palette::Colour;

/// Whether drawing worked; what can go wrong is the backend's own.
pub type Drawn<DB> = Result<(), DrawingErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// A backend and how its units relate to pixels.
pub struct Pen<'a, DB: DrawingBackend> {
    backend: RefCell<&'a mut DB>,
    units_per_px: f64,
    device_ratio: f64,
    font: &'a str,
}

/// Which part of a label stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end, vertically centred.
    Left,
    /// Its right end, vertically centred.
    Right,
    /// The middle of its lower edge.
    Foot,
    /// The right end of its lower edge.
    FootRight,
}

/// Size of labels, CSS pixels.
const LABEL_PX: f64 = 11.0;

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    /// A pen on a backend that counts `units_per_px` units to a CSS pixel, on a screen of `device_ratio`.
    pub fn new(backend: &'a mut DB, units_per_px: f64, device_ratio: f64, font: &'a str) -> Self {
        Self {
            backend: RefCell::new(backend),
            units_per_px,
            device_ratio,
            font,
        }
    }

    fn units(&self, px: f64) -> i32 {
        (px * self.units_per_px).round() as i32
    }

    fn point(&self, (x, y): (f64, f64)) -> (i32, i32) {
        (self.units(x), self.units(y))
    }

    /// The middle of the device pixel that `px` falls into, for lines of `width_px` that must look sharp.
    fn sharp(&self, px: f64, width_px: f64) -> f64 {
        let device_width = (width_px * self.device_ratio).round().max(1.0);
        let device = px * self.device_ratio;
        let middle = if device_width as u64 % 2 == 1 {
            device.floor() + 0.5
        } else {
            device.round()
        };
        middle / self.device_ratio
    }

    fn stroke(&self, colour: Colour, width_px: f64) -> ShapeStyle {
        ShapeStyle {
            color: colour.into(),
            filled: false,
            stroke_width: self.units(width_px).max(1) as u32,
        }
    }

    /// Draws an element itself: a plotters drawing area would cut it to the canvas's size in pixels, which are not our units.
    fn element(
        &self,
        element: &impl Drawable<DB>,
        points: impl IntoIterator<Item = (i32, i32)>,
    ) -> Drawn<DB> {
        let mut backend = self.backend.borrow_mut();
        let size = backend.get_size();
        element.draw(points.into_iter(), &mut **backend, size)
    }

    /// A line through points; a point that is not finite ends one stroke and starts another.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn line(
        &self,
        points: impl IntoIterator<Item = (f64, f64)>,
        colour: Colour,
        width_px: f64,
    ) -> Drawn<DB> {
        let mut stroke: Vec<(i32, i32)> = Vec::new();
        for point in points {
            if point.0.is_finite() && point.1.is_finite() {
                stroke.push(self.point(point));
            } else {
                self.path(std::mem::take(&mut stroke), colour, width_px)?;
            }
        }
        self.path(stroke, colour, width_px)
    }

    fn path(&self, mut points: Vec<(i32, i32)>, colour: Colour, width_px: f64) -> Drawn<DB> {
        points.dedup();
        match points.first().copied() {
            None => Ok(()),
            Some((x, y)) => {
                if points.len() == 1 {
                    points.push((x + 1, y));
                }
                let element = PathElement::new(points.clone(), self.stroke(colour, width_px));
                self.element(&element, points)
            }
        }
    }

    /// A sharp horizontal line.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn across(
        &self,
        (from, to): (f64, f64),
        y: f64,
        colour: Colour,
        width_px: f64,
    ) -> Drawn<DB> {
        let y = self.sharp(y, width_px);
        self.line([(from, y), (to, y)], colour, width_px)
    }

    /// A sharp horizontal line of dashes.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn dashes(
        &self,
        (from, to): (f64, f64),
        y: f64,
        colour: Colour,
        width_px: f64,
    ) -> Drawn<DB> {
        let count = ((to - from) / 8.0).ceil().clamp(0.0, 2000.0) as usize;
        for i in 0..count {
            let x = from + i as f64 * 8.0;
            self.across((x, (x + 4.5).min(to)), y, colour, width_px)?;
        }
        Ok(())
    }

    /// A sharp vertical line.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn down(&self, x: f64, (from, to): (f64, f64), colour: Colour, width_px: f64) -> Drawn<DB> {
        let x = self.sharp(x, width_px);
        self.line([(x, from), (x, to)], colour, width_px)
    }

    /// A filled area.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn area(&self, points: impl IntoIterator<Item = (f64, f64)>, colour: Colour) -> Drawn<DB> {
        let points: Vec<(i32, i32)> = points.into_iter().map(|p| self.point(p)).collect();
        if points.len() < 3 {
            return Ok(());
        }
        let element = Polygon::new(points.clone(), RGBAColor::from(colour).filled());
        self.element(&element, points)
    }

    /// A filled rectangle.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn rectangle(
        &self,
        (left, top): (f64, f64),
        (right, bottom): (f64, f64),
        colour: Colour,
    ) -> Drawn<DB> {
        let corners = [self.point((left, top)), self.point((right, bottom))];
        let element = Rectangle::new(corners, RGBAColor::from(colour).filled());
        self.element(&element, corners)
    }

    /// A label.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn label(&self, text: &str, at: (f64, f64), anchor: Anchor, colour: Colour) -> Drawn<DB> {
        let size = LABEL_PX * self.units_per_px;
        let font = FontDesc::new(FontFamily::Name(self.font), size, FontStyle::Normal);
        let (h, v) = match anchor {
            Anchor::Left => (HPos::Left, VPos::Center),
            Anchor::Right => (HPos::Right, VPos::Center),
            Anchor::Foot => (HPos::Center, VPos::Bottom),
            Anchor::FootRight => (HPos::Right, VPos::Bottom),
        };
        let colour = RGBAColor::from(colour);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(h, v));
        let at = self.point(at);
        self.backend.borrow_mut().draw_text(text, &style, at)
    }
}
