//! Where a field's path (`load_test.max_rps`, `demand[2].event.at`) leads in the scenario, and its text there.
//!
//! One table for all fields: the form, the reducer and the problems of `scenario::compile` speak of the same paths.

use scenario::catalogue;
use scenario::document::{
    Asynchronous, AutoScalingGroup, Failing, Failure, GrowthBy, GrowthPer, InferenceComponent,
    Instance, Layer, MetricAlarm, MetricName, PredictiveScaling, Rare, ScalingPolicy, Scenario,
    ScheduledAction, Serverless, Shape, SimpleScaling, StepScaling, SuspendedState,
    TreatMissingData,
};
use scenario::time::{LocalDate, LocalDateTime, LocalTime, UtcDateTime, Weekday};

use super::{
    named::Named,
    number::{self, Unit, Wrong},
    usual::{self, Piece},
};

/// The scenario's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Layers of demand.
    Demand,
    /// Scaling policies.
    Policies,
    /// Scheduled actions.
    Actions,
    /// What fails.
    Failures,
}

impl List {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Demand, Self::Policies, Self::Actions, Self::Failures];

    /// The name that paths begin with.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Policies => "policies",
            Self::Actions => "scheduled_actions",
            Self::Failures => "failures",
        }
    }

    /// Path of item `index`.
    pub fn item(self, index: usize) -> String {
        format!("{}[{index}]", self.name())
    }
}

/// Splits `demand[2].event.at` into list, index and rest.
pub fn split(path: &str) -> Option<(List, usize, &str)> {
    let (name, rest) = path.split_once('[')?;
    let (index, rest) = rest.split_once(']')?;
    let list = List::ALL.into_iter().find(|list| list.name() == name)?;
    Some((
        list,
        index.parse().ok()?,
        rest.strip_prefix('.').unwrap_or(rest),
    ))
}

