//! Chooses one answer from several policies.
//!
//! Source: Application Auto Scaling user guide, "How target tracking scaling for Application Auto Scaling works" and "Step
//! scaling policies": it scales out if any policy is ready to; target tracking scales in only if all such policies with scale-in
//! enabled are ready, which a step scaling policy does not wait for; of several answers the largest capacity wins.

use super::{
    cooldown::CapacityBefore,
    pace::CapacityBasis,
    policy::Policies,
    step,
    target_tracking::{self, MARGIN},
    unchanged::Unchanged,
};
use crate::{
    cloudwatch::{alarm::Alarm, breach::Datapoint},
    plan::ScalableTarget,
    run::{Decision, Direction, NotScaledReason, Rule, Step},
};

/// What the answers of policies are computed from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inputs<'a> {
    pub datapoint: &'a Datapoint,
    /// The capacities that answers start from.
    pub basis: &'a CapacityBasis,
    pub desired: u32,
    pub bounds: ScalableTarget,
    /// Why nothing scales in below the lower bound.
    pub at_min: NotScaledReason,
    pub max_scale_in_step: Option<u32>,
    /// Whether a minute ends; otherwise only high-resolution alarms invoke their policies.
    pub is_minute: bool,
}

impl Inputs<'_> {
    fn invokes(&self, alarm: &Alarm) -> bool {
        alarm.asks_for_change() && (self.is_minute || alarm.is_high_resolution())
    }

    /// Returns the capacity that a scale-out over an alarm's newest datapoint starts from: `base`, or the capacity before the
    /// last scale-out.
    #[inline]
    fn base_for(&self, alarm: &Alarm, base: u32) -> u32 {
        match &self.basis.before {
            None => base,
            Some(before) => base_of_older_datapoint(alarm, before, base),
        }
    }
}

/// The answer of a policy. It holds only what an evaluation needs that changes nothing, as most do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    /// The policy's index in `Policies`.
    by: PolicyIndex,
    /// The policy's index in the scenario.
    pub policy: usize,
    pub direction: Direction,
    /// Capacity that the rule started from.
    base: u32,
    /// What the rule makes of it, before any bound.
    pub wanted: u32,
    /// Capacity within the bounds; or why the policy asks for none.
    pub to: Result<u32, NotScaledReason>,
    /// Whether no other policy has answered.
    is_only_answer: bool,
}

/// A policy's index in one of the lists of `Policies`.
#[derive(Clone, Copy, Debug)]
enum PolicyIndex {
    TargetTracking(usize),
    Step(usize),
}

/// Returns the capacity that a scale-out starts from, where a datapoint from before the last scale-out goes by the capacity
/// before it.
// rule: cooldown.datapoint-from-before
fn base_of_older_datapoint(alarm: &Alarm, before: &CapacityBefore, base: u32) -> u32 {
    match alarm.newest_begins_s(before.seen_s) < before.done_s {
        true => before.capacity.min(base),
        false => base,
    }
}

impl Answer {
    /// Returns the capacity that a scale-out by this answer starts from; it may be zero.
    pub(super) fn scale_out_base(&self, policies: &Policies, inputs: &Inputs) -> u32 {
        let alarm = match self.by {
            PolicyIndex::TargetTracking(index) => {
                (policies.target_tracking.get(index)).map(|it| &it.high)
            }
            PolicyIndex::Step(index) => policies.steps.get(index).map(|it| &it.alarm),
        };
        let base = inputs.basis.out;
        alarm.map_or(base, |alarm| inputs.base_for(alarm, base))
    }

    /// Returns the cooldown that begins if it is carried out, seconds.
    pub(super) fn cooldown_s(&self, policies: &Policies) -> f64 {
        let tracking = |policy: &target_tracking::Policy| match self.direction {
            Direction::Out => policy.configuration.scale_out_cooldown_s,
            Direction::In => policy.configuration.scale_in_cooldown_s,
        };
        let cooldown_s = match self.by {
            PolicyIndex::TargetTracking(index) => policies.target_tracking.get(index).map(tracking),
            PolicyIndex::Step(index) => {
                (policies.steps.get(index)).map(|policy| policy.configuration.cooldown_s)
            }
        };
        cooldown_s.unwrap_or(0.0)
    }

