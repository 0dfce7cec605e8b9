//! Auto scaling from the rules alone: every policy asked every minute, cooldowns, scheduled actions, instances that come and go.

use super::alarms::{self, Point, Seen, Watched};
use engine::{
    plan::{AdjustmentType, Comparison, Launch, Plan, ScheduledAction, StepScaling},
    run::AlarmState,
};

#[derive(Clone, Copy)]
struct Cooldown {
    length_s: u32,
    /// `None` while its activity is going.
    until_s: Option<u32>,
}

impl Cooldown {
    fn runs(&self, now_s: u32) -> bool {
        self.until_s.is_none_or(|until_s| now_s < until_s)
    }
}

/// What a policy answers: the capacity it would leave within the bounds, what it wants beyond them, its cooldown.
struct Answer {
    leaves: u32,
    wanted: u32,
    cooldown_s: f64,
}

pub struct Control<'a> {
    plan: &'a Plan,
    pub min: u32,
    pub max: u32,
    pub in_service: u32,
    /// When, and how many.
    arrivals: Vec<(u32, u32)>,
    departures: Vec<(u32, u32)>,
    /// High and low of each target-tracking policy, then those of the step policies.
    alarms: Vec<Watched>,
    out: Option<(Cooldown, u32)>,
    scale_in: Option<Cooldown>,
    going: bool,
    /// Desired capacity before the scale-out of a scheduled action that is going.
    scheduled_from: Option<u32>,
    owed: bool,
    next_action: usize,
    extra: u32,
}

