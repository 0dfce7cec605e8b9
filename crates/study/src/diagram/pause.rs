//! Cooldowns and warm-up that run at a moment, from the changes in the log and the lengths in the plan.

use engine::{
    Plan, Run,
    run::{Activity, Cause},
};

use super::{begun, changes};

/// No instance is looked for that has begun to launch longer ago, seconds: of a launch and its warm-up either takes less.
const LONGEST_START_S: f64 = 86_400.0;

/// What runs once a change is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pause {
    /// A scale-out cooldown: only a larger scale-out counts.
    ScaleOutCooldown {
        /// Its end, seconds from the start.
        until_s: f64,
    },
    /// A scale-in cooldown: nothing more is removed.
    ScaleInCooldown {
        /// Its end.
        until_s: f64,
    },
    /// Simple scaling's cooldown: it answers no alarm.
    SimpleCooldown {
        /// Its end.
        until_s: f64,
    },
    /// Instances of a group warm up.
    WarmUp {
        /// When the last of them is warm.
        until_s: f64,
    },
}

impl Pause {
    /// Returns its end, seconds from the start.
    #[must_use]
    pub fn until_s(self) -> f64 {
        let (Self::ScaleOutCooldown { until_s }
        | Self::ScaleInCooldown { until_s }
        | Self::SimpleCooldown { until_s }
        | Self::WarmUp { until_s }) = self;
        until_s
    }
}

/// Returns what runs at a moment, the last to end first.
pub(super) fn at(plan: &Plan, run: &Run, at_s: f64) -> Vec<Pause> {
    let changes = || begun(run, at_s).iter().rev().filter(|it| changes(it));
    // A cooldown begins once its change is done.
    let after = |change: Option<&Activity>, length_s: f64| {
        let end_s = change?.end_s.filter(|end_s| *end_s <= at_s)?;
        Some(end_s + length_s).filter(|until_s| at_s < *until_s)
    };
    let mut pauses = Vec::new();
    match plan.resource.group() {
        None => {
            let policies = || changes().filter(|it| policy_of(it).is_some());
            let out = policies().find(|it| it.to > it.from);
            let until_s = after(out, cooldown_s(plan, out));
            pauses.extend(until_s.map(|until_s| Pause::ScaleOutCooldown { until_s }));
            // A scale-out ends the scale-in cooldown before it.
            let scale_in = policies().next().filter(|it| it.to < it.from);
            let until_s = after(scale_in, cooldown_s(plan, scale_in));
            pauses.extend(until_s.map(|until_s| Pause::ScaleInCooldown { until_s }));
        }
        Some(group) => {
            let warm_up = &group.warm_up;
            let recent = changes().take_while(|it| it.start_s > at_s - LONGEST_START_S);
            let launches = recent.filter(|it| it.to >= it.from);
            let ends = launches.filter_map(|it| {
                let own = policy_of(it).map(|policy| warm_up.of_policy(policy));
                after(Some(it), own.unwrap_or(warm_up.default_s))
            });
            let until_s = ends.reduce(f64::max);
            pauses.extend(until_s.map(|until_s| Pause::WarmUp { until_s }));
            let is_simple = |it: &&Activity| {
                let own = |policy| {
                    (plan.step_scaling.iter()).any(|it| it.is_simple && it.index == policy)
                };
                policy_of(it).is_some_and(own)
            };
            let simple = changes().find(is_simple);
            let until_s = after(simple, cooldown_s(plan, simple));
            pauses.extend(until_s.map(|until_s| Pause::SimpleCooldown { until_s }));
        }
    }
    if let [first, second] = pauses.as_mut_slice()
        && first.until_s() < second.until_s()
    {
        core::mem::swap(first, second);
    }
    pauses
}

/// Returns the policy that asked for a change, as its index in the scenario.
fn policy_of(change: &Activity) -> Option<usize> {
    match change.cause {
        Cause::Policy(decision) => Some(decision.policy),
        _ => None,
    }
}

/// Returns the cooldown that a policy's change leads to, seconds.
fn cooldown_s(plan: &Plan, change: Option<&Activity>) -> f64 {
    let Some((change, policy)) = change.and_then(|it| Some((it, policy_of(it)?))) else {
        return 0.0;
    };
    let tracked = plan.target_tracking.iter().find(|it| it.index == policy);
    let stepped = plan.step_scaling.iter().find(|it| it.index == policy);
    match tracked {
        Some(tracked) if change.to > change.from => tracked.scale_out_cooldown_s,
        Some(tracked) => tracked.scale_in_cooldown_s,
        None => stepped.map_or(0.0, |it| it.cooldown_s),
    }
}
