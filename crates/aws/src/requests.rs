//! From a scenario to AWS's requests that deploy its scaling: which of them there are, in the order in which they can be made. What
//! each holds stands in a file of its own.
//!
//! Sources: API references of Application Auto Scaling, Amazon EC2 Auto Scaling and Amazon CloudWatch.

mod alarm;
mod group;
mod metric;
mod origin;
mod policy;
mod scalable_target;
mod scheduled_action;

use scenario::{
    compile::Compiled,
    document::{PolicyType, Scenario},
};

use crate::{
    account::TargetDimension,
    deployment::{Change, Deployment, Entry, Object, Operation, Parameter, Remark, Resource},
    names::unique,
    resolved::resolved,
};

/// Most characters of a policy's name within the name of its alarm, which may have 255 in all.
const MOST_OF_POLICY_NAME: usize = 150;

impl Deployment {
    /// Returns the requests that deploy a scenario's scaling. `compiled` is of this scenario, `link` what stands behind `#` of its
    /// link.
    #[must_use]
    pub fn of(scenario: &Scenario, compiled: &Compiled, title: &str, link: &str) -> Self {
        let (whole, left_out) = resolved(scenario, compiled);
        let mut writing = Writing {
            scenario,
            whole: &whole,
            service: &compiled.plan.service,
            dimension: TargetDimension::of(scenario.platform.rules().scales),
            resources: Vec::new(),
            left_out,
        };
        match compiled.resolved.scales {
            true => writing.write(),
            false => writing.left_out = vec![Remark::NothingScales],
        }
        Self {
            title: title.to_owned(),
            link: link.to_owned(),
            resources: writing.resources,
            given: Vec::new(),
            left_out: writing.left_out,
        }
    }
}

/// A deployment that is being written.
struct Writing<'a> {
    /// As it was typed.
    scenario: &'a Scenario,
    /// With everything filled in.
    whole: &'a Scenario,
    /// What the load test gave of one of what scales.
    service: &'a engine::plan::Service,
    /// What of a scalable target changes; `None`: a group scales.
    dimension: Option<TargetDimension>,
    resources: Vec<Resource>,
    left_out: Vec<Remark>,
}

impl Writing<'_> {
    fn write(&mut self) {
        match self.dimension {
            Some(dimension) => self.scalable_target(dimension),
            None => self.group(),
        }
        let names = self.whole.policies.iter().map(|policy| {
            policy
                .policy_name
                .chars()
                .take(MOST_OF_POLICY_NAME)
                .collect()
        });
        let alarm_names = unique(names);
        for ((id, policy), alarm_name) in self.whole.policies.numbered().zip(alarm_names) {
            self.policy(id, policy);
            if let Some(alarm) = &policy.alarm
                && matches!(
                    policy.policy_type,
                    PolicyType::StepScaling | PolicyType::SimpleScaling
                )
            {
                self.alarm(id, policy, alarm, &alarm_name);
            }
        }
        for (id, action) in self.whole.scheduled_actions.numbered() {
            self.scheduled_action(id, action);
        }
    }

    fn push(&mut self, operation: Operation, name: &str, body: Vec<Entry>) {
        self.resources.push(Resource {
            operation,
            name: name.to_owned(),
            body: Object(body),
            change: Change::Put,
        });
    }

    /// Returns the fields that name what scales, of whichever kind it is.
    fn subject(&self) -> Vec<Entry> {
        match self.dimension {
            Some(dimension) => scalable_target::names(dimension),
            None => vec![Entry::parameter(
                "AutoScalingGroupName",
                Parameter::AutoScalingGroupName,
            )],
        }
    }
}
