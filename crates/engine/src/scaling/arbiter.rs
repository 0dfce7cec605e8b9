//! One answer from several policies.
//!
//! Source: Application Auto Scaling user guide, "How target tracking scaling for Application Auto Scaling works" and "Step
//! scaling policies": it scales out if any policy is ready to; target tracking scales in only if all such policies with
//! scale-in enabled are ready, which a step scaling policy does not wait for; of several answers the largest capacity wins.

use super::{
    policy::{Content, Policies},
    step, target_tracking,
};
use crate::{
    cloudwatch::{alarm::Alarm, breach::Datapoint},
    plan::ScalableTarget,
    run::{Decision, Direction, NotScaledReason, Rule, Step},
};

/// What the policies are asked with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub datapoint: &'a Datapoint,
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
    /// Whose answer it is.
    by: Place,
    /// No other policy has answered.
    alone: bool,
}

/// Where a policy stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    Tracking(usize),
    Step(usize),
}

impl Answer {
    /// The cooldown that it leads to if it is carried out, seconds.
    pub(super) fn cooldown_s(&self, policies: &Policies) -> f64 {
        let tracking = |policy: &target_tracking::Policy| match self.decision.direction {
            Direction::Out => policy.configuration.scale_out_cooldown_s,
            Direction::In => policy.configuration.scale_in_cooldown_s,
        };
        let cooldown_s = match self.by {
            Place::Tracking(place) => policies.target_tracking.get(place).map(tracking),
            Place::Step(place) => {
                (policies.steps.get(place)).map(|policy| policy.configuration.cooldown_s)
            }
        };
        cooldown_s.unwrap_or(0.0)
    }

    /// Datapoints with which it stays what it is as long as the alarms and the fleet do.
    pub(super) fn content(&self, policies: &Policies, desired: u32) -> Content {
        // At the minimum nothing that asks for less is heard, whatever its metric; else who wins may change with it.
        let may_add = |policy: &step::Policy| policy.alarm.in_alarm() && policy.may_add(desired);
        if self.decision.direction == Direction::In && desired <= self.decision.min {
            return if policies.steps.iter().any(may_add) {
                Content::NEVER
            } else {
                Content::ALWAYS
            };
        }
        match (self.decision.rule, self.by) {
            (Rule::TargetTracking { target }, Place::Tracking(place)) if self.alone => {
                let policy = policies.target_tracking.get(place);
                policy.map_or(Content::NEVER, |policy| {
                    let from = target_tracking::flaps_from(desired, target);
                    Content::from(&policy.low, from)
                })
            }
            _ => Content::NEVER,
        }
    }
}

/// The answer of all policies in ALARM; `None` if there is none.
pub(super) fn choose(policies: &Policies, asked: &Asked) -> Option<Answer> {
    let mut best: Option<Answer> = None;
    let mut consider = |answer: Answer| match &mut best {
        None => best = Some(answer),
        Some(best) => {
            if rank(&answer, asked) > rank(best, asked) {
                *best = answer;
            }
            best.alone = false;
        }
    };
    for (place, policy) in policies.target_tracking.iter().enumerate() {
        if policy.high.in_alarm() {
            consider(tracked(place, policy, Direction::Out, asked));
        }
        if policy.low.in_alarm() {
            consider(scale_in(place, policy, policies, asked));
        }
    }
    for (place, policy) in policies.steps.iter().enumerate() {
        if policy.alarm.in_alarm() {
            consider(stepped(place, policy, asked));
        }
    }
    best
}

/// The larger, the more an answer counts: one that says something, by the capacity it leaves, then by the one it wants beyond
/// the bounds. A step policy whose metric lies in no step says nothing.
fn rank(answer: &Answer, asked: &Asked) -> (bool, u32, u32) {
    let wanted = answer.decision.wanted;
    let leaves = answer.to.unwrap_or(wanted);
    let (leaves, beyond) = match answer.decision.direction {
        Direction::Out => (leaves.max(asked.desired), wanted),
        Direction::In => (leaves.min(asked.desired), 0),
    };
    (answer.to.is_ok(), clamp(leaves, asked), beyond)
}

