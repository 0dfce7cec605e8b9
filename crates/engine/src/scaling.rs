//! Application Auto Scaling for one scalable target: policies, scheduled actions, cooldowns, and what came of each.

mod arbiter;
mod cooldown;
mod log;
mod scheduled;
mod states;
mod target_tracking;

use crate::{
    cloudwatch::alarm::Streak,
    fleet::Fleet,
    plan::{Assumptions, Plan, ScalableTarget, ScheduledAction},
    run::{Activity, AlarmState, Cause, Direction, NotScaledReason, Outcome},
};
use arbiter::Answer;
use cooldown::Cooldowns;
use log::Log;
use states::States;
use target_tracking::{Evaluated, Policy};

/// A change of capacity that is not done yet.
#[derive(Clone, Copy, Debug)]
struct InProgress {
    /// Its entry in the log.
    entry: usize,
    /// Desired capacity before, where a scheduled action scaled out.
    scheduled_from: Option<u32>,
}

/// An answer that stays what it is until an alarm turns, a scheduled action fires or the metric falls.
#[derive(Clone, Copy, Debug)]
struct Standing {
    /// Its entry in the log.
    entry: usize,
    /// The metric must not fall below this.
    from_metric: f64,
    /// How often it has been given since the log was told, and when last.
    times: u32,
    last_s: f64,
}

/// What an evaluation looks at as long as it leads to nothing: a copy, so that it can stay in registers over many minutes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch {
    high: Streak,
    low: Streak,
    target: f64,
    low_threshold: f64,
    content_from: f64,
}

impl Watch {
    /// Takes the datapoint that becomes visible, if with it no alarm turns and nobody needs to be asked. `false` if it is
    /// to be evaluated; it is not taken then.
    #[inline]
    pub(crate) fn stays(&mut self, metric: f64) -> bool {
        let high = self.high.with(metric > self.target);
        let low = self.low.with(metric < self.low_threshold);
        let stays = high.stays() & low.stays() & (metric >= self.content_from);
        if stays {
            (self.high, self.low) = (high, low);
        }
        stays
    }
}

/// Everything that decides on capacity.
#[derive(Clone, Debug)]
pub(crate) struct Scaler {
    assumptions: Assumptions,
    pub bounds: ScalableTarget,
    policies: Vec<Policy>,
    cooldowns: Cooldowns,
    in_progress: Option<InProgress>,
    /// A scheduled action whose change of capacity waits until the endpoint can be changed.
    owed: Option<ScheduledAction>,
    log: Log,
    standing: Option<Standing>,
    /// Nobody needs to be asked while no alarm turns and the metric does not fall below this.
    content_from: f64,
    high_states: States,
    low_states: States,
}

