//! A scenario that goes to another platform: what it has becomes what instances of a SageMaker endpoint have ([`PlatformRules`]'s
//! `leave`), and that becomes what the other platform has (`enter`); its policies look at whatever metric says the same there.

use super::{Platform, PlatformRules, real_time};
use crate::{
    document::{
        CustomizedMetricSpecification, LaunchCapacity, MetricAlarm, MetricName,
        PredefinedMetricSpecification, ScalingPolicy, Scenario, SlowInstance, TargetTracking,
    },
    metrics::Measure,
};

impl Scenario {
    /// Takes it to another platform. What has no counterpart there stays as it is, and is found wrong; only what fails goes with
    /// the instances that could, and retries with the requests that are retried. A policy called as its metric is takes the new one's name.
    pub fn move_to(&mut self, platform: Platform) {
        if self.platform == platform {
            return;
        }
        let metrics: Vec<_> = self.policies.iter().map(ScalingPolicy::metric).collect();
        let (from, to) = (self.platform.rules(), platform.rules());
        if !to.fails {
            self.failures.clear();
            self.slow_instance = SlowInstance::default();
        }
        if !to.has_retries {
            self.retries = None;
        }
        if !to.has_instances {
            self.launch_capacity = LaunchCapacity::default();
        }
        // Their types and prices are those of one catalogue.
        self.other_machines.clear();
        (from.leave)(self, to);
        self.platform = platform;
        (to.enter)(self);
        for policy in &mut self.policies {
            policy.look_as_there(from, to);
        }
        for (index, before) in metrics.into_iter().enumerate() {
            self.rename_policy(index, before);
        }
    }

    /// Multiplies whatever is compared with a metric by what `factor` says of what that measures; by nothing where it says none.
    pub(crate) fn scale_compared(&mut self, factor: impl Fn(Measure) -> Option<f64>) {
        let of = |metric: MetricName| factor(metric.spec().measures);
        for policy in &mut self.policies {
            if let Some(tracking) = &mut policy.target_tracking
                && let Some(factor) = of(tracking.metric_name())
            {
                tracking.target_value = tracking.target_value.map(|value| value * factor);
            }
            if let Some(alarm) = &mut policy.alarm
                && let Some(factor) = of(alarm.metric_name)
            {
                alarm.threshold = alarm.threshold.map(|value| value * factor);
                policy.scale_steps(factor);
            }
        }
    }

    /// Fills in what was left to sizing when it went elsewhere, as it was when it was last on this platform: bounds, the number at the
    /// start, the queue, an own price, and what policies compare their metrics with.
    pub fn recall(&mut self, then: &Self) {
        let target = &mut self.scalable_target;
        if (target.min_capacity, target.max_capacity) == (None, None) {
            target.min_capacity = then.scalable_target.min_capacity;
            target.max_capacity = then.scalable_target.max_capacity;
        }
        let (instance, queue) = (&mut self.instance, &mut self.service);
        instance.initial = instance.initial.or(then.instance.initial);
        if instance.instance_type == then.instance.instance_type {
            instance.usd_per_hour = instance.usd_per_hour.or(then.instance.usd_per_hour);
        }
        queue.queue_limit_per_instance =
            (queue.queue_limit_per_instance).or(then.service.queue_limit_per_instance);
        for (id, before) in then.policies.numbered() {
            let policy = self.policies.of_mut(id);
            if let Some(policy) = policy.filter(|policy| policy.metric() == before.metric()) {
                policy.recall(before);
            }
        }
    }

    /// Has a policy look at a metric that this platform publishes, where its own has no datapoints: its value in another unit goes.
    pub fn use_published(&mut self, index: usize) {
        let rules = self.platform.rules();
        let Some(policy) = self.policies.get_mut(index) else {
            return;
        };
        let before = policy.metric();
        if rules.publishes(before.spec()) {
            return;
        }
        policy.forget_numbers();
        policy.look_at(before.instead(self.platform), rules);
        self.rename_policy(index, before);
    }

