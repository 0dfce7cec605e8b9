//! What each policy in ALARM says, worked out from nothing but the rules' formulas.

use super::{
    alarms::{Watched, nearly},
    metrics::Visible,
};
use engine::{
    plan::{AdjustmentType, Comparison, Plan, StepScaling},
    run::Direction,
};

/// What answers are worked out from.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    pub desired: u32,
    /// A scale-out by target tracking and one by steps go by so many, a scale-in by these.
    pub out: u32,
    pub step_out: u32,
    /// What was there before the last scale-out, whose cooldown is over, and when that was done: datapoints from before go by it.
    pub before: Option<(u32, u32)>,
    pub step_in: u32,
    pub tracked_in: u32,
    /// Simple scaling says nothing.
    pub simple_waits: bool,
    pub min: u32,
    pub max: u32,
}

impl Counted {
    /// What a scale-out goes by over a datapoint whose period begins then.
    pub fn out_over(&self, counted: u32, begins_s: i64) -> u32 {
        match self.before {
            Some((capacity, done_s)) if begins_s < i64::from(done_s) => counted.min(capacity),
            _ => counted,
        }
    }

    fn bounded(&self, to: u32) -> u32 {
        to.min(self.max).max(self.min)
    }
}

/// What a policy answers.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    pub policy: usize,
    pub direction: Direction,
    /// The place of its alarm.
    pub alarm: usize,
    pub metric: f64,
    /// The capacity that the formula starts from, and what it makes of it.
    pub base: u32,
    pub wanted: u32,
    /// The capacity that it would leave, within the bounds.
    pub leaves: u32,
    pub cooldown_s: f64,
    pub is_simple: bool,
}

impl Answer {
    /// The larger, the more it counts: the capacity that it leaves, then what it wants beyond the bounds.
    pub fn rank(&self) -> (u32, u32) {
        let beyond = match self.direction {
            Direction::Out => self.wanted,
            Direction::In => 0,
        };
        (self.leaves, beyond)
    }
}

/// Of all policies whose alarm asks now: at the end of a minute all of them, between two only those by ten seconds.
pub fn answers(
    plan: &Plan,
    alarms: &[Watched],
    visible: Visible,
    is_minute: bool,
    counted: &Counted,
) -> Vec<Answer> {
    let asks = |place: usize| alarms[place].asks(visible);
    let is_due = |place: usize| (is_minute || alarms[place].is_fine()) && asks(place);
    let mut answers = Vec::new();
    let tracking = &plan.target_tracking;
    let all_ready =
        (tracking.iter().enumerate()).all(|(i, policy)| policy.disable_scale_in || asks(2 * i + 1));
    for (i, policy) in tracking.iter().enumerate() {
        let wanted = |from: u32, metric: f64| {
            let raw = f64::from(from) * metric / policy.target;
            (raw - 1e-9).ceil().max(0.0) as u32
        };
        let answer = |place: usize, direction, base: u32| {
            let metric = alarms[place].value(visible).unwrap();
            Answer {
                policy: policy.index,
                direction,
                alarm: place,
                metric,
                base,
                wanted: wanted(base, metric),
                leaves: 0,
                cooldown_s: 0.0,
                is_simple: false,
            }
        };
        if is_due(2 * i) {
            // From nothing the formula goes as from one.
            let out = counted.out_over(counted.out, alarms[2 * i].begins_s(visible));
            let answer = answer(2 * i, Direction::Out, out.max(1));
            answers.push(Answer {
                leaves: counted.bounded(answer.wanted).max(counted.desired),
                cooldown_s: policy.scale_out_cooldown_s,
                ..answer
            });
        }
        if is_due(2 * i + 1) && all_ready && !policy.disable_scale_in {
            let answer = answer(2 * i + 1, Direction::In, counted.tracked_in);
            let most = plan.assumptions.max_scale_in_step.unwrap_or(u32::MAX);
            let to = answer.wanted.max(counted.desired.saturating_sub(most));
            answers.push(Answer {
                leaves: counted.bounded(to).min(counted.desired),
                cooldown_s: policy.scale_in_cooldown_s,
                ..answer
            });
        }
    }
    for (i, policy) in plan.step_scaling.iter().enumerate() {
        let place = 2 * tracking.len() + i;
        if is_due(place) && !(policy.is_simple && counted.simple_waits) {
            let metric = alarms[place].value(visible).unwrap();
            let by = adjustment(policy, metric);
            let begins_s = alarms[place].begins_s(visible);
            let counted = Counted {
                step_out: counted.out_over(counted.step_out, begins_s),
                ..*counted
            };
            answers.extend(by.map(|by| step(policy, place, metric, by, &counted)));
        }
    }
    answers
}

/// The adjustment of the step that a metric lies in.
fn adjustment(policy: &StepScaling, metric: f64) -> Option<i32> {
    let threshold = policy.alarm.threshold;
    let metric = nearly(metric, threshold);
    let above = match policy.alarm.comparison {
        Comparison::GreaterThanThreshold | Comparison::GreaterThanOrEqualToThreshold => {
            metric >= threshold
        }
        _ => metric > threshold,
    };
    let step = policy.steps.iter().find(|step| {
        let (lower, upper) = (threshold + step.lower, threshold + step.upper);
        if above {
            lower <= metric && metric < upper
        } else {
            lower < metric && metric <= upper
        }
    })?;
    Some(step.adjustment)
}

/// What an adjustment makes of so many.
fn adjusted(policy: &StepScaling, capacity: u32, by: i32) -> u32 {
    let change = match policy.adjustment_type {
        AdjustmentType::ExactCapacity => return by as u32,
        AdjustmentType::ChangeInCapacity => i64::from(by),
        AdjustmentType::PercentChangeInCapacity => {
            let exact = f64::from(capacity) * f64::from(by) / 100.0;
            let rounded = match exact {
                x if x.abs() > 1.0 => x.trunc(),
                x if x > 0.0 => 1.0,
                x if x < 0.0 => -1.0,
                _ => 0.0,
            };
            let least = f64::from(policy.min_adjustment_magnitude);
            if rounded == 0.0 || rounded.abs() >= least {
                rounded as i64
            } else {
                least.copysign(rounded) as i64
            }
        }
    };
    (i64::from(capacity) + change).max(0) as u32
}

fn step(policy: &StepScaling, alarm: usize, metric: f64, by: i32, counted: &Counted) -> Answer {
    let desired = counted.desired;
    let is_in = adjusted(policy, desired, by) < desired;
    let base = match is_in {
        _ if policy.is_simple => desired,
        true => counted.step_in,
        false => counted.step_out,
    };
    let wanted = adjusted(policy, base, by);
    let bounded = counted.bounded(wanted);
    Answer {
        policy: policy.index,
        direction: if is_in { Direction::In } else { Direction::Out },
        alarm,
        metric,
        base,
        wanted,
        leaves: if is_in {
            bounded.min(desired)
        } else {
            bounded.max(desired)
        },
        cooldown_s: policy.cooldown_s,
        is_simple: policy.is_simple,
    }
}
