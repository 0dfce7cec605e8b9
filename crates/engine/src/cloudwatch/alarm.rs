//! An alarm: a metric, a threshold, and the state that follows from comparing them.
//!
//! Most minutes leave the state as it is, and the length of the current streak of breaching datapoints is enough to know that.
//! The general rule is in `judge`.

use super::{
    breach::{Datapoint, RequestThreshold, breaches},
    judge::{History, Rule, judge, of_breaches},
    states::StateColumn,
    window::Window,
};
use crate::{
    plan::MetricAlarm,
    run::{AlarmState, PERIOD_S, TICK_S},
};

/// How many of the newest datapoints breach in a row, and for which lengths the alarm stays in its state.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Streak {
    length: u32,
    /// The state stays as it is while the length is one of `stays_for` numbers from `stays_from` on.
    stays_from: u32,
    stays_for: u32,
}

impl Streak {
    /// Returns the streak with one more datapoint.
    #[inline]
    fn with(self, breaches: bool) -> Self {
        Self {
            length: if breaches { self.length + 1 } else { 0 },
            ..self
        }
    }

    /// Returns whether an evaluation would leave the state as it is.
    #[inline]
    fn stays(self) -> bool {
        self.length.wrapping_sub(self.stays_from) < self.stays_for
    }

    /// Returns whether any datapoint could leave the state as it is.
    #[inline]
    pub(crate) fn may_stay(self) -> bool {
        self.stays_for > 0
    }

    /// Returns how far the streak is from changing the state.
    #[inline]
    pub(crate) fn remaining(self) -> RemainingBreaches {
        RemainingBreaches {
            until_change: self.end().saturating_sub(self.length),
            // In ALARM the first datapoint that does not breach changes the state.
            after_reset: if self.stays_from == 0 {
                self.stays_for
            } else {
                0
            },
        }
    }

    /// Sets the streak to what a watch has counted down to.
    #[inline]
    pub(crate) fn set_remaining(&mut self, remaining: RemainingBreaches) {
        if self.may_stay() {
            self.length = self.end().saturating_sub(remaining.until_change);
        }
    }

    /// Returns the length at which the state changes.
    #[inline]
    fn end(self) -> u32 {
        self.stays_from.saturating_add(self.stays_for)
    }
}

/// How many more breaching datapoints in a row an alarm takes until its state may change. At zero it has to be evaluated. It is
/// this small so that a watch over several alarms stays in registers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RemainingBreaches {
    until_change: u32,
    after_reset: u32,
}

impl RemainingBreaches {
    /// There is no alarm, so none changes.
    pub(crate) const UNLIMITED: Self = Self {
        until_change: u32::MAX,
        after_reset: u32::MAX,
    };

    /// Returns what remains after one more datapoint.
    #[inline]
    pub(crate) fn with(self, breaches: bool) -> Self {
        Self {
            until_change: if breaches {
                self.until_change.wrapping_sub(1)
            } else {
                self.after_reset
            },
            ..self
        }
    }

    /// Returns whether the alarm stays in its state.
    #[inline]
    pub(crate) fn stays(self) -> bool {
        self.until_change > 0
    }
}

/// The result of evaluating some alarms.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evaluated {
    /// Whether an alarm asks for a change.
    pub asks_for_change: bool,
    /// Whether the state of an alarm may have changed.
    pub may_have_changed: bool,
}

impl Evaluated {
    /// Returns the result over the alarms of both.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            asks_for_change: self.asks_for_change | other.asks_for_change,
            may_have_changed: self.may_have_changed | other.may_have_changed,
        }
    }
}

