//! Application Auto Scaling for one scalable target: policies, scheduled actions, cooldowns, and the log of their activities.
//! When datapoints come, and what the fleet then does, is decided elsewhere.

mod arbiter;
mod capacity;
mod cooldown;
mod group;
mod log;
mod pace;
mod policy;
mod predictive;
mod replacements;
mod scheduled;
mod step;
mod target_tracking;
mod unchanged;

use crate::{
    cloudwatch::{alarm::Evaluated, breach::Datapoint},
    fleet::{Fleet, FleetActivity, Settled},
    plan::{Assumptions, Plan, ScalableTarget, ScheduledAction, SuspendedState},
    run::{Activity, AlarmColumn, Cause, Direction, NotScaledReason, Outcome},
};
use arbiter::Answer;
use log::{Asker, Log};
use pace::{BegunBy, Pace};
pub(crate) use policy::Policies;
use predictive::ForecastFloor;
pub(crate) use unchanged::Unchanged;

/// An answer that stays the same until an alarm changes its state, a scheduled action fires or the metric leaves a range.
#[derive(Clone, Copy, Debug)]
struct RepeatedAnswer {
    /// Its entry in the log.
    entry: usize,
    /// How often it has been repeated since the log was last written, and when last.
    times: u32,
    last_s: f64,
}

/// Everything that decides on capacity.
#[derive(Clone, Debug)]
pub(crate) struct Scaler {
    assumptions: Assumptions,
    pub bounds: ScalableTarget,
    suspended: SuspendedState,
    policies: Policies,
    pace: Pace,
    /// A scheduled action whose change of capacity waits until the endpoint can be changed.
    pending_action: Option<ScheduledAction>,
    /// Capacity that predictive scaling keeps policies from removing.
    forecast_floor: ForecastFloor,
    log: Log,
    /// The entries of activities that go on side by side: each ends once none of its instances launches or leaves.
    side_by_side: Vec<usize>,
    repeated: Option<RepeatedAnswer>,
    /// While the metric stays in this range and no alarm changes its state, the last answer holds.
    unchanged: Unchanged,
}

impl Scaler {
    /// `recycled`: activities of an earlier run, whose memory is reused.
    pub(crate) fn new(plan: &Plan, periods: usize, recycled: Vec<Activity>) -> Self {
        Self {
            assumptions: plan.assumptions,
            bounds: plan.scalable_target,
            suspended: plan.suspended,
            policies: Policies::new(plan, periods),
            pace: Pace::new(plan),
            pending_action: None,
            forecast_floor: ForecastFloor::default(),
            log: Log::new(periods, recycled),
            side_by_side: Vec::new(),
            repeated: None,
            unchanged: Unchanged::NEVER,
        }
    }

    /// Takes account of what has come into service or is gone, and ends activities that are done with that.
    pub(crate) fn settle(&mut self, now_s: f64, fleet: &Fleet, settled: Settled) {
        self.pace.settle(now_s, fleet, settled, &mut self.log);
        self.end_activities(now_s, fleet);
    }

    /// Ends activities of which no instance launches or leaves any more.
    // rule: group.activities-side-by-side
    fn end_activities(&mut self, now_s: f64, fleet: &Fleet) {
        if self.side_by_side.is_empty() {
            return;
        }
        let (log, pace) = (&mut self.log, &mut self.pace);
        self.side_by_side.retain(|entry| {
            let goes_on = (fleet.instances()).is_some_and(|it| it.are_under_way_by(*entry));
            if !goes_on {
                let failure = fleet.instances().and_then(|it| it.failure_of(*entry));
                match failure {
                    Some(failure) if log.has_begun(*entry, now_s) => {
                        log.end(*entry, now_s, Outcome::Failed(failure));
                        pace.failed(now_s, *entry, failure, log);
                    }
                    _ => {
                        let outcome = failure.map_or(Outcome::Successful, Outcome::Failed);
                        log.end(*entry, now_s, outcome);
                        pace.ended(now_s, *entry);
                    }
                }
            }
            goes_on
        });
    }

