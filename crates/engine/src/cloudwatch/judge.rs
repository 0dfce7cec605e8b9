//! Alarm evaluation with M of N datapoints and missing data.
//!
//! Source: Amazon CloudWatch user guide, "Using Amazon CloudWatch alarms", "Evaluating an alarm" and "Configuring
//! how CloudWatch alarms treat missing data". What its tables leave open is marked as an assumption.

use crate::{plan::TreatMissingData, run::AlarmState};

/// How many datapoints an alarm evaluates, and how it treats missing ones.
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
    /// Returns how many of the datapoints that a rule evaluates breach: the newest N that are there, within the evaluation range.
    pub(super) fn breaching_of(&self, rule: &Rule) -> u32 {
        let present = self.present & lowest(rule.evaluation_range);
        (self.breaching & newest_present(present, rule.evaluation_periods)).count_ones()
    }

    /// Returns the history of `length` breaching datapoints after others that do not breach.
    pub(super) fn of_streak(length: u32) -> Self {
        Self {
            present: u128::MAX,
            breaching: lowest(length),
        }
    }

    /// Adds the next datapoint: whether it breaches; `None` where it is missing.
    #[inline]
    pub(crate) fn push(&mut self, datapoint: Option<bool>) {
        self.present = self.present << 1 | u128::from(datapoint.is_some());
        self.breaching = self.breaching << 1 | u128::from(datapoint == Some(true));
    }
}

pub(super) fn of_breaches(breaches: u32, datapoints_to_alarm: u32) -> AlarmState {
    if breaches >= datapoints_to_alarm {
        AlarmState::Alarm
    } else {
        AlarmState::Ok
    }
}

/// Returns a mask of the lowest `bits` bits.
fn lowest(bits: u32) -> u128 {
    if bits >= 128 {
        u128::MAX
    } else {
        (1 << bits) - 1
    }
}

/// Returns the state that follows from the datapoints of the evaluation range.
// rule: alarm.missing-data
#[cold]
pub(super) fn judge(rule: Rule, history: History, previous: AlarmState) -> AlarmState {
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
        // rule: alarm.m-of-n
        // The newest N datapoints that are there count, older ones do not.
        let newest = newest_present(present, needed);
        return of_breaches((breaching & newest).count_ones(), m);
    }
    match rule.treat_missing_data {
        TreatMissingData::Breaching => of_breaches(breaches + needed - real, m),
        TreatMissingData::NotBreaching => of_breaches(breaches, m),
        _ if breaches < real => of_breaches(breaches, m),
        // All datapoints that are there breach: ALARM once the oldest of them is M periods old ("missing" only).
        TreatMissingData::Missing if 128 - breaching.leading_zeros() >= m => AlarmState::Alarm,
        // rule: alarm.premature
        // AWS does not say what happens before that; assumed: nothing.
        TreatMissingData::Missing | TreatMissingData::Ignore => previous,
    }
}

/// Returns the lowest `count` of the bits that are set in `present`.
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
                    // What is older than the evaluation range is not looked at.
                    for older in ["", "XXX", "000", "-0X"] {
                        let datapoints = [older, case["datapoints"].as_str().unwrap()].concat();
                        let got = judge(rule, history(&datapoints), previous);
                        assert_eq!(got, expected, "{datapoints} {key} from {previous:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn breaching_is_told_of_what_is_looked_at() {
        let rule = Rule {
            datapoints_to_alarm: 3,
            evaluation_periods: 3,
            evaluation_range: 5,
            treat_missing_data: TreatMissingData::Missing,
        };
        for (datapoints, expected) in [("XXXXX", 3), ("XX0XX", 2), ("XXX----X", 1), ("X-----", 0)] {
            assert_eq!(
                history(datapoints).breaching_of(&rule),
                expected,
                "{datapoints}"
            );
        }
    }
}
