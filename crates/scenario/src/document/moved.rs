//! A scenario that goes to another platform: its machine, metrics and policies become those that come closest there.

use super::{
    CustomizedMetricSpecification, MetricAlarm, MetricName, Platform, PolicyType,
    PredefinedMetricSpecification, PredefinedMetricType, Rare, ScalingPolicy, Scenario,
    SimpleScaling, StepAdjustment, StepScaling, TargetTracking,
};
use crate::catalogue;

mod serverless;

impl Scenario {
    /// Takes it to another platform. What has no counterpart there stays as it is, and is found wrong. A policy called as its
    /// metric is takes the new one's name.
    /// Takes it to another platform. What has no counterpart there stays as it is, and is found wrong; only what fails goes with
    /// the instances that could.
    #[inline(never)]
    pub fn move_to(&mut self, platform: Platform) {
        if self.platform == platform {
            return;
        }
        let metrics: Vec<_> = self.policies.iter().map(ScalingPolicy::metric).collect();
        self.change_platform(platform);
        for (place, before) in metrics.into_iter().enumerate() {
            self.rename_policy(place, before);
        }
    }

    /// Has a policy look at a metric that this platform publishes, where its own has no datapoints: its value in another unit goes.
    #[inline(never)]
    pub fn use_published(&mut self, place: usize) {
        let platform = self.platform;
        let Some(policy) = self.policies.get_mut(place) else {
            return;
        };
        let before = policy.metric();
        if before.is_published_by(platform) {
            return;
        }
        let right = before.instead(platform);
        if let Some(tracking) = &mut policy.target_tracking {
            tracking.target_value = None;
            tracking.metric = PredefinedMetricSpecification::default();
            let is_customized = right != tracking.metric.metric_type.metric_name();
            tracking.customized_metric = is_customized.then(|| {
                Rare::from(CustomizedMetricSpecification {
                    metric_name: right,
                    ..CustomizedMetricSpecification::default()
                })
            });
        }
        if let Some(alarm) = &mut policy.alarm {
            (alarm.metric_name, alarm.threshold) = (right, None);
            (alarm.namespace, alarm.statistic) = (None, None);
            alarm.dimensions.clear();
        }
        self.rename_policy(place, before);
    }

    /// Calls a policy as its metric is, if it was called so `before` and no other is now.
    fn rename_policy(&mut self, place: usize, before: MetricName) {
        let Some(policy) = self.policies.get(place) else {
            return;
        };
        let name = policy.metric().name();
        let is_free = self.policies.iter().all(|other| other.policy_name != name);
        if is_free
            && let Some(policy) = self.policies.get_mut(place)
            && policy.policy_name == before.name()
        {
            policy.policy_name = name.to_owned();
        }
    }

    #[inline(never)]
    fn change_platform(&mut self, platform: Platform) {
        if !platform.may_fail() {
            self.failures.clear();
        }
        // From and to a serverless endpoint by way of a real-time one.
        if self.platform.is_serverless() {
            serverless::leave(self);
        }
        if platform.is_serverless() {
            self.change_platform(Platform::SagemakerRealTime);
            serverless::enter(self);
            return;
        }
        let from = std::mem::replace(&mut self.platform, platform);
        if from != platform && from.is_component() {
            self.leave_copies();
        }
        if from.is_sagemaker() != platform.is_sagemaker() {
            self.cross(from, platform);
        }
        if from != platform && platform.is_component() {
            self.go_by_copies();
        }
    }

