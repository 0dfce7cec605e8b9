//! Random plans with everything on: demand of every kind, odd machines, several target-tracking policies on different
//! metrics, step scaling policies as AWS takes them, scheduled actions, assumptions. Shared by all property tests.

mod failures;

#[allow(unused_imports, reason = "each test file uses what it needs of these")]
pub use failures::{drawn_health, failing};
mod policies;

use super::{curve, plan as usual};
use engine::{
    demand::{Layer, NoiseFactor, Timeline},
    plan::{
        AdjustmentType, Assumptions, AutoScalingGroup, CpuCredits, CreditMode, Fleet, Launch,
        Metric, Objective, Plan, Predictive, PredictiveScaling, ScalableResource, ScalableTarget,
        ScheduledAction, Service, StepAdjustment, WarmPool, WarmUp,
    },
};
use policies::treatment;
use proptest::prelude::*;
use std::sync::Arc;

fn layer() -> impl Strategy<Value = Layer> {
    let node = (0.0..14_400.0_f64, 0.0..300.0_f64);
    let curve = prop::collection::vec(node, 1..12).prop_map(|mut points| {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Every third node makes a jump.
        for i in (2..points.len()).step_by(3) {
            points[i].0 = points[i - 1].0;
        }
        curve(&points)
    });
    let steps = prop::collection::vec(0_u32..200_000, 1..80).prop_map(|counts| Layer::Steps {
        start_s: 300.0,
        step_s: 90.0,
        counts: counts.into(),
        requests_per_count: 0.09,
    });
    let noise =
        (0.0..0.6_f64, any::<u64>(), any::<bool>()).prop_map(|(share, seed, is_straight)| {
            let factor = match is_straight {
                true => NoiseFactor::StraightBetweenMinutes,
                false => NoiseFactor::ConstantWithinMinutes,
            };
            Layer::Noise {
                share,
                seed,
                factor,
            }
        });
    let growth = (-0.5..2.0_f64).prop_map(|share| Layer::Growth {
        share,
        per_s: 7200.0,
    });
    prop_oneof![3 => curve, 1 => steps, 1 => noise, 1 => growth]
}

fn service() -> impl Strategy<Value = Service> {
    // Mostly what endpoints are like, sometimes what nobody would think of.
    let max_rps = prop_oneof![6 => 0.5..60.0_f64, 1 => 1e-3..0.1_f64, 1 => 1e3..1e6_f64];
    let p50_ms = prop_oneof![6 => 1.0..900.0_f64, 1 => 1e-3..1.0_f64, 1 => 1e3..6e4_f64];
    let ratio = prop_oneof![6 => 1.0..5.0_f64, 1 => Just(1.0), 1 => 5.0..1e3_f64];
    let timeout_s = prop_oneof![6 => 5.0..90.0_f64, 1 => Just(0.0), 1 => 90.0..4e3_f64];
    let limit = prop::option::of(prop_oneof![6 => 0.0..500.0_f64, 1 => Just(0.0)]);
    (max_rps, 0.1..1.0_f64, p50_ms, ratio, timeout_s, limit).prop_map(
        |(max_rps, safety_factor, p50_ms, ratio, timeout_s, limit)| Service {
            max_rps,
            safety_factor,
            p50_ms,
            p95_ms: p50_ms * ratio,
            timeout_s,
            queue_limit_per_instance: limit,
        },
    )
}

fn fleet() -> impl Strategy<Value = Fleet> {
    let launch = prop_oneof![
        (0.0..900.0_f64).prop_map(Launch::Fixed),
        (0.0..300.0_f64, 0.0..600.0_f64).prop_map(|(from_s, more_s)| Launch::Range {
            from_s,
            to_s: from_s + more_s
        }),
    ];
    let removal = prop_oneof![Just(0.0), Just(60.0), 0.0..200.0_f64];
    (1_u32..12, launch, removal).prop_map(|(initial, launch, removal_s)| Fleet {
        initial,
        launch,
        removal_s,
        capacity: None,
    })
}

fn actions() -> impl Strategy<Value = Vec<ScheduledAction>> {
    let action = (
        0.0..14_000.0_f64,
        prop::option::of(1_u32..15),
        prop::option::of(1_u32..25),
    );
    prop::collection::vec(action, 0..4).prop_map(|mut actions| {
        actions.sort_by(|a, b| a.0.total_cmp(&b.0));
        actions
            .into_iter()
            .enumerate()
            .map(|(index, (at_s, min, max))| ScheduledAction {
                at_s: at_s.round(),
                index,
                min,
                max,
                desired: None,
            })
            .collect()
    })
}

