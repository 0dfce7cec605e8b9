//! Random plans with everything on: demand of every kind, odd machines, several target-tracking policies on different
//! metrics, step scaling policies as AWS takes them, scheduled actions, assumptions. Shared by all property tests.

use super::{curve, plan as usual};
use engine::{
    demand::{Layer, Timeline},
    plan::{
        AdjustmentType, Assumptions, Comparison, Fleet, Launch, Metric, MetricAlarm, Objective,
        Plan, ScalableTarget, ScheduledAction, Service, Statistic, StepAdjustment, StepScaling,
        TargetTracking, TreatMissingData,
    },
};
use proptest::prelude::*;

const INF: f64 = f64::INFINITY;

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
    let steps = prop::collection::vec(0.0..200.0_f32, 1..80).prop_map(|rps| Layer::Steps {
        start_s: 300.0,
        step_s: 90.0,
        rps: rps.into(),
    });
    let noise = (0.0..0.6_f64, any::<u64>()).prop_map(|(share, seed)| Layer::Noise { share, seed });
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
    })
}

/// InvocationsPerInstance, or a utilisation of one to eight cores, whose cost per request is told in cores at full speed.
fn metric() -> impl Strategy<Value = (Option<(f64, f64)>, f64)> {
    let utilization = (1_u32..9, 0.2..1.5_f64).prop_map(|(cores, cost)| (f64::from(cores), cost));
    (prop::option::weighted(0.4, utilization), 0.05..1.5_f64)
}

/// The metric, and a value of it that is a share of what an instance at full speed shows.
fn metric_of(service: &Service, (kind, share): (Option<(f64, f64)>, f64)) -> (Metric, f64) {
    match kind {
        None => (
            Metric::InvocationsPerInstance,
            service.max_rps * 60.0 * share,
        ),
        Some((cores, cost)) => {
            let most_percent = 100.0 * cores;
            let metric = Metric::Utilization {
                percent_s_per_request: most_percent * cost / service.max_rps,
                most_percent,
            };
            (metric, most_percent * share)
        }
    }
}

type Kind = (Option<(f64, f64)>, f64);

fn tracking() -> impl Strategy<Value = (Kind, u32, u32, bool)> {
    (metric(), 0_u32..900, 0_u32..900, prop::bool::weighted(0.2))
}

pub fn treatment() -> impl Strategy<Value = TreatMissingData> {
    prop_oneof![
        Just(TreatMissingData::Missing),
        Just(TreatMissingData::Ignore),
        Just(TreatMissingData::Breaching),
        Just(TreatMissingData::NotBreaching),
    ]
}

/// Steps as AWS takes them: no gap, no overlap, an open end on each side of the threshold that has steps. Bounds are
/// shares of the threshold; small numbers of instances, or percentages.
fn steps() -> impl Strategy<Value = (AdjustmentType, Vec<StepAdjustment>)> {
    let step = |lower: f64, upper: f64, adjustment| StepAdjustment {
        lower,
        upper,
        adjustment,
    };
    let cuts = prop::collection::vec((0.0..1.0_f64, -3_i32..4), 1..5);
    let kind = prop_oneof![
        Just((AdjustmentType::ChangeInCapacity, 1, 0)),
        Just((AdjustmentType::ExactCapacity, 3, 10)),
        Just((AdjustmentType::PercentChangeInCapacity, 23, 0)),
    ];
    let sides = prop_oneof![3 => Just(1), 3 => Just(-1), 1 => Just(0)];
    (cuts, kind, sides).prop_map(move |(mut cuts, (kind, factor, plus), side)| {
        cuts.sort_by(|a, b| a.0.total_cmp(&b.0));
        cuts.dedup_by(|a, b| a.0 == b.0);
        let adjust = |by: i32, side: i32| match side {
            _ if plus > 0 => (by + 3) * factor,
            0 => by * factor,
            _ => (by + 2) * factor * side,
        };
        let at = |i: usize| cuts.get(i).map_or(INF, |cut| cut.0);
        let steps = match side {
            // On one side of the threshold, from a bound on.
            1 | -1 => (0..cuts.len())
                .map(|i| {
                    let adjustment = adjust(cuts[i].1, side);
                    if side > 0 {
                        step(at(i), at(i + 1), adjustment)
                    } else {
                        step(-at(i + 1), -at(i), adjustment)
                    }
                })
                .collect(),
            // From end to end.
            _ => (0..=cuts.len())
                .map(|i| {
                    let bound = |i: usize| if i < cuts.len() { at(i) - 0.5 } else { INF };
                    let lower = if i == 0 { -INF } else { bound(i - 1) };
                    step(lower, bound(i), adjust(cuts[i.min(cuts.len() - 1)].1, 0))
                })
                .collect(),
        };
        (kind, steps)
    })
}