/// A place in the scenario, by the kind of value that belongs there.
#[derive(Debug)]
pub enum Slot<'a> {
    /// A number.
    Real(&'a mut f64, Unit),
    /// A number, or nothing.
    MaybeReal(&'a mut Option<f64>, Unit),
    /// A whole number.
    Count(&'a mut u32, Unit),
    /// A whole number, or nothing.
    MaybeCount(&'a mut Option<u32>, Unit),
    /// A seed.
    Seed(&'a mut u64),
    /// Words.
    Text(&'a mut String),
    /// Words, or nothing.
    MaybeText(&'a mut Option<String>),
    /// A day.
    Date(&'a mut LocalDate),
    /// A time of day.
    Time(&'a mut LocalTime),
    /// A day and a time of day.
    DateTime(&'a mut LocalDateTime),
    /// A moment in UTC, or nothing.
    MaybeUtc(&'a mut Option<UtcDateTime>),
    /// A piece of a usual schedule, in its expression; where nothing says a date, it is this.
    Usual(&'a mut String, Piece, LocalDate),
    /// Yes or no.
    Switch(&'a mut bool),
    /// Days of the week.
    Days(&'a mut Vec<Weekday>),
    /// Period of growth.
    Per(&'a mut GrowthPer),
    /// Kind of growth.
    By(&'a mut GrowthBy),
    /// `TreatMissingData`.
    Missing(&'a mut TreatMissingData),
    /// Another choice of AWS's.
    Named(&'a mut dyn Named),
    /// A whole number that may be negative.
    Change(&'a mut i32),
    /// Percent of a machine, or nothing; it is kept as AWS has it, summed over so many cores or GPUs.
    Share(&'a mut Option<f64>, f64),
}

/// Days of the week, Monday first, with their names in files.
pub const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

const PERIODS: [(GrowthPer, &str); 4] = [
    (GrowthPer::Day, "day"),
    (GrowthPer::Week, "week"),
    (GrowthPer::Month, "month"),
    (GrowthPer::Year, "year"),
];

const MISSING: [(TreatMissingData, &str); 4] = [
    (TreatMissingData::Missing, "missing"),
    (TreatMissingData::Ignore, "ignore"),
    (TreatMissingData::Breaching, "breaching"),
    (TreatMissingData::NotBreaching, "notBreaching"),
];

/// The place that `path` leads to; `None` where the scenario has no such place.
pub fn place<'a>(scenario: &'a mut Scenario, path: &str) -> Option<Slot<'a>> {
    if let Some((list, index, rest)) = split(path) {
        return match list {
            List::Demand => layer(scenario.demand.get_mut(index)?, rest),
            List::Policies => {
                let instance_type = &scenario.instance.instance_type;
                policy(scenario.policies.get_mut(index)?, rest, instance_type)
            }
            List::Actions => {
                let first_day = scenario.start;
                action(scenario.scheduled_actions.get_mut(index)?, rest, first_day)
            }
            List::Failures => failure(scenario.failures.get_mut(index)?, rest),
        };
    }
    let Scenario {
        load_test,
        expected,
        instance,
        scalable_target,
        service,
        objective,
        assumptions,
        auto_scaling_group,
        asynchronous,
        inference_component,
        ..
    } = scenario;
    Some(match path {
        "name" => Slot::Text(&mut scenario.name),
        "start" => Slot::Date(&mut scenario.start),
        "hours" => Slot::Count(&mut scenario.hours, Unit::Hours),
        "time_zone" => Slot::Text(&mut scenario.time_zone),
        "seed" => Slot::Seed(&mut scenario.seed),
        "platform" => Slot::Named(&mut scenario.platform),
        "load_test.max_rps" => Slot::Real(&mut load_test.max_rps, Unit::Rps),
        "load_test.safety_factor" => Slot::Real(&mut load_test.safety_factor, Unit::None),
        "load_test.p50_ms" => Slot::Real(&mut load_test.p50_ms, Unit::Millis),
        "load_test.cpu_ms_per_request" => {
            Slot::MaybeReal(&mut load_test.cpu_ms_per_request, Unit::Millis)
        }
        "load_test.gpu_ms_per_request" => {
            Slot::MaybeReal(&mut load_test.gpu_ms_per_request, Unit::Millis)
        }
        "load_test.p95_ms" => Slot::Real(&mut load_test.p95_ms, Unit::Millis),
        "expected.peak_rps" => Slot::MaybeReal(&mut expected.peak_rps, Unit::Rps),
        "expected.quiet_rps" => Slot::MaybeReal(&mut expected.quiet_rps, Unit::Rps),
        "expected.fewest_instances" => {
            Slot::MaybeCount(&mut expected.fewest_instances, Unit::Instances)
        }
        "instance.type" => Slot::Text(&mut instance.instance_type),
        "instance.usd_per_hour" => Slot::MaybeReal(&mut instance.usd_per_hour, Unit::UsdPerHour),
        "instance.launch_s" => Slot::Real(&mut instance.launch_s, Unit::Seconds),
        "instance.launch_to_s" => Slot::MaybeReal(&mut instance.launch_to_s, Unit::Seconds),
        "instance.removal_s" => Slot::Real(&mut instance.removal_s, Unit::Seconds),
        "instance.initial" => Slot::MaybeCount(&mut instance.initial, Unit::Instances),
        "scalable_target.MinCapacity" => {
            Slot::MaybeCount(&mut scalable_target.min_capacity, Unit::Instances)
        }
        "scalable_target.MaxCapacity" => {
            Slot::MaybeCount(&mut scalable_target.max_capacity, Unit::Instances)
        }
        "service.timeout_s" => Slot::Real(&mut service.timeout_s, Unit::Seconds),
        "service.queue_limit_per_instance" => {
            Slot::MaybeReal(&mut service.queue_limit_per_instance, Unit::Requests)
        }
        "objective.availability_pct" => Slot::Real(&mut objective.availability_pct, Unit::Percent),
        "objective.late_ms" => Slot::Real(&mut objective.late_ms, Unit::Millis),
        "assumptions.metric_delay_s" => Slot::Real(&mut assumptions.metric_delay_s, Unit::Seconds),
        "assumptions.alarm_high_datapoints" => {
            Slot::Count(&mut assumptions.alarm_high_datapoints, Unit::Datapoints)
        }
        "assumptions.alarm_low_datapoints" => {
            Slot::Count(&mut assumptions.alarm_low_datapoints, Unit::Datapoints)
        }
        "assumptions.alarm_low_factor" => {
            Slot::MaybeReal(&mut assumptions.alarm_low_factor, Unit::None)
        }
        "assumptions.extra_evaluation_range" => {
            Slot::Count(&mut assumptions.extra_evaluation_range, Unit::Datapoints)
        }
        "assumptions.treat_missing_data" => Slot::Missing(&mut assumptions.treat_missing_data),
        "assumptions.max_scale_in_step" => {
            Slot::MaybeCount(&mut assumptions.max_scale_in_step, Unit::Instances)
        }
        "assumptions.status_check_s" => Slot::Real(&mut assumptions.status_check_s, Unit::Seconds),
        "availability_zones" => Slot::Count(&mut scenario.availability_zones, Unit::None),
        "assumptions.updating_blocks" => Slot::Switch(&mut assumptions.updating_blocks),
        "assumptions.datapoints_from_before_act" => {
            Slot::Switch(&mut assumptions.datapoints_from_before_act)
        }
        _ => {
            if let Some(rest) = path.strip_prefix("instance.") {
                return credits(instance, rest);
            }
            if let Some(rest) = path.strip_prefix("serverless.") {
                return serverless(&mut scenario.serverless, rest);
            }
            let suspended = &mut scalable_target.suspended;
            let others = (asynchronous, inference_component, suspended);
            return rare(auto_scaling_group, others, path);
        }
    })
}

/// What only burstable types have.
#[inline(never)]
fn credits<'a>(instance: &'a mut Instance, rest: &str) -> Option<Slot<'a>> {
    Some(match rest {
        "credit_specification.CpuCredits" => Slot::Named(&mut instance.credit_specification),
        "initial_cpu_credits" => Slot::MaybeReal(&mut instance.initial_cpu_credits, Unit::None),
        _ => return None,
    })
}

/// Places that few scenarios have.
#[inline(never)]
fn rare<'a>(
    of_group: &'a mut Rare<AutoScalingGroup>,
    (of_asynchronous, of_component, of_suspended): (
        &'a mut Rare<Asynchronous>,
        &'a mut Rare<InferenceComponent>,
        &'a mut Rare<SuspendedState>,
    ),
    path: &str,
) -> Option<Slot<'a>> {
    if let Some(rest) = path.strip_prefix("auto_scaling_group.") {
        group(of_group, rest)
    } else if let Some(rest) = path.strip_prefix("asynchronous.") {
        asynchronous(of_asynchronous, rest)
    } else if let Some(rest) = path.strip_prefix("inference_component.") {
        component(of_component, rest)
    } else {
        let rest = path.strip_prefix("scalable_target.SuspendedState.")?;
        suspended(of_suspended, rest)
    }
}

#[inline(never)]
fn asynchronous<'a>(asynchronous: &'a mut Asynchronous, rest: &str) -> Option<Slot<'a>> {
    Some(match rest {
        "RequestTTLSeconds" => Slot::Count(&mut asynchronous.request_ttl_seconds, Unit::Seconds),
        "InvocationTimeoutSeconds" => {
            Slot::Count(&mut asynchronous.invocation_timeout_seconds, Unit::Seconds)
        }
        "MaxConcurrentInvocationsPerInstance" => Slot::MaybeCount(
            &mut asynchronous.max_concurrent_invocations_per_instance,
            Unit::Requests,
        ),
        _ => return None,
    })
}

#[inline(never)]
fn component<'a>(component: &'a mut InferenceComponent, rest: &str) -> Option<Slot<'a>> {
    let needs = &mut component.requirements;
    let scaling = &mut component.scaling;
    let scale_in = &mut scaling.scale_in;
    Some(match rest {
        "ComputeResourceRequirements.MinMemoryRequiredInMb" => {
            Slot::MaybeCount(&mut needs.min_memory_mb, Unit::None)
        }
        "ComputeResourceRequirements.NumberOfAcceleratorDevicesRequired" => {
            Slot::MaybeReal(&mut needs.accelerators, Unit::None)
        }
        "ComputeResourceRequirements.NumberOfCpuCoresRequired" => {
            Slot::MaybeReal(&mut needs.cpu_cores, Unit::None)
        }
        "copies_per_instance" => {
            Slot::MaybeCount(&mut component.copies_per_instance, Unit::Instances)
        }
        "copy_start_s" => Slot::Real(&mut component.copy_start_s, Unit::Seconds),
        "idle_release_s" => Slot::Real(&mut component.idle_release_s, Unit::Seconds),
        "SchedulingConfig.PlacementStrategy" => Slot::Named(&mut component.scheduling.placement),
        "ManagedInstanceScaling.MinInstanceCount" => {
            Slot::Count(&mut scaling.min_instances, Unit::Instances)
        }
        "ManagedInstanceScaling.MaxInstanceCount" => {
            Slot::MaybeCount(&mut scaling.max_instances, Unit::Instances)
        }
        "ManagedInstanceScaling.ScaleInPolicy.Strategy" => Slot::Named(&mut scale_in.strategy),
        "ManagedInstanceScaling.ScaleInPolicy.CooldownInMinutes" => {
            Slot::Count(&mut scale_in.cooldown_min, Unit::Minutes)
        }
        "ManagedInstanceScaling.ScaleInPolicy.MaximumStepSize" => {
            Slot::Count(&mut scale_in.step, Unit::Instances)
        }
        _ => return None,
    })
}

#[inline(never)]
fn suspended<'a>(suspended: &'a mut SuspendedState, rest: &str) -> Option<Slot<'a>> {
    Some(Slot::Switch(match rest {
        "DynamicScalingInSuspended" => &mut suspended.dynamic_scaling_in,
        "DynamicScalingOutSuspended" => &mut suspended.dynamic_scaling_out,
        "ScheduledScalingSuspended" => &mut suspended.scheduled_scaling,
        _ => return None,
    }))
}

#[inline(never)]
fn group<'a>(group: &'a mut AutoScalingGroup, rest: &str) -> Option<Slot<'a>> {
    Some(match rest {
        "DefaultInstanceWarmup" => {
            let warm_up = &mut group.default_instance_warmup;
            Slot::MaybeCount(warm_up, Unit::Seconds)
        }
        "history" => Slot::Named(&mut group.history),
        "HealthCheckType" => Slot::Named(&mut group.health_check_type),
        "HealthCheckGracePeriod" => {
            Slot::Count(&mut group.health_check_grace_period, Unit::Seconds)
        }
        "HealthCheckIntervalSeconds" => {
            Slot::Count(&mut group.health_check_interval, Unit::Seconds)
        }
        "UnhealthyThresholdCount" => Slot::Count(&mut group.unhealthy_threshold, Unit::None),
        "boot_s" => Slot::Real(&mut group.boot_s, Unit::Seconds),
        "WarmPool.PoolState" => Slot::Named(&mut group.warm_pool),
        "WarmPool.MaxGroupPreparedCapacity" => {
            let pool = group.warm_pool.as_mut()?;
            Slot::MaybeCount(&mut pool.max_group_prepared_capacity, Unit::Instances)
        }
        "WarmPool.MinSize" => {
            let pool = group.warm_pool.as_mut()?;
            Slot::Count(&mut pool.min_size, Unit::Instances)
        }
        "warm_pool_launch_s" => {
            let launch_s = &mut group.warm_pool_launch_s;
            Slot::Real(launch_s, Unit::Seconds)
        }
        "DefaultCooldown" => {
            let cooldown = &mut group.default_cooldown;
            Slot::Count(cooldown, Unit::Seconds)
        }
        _ => return None,
    })
}

#[inline(never)]
fn serverless<'a>(serverless: &'a mut Serverless, rest: &str) -> Option<Slot<'a>> {
    Some(match rest {
        "MemorySizeInMB" => Slot::Named(serverless),
        "MaxConcurrency" => Slot::Count(&mut serverless.max_concurrency, Unit::Requests),
        "ProvisionedConcurrency" => {
            let units = &mut serverless.provisioned_concurrency;
            Slot::MaybeCount(units, Unit::Instances)
        }
        "model_setup_s" => Slot::Real(&mut serverless.model_setup_s, Unit::Seconds),
        "keep_s" => Slot::Real(&mut serverless.keep_s, Unit::Seconds),
        "usd_per_gb_s" => Slot::MaybeReal(&mut serverless.usd_per_gb_s, Unit::UsdPerGbSecond),
        "provisioned_served_usd_per_gb_s" => {
            let usd = &mut serverless.provisioned_served_usd_per_gb_s;
            Slot::MaybeReal(usd, Unit::UsdPerGbSecond)
        }
        "provisioned_usd_per_gb_s" => {
            let usd = &mut serverless.provisioned_usd_per_gb_s;
            Slot::MaybeReal(usd, Unit::UsdPerGbSecond)
        }
        _ => return None,
    })
}

#[inline(never)]
fn policy<'a>(policy: &'a mut ScalingPolicy, rest: &str, instance_type: &str) -> Option<Slot<'a>> {
    let metric = policy.metric();
    if rest == "PolicyName" {
        return Some(Slot::Text(&mut policy.policy_name));
    }
    if rest == "EstimatedInstanceWarmup" {
        let warm_up = &mut policy.estimated_instance_warmup;
        return Some(Slot::MaybeCount(warm_up, Unit::Seconds));
    }
    let Some(config) = &mut policy.target_tracking else {
        if let Some(predictive) = &mut policy.predictive_scaling {
            return predictive_scaling(predictive, rest);
        }
        // What lacks its alarm shows its name, and how to add one.
        let alarm = policy.alarm.as_deref_mut()?;
        return match &mut policy.simple_scaling {
            Some(simple) => simple_scaling(simple, alarm, rest),
            None => step_scaling(policy.step_scaling.as_deref_mut()?, alarm, rest),
        };
    };
    Some(match rest {
        "MetricName" => Slot::Named(config),
        "TargetValue" if metric.counts_requests() => {
            Slot::MaybeReal(&mut config.target_value, Unit::PerMinute)
        }
        "TargetValue" if counts_at_once(metric) => {
            Slot::MaybeReal(&mut config.target_value, Unit::Requests)
        }
        "TargetValue"
            if matches!(
                metric,
                MetricName::HasBacklogWithoutCapacity
                    | MetricName::ServerlessProvisionedConcurrencyUtilization
                    | MetricName::NoCapacityInvocationFailures
            ) =>
        {
            Slot::MaybeReal(&mut config.target_value, Unit::None)
        }
        "TargetValue" => {
            let units = units(instance_type, metric).unwrap_or(1);
            Slot::Share(&mut config.target_value, f64::from(units))
        }
        "ScaleOutCooldown" => Slot::Count(&mut config.scale_out_cooldown, Unit::Seconds),
        "ScaleInCooldown" => Slot::Count(&mut config.scale_in_cooldown, Unit::Seconds),
        "DisableScaleIn" => Slot::Switch(&mut config.disable_scale_in),
        _ => return None,
    })
}

/// How many cores or GPUs a type has, over which SageMaker sums up their utilisation.
#[inline(never)]
pub fn units(instance_type: &str, metric: MetricName) -> Option<u32> {
    let instance = catalogue::find(instance_type)?;
    match metric {
        MetricName::CpuUtilization => instance.vcpu,
        MetricName::GpuUtilization => instance.gpu.as_ref().map(|gpu| gpu.count),
        _ => None,
    }
}

#[inline(never)]
fn step_scaling<'a>(
    steps: &'a mut StepScaling,
    alarm: &'a mut MetricAlarm,
    rest: &str,
) -> Option<Slot<'a>> {
    if let Some(rest) = rest.strip_prefix("StepAdjustments[") {
        let (index, leaf) = rest.split_once("].")?;
        let step = steps.steps.get_mut(index.parse::<usize>().ok()?)?;
        return Some(match leaf {
            "MetricIntervalLowerBound" => Slot::MaybeReal(&mut step.lower, Unit::Difference),
            "MetricIntervalUpperBound" => Slot::MaybeReal(&mut step.upper, Unit::Difference),
            "ScalingAdjustment" => Slot::Change(&mut step.adjustment),
            _ => return None,
        });
    }
    Some(match rest {
        "AdjustmentType" => Slot::Named(&mut steps.adjustment_type),
        "MinAdjustmentMagnitude" => {
            Slot::MaybeCount(&mut steps.min_adjustment_magnitude, Unit::Instances)
        }
        "Cooldown" => Slot::Count(&mut steps.cooldown, Unit::Seconds),
        _ => return of_alarm(alarm, rest),
    })
}

