//! Alarm evaluation with M of N datapoints and missing data.
//!
//! Source: Amazon CloudWatch user guide, "Using Amazon CloudWatch alarms", "Evaluating an alarm" and "Configuring
//! how CloudWatch alarms treat missing data". What its tables leave open is marked as an assumption.

use crate::{plan::TreatMissingData, run::AlarmState};

/// What an alarm looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// M: datapoints that must breach.
    pub datapoints_to_alarm: u32,
    /// N: datapoints it needs.
    pub evaluation_periods: u32,
    /// Datapoints it retrieves where some are missing, at most 128. AWS documents 5 for N = 3; N + 2 is assumed for others.
    pub evaluation_range: u32,
    pub treat_missing_data: TreatMissingData,
}

/// The newest 128 datapoints as bits, the newest lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct History {
    present: u128,
    breaching: u128,
}

impl History {
    /// Adds the next datapoint: whether it breaches, or `None` where it is missing.
    #[inline]
    pub(crate) fn push(&mut self, datapoint: Option<bool>) {
        self.present = self.present << 1 | u128::from(datapoint.is_some());
        self.breaching = self.breaching << 1 | u128::from(datapoint == Some(true));
    }
}

/// How many of the newest datapoints breach in a row, and which numbers of them leave the alarm as it is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Streak {
    length: u32,
    /// The state stays as it is while the length is one of `stays_for` numbers from `stays_from` on.
    stays_from: u32,
    stays_for: u32,
}

impl Streak {
    /// Where there is no alarm, none turns.
    pub(crate) const ANY: Self = Self {
        length: 0,
        stays_from: 0,
        stays_for: u32::MAX,
    };

    /// The streak with one more datapoint.
    #[inline]
    pub(crate) fn with(self, breaches: bool) -> Self {
        Self {
            length: if breaches { self.length + 1 } else { 0 },
            ..self
        }
    }

    /// An evaluation would leave the state as it is.
    #[inline]
    pub(crate) fn stays(self) -> bool {
        self.length.wrapping_sub(self.stays_from) < self.stays_for
    }
}

/// An alarm on one metric whose datapoints may be late, but are never missing once the first has come.
#[derive(Clone, Debug)]
pub(crate) struct Alarm {
    rule: Rule,
    /// Datapoints seen.
    seen: u32,
    pub streak: Streak,
    /// The short way can be taken; until then a history is kept.
    all_of_all: bool,
    history: History,
    pub state: AlarmState,
    /// When it last went into ALARM, seconds from the start.
    pub since_s: f64,
}

impl Alarm {
    /// An alarm that has seen nothing: INSUFFICIENT_DATA.
    pub(crate) fn new(rule: Rule) -> Self {
        Self {
            rule,
            seen: 0,
            streak: Streak::default(),
            all_of_all: false,
            history: History::default(),
            state: AlarmState::InsufficientData,
            since_s: 0.0,
        }
    }

    /// Of the newest N datapoints, how many in a row breach.
    pub(crate) fn breaching(&self) -> u32 {
        self.streak.length.min(self.rule.evaluation_periods)
    }

    /// N.
    pub(crate) fn datapoints(&self) -> u32 {
        self.rule.evaluation_periods
    }

    /// Takes a datapoint that becomes visible. `true` if an evaluation would leave the state as it is.
    #[inline]
    pub(crate) fn follow(&mut self, breaches: bool) -> bool {
        self.streak = self.streak.with(breaches);
        self.streak.stays()
    }

    /// N of N are asked for: once N are there, a streak is all there is to know.
    fn remember(&mut self, breaches: bool) {
        let Rule {
            datapoints_to_alarm,
            evaluation_periods,
            ..
        } = self.rule;
        self.seen = self.seen.saturating_add(1);
        self.history.push(Some(breaches));
        self.all_of_all =
            self.seen >= evaluation_periods && datapoints_to_alarm == evaluation_periods;
    }

    pub(crate) fn in_alarm(&self) -> bool {
        self.state == AlarmState::Alarm
    }

    /// Evaluates at `now_s`, after `follow` if a datapoint has become visible.
    #[cold]
    pub(crate) fn evaluate(&mut self, now_s: f64, visible: bool) {
        if visible && !self.all_of_all {
            self.remember(self.streak.length > 0);
        }
        let m = self.rule.datapoints_to_alarm;
        let state = if self.all_of_all {
            of_breaches(self.streak.length, m)
        } else {
            judge(self.rule, self.history, self.state)
        };
        if state == AlarmState::Alarm && !self.in_alarm() {
            self.since_s = now_s;
        }
        self.state = state;
        (self.streak.stays_from, self.streak.stays_for) = match state {
            _ if !self.all_of_all => (0, 0),
            AlarmState::InsufficientData => (0, 0),
            AlarmState::Ok => (0, m),
            // Only a streak that was broken is shorter than it was: all but zero.
            AlarmState::Alarm => (1, u32::MAX),
        };
    }
}