    /// Calls a policy as its metric is, if it was called so `before` and no other is now.
    fn rename_policy(&mut self, index: usize, before: MetricName) {
        let Some(policy) = self.policies.get(index) else {
            return;
        };
        let name = policy.metric().name();
        let is_free = self.policies.iter().all(|other| other.policy_name != name);
        if is_free
            && let Some(policy) = self.policies.get_mut(index)
            && policy.policy_name == before.name()
        {
            policy.policy_name = name.to_owned();
        }
    }

    /// Raises bounds and start to one instance: without a queue of the endpoint's own, an instance must answer.
    pub(super) fn keep_one_instance(&mut self) {
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

    /// Alarms have the statistic that their metrics are meant to have.
    pub(super) fn forget_statistics(&mut self) {
        for policy in &mut self.policies {
            if let Some(alarm) = &mut policy.alarm {
                alarm.statistic = None;
            }
        }
    }
}

impl ScalingPolicy {
    /// Returns a policy made for instances of a SageMaker endpoint as it is on another platform.
    #[must_use]
    pub fn on(mut self, platform: Platform) -> Self {
        self.look_as_there(&real_time::RULES, platform.rules());
        self
    }

    /// Has it look at the metric that says the same on another platform. A value in another unit goes.
    fn look_as_there(&mut self, from: &PlatformRules, to: &PlatformRules) {
        let differs = |before: MetricName, after: MetricName| {
            before != after || before.namespace(from.platform) != after.namespace(to.platform)
        };
        let is_same_unit =
            |one: MetricName, other: MetricName| one.spec().measures == other.spec().measures;
        if let Some(tracking) = &mut self.target_tracking {
            let before = tracking.metric_name();
            let after = to.tracked_by(before);
            if differs(before, after) {
                tracking.look_at(after, to);
                tracking.target_value =
                    (tracking.target_value).filter(|_| is_same_unit(before, after));
            }
        }
        if let Some(alarm) = &mut self.alarm {
            let before = alarm.metric_name;
            let after = to.measured_by(before);
            if differs(before, after) {
                alarm.look_at(after);
                if !is_same_unit(before, after) {
                    (alarm.threshold, alarm.statistic) = (None, None);
                }
            }
        }
    }

    /// Has it look at a metric of a platform's.
    pub(super) fn look_at(&mut self, metric: MetricName, rules: &PlatformRules) {
        if let Some(tracking) = &mut self.target_tracking {
            tracking.look_at(metric, rules);
        }
        if let Some(alarm) = &mut self.alarm {
            alarm.look_at(metric);
        }
    }

    /// Fills in the numbers that it compares its metric with, where there are none, as they were then.
    fn recall(&mut self, then: &Self) {
        if let (Some(now), Some(then)) = (&mut self.target_tracking, &then.target_tracking) {
            now.target_value = now.target_value.or(then.target_value);
        }
        if let (Some(now), Some(then)) = (&mut self.alarm, &then.alarm) {
            now.threshold = now.threshold.or(then.threshold);
        }
    }

    /// Empties the numbers that the policy compares its metric with.
    pub(super) fn forget_numbers(&mut self) {
        if let Some(tracking) = &mut self.target_tracking {
            tracking.target_value = None;
        }
        if let Some(alarm) = &mut self.alarm {
            (alarm.threshold, alarm.statistic) = (None, None);
        }
    }

