//! How the runs that a report is compared with are done: without a pause, or with pauses, for callers that must not keep a person
//! waiting.

use crate::{plan::Plan, run::Run};
use core::future::Future;

/// Does runs.
pub trait Runner {
    /// Runs `plan` to its end, reusing the memory of `run`, which is then the result, as of [`crate::run_again`].
    fn run(&mut self, plan: &Plan, run: &mut Run) -> impl Future<Output = ()>;
}
