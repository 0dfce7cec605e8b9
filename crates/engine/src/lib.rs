//! What auto scaling does: an exact, event-driven simulation of one ML endpoint, and the sums around it.
//!
//! Numbers in, numbers out: no text, no clock, no I/O, no randomness that is not seeded, and no way to fail.
//! The rules of AWS stand here, each in one place beside the page that documents it.

pub mod advice;
mod baseline;
mod cloudwatch;
mod cost;
mod credits;
pub mod demand;
pub mod digest;
pub mod effort;
mod elasticity;
mod exact;
mod fingerprint;
mod fleet;
mod flow;
pub mod forecast;
mod incident;
mod latency;
mod minutes;
mod objective;
mod order;
pub mod plan;
mod random;
pub mod report;
pub mod run;
pub mod runner;
mod scaling;
mod service;
mod simulate;
pub mod sizing;

pub use baseline::fixed_plan;
pub use digest::Digest;
pub use latency::idle_s;
pub use order::{sort_by_integer, sort_by_number, sort_pairs};
pub use plan::Plan;
pub use report::Report;
pub use run::Run;
pub use service::environments_for;
pub use simulate::{Simulation, run, run_again, run_period_by_period};
