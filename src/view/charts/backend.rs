//! A canvas as a plotters backend. It tells the canvas no colour, width or font twice, and draws paths with the fewest
//! corners: crossing over to the browser is most of what drawing costs.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    text_anchor::{HPos, VPos},
};
use web_sys::CanvasRenderingContext2d;

use super::thin::Thin;

/// A browser that draws no text.
#[derive(Clone, Copy, Debug)]
pub struct Refused;

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the canvas refused to draw")
    }
}

impl std::error::Error for Refused {}

type Drawn = Result<(), DrawingErrorKind<Refused>>;

/// A colour that can be compared: red, green and blue, and thousandths of opacity.
type Ink = ((u8, u8, u8), u32);

/// The canvas, and what it was told last.
pub struct Canvas<'a> {
    context: &'a CanvasRenderingContext2d,
    size: (u32, u32),
    column_units: i32,
    fill: Option<Ink>,
    stroke: Option<Ink>,
    width: u32,
    font: String,
    anchor: Option<(&'static str, &'static str)>,
}

fn ink(colour: BackendColor) -> Ink {
    (colour.rgb, (colour.alpha * 1000.0).round() as u32)
}

/// A colour in CSS.
#[inline(never)]
fn css(((red, green, blue), thousandths): Ink) -> String {
    let mut out = String::from("rgba(");
    for part in [red, green, blue] {
        out.push_str(&part.to_string());
        out.push(',');
    }
    // 1.000 or 0.xyz: four digits, of which the first stands before the point.
    let alpha = (thousandths.min(1000) + 10_000).to_string();
    let (whole, part) = alpha.get(1..).unwrap_or("1000").split_at(1);
    out.push_str(whole);
    out.push('.');
    out.push_str(part);
    out.push(')');
    out
}

impl<'a> Canvas<'a> {
    /// A canvas of `size` in device pixels, of which each is `column_units` wide.
    pub fn new(context: &'a CanvasRenderingContext2d, size: (u32, u32), column_units: i32) -> Self {
        Self {
            context,
            size,
            column_units,
            fill: None,
            stroke: None,
            width: 0,
            font: String::new(),
            anchor: None,
        }
    }

    #[inline(never)]
    fn fills(&mut self, colour: BackendColor) {
        let ink = ink(colour);
        if self.fill != Some(ink) {
            self.fill = Some(ink);
            self.context.set_fill_style_str(&css(ink));
        }
    }

    #[inline(never)]
    fn strokes(&mut self, colour: BackendColor, width: u32) {
        let ink = ink(colour);
        if self.stroke != Some(ink) {
            self.stroke = Some(ink);
            self.context.set_stroke_style_str(&css(ink));
        }
        if self.width != width {
            self.width = width;
            self.context.set_line_width(f64::from(width));
        }
    }

    #[inline(never)]
    fn outline(&self, path: &mut dyn Iterator<Item = BackendCoord>) {
        let context = self.context;
        context.begin_path();
        // A line to where there is no path yet begins it.
        let mut thin = Thin::new(self.column_units, |(x, y)| {
            context.line_to(f64::from(x), f64::from(y));
        });
        for corner in path {
            thin.take(corner);
        }
        thin.end();
    }

    #[inline(never)]
    fn rectangle(&self, from: BackendCoord, to: BackendCoord) {
        self.context.fill_rect(
            f64::from(from.0),
            f64::from(from.1),
            f64::from(to.0 - from.0),
            f64::from(to.1 - from.1),
        );
    }

    #[inline(never)]
    fn write(&mut self, text: &str, font: String, anchor: (HPos, VPos), at: BackendCoord) -> Drawn {
        let align = match anchor.0 {
            HPos::Left => "start",
            HPos::Right => "end",
            HPos::Center => "center",
        };
        let baseline = match anchor.1 {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        };
        if self.anchor != Some((align, baseline)) {
            self.anchor = Some((align, baseline));
            self.context.set_text_align(align);
            self.context.set_text_baseline(baseline);
        }
        if self.font != font {
            self.context.set_font(&font);
            self.font = font;
        }
        self.context
            .fill_text(text, f64::from(at.0), f64::from(at.1))
            .map_err(|_| DrawingErrorKind::DrawingError(Refused))
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Drawn {
        self.fills(colour);
        self.rectangle(at, (at.0 + 1, at.1 + 1));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if !fill {
            let corners = [from, (to.0, from.1), to, (from.0, to.1), from];
            return self.draw_path(corners, style);
        }
        self.fills(style.color());
        self.rectangle(from, to);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.strokes(style.color(), style.stroke_width());
        self.outline(&mut path.into_iter());
        self.context.stroke();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.fills(style.color());
        self.outline(&mut path.into_iter());
        self.context.fill();
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        self.fills(style.color());
        let size = (style.size().round() as u32).to_string();
        let font = [&*size, "px ", style.family().as_str()].concat();
        let anchor = style.anchor();
        self.write(text, font, (anchor.h_pos, anchor.v_pos), at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_as_css_has_them() {
        for (alpha, expected) in [
            (1.0, "rgba(1,20,255,1.000)"),
            (0.07, "rgba(1,20,255,0.070)"),
            (0.0, "rgba(1,20,255,0.000)"),
        ] {
            let rgb = (1, 20, 255);
            assert_eq!(css(ink(BackendColor { alpha, rgb })), expected);
        }
    }
}
