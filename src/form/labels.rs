//! The label and the explanation of each field, where no card says otherwise.

use scenario::{
    document::{
        Assumptions, Asynchronous, AutoScalingGroup, ComputeResourceRequirements,
        CreditSpecification, Expected, InferenceComponent, Instance, LoadTest,
        ManagedInstanceScaling, Objective, ScalableTarget, ScaleInPolicy, Scenario,
        SchedulingConfig, Serverless, Service, SuspendedState, WarmPool,
    },
    field::{Field, List, Place},
};
use words::Words as W;

/// A text of the locales.
type Say = fn(W) -> &'static str;

/// Returns label and explanation of a field; an explanation may be empty.
pub fn texts(words: W, field: Field) -> (&'static str, &'static str) {
    let (label, about) = match field.place {
        Place::Section(_) => of_section(field),
        Place::Item(List::Demand, _) => of_layer(field.name),
        Place::Item(List::Failures, _) => of_failure(field.name),
        Place::Item(List::Policies, _) => of_policy(field.name),
        Place::Item(List::Actions, _) => of_action(field.name),
        Place::Step(..) => of_step(field.name),
    };
    (label(words), about(words))
}

fn none(_: W) -> &'static str {
    ""
}

fn of_section(field: Field) -> (Say, Say) {
    match field {
        Scenario::start => (W::field_start, none),
        Scenario::hours => (W::field_length, none),
        Scenario::time_zone => (W::field_time_zone, W::field_time_zone_about),
        Scenario::seed => (W::field_seed, W::field_seed_about),
        Scenario::platform => (W::field_platform, W::field_platform_about),
        Scenario::availability_zones => (W::field_zones, W::field_zones_about),
        LoadTest::max_rps => (W::field_max_rps, W::field_max_rps_about),
        LoadTest::safety_factor => (W::field_safety_factor, W::field_safety_factor_about),
        LoadTest::p50_ms => (W::field_p50_ms, W::field_p50_ms_about),
        LoadTest::p95_ms => (W::field_p95_ms, W::field_p95_ms_about),
        LoadTest::cpu_ms_per_request => (W::field_cpu_ms, W::field_cpu_ms_about),
        LoadTest::gpu_ms_per_request => (W::field_gpu_ms, W::field_gpu_ms_about),
        Expected::peak_rps => (W::field_peak_rps, W::field_peak_rps_about),
        Expected::quiet_rps => (W::field_quiet_rps, W::field_quiet_rps_about),
        Expected::fewest_instances => (W::field_fewest_instances, W::field_fewest_instances_about),
        Instance::instance_type => (W::field_instance_type, W::field_instance_type_about),
        Instance::usd_per_hour => (W::field_price, W::price_region),
        Instance::launch_s => (W::field_launch_s, W::field_launch_s_about),
        Instance::launch_to_s => (W::field_launch_to_s, W::field_launch_to_s_about),
        Instance::removal_s => (W::field_removal_s, W::field_removal_s_about),
        Instance::initial => (W::field_initial, W::field_initial_about),
        Instance::initial_cpu_credits => (W::field_initial_credits, W::field_initial_credits_about),
        CreditSpecification::cpu_credits => (W::field_credit_mode, W::field_credit_mode_about),
        Service::timeout_s => (W::field_timeout_s, W::field_timeout_s_about),
        Service::queue_limit_per_instance => (W::field_queue_limit, W::field_queue_limit_about),
        Objective::availability_pct => (W::field_availability, W::field_availability_about),
        Objective::late_ms => (W::field_late_ms, W::field_late_ms_about),
        Asynchronous::request_ttl_seconds => (W::field_request_ttl, W::field_request_ttl_about),
        Asynchronous::invocation_timeout_seconds => (
            W::field_invocation_timeout,
            W::field_invocation_timeout_about,
        ),
        Asynchronous::max_concurrent_invocations_per_instance => {
            (W::field_max_concurrent, W::field_max_concurrent_about)
        }
        Serverless::memory_size_in_mb => (W::field_memory, W::field_memory_about),
        Serverless::max_concurrency => (W::field_max_concurrency, W::field_max_concurrency_about),
        Serverless::provisioned_concurrency => (W::field_provisioned, W::field_provisioned_about),
        Serverless::model_setup_s => (W::field_model_setup_s, W::field_model_setup_s_about),
        Serverless::keep_s => (W::field_keep_s, W::field_keep_s_about),
        Serverless::usd_per_gb_s => (W::field_usd_per_gb_s, W::field_usd_per_gb_s_about),
        Serverless::provisioned_served_usd_per_gb_s => (
            W::field_served_usd_per_gb_s,
            W::field_served_usd_per_gb_s_about,
        ),
        Serverless::provisioned_usd_per_gb_s => (
            W::field_provisioned_usd_per_gb_s,
            W::field_provisioned_usd_per_gb_s_about,
        ),
        ScalableTarget::min_capacity => (W::field_min_capacity, W::field_min_capacity_about),
        ScalableTarget::max_capacity => (W::field_max_capacity, W::field_max_capacity_about),
        SuspendedState::dynamic_scaling_in => (W::suspended_scale_in, W::suspended_scale_in_about),
        SuspendedState::dynamic_scaling_out => {
            (W::suspended_scale_out, W::suspended_scale_out_about)
        }
        SuspendedState::scheduled_scaling => (W::suspended_scheduled, W::suspended_scheduled_about),
        InferenceComponent::copies_per_instance => (
            W::field_copies_per_instance,
            W::field_copies_per_instance_about,
        ),
        InferenceComponent::copy_start_s => (W::field_copy_start_s, W::field_copy_start_s_about),
        InferenceComponent::idle_release_s => {
            (W::field_idle_release_s, W::field_idle_release_s_about)
        }
        ComputeResourceRequirements::min_memory_mb => {
            (W::field_copy_memory, W::field_copy_memory_about)
        }
        ComputeResourceRequirements::accelerators => {
            (W::field_copy_accelerators, W::field_copy_accelerators_about)
        }
        ComputeResourceRequirements::cpu_cores => (W::field_copy_cores, W::field_copy_cores_about),
        SchedulingConfig::placement => (W::field_placement, W::field_placement_about),
        ManagedInstanceScaling::min_instances => {
            (W::field_min_instances, W::field_min_instances_about)
        }
        ManagedInstanceScaling::max_instances => {
            (W::field_max_instances, W::field_max_instances_about)
        }
        ScaleInPolicy::strategy => (W::field_scale_in_strategy, W::field_scale_in_strategy_about),
        ScaleInPolicy::cooldown_min => (
            W::field_consolidation_cooldown,
            W::field_consolidation_cooldown_about,
        ),
        ScaleInPolicy::step => (
            W::field_consolidation_step,
            W::field_consolidation_step_about,
        ),
        AutoScalingGroup::default_instance_warmup => {
            (W::field_default_warm_up, W::field_default_warm_up_about)
        }
        AutoScalingGroup::default_cooldown => {
            (W::field_default_cooldown, W::field_default_cooldown_about)
        }
        AutoScalingGroup::warm_pool_launch_s => {
            (W::field_pool_launch_s, W::field_pool_launch_s_about)
        }
        AutoScalingGroup::health_check_type => (W::field_health_check, W::field_health_check_about),
        AutoScalingGroup::health_check_grace_period => (W::field_grace, W::field_grace_about),
        AutoScalingGroup::health_check_interval => {
            (W::field_check_interval, W::field_check_interval_about)
        }
        AutoScalingGroup::unhealthy_threshold => (
            W::field_unhealthy_threshold,
            W::field_unhealthy_threshold_about,
        ),
        AutoScalingGroup::boot_s => (W::field_boot_s, W::field_boot_s_about),
        AutoScalingGroup::history => (W::field_history, W::field_history_about),
        WarmPool::pool_state => (W::field_warm_pool, W::field_warm_pool_about),
        WarmPool::max_group_prepared_capacity => (W::field_prepared, W::field_prepared_about),
        WarmPool::min_size => (W::field_pool_min, W::field_pool_min_about),
        Assumptions::metric_delay_s => (W::field_metric_delay_s, W::field_metric_delay_s_about),
        Assumptions::alarm_high_datapoints => (
            W::field_alarm_high_datapoints,
            W::field_alarm_high_datapoints_about,
        ),
        Assumptions::alarm_low_datapoints => (
            W::field_alarm_low_datapoints,
            W::field_alarm_low_datapoints_about,
        ),
        Assumptions::alarm_low_factor => {
            (W::field_alarm_low_factor, W::field_alarm_low_factor_about)
        }
        Assumptions::extra_evaluation_range => (
            W::field_extra_evaluation_range,
            W::field_extra_evaluation_range_about,
        ),
        Assumptions::treat_missing_data => (
            W::field_treat_missing_data,
            W::field_treat_missing_data_about,
        ),
        Assumptions::max_scale_in_step => {
            (W::field_max_scale_in_step, W::field_max_scale_in_step_about)
        }
        Assumptions::status_check_s => (W::field_status_check_s, W::field_status_check_s_about),
        Assumptions::updating_blocks => (W::field_updating_blocks, W::field_updating_blocks_about),
        Assumptions::datapoints_from_before_act => (
            W::field_datapoints_from_before_act,
            W::field_datapoints_from_before_act_about,
        ),
        _ => (none, none),
    }
}