    /// Fires a scheduled action: it sets bounds immediately, and capacity as soon as the endpoint can be changed.
    // rule: policies.suspended-schedule
    // rule: schedule.capacity-follows-bounds
    // rule: group.suspended-scheduled-actions
    #[cold]
    pub(crate) fn fire_scheduled_action(
        &mut self,
        now_s: f64,
        action: &ScheduledAction,
        fleet: &mut Fleet,
    ) {
        self.end_repeated_answer();
        let desired = fleet.desired();
        if self.suspended.scheduled {
            self.refuse(now_s, desired, action, NotScaledReason::Suspended);
            return;
        }
        let Some(bounds) = scheduled::bounds(action, self.bounds) else {
            self.refuse(now_s, desired, action, NotScaledReason::MinAboveMax);
            return;
        };
        self.bounds = bounds;
        self.pending_action = Some(*action);
        if desired == scheduled::capacity(action, desired, bounds) {
            self.pending_action = None;
            self.log.done(now_s, desired, scheduled::cause(action));
        } else {
            self.apply_pending_action(now_s, fleet);
        }
    }

    /// Applies the pending scheduled action, if there is one and the endpoint can be changed.
    // rule: schedule.waits-while-updating
    fn apply_pending_action(&mut self, now_s: f64, fleet: &mut Fleet) {
        if let Some(action) = self.pending_action {
            self.apply_action(action, now_s, fleet);
        }
    }

    #[cold]
    fn apply_action(&mut self, action: ScheduledAction, now_s: f64, fleet: &mut Fleet) {
        let desired = fleet.desired();
        let to = scheduled::capacity(&action, desired, self.bounds);
        if to == desired {
            self.pending_action = None;
        } else if let Some(reason) = self.pace.updating(fleet) {
            self.refuse(now_s, desired, &action, reason);
        } else if let Some(failure) = fleet.refuses(to) {
            // It fires once: that it is not tried again is assumed.
            self.pending_action = None;
            self.log
                .refuse(now_s, (desired, to), (scheduled::cause(&action), failure));
        } else {
            self.pending_action = None;
            self.pace.supersede(now_s, &mut self.log);
            let cause = scheduled::cause(&action);
            let entry = (self.log).add(now_s, desired, to, cause, Outcome::InProgress);
            self.scale_to(
                now_s,
                fleet,
                (entry, &BegunBy::Schedule { from: desired, to }),
                to,
            );
        }
    }

    /// Scales the fleet for an activity that has just been logged.
    fn scale_to(&mut self, now_s: f64, fleet: &mut Fleet, (entry, by): (usize, &BegunBy), to: u32) {
        let activity = self.began(now_s, entry, by);
        fleet.scale_to(now_s, to, activity);
        self.end_activities(now_s, fleet);
    }

    /// Notes an activity that has just been logged. Returns what the fleet needs to know of it.
    fn began(&mut self, now_s: f64, entry: usize, by: &BegunBy) -> FleetActivity {
        if self.pace.began(now_s, entry, by) {
            self.side_by_side.push(entry);
        }
        FleetActivity {
            entry,
            warm_up_s: self.pace.warm_up_s(by),
        }
    }

    /// Logs that a scheduled action changes nothing, and why.
    fn refuse(
        &mut self,
        now_s: f64,
        desired: u32,
        action: &ScheduledAction,
        reason: NotScaledReason,
    ) {
        let by = Asker::Scheduled(action.index);
        if self.log.continue_last(now_s, desired, by, reason).is_none() {
            let (cause, outcome) = (scheduled::cause(action), Outcome::NotScaled(reason));
            self.log.add(now_s, desired, desired, cause, outcome);
        }
    }