#[inline(never)]
fn simple_scaling<'a>(
    simple: &'a mut SimpleScaling,
    alarm: &'a mut MetricAlarm,
    rest: &str,
) -> Option<Slot<'a>> {
    Some(match rest {
        "AdjustmentType" => Slot::Named(&mut simple.adjustment_type),
        "ScalingAdjustment" => Slot::Change(&mut simple.adjustment),
        "MinAdjustmentMagnitude" => {
            Slot::MaybeCount(&mut simple.min_adjustment_magnitude, Unit::Instances)
        }
        "Cooldown" => Slot::MaybeCount(&mut simple.cooldown, Unit::Seconds),
        _ => return of_alarm(alarm, rest),
    })
}

/// Whether a metric is a number of requests at a moment.
fn counts_at_once(metric: MetricName) -> bool {
    matches!(
        metric,
        MetricName::ConcurrentRequestsPerModel
            | MetricName::ConcurrentRequestsPerCopy
            | MetricName::ApproximateBacklogSize
            | MetricName::ApproximateBacklogSizePerInstance
    )
}

#[inline(never)]
fn predictive_scaling<'a>(predictive: &'a mut PredictiveScaling, rest: &str) -> Option<Slot<'a>> {
    let unit = match predictive.metric_name() {
        MetricName::CpuUtilization => Unit::Percent,
        _ => Unit::PerMinute,
    };
    Some(match rest {
        "PredefinedMetricType" => Slot::Named(predictive.metrics.first_mut()?),
        "TargetValue" => Slot::MaybeReal(&mut predictive.metrics.first_mut()?.target_value, unit),
        "Mode" => Slot::Named(&mut predictive.mode),
        "SchedulingBufferTime" => {
            Slot::Count(&mut predictive.scheduling_buffer_time, Unit::Seconds)
        }
        "MaxCapacityBreachBehavior" => Slot::Named(predictive),
        "MaxCapacityBuffer" => Slot::MaybeCount(&mut predictive.max_capacity_buffer, Unit::Percent),
        _ => return None,
    })
}