impl Scaler {
    pub(crate) fn new(plan: &Plan, periods: usize) -> Self {
        Self {
            assumptions: plan.assumptions,
            bounds: plan.scalable_target,
            policies: plan
                .target_tracking
                .iter()
                .map(|policy| Policy::new(*policy, &plan.assumptions))
                .collect(),
            cooldowns: Cooldowns::default(),
            in_progress: None,
            owed: None,
            log: Log::new(periods),
            standing: None,
            content_from: f64::INFINITY,
            high_states: States::new(periods),
            low_states: States::new(periods),
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

    /// What is to be watched from now on. Of several policies each is evaluated every time.
    #[inline]
    pub(crate) fn watch(&self) -> Watch {
        let (high, low, target, low_threshold) = match self.policies.as_slice() {
            [policy] => (
                policy.high.streak,
                policy.low.streak,
                policy.configuration.target,
                policy.low_threshold,
            ),
            [] => (Streak::ANY, Streak::ANY, 0.0, 0.0),
            _ => (Streak::default(), Streak::default(), 0.0, 0.0),
        };
        Watch {
            high,
            low,
            target,
            low_threshold,
            content_from: self.content_from,
        }
    }

    /// Takes over what has been watched: so many datapoints, the last at `now_s`.
    #[inline]
    pub(crate) fn watched(&mut self, watch: &Watch, datapoints: usize, now_s: f64) {
        if datapoints == 0 {
            return;
        }
        if let [policy] = self.policies.as_mut_slice() {
            (policy.high.streak, policy.low.streak) = (watch.high, watch.low);
        }
        if let Some(standing) = &mut self.standing {
            standing.times += datapoints as u32;
            standing.last_s = now_s;
        }
    }

    /// A datapoint becomes visible (or none has yet), alarms are evaluated, policies act. `true` if capacity was changed.
    #[inline(always)]
    pub(crate) fn evaluate(
        &mut self,
        now_s: f64,
        datapoint: Option<f64>,
        fleet: &mut Fleet,
    ) -> bool {
        let Evaluated { in_alarm, turned } = match self.policies.as_mut_slice() {
            [policy] => policy.evaluate(now_s, datapoint),
            policies => evaluate_all(policies, now_s, datapoint),
        };
        if !turned
            && let Some(metric) = datapoint
            && metric >= self.content_from
        {
            if let Some(standing) = &mut self.standing {
                standing.times += 1;
                standing.last_s = now_s;
            }
            return false;
        }
        self.ask(now_s, datapoint.filter(|_| in_alarm), fleet)
    }

    fn note_states(&mut self, now_s: f64) {
        if let Some(policy) = self.policies.first() {
            self.high_states.note(now_s, policy.high.state);
            self.low_states.note(now_s, policy.low.state);
        }
    }

    /// The standing answer, if there is one, is to be asked for anew.
    fn stand_no_longer(&mut self) {
        self.content_from = f64::INFINITY;
        if let Some(standing) = self.standing.take()
            && standing.times > 0
        {
            self.log
                .repeat(standing.entry, standing.last_s, standing.times);
        }
    }

    /// What a scheduled action is owed, then the policies, where one is in ALARM over `metric`. `true` if capacity was
    /// changed.
    #[inline(never)]
    fn ask(&mut self, now_s: f64, metric: Option<f64>, fleet: &mut Fleet) -> bool {
        let before = fleet.desired();
        self.note_states(now_s);
        self.stand_no_longer();
        self.pay(now_s, fleet);
        if let Some(metric) = metric {
            self.act(now_s, metric, fleet);
        }
        self.content_from = match &self.standing {
            Some(standing) => standing.from_metric,
            None if metric.is_none() && self.owed.is_none() => f64::NEG_INFINITY,
            None => f64::INFINITY,
        };
        fleet.desired() != before
    }

    /// Asks every policy in ALARM, lets the arbiter choose, and does what it says or logs why not.
    fn act(&mut self, now_s: f64, metric: f64, fleet: &mut Fleet) {
        let desired = fleet.desired();
        let base = self
            .in_progress
            .and_then(|in_progress| in_progress.scheduled_from)
            .map_or(desired, |from| from.min(desired));
        let base = self.cooldowns.base(now_s, base);
        let asked = arbiter::Asked {
            metric,
            base,
            desired,
            bounds: self.bounds,
            max_scale_in_step: self.assumptions.max_scale_in_step,
        };
        let Some(Answer { decision, to }) = arbiter::choose(&self.policies, &asked) else {
            return;
        };
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
                Err(target_tracking::why_not(&decision, desired, waits))
            }
        });
        let cause = Cause::TargetTracking(decision);
        match to {
            Err(reason) => {
                let entry = self.log.unchanged(now_s, desired, cause, reason);
                self.standing = target_tracking::stands_from(&decision, desired, reason)
                    .filter(|_| self.owed.is_none())
                    .map(|from_metric| Standing {
                        entry,
                        from_metric,
                        times: 0,
                        last_s: now_s,
                    });
            }
            Ok(to) => {
                self.begin(now_s, to, cause, fleet);
                if let Some(policy) = self.policies.get(decision.policy) {
                    self.cooldowns
                        .began(now_s, decision.direction, desired, &policy.configuration);
                }
            }
        }
    }

    /// The log, once the run is over, and the states of the first policy's high and low alarm.
    pub(crate) fn finish(mut self) -> (Vec<Activity>, Vec<AlarmState>, Vec<AlarmState>) {
        self.stand_no_longer();
        (
            self.log.into_activities(),
            self.high_states.finish(),
            self.low_states.finish(),
        )
    }
}

#[inline(never)]
fn evaluate_all(policies: &mut [Policy], now_s: f64, datapoint: Option<f64>) -> Evaluated {
    let mut all = Evaluated::default();
    for policy in policies {
        let one = policy.evaluate(now_s, datapoint);
        all.in_alarm |= one.in_alarm;
        all.turned |= one.turned;
    }
    all
}
