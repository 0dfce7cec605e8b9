//! Strokes, areas and labels in CSS pixels on any plotters backend.
//!
//! A backend counts in whole units. One CSS pixel is several of them, so curves keep parts of a pixel and lines of the
//! grid can be put exactly on the device's own pixels.

use std::{cell::RefCell, error::Error, fmt};

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::DrawingBackend;

use crate::palette::Colour;

/// Whether drawing worked.
pub type Drawn = Result<(), DrawingFailed>;

/// Why a backend did not draw, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawingFailed(pub String);

impl fmt::Display for DrawingFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for DrawingFailed {}

/// What a pen draws on: any plotters backend. A backend cannot stand behind a pointer itself, and a list of charts needs that.
pub trait Surface {
    /// Draws a line through corners.
    ///
    /// # Errors
    /// Those of the backend.
    fn draw_line(&mut self, corners: Vec<Corner>, style: ShapeStyle) -> Drawn;

    /// Fills what an outline encloses.
    ///
    /// # Errors
    /// Those of the backend.
    fn fill_outline(&mut self, outline: Vec<Corner>, colour: RGBAColor) -> Drawn;

    /// Writes a text.
    ///
    /// # Errors
    /// Those of the backend.
    fn write_text(&mut self, text: &str, style: &TextStyle<'_>, at: Corner) -> Drawn;
}

fn told<E: Error>(error: E) -> DrawingFailed {
    DrawingFailed(error.to_string())
}

impl<B: DrawingBackend> Surface for B {
    fn draw_line(&mut self, corners: Vec<Corner>, style: ShapeStyle) -> Drawn {
        self.draw_path(corners, &style).map_err(told)
    }

    fn fill_outline(&mut self, outline: Vec<Corner>, colour: RGBAColor) -> Drawn {
        self.fill_polygon(outline, &colour).map_err(told)
    }

    fn write_text(&mut self, text: &str, style: &TextStyle<'_>, at: Corner) -> Drawn {
        self.draw_text(text, style, at).map_err(told)
    }
}

/// A surface and how its units relate to pixels.
pub struct Pen<'a> {
    surface: RefCell<&'a mut dyn Surface>,
    units_per_px: f64,
    device_ratio: f64,
    font: &'a str,
}

/// The upper left and the lower right corner of a rectangle, CSS pixels.
type Rectangle = ((f64, f64), (f64, f64));

/// A corner of a path, in the backend's units.
pub type Corner = (i32, i32);

/// The corners of a path without those that change nothing: repeated ones, and those between the ends of a level stretch.
#[derive(Default)]
struct Corners(Vec<Corner>);

impl Corners {
    fn add(&mut self, corner: Corner) {
        let level = |before: &Corner, held: &Corner| {
            let between = (held.0 - before.0).signum() * (corner.0 - held.0).signum() >= 0;
            before.1 == held.1 && held.1 == corner.1 && between
        };
        match self.0.as_mut_slice() {
            [.., held] if *held == corner => {}
            [.., before, held] if level(before, held) => *held = corner,
            _ => self.0.push(corner),
        }
    }
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

impl<'a> Pen<'a> {
    /// Returns a pen on a surface that counts `units_per_px` units to a CSS pixel, on a screen of `device_ratio`.
    pub fn new(
        surface: &'a mut dyn Surface,
        units_per_px: f64,
        device_ratio: f64,
        font: &'a str,
    ) -> Self {
        Self {
            surface: RefCell::new(surface),
            units_per_px,
            device_ratio,
            font,
        }
    }

    fn units(&self, px: f64) -> i32 {
        (px * self.units_per_px).round() as i32
    }

    fn point(&self, (x, y): (f64, f64)) -> Corner {
        (self.units(x), self.units(y))
    }

    /// Returns the middle of the device pixel that `px` falls into, for lines of `width_px` that must look sharp.
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

    /// Draws a line through points; a point that is not finite ends one stroke and starts another.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn line(
        &self,
        points: impl IntoIterator<Item = (f64, f64)>,
        colour: Colour,
        width_px: f64,
    ) -> Drawn {
        self.line_of(&mut points.into_iter(), colour, width_px)
    }

    /// One function for all kinds of points: each copy of it would make the program larger.
    fn line_of(
        &self,
        points: &mut dyn Iterator<Item = (f64, f64)>,
        colour: Colour,
        width_px: f64,
    ) -> Drawn {
        let mut stroke = Corners::default();
        for point in points {
            if point.0.is_finite() && point.1.is_finite() {
                stroke.add(self.point(point));
            } else {
                self.path(std::mem::take(&mut stroke), colour, width_px)?;
            }
        }
        self.path(stroke, colour, width_px)
    }