    /// Returns what it waits for in a group whose instances warm up. Simple scaling does not wait for warm-up, only for its
    /// cooldown.
    // rule: group.waits-for-warm-up
    pub(super) fn waits_for(
        &self,
        policies: &Policies,
        basis: &CapacityBasis,
    ) -> Option<NotScaledReason> {
        basis
            .warming
            .filter(|_| self.simple_cooldown_s(policies).is_none())
    }

    /// Returns the cooldown of simple scaling, seconds; `None` if the answer is not simple scaling's.
    pub(super) fn simple_cooldown_s(&self, policies: &Policies) -> Option<f64> {
        let PolicyIndex::Step(index) = self.by else {
            return None;
        };
        let policy = &policies.steps.get(index)?.configuration;
        policy.is_simple.then_some(policy.cooldown_s)
    }

    /// Returns the datapoints with which this answer stays the same and is refused for the same reason, as long as no alarm
    /// changes its state. `busy_until_s`: when the activity in progress will be done.
    pub(super) fn unchanged_while(
        &self,
        policies: &Policies,
        inputs: &Inputs,
        reason: NotScaledReason,
        busy_until_s: Option<f64>,
    ) -> Unchanged {
        use NotScaledReason::*;
        // At the minimum every scale-in is refused, whatever the metric. A step policy may answer otherwise.
        let answers_otherwise = |policy: &step::Policy| {
            policy.alarm.asks_for_change() && !policy.only_removes(inputs.desired)
        };
        if matches!(reason, AlreadyAtMinCapacity | HeldByForecast { .. }) {
            return if policies.steps.iter().any(answers_otherwise) {
                Unchanged::NEVER
            } else {
                Unchanged::ALWAYS
            };
        }
        let policy = match self.by {
            PolicyIndex::TargetTracking(index) if self.is_only_answer => {
                policies.target_tracking.get(index)
            }
            _ => None,
        };
        // A range of requests does not bound a metric of a queue.
        let Some(policy) = policy.filter(|policy| policy.configuration.metric.follows_requests())
        else {
            return Unchanged::NEVER;
        };
        let metric_for = |capacity: f64| {
            target_tracking::metric_for(capacity, self.base, policy.configuration.target)
        };
        let known = |until_s: Option<f64>| until_s.or(busy_until_s).unwrap_or(0.0);
        let desired = f64::from(inputs.desired);
        let (fewer, most) = (desired - 1.0, f64::INFINITY);
        let (from, below, until_s) = match (reason, self.direction) {
            (AutoScalingAnticipatedFlapping, _) => (fewer + MARGIN, most, most),
            (ScaleInCooldown { until_s }, _) => (-most, fewer - MARGIN, known(until_s)),
            (TargetServicePutResourceAsUnscalable { until_s }, Direction::In) => {
                (-most, fewer - MARGIN, until_s)
            }
            (TargetServicePutResourceAsUnscalable { until_s }, Direction::Out) => {
                (desired + MARGIN, most, until_s)
            }
            // At the maximum that is the reason, as soon as as many are wanted as there are.
            (ScaleOutCooldown { until_s }, _) if inputs.desired >= inputs.bounds.max => {
                (-most, fewer - MARGIN, known(until_s))
            }
            (ScaleOutCooldown { until_s }, _) => (-most, desired - MARGIN, known(until_s)),
            (AlreadyAtMaxCapacity, _) => (desired, most, most),
            _ => return Unchanged::NEVER,
        };
        // The base of a scale-out changes once nothing is under way any more.
        let until_s = match (self.direction, busy_until_s) {
            (Direction::Out, Some(busy_until_s)) => until_s.min(busy_until_s),
            _ => until_s,
        };
        let alarm = policy.alarm(self.direction);
        Unchanged::new(alarm, metric_for(from), metric_for(below), until_s)
    }

