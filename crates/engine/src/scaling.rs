//! Application Auto Scaling for one scalable target: policies, scheduled actions, cooldowns, and what came of each.

mod arbiter;
mod cooldown;
mod log;
mod policy;
mod scheduled;
mod step;
mod target_tracking;

use crate::{
    cloudwatch::breach::Datapoint,
    fleet::Fleet,
    plan::{Assumptions, Plan, ScalableTarget, ScheduledAction},
    run::{Activity, AlarmColumn, Cause, Decision, Direction, NotScaledReason, Outcome, Rule},
};
use arbiter::Answer;
use cooldown::Cooldowns;
use log::Log;
pub(crate) use policy::Watch;
use policy::{Content, Evaluated, Policies};

/// A change of capacity that is not done yet.
#[derive(Clone, Copy, Debug)]
struct InProgress {
    /// Its entry in the log.
    entry: usize,
    /// Desired capacity before, where a scheduled action scaled out.
    scheduled_from: Option<u32>,
}

/// An answer that stays what it is until an alarm turns, a scheduled action fires or the metric leaves a range.
#[derive(Clone, Copy, Debug)]
struct Standing {
    /// Its entry in the log.
    entry: usize,
    /// How often it has been given since the log was told, and when last.
    times: u32,
    last_s: f64,
}

/// Everything that decides on capacity.
#[derive(Clone, Debug)]
pub(crate) struct Scaler {
    assumptions: Assumptions,
    pub bounds: ScalableTarget,
    policies: Policies,
    cooldowns: Cooldowns,
    in_progress: Option<InProgress>,
    /// A scheduled action whose change of capacity waits until the endpoint can be changed.
    owed: Option<ScheduledAction>,
    log: Log,
    standing: Option<Standing>,
    /// Nobody needs to be asked with these while no alarm turns.
    content: Content,
}

impl Scaler {
    pub(crate) fn new(plan: &Plan, periods: usize) -> Self {
        Self {
            assumptions: plan.assumptions,
            bounds: plan.scalable_target,
            policies: Policies::new(plan, periods),
            cooldowns: Cooldowns::default(),
            in_progress: None,
            owed: None,
            log: Log::new(periods),
            standing: None,
            content: Content::NEVER,
        }
    }

    /// Ends the activity in progress once nothing of it is left to come or go; its cooldown begins then.
    pub(crate) fn settle(&mut self, now_s: f64, fleet: &Fleet) {
        if fleet.busy_until_s().is_none()
            && let Some(done) = self.in_progress.take()
        {
            self.log.end(done.entry, now_s, Outcome::Successful);
            self.cooldowns.completed(now_s);
        }
    }

    /// A scheduled action fires: bounds at once, capacity as soon as the endpoint can be changed.
    pub(crate) fn fire(&mut self, now_s: f64, action: &ScheduledAction, fleet: &mut Fleet) {
        self.stand_no_longer();
        let desired = fleet.desired();
        let Some(bounds) = scheduled::bounds(action, self.bounds) else {
            let reason = NotScaledReason::MinAboveMax;
            self.log
                .unchanged(now_s, desired, scheduled::cause(action), reason);
            return;
        };
        self.bounds = bounds;
        self.owed = Some(*action);
        if desired == desired.clamp(bounds.min, bounds.max) {
            self.owed = None;
            self.log.done(now_s, desired, scheduled::cause(action));
        } else {
            self.pay(now_s, fleet);
        }
    }

    /// Brings capacity into bounds that a scheduled action has set, if that is still to be done and possible.
    fn pay(&mut self, now_s: f64, fleet: &mut Fleet) {
        let Some(action) = self.owed else { return };
        let desired = fleet.desired();
        let to = desired.clamp(self.bounds.min, self.bounds.max);
        let cause = scheduled::cause(&action);
        if to == desired {
            self.owed = None;
        } else if let Some(reason) = self.updating(fleet) {
            self.log.unchanged(now_s, desired, cause, reason);
        } else {
            self.owed = None;
            self.begin(now_s, to, cause, fleet);
            self.cooldowns.rescheduled(desired, to);
            if let Some(in_progress) = &mut self.in_progress {
                in_progress.scheduled_from = (to > desired).then_some(desired);
            }
        }
    }

    /// The reason why the endpoint refuses a change now, if it does: it is `Updating` until the last activity is done
    /// (Amazon SageMaker API reference, UpdateEndpointWeightsAndCapacities; that scaling blocks scaling is assumed).
    fn updating(&self, fleet: &Fleet) -> Option<NotScaledReason> {
        let until_s = fleet.busy_until_s()?;
        self.assumptions
            .updating_blocks
            .then_some(NotScaledReason::TargetServicePutResourceAsUnscalable { until_s })
    }

    /// Starts an activity. One still in progress (possible only where `Updating` does not block) is overridden.
    fn begin(&mut self, now_s: f64, to: u32, cause: Cause, fleet: &mut Fleet) {
        if let Some(old) = self.in_progress.take() {
            self.log.end(old.entry, now_s, Outcome::Overridden);
            self.cooldowns.completed(now_s);
        }
        let from = fleet.desired();
        fleet.scale_to(now_s, to);
        let entry = self.log.begin(now_s, from, to, cause);
        self.in_progress = Some(InProgress {
            entry,
            scheduled_from: None,
        });
    }

    /// What is to be watched from now on.
    #[inline]
    pub(crate) fn watch<const N: usize>(&self) -> Watch<N> {
        Watch::new(&self.policies, self.content)
    }