fn alarm_unit(alarm: &MetricAlarm) -> Unit {
    match alarm.metric_name {
        metric if metric.counts_requests() => Unit::PerMinute,
        metric if counts_at_once(metric) => Unit::Requests,
        MetricName::CpuUtilization | MetricName::GpuUtilization => Unit::Percent,
        _ => Unit::None,
    }
}

#[inline(never)]
fn of_alarm<'a>(alarm: &'a mut MetricAlarm, rest: &str) -> Option<Slot<'a>> {
    let unit = alarm_unit(alarm);
    Some(match rest {
        "MetricName" => Slot::Named(alarm),
        "Statistic" => Slot::Named(&mut alarm.statistic),
        "Period" => Slot::Count(&mut alarm.period, Unit::Seconds),
        "EvaluationPeriods" => Slot::Count(&mut alarm.evaluation_periods, Unit::None),
        "DatapointsToAlarm" => Slot::MaybeCount(&mut alarm.datapoints_to_alarm, Unit::None),
        "Threshold" => Slot::MaybeReal(&mut alarm.threshold, unit),
        "ComparisonOperator" => Slot::Named(&mut alarm.comparison),
        "TreatMissingData" => Slot::Missing(&mut alarm.treat_missing_data),
        _ => return None,
    })
}

#[inline(never)]
fn action<'a>(
    action: &'a mut ScheduledAction,
    rest: &str,
    first_day: LocalDate,
) -> Option<Slot<'a>> {
    if let Some(name) = rest.strip_prefix("Schedule.") {
        let (_, piece) = Piece::ALL.into_iter().find(|(known, _)| *known == name)?;
        usual::text(&action.schedule, piece)?;
        return Some(Slot::Usual(&mut action.schedule, piece, first_day));
    }
    Some(match rest {
        "ScheduledActionName" => Slot::Text(&mut action.name),
        "Schedule" => Slot::Text(&mut action.schedule),
        "Recurrence" => Slot::MaybeText(&mut action.recurrence),
        "Timezone" => Slot::MaybeText(&mut action.time_zone),
        "StartTime" => Slot::MaybeUtc(&mut action.start_time),
        "EndTime" => Slot::MaybeUtc(&mut action.end_time),
        "MinCapacity" => Slot::MaybeCount(&mut action.action.min_capacity, Unit::Instances),
        "MaxCapacity" => Slot::MaybeCount(&mut action.action.max_capacity, Unit::Instances),
        "DesiredCapacity" => Slot::MaybeCount(&mut action.desired_capacity, Unit::Instances),
        _ => return None,
    })
}