fn of_layer(name: &str) -> (Say, Say) {
    match name {
        "name" => (W::layer_name, none),
        "off" => (W::layer_leave_out, none),
        "growth.by" => (W::field_growth_by, none),
        "growth.kind" => (W::field_growth_kind, none),
        "growth.per" => (W::field_growth_per, none),
        "noise.percent" => (W::field_noise_percent, W::field_noise_percent_about),
        "noise.factor" => (W::field_noise_factor, W::field_noise_factor_about),
        "trace.scale" => (W::field_scale, W::field_scale_about),
        "daily_curve.quiet_rps" => (W::field_layer_quiet_rps, none),
        "daily_curve.peak_rps" => (W::field_layer_peak_rps, none),
        "daily_curve.peak_at" => (W::field_peak_at, none),
        "office_hours.days" => (W::field_days, none),
        "month_start.days" => (W::field_first_days, none),
        "event.at" => (W::field_at, none),
        "event.ramp_up_min" => (W::field_ramp_up_min, none),
        "event.hold_min" => (W::field_hold_min, none),
        "event.decay_min" => (W::field_decay_min, none),
        name => match name.split_once('.') {
            Some((_, "rps")) => (W::field_rps, none),
            Some((_, "from")) => (W::field_from, none),
            Some((_, "to")) => (W::field_to, none),
            Some((_, "ramp_min")) => (W::field_ramp_min, none),
            _ => (none, none),
        },
    }
}

