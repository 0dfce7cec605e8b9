//! What `describe-…` answers of what was deployed.

use serde_json::{Map, Value, json};

use super::Told;
use crate::deployment::{Operation, Resource};

impl Told<'_> {
    /// Returns the answers about targets, groups, policies and scheduled actions.
    pub(super) fn configured(&self) -> Vec<Value> {
        let of = |operation: Operation| {
            let resources = self.deployment.resources.iter();
            let bodies = resources.filter(move |it| it.operation == operation);
            bodies.map(|it| (it, self.body(&it.body)))
        };
        let policies = |operation| -> Vec<Value> {
            let policy = |(resource, mut body): (&Resource, Map<String, Value>)| {
                body.insert(
                    "PolicyARN".to_owned(),
                    self.policy_arn(&resource.name).into(),
                );
                let alarms = self.alarm_names(&resource.name);
                let alarms: Value = alarms
                    .iter()
                    .map(|name| json!({ "AlarmName": name }))
                    .collect();
                body.insert("Alarms".to_owned(), alarms);
                Value::Object(body)
            };
            of(operation).map(policy).collect()
        };
        let plain = |operation| -> Vec<Value> {
            of(operation).map(|(_, body)| Value::Object(body)).collect()
        };
        if self.dimension().is_some() {
            return vec![
                json!({ "ScalableTargets": plain(Operation::RegisterScalableTarget) }),
                json!({ "ScalingPolicies": policies(Operation::PutScalingPolicy) }),
                json!({ "ScheduledActions": plain(Operation::PutScheduledAction) }),
            ];
        }
        let desired = self.run.series.desired.last().copied().unwrap_or_default();
        let groups = of(Operation::UpdateAutoScalingGroup).map(|(_, mut group)| {
            group.insert("DesiredCapacity".to_owned(), desired.into());
            for (_, mut pool) in of(Operation::PutWarmPool) {
                pool.remove("AutoScalingGroupName");
                group.insert("WarmPoolConfiguration".to_owned(), Value::Object(pool));
            }
            for (_, body) in of(Operation::SuspendProcesses) {
                let names = body.get("ScalingProcesses").and_then(Value::as_array);
                let names = names.into_iter().flatten();
                let processes: Value = names.map(|name| json!({ "ProcessName": name })).collect();
                group.insert("SuspendedProcesses".to_owned(), processes);
            }
            Value::Object(group)
        });
        let groups: Vec<Value> = groups.collect();
        vec![
            json!({ "AutoScalingGroups": groups }),
            json!({ "ScalingPolicies": policies(Operation::PutGroupScalingPolicy) }),
            json!({
                "ScheduledUpdateGroupActions": plain(Operation::PutScheduledUpdateGroupAction)
            }),
        ]
    }
}
