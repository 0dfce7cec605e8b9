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
    /// The cooldown that this answer leads to if it is carried out, seconds.
    pub cooldown_s: f64,
    /// Datapoints with which the answer stays what it is as long as the alarms and the fleet do.
    pub content: Content,
}

/// The answer of all policies in ALARM; `None` if there is none.
pub(super) fn choose(policies: &Policies, asked: &Asked) -> Option<Answer> {
    let mut best: Option<Answer> = None;
    let mut others = false;
    let mut consider = |answer: Answer| match &mut best {
        None => best = Some(answer),
        Some(best) => {
            others = true;
            if rank(&answer, asked) > rank(best, asked) {
                *best = answer;
            }
        }
    };
    let high = |policy: &&target_tracking::Policy| policy.high.in_alarm();
    for policy in policies.target_tracking.iter().filter(high) {
        consider(tracked(policy, Direction::Out, asked));
    }
    for answer in scale_in(&policies.target_tracking, asked) {
        consider(answer);
    }
    let in_alarm = |policy: &&step::Policy| policy.alarm.in_alarm();
    for policy in policies.steps.iter().filter(in_alarm) {
        consider(stepped(policy, asked));
    }
    let best = best?;
    // At the minimum nothing that asks for less is heard, whatever its metric; otherwise who wins may change with it.
    let content = match best.to {
        Ok(_) if asked.desired <= asked.bounds.min && best.decision.direction == Direction::In => {
            Content::ALWAYS
        }
        _ if others => Content::NEVER,
        _ => best.content,
    };
    Some(Answer { content, ..best })
}

/// The larger, the more an answer counts: by the capacity it leaves, then by the one it wants beyond the bounds.
fn rank(answer: &Answer, asked: &Asked) -> (bool, u32, u32) {
    let wanted = answer.decision.wanted;
    match answer.decision.direction {
        Direction::Out => (true, clamp(wanted.max(asked.desired), asked), wanted),
        Direction::In => (
            answer.to.is_ok(),
            clamp(wanted.min(asked.desired), asked),
            0,
        ),
    }
}

fn clamp(wanted: u32, asked: &Asked) -> u32 {
    wanted.min(asked.bounds.max).max(asked.bounds.min)
}

/// What each target-tracking policy says whose low alarm is in ALARM.
fn scale_in<'a>(
    policies: &'a [target_tracking::Policy],
    asked: &'a Asked,
) -> impl Iterator<Item = Answer> + 'a {
    let enabled = |policy: &target_tracking::Policy| !policy.configuration.disable_scale_in;
    // A low alarm without data is not ready either: assumed.
    let unready = policies
        .iter()
        .find(|policy| enabled(policy) && !policy.low.in_alarm());
    let blocked = unready.map(|policy| NotScaledReason::OtherPolicyNotReady {
        policy: policy.configuration.index,
    });
    let low = |policy: &&target_tracking::Policy| policy.low.in_alarm();
    policies.iter().filter(low).map(move |policy| {
        let answer = tracked(policy, Direction::In, asked);
        let refused = if enabled(policy) {
            blocked
        } else {
            Some(NotScaledReason::ScaleInDisabled)
        };
        Answer {
            to: refused.map_or(answer.to, Err),
            ..answer
        }
    })
}

#[inline(never)]
fn tracked(policy: &target_tracking::Policy, direction: Direction, asked: &Asked) -> Answer {
    let configuration = &policy.configuration;
    let target = configuration.target;
    let (alarm, base, cooldown_s) = match direction {
        Direction::Out => (&policy.high, asked.base, configuration.scale_out_cooldown_s),
        Direction::In => (
            &policy.low,
            asked.desired,
            configuration.scale_in_cooldown_s,
        ),
    };
    let metric = alarm.value(asked.datapoint);
    let wanted = target_tracking::wanted(base, metric, target);
    let to = match direction {
        Direction::Out => wanted,
        Direction::In => {
            let step = asked.max_scale_in_step.unwrap_or(u32::MAX);
            wanted.max(asked.desired.saturating_sub(step))
        }
    };
    let content = match direction {
        Direction::Out => Content::NEVER,
        Direction::In if asked.desired <= asked.bounds.min => Content::ALWAYS,
        Direction::In => {
            let from = target_tracking::flaps_from(asked.desired, target);
            Content::within(alarm, from, f64::INFINITY)
        }
    };
    let rule = Rule::TargetTracking { target };
    Answer {
        decision: decision(
            configuration.index,
            alarm,
            direction,
            metric,
            rule,
            base,
            wanted,
            asked,
        ),
        to: Ok(clamp(to, asked)),
        cooldown_s,
        content,
    }
}

#[inline(never)]
fn stepped(policy: &step::Policy, asked: &Asked) -> Answer {
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
    let threshold = alarm.looks_at().threshold;
    // Where it lies in no step, it is asked each time.
    let content = step.map_or(Content::NEVER, |step| {
        Content::within(alarm, threshold + step.lower, threshold + step.upper)
    });
    Answer {
        decision: decision(
            configuration.index,
            alarm,
            direction,
            metric,
            rule,
            base,
            wanted,
            asked,
        ),
        to: match step {
            Some(_) => Ok(clamp(wanted, asked)),
            None => Err(NotScaledReason::NoMatchingStep),
        },
        cooldown_s: configuration.cooldown_s,
        content,
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "each is a number of the decision"
)]
fn decision(
    policy: usize,
    alarm: &Alarm,
    direction: Direction,
    metric: f64,
    rule: Rule,
    base: u32,
    wanted: u32,
    asked: &Asked,
) -> Decision {
    Decision {
        policy,
        direction,
        metric,
        threshold: alarm.looks_at().threshold,
        rule,
        breaching: alarm.breaching(),
        datapoints: alarm.looks_at().evaluation_periods,
        base,
        wanted,
        min: asked.bounds.min,
        max: asked.bounds.max,
        alarm_since_s: alarm.since_s,
    }
}
