//! plotters' canvas, told paths with the fewest corners: crossing over to the browser is most of what drawing costs.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use web_sys::HtmlCanvasElement;

use super::thin::Thin;

type Refused = <CanvasBackend as DrawingBackend>::ErrorType;
type Drawn = Result<(), DrawingErrorKind<Refused>>;

/// The canvas, and how wide its device pixels are in its units.
pub struct Canvas {
    backend: CanvasBackend,
    column_units: i32,
}

impl Canvas {
    /// A canvas of which each device pixel is `column_units` wide.
    pub fn new(canvas: HtmlCanvasElement, column_units: i32) -> Option<Self> {
        let backend = CanvasBackend::with_canvas_object(canvas)?;
        Some(Self {
            backend,
            column_units,
        })
    }

    #[inline(never)]
    fn thinned(&self, path: &mut dyn Iterator<Item = BackendCoord>) -> Vec<BackendCoord> {
        let mut corners = Vec::new();
        let mut thin = Thin::new(self.column_units, |corner| corners.push(corner));
        for corner in path {
            thin.take(corner);
        }
        thin.end();
        corners
    }
}

impl DrawingBackend for Canvas {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        self.backend.get_size()
    }

    fn ensure_prepared(&mut self) -> Drawn {
        self.backend.ensure_prepared()
    }

    fn present(&mut self) -> Drawn {
        self.backend.present()
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Drawn {
        self.backend.draw_pixel(at, colour)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.backend.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.backend.draw_rect(from, to, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let corners = self.thinned(&mut path.into_iter());
        self.backend.draw_path(corners, style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let corners = self.thinned(&mut path.into_iter());
        self.backend.fill_polygon(corners, style)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        self.backend.draw_text(text, style, at)
    }
}