fn assumptions() -> impl Strategy<Value = Assumptions> {
    (
        0.0..200.0_f64,
        1_u32..6,
        1_u32..20,
        0.5..1.0_f64,
        prop::option::weighted(0.3, 1_u32..3),
        any::<bool>(),
        treatment(),
    )
        .prop_map(
            |(delay, high, low, factor, step, blocks, treat)| Assumptions {
                metric_delay_s: delay.round(),
                alarm_high_datapoints: high,
                alarm_low_datapoints: low,
                alarm_low_factor: factor,
                extra_evaluation_range: 2,
                treat_missing_data: treat,
                max_scale_in_step: step,
                updating_blocks: blocks,
                // Of every three one: another draw would change all after it.
                datapoints_from_before_act: low % 3 != 0,
            },
        )
}

prop_compose! {
    /// Any plan.
    pub fn plan()(
        layers in prop::collection::vec(layer(), 1..4),
        hours in 1_u32..5,
        seed in any::<u64>(),
        service in service(),
        fleet in fleet(),
        (min, more) in (1_u32..8, 0_u32..20),
        policies in policies::policies(),
        scheduled_actions in actions(),
        assumptions in assumptions(),
        late_s in 0.0..20.0_f64,
    ) -> Plan {
        let (target_tracking, step_scaling) = policies::of(&service, policies);
        let length_s = hours * 3600;
        Plan {
            seed,
            demand: Timeline::compile(&layers, length_s),
            service,
            fleet,
            scalable_target: ScalableTarget { min, max: min + more },
            target_tracking,
            step_scaling,
            scheduled_actions,
            suspended: Default::default(),
            usd_per_hour: 1.3,
            objective: Objective { availability: 0.999, late_s },
            assumptions,
            ..usual(&[], length_s)
        }
    }
}

/// Step scaling as simple scaling: one adjustment wherever the metric lies.
fn simple(plan: &mut Plan) {
    if let Some(policy) = plan.step_scaling.first_mut() {
        policy.is_simple = true;
        policy.steps.truncate(1);
        for step in &mut policy.steps {
            *step = StepAdjustment {
                lower: f64::NEG_INFINITY,
                upper: f64::INFINITY,
                ..*step
            };
        }
    }
}

prop_compose! {
    /// A policy that scales by its forecast, or only forecasts, from the hours before the run.
    fn predictive()(
        layers in prop::collection::vec(layer(), 1..3),
        days in 0_u32..9,
        scales in prop::bool::weighted(0.8),
        buffer_s in 0_u32..3600,
        target in 100.0..2000.0_f64,
        max_capacity_buffer in prop::option::of(0.0..1.0_f64),
    ) -> Predictive {
        Predictive {
            policies: vec![PredictiveScaling {
                index: 9,
                metric: Metric::InvocationsPerInstance,
                target,
                scales,
                scheduling_buffer_s: f64::from(buffer_s),
                max_capacity_buffer,
            }],
            history: Timeline::compile(&layers, days * 86_400),
        }
    }
}

prop_compose! {
    /// Any plan of an Auto Scaling group, which warms up, may scale simply and may keep a warm pool.
    pub fn group_plan()(
        mut plan in plan(),
        (default_s, first_s) in (0_u32..900, prop::option::of(0_u32..900)),
        pool in prop::option::weighted(0.4, (0_u32..300, 0_u32..30, 0_u32..4, any::<bool>())),
        desired in prop::collection::vec(prop::option::of(1_u32..20), 4),
        is_simple in any::<bool>(),
        predictive in prop::option::weighted(0.4, predictive()),
    ) -> Plan {
        plan.resource = ScalableResource::GroupInstances(AutoScalingGroup {
            instances: Default::default(),
            warm_up: WarmUp {
                default_s: f64::from(default_s),
                by_policy: first_s.map(|seconds| (0, f64::from(seconds))).into_iter().collect(),
            },
            warm_pool: pool.map(|(launch_s, most, min, is_running)| WarmPool {
                launch_s: f64::from(launch_s),
                most,
                min,
                is_running,
            }),
            predictive: predictive.map(Arc::new),
        });
        for (action, desired) in plan.scheduled_actions.iter_mut().zip(desired) {
            action.desired = desired;
        }
        if is_simple {
            simple(&mut plan);
        }
        plan
    }
}

