//! The policies of a scalable target: their alarms are evaluated together. What a policy asks for is computed in
//! `target_tracking` and `step`.

use super::{step, target_tracking};
use crate::{
    cloudwatch::{
        alarm::{Alarm, Evaluated},
        breach::Datapoint,
    },
    plan::Plan,
    run::{AlarmColumn, AlarmRole},
};

/// The policies of a scalable target.
#[derive(Clone, Debug)]
pub(crate) struct Policies {
    pub target_tracking: Vec<target_tracking::Policy>,
    pub steps: Vec<step::Policy>,
}

impl Policies {
    pub(super) fn new(plan: &Plan, periods: usize) -> Self {
        let assumptions = &plan.assumptions;
        Self {
            target_tracking: (plan.target_tracking.iter())
                .map(|policy| target_tracking::Policy::new(*policy, assumptions, periods))
                .collect(),
            steps: (plan.step_scaling.iter())
                .map(|policy| step::Policy::new(policy, assumptions, periods))
                .collect(),
        }
    }

    /// Returns the target-tracking policy, if it is the only policy, as it mostly is.
    #[inline]
    pub(crate) fn only(&self) -> Option<&target_tracking::Policy> {
        match self.target_tracking.as_slice() {
            [policy] if self.steps.is_empty() => Some(policy),
            _ => None,
        }
    }

    #[inline]
    pub(crate) fn only_mut(&mut self) -> Option<&mut target_tracking::Policy> {
        match self.target_tracking.as_mut_slice() {
            [policy] if self.steps.is_empty() => Some(policy),
            _ => None,
        }
    }

    /// Evaluates every alarm.
    #[inline(always)]
    pub(super) fn evaluate(&mut self, now_s: f64, datapoint: Option<&Datapoint>) -> Evaluated {
        match self.only_mut() {
            Some(policy) => policy.evaluate(now_s, datapoint),
            None => self.evaluate_all(now_s, datapoint),
        }
    }

    /// Evaluates every alarm that is due. Returns whether one asks for a change.
    // rule: alarm.high-resolution
    pub(super) fn evaluate_tick(
        &mut self,
        now_s: f64,
        newest: Option<f64>,
        minute: Option<&Datapoint>,
        is_minute: bool,
    ) -> bool {
        let mut asks_for_change = false;
        for alarm in self.alarms_mut() {
            if alarm.configuration().metric.is_high_resolution() {
                let evaluates = is_minute || alarm.is_high_resolution();
                alarm.push_tick(now_s, newest, evaluates);
            } else if is_minute {
                let stays = minute.is_some_and(|datapoint| alarm.follow(datapoint));
                if !stays {
                    alarm.evaluate(now_s, minute);
                }
            }
            asks_for_change |= alarm.asks_for_change();
        }
        asks_for_change
    }

    fn evaluate_all(&mut self, now_s: f64, datapoint: Option<&Datapoint>) -> Evaluated {
        let mut all = Evaluated::default();
        for policy in &mut self.target_tracking {
            all = all.and(policy.evaluate(now_s, datapoint));
        }
        for policy in &mut self.steps {
            all = all.and(policy.evaluate(now_s, datapoint));
        }
        all
    }

    /// Returns the alarms of all policies: of each target-tracking policy the high and the low one, then the others.
    pub(crate) fn alarms(&self) -> impl Iterator<Item = &Alarm> {
        let tracking = self.target_tracking.iter();
        tracking
            .flat_map(|policy| [&policy.high, &policy.low])
            .chain(self.steps.iter().map(|policy| &policy.alarm))
    }

    pub(crate) fn alarms_mut(&mut self) -> impl Iterator<Item = &mut Alarm> {
        let tracking = self.target_tracking.iter_mut();
        tracking
            .flat_map(|policy| [&mut policy.high, &mut policy.low])
            .chain(self.steps.iter_mut().map(|policy| &mut policy.alarm))
    }

    /// Returns the states of the alarms, once the run is over.
    pub(super) fn finish(self) -> Vec<AlarmColumn> {
        let column = |policy, role, alarm: Alarm| AlarmColumn {
            policy,
            role,
            states: alarm.into_states(),
        };
        let mut columns = Vec::new();
        for policy in self.target_tracking {
            let index = policy.configuration.index;
            columns.push(column(index, AlarmRole::High, policy.high));
            columns.push(column(index, AlarmRole::Low, policy.low));
        }
        for policy in self.steps {
            columns.push(own(policy));
        }
        columns
    }
}

fn own(policy: step::Policy) -> AlarmColumn {
    AlarmColumn {
        policy: policy.configuration.index,
        role: AlarmRole::Own,
        states: policy.alarm.into_states(),
    }
}
