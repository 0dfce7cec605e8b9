//! What documents say of one thing that scales, brought into a scenario. What they do not say stays as it is there.

use scenario::{
    document::Platform,
    document::{
        Dimension, MetricAlarm, PolicyType, PredefinedMetricType, PredictivePairType,
        ScalingPolicy, Scenario, ScheduledAction, SuspendedState,
    },
    field::Items,
    limits::{MOST_POLICIES, MOST_SCHEDULED_ACTIONS},
};

use crate::{
    account::{Account, Alarm, AnsweredList, Group, Policy, Subject, TargetDimension},
    finding::{Finding, FindingKind},
    node::Place,
};

/// An account, and which of its things that scale is meant.
pub(super) struct Reading<'a> {
    pub account: &'a Account,
    /// `None`: nothing says whose it is.
    pub subject: Option<&'a Subject>,
    pub findings: &'a mut Vec<Finding>,
}

impl Reading<'_> {
    /// Brings it into a scenario that says the rest.
    pub(super) fn apply(&mut self, scenario: &mut Scenario) {
        scenario.move_to(self.platform(scenario.platform));
        self.machine(scenario);
        self.bounds(scenario);
        self.policies(scenario);
        self.recommendation(scenario);
        self.actions(scenario);
        self.activities(scenario);
        self.demand(scenario);
    }

    /// Returns whether something is this one's; what does not say whose it is, is.
    fn is_own(&self, of: Option<&Subject>) -> bool {
        of.is_none() || self.subject.is_none() || of == self.subject
    }

    /// Returns the platform: the scenario's, where that scales the same.
    fn platform(&self, present: Platform) -> Platform {
        let dimension = match self.subject {
            Some(Subject::Target { dimension, .. }) => Some(*dimension),
            Some(Subject::Group { .. }) => None,
            None => match self.dimension_of_policies() {
                Some(dimension) => dimension,
                None => return self.of_variants(present),
            },
        };
        if TargetDimension::of(present.rules().scales) == dimension {
            return self.of_variants(present);
        }
        self.of_variants(match dimension {
            None => Platform::Ec2AutoScalingGroup,
            Some(TargetDimension::VariantInstances) => Platform::SagemakerRealTime,
            Some(TargetDimension::ComponentCopies) => Platform::SagemakerInferenceComponent,
            Some(TargetDimension::ProvisionedConcurrency) => Platform::SagemakerServerless,
        })
    }

    /// Returns what the metrics of policies are of that do not say whose they are; `None`: they do not tell.
    fn dimension_of_policies(&self) -> Option<Option<TargetDimension>> {
        let mut policies = self.account.policies.iter();
        policies.find_map(|it| {
            if it.policy.predictive_scaling.is_some() {
                return Some(None);
            }
            let tracking = it.policy.target_tracking.as_ref()?;
            let is_own = tracking.customized_metric.is_some();
            let (_, scales) = tracking.metric.metric_type.spec().filter(|_| !is_own)?;
            Some(TargetDimension::of(scales))
        })
    }

    fn bounds(&self, scenario: &mut Scenario) {
        let target = &mut scenario.scalable_target;
        for said in self
            .account
            .targets
            .iter()
            .filter(|it| self.is_own(Some(&it.subject)))
        {
            target.min_capacity = said.min_capacity.or(target.min_capacity);
            target.max_capacity = said.max_capacity.or(target.max_capacity);
            target.suspended = said.suspended.clone().unwrap_or_default();
        }
        if let Some(suspended) = &self.account.suspended {
            target.suspended = suspended.clone();
        }
        let mut groups = self.account.groups.iter();
        if let Some(said) = groups.find(|it| Some(&it.subject()) == self.subject) {
            target.min_capacity = said.min_size.or(target.min_capacity);
            target.max_capacity = said.max_size.or(target.max_capacity);
            target.suspended = suspended(&said.suspended_processes, &target.suspended);
            settings(said, scenario);
        }
        if let Some(subject @ Subject::Group { name }) = self.subject {
            let pools = self.account.warm_pools.iter();
            let mut own = pools.filter(|it| it.group.as_ref().is_none_or(|group| group == name));
            if let Some(pool) = own.next() {
                scenario.auto_scaling_group.warm_pool = Some(pool.settings.clone());
            } else if self.account.has_answered(AnsweredList::WarmPool, subject) {
                scenario.auto_scaling_group.warm_pool = None;
            }
        }
    }

    fn policies(&mut self, scenario: &mut Scenario) {
        let policies = self.account.policies.iter();
        let own = policies.filter(|it| self.is_own(it.subject.as_ref()));
        // One more than there may be is found wrong where all are counted.
        let own: Vec<&Policy> = own.take(MOST_POLICIES as usize + 1).collect();
        if own.is_empty() {
            let lists = (AnsweredList::TargetPolicies, AnsweredList::GroupPolicies);
            if self.has_none(lists) {
                scenario.policies.clear();
            }
            return;
        }
        let known = std::mem::take(&mut scenario.policies);
        let mut policies = Items::default();
        for said in own {
            let mut policy = said.policy.clone();
            let before = known.iter().find(|it| it.policy_name == policy.policy_name);
            self.without_own_names(&mut policy, before);
            if let Some(before) = before {
                keep_unsaid(&mut policy, before, self.subject);
            }
            if matches!(
                policy.policy_type,
                PolicyType::StepScaling | PolicyType::SimpleScaling
            ) {
                policy.alarm = self.alarm_of(said, before);
            }
            policies.push(policy);
        }
        scenario.policies = policies;
    }

    /// Returns the alarm that triggers a policy.
    fn alarm_of(&mut self, policy: &Policy, before: Option<&ScalingPolicy>) -> Option<MetricAlarm> {
        let triggers = |alarm: &&Alarm| {
            let by_arn = policy
                .arn
                .as_ref()
                .is_some_and(|arn| alarm.actions.contains(arn));
            by_arn || policy.alarm_names.contains(&alarm.name) || names(alarm, policy)
        };
        let name = &policy.policy.policy_name;
        let mut alarms = self.account.alarms.iter().filter(triggers);
        let Some(alarm) = alarms.next() else {
            self.note(
                policy.at,
                FindingKind::PolicyWithoutAlarm {
                    policy: name.clone(),
                },
            );
            return None;
        };
        // A scenario's policy has one alarm.
        for other in alarms {
            let alarm = other.name.clone();
            let policy = name.clone();
            self.findings.push(Finding {
                at: other.at,
                path: String::new(),
                kind: FindingKind::SecondAlarm { alarm, policy },
            });
        }
        if !alarm.actions_enabled {
            let alarm_name = alarm.name.clone();
            self.note(alarm.at, FindingKind::ActionsDisabled { alarm: alarm_name });
            return None;
        }
        let mut said = alarm.alarm.clone();
        let before = before.and_then(|it| it.alarm.as_ref());
        let typed = before.map(|it| &*it.dimensions).unwrap_or_default();
        self.without_own_dimensions(&mut said.dimensions, typed);
        Some(said)
    }

    fn actions(&self, scenario: &mut Scenario) {
        let actions = self.account.actions.iter();
        let own = actions.filter(|it| self.is_own(it.subject.as_ref()));
        let own = own.take(MOST_SCHEDULED_ACTIONS as usize + 1);
        let own: Vec<_> = own.map(|it| it.action.clone()).collect();
        let lists = (AnsweredList::TargetActions, AnsweredList::GroupActions);
        if !own.is_empty() || self.has_none(lists) {
            let known = std::mem::take(&mut scenario.scheduled_actions);
            let mut actions = Items::default();
            for mut action in own {
                if let Some(before) = known.iter().find(|it| it.name == action.name) {
                    keep_unsaid_of_action(&mut action, before, self.subject);
                }
                actions.push(action);
            }
            scenario.scheduled_actions = actions;
        }
    }

    /// Returns whether an answer says that there are none: of a target the first list's, of a group the second's.
    fn has_none(&self, lists: (AnsweredList, AnsweredList)) -> bool {
        let Some(subject) = self.subject else {
            return false;
        };
        let list = match subject {
            Subject::Target { .. } => lists.0,
            Subject::Group { .. } => lists.1,
        };
        self.account.has_answered(list, subject)
    }

    /// Takes the account's names out of a policy, as far as they only say whose metric it looks at: nothing depends on them.
    fn without_own_names(&self, policy: &mut ScalingPolicy, before: Option<&ScalingPolicy>) {
        let predicted = before.and_then(|it| it.predictive_scaling.as_ref());
        let before = before.and_then(|it| it.target_tracking.as_ref());
        if let Some(tracking) = &mut policy.target_tracking {
            let typed = before.and_then(|it| it.metric.resource_label.as_ref());
            let has_one =
                tracking.metric.metric_type == PredefinedMetricType::AlbRequestCountPerTarget;
            without_label(&mut tracking.metric.resource_label, typed, has_one);
            if let Some(customized) = &mut tracking.customized_metric {
                let before = before.and_then(|it| it.customized_metric.as_ref());
                let typed = before.map(|it| &*it.dimensions).unwrap_or_default();
                self.without_own_dimensions(&mut customized.dimensions, typed);
            }
        }
        let typed = |index: usize| {
            let metric = predicted?.metrics.get(index)?;
            metric.pair.as_ref()?.resource_label.as_ref()
        };
        let predictive = policy.predictive_scaling.iter_mut();
        for (index, metric) in predictive.flat_map(|it| &mut it.metrics).enumerate() {
            if let Some(pair) = &mut metric.pair {
                let has_one = pair.metric_type == PredictivePairType::AlbRequestCount;
                without_label(&mut pair.resource_label, typed(index), has_one);
            }
        }
    }

    /// Leaves dimensions only where the person typed some.
    fn without_own_dimensions(&self, dimensions: &mut Vec<Dimension>, typed: &[Dimension]) {
        if typed.is_empty() {
            dimensions.clear();
        }
    }

    pub(super) fn note(&mut self, at: Place, kind: FindingKind) {
        self.findings.push(Finding {
            at,
            path: String::new(),
            kind,
        });
    }
}

