//! One answer from several target-tracking policies.
//!
//! Source: Application Auto Scaling user guide, "How target tracking scaling for Application Auto Scaling works":
//! it scales out if any policy is ready to, and in only if all policies with scale-in enabled are; of several
//! answers the largest capacity wins.

use super::target_tracking::{self, Policy};
use crate::{
    plan::ScalableTarget,
    run::{AlarmState, Decision, Direction, NotScaledReason},
};

/// What the policies are asked with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub metric: f64,
    /// Capacity that a scale-out is worked out from.
    pub base: u32,
    pub desired: u32,
    pub bounds: ScalableTarget,
    pub max_scale_in_step: Option<u32>,
}

/// The answer of the policy that decides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    pub decision: Decision,
    /// Capacity within the bounds; or why there is none.
    pub to: Result<u32, NotScaledReason>,
}

/// The answer of all policies in ALARM; `None` if there is none.
pub(super) fn choose(policies: &[Policy], asked: &Asked) -> Option<Answer> {
    let in_alarm = |direction| {
        policies
            .iter()
            .enumerate()
            .filter(move |(_, policy)| alarm(policy, direction).state == AlarmState::Alarm)
    };
    let clamp = |wanted: u32| wanted.min(asked.bounds.max).max(asked.bounds.min);
    let largest = |a: Decision, b: Decision| if b.wanted > a.wanted { b } else { a };

    let out = in_alarm(Direction::Out).map(|(i, policy)| decide(i, policy, Direction::Out, asked));
    if let Some(decision) = out.reduce(largest) {
        let to = Ok(clamp(decision.wanted));
        return Some(Answer { decision, to });
    }
    let enabled = |policy: &Policy| !policy.configuration.disable_scale_in;
    let ready = in_alarm(Direction::In).filter(|(_, policy)| enabled(policy));
    let ready = ready.map(|(i, policy)| decide(i, policy, Direction::In, asked));
    let Some(decision) = ready.reduce(largest) else {
        let (i, policy) = in_alarm(Direction::In).next()?;
        return Some(Answer {
            decision: decide(i, policy, Direction::In, asked),
            to: Err(NotScaledReason::ScaleInDisabled),
        });
    };
    // A low alarm without data is not ready either: assumed.
    let unready = |policy: &Policy| enabled(policy) && policy.low.state != AlarmState::Alarm;
    let to = match policies.iter().position(unready) {
        Some(policy) => Err(NotScaledReason::OtherPolicyNotReady { policy }),
        None => {
            let step = asked.max_scale_in_step.unwrap_or(u32::MAX);
            Ok(clamp(
                decision.wanted.max(asked.desired.saturating_sub(step)),
            ))
        }
    };
    Some(Answer { decision, to })
}

fn alarm(policy: &Policy, direction: Direction) -> &crate::cloudwatch::alarm::Alarm {
    match direction {
        Direction::Out => &policy.high,
        Direction::In => &policy.low,
    }
}

fn decide(index: usize, policy: &Policy, direction: Direction, asked: &Asked) -> Decision {
    let alarm = alarm(policy, direction);
    let target = policy.configuration.target;
    let (threshold, base) = match direction {
        Direction::Out => (target, asked.base),
        Direction::In => (policy.low_threshold, asked.desired),
    };
    Decision {
        policy: index,
        direction,
        metric: asked.metric,
        threshold,
        target,
        breaching: alarm.breaching(),
        datapoints: alarm.datapoints(),
        base,
        wanted: target_tracking::wanted(base, asked.metric, target),
        min: asked.bounds.min,
        max: asked.bounds.max,
        alarm_since_s: alarm.since_s,
    }
}