    /// Takes over what has been watched: so many datapoints, the last at `now_s`.
    #[inline]
    pub(crate) fn watched<const N: usize>(
        &mut self,
        watch: &Watch<N>,
        datapoints: usize,
        now_s: f64,
    ) {
        if datapoints == 0 {
            return;
        }
        watch.return_to(&mut self.policies);
        if let Some(standing) = &mut self.standing {
            standing.times += datapoints as u32;
            standing.last_s = now_s;
        }
    }

    /// A datapoint becomes visible (or none has yet), alarms are evaluated, policies act. `true` if capacity was changed.
    #[inline(never)]
    pub(crate) fn evaluate(
        &mut self,
        now_s: f64,
        datapoint: Option<Datapoint>,
        fleet: &mut Fleet,
    ) -> bool {
        let Evaluated { in_alarm, turned } = self.policies.evaluate(now_s, datapoint.as_ref());
        if !turned
            && let Some(datapoint) = &datapoint
            && self.content.is(datapoint)
        {
            if let Some(standing) = &mut self.standing {
                standing.times += 1;
                standing.last_s = now_s;
            }
            return false;
        }
        self.ask(now_s, datapoint.filter(|_| in_alarm), fleet)
    }

    /// The standing answer, if there is one, is to be asked for anew.
    fn stand_no_longer(&mut self) {
        self.content = Content::NEVER;
        if let Some(standing) = self.standing.take()
            && standing.times > 0
        {
            self.log
                .repeat(standing.entry, standing.last_s, standing.times);
        }
    }

    /// What a scheduled action is owed, then the policies, where one is in ALARM over `datapoint`. `true` if capacity was
    /// changed.
    #[inline(never)]
    fn ask(&mut self, now_s: f64, datapoint: Option<Datapoint>, fleet: &mut Fleet) -> bool {
        let before = fleet.desired();
        self.stand_no_longer();
        self.pay(now_s, fleet);
        if let Some(datapoint) = &datapoint {
            self.act(now_s, datapoint, fleet);
        } else if self.owed.is_none() {
            self.content = Content::ALWAYS;
        }
        fleet.desired() != before
    }

    /// Asks every policy in ALARM, lets the arbiter choose, and does what it says or logs why not.
    fn act(&mut self, now_s: f64, datapoint: &Datapoint, fleet: &mut Fleet) {
        let desired = fleet.desired();
        let base = self
            .in_progress
            .and_then(|in_progress| in_progress.scheduled_from)
            .map_or(desired, |from| from.min(desired));
        let base = self.cooldowns.base(now_s, base);
        let asked = arbiter::Asked {
            datapoint,
            base,
            desired,
            bounds: self.bounds,
            max_scale_in_step: self.assumptions.max_scale_in_step,
        };
        let Some(answer) = arbiter::choose(&self.policies, &asked) else {
            return;
        };
        let Answer { decision, to, .. } = answer;
        let to = to.and_then(|to| {
            let scales = if decision.direction == Direction::Out {
                to > desired
            } else {
                to < desired
            };
            let waits = match decision.direction {
                Direction::Out => self.cooldowns.blocks_out(now_s, &decision, desired),
                Direction::In => self.cooldowns.blocks_in(now_s),
            };
            if scales {
                let blocked = self
                    .updating(fleet)
                    .or(waits.filter(|_| decision.direction == Direction::In));
                blocked.map_or(Ok(to), Err)
            } else {
                Err(why_not(&decision, desired, waits))
            }
        });
        let cause = Cause::Policy(decision);
        match to {
            Err(reason) => {
                let entry = self.log.unchanged(now_s, desired, cause, reason);
                if stands(reason) && self.owed.is_none() {
                    self.content = answer.content(&self.policies, desired);
                    self.standing = Some(Standing {
                        entry,
                        times: 0,
                        last_s: now_s,
                    });
                }
            }
            Ok(to) => {
                self.begin(now_s, to, cause, fleet);
                let cooldown_s = answer.cooldown_s(&self.policies);
                self.cooldowns
                    .began(now_s, decision.direction, base, cooldown_s);
            }
        }
    }

    /// The log, once the run is over, and what the alarms did.
    pub(crate) fn finish(mut self) -> (Vec<Activity>, Vec<AlarmColumn>) {
        self.stand_no_longer();
        (self.log.into_activities(), self.policies.finish())
    }
}

/// Why an answer that leaves desired capacity as it is does so. `waits`: a cooldown that runs.
fn why_not(decision: &Decision, desired: u32, waits: Option<NotScaledReason>) -> NotScaledReason {
    match (decision.direction, decision.rule) {
        (Direction::Out, _) if desired >= decision.max && decision.wanted >= desired => {
            NotScaledReason::AlreadyAtMaxCapacity
        }
        (Direction::Out, _) => waits.unwrap_or(NotScaledReason::AlreadyAtDesiredCapacity),
        (Direction::In, _) if desired <= decision.min => NotScaledReason::AlreadyAtMinCapacity,
        (Direction::In, Rule::TargetTracking { .. }) => {
            NotScaledReason::AutoScalingAnticipatedFlapping
        }
        (Direction::In, Rule::StepScaling(_)) => NotScaledReason::AlreadyAtDesiredCapacity,
    }
}

/// Whether an answer stays what it is as time passes.
fn stands(reason: NotScaledReason) -> bool {
    matches!(
        reason,
        NotScaledReason::AlreadyAtMinCapacity | NotScaledReason::AutoScalingAnticipatedFlapping
    )
}