/// Whether an alarm names the policy's ARN, which no answer gave: the ARN of a policy ends with its name.
fn names(alarm: &Alarm, policy: &Policy) -> bool {
    let name = &policy.policy.policy_name;
    let end = format!("policyName/{name}");
    let placeholder = format!("ARN-OF-POLICY {name}");
    policy.arn.is_none()
        && (alarm.actions.iter()).any(|it| it.ends_with(&end) || *it == placeholder)
}

/// A label names a load balancer and its target group: it stays where the person typed one, also where the metric has none and so
/// nothing says it.
fn without_label(label: &mut Option<String>, typed: Option<&String>, has_one: bool) {
    if typed.is_none() || !has_one {
        *label = typed.cloned();
    }
}

/// What a request of this kind cannot say stays as it was: a group's target tracking has no cooldowns.
fn keep_unsaid(policy: &mut ScalingPolicy, before: &ScalingPolicy, subject: Option<&Subject>) {
    let is_group = matches!(subject, Some(Subject::Group { .. }));
    if policy.policy_type != before.policy_type {
        return;
    }
    if is_group {
        if let (Some(tracking), Some(before)) =
            (&mut policy.target_tracking, &before.target_tracking)
        {
            tracking.scale_out_cooldown = before.scale_out_cooldown;
            tracking.scale_in_cooldown = before.scale_in_cooldown;
        }
        if let (Some(steps), Some(before)) = (&mut policy.step_scaling, &before.step_scaling) {
            steps.cooldown = before.cooldown;
        }
    }
    if !is_group || !policy.policy_type.warms_up() {
        policy.estimated_instance_warmup = before.estimated_instance_warmup;
    }
    if let (Some(tracking), Some(before)) = (&mut policy.target_tracking, &before.target_tracking)
        && tracking.customized_metric.is_some()
    {
        // Beside a metric of one's own nothing says which predefined one there was.
        tracking.metric = before.metric.clone();
    }
}