#[inline(never)]
fn failure<'a>(failure: &'a mut Failure, rest: &str) -> Option<Slot<'a>> {
    Some(match (rest, &mut failure.what) {
        ("at", _) => Slot::DateTime(&mut failure.at),
        ("what", what) => Slot::Named(what),
        ("what.instances", Failing::Instances(n))
        | ("what.applications", Failing::Applications(n)) => Slot::Count(n, Unit::Instances),
        ("what.zone_min", Failing::ZoneMin(minutes)) => Slot::Real(minutes, Unit::Minutes),
        _ => return None,
    })
}

#[inline(never)]
fn layer<'a>(layer: &'a mut Layer, rest: &str) -> Option<Slot<'a>> {
    match rest {
        "name" => return Some(Slot::Text(&mut layer.name)),
        "off" => return Some(Slot::Switch(&mut layer.off)),
        _ => {}
    }
    let (_, leaf) = rest.split_once('.')?;
    Some(match (&mut layer.shape, leaf) {
        (
            Shape::Steady { rps }
            | Shape::OfficeHours { rps, .. }
            | Shape::MonthStart { rps, .. }
            | Shape::Event { rps, .. },
            "rps",
        ) => Slot::Real(rps, Unit::Rps),
        (Shape::DailyCurve { quiet_rps, .. }, "quiet_rps") => Slot::Real(quiet_rps, Unit::Rps),
        (Shape::DailyCurve { peak_rps, .. }, "peak_rps") => Slot::Real(peak_rps, Unit::Rps),
        (Shape::DailyCurve { peak_at, .. }, "peak_at") => Slot::Time(peak_at),
        (Shape::OfficeHours { days, .. }, "days") => Slot::Days(days),
        (Shape::OfficeHours { from, .. } | Shape::MonthStart { from, .. }, "from") => {
            Slot::Time(from)
        }
        (Shape::OfficeHours { to, .. } | Shape::MonthStart { to, .. }, "to") => Slot::Time(to),
        (Shape::OfficeHours { ramp_min, .. } | Shape::MonthStart { ramp_min, .. }, "ramp_min") => {
            Slot::Real(ramp_min, Unit::Minutes)
        }
        (Shape::MonthStart { days, .. }, "days") => Slot::Count(days, Unit::Days),
        (Shape::Event { at, .. }, "at") => Slot::DateTime(at),
        (Shape::Event { ramp_up_min, .. }, "ramp_up_min") => Slot::Real(ramp_up_min, Unit::Minutes),
        (Shape::Event { hold_min, .. }, "hold_min") => Slot::Real(hold_min, Unit::Minutes),
        (Shape::Event { decay_min, .. }, "decay_min") => Slot::Real(decay_min, Unit::Minutes),
        (
            Shape::Growth {
                by: GrowthBy::Rps(value),
                ..
            },
            "by",
        ) => Slot::Real(value, Unit::Rps),
        (
            Shape::Growth {
                by: GrowthBy::Percent(value),
                ..
            },
            "by",
        ) => Slot::Real(value, Unit::Percent),
        (Shape::Growth { by, .. }, "kind") => Slot::By(by),
        (Shape::Growth { per, .. }, "per") => Slot::Per(per),
        (Shape::Noise { percent, .. }, "percent") => Slot::Real(percent, Unit::Percent),
        (Shape::Noise { factor, .. }, "factor") => Slot::Named(factor),
        (Shape::Trace { scale, .. }, "scale") => Slot::Real(scale, Unit::None),
        _ => return None,
    })
}

/// `at(…)` around a moment.
pub fn at_schedule(moment: LocalDateTime) -> String {
    let text = moment.to_string();
    let seconds = if text.len() == 16 { ":00" } else { "" };
    format!("at({text}{seconds})")
}