fn of_breaches(breaches: u32, datapoints_to_alarm: u32) -> AlarmState {
    if breaches >= datapoints_to_alarm {
        AlarmState::Alarm
    } else {
        AlarmState::Ok
    }
}

/// A mask of the lowest `bits`.
fn lowest(bits: u32) -> u128 {
    if bits >= 128 {
        u128::MAX
    } else {
        (1 << bits) - 1
    }
}

/// The state that follows from the evaluation range, in general.
#[cold]
pub(crate) fn judge(rule: Rule, history: History, previous: AlarmState) -> AlarmState {
    let range = lowest(rule.evaluation_range);
    let (present, breaching) = (history.present & range, history.breaching & range);
    let (needed, m) = (rule.evaluation_periods, rule.datapoints_to_alarm);
    let (real, breaches) = (present.count_ones(), breaching.count_ones());
    if real == 0 {
        return match rule.treat_missing_data {
            TreatMissingData::Missing => AlarmState::InsufficientData,
            TreatMissingData::Ignore => previous,
            TreatMissingData::Breaching => AlarmState::Alarm,
            TreatMissingData::NotBreaching => AlarmState::Ok,
        };
    }
    if real >= needed {
        // The newest N that are there count, older ones do not.
        let newest = newest_present(present, needed);
        return of_breaches((breaching & newest).count_ones(), m);
    }
    match rule.treat_missing_data {
        TreatMissingData::Breaching => of_breaches(breaches + needed - real, m),
        TreatMissingData::NotBreaching => of_breaches(breaches, m),
        _ if breaches < real => of_breaches(breaches, m),
        // All that is there breaches: a premature ALARM once the oldest of it is M old ("missing" only).
        TreatMissingData::Missing if 128 - breaching.leading_zeros() >= m => AlarmState::Alarm,
        // AWS does not say what happens before that; assumed: nothing.
        TreatMissingData::Missing | TreatMissingData::Ignore => previous,
    }
}

/// The lowest `count` of the bits set in `present`.
fn newest_present(present: u128, count: u32) -> u128 {
    let mut rest = present;
    for _ in 0..count {
        rest &= rest.wrapping_sub(1);
    }
    present & !rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn history(datapoints: &str) -> History {
        let mut history = History::default();
        for slot in datapoints.chars() {
            history.push(match slot {
                'X' => Some(true),
                '0' => Some(false),
                _ => None,
            });
        }
        history
    }

    #[test]
    fn every_row_of_the_user_guides_tables() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/vectors/cloudwatch_alarm.json"))
                .unwrap();
        let cases = vectors["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 10);
        for case in cases {
            for (key, treat_missing_data) in [
                ("missing", TreatMissingData::Missing),
                ("ignore", TreatMissingData::Ignore),
                ("breaching", TreatMissingData::Breaching),
                ("notBreaching", TreatMissingData::NotBreaching),
            ] {
                let rule = Rule {
                    datapoints_to_alarm: case["datapoints_to_alarm"].as_u64().unwrap() as u32,
                    evaluation_periods: vectors["evaluation_periods"].as_u64().unwrap() as u32,
                    evaluation_range: 5,
                    treat_missing_data,
                };
                for previous in [
                    AlarmState::InsufficientData,
                    AlarmState::Ok,
                    AlarmState::Alarm,
                ] {
                    let expected = match case[key].as_str().unwrap() {
                        "OK" => AlarmState::Ok,
                        "ALARM" => AlarmState::Alarm,
                        "INSUFFICIENT_DATA" => AlarmState::InsufficientData,
                        "KEEP" => previous,
                        other => panic!("{other}"),
                    };
                    let got = judge(
                        rule,
                        history(case["datapoints"].as_str().unwrap()),
                        previous,
                    );
                    assert_eq!(got, expected, "{case} {key} from {previous:?}");
                }
            }
        }
    }

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
        fn the_short_way_agrees_with_the_general_one(
            n in 1_u32..20,
            all in any::<bool>(),
            m in 1_u32..20,
            extra in 0_u32..4,
            treat_missing_data in treatment(),
            breaches in prop::collection::vec(any::<bool>(), 1..60),
        ) {
            let rule = Rule {
                datapoints_to_alarm: if all { n } else { m.min(n) },
                evaluation_periods: n,
                evaluation_range: n + extra,
                treat_missing_data,
            };
            let mut alarm = Alarm::new(rule);
            let (mut history, mut state) = (History::default(), AlarmState::InsufficientData);
            for breach in breaches {
                if !alarm.follow(breach) {
                    alarm.evaluate(0.0, true);
                }
                history.push(Some(breach));
                state = judge(rule, history, state);
                prop_assert_eq!(alarm.state, state);
            }
        }
    }
}