    /// Returns the reason why a policy's answer is not carried out, if that is suspended (Application Auto Scaling user guide,
    /// "Suspend and resume scaling").
    // rule: policies.suspended-scaling
    // rule: group.suspended-alarm-notification
    fn suspended(&self, direction: Direction) -> Option<NotScaledReason> {
        let suspended = match direction {
            Direction::Out => self.suspended.scale_out,
            Direction::In => self.suspended.scale_in,
        };
        suspended.then_some(NotScaledReason::Suspended)
    }

    /// Returns the period up to which the last answer may hold, from `period` on.
    #[inline]
    pub(crate) fn watchable_until(&mut self, period: usize) -> usize {
        self.unchanged.until_period(period)
    }

    /// Returns the policies, and the datapoints with which the last answer holds.
    #[inline]
    pub(crate) fn policies(&mut self) -> (&mut Policies, Unchanged) {
        (&mut self.policies, self.unchanged)
    }

    /// Forgets that the last answer holds, so that policies are asked anew. They give the same answer.
    pub(crate) fn ask_anew(&mut self) {
        self.unchanged = Unchanged::NEVER;
    }

    /// Notes that `datapoints` datapoints, the last at `now_s`, have changed nothing.
    #[inline]
    pub(crate) fn note_unchanged(&mut self, datapoints: usize, now_s: f64) {
        if let Some(repeated) = &mut self.repeated
            && datapoints > 0
        {
            repeated.times += datapoints as u32;
            repeated.last_s = now_s;
        }
    }

    /// Evaluates alarms with the datapoint that becomes visible, if one does, and lets policies act. Returns whether capacity has
    /// changed.
    // rule: target-tracking.insufficient-data
    // rule: alarm.asks-every-minute
    #[inline(always)]
    pub(crate) fn evaluate(
        &mut self,
        now_s: f64,
        datapoint: Option<Datapoint>,
        fleet: &mut Fleet,
    ) -> bool {
        let Evaluated {
            asks_for_change,
            may_have_changed,
        } = self.policies.evaluate(now_s, datapoint.as_ref());
        if !may_have_changed
            && let Some(datapoint) = &datapoint
            && self.unchanged.covers(now_s, datapoint)
        {
            if let Some(repeated) = &mut self.repeated {
                repeated.times += 1;
                repeated.last_s = now_s;
            }
            return false;
        }
        self.ask_policies(now_s, datapoint.filter(|_| asks_for_change), true, fleet)
    }

    /// Does the same every ten seconds. `newest`: the visible value of a high-resolution metric; `minute`: the newest visible
    /// datapoint, which is evaluated at the end of a minute only. That a high-resolution alarm invokes its policy as often as it
    /// is evaluated is assumed.
    pub(crate) fn evaluate_tick(
        &mut self,
        now_s: f64,
        newest: Option<f64>,
        minute: Option<&Datapoint>,
        is_minute: bool,
        fleet: &mut Fleet,
    ) -> bool {
        let asks_for_change = (self.policies).evaluate_tick(now_s, newest, minute, is_minute);
        let is_minute = is_minute && minute.is_some();
        let datapoint = minute.copied().unwrap_or_default();
        self.ask_policies(
            now_s,
            asks_for_change.then_some(datapoint),
            is_minute,
            fleet,
        )
    }

    /// Ends the repeated answer, if there is one: policies have to be asked again.
    fn end_repeated_answer(&mut self) {
        self.unchanged = Unchanged::NEVER;
        if let Some(repeated) = self.repeated.take()
            && repeated.times > 0
        {
            self.log
                .repeat(repeated.entry, repeated.last_s, repeated.times);
        }
    }

    /// Applies the pending scheduled action, then asks the policies, if an alarm asks for a change over `datapoint`. Returns
    /// whether capacity has changed.
    fn ask_policies(
        &mut self,
        now_s: f64,
        datapoint: Option<Datapoint>,
        is_minute: bool,
        fleet: &mut Fleet,
    ) -> bool {
        let before = fleet.desired();
        self.end_repeated_answer();
        self.apply_pending_action(now_s, fleet);
        if let Some(datapoint) = &datapoint {
            self.act_on_alarms(now_s, datapoint, is_minute, fleet);
        } else if self.pending_action.is_none() {
            self.unchanged = Unchanged::ALWAYS;
        }
        fleet.desired() != before
    }

