//! What auto scaling does: an exact, event-driven simulation of one ML endpoint, and the sums around it.
//!
//! Numbers in, numbers out: no text, no clock, no I/O, no randomness that is not seeded, and no way to fail.
//! The rules of AWS stand here, each in one place beside the page that documents it.

pub mod advice;
pub mod demand;
pub mod plan;
pub mod report;
pub mod run;
pub mod sizing;

pub use plan::Plan;
pub use report::Report;
pub use run::Run;

/// Runs an experiment to its end.
#[must_use]
pub fn run(plan: &Plan) -> Run {
    todo!("{}", plan.length_s)
}