impl Slot<'_> {
    /// The value as its field shows it.
    pub fn text(&self) -> String {
        match self {
            Self::Real(value, _) => value.to_string(),
            Self::MaybeReal(value, _) => value.map(|value| value.to_string()).unwrap_or_default(),
            Self::Count(value, _) => value.to_string(),
            Self::MaybeCount(value, _) => value.map(|value| value.to_string()).unwrap_or_default(),
            Self::Text(value) => (*value).clone(),
            other => other.folded_text(),
        }
    }

    /// The same of kinds that stand in folds.
    #[inline(never)]
    fn folded_text(&self) -> String {
        match self {
            // Said already.
            Self::Real(..)
            | Self::MaybeReal(..)
            | Self::Count(..)
            | Self::MaybeCount(..)
            | Self::Text(_) => String::new(),
            Self::Seed(value) => value.to_string(),
            Self::MaybeText(value) => (*value).clone().unwrap_or_default(),
            Self::Date(value) => value.to_string(),
            Self::Time(value) => value.to_string(),
            Self::DateTime(value) => value.to_string(),
            Self::MaybeUtc(value) => {
                value.map_or_else(String::new, |value| value.utc().to_string())
            }
            Self::Usual(value, piece, _) => usual::text(value, *piece).unwrap_or_default(),
            Self::Switch(value) => if **value { "on" } else { "" }.to_owned(),
            Self::Days(value) => named_days(value),
            Self::Per(value) => name_of(&PERIODS, value),
            Self::By(GrowthBy::Rps(_)) => "rps".to_owned(),
            Self::By(GrowthBy::Percent(_)) => "percent".to_owned(),
            Self::Missing(value) => name_of(&MISSING, value),
            Self::Named(value) => value.name().to_owned(),
            Self::Change(value) => value.to_string(),
            Self::Share(value, units) => share(**value, *units),
        }
    }

    /// Puts in what `text` says; leaves the old value where it says nothing.
    pub fn set(self, text: &str) -> Result<(), Wrong> {
        let empty = text.trim().is_empty();
        match self {
            Self::MaybeReal(value, _) | Self::Share(value, _) if empty => *value = None,
            Self::MaybeCount(value, _) if empty => *value = None,
            Self::MaybeText(value) if empty => *value = None,
            Self::MaybeUtc(value) if empty => *value = None,
            Self::Real(value, unit) => *value = number::parse(text, unit)?,
            Self::MaybeReal(value, unit) => *value = Some(number::parse(text, unit)?),
            Self::Count(value, unit) => *value = number::parse_whole(text, unit)?,
            Self::MaybeCount(value, unit) => *value = Some(number::parse_whole(text, unit)?),
            Self::Seed(value) => *value = text.trim().parse().map_err(|_| Wrong::NotWhole)?,
            Self::Text(value) => text.clone_into(value),
            Self::MaybeText(value) => *value = Some(text.trim().to_owned()),
            Self::Date(value) => *value = time(text)?,
            Self::Time(value) => *value = time(text)?,
            Self::DateTime(value) => *value = time(text)?,
            Self::MaybeUtc(value) => *value = Some(UtcDateTime::new(time(text)?)),
            Self::Usual(value, piece, first_day) => usual::set(value, piece, text, first_day)?,
            Self::Switch(value) => *value = !empty,
            Self::Days(value) => *value = days_named(text),
            Self::Per(value) => *value = value_of(&PERIODS, text)?,
            Self::By(value) => {
                let (GrowthBy::Rps(number) | GrowthBy::Percent(number)) = *value;
                *value = if text == "rps" {
                    GrowthBy::Rps(number)
                } else {
                    GrowthBy::Percent(number)
                };
            }
            Self::Missing(value) => *value = value_of(&MISSING, text)?,
            Self::Named(value) => {
                if !value.rename(text) {
                    return Err(Wrong::Empty);
                }
            }
            Self::Change(value) => *value = number::parse_change(text)?,
            Self::Share(value, units) => {
                *value = Some(number::parse(text, Unit::Percent)? * units);
            }
        }
        Ok(())
    }

    /// What the value counts.
    pub fn unit(&self) -> Unit {
        match self {
            Self::Real(_, unit)
            | Self::MaybeReal(_, unit)
            | Self::Count(_, unit)
            | Self::MaybeCount(_, unit) => *unit,
            Self::Change(_) => Unit::Difference,
            Self::Share(..) => Unit::Percent,
            _ => Unit::None,
        }
    }
}

/// A share of the machine without the dust of a division.
fn share(value: Option<f64>, units: f64) -> String {
    let rounded = value.map(|value| (value / units * 1e9).round() / 1e9);
    rounded.map(|share| share.to_string()).unwrap_or_default()
}

/// Days of the week by their names, Monday first: `mon,wed`.
pub fn named_days(days: &[Weekday]) -> String {
    let names = DAYS.iter().filter(|(day, _)| days.contains(day));
    let names: Vec<&str> = names.map(|(_, name)| *name).collect();
    names.join(",")
}

/// The days of such names.
pub fn days_named(text: &str) -> Vec<Weekday> {
    let named = |name: &str| text.split(',').any(|part| part == name);
    let days = DAYS.iter().filter(|(_, name)| named(name));
    days.map(|(day, _)| *day).collect()
}

/// A date, a time of day, or both.
pub(super) fn time<T: std::str::FromStr>(text: &str) -> Result<T, Wrong> {
    text.trim().parse().map_err(|_| {
        if text.trim().is_empty() {
            Wrong::Empty
        } else {
            Wrong::NotATime
        }
    })
}

