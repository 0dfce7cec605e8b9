//! The colours of a picture, given from outside: the page reads them from its style sheet.

use plotters::style::RGBAColor;

use crate::beside::MOST_BESIDE;

/// One colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: (u8, u8, u8),
    /// Opacity, 0 to 1.
    pub alpha: f64,
}

impl Colour {
    /// Returns an opaque colour.
    #[must_use]
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self {
            rgb: (r, g, b),
            alpha: 1.0,
        }
    }

    /// Reads `#rgb`, `#rrggbb` or `rgb(r, g, b)` as a browser writes them; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(hex) = text.strip_prefix('#') {
            let value = u32::from_str_radix(hex, 16).ok()?;
            let [_, r, g, b] = value.to_be_bytes();
            return match hex.len() {
                6 => Some(Self::rgb(r, g, b)),
                3 => {
                    let digit = |shift: u32| ((value >> shift) & 15) as u8 * 17;
                    Some(Self::rgb(digit(8), digit(4), digit(0)))
                }
                _ => None,
            };
        }
        let inner = text
            .strip_prefix("rgba(")
            .or_else(|| text.strip_prefix("rgb("))?
            .strip_suffix(')')?;
        let mut parts = inner
            .split([',', ' ', '/'])
            .filter(|p| !p.is_empty())
            .map(|p| p.parse::<f64>().ok());
        let mut channel = || parts.next().flatten().map(|v| v.clamp(0.0, 255.0) as u8);
        let colour = Self::rgb(channel()?, channel()?, channel()?);
        Some(colour.faded(parts.next().flatten().unwrap_or(1.0)))
    }

    /// Returns the colour, `share` times as opaque.
    #[must_use]
    pub fn faded(self, share: f64) -> Self {
        Self {
            alpha: (self.alpha * share).clamp(0.0, 1.0),
            ..self
        }
    }
}

impl From<Colour> for RGBAColor {
    fn from(colour: Colour) -> Self {
        let (r, g, b) = colour.rgb;
        Self(r, g, b, colour.alpha)
    }
}

/// What each thing in a picture is drawn with.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// Grid lines.
    pub grid: Colour,
    /// The axis at zero, and bounds.
    pub axis: Colour,
    /// Labels.
    pub label: Colour,
    /// Background of the overview strip.
    pub paper: Colour,
    /// Demand, and the metric.
    pub demand: Colour,
    /// Edge of capacity in service; the median.
    pub capacity: Colour,
    /// Area of capacity in service.
    pub capacity_fill: Colour,
    /// Capacity pending.
    pub pending: Colour,
    /// Failed requests; p99.
    pub fail: Colour,
    /// Requests that wait; time in ALARM.
    pub fail_fill: Colour,
    /// p95.
    pub warn: Colour,
    /// The target, and desired capacity.
    pub target: Colour,
    /// The low alarm's time in ALARM.
    pub low_fill: Colour,
    /// Runs beside the one that is shown, in their order.
    pub beside: [Colour; MOST_BESIDE],
    /// Font family of labels, as CSS writes it.
    pub font: String,
}

impl Default for Palette {
    /// Returns the page's light theme.
    fn default() -> Self {
        Self {
            grid: Colour::rgb(0xe3, 0xe7, 0xec),
            axis: Colour::rgb(0xcf, 0xd6, 0xde),
            label: Colour::rgb(0x52, 0x60, 0x71),
            paper: Colour::rgb(0xf6, 0xf7, 0xf9),
            demand: Colour::rgb(0x16, 0x20, 0x2b),
            capacity: Colour::rgb(0x2f, 0x7f, 0xc1),
            capacity_fill: Colour::rgb(0xcf, 0xe4, 0xf6),
            pending: Colour::rgb(0x8f, 0xb9, 0xdd),
            fail: Colour::rgb(0xd1, 0x48, 0x0f),
            fail_fill: Colour::rgb(0xfb, 0xe0, 0xd3),
            warn: Colour::rgb(0xb7, 0x79, 0x1f),
            target: Colour::rgb(0x7a, 0x4f, 0xbf),
            low_fill: Colour::rgb(0xe6, 0xf0, 0xfb),
            beside: [
                Colour::rgb(0x0b, 0x7a, 0x75),
                Colour::rgb(0xa2, 0x38, 0x7a),
                Colour::rgb(0x7d, 0x62, 0x00),
                Colour::rgb(0x4a, 0x55, 0xa8),
            ],
            font: "system-ui, sans-serif".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_browsers_write_them() {
        for (text, expected) in [
            (" #2f7fc1", Some(Colour::rgb(0x2f, 0x7f, 0xc1))),
            ("#fff", Some(Colour::rgb(255, 255, 255))),
            ("rgb(14, 19, 25)", Some(Colour::rgb(14, 19, 25))),
            (
                "rgba(14 19 25 / 0.5)",
                Some(Colour::rgb(14, 19, 25).faded(0.5)),
            ),
            ("red", None),
            ("#12", None),
            ("", None),
        ] {
            assert_eq!(Colour::parse(text), expected, "{text}");
        }
    }
}
