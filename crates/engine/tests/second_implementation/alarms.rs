//! Alarms from the rules alone: every datapoint in a list, all of them looked at anew each minute.

use engine::{
    plan::{Comparison, Metric, MetricAlarm, Plan, Statistic, TreatMissingData},
    run::AlarmState,
};

/// Requests of a minute per instance: those that came, those served.
#[derive(Clone, Copy)]
pub struct Point {
    pub arrived: f64,
    pub served: f64,
}

impl Point {
    pub fn of(&self, metric: &Metric) -> f64 {
        match metric {
            Metric::InvocationsPerInstance => self.arrived,
            Metric::ConcurrentRequests { .. } => unreachable!("this engine goes by the minute"),
            Metric::Backlog(_) | Metric::NoCapacityInvocationFailures | Metric::Unpublished => {
                unreachable!(
                    "this engine has no queue but the instances', and always some of those"
                )
            }
            Metric::Utilization {
                percent_s_per_request,
                most_percent,
            } => (self.served * percent_s_per_request / 60.0).min(*most_percent),
        }
    }
}

/// The datapoints of an alarm, the newest first, as far as whole periods are there.
pub fn datapoints(alarm: &MetricAlarm, visible: &[Point]) -> Vec<f64> {
    let period = (alarm.period_s / 60) as usize;
    visible
        .rchunks_exact(period)
        .map(|minutes| {
            let values = minutes.iter().map(|point| point.of(&alarm.metric));
            let sum: f64 = values.clone().sum();
            match alarm.statistic {
                Statistic::Sum => sum,
                Statistic::Average => sum / period as f64,
                Statistic::Minimum => values.fold(f64::MAX, f64::min),
                Statistic::Maximum => values.fold(f64::MIN, f64::max),
            }
        })
        .collect()
}

fn breaches(alarm: &MetricAlarm, value: f64) -> bool {
    match alarm.comparison {
        Comparison::GreaterThanThreshold => value > alarm.threshold,
        Comparison::GreaterThanOrEqualToThreshold => value >= alarm.threshold,
        Comparison::LessThanThreshold => value < alarm.threshold,
        Comparison::LessThanOrEqualToThreshold => value <= alarm.threshold,
    }
}

/// CloudWatch's rule for M of N with missing datapoints; here those before the first are missing.
fn judge(alarm: &MetricAlarm, visible: &[Point], extra: u32, before: AlarmState) -> AlarmState {
    let (n, m) = (
        alarm.evaluation_periods as usize,
        alarm.datapoints_to_alarm as usize,
    );
    let values = datapoints(alarm, visible).into_iter();
    let mut real: Vec<bool> = values.map(|value| breaches(alarm, value)).collect();
    real.truncate(n + extra as usize);
    let count = |points: &[bool]| points.iter().filter(|breaches| **breaches).count();
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
        // All breach; the oldest of them is as old as they are many.
        TreatMissingData::Missing if real.len() >= m => AlarmState::Alarm,
        _ => before,
    }
}

pub struct Watched {
    alarm: MetricAlarm,
    pub state: AlarmState,
    /// When it last went into ALARM.
    since_s: u32,
}

/// What an alarm is, and what it has seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    pub state: AlarmState,
    pub since_s: f64,
    /// Of the newest N datapoints so many breach.
    pub breaching: u32,
    pub value: Option<f64>,
}

impl Watched {
    pub fn evaluate(&mut self, now_s: u32, visible: &[Point], extra: u32) {
        let state = judge(&self.alarm, visible, extra, self.state);
        if state == AlarmState::Alarm && self.state != state {
            self.since_s = now_s;
        }
        self.state = state;
    }

    pub fn seen(&self, visible: &[Point]) -> Seen {
        let values = datapoints(&self.alarm, visible);
        let newest = values.iter().take(self.alarm.evaluation_periods as usize);
        let breaching = newest.filter(|value| breaches(&self.alarm, **value));
        Seen {
            state: self.state,
            since_s: f64::from(self.since_s),
            breaching: breaching.count() as u32,
            value: values.first().copied(),
        }
    }
}

/// High and low of each target-tracking policy, then those of the step policies.
pub fn of(plan: &Plan) -> Vec<Watched> {
    let assumptions = &plan.assumptions;
    let tracking = plan.target_tracking.iter().flat_map(|policy| {
        let alarm = |comparison, threshold, n| MetricAlarm {
            metric: policy.metric,
            statistic: Statistic::Sum,
            period_s: 60,
            evaluation_periods: n,
            datapoints_to_alarm: n,
            threshold,
            comparison,
            treat_missing_data: assumptions.treat_missing_data,
        };
        let low = assumptions.alarm_low_factor * policy.target;
        [
            alarm(
                Comparison::GreaterThanThreshold,
                policy.target,
                assumptions.alarm_high_datapoints,
            ),
            alarm(
                Comparison::LessThanThreshold,
                low,
                assumptions.alarm_low_datapoints,
            ),
        ]
    });
    let own = plan.step_scaling.iter().map(|policy| policy.alarm);
    let alarms = tracking.chain(own);
    alarms
        .map(|alarm| Watched {
            alarm,
            state: AlarmState::InsufficientData,
            since_s: 0,
        })
        .collect()
}
