//! How the runs that a report is compared with are done: without a pause, or with pauses, for callers that must not keep a person
//! waiting.

use core::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use crate::{plan::Plan, run::Run, simulate};

/// Does runs.
pub trait Runner {
    /// Runs `plan` to its end, reusing the memory of `run`, which is then the result, as of [`crate::run_again`].
    fn run(&mut self, plan: &Plan, run: &mut Run) -> impl Future<Output = ()>;
}

/// Does each run without a pause.
#[derive(Clone, Copy, Debug)]
pub struct AtOnce;

impl Runner for AtOnce {
    async fn run(&mut self, plan: &Plan, run: &mut Run) {
        simulate::run_again(plan, run);
    }
}

/// Returns the result of work that never pauses.
pub(crate) fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut context) {
            return done;
        }
    }
}
