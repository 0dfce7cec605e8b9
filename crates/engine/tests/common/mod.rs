//! Plans that the tests start from.

#![allow(
    dead_code,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "each test file uses what it needs of these, and fails by panicking"
)]

pub mod random;

use engine::{
    demand::{Layer, Node, Timeline},
    plan::{
        AdjustmentType, Assumptions, AutoScalingGroup, Comparison, Consolidation, CpuCredits,
        Fleet, Health, Hosts, InstanceSpeed, Instances, Launch, Metric, MetricAlarm, Objective,
        Placement, Plan, ScalableResource, ScalableTarget, Service, SlowInstance, Statistic,
        StepAdjustment, StepScaling, TargetTracking, TreatMissingData, WarmUp,
    },
    run::{Cause, Run},
};
use std::sync::Arc;

/// Instances under copies, as drawn: launches of copies in seconds, the fewest and how many more, minutes and step of a
/// consolidation.
pub fn drawn_hosts(
    copies_per_instance: u32,
    start_s: u32,
    (min, more): (u32, u32),
    is_spread: bool,
    idle_s: u32,
    consolidation: Option<(u32, u32)>,
) -> Hosts {
    Hosts {
        copies_per_instance,
        copy_start_s: f64::from(start_s),
        min,
        max: (min + more).max(1),
        placement: if is_spread {
            Placement::Spread
        } else {
            Placement::BinPack
        },
        idle_s: f64::from(idle_s),
        consolidation: consolidation.map(|(minutes, step)| Consolidation {
            cooldown_s: 60.0 * f64::from(minutes),
            step,
        }),
    }
}

/// Instances of a variant, as fast as the load test says, of which none fails.
pub const VARIANT: ScalableResource = ScalableResource::VariantInstances(Instances {
    health: None,
    speed: InstanceSpeed::Full,
    retries: None,
});

/// Health checks of a group over three zones, which does not balance them; nothing fails.
pub const CHECKS: Health = Health {
    failures: Vec::new(),
    zones: 3,
    rebalances: false,
    unrouted_s: 60.0,
    status_check_s: 180.0,
    load_balancer_s: Some(60.0),
    start_within_s: None,
};

/// What can befall the instances of a plan's variant or group.
pub fn instances(plan: &mut Plan) -> &mut Instances {
    match &mut plan.resource {
        ScalableResource::VariantInstances(instances) => instances,
        ScalableResource::GroupInstances(group) => &mut group.instances,
        other => panic!("{other:?}"),
    }
}

/// The group of a plan.
pub fn group_of(plan: &mut Plan) -> &mut AutoScalingGroup {
    match &mut plan.resource {
        ScalableResource::GroupInstances(group) => group,
        other => panic!("{other:?}"),
    }
}

/// Gives such instances CPU credits.
pub fn give_credits(plan: &mut Plan, credits: CpuCredits) {
    instances(plan).speed = InstanceSpeed::CpuCredits(credits);
}

/// Slows the oldest of such instances down.
pub fn slow_down(plan: &mut Plan, slow: SlowInstance) {
    instances(plan).speed = InstanceSpeed::SlowInstance(slow);
}

/// Lets such instances fail.
pub fn let_fail(plan: &mut Plan, health: Health) {
    instances(plan).health = Some(Arc::new(health));
}

/// Makes such instances those of a group without a warm pool and predictive scaling.
pub fn make_group(plan: &mut Plan, warm_up: WarmUp) {
    plan.resource = ScalableResource::GroupInstances(AutoScalingGroup {
        instances: std::mem::take(instances(plan)),
        warm_up,
        warm_pool: None,
        predictive: None,
    });
}

/// A curve through points of (seconds, requests per second).
pub fn curve(points: &[(f64, f64)]) -> Layer {
    Layer::Curve(
        points
            .iter()
            .map(|&(at_s, rps)| Node { at_s, rps })
            .collect(),
    )
}

/// Two of two minutes of InvocationsPerInstance.
pub fn alarm(comparison: Comparison, threshold: f64) -> MetricAlarm {
    MetricAlarm {
        metric: Metric::InvocationsPerInstance,
        statistic: Statistic::Sum,
        period_s: 60,
        evaluation_periods: 2,
        datapoints_to_alarm: 2,
        threshold,
        comparison,
        treat_missing_data: TreatMissingData::Missing,
    }
}

/// A step scaling policy that adds one instance, or copy, wherever above its threshold the metric lies.
pub fn one_more(index: usize, alarm: MetricAlarm, cooldown_s: f64) -> StepScaling {
    StepScaling {
        index,
        alarm,
        adjustment_type: AdjustmentType::ChangeInCapacity,
        steps: vec![StepAdjustment {
            lower: 0.0,
            upper: f64::INFINITY,
            adjustment: 1,
        }],
        min_adjustment_magnitude: 0,
        cooldown_s,
        is_simple: false,
    }
}

/// Start, from and to of each change of capacity.
pub fn changes(run: &Run) -> Vec<(f64, u32, u32)> {
    let changes = changes_by(run).into_iter();
    changes
        .map(|(at_s, from, to, _)| (at_s, from, to))
        .collect()
}

/// The same, with the policy or scheduled action that asked for it.
pub fn changes_by(run: &Run) -> Vec<(f64, u32, u32, usize)> {
    let changed = run.activities.iter().filter(|a| a.from != a.to);
    changed
        .map(|activity| {
            let by = match activity.cause {
                Cause::Policy(decision) => decision.policy,
                Cause::Scheduled { action, .. } => action,
                Cause::Predictive(prediction) => prediction.policy,
                Cause::Replacement(_) => usize::MAX,
            };
            (activity.start_s, activity.from, activity.to, by)
        })
        .collect()
}

/// One to ten instances of 20 rps, target 600, four minutes of launch, everything else AWS's default.
pub fn plan(layers: &[Layer], length_s: u32) -> Plan {
    Plan {
        length_s,
        seed: 1,
        demand: Timeline::compile(layers, length_s),
        resource: VARIANT,
        service: Service {
            max_rps: 20.0,
            safety_factor: 0.5,
            p50_ms: 40.0,
            p95_ms: 95.0,
            timeout_s: 60.0,
            queue_limit_per_instance: None,
        },
        fleet: Fleet {
            initial: 1,
            launch: Launch::Fixed(240.0),
            removal_s: 60.0,
            capacity: None,
        },
        scalable_target: ScalableTarget { min: 1, max: 10 },
        target_tracking: vec![TargetTracking {
            index: 0,
            metric: Metric::InvocationsPerInstance,
            target: 600.0,
            scale_out_cooldown_s: 300.0,
            scale_in_cooldown_s: 300.0,
            disable_scale_in: false,
        }],
        step_scaling: Vec::new(),
        scheduled_actions: Vec::new(),
        missing_metric: None,
        suspended: Default::default(),
        usd_per_hour: 0.115,
        objective: Objective {
            availability: 0.999,
            late_s: 2.0,
        },
        assumptions: Assumptions::default(),
    }
}