    /// Returns why an answer leaves desired capacity as it is. `waits`: a cooldown that runs.
    pub(super) fn why_not(
        &self,
        inputs: &Inputs,
        waits: Option<NotScaledReason>,
    ) -> NotScaledReason {
        let (desired, bounds) = (inputs.desired, inputs.bounds);
        match (self.direction, self.by) {
            (Direction::Out, _) if desired >= bounds.max && self.wanted >= desired => {
                NotScaledReason::AlreadyAtMaxCapacity
            }
            (Direction::Out, _) => waits.unwrap_or(NotScaledReason::AlreadyAtDesiredCapacity),
            (Direction::In, _) if desired <= bounds.min => inputs.at_min,
            (Direction::In, PolicyIndex::TargetTracking(_)) => {
                NotScaledReason::AutoScalingAnticipatedFlapping
            }
            (Direction::In, PolicyIndex::Step(_)) => NotScaledReason::AlreadyAtDesiredCapacity,
        }
    }

    /// Returns the numbers behind the answer, for the log.
    #[inline(always)]
    pub(super) fn decision(&self, policies: &Policies, inputs: &Inputs) -> Option<Decision> {
        let (alarm, rule) = match self.by {
            PolicyIndex::TargetTracking(index) => {
                let policy = policies.target_tracking.get(index)?;
                let target = policy.configuration.target;
                (
                    policy.alarm(self.direction),
                    Rule::TargetTracking { target },
                )
            }
            PolicyIndex::Step(index) => {
                let policy = policies.steps.get(index)?;
                (&policy.alarm, step_rule(policy, self.base, inputs))
            }
        };
        Some(Decision {
            policy: self.policy,
            direction: self.direction,
            metric: alarm.value(inputs.datapoint),
            threshold: alarm.configuration().threshold,
            rule,
            breaching: alarm.breaching(),
            datapoints: alarm.configuration().evaluation_periods,
            base: self.base,
            wanted: self.wanted,
            min: inputs.bounds.min,
            min_is_forecast: inputs.at_min != NotScaledReason::AlreadyAtMinCapacity,
            max: inputs.bounds.max,
            alarm_since_s: alarm.since_s,
        })
    }
}

fn step_rule(policy: &step::Policy, base: u32, inputs: &Inputs) -> Rule {
    let metric = policy.alarm.value(inputs.datapoint);
    Rule::StepScaling(policy.step(metric).map(|step| Step {
        adjustment_type: policy.configuration.adjustment_type,
        step: *step,
        change: policy.change(base, step),
    }))
}

/// Returns the answer of all policies whose alarms ask for a change; at least one does.
// rule: target-tracking.low-metric-never-scales-out
// rule: policies.any-scales-out
// rule: run.decisions-show-their-sum
#[inline(always)]
pub(super) fn choose(policies: &Policies, inputs: &Inputs) -> Option<Answer> {
    match policies.only() {
        Some(policy) if policy.high.asks_for_change() => {
            Some(answer_of_target_tracking(0, policy, Direction::Out, inputs))
        }
        Some(policy) => Some(scale_in(0, policy, policies, inputs)),
        None => choose_of_many(policies, inputs),
    }
}

fn choose_of_many(policies: &Policies, inputs: &Inputs) -> Option<Answer> {
    let mut best: Option<Answer> = None;
    let mut consider = |answer: Answer| match &mut best {
        None => best = Some(answer),
        Some(best) => {
            if rank(&answer, inputs) > rank(best, inputs) {
                *best = answer;
            }
            best.is_only_answer = false;
        }
    };
    for (index, policy) in policies.target_tracking.iter().enumerate() {
        if inputs.invokes(&policy.high) {
            consider(answer_of_target_tracking(
                index,
                policy,
                Direction::Out,
                inputs,
            ));
        }
        if inputs.invokes(&policy.low) {
            consider(scale_in(index, policy, policies, inputs));
        }
    }
    for (index, policy) in policies.steps.iter().enumerate() {
        if inputs.invokes(&policy.alarm) {
            consider(answer_of_step_scaling(index, policy, inputs));
        }
    }
    best
}

/// Returns the rank of an answer; the highest wins. An answer with a capacity comes before one without, such as that of a step
/// policy whose metric lies in no step; then the larger capacity left counts, then the larger capacity wanted beyond the bounds.
// rule: policies.largest-capacity-wins
fn rank(answer: &Answer, inputs: &Inputs) -> (bool, u32, u32) {
    let wanted = answer.wanted;
    let leaves = answer.to.unwrap_or(wanted);
    let (leaves, beyond) = match answer.direction {
        Direction::Out => (leaves.max(inputs.desired), wanted),
        Direction::In => (leaves.min(inputs.desired), 0),
    };
    // rule: policies.no-step-says-nothing
    (answer.to.is_ok(), clamp(leaves, inputs), beyond)
}