    /// Metrics of copies become those of instances.
    #[inline(never)]
    fn leave_copies(&mut self) {
        let is_asynchronous = self.platform.is_asynchronous();
        let of_instances = |name| match name {
            MetricName::InvocationsPerCopy => MetricName::InvocationsPerInstance,
            MetricName::ConcurrentRequestsPerCopy => MetricName::ConcurrentRequestsPerModel,
            MetricName::NoCapacityInvocationFailures if is_asynchronous => {
                MetricName::HasBacklogWithoutCapacity
            }
            MetricName::NoCapacityInvocationFailures => MetricName::InvocationsPerInstance,
            other => other,
        };
        use PredefinedMetricType as Type;
        self.rename_metrics(of_instances, |metric| match metric {
            Type::SageMakerInferenceComponentInvocationsPerCopy => {
                Type::SageMakerVariantInvocationsPerInstance
            }
            Type::SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution => {
                Type::SageMakerVariantConcurrentRequestsPerModelHighResolution
            }
            other => other,
        });
        if !is_asynchronous {
            self.keep_one_instance();
        }
    }

    /// Metrics of instances become those of copies.
    #[inline(never)]
    fn go_by_copies(&mut self) {
        let instance = &mut self.instance;
        (instance.credit_specification, instance.initial_cpu_credits) = (None, None);
        use PredefinedMetricType as Type;
        let of_copies = |name| match name {
            MetricName::ConcurrentRequestsPerModel => MetricName::ConcurrentRequestsPerCopy,
            MetricName::HasBacklogWithoutCapacity => MetricName::NoCapacityInvocationFailures,
            // Nothing else is known of a copy but its requests.
            _ => MetricName::InvocationsPerCopy,
        };
        self.rename_metrics(of_copies, |metric| match metric {
            Type::SageMakerVariantConcurrentRequestsPerModelHighResolution => {
                Type::SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution
            }
            _ => Type::SageMakerInferenceComponentInvocationsPerCopy,
        });
    }

    /// Gives metrics other names. A value in another unit goes; target tracking takes only what is predefined.
    fn rename_metrics(
        &mut self,
        name: impl Fn(MetricName) -> MetricName,
        predefined: impl Fn(PredefinedMetricType) -> PredefinedMetricType,
    ) {
        for policy in &mut self.policies {
            if let Some(tracking) = &mut policy.target_tracking {
                let before = tracking.metric_name();
                tracking.metric.metric_type = predefined(tracking.metric.metric_type);
                tracking.customized_metric = None;
                if !is_same_unit(before, tracking.metric_name()) {
                    tracking.target_value = None;
                }
            }
            if let Some(alarm) = &mut policy.alarm {
                let before = alarm.metric_name;
                alarm.metric_name = name(before);
                if before != alarm.metric_name {
                    (alarm.namespace, alarm.statistic) = (None, None);
                    alarm.dimensions.clear();
                }
                if !is_same_unit(before, alarm.metric_name) {
                    alarm.threshold = None;
                }
            }
        }
    }

    /// Between SageMaker and EC2.
    #[inline(never)]
    fn cross(&mut self, from: Platform, platform: Platform) {
        let to_ec2 = !platform.is_sagemaker();
        let name = &mut self.instance.instance_type;
        let bare = name.strip_prefix("ml.").unwrap_or(name).to_owned();
        let known = catalogue::find_ec2(&bare);
        if known.is_some() {
            *name = if to_ec2 {
                bare
            } else {
                ["ml.", &bare].concat()
            };
            // A price of one's own belonged to the other machine.
            self.instance.usd_per_hour = None;
        }
        let vcpu = known.and_then(|(twin, _)| twin.vcpu).map_or(1.0, f64::from);
        // SageMaker sums percent over vCPUs.
        let factor = if to_ec2 { 1.0 / vcpu } else { vcpu };
        for policy in &mut self.policies {
            if let Some(tracking) = &mut policy.target_tracking {
                tracking.move_to(to_ec2, factor);
            }
            if let Some(alarm) = &mut policy.alarm {
                alarm.move_to(to_ec2, factor);
            }
            if let Some(steps) = policy.step_scaling.as_deref_mut().filter(|_| {
                (policy.alarm.as_ref()).is_some_and(|a| a.metric_name == MetricName::CpuUtilization)
            }) {
                steps.scale(factor);
            }
            if !to_ec2 {
                policy.without_simple_scaling();
            }
        }
        if from.is_asynchronous() || platform == Platform::SagemakerRealTime {
            self.keep_one_instance();
        }
        for action in self.scheduled_actions.iter_mut().filter(|_| !to_ec2) {
            // Bounds are all that can be set there.
            let (desired, bounds) = (action.desired_capacity.take(), &mut action.action);
            if bounds.max_capacity.is_none() {
                bounds.min_capacity = bounds.min_capacity.or(desired);
            }
        }
    }