    /// Chooses one answer of the policies whose alarms ask for a change, and carries it out or logs why not.
    // rule: target-tracking.not-scaled-reasons
    fn act_on_alarms(
        &mut self,
        now_s: f64,
        datapoint: &Datapoint,
        is_minute: bool,
        fleet: &mut Fleet,
    ) {
        let desired = fleet.desired();
        let basis = self.pace.basis(now_s, fleet);
        let (bounds, at_min) = self.forecast_floor.bounds(self.bounds, desired);
        let inputs = arbiter::Inputs {
            datapoint,
            basis: &basis,
            desired,
            bounds,
            at_min,
            max_scale_in_step: self.assumptions.max_scale_in_step,
            is_minute,
        };
        let Some(answer) = arbiter::choose(&self.policies, &inputs) else {
            return;
        };
        let direction = answer.direction;
        let to = answer.to.and_then(|to| {
            let scales = match direction {
                Direction::Out => to > desired,
                Direction::In => to < desired,
            };
            let waits = (self.pace).waits(now_s, &answer, &self.policies, &basis, desired);
            if scales {
                let blocked = self
                    .suspended(direction)
                    .or_else(|| self.pace.updating(fleet))
                    .or(waits.filter(|_| direction == Direction::In));
                blocked.map_or(Ok(to), Err)
            } else {
                Err(answer.why_not(&inputs, waits))
            }
        });
        if let Ok(to) = to
            && let Some(failure) = fleet.refuses(to)
        {
            if let Some(decision) = answer.decision(&self.policies, &inputs) {
                let cause = Cause::Policy(decision);
                self.log.refuse(now_s, (desired, to), (cause, failure));
            }
            return;
        }
        match to {
            Err(reason) => {
                let outcome = Outcome::NotScaled(reason);
                let entry = self.log_answer(now_s, &answer, &inputs, desired, outcome);
                if self.pending_action.is_none() && basis.is_still {
                    let busy_until_s = fleet.busy_until_s();
                    self.unchanged =
                        answer.unchanged_while(&self.policies, &inputs, reason, busy_until_s);
                    self.repeated = entry.map(|entry| RepeatedAnswer {
                        entry,
                        times: 0,
                        last_s: now_s,
                    });
                }
            }
            Ok(to) => {
                self.pace.supersede(now_s, &mut self.log);
                let entry = self.log_answer(now_s, &answer, &inputs, to, Outcome::InProgress);
                let by = BegunBy::Policy {
                    index: answer.policy,
                    direction,
                    base: answer.scale_out_base(&self.policies, &inputs),
                    cooldown_s: answer.cooldown_s(&self.policies),
                    simple_cooldown_s: answer.simple_cooldown_s(&self.policies),
                };
                if let Some(entry) = entry {
                    self.scale_to(now_s, fleet, (entry, &by), to);
                }
            }
        }
    }

    /// Logs the outcome of an answer. Returns the entry; `None` if the policy is not there.
    fn log_answer(
        &mut self,
        now_s: f64,
        answer: &Answer,
        inputs: &arbiter::Inputs,
        to: u32,
        outcome: Outcome,
    ) -> Option<usize> {
        if let Outcome::NotScaled(reason) = outcome {
            let by = Asker::Policy(answer.policy, answer.direction);
            if let Some(entry) = self.log.continue_last(now_s, inputs.desired, by, reason) {
                return Some(entry);
            }
        }
        let cause = Cause::Policy(answer.decision(&self.policies, inputs)?);
        Some(self.log.add(now_s, inputs.desired, to, cause, outcome))
    }

    /// Returns the log and the alarms' states, once the run is over.
    pub(crate) fn finish(mut self) -> (Vec<Activity>, Vec<AlarmColumn>) {
        self.end_repeated_answer();
        (self.log.into_activities(), self.policies.finish())
    }
}