/// An alarm on one metric, whose datapoints may be late or missing.
#[derive(Clone, Debug)]
pub(crate) struct Alarm {
    configuration: MetricAlarm,
    rule: Rule,
    pub request_threshold: RequestThreshold,
    /// The same for a datapoint of arrivals alone (`Datapoint::of_arrivals`).
    pub arrivals_threshold: RequestThreshold,
    /// Datapoints since the last one that was missing.
    seen: u32,
    pub streak: Streak,
    /// The streak alone decides: N of N datapoints are asked for, and none of the last N is missing. Until then `history`
    /// decides.
    streak_suffices: bool,
    /// The datapoints judged last.
    history: History,
    /// Where the alarm's period is not a minute, or its metric is published more often.
    window: Option<Window>,
    /// Its newest datapoint.
    value: f64,
    pub state: AlarmState,
    /// The alarm is in ALARM, and has a datapoint to act on.
    asks_for_change: bool,
    states: StateColumn,
    /// When it last went into ALARM, seconds from the start.
    pub since_s: f64,
}

impl Alarm {
    /// Returns an alarm without any datapoint yet: INSUFFICIENT_DATA. `extra_range`: datapoints that it retrieves beyond those it
    /// needs.
    pub(crate) fn new(configuration: &MetricAlarm, extra_range: u32, periods: usize) -> Self {
        // A history remembers 128 datapoints.
        let evaluation_periods = configuration.evaluation_periods.clamp(1, 126);
        let rule = Rule {
            datapoints_to_alarm: configuration
                .datapoints_to_alarm
                .clamp(1, evaluation_periods),
            evaluation_periods,
            // rule: alarm.evaluation-range
            evaluation_range: evaluation_periods.saturating_add(extra_range).min(128),
            treat_missing_data: configuration.treat_missing_data,
        };
        let request_threshold = RequestThreshold::new(
            &configuration.metric,
            configuration.comparison,
            configuration.threshold,
        );
        let window = (configuration.period_s != PERIOD_S
            || configuration.metric.is_high_resolution())
        .then(|| window(configuration));
        Self {
            configuration: *configuration,
            rule,
            request_threshold,
            arrivals_threshold: request_threshold.over_arrivals(),
            seen: 0,
            streak: Streak::default(),
            streak_suffices: false,
            history: History::default(),
            window,
            value: 0.0,
            state: AlarmState::InsufficientData,
            asks_for_change: false,
            states: StateColumn::new(periods),
            since_s: 0.0,
        }
    }

    /// Returns how many of the newest N datapoints breach; of N of N, how many of them in a row.
    pub(crate) fn breaching(&self) -> u32 {
        if self.streak_suffices {
            self.streak.length.min(self.rule.evaluation_periods)
        } else {
            self.history.breaching_of(&self.rule)
        }
    }

    /// Returns the metric, the threshold and the rule that the alarm was created with.
    pub(crate) fn configuration(&self) -> &MetricAlarm {
        &self.configuration
    }

    /// Returns the metric's newest value, given the last datapoint that became visible.
    pub(crate) fn value(&self, datapoint: &Datapoint) -> f64 {
        if self.window.is_some() {
            return self.value;
        }
        let requests = self.request_threshold.requests(datapoint);
        self.configuration.metric.of_requests(requests)
    }

    /// Takes a datapoint that becomes visible. Returns whether an evaluation would leave the state as it is.
    #[inline]
    pub(crate) fn follow(&mut self, datapoint: &Datapoint) -> bool {
        let requests = self.request_threshold.requests(datapoint);
        if requests.is_nan() {
            return false;
        }
        self.streak = self
            .streak
            .with(self.request_threshold.is_breached_by(requests));
        self.streak.stays()
    }

    /// Notes a missing datapoint: from here on the streak alone does not decide.
    // rule: asynchronous.missing-datapoint
    fn note_missing(&mut self) {
        if self.streak_suffices {
            self.history = History::of_streak(self.streak.length);
            self.streak_suffices = false;
        }
        self.seen = 0;
        self.history.push(None);
    }

    /// Notes a datapoint that is there. Once the newest N are, and N of N are asked for, the streak alone decides.
    fn note_present(&mut self, breaches: bool) {
        let Rule {
            datapoints_to_alarm,
            evaluation_periods,
            ..
        } = self.rule;
        self.seen = self.seen.saturating_add(1);
        self.history.push(Some(breaches));
        self.streak_suffices =
            self.seen >= evaluation_periods && datapoints_to_alarm == evaluation_periods;
    }

