//! What keeps policies from acting on a metric that their last change does not show in yet: the cooldowns of Application Auto
//! Scaling, or the warm-up of an EC2 Auto Scaling group. It follows activities until they are done.

use super::{
    arbiter::Answer,
    cooldown::{CapacityBefore, Cooldowns},
    group::Group,
    log::Log,
    policy::Policies,
};
use crate::{
    fleet::{Fleet, Settled},
    plan::{Assumptions, Plan},
    run::{Direction, LaunchFailure, NotScaledReason, Outcome},
};

/// How policies are paced.
#[derive(Clone, Debug)]
pub(super) enum Pace {
    /// By cooldowns: one activity at a time.
    Cooldowns(OneAtATime),
    /// By warm-up: activities side by side.
    WarmUp(Box<Group>),
}

/// Who has asked for an activity.
#[derive(Clone, Copy, Debug)]
pub(super) enum BegunBy {
    Policy {
        /// Its index in the scenario.
        index: usize,
        direction: Direction,
        /// The capacity that a scale-out was computed from.
        base: u32,
        /// The cooldown that it leads to, seconds; and that where it is simple scaling's.
        cooldown_s: f64,
        simple_cooldown_s: Option<f64>,
    },
    /// A scheduled action, from one capacity to another.
    Schedule { from: u32, to: u32 },
    /// A forecast, or something that has failed. No endpoint is updated because of it.
    Event,
}

/// The capacities that answers are worked out from, and what policies have to wait for.
#[derive(Clone, Copy, Debug)]
pub(super) struct CapacityBasis {
    /// Capacity that a scale-out is computed from: by target tracking, and by step scaling.
    pub out: u32,
    pub step_out: u32,
    /// The capacity for a scale-out over a datapoint that is older than the last scale-out.
    pub before: Option<CapacityBefore>,
    /// Capacity that a scale-in is computed from: by step scaling, and by target tracking.
    pub step_in: u32,
    pub tracked_in: u32,
    /// Set while instances launch or warm up: then nothing scales in, and an answer that does not exceed them changes nothing.
    pub warming: Option<NotScaledReason>,
    /// Set while simple scaling does not act.
    pub simple_waits: Option<NotScaledReason>,
    /// Whether only another activity can change these numbers.
    pub is_still: bool,
}

impl CapacityBasis {
    /// Returns the capacities where nothing is to be waited for.
    fn of(desired: u32) -> Self {
        Self {
            out: desired,
            step_out: desired,
            before: None,
            step_in: desired,
            tracked_in: desired,
            warming: None,
            simple_waits: None,
            is_still: true,
        }
    }
}

/// An endpoint's update in progress: a change of capacity that is not done yet.
#[derive(Clone, Copy, Debug)]
struct InProgress {
    /// Its entry in the log.
    entry: usize,
    /// Desired capacity before, where a scheduled action scaled out.
    scheduled_from: Option<u32>,
    /// The cooldowns before it began.
    before: Cooldowns,
}

/// Cooldowns, and the one activity that may be in progress.
#[derive(Clone, Debug)]
pub(super) struct OneAtATime {
    cooldowns: Cooldowns,
    in_progress: Option<InProgress>,
    updating_blocks: bool,
    metric_delay_s: f64,
    datapoints_from_before_act: bool,
}

impl OneAtATime {
    fn new(assumptions: &Assumptions) -> Self {
        Self {
            cooldowns: Cooldowns::default(),
            in_progress: None,
            updating_blocks: assumptions.updating_blocks,
            metric_delay_s: assumptions.metric_delay_s,
            datapoints_from_before_act: assumptions.datapoints_from_before_act,
        }
    }

    /// Ends the activity in progress, if there is one. Its cooldown begins then.
    fn end(&mut self, now_s: f64, outcome: Outcome, log: &mut Log) {
        if let Some(done) = self.in_progress.take() {
            log.end(done.entry, now_s, outcome);
            self.cooldowns.completed(now_s);
        }
    }

    /// Ends the activity in progress because launches have failed. It leads to no cooldown: those before it hold on.
    // rule: capacity.no-cooldown
    fn failed(&mut self, now_s: f64, entry: usize, failure: LaunchFailure, log: &mut Log) {
        if let Some(failed) = self.in_progress.take_if(|it| it.entry == entry) {
            log.end(entry, now_s, Outcome::Failed(failure));
            self.cooldowns = failed.before;
        }
    }

    fn began(&mut self, now_s: f64, entry: usize, by: &BegunBy) {
        let before = self.cooldowns;
        let scheduled_from = match *by {
            BegunBy::Event => return,
            BegunBy::Policy {
                direction,
                base,
                cooldown_s,
                ..
            } => {
                self.cooldowns.began(now_s, direction, base, cooldown_s);
                None
            }
            BegunBy::Schedule { from, to } => {
                self.cooldowns.rescheduled(from, to);
                (to > from).then_some(from)
            }
        };
        self.in_progress = Some(InProgress {
            entry,
            scheduled_from,
            before,
        });
    }

