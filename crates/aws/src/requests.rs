//! From a scenario to AWS's requests that deploy its scaling.
//!
//! Sources: API references of Application Auto Scaling, Amazon EC2 Auto Scaling and Amazon CloudWatch.

use scenario::{
    compile::Compiled,
    document::{
        AutoScalingGroup, MetricAlarm, MetricName, PolicyType, PredefinedMetricType,
        PredictiveScaling, ScalableTarget, ScalableTargetAction, ScalingPolicy, Scenario,
        ScheduledAction, SimpleScaling, StepAdjustment, StepScaling, SuspendedState,
        TargetTracking, WarmPool,
    },
    field::{Field, ItemField, ItemId, Items},
    metrics::{Source, Usual},
};

use crate::{
    account::TargetDimension,
    deployment::{
        Change, Deployment, Entry, Object, Operation, Origin, Parameter, Part, Remark, Resource,
        Term,
    },
    names::unique,
    resolved::resolved,
    schedules,
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
            self.action(id, action);
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

    /// Returns a field with where its value comes from: `usual` where the person left it open.
    fn remark(&self, field: Field, usual: Origin) -> Remark {
        let typed = field.read(self.scenario);
        let is_typed = typed.is_some_and(|value| value != scenario::field::Value::Absent);
        Remark::Field {
            field,
            origin: if is_typed { Origin::Typed } else { usual },
        }
    }

    /// Returns a field that always holds something with where its value comes from.
    fn unless_usual(field: Field, is_usual: bool) -> Remark {
        let origin = match is_usual {
            true => Origin::Usual,
            false => Origin::Typed,
        };
        Remark::Field { field, origin }
    }

    /// Returns the target or threshold of a metric with where its value comes from.
    fn aim(&self, field: Field, metric: MetricName, value: f64) -> Remark {
        let engine::plan::Service {
            max_rps,
            safety_factor,
            ..
        } = *self.service;
        let formula = engine::sizing::target(max_rps, safety_factor);
        let is_formula = metric.counts_requests() && (value - formula).abs() <= formula * 1e-9;
        let usual = match metric.spec().usual {
            Usual::Value(usual) if usual == value => Origin::Usual,
            _ if is_formula => Origin::Formula {
                max_rps,
                safety_factor,
            },
            _ => Origin::LoadTest {
                max_rps,
                safety_factor,
            },
        };
        self.remark(field, usual)
    }

    /// The three fields that name what scales.
    fn target_names(&self, dimension: TargetDimension) -> Vec<Entry> {
        let parts = match dimension {
            TargetDimension::ComponentCopies => vec![
                Part::Text("inference-component/".to_owned()),
                Part::Parameter(Parameter::InferenceComponentName),
            ],
            TargetDimension::VariantInstances | TargetDimension::ProvisionedConcurrency => vec![
                Part::Text("endpoint/".to_owned()),
                Part::Parameter(Parameter::EndpointName),
                Part::Text("/variant/".to_owned()),
                Part::Parameter(Parameter::VariantName),
            ],
        };
        vec![
            text("ServiceNamespace", "sagemaker"),
            entry("ResourceId", Term::Joined(parts)),
            text("ScalableDimension", dimension.name()),
        ]
    }

    /// The fields that name what scales, of whichever kind it is.
    fn subject(&self) -> Vec<Entry> {
        match self.dimension {
            Some(dimension) => self.target_names(dimension),
            None => vec![parameter(
                "AutoScalingGroupName",
                Parameter::AutoScalingGroupName,
            )],
        }
    }

    fn scalable_target(&mut self, dimension: TargetDimension) {
        let mut body = self.target_names(dimension);
        let target = &self.whole.scalable_target;
        for (name, field, value) in [
            (
                "MinCapacity",
                ScalableTarget::min_capacity,
                target.min_capacity,
            ),
            (
                "MaxCapacity",
                ScalableTarget::max_capacity,
                target.max_capacity,
            ),
        ] {
            let remark = self.remark(field, Origin::Sizing);
            body.extend(value.map(|value| whole(name, value).with(remark)));
        }
        let suspended = &target.suspended;
        if *suspended != SuspendedState::default() {
            body.push(entry(
                "SuspendedState",
                Term::Object(Object(vec![
                    switch("DynamicScalingInSuspended", suspended.dynamic_scaling_in),
                    switch("DynamicScalingOutSuspended", suspended.dynamic_scaling_out),
                    switch("ScheduledScalingSuspended", suspended.scheduled_scaling),
                ])),
            ));
        }
        self.push(Operation::RegisterScalableTarget, "", body);
    }

    fn group(&mut self) {
        let mut body = self.subject();
        let target = &self.whole.scalable_target;
        let group = &self.whole.auto_scaling_group;
        for (name, field, value) in [
            ("MinSize", ScalableTarget::min_capacity, target.min_capacity),
            ("MaxSize", ScalableTarget::max_capacity, target.max_capacity),
        ] {
            let remark = self.remark(field, Origin::Sizing);
            body.extend(value.map(|value| whole(name, value).with(remark)));
        }
        let usual = AutoScalingGroup::default();
        let remark = Self::unless_usual(
            AutoScalingGroup::default_cooldown,
            group.default_cooldown == usual.default_cooldown,
        );
        body.push(whole("DefaultCooldown", group.default_cooldown).with(remark));
        let remark = Self::unless_usual(
            AutoScalingGroup::health_check_type,
            group.health_check_type == usual.health_check_type,
        );
        body.push(text("HealthCheckType", group.health_check_type.name()).with(remark));
        let remark = Self::unless_usual(
            AutoScalingGroup::health_check_grace_period,
            group.health_check_grace_period == usual.health_check_grace_period,
        );
        body.push(whole("HealthCheckGracePeriod", group.health_check_grace_period).with(remark));
        body.extend(group.default_instance_warmup.map(|seconds| {
            let remark = self.remark(AutoScalingGroup::default_instance_warmup, Origin::Usual);
            whole("DefaultInstanceWarmup", seconds).with(remark)
        }));
        self.push(Operation::UpdateAutoScalingGroup, "", body);
        if let Some(pool) = &group.warm_pool {
            let mut body = self.subject();
            body.extend(pool.max_group_prepared_capacity.map(|most| {
                whole("MaxGroupPreparedCapacity", most)
                    .with(self.remark(WarmPool::max_group_prepared_capacity, Origin::Usual))
            }));
            let remark = Self::unless_usual(
                WarmPool::min_size,
                pool.min_size == WarmPool::default().min_size,
            );
            body.push(whole("MinSize", pool.min_size).with(remark));
            body.push(text("PoolState", pool.pool_state.name()));
            self.push(Operation::PutWarmPool, "", body);
        }
        self.suspended_processes();
    }

    /// A group's processes know no direction: what holds only one way cannot be said.
    fn suspended_processes(&mut self) {
        let suspended = &self.whole.scalable_target.suspended;
        let (scale_in, scale_out) = (suspended.dynamic_scaling_in, suspended.dynamic_scaling_out);
        let mut processes = Vec::new();
        if scale_in && scale_out {
            processes.push(Term::Text("AlarmNotification".to_owned()));
        } else if scale_in {
            let field = SuspendedState::dynamic_scaling_in;
            self.left_out.push(Remark::CannotSay { field });
        } else if scale_out {
            let field = SuspendedState::dynamic_scaling_out;
            self.left_out.push(Remark::CannotSay { field });
        }
        if suspended.scheduled_scaling {
            processes.push(Term::Text("ScheduledActions".to_owned()));
        }
        if !processes.is_empty() {
            let mut body = self.subject();
            body.push(entry("ScalingProcesses", Term::List(processes)));
            self.push(Operation::SuspendProcesses, "", body);
        }
    }

    fn policy(&mut self, id: ItemId, policy: &ScalingPolicy) {
        let is_group = self.dimension.is_none();
        let mut body = self.subject();
        body.insert(0, text("PolicyName", &policy.policy_name));
        body.push(text("PolicyType", policy.policy_type.name()));
        match policy.policy_type {
            PolicyType::TargetTrackingScaling => {
                let name = match is_group {
                    true => "TargetTrackingConfiguration",
                    false => "TargetTrackingScalingPolicyConfiguration",
                };
                let tracking = policy.target_tracking.as_ref();
                body.extend(tracking.map(|it| entry(name, Term::Object(self.tracking(id, it)))));
            }
            PolicyType::StepScaling => {
                if let Some(steps) = &policy.step_scaling {
                    let threshold = policy.alarm.as_ref().and_then(|it| it.threshold);
                    let steps = self.steps(id, steps, threshold);
                    match is_group {
                        true => body.extend(steps.0),
                        false => {
                            body.push(entry("StepScalingPolicyConfiguration", Term::Object(steps)))
                        }
                    }
                }
            }
            PolicyType::SimpleScaling => {
                if let Some(simple) = &policy.simple_scaling {
                    body.push(text("AdjustmentType", simple.adjustment_type.name()));
                    let typed = |field: ItemField| self.remark(field.of(id), Origin::Usual);
                    body.push(
                        entry("ScalingAdjustment", Term::Whole(simple.adjustment.into()))
                            .with(typed(SimpleScaling::adjustment)),
                    );
                    body.extend(simple.min_adjustment_magnitude.map(|it| {
                        whole("MinAdjustmentMagnitude", it)
                            .with(typed(SimpleScaling::min_adjustment_magnitude))
                    }));
                    body.extend(simple.cooldown.map(|seconds| {
                        whole("Cooldown", seconds).with(typed(SimpleScaling::cooldown))
                    }));
                }
            }
            PolicyType::PredictiveScaling => {
                let predictive = self.predictive(id, policy);
                body.extend(
                    predictive.map(|it| entry("PredictiveScalingConfiguration", Term::Object(it))),
                );
            }
        }
        // Of predictive and simple scaling AWS takes no such field.
        let warms_up = matches!(
            policy.policy_type,
            PolicyType::TargetTrackingScaling | PolicyType::StepScaling
        );
        if is_group && warms_up {
            body.extend(policy.estimated_instance_warmup.map(|seconds| {
                let field = ScalingPolicy::estimated_instance_warmup.of(id);
                whole("EstimatedInstanceWarmup", seconds).with(self.remark(field, Origin::Usual))
            }));
        }
        let operation = match is_group {
            true => Operation::PutGroupScalingPolicy,
            false => Operation::PutScalingPolicy,
        };
        self.push(operation, &policy.policy_name, body);
    }

    fn tracking(&self, id: ItemId, tracking: &TargetTracking) -> Object {
        let mut body = Vec::new();
        body.extend(tracking.target_value.map(|it| {
            let field = TargetTracking::target_value.of(id);
            number("TargetValue", it).with(self.aim(field, tracking.metric_name(), it))
        }));
        match &tracking.customized_metric {
            None => {
                let kind = tracking.metric.metric_type;
                let label = (kind == PredefinedMetricType::AlbRequestCountPerTarget)
                    .then_some(tracking.metric.resource_label.as_deref());
                body.push(entry(
                    "PredefinedMetricSpecification",
                    Term::Object(labelled(kind.name(), label)),
                ));
            }
            Some(customized) => {
                let metric = customized.metric_name;
                let statistic = customized.statistic.unwrap_or_else(|| metric.statistic());
                let mut specification = self.metric(
                    metric,
                    customized.namespace.as_deref(),
                    &customized.dimensions,
                );
                specification.push(text("Statistic", statistic.name()));
                specification.extend(customized.unit.as_deref().map(|unit| text("Unit", unit)));
                body.push(entry(
                    "CustomizedMetricSpecification",
                    Term::Object(Object(specification)),
                ));
            }
        }
        if self.dimension.is_some() {
            let usual = TargetTracking::default();
            for (name, field, seconds, usual) in [
                (
                    "ScaleOutCooldown",
                    TargetTracking::scale_out_cooldown,
                    tracking.scale_out_cooldown,
                    usual.scale_out_cooldown,
                ),
                (
                    "ScaleInCooldown",
                    TargetTracking::scale_in_cooldown,
                    tracking.scale_in_cooldown,
                    usual.scale_in_cooldown,
                ),
            ] {
                let remark = Self::unless_usual(field.of(id), seconds == usual);
                body.push(whole(name, seconds).with(remark));
            }
        }
        body.push(switch("DisableScaleIn", tracking.disable_scale_in));
        Object(body)
    }

    /// The metric's name, its namespace and its dimensions.
    fn metric(
        &self,
        metric: MetricName,
        namespace: Option<&str>,
        dimensions: &[scenario::document::Dimension],
    ) -> Vec<Entry> {
        let platform = self.scenario.platform;
        let own = namespace.unwrap_or_else(|| metric.namespace(platform));
        let dimension = |name: &str, value: Term| {
            Term::Object(Object(vec![text("Name", name), entry("Value", value)]))
        };
        let mut given: Vec<Term> = dimensions
            .iter()
            .map(|it| dimension(&it.name, Term::Text(it.value.clone())))
            .collect();
        if given.is_empty() {
            let usual = self.dimensions_of(metric).iter();
            given.extend(
                usual.map(|it| dimension(it.name(), Term::Joined(vec![Part::Parameter(*it)]))),
            );
        }
        vec![
            text("MetricName", metric.name()),
            text("Namespace", own),
            entry("Dimensions", Term::List(given)),
        ]
    }

    /// Returns what names whose metric it is: each parameter is called as the dimension is.
    fn dimensions_of(&self, metric: MetricName) -> &'static [Parameter] {
        let (sources, there) = (
            metric.spec().sources,
            self.scenario.platform.rules().sources,
        );
        let source = sources
            .iter()
            .find(|it| there.contains(it))
            .or(sources.first());
        match source {
            Some(Source::Variant | Source::Hosts | Source::ProvisionedConcurrency) | None => {
                &[Parameter::EndpointName, Parameter::VariantName]
            }
            Some(Source::Queue) => &[Parameter::EndpointName],
            Some(Source::Component) => &[Parameter::InferenceComponentName],
            Some(Source::LoadBalancer) => &[Parameter::LoadBalancer, Parameter::TargetGroup],
            Some(Source::Ec2) => &[Parameter::AutoScalingGroupName],
        }
    }

    fn steps(&self, id: ItemId, steps: &StepScaling, threshold: Option<f64>) -> Object {
        let mut body = vec![text("AdjustmentType", steps.adjustment_type.name())];
        let adjustments = entry("StepAdjustments", Term::List(adjustments(&steps.steps)));
        body.push(Entry {
            remark: threshold.map(|threshold| Remark::FromThreshold { threshold }),
            ..adjustments
        });
        body.extend(steps.min_adjustment_magnitude.map(|it| {
            let field = StepScaling::min_adjustment_magnitude.of(id);
            whole("MinAdjustmentMagnitude", it).with(self.remark(field, Origin::Usual))
        }));
        // A group's steps wait for instances that warm up instead.
        if self.dimension.is_some() {
            let is_usual = steps.cooldown == StepScaling::default().cooldown;
            let remark = Self::unless_usual(StepScaling::cooldown.of(id), is_usual);
            body.push(whole("Cooldown", steps.cooldown).with(remark));
        }
        body.extend(
            steps
                .metric_aggregation_type
                .map(|it| text("MetricAggregationType", it.name())),
        );
        Object(body)
    }

    fn predictive(&self, id: ItemId, policy: &ScalingPolicy) -> Option<Object> {
        let predictive = policy.predictive_scaling.as_ref()?;
        let metrics = predictive.metrics.iter().map(|metric| {
            let field = scenario::document::PredictiveMetricSpecification::target_value.of(id);
            let mut specification = Vec::new();
            specification.extend(metric.target_value.map(|it| {
                number("TargetValue", it).with(self.aim(field, predictive.metric_name(), it))
            }));
            specification.extend(metric.pair.as_ref().map(|pair| {
                let is_labelled =
                    pair.metric_type == scenario::document::PredictivePairType::AlbRequestCount;
                let label = is_labelled.then_some(pair.resource_label.as_deref());
                entry(
                    "PredefinedMetricPairSpecification",
                    Term::Object(labelled(pair.metric_type.name(), label)),
                )
            }));
            Term::Object(Object(specification))
        });
        let mut body = vec![
            entry("MetricSpecifications", Term::List(metrics.collect())),
            text("Mode", predictive.mode.name()),
            whole("SchedulingBufferTime", predictive.scheduling_buffer_time).with(
                Self::unless_usual(
                    PredictiveScaling::scheduling_buffer_time.of(id),
                    predictive.scheduling_buffer_time
                        == PredictiveScaling::default().scheduling_buffer_time,
                ),
            ),
            text(
                "MaxCapacityBreachBehavior",
                predictive.max_capacity_breach_behavior.name(),
            ),
        ];
        body.extend(predictive.max_capacity_buffer.map(|it| {
            let field = PredictiveScaling::max_capacity_buffer.of(id);
            whole("MaxCapacityBuffer", it).with(self.remark(field, Origin::Usual))
        }));
        Some(Object(body))
    }

    fn alarm(&mut self, id: ItemId, policy: &ScalingPolicy, alarm: &MetricAlarm, name: &str) {
        let scales = match self.dimension {
            Some(TargetDimension::ComponentCopies) => Parameter::InferenceComponentName,
            Some(_) => Parameter::EndpointName,
            None => Parameter::AutoScalingGroupName,
        };
        let statistic = alarm
            .statistic
            .unwrap_or_else(|| alarm.metric_name.statistic());
        let mut body = vec![entry(
            "AlarmName",
            Term::Joined(vec![
                Part::Parameter(scales),
                Part::Text(format!("-{name}")),
            ]),
        )];
        body.push(entry(
            "AlarmActions",
            Term::List(vec![Term::PolicyArn(policy.policy_name.clone())]),
        ));
        body.extend(self.metric(
            alarm.metric_name,
            alarm.namespace.as_deref(),
            &alarm.dimensions,
        ));
        body.push(text("Statistic", statistic.name()));
        let usual = MetricAlarm::default();
        for (name, field, value, usual) in [
            ("Period", MetricAlarm::period, alarm.period, usual.period),
            (
                "EvaluationPeriods",
                MetricAlarm::evaluation_periods,
                alarm.evaluation_periods,
                usual.evaluation_periods,
            ),
        ] {
            let remark = Self::unless_usual(field.of(id), value == usual);
            body.push(whole(name, value).with(remark));
        }
        body.extend(alarm.datapoints_to_alarm.map(|it| {
            let field = MetricAlarm::datapoints_to_alarm.of(id);
            whole("DatapointsToAlarm", it).with(self.remark(field, Origin::Usual))
        }));
        body.extend(alarm.threshold.map(|it| {
            let field = MetricAlarm::threshold.of(id);
            number("Threshold", it).with(self.aim(field, alarm.metric_name, it))
        }));
        body.push(text("ComparisonOperator", alarm.comparison.name()));
        body.push(text("TreatMissingData", alarm.treat_missing_data.name()));
        self.push(Operation::PutMetricAlarm, name, body);
    }

    fn action(&mut self, id: ItemId, action: &ScheduledAction) {
        let mut body = self.subject();
        body.insert(0, text("ScheduledActionName", &action.name));
        let bounds = &action.action;
        let min = self.remark(ScalableTargetAction::min_capacity.of(id), Origin::Usual);
        let max = self.remark(ScalableTargetAction::max_capacity.of(id), Origin::Usual);
        let zone = action.time_zone.as_deref();
        if self.dimension.is_some() {
            body.push(text("Schedule", &action.schedule));
            body.extend(zone.map(|zone| text("Timezone", zone)));
            body.extend(
                action
                    .start_time
                    .map(|it| entry("StartTime", Term::Moment(it))),
            );
            body.extend(action.end_time.map(|it| entry("EndTime", Term::Moment(it))));
            let mut sets = Vec::new();
            sets.extend(
                bounds
                    .min_capacity
                    .map(|it| whole("MinCapacity", it).with(min)),
            );
            sets.extend(
                bounds
                    .max_capacity
                    .map(|it| whole("MaxCapacity", it).with(max)),
            );
            body.push(entry("ScalableTargetAction", Term::Object(Object(sets))));
            self.push(Operation::PutScheduledAction, &action.name, body);
            return;
        }
        let start = match &action.recurrence {
            Some(recurrence) => {
                body.push(text("Recurrence", recurrence));
                body.extend(zone.map(|zone| text("TimeZone", zone)));
                action.start_time
            }
            None => schedules::once(action),
        };
        if action.recurrence.is_none() && start.is_none() {
            let field = ScheduledAction::schedule.of(id);
            self.left_out.push(Remark::CannotSay { field });
            return;
        }
        body.extend(start.map(|it| entry("StartTime", Term::Moment(it))));
        body.extend(action.end_time.map(|it| entry("EndTime", Term::Moment(it))));
        body.extend(bounds.min_capacity.map(|it| whole("MinSize", it).with(min)));
        body.extend(bounds.max_capacity.map(|it| whole("MaxSize", it).with(max)));
        body.extend(action.desired_capacity.map(|it| {
            let field = ScheduledAction::desired_capacity.of(id);
            whole("DesiredCapacity", it).with(self.remark(field, Origin::Usual))
        }));
        self.push(Operation::PutScheduledUpdateGroupAction, &action.name, body);
    }
}

