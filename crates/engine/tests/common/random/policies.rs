//! Random policies: of target tracking and of step scaling, on any metric, with any steps that AWS takes.

use engine::plan::{
    AdjustmentType, Comparison, Metric, MetricAlarm, Service, Statistic, StepAdjustment,
    StepScaling, TargetTracking, TreatMissingData,
};
use proptest::prelude::*;

const INF: f64 = f64::INFINITY;

/// Policies whose machine is not known yet.
pub type Policies = (Vec<Tracking>, Vec<Stepping>);

pub fn policies() -> impl Strategy<Value = Policies> {
    // Often just one of target tracking, as most endpoints have it: the loop takes short ways with that.
    let tracking = prop_oneof![
        2 => prop::collection::vec(tracking(), 1),
        3 => prop::collection::vec(tracking(), 0..4),
    ];
    let stepping = prop_oneof![
        2 => Just(Vec::new()),
        3 => prop::collection::vec(stepping(), 0..4),
    ];
    (tracking, stepping)
}

/// The policies on that machine.
pub fn of(
    service: &Service,
    (tracking, stepping): Policies,
) -> (Vec<TargetTracking>, Vec<StepScaling>) {
    let tracked = tracking.len();
    let tracking = tracking.into_iter().enumerate();
    let stepping = stepping.into_iter().enumerate();
    (
        tracking
            .map(|(index, (kind, out_s, in_s, disable_scale_in))| {
                let (metric, target) = metric_of(service, kind);
                TargetTracking {
                    index,
                    metric,
                    target,
                    scale_out_cooldown_s: f64::from(out_s),
                    scale_in_cooldown_s: f64::from(in_s),
                    disable_scale_in,
                }
            })
            .collect(),
        stepping
            .map(|(i, policy)| StepScaling {
                index: tracked + i,
                ..stepping_of(service, policy)
            })
            .collect(),
    )
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

/// A metric whose machine is not known yet, and a share of what it shows there at full speed.
type Kind = (Option<(f64, f64)>, f64);

/// Target tracking: metric, both cooldowns, DisableScaleIn.
type Tracking = (Kind, u32, u32, bool);

fn tracking() -> impl Strategy<Value = Tracking> {
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
type Steps = (AdjustmentType, Vec<StepAdjustment>);

fn steps() -> impl Strategy<Value = Steps> {
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

/// Step scaling, still without the metric, the threshold and the steps.
type Stepping = (Kind, Steps, StepScaling);

fn stepping() -> impl Strategy<Value = Stepping> {
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
                        period_s: 60 * period_min,
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
                    is_simple: false,
                };
                (metric, steps, policy)
            },
        )
}

fn stepping_of(service: &Service, (kind, (_, steps), mut policy): Stepping) -> StepScaling {
    let (metric, value) = metric_of(service, kind);
    let of_period = match policy.alarm.statistic {
        Statistic::Sum => f64::from(policy.alarm.period_s / 60),
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