fn of_failure(name: &str) -> (Say, Say) {
    match name {
        "at" => (W::field_at, none),
        "what" => (W::field_failing, W::field_failing_about),
        "what.zone_min" => (W::field_failing_for, none),
        "what.instances" | "what.applications" => (W::field_failing_count, none),
        _ => (none, none),
    }
}

fn of_policy(name: &str) -> (Say, Say) {
    match name {
        "PolicyName" => (W::field_policy_name, none),
        "EstimatedInstanceWarmup" => (W::field_warm_up, W::field_warm_up_about),
        "MetricName" => (W::field_metric, W::field_metric_about),
        "TargetValue" => (W::field_target_value, W::field_target_value_about),
        "ScaleOutCooldown" => (
            W::field_scale_out_cooldown,
            W::field_scale_out_cooldown_about,
        ),
        "ScaleInCooldown" => (W::field_scale_in_cooldown, W::field_scale_in_cooldown_about),
        "DisableScaleIn" => (W::field_disable_scale_in, W::field_disable_scale_in_about),
        "Mode" => (W::field_mode, W::field_mode_about),
        "PredefinedMetricType" => (W::field_metric_pair, W::field_metric_pair_about),
        "SchedulingBufferTime" => (W::field_scheduling_buffer, W::field_scheduling_buffer_about),
        "MaxCapacityBreachBehavior" => (W::field_max_behavior, W::field_max_behavior_about),
        "MaxCapacityBuffer" => (W::field_max_buffer, W::field_max_buffer_about),
        "ComparisonOperator" => (W::field_comparison, none),
        "Threshold" => (W::field_threshold, W::field_threshold_about),
        "Period" => (W::field_period, W::field_period_about),
        "EvaluationPeriods" => (
            W::field_evaluation_periods,
            W::field_evaluation_periods_about,
        ),
        "DatapointsToAlarm" => (
            W::field_datapoints_to_alarm,
            W::field_datapoints_to_alarm_about,
        ),
        "Statistic" => (W::field_statistic, none),
        "TreatMissingData" => (
            W::field_treat_missing_data,
            W::field_treat_missing_data_about,
        ),
        "AdjustmentType" => (W::field_adjustment_type, W::field_adjustment_type_about),
        "ScalingAdjustment" => (none, W::field_simple_adjustment_about),
        "MinAdjustmentMagnitude" => (W::field_min_magnitude, W::field_min_magnitude_about),
        "Cooldown" => (W::field_cooldown, W::field_cooldown_about),
        _ => (none, none),
    }
}

fn of_action(name: &str) -> (Say, Say) {
    match name {
        "ScheduledActionName" => (W::field_schedule_name, none),
        "Schedule" => (W::field_schedule, W::field_schedule_about),
        "Schedule.kind" => (W::field_schedule_kind, none),
        "Schedule.at" => (W::field_schedule_at, none),
        "Schedule.days" => (W::field_schedule_days, none),
        "Schedule.date" => (W::field_schedule_date, none),
        "Schedule.time" => (W::field_schedule_time, none),
        "Schedule.every" => (W::field_schedule_every, none),
        "Schedule.unit" => (W::field_schedule_unit, none),
        "Recurrence" => (W::field_recurrence, W::field_recurrence_about),
        "Timezone" => (W::field_time_zone, none),
        "StartTime" => (W::field_start_time, W::field_start_time_about),
        "EndTime" => (W::field_end_time, W::field_end_time_about),
        "MinCapacity" => (W::field_min_capacity, none),
        "MaxCapacity" => (W::field_max_capacity, none),
        "DesiredCapacity" => (W::field_desired_capacity, none),
        _ => (none, none),
    }
}

fn of_step(name: &str) -> (Say, Say) {
    match name {
        "MetricIntervalLowerBound" => (W::field_step_lower, none),
        "MetricIntervalUpperBound" => (W::field_step_upper, none),
        _ => (none, none),
    }
}
