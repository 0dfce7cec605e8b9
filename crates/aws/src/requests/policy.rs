//! PutScalingPolicy of both services: what policies have in common. What a kind of policy has of its own stands in a file of its own.

mod predictive;
mod step;
mod target_tracking;

use scenario::{
    document::{PolicyType, ScalingPolicy},
    field::ItemId,
};

use super::Writing;
use crate::deployment::{Entry, Object, Operation, Origin, Parameter, Part, Term};

impl Writing<'_> {
    pub(super) fn policy(&mut self, id: ItemId, policy: &ScalingPolicy) {
        let is_group = self.dimension.is_none();
        let mut body = vec![Entry::text("PolicyName", &policy.policy_name)];
        body.extend(self.subject());
        body.push(Entry::text("PolicyType", policy.policy_type.name()));
        body.extend(self.configuration(id, policy));
        if is_group && policy.policy_type.warms_up() {
            body.extend(policy.estimated_instance_warmup.map(|seconds| {
                let field = ScalingPolicy::estimated_instance_warmup.of(id);
                let remark = self.remark(field, Origin::Usual);
                Entry::whole("EstimatedInstanceWarmup", seconds).with(remark)
            }));
        }
        let operation = match is_group {
            true => Operation::PutGroupScalingPolicy,
            false => Operation::PutScalingPolicy,
        };
        self.push(operation, &policy.policy_name, body);
    }

    /// Returns what a policy of its kind has: an object of its own, or, of a group's steps, fields beside the others.
    fn configuration(&self, id: ItemId, policy: &ScalingPolicy) -> Vec<Entry> {
        let is_group = self.dimension.is_none();
        match policy.policy_type {
            PolicyType::TargetTrackingScaling => {
                let name = match is_group {
                    true => "TargetTrackingConfiguration",
                    false => "TargetTrackingScalingPolicyConfiguration",
                };
                let tracking = policy.target_tracking.iter();
                let tracking = tracking.map(|it| Entry::object(name, self.target_tracking(id, it)));
                tracking.collect()
            }
            PolicyType::StepScaling => {
                let Some(steps) = &policy.step_scaling else {
                    return Vec::new();
                };
                let threshold = policy.alarm.as_ref().and_then(|it| it.threshold);
                let steps = self.step_scaling(id, steps, threshold);
                match is_group {
                    true => steps,
                    false => vec![Entry::object("StepScalingPolicyConfiguration", steps)],
                }
            }
            PolicyType::SimpleScaling => {
                let simple = policy.simple_scaling.as_ref();
                simple.map_or_else(Vec::new, |it| self.simple_scaling(id, it))
            }
            PolicyType::PredictiveScaling => {
                let name = "PredictiveScalingConfiguration";
                let predictive = policy.predictive_scaling.iter();
                let predictive = predictive.map(|it| Entry::object(name, self.predictive(id, it)));
                predictive.collect()
            }
        }
    }
}

/// A predefined metric; `label`: whose requests it counts, where it counts a target group's.
fn predefined(metric_type: &str, label: Option<Option<&str>>) -> Vec<Entry> {
    let mut body = vec![Entry::text("PredefinedMetricType", metric_type)];
    body.extend(label.map(|label| {
        let term = match label {
            Some(label) => Term::Text(label.to_owned()),
            None => Term::Joined(vec![
                Part::Parameter(Parameter::LoadBalancer),
                Part::Text("/".to_owned()),
                Part::Parameter(Parameter::TargetGroup),
            ]),
        };
        Entry::new("ResourceLabel", term)
    }));
    body
}

/// Returns an object as an entry of a list.
const fn item(members: Vec<Entry>) -> Term {
    Term::Object(Object(members))
}