    /// Without a queue of the endpoint's own somebody has to be there.
    fn keep_one_instance(&mut self) {
        let target = &mut self.scalable_target;
        let own = [
            &mut target.min_capacity,
            &mut target.max_capacity,
            &mut self.instance.initial,
        ];
        let of_actions = self.scheduled_actions.iter_mut().flat_map(|action| {
            let bounds = &mut action.action;
            [&mut bounds.min_capacity, &mut bounds.max_capacity]
        });
        for count in own.into_iter().chain(of_actions) {
            *count = count.map(|count| count.max(1));
        }
    }
}

/// Whether two metrics count the same, of instances or of copies.
fn is_same_unit(one: MetricName, other: MetricName) -> bool {
    let at_once = |name: MetricName| name.is_high_resolution();
    one == other
        || (one.counts_requests() && other.counts_requests())
        || (at_once(one) && at_once(other))
}

impl ScalingPolicy {
    /// The same policy, made for SageMaker, on a platform.
    #[must_use]
    pub fn on(mut self, platform: Platform) -> Self {
        if platform.is_serverless() {
            serverless::enter_policy(&mut self, 1.0);
        } else if platform.is_component() {
            if let Some(tracking) = &mut self.target_tracking {
                tracking.metric.metric_type =
                    PredefinedMetricType::SageMakerInferenceComponentInvocationsPerCopy;
            }
            if let Some(alarm) = &mut self.alarm {
                alarm.metric_name = MetricName::InvocationsPerCopy;
            }
        } else if !platform.is_sagemaker() {
            if let Some(tracking) = &mut self.target_tracking {
                tracking.move_to(true, 1.0);
            }
            if let Some(alarm) = &mut self.alarm {
                alarm.move_to(true, 1.0);
            }
        }
        self
    }
}

impl TargetTracking {
    fn move_to(&mut self, to_ec2: bool, factor: f64) {
        let name = self.metric_name();
        let metric_type = match name {
            MetricName::GpuUtilization
            | MetricName::ServerlessProvisionedConcurrencyUtilization => return,
            MetricName::CpuUtilization if to_ec2 => PredefinedMetricType::AsgAverageCpuUtilization,
            _ if to_ec2 => PredefinedMetricType::AlbRequestCountPerTarget,
            _ => PredefinedMetricType::default(),
        };
        if name == MetricName::ConcurrentRequestsPerModel || name.is_of_queue() {
            self.target_value = None;
        } else if name == MetricName::CpuUtilization {
            self.target_value = self.target_value.map(|value| value * factor);
        }
        let summed = name == MetricName::CpuUtilization && !to_ec2;
        self.customized_metric = summed.then(Rare::default);
        self.metric = PredefinedMetricSpecification {
            metric_type,
            resource_label: None,
        };
    }
}

impl MetricAlarm {
    fn move_to(&mut self, to_ec2: bool, factor: f64) {
        match self.metric_name {
            MetricName::GpuUtilization
            | MetricName::ServerlessProvisionedConcurrencyUtilization => return,
            MetricName::CpuUtilization => {
                self.threshold = self.threshold.map(|value| value * factor);
            }
            name if name == MetricName::ConcurrentRequestsPerModel || name.is_of_queue() => {
                // Nobody counts there what is in flight, or looks every ten seconds; nor is there a queue.
                self.metric_name = MetricName::RequestCountPerTarget;
                (self.threshold, self.statistic) = (None, None);
                self.period = self.period.max(60);
            }
            _ if to_ec2 => self.metric_name = MetricName::RequestCountPerTarget,
            _ => self.metric_name = MetricName::InvocationsPerInstance,
        }
        self.namespace = None;
        self.dimensions.clear();
    }
}

