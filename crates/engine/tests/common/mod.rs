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
        AdjustmentType, Assumptions, Comparison, Consolidation, Fleet, Hosts, Launch, Metric,
        MetricAlarm, Objective, Overflow, Pacing, Placement, Plan, ScalableTarget, Service,
        Statistic, StepAdjustment, StepScaling, TargetTracking, TreatMissingData,
    },
    run::{Cause, Run},
};

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
        service: Service {
            max_rps: 20.0,
            safety_factor: 0.5,
            p50_ms: 40.0,
            p95_ms: 95.0,
            timeout_s: 60.0,
            shared_queue: false,
            queue_limit_per_instance: None,
        },
        overflow: Overflow::Queue,
        fleet: Fleet {
            initial: 1,
            launch: Launch::Fixed(240.0),
            removal_s: 60.0,
            warm_pool: None,
            hosts: None,
        },
        cpu_credits: None,
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
        predictive: None,
        health: None,
        slow_instance: None,
        pacing: Pacing::Cooldowns,
        scheduled_actions: Vec::new(),
        suspended: Default::default(),
        usd_per_hour: 0.115,
        objective: Objective {
            availability: 0.999,
            late_s: 2.0,
        },
        assumptions: Assumptions::default(),
    }
}