fn stepping() -> impl Strategy<Value = (Kind, (AdjustmentType, Vec<StepAdjustment>), StepScaling)> {
    let comparison = prop_oneof![
        Just(Comparison::GreaterThanThreshold),
        Just(Comparison::GreaterThanOrEqualToThreshold),
        Just(Comparison::LessThanThreshold),
        Just(Comparison::LessThanOrEqualToThreshold),
    ];
    let statistic = prop_oneof![
        Just(Statistic::Sum),
        Just(Statistic::Average),
        Just(Statistic::Minimum),
        Just(Statistic::Maximum),
    ];
    let period = prop_oneof![3 => Just(1_u32), 2 => 2_u32..8];
    let counts = (1_u32..6, 1_u32..6, 0_u32..4, 0_u32..700);
    (
        metric(),
        steps(),
        comparison,
        statistic,
        period,
        counts,
        treatment(),
    )
        .prop_map(
            |(
                metric,
                steps,
                comparison,
                statistic,
                period_min,
                (n, m, magnitude, cooldown),
                treat,
            )| {
                let policy = StepScaling {
                    index: 0,
                    alarm: MetricAlarm {
                        metric: Metric::InvocationsPerInstance,
                        statistic,
                        period_min,
                        evaluation_periods: n,
                        datapoints_to_alarm: m.min(n),
                        threshold: 0.0,
                        comparison,
                        treat_missing_data: treat,
                    },
                    adjustment_type: steps.0,
                    steps: Vec::new(),
                    min_adjustment_magnitude: match steps.0 {
                        AdjustmentType::PercentChangeInCapacity => magnitude,
                        _ => 0,
                    },
                    cooldown_s: f64::from(cooldown),
                };
                (metric, steps, policy)
            },
        )
}

fn stepping_of(
    service: &Service,
    (kind, (_, steps), mut policy): (Kind, (AdjustmentType, Vec<StepAdjustment>), StepScaling),
) -> StepScaling {
    let (metric, value) = metric_of(service, kind);
    let of_period = match policy.alarm.statistic {
        Statistic::Sum => f64::from(policy.alarm.period_min),
        _ => 1.0,
    };
    policy.alarm.metric = metric;
    policy.alarm.threshold = value * of_period;
    policy.steps = steps
        .into_iter()
        .map(|step| StepAdjustment {
            lower: step.lower * policy.alarm.threshold,
            upper: step.upper * policy.alarm.threshold,
            ..step
        })
        .collect();
    policy
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
        // Often just one of target tracking, as most endpoints have it: the loop takes short ways with that.
        tracking in prop_oneof![2 => prop::collection::vec(tracking(), 1), 3 => prop::collection::vec(tracking(), 0..4)],
        stepping in prop_oneof![2 => Just(Vec::new()), 3 => prop::collection::vec(stepping(), 0..4)],
        scheduled_actions in actions(),
        assumptions in assumptions(),
        late_s in 0.0..20.0_f64,
    ) -> Plan {
        let target_tracking: Vec<TargetTracking> = tracking
            .into_iter()
            .enumerate()
            .map(|(index, (kind, out_s, in_s, disable_scale_in))| {
                let (metric, target) = metric_of(&service, kind);
                TargetTracking {
                    index,
                    metric,
                    target,
                    scale_out_cooldown_s: f64::from(out_s),
                    scale_in_cooldown_s: f64::from(in_s),
                    disable_scale_in,
                }
            })
            .collect();
        let tracked = target_tracking.len();
        let step_scaling = stepping
            .into_iter()
            .enumerate()
            .map(|(i, policy)| StepScaling { index: tracked + i, ..stepping_of(&service, policy) })
            .collect();
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
            usd_per_hour: 1.3,
            objective: Objective { availability: 0.999, late_s },
            assumptions,
            ..usual(&[], length_s)
        }
    }
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
        plan.fleet = Fleet { initial: initial as u32, launch: Launch::Fixed(launch_s), removal_s };
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
            policy.alarm.period_min = period_min as u32;
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