    fn basis(&self, now_s: f64, desired: u32) -> CapacityBasis {
        let scheduled_from = (self.in_progress).and_then(|activity| activity.scheduled_from);
        let base = scheduled_from.map_or(desired, |from| from.min(desired));
        let out = self.cooldowns.base(now_s, base);
        let seen_s = now_s - self.metric_delay_s;
        CapacityBasis {
            out,
            step_out: out,
            before: match self.datapoints_from_before_act {
                true => None,
                false => self.cooldowns.before(now_s, seen_s),
            },
            ..CapacityBasis::of(desired)
        }
    }
}

impl Pace {
    pub(super) fn new(plan: &Plan) -> Self {
        let assumptions = &plan.assumptions;
        match plan.resource.group() {
            None => Self::Cooldowns(OneAtATime::new(assumptions)),
            Some(group) => Self::WarmUp(Group::boxed(&group.warm_up, assumptions)),
        }
    }

    /// Takes account of what has come into service or is gone. An endpoint's update is over once nothing is under way that was
    /// asked for.
    pub(super) fn settle(&mut self, now_s: f64, fleet: &Fleet, settled: Settled, log: &mut Log) {
        match self {
            Self::WarmUp(group) => group.settle(now_s, settled),
            Self::Cooldowns(it) if fleet.busy_until_s().is_none() => {
                it.end(now_s, Outcome::Successful, log);
            }
            Self::Cooldowns(_) => {}
        }
    }

    /// Returns the reason why the endpoint refuses a change now, if it does: it is `Updating` until the last activity is done
    /// (Amazon SageMaker API reference, UpdateEndpointWeightsAndCapacities; that scaling blocks scaling is assumed).
    // rule: sagemaker.updating
    pub(super) fn updating(&self, fleet: &Fleet) -> Option<NotScaledReason> {
        match self {
            Self::Cooldowns(it) if it.updating_blocks => {
                let until_s = fleet.busy_until_s()?;
                Some(NotScaledReason::TargetServicePutResourceAsUnscalable { until_s })
            }
            _ => None,
        }
    }

    /// Makes way for a new activity. One that is still in progress (possible only where `Updating` does not block) is overridden.
    pub(super) fn supersede(&mut self, now_s: f64, log: &mut Log) {
        if let Self::Cooldowns(it) = self {
            it.end(now_s, Outcome::Overridden, log);
        }
    }

    /// Returns how long instances warm up that somebody has asked for, seconds.
    pub(super) fn warm_up_s(&self, by: &BegunBy) -> f64 {
        match self {
            Self::Cooldowns(_) => 0.0,
            Self::WarmUp(group) => group.warm_up_s(by),
        }
    }

    /// Notes an activity that begins, by its entry. Returns whether it goes on side by side with others.
    pub(super) fn began(&mut self, now_s: f64, entry: usize, by: &BegunBy) -> bool {
        match self {
            Self::Cooldowns(it) => {
                it.began(now_s, entry, by);
                matches!(by, BegunBy::Event)
            }
            Self::WarmUp(group) => {
                group.began(entry, by);
                true
            }
        }
    }

    /// Notes that an activity is over which went on side by side with others.
    pub(super) fn ended(&mut self, now_s: f64, entry: usize) {
        if let Self::WarmUp(group) = self {
            group.ended(now_s, entry);
        }
    }

    /// Notes that launches of an activity have failed: an endpoint's update is over, and a group's activity does not count.
    pub(super) fn failed(
        &mut self,
        now_s: f64,
        entry: usize,
        failure: LaunchFailure,
        log: &mut Log,
    ) {
        match self {
            Self::Cooldowns(it) => it.failed(now_s, entry, failure, log),
            Self::WarmUp(group) => group.failed(entry),
        }
    }

    /// Returns the capacities that answers are computed from.
    pub(super) fn basis(&mut self, now_s: f64, fleet: &Fleet) -> CapacityBasis {
        match (self, fleet) {
            (Self::Cooldowns(it), _) => it.basis(now_s, fleet.desired()),
            (Self::WarmUp(group), Fleet::Instances(instances)) => group.basis(now_s, instances),
            (Self::WarmUp(_), Fleet::Copies(_)) => CapacityBasis::of(fleet.desired()),
        }
    }

    /// Returns what an answer has to wait for.
    pub(super) fn waits(
        &self,
        now_s: f64,
        answer: &Answer,
        policies: &Policies,
        basis: &CapacityBasis,
        desired: u32,
    ) -> Option<NotScaledReason> {
        match (self, answer.direction) {
            (Self::WarmUp(_), _) => answer.waits_for(policies, basis),
            (Self::Cooldowns(it), Direction::Out) => {
                it.cooldowns.blocks_out(now_s, answer.wanted, desired)
            }
            (Self::Cooldowns(it), Direction::In) => it.cooldowns.blocks_in(now_s),
        }
    }
}
