//! The scenario that the page opens with: a night of sports betting, whose kick-off outruns scaling.
//!
//! These values are frozen: files and links hold only what differs from them (`data/baseline_v2.json`, `crate::link`).

use crate::{
    compile::VERSION,
    document::{
        Assumptions, Instance, Layer, LoadTest, Objective, Platform, Rare, ScalableTarget,
        ScalingPolicy, Scenario, Service, Shape, TargetTracking, TreatMissingData, health,
    },
    time::{LocalDate, LocalTime},
};

impl Default for Scenario {
    fn default() -> Self {
        let start = day(2026, 11, 28);
        Self {
            headroom: VERSION,
            name: String::new(),
            start,
            hours: 24,
            time_zone: "Europe/London".to_owned(),
            seed: 1,
            platform: Platform::default(),
            asynchronous: Rare::default(),
            inference_component: Rare::default(),
            load_test: LoadTest::default(),
            expected: crate::document::Expected::default(),
            instance: Instance::default(),
            scalable_target: ScalableTarget {
                min_capacity: None,
                max_capacity: Some(12),
                ..ScalableTarget::default()
            },
            auto_scaling_group: Rare::default(),
            serverless: Rare::default(),
            policies: vec![ScalingPolicy {
                target_tracking: Some(TargetTracking {
                    scale_out_cooldown: 60,
                    ..TargetTracking::default()
                }),
                ..ScalingPolicy::default()
            }],
            scheduled_actions: Vec::new(),
            failures: Vec::new(),
            availability_zones: health::ZONES,
            demand: vec![
                Layer {
                    shape: Shape::DailyCurve {
                        quiet_rps: 14.0,
                        peak_rps: 38.0,
                        peak_at: clock(21, 0),
                    },
                    ..Layer::default()
                },
                Layer {
                    name: "kick-off".to_owned(),
                    shape: Shape::Event {
                        at: start.at(clock(20, 0)),
                        rps: 110.0,
                        ramp_up_min: 6.0,
                        hold_min: 120.0,
                        decay_min: 45.0,
                    },
                    ..Layer::default()
                },
            ],
            service: Service::default(),
            objective: Objective::default(),
            assumptions: Assumptions::default(),
        }
    }
}

impl Default for LoadTest {
    fn default() -> Self {
        Self {
            max_rps: 20.0,
            safety_factor: 0.5,
            p50_ms: 80.0,
            p95_ms: 140.0,
            cpu_ms_per_request: None,
            gpu_ms_per_request: None,
        }
    }
}

impl Default for Instance {
    fn default() -> Self {
        Self {
            instance_type: "ml.c5.xlarge".to_owned(),
            usd_per_hour: None,
            launch_s: 240.0,
            launch_to_s: None,
            removal_s: 60.0,
            initial: None,
            credit_specification: None,
            initial_cpu_credits: None,
        }
    }
}

impl Default for ScalingPolicy {
    fn default() -> Self {
        Self {
            policy_name: "InvocationsPerInstance".to_owned(),
            policy_type: crate::document::PolicyType::default(),
            target_tracking: Some(TargetTracking::default()),
            step_scaling: None,
            simple_scaling: None,
            predictive_scaling: None,
            estimated_instance_warmup: None,
            alarm: None,
        }
    }
}

impl Default for TargetTracking {
    fn default() -> Self {
        Self {
            target_value: None,
            metric: crate::document::PredefinedMetricSpecification::default(),
            customized_metric: None,
            // AWS's defaults for a scalable target of SageMaker.
            // rule: cooldown.default-target-tracking
            scale_out_cooldown: 300,
            scale_in_cooldown: 300,
            disable_scale_in: false,
        }
    }
}

impl Default for Service {
    fn default() -> Self {
        Self {
            timeout_s: 60.0,
            queue_limit_per_instance: None,
        }
    }
}

impl Default for Objective {
    fn default() -> Self {
        Self {
            availability_pct: 99.9,
            late_ms: 1000.0,
        }
    }
}

impl Default for Assumptions {
    fn default() -> Self {
        let engine = engine::plan::Assumptions::default();
        Self {
            metric_delay_s: engine.metric_delay_s,
            alarm_high_datapoints: engine.alarm_high_datapoints,
            alarm_low_datapoints: engine.alarm_low_datapoints,
            alarm_low_factor: None,
            extra_evaluation_range: engine.extra_evaluation_range,
            treat_missing_data: TreatMissingData::Missing,
            max_scale_in_step: engine.max_scale_in_step,
            status_check_s: health::STATUS_CHECK_S,
            updating_blocks: engine.updating_blocks,
            datapoints_from_before_act: engine.datapoints_from_before_act,
        }
    }
}

/// A day that the calendar has.
fn day(year: i32, month: u32, day: u32) -> LocalDate {
    LocalDate::new(year, month, day).unwrap_or(LocalDate::from_days(0))
}

/// A time that the clock shows.
fn clock(hour: u32, minute: u32) -> LocalTime {
    LocalTime::new(hour, minute, 0).unwrap_or_default()
}
