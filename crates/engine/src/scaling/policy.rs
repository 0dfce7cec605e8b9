//! What all policies have in common: alarms that are evaluated together, and a watch over them while they say nothing.

use super::{step, target_tracking};
use crate::{
    cloudwatch::{
        alarm::{Alarm, Streak},
        breach::{Breach, Datapoint},
    },
    plan::Plan,
    run::{AlarmColumn, AlarmRole, period_of},
};

/// What came of an evaluation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evaluated {
    /// An alarm is in ALARM.
    pub in_alarm: bool,
    /// The state of an alarm may have changed.
    pub turned: bool,
}

impl Evaluated {
    fn and(self, other: Self) -> Self {
        Self {
            in_alarm: self.in_alarm | other.in_alarm,
            turned: self.turned | other.turned,
        }
    }
}

/// The policies of a scalable target.
#[derive(Clone, Debug)]
pub(super) struct Policies {
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

    /// Evaluates every alarm.
    #[inline(always)]
    pub(super) fn evaluate(&mut self, now_s: f64, datapoint: Option<&Datapoint>) -> Evaluated {
        match (self.target_tracking.as_mut_slice(), self.steps.as_slice()) {
            ([policy], []) => policy.evaluate(now_s, datapoint),
            _ => self.evaluate_all(now_s, datapoint),
        }
    }

    #[inline(never)]
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

    /// Alarms of all policies: of each target-tracking policy the high and the low one, then the others.
    pub(super) fn alarms(&self) -> impl Iterator<Item = &Alarm> {
        let tracking = self.target_tracking.iter();
        tracking
            .flat_map(|policy| [&policy.high, &policy.low])
            .chain(self.steps.iter().map(|policy| &policy.alarm))
    }

    fn alarms_mut(&mut self) -> impl Iterator<Item = &mut Alarm> {
        let tracking = self.target_tracking.iter_mut();
        tracking
            .flat_map(|policy| [&mut policy.high, &mut policy.low])
            .chain(self.steps.iter_mut().map(|policy| &mut policy.alarm))
    }

    /// What the alarms did, once the run is over.
    #[inline(never)]
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

#[inline(never)]
fn own(policy: step::Policy) -> AlarmColumn {
    AlarmColumn {
        policy: policy.configuration.index,
        role: AlarmRole::Own,
        states: policy.alarm.into_states(),
    }
}

/// Datapoints for which nobody needs to be asked while no alarm turns: a range of requests per instance, and until when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content {
    of_served: bool,
    from: f64,
    below: f64,
    until_s: f64,
}

impl Content {
    /// All that there are.
    pub(super) const ALWAYS: Self = Self {
        of_served: false,
        from: f64::NEG_INFINITY,
        below: f64::INFINITY,
        until_s: f64::INFINITY,
    };
    /// None.
    pub(super) const NEVER: Self = Self {
        of_served: false,
        from: f64::INFINITY,
        below: f64::NEG_INFINITY,
        until_s: f64::INFINITY,
    };

    /// Those in which an alarm's metric is at least `from`, but not `below`, evaluated before `until_s`.
    pub(super) fn new(alarm: &Alarm, from: f64, below: f64, until_s: f64) -> Self {
        let metric = alarm.looks_at().metric;
        Self {
            of_served: alarm.breach.of_served,
            from: metric.requests_at(from),
            below: metric.requests_at(below),
            until_s,
        }
    }

    #[inline]
    pub(super) fn is(&self, now_s: f64, datapoint: &Datapoint) -> bool {
        let requests = datapoint.of(self.of_served);
        (requests >= self.from) & (requests < self.below) & (now_s < self.until_s)
    }
}

/// What an evaluation looks at as long as it leads to nothing: a copy, so that it can stay in registers over many minutes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch<const N: usize> {
    streaks: [Streak; N],
    breaches: [Breach; N],
    content: Content,
    /// How many datapoints can be watched.
    pub most: usize,
}

impl<const N: usize> Watch<N> {
    /// Of up to `N` alarms, from `now_s` on. Where there are more, every datapoint is to be evaluated.
    #[inline]
    pub(super) fn new(policies: &Policies, content: Content, now_s: f64) -> Self {
        let mut watch = Self {
            streaks: [Streak::ANY; N],
            breaches: [Breach::NEVER; N],
            content,
            most: period_of(content.until_s - now_s),
        };
        let mut alarms = policies.alarms();
        for ((streak, breach), alarm) in
            (watch.streaks.iter_mut().zip(&mut watch.breaches)).zip(&mut alarms)
        {
            (*streak, *breach) = (alarm.streak, alarm.breach);
        }
        if alarms.next().is_some() || watch.most == 0 {
            (watch.content, watch.most) = (Content::NEVER, usize::MAX);
        }
        watch
    }

    /// Takes the datapoint that becomes visible, if with it no alarm turns and nobody needs to be asked: so many requests
    /// that came and were served. `false` if it is to be evaluated; it is not taken then.
    #[inline]
    pub(crate) fn stays(&mut self, requests: f64) -> bool {
        let mut streaks = self.streaks;
        let mut stays = (requests >= self.content.from) & (requests < self.content.below);
        for (streak, breach) in streaks.iter_mut().zip(&self.breaches) {
            *streak = streak.with(breach.is_at(requests));
            stays &= streak.stays();
        }
        if stays {
            self.streaks = streaks;
        }
        stays
    }

    /// Gives the streaks back.
    #[inline]
    pub(super) fn return_to(&self, policies: &mut Policies) {
        for (streak, alarm) in self.streaks.iter().zip(policies.alarms_mut()) {
            alarm.streak = *streak;
        }
    }
}
