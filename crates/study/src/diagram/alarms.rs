//! The alarms at a moment: their states as the run has them, and how many visible datapoints breach.

use engine::{
    Plan, Run,
    plan::{Comparison, MetricAlarm, Statistic},
    run::{AlarmRole, AlarmState, Direction, PERIOD_S},
};

use super::{ended, first_unseen};

/// The most datapoints that an alarm retrieves.
const MOST_DATAPOINTS: u32 = 128;

/// An alarm at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlarmNow {
    /// Index of its policy in the scenario.
    pub policy: usize,
    /// Which of the policy's alarms it is.
    pub role: AlarmRole,
    /// Which way it asks to scale.
    pub direction: Direction,
    /// Its state after the last whole minute.
    pub state: AlarmState,
    /// What its newest datapoints come to. Nothing where the run does not keep its metric: that of another policy than the first,
    /// or one of ten seconds.
    pub counted: Option<Counted>,
    /// So many must breach.
    pub datapoints_to_alarm: u32,
    /// Of so many.
    pub evaluation_periods: u32,
    /// Its threshold, in the metric's unit.
    pub threshold: f64,
    /// How the metric is compared with it.
    pub comparison: Comparison,
}

/// Datapoints that an alarm looks at: its newest EvaluationPeriods, as far as there are any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// So many breach.
    pub breaching: u32,
    /// So many are there; the others are missing, or not seen yet.
    pub datapoints: u32,
}

/// Returns the alarms of a plan in the order of a run's series, each with its policy's index and its role.
pub(super) fn configured(plan: &Plan) -> impl Iterator<Item = (usize, AlarmRole, MetricAlarm)> {
    let tracked = plan.target_tracking.iter().flat_map(|policy| {
        let [high, low] = policy.alarms(&plan.assumptions);
        [
            (policy.index, AlarmRole::High, high),
            (policy.index, AlarmRole::Low, low),
        ]
    });
    let own = (plan.step_scaling.iter()).map(|it| (it.index, AlarmRole::Own, it.alarm));
    tracked.chain(own)
}

/// Returns all alarms at a moment.
pub(super) fn at(plan: &Plan, run: &Run, at_s: f64) -> Vec<AlarmNow> {
    let columns = run.series.alarms.iter();
    let both = configured(plan).zip(columns);
    both.map(|((policy, role, alarm), column)| {
        let minute = ended(at_s).checked_sub(1);
        let state = minute.and_then(|minute| column.states.get(minute));
        let adds = || (plan.step_scaling.iter()).any(|it| it.index == policy && it.adds());
        AlarmNow {
            policy,
            role,
            direction: match role {
                AlarmRole::High => Direction::Out,
                AlarmRole::Low => Direction::In,
                AlarmRole::Own if adds() => Direction::Out,
                AlarmRole::Own => Direction::In,
            },
            state: state.copied().unwrap_or_default(),
            counted: counted(plan, run, &alarm, first_unseen(plan, at_s)),
            datapoints_to_alarm: alarm.datapoints_to_alarm,
            evaluation_periods: alarm.evaluation_periods,
            threshold: alarm.threshold,
            comparison: alarm.comparison,
        }
    })
    .collect()
}

/// Counts the newest datapoints of minutes before `unseen`. Nothing where the run does not keep the metric.
fn counted(plan: &Plan, run: &Run, alarm: &MetricAlarm, unseen: usize) -> Option<Counted> {
    if alarm.metric != plan.first_metric() || alarm.metric.is_high_resolution() {
        return None;
    }
    let needed = alarm.evaluation_periods;
    let range = (needed + plan.assumptions.extra_evaluation_range).min(MOST_DATAPOINTS);
    let minutes = (alarm.period_s / PERIOD_S).max(1) as usize;
    let column = run.series.metric();
    let ends = (0..range as usize).map_while(|back| unseen.checked_sub(back * minutes));
    let values = ends.filter_map(|end| {
        let period = column.get(end.checked_sub(minutes)?..end)?;
        value(alarm.statistic, period)
    });
    let mut counted = Counted {
        breaching: 0,
        datapoints: 0,
    };
    for value in values.take(needed as usize) {
        counted.datapoints += 1;
        counted.breaching += u32::from(is_breached(alarm, value));
    }
    Some(counted)
}

/// Returns the statistic of a period's minutes; nothing where all are missing.
fn value(statistic: Statistic, minutes: &[f32]) -> Option<f64> {
    let there = || {
        let minutes = minutes.iter().copied().map(f64::from);
        minutes.filter(|value| !value.is_nan())
    };
    let count = there().count();
    (count > 0).then(|| match statistic {
        Statistic::Sum => there().sum(),
        Statistic::Average => there().sum::<f64>() / count as f64,
        Statistic::Minimum => there().fold(f64::INFINITY, f64::min),
        Statistic::Maximum => there().fold(f64::NEG_INFINITY, f64::max),
    })
}

/// Returns whether a value breaches. Series are of single precision, and so is the comparison.
fn is_breached(alarm: &MetricAlarm, value: f64) -> bool {
    let (value, threshold) = (value as f32, alarm.threshold as f32);
    match alarm.comparison {
        Comparison::GreaterThanThreshold => value > threshold,
        Comparison::GreaterThanOrEqualToThreshold => value >= threshold,
        Comparison::LessThanThreshold => value < threshold,
        Comparison::LessThanOrEqualToThreshold => value <= threshold,
    }
}

/// Returns the first moment after the last whole minute before `after_s`, up to `until_s`, at which an alarm's state changes, or at
/// which the first datapoint of a row that breaches is seen.
pub(super) fn next_change(plan: &Plan, run: &Run, after_s: f64, until_s: f64) -> f64 {
    let mut first_s = until_s;
    for ((_, _, alarm), column) in configured(plan).zip(&run.series.alarms) {
        let starts = |minute: usize| {
            let at = |minute: usize| {
                let unseen = first_unseen(plan, super::begins_s(minute));
                counted(plan, run, &alarm, unseen).is_some_and(|it| it.breaching > 0)
            };
            at(minute + 1) && !at(minute)
        };
        let until = ended(first_s);
        let state = |minute: usize| column.states.get(minute).copied().unwrap_or_default();
        let before = |minute: usize| {
            minute
                .checked_sub(1)
                .map_or_else(AlarmState::default, state)
        };
        let next = (ended(after_s)..until)
            .find(|&minute| state(minute) != before(minute) || starts(minute));
        if let Some(minute) = next {
            first_s = super::begins_s(minute + 1);
        }
    }
    first_s
}