fn name_of<T: PartialEq>(names: &[(T, &'static str)], value: &T) -> String {
    names
        .iter()
        .find(|(known, _)| known == value)
        .map_or("", |(_, name)| name)
        .to_owned()
}

fn value_of<T: Copy>(names: &[(T, &str)], text: &str) -> Result<T, Wrong> {
    names
        .iter()
        .find(|(_, name)| *name == text)
        .map(|(value, _)| *value)
        .ok_or(Wrong::Empty)
}

#[cfg(test)]
mod tests {
    use scenario::presets;

    use super::*;

    /// Every field of the form, by path; list items stand at index 0.
    const PATHS: [&str; 74] = [
        "name",
        "start",
        "hours",
        "time_zone",
        "seed",
        "load_test.max_rps",
        "load_test.safety_factor",
        "load_test.p50_ms",
        "load_test.p95_ms",
        "expected.peak_rps",
        "expected.quiet_rps",
        "expected.fewest_instances",
        "instance.type",
        "instance.usd_per_hour",
        "instance.launch_s",
        "instance.launch_to_s",
        "instance.removal_s",
        "instance.initial",
        "instance.credit_specification.CpuCredits",
        "instance.initial_cpu_credits",
        "scalable_target.MinCapacity",
        "scalable_target.MaxCapacity",
        "platform",
        "auto_scaling_group.DefaultInstanceWarmup",
        "auto_scaling_group.DefaultCooldown",
        "auto_scaling_group.WarmPool.PoolState",
        "auto_scaling_group.warm_pool_launch_s",
        "auto_scaling_group.HealthCheckType",
        "auto_scaling_group.HealthCheckGracePeriod",
        "auto_scaling_group.HealthCheckIntervalSeconds",
        "auto_scaling_group.UnhealthyThresholdCount",
        "auto_scaling_group.boot_s",
        "availability_zones",
        "assumptions.status_check_s",
        "service.timeout_s",
        "service.queue_limit_per_instance",
        "objective.availability_pct",
        "objective.late_ms",
        "assumptions.metric_delay_s",
        "assumptions.alarm_high_datapoints",
        "assumptions.alarm_low_datapoints",
        "assumptions.alarm_low_factor",
        "assumptions.extra_evaluation_range",
        "assumptions.treat_missing_data",
        "assumptions.max_scale_in_step",
        "assumptions.updating_blocks",
        "assumptions.datapoints_from_before_act",
        "asynchronous.RequestTTLSeconds",
        "asynchronous.InvocationTimeoutSeconds",
        "asynchronous.MaxConcurrentInvocationsPerInstance",
        "inference_component.ComputeResourceRequirements.MinMemoryRequiredInMb",
        "inference_component.ComputeResourceRequirements.NumberOfAcceleratorDevicesRequired",
        "inference_component.ComputeResourceRequirements.NumberOfCpuCoresRequired",
        "inference_component.copies_per_instance",
        "inference_component.copy_start_s",
        "inference_component.idle_release_s",
        "inference_component.SchedulingConfig.PlacementStrategy",
        "inference_component.ManagedInstanceScaling.MinInstanceCount",
        "inference_component.ManagedInstanceScaling.MaxInstanceCount",
        "inference_component.ManagedInstanceScaling.ScaleInPolicy.Strategy",
        "inference_component.ManagedInstanceScaling.ScaleInPolicy.CooldownInMinutes",
        "inference_component.ManagedInstanceScaling.ScaleInPolicy.MaximumStepSize",
        "scalable_target.SuspendedState.DynamicScalingInSuspended",
        "scalable_target.SuspendedState.DynamicScalingOutSuspended",
        "scalable_target.SuspendedState.ScheduledScalingSuspended",
        "policies[0].PolicyName",
        "policies[0].TargetValue",
        "policies[0].ScaleOutCooldown",
        "policies[0].ScaleInCooldown",
        "policies[0].DisableScaleIn",
        "demand[0].name",
        "demand[0].off",
        "demand[1].event.at",
        "demand[1].event.rps",
    ];

    #[test]
    fn a_share_of_the_machine_is_kept_as_aws_sums_it_up() {
        let mut scenario = Scenario::default();
        let set = |scenario: &mut Scenario, leaf: &str, text: &str| {
            let path = format!("policies[0].{leaf}");
            place(scenario, &path).unwrap().set(text).unwrap();
        };
        set(&mut scenario, "MetricName", "CPUUtilization");
        // ml.c5.xlarge has four cores.
        for (typed, kept) in [("50", 200.0), ("33.3 %", 133.2), ("0.1", 0.4)] {
            set(&mut scenario, "TargetValue", typed);
            let target = &scenario.policies[0].target_tracking;
            let kept_value = target.as_ref().unwrap().target_value.unwrap();
            assert!((kept_value - kept).abs() < 1e-9, "{typed}: {kept_value}");
            let shown = place(&mut scenario, "policies[0].TargetValue")
                .unwrap()
                .text();
            assert_eq!(shown, typed.trim_end_matches(" %"));
        }
        set(&mut scenario, "TargetValue", "");
        let target = &scenario.policies[0].target_tracking;
        assert_eq!(target.as_ref().unwrap().target_value, None);
        assert_eq!(units("ml.g5.12xlarge", MetricName::GpuUtilization), Some(4));
        assert_eq!(units("ml.made.up", MetricName::CpuUtilization), None);
    }

    #[test]
    fn writing_back_what_a_field_shows_changes_nothing() {
        for preset in presets::all() {
            let scenario = preset.scenario();
            let mut paths: Vec<String> = PATHS.map(str::to_owned).to_vec();
            for index in 0..scenario.demand.len() {
                let leaves = [
                    "rps",
                    "quiet_rps",
                    "peak_rps",
                    "peak_at",
                    "days",
                    "from",
                    "to",
                    "ramp_min",
                    "at",
                    "ramp_up_min",
                    "hold_min",
                    "decay_min",
                    "by",
                    "kind",
                    "per",
                    "percent",
                    "scale",
                ];
                paths.extend(leaves.map(|leaf| format!("demand[{index}].kind.{leaf}")));
            }
            for index in 0..scenario.scheduled_actions.len() {
                let leaves = [
                    "ScheduledActionName",
                    "Schedule",
                    "Schedule.kind",
                    "Schedule.at",
                    "Recurrence",
                    "Timezone",
                    "StartTime",
                    "EndTime",
                    "MinCapacity",
                    "MaxCapacity",
                ];
                paths.extend(leaves.map(|leaf| format!("scheduled_actions[{index}].{leaf}")));
            }
            let mut changed = scenario.clone();
            for path in paths {
                let text = place(&mut changed, &path).map(|slot| slot.text());
                if let Some(text) = text {
                    let slot = place(&mut changed, &path).unwrap();
                    slot.set(&text)
                        .unwrap_or_else(|wrong| panic!("{path} {text:?}: {wrong:?}"));
                }
            }
            assert_eq!(changed, scenario, "{}", preset.id);
        }
    }

    #[test]
    fn every_path_leads_somewhere_and_no_other_does() {
        let mut scenario = Scenario::default();
        for path in PATHS {
            assert!(place(&mut scenario, path).is_some(), "{path}");
        }
        for path in [
            "",
            "load_test",
            "demand[0]",
            "demand[9].name",
            "demand[x].name",
            "other[0].name",
            "demand[0].event.at",
            "asynchronous.other",
            "scalable_target.SuspendedState.other",
        ] {
            assert!(place(&mut scenario, path).is_none(), "{path}");
        }
    }

    #[test]
    fn texts_become_values() {
        let mut scenario = Scenario::default();
        for (path, text, shown) in [
            ("load_test.max_rps", "1,200", "1200"),
            ("instance.launch_s", "4 min", "240"),
            ("policies[0].TargetValue", "", ""),
            ("policies[0].TargetValue", "600", "600"),
            ("policies[0].DisableScaleIn", "on", "on"),
            ("demand[1].event.at", "2026-11-29T01:30", "2026-11-29T01:30"),
            (
                "assumptions.treat_missing_data",
                "notBreaching",
                "notBreaching",
            ),
        ] {
            place(&mut scenario, path).unwrap().set(text).unwrap();
            assert_eq!(place(&mut scenario, path).unwrap().text(), shown, "{path}");
        }
    }

    #[test]
    fn a_predictive_policy_has_its_fields() {
        let mut scenario = Scenario {
            policies: vec![ScalingPolicy::predictive("mornings")],
            ..Scenario::default()
        };
        for (leaf, text, shown) in [
            ("PolicyName", "evenings", "evenings"),
            ("Mode", "ForecastAndScale", "ForecastAndScale"),
            ("TargetValue", "900", "900"),
            ("PredefinedMetricType", "ALBRequestCount", "ALBRequestCount"),
            ("TargetValue", "900", "900"),
            (
                "PredefinedMetricType",
                "ASGCPUUtilization",
                "ASGCPUUtilization",
            ),
            ("SchedulingBufferTime", "10 min", "600"),
            (
                "MaxCapacityBreachBehavior",
                "IncreaseMaxCapacity",
                "IncreaseMaxCapacity",
            ),
            ("MaxCapacityBuffer", "10", "10"),
        ] {
            let path = format!("policies[0].{leaf}");
            place(&mut scenario, &path).unwrap().set(text).unwrap();
            assert_eq!(place(&mut scenario, &path).unwrap().text(), shown, "{path}");
        }
        let path = "auto_scaling_group.history";
        place(&mut scenario, path).unwrap().set("none").unwrap();
        assert_eq!(place(&mut scenario, path).unwrap().text(), "none");
        let predictive = |scenario: &Scenario| {
            let predictive = scenario.policies[0].predictive_scaling.as_ref();
            let predictive = predictive.unwrap();
            let target = predictive.metrics[0].target_value;
            (target, predictive.max_capacity_buffer)
        };
        // A target of requests is none of CPU.
        assert_eq!(predictive(&scenario), (None, Some(10)));
        let path = "policies[0].MaxCapacityBreachBehavior";
        for (text, buffer) in [("HonorMaxCapacity", None), ("IncreaseMaxCapacity", Some(0))] {
            place(&mut scenario, path).unwrap().set(text).unwrap();
            assert_eq!(predictive(&scenario), (None, buffer), "{text}");
        }
        for leaf in ["Cooldown", "MetricName", "Threshold"] {
            let path = format!("policies[0].{leaf}");
            assert!(place(&mut scenario, &path).is_none(), "{path}");
        }
    }

    #[test]
    fn actions_have_the_fields_that_their_schedule_has() {
        let mut scenario = Scenario {
            scheduled_actions: vec![ScheduledAction::default()],
            ..Scenario::default()
        };
        let path = |leaf: &str| format!("scheduled_actions[0].{leaf}");
        for (leaf, text, shown) in [
            ("Schedule", "cron(0 9 * * ? *)", "cron(0 9 * * ? *)"),
            ("Schedule.kind", "weekdays", "weekdays"),
            ("Schedule.time", "07:30", "07:30"),
            ("StartTime", "2026-11-28T06:00", "2026-11-28T06:00"),
            ("EndTime", "", ""),
            ("Timezone", "Asia/Seoul", "Asia/Seoul"),
            ("Recurrence", "0 8 * * 1-5", "0 8 * * 1-5"),
            ("Recurrence", "", ""),
        ] {
            let path = path(leaf);
            place(&mut scenario, &path).unwrap().set(text).unwrap();
            assert_eq!(place(&mut scenario, &path).unwrap().text(), shown, "{path}");
        }
        let action = &scenario.scheduled_actions[0];
        assert_eq!(action.schedule, "cron(30 7 ? * MON-FRI *)");
        assert_eq!(action.recurrence, None);
        let start = action.start_time.unwrap();
        assert_eq!(start.to_string(), "2026-11-28T06:00:00Z");
        for leaf in [
            "Schedule.at",
            "Schedule.days",
            "Schedule.every",
            "Schedule.other",
        ] {
            assert!(place(&mut scenario, &path(leaf)).is_none(), "{leaf}");
        }
    }

    #[test]
    fn days_and_growth_keep_what_they_can() {
        let mut days = vec![Weekday::Sat];
        Slot::Days(&mut days).set("sun,mon").unwrap();
        assert_eq!(days, [Weekday::Mon, Weekday::Sun]);
        let mut by = GrowthBy::Rps(10.0);
        Slot::By(&mut by).set("percent").unwrap();
        assert_eq!(by, GrowthBy::Percent(10.0));
    }
}