fn adjustments(steps: &Items<StepAdjustment>) -> Vec<Term> {
    let adjustment = |step: &StepAdjustment| {
        let mut body = Vec::new();
        body.extend(step.lower.map(|it| number("MetricIntervalLowerBound", it)));
        body.extend(step.upper.map(|it| number("MetricIntervalUpperBound", it)));
        body.push(entry(
            "ScalingAdjustment",
            Term::Whole(step.adjustment.into()),
        ));
        Term::Object(Object(body))
    };
    steps.iter().map(adjustment).collect()
}

/// A predefined metric; `label`: whose requests it counts, where it counts a target group's.
fn labelled(metric_type: &str, label: Option<Option<&str>>) -> Object {
    let mut body = vec![text("PredefinedMetricType", metric_type)];
    body.extend(label.map(|label| {
        let term = match label {
            Some(label) => Term::Text(label.to_owned()),
            None => Term::Joined(vec![
                Part::Parameter(Parameter::LoadBalancer),
                Part::Text("/".to_owned()),
                Part::Parameter(Parameter::TargetGroup),
            ]),
        };
        entry("ResourceLabel", term)
    }));
    Object(body)
}

impl Entry {
    fn with(self, remark: Remark) -> Self {
        Self {
            remark: Some(remark),
            ..self
        }
    }
}

fn entry(name: &'static str, term: Term) -> Entry {
    Entry {
        name,
        term,
        remark: None,
    }
}

fn text(name: &'static str, value: &str) -> Entry {
    entry(name, Term::Text(value.to_owned()))
}

fn number(name: &'static str, value: f64) -> Entry {
    entry(name, Term::Number(value))
}

fn whole(name: &'static str, value: u32) -> Entry {
    entry(name, Term::Whole(value.into()))
}

fn switch(name: &'static str, value: bool) -> Entry {
    entry(name, Term::Switch(value))
}

fn parameter(name: &'static str, parameter: Parameter) -> Entry {
    entry(name, Term::Joined(vec![Part::Parameter(parameter)]))
}