    /// Brings the bounds of its steps to another unit.
    pub(super) fn scale_steps(&mut self, factor: f64) {
        let steps = self.step_scaling.iter_mut().flat_map(|it| &mut it.steps);
        for step in steps {
            step.lower = step.lower.map(|bound| bound * factor);
            step.upper = step.upper.map(|bound| bound * factor);
        }
    }
}

impl TargetTracking {
    fn look_at(&mut self, metric: MetricName, rules: &PlatformRules) {
        let predefined = metric.spec().predefined;
        let predefined = predefined.filter(|(_, scales)| *scales == rules.scales);
        self.metric = predefined.map_or_else(Default::default, |(metric_type, _)| {
            PredefinedMetricSpecification {
                metric_type,
                resource_label: None,
            }
        });
        self.customized_metric = predefined.is_none().then(|| CustomizedMetricSpecification {
            metric_name: metric,
            ..CustomizedMetricSpecification::default()
        });
    }
}

impl MetricAlarm {
    fn look_at(&mut self, metric: MetricName) {
        self.metric_name = metric;
        self.namespace = None;
        self.dimensions.clear();
        if !metric.spec().is_high_resolution {
            self.period = self.period.max(60);
        }
    }
}

impl PlatformRules {
    /// Returns the metric that says the same there, or what a scenario that comes looks at in its place, or else itself.
    fn measured_by(&self, metric: MetricName) -> MetricName {
        let measures = metric.spec().measures;
        let same = self.metrics().find(|it| it.measures == measures);
        let mut instead = self.instead.iter().filter(|(of, _)| *of == measures);
        same.map(|it| it.name)
            .or_else(|| instead.next().map(|(_, name)| *name))
            .or(self.otherwise)
            .unwrap_or(metric)
    }

    /// Returns the metric as [`Self::measured_by`] does, for target tracking, whose metric must fall as capacity is added.
    fn tracked_by(&self, metric: MetricName) -> MetricName {
        let there = self.measured_by(metric);
        if there.spec().is_tracked {
            there
        } else {
            self.requests()
        }
    }

    /// Returns the metric there that counts requests of a minute, or stands for one that does.
    pub(crate) fn requests(&self) -> MetricName {
        self.measured_by(MetricName::InvocationsPerInstance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compile::compile,
        document::{ComparisonOperator, StepAdjustment},
        presets,
    };

    #[test]
    fn what_was_left_to_sizing_is_back_as_it_was() {
        for preset in presets::all() {
            let before = preset.scenario();
            for platform in Platform::ALL.iter().copied() {
                let mut scenario = before.clone();
                scenario.move_to(platform);
                scenario.move_to(before.platform);
                scenario.recall(&before);
                let bounds = |scenario: &Scenario| {
                    let target = &scenario.scalable_target;
                    let tracking = (scenario.policies.iter())
                        .find_map(|policy| policy.target_tracking.as_ref()?.target_value);
                    let bounds = (target.min_capacity, target.max_capacity);
                    (bounds, tracking, scenario.instance.usd_per_hour)
                };
                let (id, name) = (preset.id, platform.rules().scales);
                assert!(compile(&scenario).is_ok(), "{id}, {name:?}");
                if before.platform == Platform::SagemakerRealTime {
                    assert_eq!(bounds(&scenario), bounds(&before), "{id}, {name:?}");
                }
            }
        }
    }

    fn step(metric_name: MetricName, upward: bool) -> ScalingPolicy {
        let mut policy = ScalingPolicy::step("step");
        let alarm = policy.alarm.as_mut().unwrap();
        alarm.metric_name = metric_name;
        alarm.threshold = Some(200.0);
        if !upward {
            alarm.comparison = ComparisonOperator::LessThanThreshold;
            policy.step_scaling.as_mut().unwrap().steps[0] = StepAdjustment {
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
            if scenario.platform.rules().scales.is_of_ec2() {
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
                customized_metric: Some(CustomizedMetricSpecification::default()),
                ..TargetTracking::default()
            }),
            ..ScalingPolicy::default()
        };
        let mut scenario = Scenario {
            policies: vec![
                cpu,
                step(MetricName::CpuUtilization, true),
                step(MetricName::InvocationsPerInstance, false),
            ]
            .into(),
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
            scenario.policies = vec![simple].into();
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