    /// Returns whether the alarm asks for a change: it is in ALARM, and has a datapoint to act on. Where missing data alone put
    /// it into ALARM, there is none (assumed).
    pub(crate) fn asks_for_change(&self) -> bool {
        self.asks_for_change
    }

    /// Evaluates the alarm at `now_s`, after `follow` if a datapoint has become visible.
    #[cold]
    pub(crate) fn evaluate(&mut self, now_s: f64, datapoint: Option<&Datapoint>) {
        let m = self.rule.datapoints_to_alarm;
        let (state, has_value) = if self.window.is_some() {
            self.evaluate_window(datapoint)
        } else {
            let requests = datapoint.map(|datapoint| self.request_threshold.requests(datapoint));
            let has_value = requests.is_some_and(|requests| !requests.is_nan());
            if requests.is_some() && !has_value {
                self.note_missing();
            } else if has_value && !self.streak_suffices {
                self.note_present(self.streak.length > 0);
            }
            let state = if self.streak_suffices {
                of_breaches(self.streak.length, m)
            } else {
                judge(self.rule, self.history, self.state)
            };
            (state, has_value)
        };
        self.set_state(now_s, state, has_value);
    }

    // rule: alarm.no-metric-to-act-on
    // rule: asynchronous.newest-datapoint-missing
    fn set_state(&mut self, now_s: f64, state: AlarmState, has_value: bool) {
        if state == AlarmState::Alarm && self.state != AlarmState::Alarm {
            self.since_s = now_s;
        }
        self.state = state;
        self.asks_for_change = state == AlarmState::Alarm && has_value;
        self.states.note(now_s, state);
        (self.streak.stays_from, self.streak.stays_for) = match state {
            _ if !self.streak_suffices => (0, 0),
            AlarmState::InsufficientData => (0, 0),
            AlarmState::Ok => (0, self.rule.datapoints_to_alarm),
            // The alarm leaves ALARM as soon as a datapoint does not breach: every length but zero keeps it there.
            AlarmState::Alarm => (1, u32::MAX),
        };
    }

    /// Returns the state of an alarm whose period is longer than a minute, and whether its metric has a value.
    fn evaluate_window(&mut self, datapoint: Option<&Datapoint>) -> (AlarmState, bool) {
        let metric = self.configuration.metric;
        let minute = datapoint.map(
            |datapoint| match self.request_threshold.requests(datapoint) {
                missing if missing.is_nan() => missing,
                requests => metric.of_requests(requests),
            },
        );
        let value = (self.window.as_mut()).and_then(|window| window.push(minute));
        (self.judge_window(value), value.is_some())
    }

    /// Returns the state after one more datapoint of the window.
    fn judge_window(&mut self, value: Option<f64>) -> AlarmState {
        let MetricAlarm {
            comparison,
            threshold,
            ..
        } = self.configuration;
        let Some(window) = &mut self.window else {
            return self.state;
        };
        self.value = value.unwrap_or(self.value);
        self.history = window.note(value.map(|value| breaches(comparison, value, threshold)));
        judge(self.rule, self.history, self.state)
    }

    /// Returns when the period of its newest datapoint began. Periods that ended until `seen_s` are visible. Metrics are
    /// published every minute, or every ten seconds.
    pub(crate) fn newest_begins_s(&self, seen_s: f64) -> f64 {
        let is_fine = self.configuration.metric.is_high_resolution();
        let every_s = f64::from(if is_fine { TICK_S } else { PERIOD_S });
        (seen_s / every_s).floor() * every_s - f64::from(self.configuration.period_s)
    }

    /// Returns whether the alarm is evaluated every ten seconds rather than every minute.
    pub(crate) fn is_high_resolution(&self) -> bool {
        self.configuration.metric.is_high_resolution() && self.configuration.period_s < PERIOD_S
    }