fn clamp(wanted: u32, asked: &Asked) -> u32 {
    wanted.min(asked.bounds.max).max(asked.bounds.min)
}

/// What a target-tracking policy says whose low alarm is in ALARM: it waits for the others.
fn scale_in(
    place: usize,
    policy: &target_tracking::Policy,
    policies: &Policies,
    asked: &Asked,
) -> Answer {
    let enabled = |policy: &target_tracking::Policy| !policy.configuration.disable_scale_in;
    let mut answer = tracked(place, policy, Direction::In, asked);
    // A low alarm without data is not ready either: assumed.
    let unready = |policy: &&target_tracking::Policy| enabled(policy) && !policy.low.in_alarm();
    if !enabled(policy) {
        answer.to = Err(NotScaledReason::ScaleInDisabled);
    } else if let Some(other) = policies.target_tracking.iter().find(unready) {
        answer.to = Err(NotScaledReason::OtherPolicyNotReady {
            policy: other.configuration.index,
        });
    }
    answer
}

#[inline(never)]
fn tracked(
    place: usize,
    policy: &target_tracking::Policy,
    direction: Direction,
    asked: &Asked,
) -> Answer {
    let configuration = &policy.configuration;
    let target = configuration.target;
    let (alarm, base) = match direction {
        Direction::Out => (&policy.high, asked.base),
        Direction::In => (&policy.low, asked.desired),
    };
    let metric = alarm.value(asked.datapoint);
    let wanted = target_tracking::wanted(base, metric, target);
    let to = match (direction, asked.max_scale_in_step) {
        (Direction::In, Some(step)) => wanted.max(asked.desired.saturating_sub(step)),
        _ => wanted,
    };
    Answer {
        decision: Decision {
            policy: configuration.index,
            direction,
            rule: Rule::TargetTracking { target },
            base,
            wanted,
            ..seen(alarm, metric, asked)
        },
        to: Ok(clamp(to, asked)),
        by: Place::Tracking(place),
        alone: true,
    }
}

#[inline(never)]
fn stepped(place: usize, policy: &step::Policy, asked: &Asked) -> Answer {
    let configuration = &policy.configuration;
    let alarm = &policy.alarm;
    let metric = alarm.value(asked.datapoint);
    let step = policy.step(metric);
    let change_of = |capacity| step.map_or(0, |step| policy.change(capacity, step));
    let (direction, base) = if change_of(asked.desired) < 0 {
        (Direction::In, asked.desired)
    } else {
        (Direction::Out, asked.base)
    };
    let change = change_of(base);
    let wanted = step::changed(base, change);
    let rule = Rule::StepScaling(step.map(|step| Step {
        adjustment_type: configuration.adjustment_type,
        step: *step,
        change,
    }));
    Answer {
        decision: Decision {
            policy: configuration.index,
            direction,
            rule,
            base,
            wanted,
            ..seen(alarm, metric, asked)
        },
        to: match step {
            Some(_) => Ok(clamp(wanted, asked)),
            None => Err(NotScaledReason::NoMatchingStep),
        },
        by: Place::Step(place),
        alone: true,
    }
}

/// A decision as far as it follows from the alarm.
#[inline]
fn seen(alarm: &Alarm, metric: f64, asked: &Asked) -> Decision {
    Decision {
        policy: 0,
        direction: Direction::Out,
        metric,
        threshold: alarm.looks_at().threshold,
        rule: Rule::StepScaling(None),
        breaching: alarm.breaching(),
        datapoints: alarm.looks_at().evaluation_periods,
        base: 0,
        wanted: 0,
        min: asked.bounds.min,
        max: asked.bounds.max,
        alarm_since_s: alarm.since_s,
    }
}
