//! Incidents: when demand first exceeded capacity, how it had risen, and what kept capacity back. First of plans that run; then of
//! runs put down by hand, on either side of each rule.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../common/mod.rs"]
mod common;
mod copies;
mod credits;
mod failures;
mod given;
mod missing;
mod overload;
mod plans;
mod scaling;
mod slow;
mod unanswered;