    /// Takes the newest ten seconds of a high-resolution metric, if they are visible, and evaluates the alarm if that is due.
    pub(crate) fn push_tick(&mut self, now_s: f64, value: Option<f64>, evaluates: bool) {
        let Some(window) = &mut self.window else {
            return;
        };
        let value = window.push(value);
        if evaluates {
            let state = self.judge_window(value);
            self.set_state(now_s, state, value.is_some());
        }
    }

    /// Returns the states after each period, once the run is over.
    pub(crate) fn into_states(self) -> Vec<AlarmState> {
        self.states.finish()
    }
}

/// Returns the window over which an alarm with a period of its own aggregates the metric's values.
fn window(configuration: &MetricAlarm) -> Window {
    let MetricAlarm {
        metric, period_s, ..
    } = configuration;
    let value_s = if metric.is_high_resolution() {
        TICK_S
    } else {
        PERIOD_S
    };
    let evaluation_s = if *period_s < PERIOD_S {
        TICK_S
    } else {
        PERIOD_S
    };
    Window::new(
        configuration.statistic,
        period_s / value_s,
        period_s / evaluation_s,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Comparison, Metric, Statistic, TreatMissingData};
    use proptest::prelude::*;

    fn treatment() -> impl Strategy<Value = TreatMissingData> {
        prop_oneof![
            Just(TreatMissingData::Missing),
            Just(TreatMissingData::Ignore),
            Just(TreatMissingData::Breaching),
            Just(TreatMissingData::NotBreaching),
        ]
    }

    proptest! {
        #[test]
        fn what_is_left_counts_as_a_streak_does(
            length in 0_u32..20,
            stays_from in 0_u32..2,
            stays_for in prop_oneof![0_u32..20, Just(u32::MAX)],
            breaches in prop::collection::vec(any::<bool>(), 0..40),
        ) {
            // What it is called for: one that stays so far, or that cannot stay.
            let length = stays_from + length % stays_for.max(1);
            let mut streak = Streak { length, stays_from, stays_for };
            let (mut given_back, mut left) = (streak, streak.remaining());
            for breach in breaches {
                if !streak.may_stay() {
                    prop_assert!(!streak.with(breach).stays());
                    break;
                }
                let (next, next_left) = (streak.with(breach), left.with(breach));
                prop_assert_eq!(next_left.stays(), next.stays());
                if !next.stays() {
                    break;
                }
                (streak, left) = (next, next_left);
            }
            given_back.set_remaining(left);
            prop_assert_eq!(given_back.length, streak.length);
        }

        #[test]
        fn the_short_way_agrees_with_the_general_one(
            n in 1_u32..20,
            all in any::<bool>(),
            m in 1_u32..20,
            extra in 0_u32..4,
            treat_missing_data in treatment(),
            breaches in prop::collection::vec(prop::option::weighted(0.85, any::<bool>()), 1..60),
        ) {
            let rule = Rule {
                datapoints_to_alarm: if all { n } else { m.min(n) },
                evaluation_periods: n,
                evaluation_range: n + extra,
                treat_missing_data,
            };
            let mut alarm = Alarm::new(
                &MetricAlarm {
                    metric: Metric::InvocationsPerInstance,
                    statistic: Statistic::Sum,
                    period_s: 60,
                    evaluation_periods: n,
                    datapoints_to_alarm: rule.datapoints_to_alarm,
                    threshold: 10.0,
                    comparison: Comparison::GreaterThanThreshold,
                    treat_missing_data,
                },
                extra,
                breaches.len(),
            );
            let (mut history, mut state) = (History::default(), AlarmState::InsufficientData);
            for breach in breaches {
                let datapoint = match breach {
                    Some(true) => Datapoint::of_arrivals(11.0),
                    Some(false) => Datapoint::of_arrivals(10.0),
                    None => Datapoint::MISSING,
                };
                if !alarm.follow(&datapoint) {
                    alarm.evaluate(60.0, Some(&datapoint));
                }
                history.push(breach);
                state = judge(rule, history, state);
                prop_assert_eq!(alarm.state, state);
            }
        }
    }
}
