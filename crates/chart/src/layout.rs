//! Where on a canvas the plot stands, and what moment a pixel means.
//!
//! The left and right margins are the same for every chart, so that one moment is one vertical line through all of them.

use crate::window::Window;

/// A chart's canvas and the plot rectangle inside it, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Width of the canvas.
    pub width_px: f64,
    /// Height of the canvas.
    pub height_px: f64,
    /// Device pixels per CSS pixel.
    pub device_ratio: f64,
    /// Left edge of the plot.
    pub left_px: f64,
    /// Right edge of the plot.
    pub right_px: f64,
    /// Top edge of the plot.
    pub top_px: f64,
    /// Bottom edge of the plot.
    pub bottom_px: f64,
}

/// Room for value labels at the left, CSS pixels.
pub const LEFT_PX: f64 = 46.0;
/// Room at the right, CSS pixels.
pub const RIGHT_PX: f64 = 10.0;
/// Room above the plot, CSS pixels.
const TOP_PX: f64 = 9.0;
/// The same where marks stand there.
const MARKS_PX: f64 = 18.0;
/// Room for time labels below the plot, CSS pixels.
const TIME_LABELS_PX: f64 = 21.0;
/// Room below a plot without time labels, CSS pixels.
const BOTTOM_PX: f64 = 7.0;

/// What a canvas is higher by where times stand below its plot, CSS pixels.
pub(crate) const TIMES_PX: f64 = TIME_LABELS_PX - BOTTOM_PX;

impl Layout {
    /// Returns the layout of a chart with value labels, and with time labels where `time_labels`.
    #[must_use]
    pub fn chart(width_px: f64, height_px: f64, device_ratio: f64, time_labels: bool) -> Self {
        let below_px = if time_labels {
            TIME_LABELS_PX
        } else {
            BOTTOM_PX
        };
        Self {
            width_px,
            height_px,
            device_ratio,
            left_px: LEFT_PX,
            right_px: (width_px - RIGHT_PX).max(LEFT_PX + 1.0),
            top_px: TOP_PX,
            bottom_px: (height_px - below_px).max(TOP_PX + 1.0),
        }
    }

    /// Returns the layout with room for marks above the plot.
    #[must_use]
    pub fn with_marks(self) -> Self {
        let bottom_px = self.bottom_px.max(MARKS_PX + 1.0);
        Self {
            top_px: MARKS_PX,
            bottom_px,
            ..self
        }
    }

    /// Returns the layout of the overview strip: as wide as the charts' plots, as high as its canvas.
    #[must_use]
    pub fn strip(width_px: f64, height_px: f64, device_ratio: f64) -> Self {
        Self {
            top_px: 0.0,
            bottom_px: height_px.max(1.0),
            ..Self::chart(width_px, height_px, device_ratio, false)
        }
    }

    /// Returns the width of the plot, CSS pixels.
    #[must_use]
    pub fn plot_width_px(&self) -> f64 {
        self.right_px - self.left_px
    }

    /// Returns the height of the plot, CSS pixels.
    #[must_use]
    pub fn plot_height_px(&self) -> f64 {
        self.bottom_px - self.top_px
    }

    /// Returns the columns to which series are decimated: one per device pixel of the plot.
    #[must_use]
    pub fn columns(&self) -> usize {
        (self.plot_width_px() * self.device_ratio)
            .ceil()
            .clamp(1.0, 4096.0) as usize
    }

    /// Returns the horizontal place of a moment, CSS pixels from the canvas's left edge.
    #[must_use]
    pub fn x(&self, at_s: f64, window: Window) -> f64 {
        self.left_px + (at_s - window.from_s) / window.span_s() * self.plot_width_px()
    }

    /// Returns the moment that a horizontal place means, kept inside the window.
    #[must_use]
    pub fn at_s(&self, x_px: f64, window: Window) -> f64 {
        let share = ((x_px - self.left_px) / self.plot_width_px()).clamp(0.0, 1.0);
        window.from_s + share * window.span_s()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_and_its_moment_round_trip() {
        let layout = Layout::chart(640.0, 264.0, 2.0, true);
        let window = Window {
            from_s: 3600.0,
            to_s: 90_000.0,
        };
        for at_s in [3600.0, 3661.5, 40_000.0, 90_000.0] {
            let back_s = layout.at_s(layout.x(at_s, window), window);
            assert!((back_s - at_s).abs() < 1e-6, "{at_s} came back as {back_s}");
        }
        assert_eq!(layout.at_s(-50.0, window), 3600.0);
        assert_eq!(layout.at_s(9_999.0, window), 90_000.0);
    }

    #[test]
    fn every_chart_has_the_same_plot_edges() {
        let a = Layout::chart(640.0, 264.0, 1.0, true);
        let b = Layout::strip(640.0, 44.0, 1.0);
        assert_eq!((a.left_px, a.right_px), (b.left_px, b.right_px));
        assert_eq!(a.columns(), 584);
    }

    #[test]
    fn a_canvas_of_no_size_still_has_a_plot() {
        let layout = Layout::chart(0.0, 0.0, 1.0, true);
        assert!(layout.plot_width_px() > 0.0 && layout.plot_height_px() > 0.0);
    }
}
