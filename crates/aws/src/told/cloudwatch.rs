//! What CloudWatch answers: alarms, how their states changed, and metrics. Only a step scaling policy's alarm is one's own; those of
//! target tracking are kept by it, and are told by their history alone.

use engine::run::{AlarmRole, AlarmState};
use serde_json::{Value, json};

use super::Told;
use crate::deployment::{Operation, Term};

impl Told<'_> {
    /// Returns the answers about alarms.
    pub(super) fn alarms(&self) -> Vec<Value> {
        let resources = self.deployment.resources.iter();
        let own = resources.filter(|it| it.operation == Operation::PutMetricAlarm);
        let own: Vec<Value> = own
            .map(|it| {
                let mut alarm = self.body(&it.body);
                alarm.insert("ActionsEnabled".to_owned(), true.into());
                Value::Object(alarm)
            })
            .collect();
        let mut changes: Vec<(f64, Value)> = Vec::new();
        for column in &self.run.series.alarms {
            let name = self.alarm_name(column.policy, column.role);
            let mut before = AlarmState::InsufficientData;
            for (period, state) in column.states.iter().enumerate() {
                if *state != before {
                    // States are as at the period's end.
                    let at_s = (period + 1) as f64 * f64::from(self.run.period_s);
                    changes.push((at_s, self.change(&name, before, *state, at_s)));
                    before = *state;
                }
            }
        }
        // The newest comes first.
        changes.sort_by(|a, b| b.0.total_cmp(&a.0));
        let changes: Vec<Value> = changes.into_iter().map(|(_, change)| change).collect();
        vec![
            json!({ "MetricAlarms": own }),
            json!({ "AlarmHistoryItems": changes }),
        ]
    }

    fn change(&self, name: &str, before: AlarmState, state: AlarmState, at_s: f64) -> Value {
        let (before, state) = (state_name(before), state_name(state));
        let data = json!({
            "version": "1.0",
            "oldState": { "stateValue": before },
            "newState": { "stateValue": state },
        });
        json!({
            "AlarmName": name,
            "AlarmType": "MetricAlarm",
            "Timestamp": self.moment(at_s),
            "HistoryItemType": "StateUpdate",
            "HistorySummary": format!("Alarm updated from {before} to {state}"),
            "HistoryData": data.to_string(),
        })
    }

    /// Returns the answer about metrics: requests, and what is in service.
    pub(super) fn metrics(&self) -> Vec<Value> {
        let series = &self.run.series;
        let period_s = f64::from(self.run.period_s);
        let (requests, instances) = match self.dimension() {
            Some(_) => ("Invocations", None),
            None => ("RequestCount", Some("GroupInServiceInstances")),
        };
        let times =
            (0..series.demand_rps.len()).map(|period| self.moment(period as f64 * period_s));
        let times: Vec<String> = times.collect();
        let sums = series.demand_rps.iter();
        let sums: Vec<f64> = sums
            .map(|rps| (f64::from(*rps) * period_s).round())
            .collect();
        let mut results = vec![json!({
            "Id": "requests", "Label": requests, "Timestamps": times, "Values": sums,
            "StatusCode": "Complete",
        })];
        results.extend(instances.map(|label| {
            json!({
                "Id": "instances", "Label": label, "Timestamps": times,
                "Values": series.in_service, "StatusCode": "Complete",
            })
        }));
        vec![json!({ "MetricDataResults": results })]
    }

    /// Returns the name of a policy's alarm.
    pub(super) fn alarm_name(&self, policy: usize, role: AlarmRole) -> String {
        let name = self.policy_name(policy);
        let managed = |role: &str| {
            format!(
                "TargetTracking-{}-{role}-00000000-0000-0000-0000-{policy:012}",
                self.resource()
            )
        };
        match role {
            AlarmRole::High => managed("AlarmHigh"),
            AlarmRole::Low => managed("AlarmLow"),
            AlarmRole::Own => self.own_alarms(name).next().unwrap_or_default(),
        }
    }

    /// Returns the names of the alarms that trigger a policy of this name.
    pub(super) fn alarm_names(&self, policy: &str) -> Vec<String> {
        let columns = self.run.series.alarms.iter();
        let managed =
            columns.filter(|it| it.role != AlarmRole::Own && self.policy_name(it.policy) == policy);
        let managed = managed.map(|it| self.alarm_name(it.policy, it.role));
        self.own_alarms(policy).chain(managed).collect()
    }

    fn own_alarms(&self, policy: &str) -> impl Iterator<Item = String> {
        let triggers = move |term: &Term| {
            let Term::List(actions) = term else {
                return false;
            };
            let is_it = |it: &Term| matches!(it, Term::PolicyArn(name) if name == policy);
            actions.iter().any(is_it)
        };
        let alarms = self.deployment.resources.iter();
        let alarms = alarms.filter(move |it| it.body.get("AlarmActions").is_some_and(triggers));
        alarms.filter_map(|it| match self.term(it.body.get("AlarmName")?) {
            Value::String(name) => Some(name),
            _ => None,
        })
    }
}

fn state_name(state: AlarmState) -> &'static str {
    match state {
        AlarmState::InsufficientData => "INSUFFICIENT_DATA",
        AlarmState::Ok => "OK",
        AlarmState::Alarm => "ALARM",
    }
}
