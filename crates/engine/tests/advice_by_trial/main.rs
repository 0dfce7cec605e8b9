//! Advice is what trying every change, one after another, would find; and a change of a plan changes nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../common/mod.rs"]
mod common;
mod found;
mod limits;
mod trial;
