//! Alarms from the rules alone: all datapoints are looked at anew at each evaluation.

use super::metrics::{Visible, is_fine};
use engine::{
    plan::{Comparison, MetricAlarm, Plan, Statistic, TreatMissingData},
    run::AlarmState,
};

/// No alarm looks at more datapoints.
const MOST: usize = 140;

/// The datapoints of an alarm, the newest first, as far as whole periods are there; none where all of a period is missing.
fn datapoints(alarm: &MetricAlarm, visible: Visible) -> Vec<Option<f64>> {
    let value_s = if is_fine(&alarm.metric) { 10 } else { 60 };
    let in_period = (alarm.period_s / value_s) as usize;
    let values = visible.values(&alarm.metric, MOST * in_period);
    let periods = values.rchunks_exact(in_period);
    let datapoint = |period: &[Option<f64>]| {
        let there: Vec<f64> = period.iter().copied().flatten().collect();
        let sum: f64 = there.iter().sum();
        (!there.is_empty()).then(|| match alarm.statistic {
            Statistic::Sum => sum,
            Statistic::Average => sum / there.len() as f64,
            Statistic::Minimum => there.iter().copied().fold(f64::MAX, f64::min),
            Statistic::Maximum => there.iter().copied().fold(f64::MIN, f64::max),
        })
    };
    periods.map(datapoint).collect()
}

/// A value, or what it is but for rounding: here sums are of some thousand parts.
pub fn nearly(value: f64, of: f64) -> f64 {
    if (value - of).abs() <= 1e-9 * of.abs() {
        of
    } else {
        value
    }
}

fn breaches(alarm: &MetricAlarm, value: f64) -> bool {
    let value = nearly(value, alarm.threshold);
    match alarm.comparison {
        Comparison::GreaterThanThreshold => value > alarm.threshold,
        Comparison::GreaterThanOrEqualToThreshold => value >= alarm.threshold,
        Comparison::LessThanThreshold => value < alarm.threshold,
        Comparison::LessThanOrEqualToThreshold => value <= alarm.threshold,
    }
}

/// CloudWatch's rule for M of N with missing datapoints; those before the first are missing, too.
fn judge(alarm: &MetricAlarm, visible: Visible, extra: u32, before: AlarmState) -> AlarmState {
    let (n, m) = (
        alarm.evaluation_periods as usize,
        alarm.datapoints_to_alarm as usize,
    );
    let mut range = datapoints(alarm, visible);
    range.truncate(n + extra as usize);
    let slots = range.iter().enumerate();
    // How old each datapoint is that is there, the newest 1, and whether it breaches.
    let real: Vec<(usize, bool)> = slots
        .filter_map(|(age, value)| Some((age + 1, breaches(alarm, (*value)?))))
        .collect();
    let count = |points: &[(usize, bool)]| points.iter().filter(|(_, is)| *is).count();
    let state = |alarms: bool| {
        if alarms {
            AlarmState::Alarm
        } else {
            AlarmState::Ok
        }
    };
    if real.len() >= n {
        return state(count(&real[..n]) >= m);
    }
    let missing = n - real.len();
    match alarm.treat_missing_data {
        TreatMissingData::Breaching => state(count(&real) + missing >= m || real.is_empty()),
        TreatMissingData::NotBreaching => state(count(&real) >= m),
        TreatMissingData::Missing if real.is_empty() => AlarmState::InsufficientData,
        TreatMissingData::Ignore if real.is_empty() => before,
        _ if count(&real) < real.len() => state(count(&real) >= m),
        // All breach, and the oldest is old enough.
        TreatMissingData::Missing if real[real.len() - 1].0 >= m => AlarmState::Alarm,
        _ => before,
    }
}

pub struct Watched {
    pub alarm: MetricAlarm,
    pub state: AlarmState,
    /// When it last went into ALARM.
    since_s: u32,
    /// Datapoints that it looks at beyond those that it needs.
    extra: u32,
}

/// What an alarm is, and what it has seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    pub state: AlarmState,
    pub since_s: u32,
    /// Of the newest N datapoints that many breach.
    pub breaching: u32,
    pub value: Option<f64>,
}

impl Watched {
    fn new(alarm: MetricAlarm, extra: u32) -> Self {
        Self {
            alarm,
            state: AlarmState::InsufficientData,
            since_s: 0,
            extra,
        }
    }

    /// Whether it is evaluated every ten seconds.
    pub fn is_fine(&self) -> bool {
        is_fine(&self.alarm.metric) && self.alarm.period_s < 60
    }

    pub fn evaluate(&mut self, now_s: u32, visible: Visible) {
        let state = judge(&self.alarm, visible, self.extra, self.state);
        if state == AlarmState::Alarm && self.state != state {
            self.since_s = now_s;
        }
        self.state = state;
    }

    /// When the period of the newest datapoint begins.
    pub fn begins_s(&self, visible: Visible) -> i64 {
        let end_s = match is_fine(&self.alarm.metric) {
            true => 10 * visible.ticks.len(),
            false => 60 * visible.minutes.len(),
        };
        end_s as i64 - i64::from(self.alarm.period_s)
    }

    /// The newest datapoint.
    pub fn value(&self, visible: Visible) -> Option<f64> {
        datapoints(&self.alarm, visible).first().copied().flatten()
    }

    /// In ALARM, with a datapoint to act upon.
    pub fn asks(&self, visible: Visible) -> bool {
        self.state == AlarmState::Alarm && self.value(visible).is_some()
    }

    pub fn seen(&self, visible: Visible) -> Seen {
        let values = datapoints(&self.alarm, visible);
        let needed = self.alarm.evaluation_periods as usize;
        let range = values.iter().take(needed + self.extra as usize);
        let newest = range.flatten().take(needed);
        let breaching = newest.filter(|value| breaches(&self.alarm, **value));
        Seen {
            state: self.state,
            since_s: self.since_s,
            breaching: breaching.count() as u32,
            value: self.value(visible),
        }
    }
}

/// High and low of each target-tracking policy, then those of the step policies.
pub fn of(plan: &Plan) -> Vec<Watched> {
    let assumptions = &plan.assumptions;
    let tracking = plan.target_tracking.iter().flat_map(|policy| {
        // Ten seconds each where the metric comes so often: as many to go up, as long to go down.
        let (period_s, per_minute) = if is_fine(&policy.metric) {
            (10, 6)
        } else {
            (60, 1)
        };
        let alarm = |comparison, threshold, n| MetricAlarm {
            metric: policy.metric,
            statistic: Statistic::Sum,
            period_s,
            evaluation_periods: n,
            datapoints_to_alarm: n,
            threshold,
            comparison,
            treat_missing_data: assumptions.treat_missing_data,
        };
        let (high, low) = (
            assumptions.alarm_high_datapoints,
            assumptions.alarm_low_datapoints * per_minute,
        );
        let low_at = assumptions.alarm_low_factor * policy.target;
        [
            alarm(Comparison::GreaterThanThreshold, policy.target, high),
            alarm(Comparison::LessThanThreshold, low_at, low),
        ]
    });
    let own = plan.step_scaling.iter().map(|policy| policy.alarm);
    let alarms = tracking.chain(own);
    alarms
        .map(|alarm| Watched::new(alarm, assumptions.extra_evaluation_range))
        .collect()
}
