//! Random fleets whose clients try again, some with a queue that is limited, some of which fail.

use super::{super::common::instances, failing, group, variant};
use engine::plan::{Backoff, ClientRetries, Jitter, Plan};
use proptest::prelude::*;

fn backoff() -> impl Strategy<Value = Backoff> {
    let seconds = || prop_oneof![1 => Just(0.0), 6 => 0.0..20.0_f64];
    prop_oneof![
        seconds().prop_map(Backoff::Fixed),
        seconds().prop_map(Backoff::Linear),
        seconds().prop_map(Backoff::Exponential),
    ]
}

fn jitter() -> impl Strategy<Value = Jitter> {
    prop_oneof![Just(Jitter::None), Just(Jitter::Equal), Just(Jitter::Full)]
}

prop_compose! {
    /// A variant or a group, some of which fail.
    pub fn retried()(
        plan in prop_oneof![2 => variant().boxed(), 1 => group().boxed(), 1 => failing().boxed()],
        share in prop_oneof![1 => Just(1.0), 2 => 0.0..1.0_f64],
        max_attempts in 1_u32..=10,
        timeout_s in prop::option::weighted(0.7, prop_oneof![0.05..3.0_f64, 3.0..30.0_f64]),
        backoff in backoff(),
        max_backoff_s in 1.0..120.0_f64,
        jitter in jitter(),
        budget in prop::option::weighted(0.3, 0.0..1.0_f64),
    ) -> Plan {
        let mut plan = plan;
        instances(&mut plan).retries = Some(ClientRetries {
            share,
            max_attempts,
            timeout_s,
            backoff,
            max_backoff_s,
            jitter,
            budget,
        });
        plan
    }
}