impl<'a> Control<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let assumptions = &plan.assumptions;
        let target = plan.scalable_target;
        Self {
            plan,
            min: target.min,
            max: target.max,
            in_service: plan.fleet.initial.clamp(target.min, target.max),
            arrivals: Vec::new(),
            departures: Vec::new(),
            alarms: alarms::of(plan),
            out: None,
            scale_in: None,
            going: false,
            scheduled_from: None,
            owed: false,
            next_action: 0,
            extra: assumptions.extra_evaluation_range,
        }
    }

    pub fn pending(&self) -> u32 {
        self.arrivals.iter().map(|batch| batch.1).sum()
    }

    pub fn desired(&self) -> u32 {
        let leaving: u32 = self.departures.iter().map(|batch| batch.1).sum();
        self.in_service + self.pending() - leaving
    }

    pub fn seen(&self, visible: &[Point]) -> Vec<Seen> {
        let alarms = self.alarms.iter();
        alarms.map(|watched| watched.seen(visible)).collect()
    }

    fn is_updating(&self) -> bool {
        !(self.arrivals.is_empty() && self.departures.is_empty())
    }

    fn blocked(&self) -> bool {
        self.plan.assumptions.updating_blocks && self.is_updating()
    }

    /// Instances come and go, scheduled actions fire.
    pub fn happen(&mut self, now_s: u32) {
        self.settle(now_s);
        while let Some(action) = self.plan.scheduled_actions.get(self.next_action)
            && action.at_s <= f64::from(now_s)
        {
            self.next_action += 1;
            self.fire(now_s, action);
            self.settle(now_s);
        }
    }

    fn settle(&mut self, now_s: u32) {
        let due = |batches: &mut Vec<(u32, u32)>| -> u32 {
            let due = batches.iter().filter(|batch| batch.0 <= now_s);
            let sum = due.map(|batch| batch.1).sum();
            batches.retain(|batch| batch.0 > now_s);
            sum
        };
        self.in_service += due(&mut self.arrivals);
        self.in_service -= due(&mut self.departures);
        if self.going && !self.is_updating() {
            self.complete(now_s);
        }
    }

    /// The activity is over: the cooldowns that wait for it begin.
    fn complete(&mut self, now_s: u32) {
        self.going = false;
        self.scheduled_from = None;
        let out = self.out.as_mut().map(|out| &mut out.0);
        for cooldown in out.into_iter().chain(&mut self.scale_in) {
            if cooldown.until_s.is_none() {
                cooldown.until_s = Some(now_s + cooldown.length_s);
            }
        }
    }

    fn begin(&mut self, now_s: u32, to: u32) {
        if self.going {
            self.complete(now_s);
        }
        self.going = true;
        let from = self.desired();
        if to > from {
            let Launch::Fixed(launch_s) = self.plan.fleet.launch else {
                unreachable!()
            };
            self.arrivals.push((now_s + launch_s as u32, to - from));
        } else {
            let mut left = from - to;
            // The youngest first: those that still launch, the last first.
            while left > 0
                && let Some(batch) = self.arrivals.last_mut()
            {
                let given_up = left.min(batch.1);
                batch.1 -= given_up;
                left -= given_up;
                if batch.1 == 0 {
                    self.arrivals.pop();
                }
            }
            if left > 0 {
                let gone_s = now_s + self.plan.fleet.removal_s as u32;
                self.departures.push((gone_s, left));
            }
        }
    }

    fn fire(&mut self, now_s: u32, action: &ScheduledAction) {
        let (min, max) = (
            action.min.unwrap_or(self.min),
            action.max.unwrap_or(self.max),
        );
        if min > max {
            return;
        }
        (self.min, self.max) = (min, max);
        self.owed = true;
        self.pay(now_s);
    }

    fn pay(&mut self, now_s: u32) {
        let from = self.desired();
        let to = from.clamp(self.min, self.max);
        if to == from {
            self.owed = false;
        }
        if !self.owed || self.blocked() {
            return;
        }
        self.owed = false;
        self.begin(now_s, to);
        self.scheduled_from = (to > from).then_some(from);
        if let Some((_, base)) = &mut self.out {
            *base = (i64::from(*base) + i64::from(to) - i64::from(from)).max(1) as u32;
        }
    }

    /// A minute has ended; `visible` are the datapoints that can be seen, the oldest first.
    pub fn evaluate(&mut self, now_s: u32, visible: &[Point]) {
        for watched in &mut self.alarms {
            watched.evaluate(now_s, visible, self.extra);
        }
        self.pay(now_s);
        if !visible.is_empty() {
            self.act(now_s, visible);
        }
        self.settle(now_s);
    }

    fn act(&mut self, now_s: u32, visible: &[Point]) {
        let desired = self.desired();
        let mut base = self
            .scheduled_from
            .map_or(desired, |from| from.min(desired));
        if let Some((cooldown, before)) = self.out
            && cooldown.runs(now_s)
        {
            base = base.min(before);
        }
        let answers = self.answers(base, visible);
        // The largest capacity wins; among equals the one that wants more, then the first.
        let Some(best) = answers
            .iter()
            .rev()
            .max_by_key(|answer| (answer.leaves, answer.leaves.max(answer.wanted)))
        else {
            return;
        };
        let cooldown = Cooldown {
            length_s: best.cooldown_s as u32,
            until_s: None,
        };
        if best.leaves > desired && !self.blocked() {
            self.begin(now_s, best.leaves);
            self.scale_in = None;
            self.out = Some((cooldown, base));
        } else if best.leaves < desired
            && !self.blocked()
            && !self.scale_in.is_some_and(|cooldown| cooldown.runs(now_s))
        {
            self.begin(now_s, best.leaves);
            self.scale_in = Some(cooldown);
        }
    }

    /// What each policy in ALARM says, if it says anything.
    fn answers(&self, base: u32, visible: &[Point]) -> Vec<Answer> {
        let desired = self.desired();
        let is = |place: usize| self.alarms[place].state == AlarmState::Alarm;
        let newest = visible[visible.len() - 1];
        let mut answers = Vec::new();
        let policies = &self.plan.target_tracking;
        let all_ready = (policies.iter().enumerate())
            .all(|(i, policy)| policy.disable_scale_in || is(2 * i + 1));
        for (i, policy) in policies.iter().enumerate() {
            let value = newest.of(&policy.metric);
            let wanted = |from: u32| {
                (f64::from(from) * value / policy.target - 1e-9)
                    .ceil()
                    .max(0.0) as u32
            };
            if is(2 * i) {
                answers.push(Answer {
                    leaves: wanted(base).clamp(self.min, self.max).max(desired),
                    wanted: wanted(base),
                    cooldown_s: policy.scale_out_cooldown_s,
                });
            }
            if is(2 * i + 1) && all_ready && !policy.disable_scale_in {
                let most = self.plan.assumptions.max_scale_in_step.unwrap_or(u32::MAX);
                let to = wanted(desired).max(desired.saturating_sub(most));
                answers.push(Answer {
                    leaves: to.clamp(self.min, self.max).min(desired),
                    wanted: 0,
                    cooldown_s: policy.scale_in_cooldown_s,
                });
            }
        }
        for (i, policy) in self.plan.step_scaling.iter().enumerate() {
            if is(2 * policies.len() + i) {
                let value = alarms::datapoints(&policy.alarm, visible).first().copied();
                answers.extend(value.and_then(|value| self.step(policy, value, base)));
            }
        }
        answers
    }

    fn step(&self, policy: &StepScaling, value: f64, base: u32) -> Option<Answer> {
        let desired = self.desired();
        let above = match policy.alarm.comparison {
            Comparison::GreaterThanThreshold | Comparison::GreaterThanOrEqualToThreshold => {
                value >= policy.alarm.threshold
            }
            _ => value > policy.alarm.threshold,
        };
        let step = policy.steps.iter().find(|step| {
            let (lower, upper) = (
                policy.alarm.threshold + step.lower,
                policy.alarm.threshold + step.upper,
            );
            if above {
                lower <= value && value < upper
            } else {
                lower < value && value <= upper
            }
        })?;
        let by = step.adjustment;
        let adjusted = |capacity: u32| {
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
        };
        let bounded = |to: u32| to.clamp(self.min, self.max);
        Some(if adjusted(desired) < desired {
            Answer {
                leaves: bounded(adjusted(desired)).min(desired),
                wanted: 0,
                cooldown_s: policy.cooldown_s,
            }
        } else {
            Answer {
                leaves: bounded(adjusted(base)).max(desired),
                wanted: adjusted(base),
                cooldown_s: policy.cooldown_s,
            }
        })
    }
}