// rule: target-tracking.bounds
fn clamp(wanted: u32, inputs: &Inputs) -> u32 {
    wanted.min(inputs.bounds.max).max(inputs.bounds.min)
}

/// Returns the answer of a target-tracking policy whose low alarm is in ALARM: it waits for the other policies.
// rule: policies.all-scale-in
fn scale_in(
    index: usize,
    policy: &target_tracking::Policy,
    policies: &Policies,
    inputs: &Inputs,
) -> Answer {
    let enabled = |policy: &target_tracking::Policy| !policy.configuration.disable_scale_in;
    let mut answer = answer_of_target_tracking(index, policy, Direction::In, inputs);
    // rule: policies.no-data-is-not-ready
    // A low alarm without data is not ready either: assumed.
    let unready =
        |policy: &&target_tracking::Policy| enabled(policy) && !policy.low.asks_for_change();
    // rule: policies.disable-scale-in
    if !enabled(policy) {
        answer.to = Err(NotScaledReason::ScaleInDisabled);
    } else if let Some(other) = policies.target_tracking.iter().find(unready) {
        answer.to = Err(NotScaledReason::OtherPolicyNotReady {
            policy: other.configuration.index,
        });
    }
    answer
}

// rule: group.base-of-target-tracking
#[inline(always)]
fn answer_of_target_tracking(
    index: usize,
    policy: &target_tracking::Policy,
    direction: Direction,
    inputs: &Inputs,
) -> Answer {
    let configuration = &policy.configuration;
    let base = match direction {
        // rule: asynchronous.target-tracking-from-zero
        // The formula gives zero for zero instances; assumed: it starts from one instance.
        Direction::Out => inputs.base_for(&policy.high, inputs.basis.out).max(1),
        Direction::In => inputs.basis.tracked_in,
    };
    // rule: target-tracking.newest-datapoint
    let metric = policy.alarm(direction).value(inputs.datapoint);
    let wanted = target_tracking::wanted(base, metric, configuration.target);
    // rule: target-tracking.scale-in-step
    let to = match (direction, inputs.max_scale_in_step) {
        (Direction::In, Some(step)) => wanted.max(inputs.desired.saturating_sub(step)),
        _ => wanted,
    };
    Answer {
        by: PolicyIndex::TargetTracking(index),
        policy: configuration.index,
        direction,
        base,
        wanted,
        to: Ok(clamp(to, inputs)),
        is_only_answer: true,
    }
}

// rule: policies.steps-do-not-wait
// rule: asynchronous.step-from-zero
// rule: component.step-from-zero
// rule: group.base-of-steps
fn answer_of_step_scaling(index: usize, policy: &step::Policy, inputs: &Inputs) -> Answer {
    let metric = policy.alarm.value(inputs.datapoint);
    let step = policy.step(metric);
    let change_of = |capacity| step.map_or(0, |step| policy.change(capacity, step));
    let is_simple = policy.configuration.is_simple;
    let (direction, base) = match change_of(inputs.desired) < 0 {
        true if is_simple => (Direction::In, inputs.desired),
        true => (Direction::In, inputs.basis.step_in),
        false if is_simple => (Direction::Out, inputs.desired),
        false => (
            Direction::Out,
            inputs.base_for(&policy.alarm, inputs.basis.step_out),
        ),
    };
    let wanted = step::changed(base, change_of(base));
    let waits = inputs.basis.simple_waits.filter(|_| is_simple);
    Answer {
        by: PolicyIndex::Step(index),
        policy: policy.configuration.index,
        direction,
        base,
        wanted,
        to: match step {
            _ if waits.is_some() => waits.map_or(Ok(wanted), Err),
            Some(_) => Ok(clamp(wanted, inputs)),
            // rule: step.no-matching-step
            None => Err(NotScaledReason::NoMatchingStep),
        },
        is_only_answer: true,
    }
}