/// The same of an action: a target's sets no capacity, and a group's that happens once has no other start.
fn keep_unsaid_of_action(
    action: &mut ScheduledAction,
    before: &ScheduledAction,
    subject: Option<&Subject>,
) {
    match subject {
        Some(Subject::Target { .. }) => action.desired_capacity = before.desired_capacity,
        Some(Subject::Group { .. }) if action.recurrence.is_none() => {
            action.start_time = before.start_time;
        }
        _ => {}
    }
}

/// Returns what a group's suspended processes mean. They know no direction: one that was suspended alone stays so.
fn suspended(processes: &[String], before: &SuspendedState) -> SuspendedState {
    let is_suspended = |name: &str| processes.iter().any(|it| it == name);
    let alarms = is_suspended("AlarmNotification");
    let is_one_way = before.dynamic_scaling_in != before.dynamic_scaling_out;
    SuspendedState {
        dynamic_scaling_in: alarms || (is_one_way && before.dynamic_scaling_in),
        dynamic_scaling_out: alarms || (is_one_way && before.dynamic_scaling_out),
        scheduled_scaling: is_suspended("ScheduledActions"),
    }
}

/// Brings what is said of a group's settings into a scenario.
fn settings(group: &Group, scenario: &mut Scenario) {
    let (said, settings) = (&group.settings, &mut scenario.auto_scaling_group);
    for name in &group.said {
        match *name {
            "DefaultInstanceWarmup" => {
                settings.default_instance_warmup = said.default_instance_warmup
            }
            "DefaultCooldown" => settings.default_cooldown = said.default_cooldown,
            "HealthCheckType" => settings.health_check_type = said.health_check_type,
            "HealthCheckGracePeriod" => {
                settings.health_check_grace_period = said.health_check_grace_period;
            }
            "WarmPool" => settings.warm_pool.clone_from(&said.warm_pool),
            _ => {}
        }
    }
    if let Some(zones) = group.availability_zones {
        scenario.availability_zones = zones;
    }
    if let Some(instance_type) = &group.instance_type {
        scenario.instance.instance_type.clone_from(instance_type);
    }
}
