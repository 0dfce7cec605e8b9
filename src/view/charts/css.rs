//! Lengths and numbers as a style sheet or an attribute has them.

use chart::{LEFT_PX, RIGHT_PX};
use yew::AttrValue;

/// Returns a share of the plot's width, between two texts.
pub fn share(before: &str, share: f64, after: &str) -> AttrValue {
    // The sum with zero has no sign.
    let percent = share.clamp(0.0, 1.0) * 100.0 + 0.0;
    format!("{before}{percent:.3}%{after}").into()
}

/// Returns whole pixels, after a text.
pub fn px(before: &str, px: f64) -> AttrValue {
    format!("{before}{}px", px.round()).into()
}

/// Returns a whole number.
pub fn whole(value: f64) -> AttrValue {
    value.round().to_string().into()
}

/// Returns the sides of the part of a canvas that pointers act on: those of every plot.
pub fn pad_sides() -> AttrValue {
    format!("left:{LEFT_PX}px;right:{RIGHT_PX}px").into()
}