    fn path(&self, Corners(mut corners): Corners, colour: Colour, width_px: f64) -> Drawn {
        if let [(x, y)] = *corners.as_slice() {
            corners.push((x + 1, y));
        }
        if corners.is_empty() {
            return Ok(());
        }
        let style = ShapeStyle {
            color: colour.into(),
            filled: false,
            stroke_width: self.units(width_px).max(1) as u32,
        };
        self.surface.borrow_mut().draw_line(corners, style)
    }

    /// Draws sharp horizontal lines.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn across(
        &self,
        (from, to): (f64, f64),
        ys: impl Iterator<Item = f64>,
        colour: Colour,
        width_px: f64,
    ) -> Drawn {
        let half_px = width_px / 2.0;
        let lines = ys.map(|y| {
            let y = self.sharp(y, width_px);
            ((from, y - half_px), (to, y + half_px))
        });
        self.rectangles(lines, colour)
    }

    /// Draws a sharp horizontal line of dashes.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn dashes(&self, (from, to): (f64, f64), y: f64, colour: Colour, width_px: f64) -> Drawn {
        let count = ((to - from) / 8.0).ceil().clamp(0.0, 2000.0) as usize;
        let half_px = width_px / 2.0;
        let y = self.sharp(y, width_px);
        let dashes = (0..count).map(|i| {
            let x = from + i as f64 * 8.0;
            ((x, y - half_px), ((x + 4.5).min(to), y + half_px))
        });
        self.rectangles(dashes, colour)
    }

    /// Draws sharp vertical lines.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn down(
        &self,
        xs: impl Iterator<Item = f64>,
        (from, to): (f64, f64),
        colour: Colour,
        width_px: f64,
    ) -> Drawn {
        let half_px = width_px / 2.0;
        let lines = xs.map(|x| {
            let x = self.sharp(x, width_px);
            ((x - half_px, from), (x + half_px, to))
        });
        self.rectangles(lines, colour)
    }

    /// Fills an area.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn area(&self, points: impl IntoIterator<Item = (f64, f64)>, colour: Colour) -> Drawn {
        self.area_of(&mut points.into_iter(), colour)
    }

    /// One function for all kinds of points.
    fn area_of(&self, points: &mut dyn Iterator<Item = (f64, f64)>, colour: Colour) -> Drawn {
        let mut outline = Corners::default();
        for point in points {
            outline.add(self.point(point));
        }
        self.fill(outline.0, colour)
    }

    fn fill(&self, outline: Vec<Corner>, colour: Colour) -> Drawn {
        if outline.len() < 3 {
            return Ok(());
        }
        let mut surface = self.surface.borrow_mut();
        surface.fill_outline(outline, RGBAColor::from(colour))
    }

    /// Fills rectangles, each given by its upper left and its lower right corner.
    ///
    /// They are one area, along whose rectangles the outline goes there and, beside nothing but itself, back: telling a
    /// canvas each of hundreds, colour included, takes longer than computing them.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn rectangles(
        &self,
        mut rectangles: impl Iterator<Item = Rectangle>,
        colour: Colour,
    ) -> Drawn {
        self.rectangles_of(&mut rectangles, colour)
    }

    /// One function for all kinds of rectangles.
    fn rectangles_of(
        &self,
        rectangles: &mut dyn Iterator<Item = Rectangle>,
        colour: Colour,
    ) -> Drawn {
        let mut outline = Corners::default();
        let mut feet: Vec<Corner> = Vec::new();
        for (from, to) in rectangles {
            let ((left, top), (right, bottom)) = (self.point(from), self.point(to));
            for corner in [(left, bottom), (left, top), (right, top), (right, bottom)] {
                outline.add(corner);
            }
            feet.extend([(left, bottom), (right, bottom)]);
        }
        // The outline ends where the last of them does: back along their feet.
        for foot in feet.into_iter().rev().skip(1) {
            outline.add(foot);
        }
        self.fill(outline.0, colour)
    }

    /// Draws a label.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn label(&self, text: &str, at: (f64, f64), anchor: Anchor, colour: Colour) -> Drawn {
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
        self.surface.borrow_mut().write_text(text, &style, at)
    }
}