impl StepScaling {
    fn scale(&mut self, factor: f64) {
        for step in &mut self.steps {
            step.lower = step.lower.map(|bound| bound * factor);
            step.upper = step.upper.map(|bound| bound * factor);
        }
    }
}

impl ScalingPolicy {
    /// Simple scaling becomes step scaling with one step.
    fn without_simple_scaling(&mut self) {
        let Some(simple) = self.simple_scaling.take() else {
            return;
        };
        let SimpleScaling {
            adjustment_type,
            adjustment,
            min_adjustment_magnitude,
            cooldown,
        } = (*simple).clone();
        let upward = self.alarm.as_ref().is_none_or(|alarm| alarm.is_upward());
        let default = StepScaling::default();
        self.policy_type = PolicyType::StepScaling;
        self.step_scaling = Some(
            StepScaling {
                adjustment_type,
                steps: vec![StepAdjustment {
                    lower: upward.then_some(0.0),
                    upper: (!upward).then_some(0.0),
                    adjustment,
                }],
                min_adjustment_magnitude,
                cooldown: cooldown.unwrap_or(default.cooldown),
                ..default
            }
            .into(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{compile::compile, document::ComparisonOperator, presets};

    fn step(metric_name: MetricName, upward: bool) -> ScalingPolicy {
        let mut policy = ScalingPolicy::step("step");
        let alarm = policy.alarm.as_deref_mut().unwrap();
        alarm.metric_name = metric_name;
        alarm.threshold = Some(200.0);
        if !upward {
            alarm.comparison = ComparisonOperator::LessThanThreshold;
            policy.step_scaling.as_deref_mut().unwrap().steps[0] = StepAdjustment {
                lower: None,
                upper: Some(0.0),
                adjustment: -1,
            };
        }
        policy
    }

    #[test]
    fn every_shipped_scenario_runs_on_a_group_and_comes_back() {
        for preset in presets::all() {
            let mut scenario = preset.scenario();
            if !scenario.platform.is_sagemaker() {
                continue;
            }
            let before = scenario.clone();
            scenario.move_to(Platform::Ec2AutoScalingGroup);
            assert!(
                compile(&scenario).is_ok(),
                "{}: {:?}",
                preset.id,
                compile(&scenario).err()
            );
            scenario.move_to(before.platform);
            assert!(compile(&scenario).is_ok(), "{}", preset.id);
            assert_eq!(scenario.policies.len(), before.policies.len());
            assert_eq!(
                scenario.instance.instance_type,
                before.instance.instance_type
            );
        }
    }

    #[test]
    fn a_policy_called_as_its_metric_is_takes_the_new_name() {
        let names = |scenario: &Scenario| -> Vec<String> {
            (scenario.policies.iter())
                .map(|policy| policy.policy_name.clone())
                .collect()
        };
        let tracking = |name: &str| ScalingPolicy {
            policy_name: name.to_owned(),
            ..ScalingPolicy::default()
        };
        // The names before, in a group, and back again.
        let cases: [[&[&str]; 3]; 3] = [
            [
                &["InvocationsPerInstance"],
                &["RequestCountPerTarget"],
                &["InvocationsPerInstance"],
            ],
            [&["mine"], &["mine"], &["mine"]],
            [
                &["InvocationsPerInstance", "RequestCountPerTarget"],
                &["InvocationsPerInstance", "RequestCountPerTarget"],
                &["InvocationsPerInstance", "RequestCountPerTarget"],
            ],
        ];
        for [before, moved, back] in cases {
            let mut scenario = Scenario {
                policies: before.iter().map(|name| tracking(name)).collect(),
                ..Scenario::default()
            };
            scenario.move_to(Platform::Ec2AutoScalingGroup);
            assert_eq!(names(&scenario), moved);
            scenario.move_to(Platform::SagemakerRealTime);
            assert_eq!(names(&scenario), back);
        }
    }

    #[test]
    fn percent_of_cores_becomes_percent_of_the_machine() {
        let cpu = ScalingPolicy {
            target_tracking: Some(TargetTracking {
                target_value: Some(200.0),
                customized_metric: Some(Rare::default()),
                ..TargetTracking::default()
            }),
            ..ScalingPolicy::default()
        };
        let mut scenario = Scenario {
            policies: vec![
                cpu,
                step(MetricName::CpuUtilization, true),
                step(MetricName::InvocationsPerInstance, false),
            ],
            ..Scenario::default()
        };
        scenario.policies[2].policy_name = "other".to_owned();
        let before = scenario.clone();
        let platform = Platform::Ec2AutoScalingGroup;
        scenario.move_to(platform);
        let [cpu, step, requests] = scenario.policies.as_slice() else {
            panic!("{:?}", scenario.policies);
        };
        let tracking = cpu.target_tracking.as_ref().unwrap();
        assert_eq!(
            (tracking.target_value, cpu.metric()),
            (Some(50.0), MetricName::CpuUtilization)
        );
        assert_eq!(tracking.customized_metric, None);
        assert_eq!(step.alarm.as_ref().unwrap().threshold, Some(50.0));
        let alarm = requests.alarm.as_ref().unwrap();
        assert_eq!(
            (alarm.metric_name, alarm.threshold),
            (MetricName::RequestCountPerTarget, Some(200.0))
        );
        assert!(compile(&scenario).is_ok());
        scenario.move_to(before.platform);
        assert_eq!(scenario, before);
    }

    #[test]
    fn a_queue_stays_behind() {
        let mut scenario = presets::find("document_queue").unwrap().scenario();
        scenario.instance.initial = Some(0);
        scenario.move_to(Platform::Ec2AutoScalingGroup);
        let target = &scenario.scalable_target;
        assert_eq!(
            (target.min_capacity, target.max_capacity),
            (Some(1), Some(8))
        );
        assert_eq!(scenario.instance.initial, Some(1));
        let tracking = scenario.policies[0].target_tracking.as_ref().unwrap();
        assert_eq!(
            (tracking.target_value, &tracking.customized_metric),
            (None, &None)
        );
        let plan = compile(&scenario).unwrap().plan;
        let (tracked, stepped) = (&plan.target_tracking[0], &plan.step_scaling[0]);
        assert!(tracked.metric.follows_requests() && stepped.alarm.metric.follows_requests());
    }

    #[test]
    fn simple_scaling_becomes_step_scaling() {
        for upward in [true, false] {
            let mut scenario = Scenario::default();
            scenario.move_to(Platform::Ec2AutoScalingGroup);
            let mut simple = ScalingPolicy::simple("simple");
            if !upward {
                simple.alarm = step(MetricName::RequestCountPerTarget, false).alarm;
            }
            scenario.policies = vec![simple];
            scenario.policies[0].alarm.as_mut().unwrap().metric_name =
                MetricName::RequestCountPerTarget;
            assert!(compile(&scenario).is_ok());
            scenario.move_to(Platform::SagemakerRealTime);
            let plan = compile(&scenario).unwrap().plan;
            let [policy] = plan.step_scaling.as_slice() else {
                panic!("{:?}", plan.step_scaling);
            };
            assert!(!policy.is_simple);
            assert_eq!(policy.steps[0].lower.is_finite(), upward);
            assert_eq!(policy.steps[0].upper.is_finite(), !upward);
        }
    }
}
