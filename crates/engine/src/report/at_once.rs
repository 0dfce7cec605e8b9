//! The runs of a report without a pause.

use core::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use crate::{plan::Plan, run::Run, runner::Runner, simulate};

/// Does each run without a pause.
#[derive(Clone, Copy, Debug)]
pub(super) struct AtOnce;

impl Runner for AtOnce {
    async fn run(&mut self, plan: &Plan, run: &mut Run) {
        simulate::run_again(plan, run);
    }
}

/// Returns the result of work that never pauses.
pub(super) fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut context) {
            return done;
        }
    }
}