prop_compose! {
    /// CPU credits of a machine, that a load test's maximum keeps more or less busy; often as many as are soon used up.
    pub fn credits(service: &Service)(
        max_rps in Just(service.max_rps),
        vcpu in 1_u32..9,
        (baseline, busy) in (0.02..0.6_f64, 0.1..1.3_f64),
        (launch, initial) in (0.0..40.0_f64, prop::option::of(0.0..100.0_f64)),
        is_standard in prop::bool::weighted(0.7),
        days in prop_oneof![4 => Just(1.0), 1 => Just(0.02)],
    ) -> CpuCredits {
        let vcpu = f64::from(vcpu);
        let earned_per_hour = vcpu * baseline * 60.0;
        let standard = CpuCredits {
            vcpu,
            earned_per_hour,
            most: 24.0 * days * earned_per_hour,
            launch,
            initial,
            mode: CreditMode::Standard,
            is_choice: true,
            usd_per_vcpu_hour: 0.05,
            cpu_s_per_request: busy * vcpu / max_rps,
        };
        if is_standard { standard } else { standard.unlimited() }
    }
}

/// A plan of any platform.
pub fn any_plan() -> impl Strategy<Value = Plan> {
    prop_oneof![3 => plan(), 2 => group_plan(), 1 => failing_plan().boxed()]
}

/// A plan in which instances and zones fail.
pub fn failing_plan() -> impl Strategy<Value = Plan> {
    prop_oneof![
        failing(plan().boxed()).boxed(),
        failing(group_plan().boxed()).boxed()
    ]
}

/// One of the ends of a range.
fn end(values: &'static [f64]) -> impl Strategy<Value = f64> {
    prop::sample::select(values)
}

prop_compose! {
    /// Any plan at the ends of what a scenario may say.
    pub fn extreme_plan()(
        mut plan in plan(),
        rates in prop::collection::vec(end(&[0.0, 1e-9, 1.0, 1e7]), 1..6),
        (max_rps, timeout_s, late_s) in (end(&[0.001, 20.0, 1e7]), end(&[0.1, 3600.0]), end(&[0.0, 3600.0])),
        (launch_s, removal_s, delay_s) in (end(&[0.0, 3600.0]), end(&[0.0, 3600.0]), end(&[0.0, 3600.0])),
        (min, max, initial) in (end(&[1.0, 10_000.0]), end(&[1.0, 10_000.0]), end(&[1.0, 10_000.0])),
        (target, threshold) in (end(&[0.001, 600.0, 6e8]), end(&[-1e9, 0.0, 600.0, 1e9])),
        (cooldown_s, adjustment, magnitude) in (end(&[0.0, 86_400.0]), end(&[-10_000.0, 0.0, 10_000.0]), end(&[0.0, 10_000.0])),
        (period_min, n) in (end(&[1.0, 2.0, 1440.0]), end(&[1.0, 126.0])),
    ) -> Plan {
        let points: Vec<(f64, f64)> = rates.iter().enumerate().map(|(i, &rps)| (1234.5 * i as f64, rps)).collect();
        plan.demand = Timeline::compile(&[curve(&points)], plan.length_s);
        plan.service.max_rps = max_rps;
        plan.service.timeout_s = timeout_s;
        plan.objective.late_s = late_s;
        plan.fleet = Fleet { initial: initial as u32, launch: Launch::Fixed(launch_s), removal_s, capacity: None };
        plan.scalable_target = ScalableTarget { min: min.min(max) as u32, max: max as u32 };
        plan.assumptions.metric_delay_s = delay_s;
        plan.assumptions.alarm_low_datapoints = n as u32;
        for policy in &mut plan.target_tracking {
            policy.target = target;
            policy.scale_out_cooldown_s = cooldown_s;
        }
        for policy in &mut plan.step_scaling {
            policy.cooldown_s = cooldown_s;
            policy.alarm.threshold = threshold;
            policy.alarm.period_s = 60 * period_min as u32;
            policy.alarm.evaluation_periods = n as u32;
            policy.min_adjustment_magnitude = magnitude as u32;
            for step in &mut policy.steps {
                step.adjustment = match policy.adjustment_type {
                    AdjustmentType::ExactCapacity => adjustment.abs() as i32,
                    _ => adjustment as i32,
                };
            }
        }
        plan
    }
}

/// The cooldown of a policy's activity, seconds.
pub fn cooldown_s(plan: &Plan, policy: usize, scales_out: bool) -> f64 {
    let tracking = plan.target_tracking.iter().find(|p| p.index == policy);
    let stepping = plan.step_scaling.iter().find(|p| p.index == policy);
    match (tracking, stepping) {
        (Some(policy), _) if scales_out => policy.scale_out_cooldown_s,
        (Some(policy), _) => policy.scale_in_cooldown_s,
        (None, Some(policy)) => policy.cooldown_s,
        (None, None) => panic!("no policy {policy}"),
    }
}
