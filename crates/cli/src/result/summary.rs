//! Every key figure of a run and of its sizing, flat: a JSON object, or a row of CSV.

use engine::{
    report::Standing,
    run::{Activity, Outcome as End},
};
use scenario::catalogue::PriceKind;
use serde::Serialize;

use crate::outcome::Outcome;

/// The key figures. Shares are of 1; months have 730 hours.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// Hash of all series: equal here and in a browser.
    fingerprint: String,
    /// `holds`, `within_objective` or `short`.
    standing: &'static str,
    requests: f64,
    served_requests: f64,
    failed_requests: f64,
    late_requests: f64,
    queued_at_end_requests: f64,
    availability_share: f64,
    mean_ms: f64,
    p50_ms: f64,
    p95_ms: f64,
    p99_ms: f64,
    worst_minute_t_s: f64,
    worst_minute_p95_ms: f64,
    peak_demand_rps: f64,
    fewest_instances: u32,
    most_instances: u32,
    mean_instances: f64,
    paid_instance_s: f64,
    in_service_instance_s: f64,
    utilisation_share: f64,
    under_accuracy_pct: f64,
    over_accuracy_pct: f64,
    under_time_pct: f64,
    over_time_pct: f64,
    instability_pct: f64,
    cost_usd: f64,
    cost_usd_per_month: f64,
    cost_usd_per_million_requests: Option<f64>,
    /// These four of serverless endpoints alone.
    on_demand_requests: Option<f64>,
    cold_start_requests: Option<f64>,
    provisioned_concurrency_cost_usd: Option<f64>,
    requests_cost_usd: Option<f64>,
    /// These five of burstable types alone; the first: never.
    credits_used_up_t_s: Option<f64>,
    throttled_s: Option<f64>,
    throttled_instance_s: Option<f64>,
    surplus_credits_cost_usd: Option<f64>,
    surplus_credits_outstanding_usd: Option<f64>,
    /// These four where clients try again.
    attempts: Option<f64>,
    retries: Option<f64>,
    attempts_per_request: Option<f64>,
    wasted_attempts: Option<f64>,
    fixed_fleet_instances: u32,
    fixed_fleet_mean_instances: f64,
    fixed_fleet_cost_usd: f64,
    fixed_fleet_usd_per_month: f64,
    fixed_fleet_usd_per_million_requests: Option<f64>,
    foresight_instances: u32,
    foresight_mean_instances: f64,
    foresight_cost_usd: f64,
    foresight_usd_per_month: f64,
    foresight_usd_per_million_requests: Option<f64>,
    incidents: usize,
    /// Activities that changed the capacity.
    scaling_activities: usize,
    /// Asked for, and nothing changed.
    not_scaled_activities: usize,
    target_invocations_per_instance: f64,
    min_capacity_instances: u32,
    max_capacity_instances: u32,
    initial_instances: u32,
    /// `serverless` where there is none.
    instance_type: String,
    instance_usd_per_hour: f64,
    /// `quoted`, `estimate`, `on_demand` or `own`.
    instance_price_kind: &'static str,
    sizing_target_invocations_per_instance: f64,
    sizing_peak_rps: f64,
    sizing_quiet_rps: f64,
    sizing_at_peak_instances: u64,
    sizing_at_quiet_instances: u64,
    sizing_min_capacity_instances: u64,
    sizing_max_capacity_instances: u64,
    sizing_headroom_rps: f64,
    sizing_headroom_one_lost_rps: f64,
    sizing_reaction_s: f64,
    sizing_growth_factor: f64,
}

impl Summary {
    /// Returns the key figures of an outcome.
    pub fn of(outcome: &Outcome) -> Self {
        let Outcome {
            scenario,
            compiled,
            run,
            report,
        } = outcome;
        let (totals, resolved, sizing) = (&run.totals, &compiled.resolved, &compiled.sizing);
        let (fixed, foresight) = (&report.fixed_fleet, &report.foresight);
        let (elasticity, on_demand) = (&report.elasticity, report.on_demand);
        let (credits, retries) = (report.credits.as_ref(), report.retries.as_ref());
        let count = |kind: fn(&Activity) -> bool| {
            run.activities
                .iter()
                .filter(|activity| kind(activity))
                .count()
        };
        Self {
            fingerprint: format!("{:016x}", run.fingerprint()),
            standing: standing_name(report.standing),
            requests: report.requests,
            served_requests: totals.served,
            failed_requests: report.failed,
            late_requests: report.late,
            queued_at_end_requests: totals.queued_at_end,
            availability_share: report.availability,
            mean_ms: report.mean_ms,
            p50_ms: report.p50_ms,
            p95_ms: report.p95_ms,
            p99_ms: report.p99_ms,
            worst_minute_t_s: report.worst_minute.at_s,
            worst_minute_p95_ms: report.worst_minute.p95_ms,
            peak_demand_rps: report.peak_demand_rps,
            fewest_instances: report.fewest_instances,
            most_instances: report.most_instances,
            mean_instances: report.mean_instances,
            paid_instance_s: totals.instance_s,
            in_service_instance_s: totals.in_service_s,
            utilisation_share: report.utilisation,
            under_accuracy_pct: elasticity.under_accuracy_pct,
            over_accuracy_pct: elasticity.over_accuracy_pct,
            under_time_pct: elasticity.under_time_pct,
            over_time_pct: elasticity.over_time_pct,
            instability_pct: elasticity.instability_pct,
            cost_usd: report.cost_usd,
            cost_usd_per_month: report.usd_per_month,
            cost_usd_per_million_requests: report.usd_per_million,
            on_demand_requests: on_demand.map(|served| served.on_demand),
            cold_start_requests: on_demand.map(|served| served.cold_starts),
            provisioned_concurrency_cost_usd: on_demand.map(|served| served.provisioned_usd),
            requests_cost_usd: on_demand.map(|served| served.requests_usd),
            credits_used_up_t_s: credits.and_then(|credits| credits.used_up_s),
            throttled_s: credits.map(|credits| credits.throttled_s),
            throttled_instance_s: credits.map(|credits| credits.throttled_instance_s),
            surplus_credits_cost_usd: credits.map(|credits| credits.surplus_usd),
            surplus_credits_outstanding_usd: credits.map(|credits| credits.outstanding_usd),
            attempts: retries.map(|retries| retries.attempts),
            retries: retries.map(|retries| retries.retries),
            attempts_per_request: retries.map(|retries| retries.attempts_per_request),
            wasted_attempts: retries.map(|retries| retries.wasted),
            fixed_fleet_instances: fixed.instances,
            fixed_fleet_mean_instances: fixed.mean_instances,
            fixed_fleet_cost_usd: fixed.cost_usd,
            fixed_fleet_usd_per_month: fixed.usd_per_month,
            fixed_fleet_usd_per_million_requests: fixed.usd_per_million,
            foresight_instances: foresight.instances,
            foresight_mean_instances: foresight.mean_instances,
            foresight_cost_usd: foresight.cost_usd,
            foresight_usd_per_month: foresight.usd_per_month,
            foresight_usd_per_million_requests: foresight.usd_per_million,
            incidents: report.incidents.len(),
            scaling_activities: count(|activity| activity.from != activity.to),
            not_scaled_activities: count(|activity| matches!(activity.outcome, End::NotScaled(_))),
            target_invocations_per_instance: resolved.target,
            min_capacity_instances: resolved.min,
            max_capacity_instances: resolved.max,
            initial_instances: resolved.initial,
            instance_type: match on_demand {
                None => scenario.instance.instance_type.clone(),
                Some(_) => "serverless".to_owned(),
            },
            instance_usd_per_hour: resolved.price.usd_per_hour,
            instance_price_kind: price_kind(resolved.price.kind),
            sizing_target_invocations_per_instance: sizing.target,
            sizing_peak_rps: resolved.peak_rps,
            sizing_quiet_rps: resolved.quiet_rps,
            sizing_at_peak_instances: sizing.at_peak,
            sizing_at_quiet_instances: sizing.at_quiet,
            sizing_min_capacity_instances: sizing.min_capacity,
            sizing_max_capacity_instances: sizing.max_capacity,
            sizing_headroom_rps: sizing.headroom_rps,
            sizing_headroom_one_lost_rps: sizing.headroom_one_lost_rps,
            sizing_reaction_s: sizing.reaction_s,
            sizing_growth_factor: sizing.growth_factor,
        }
    }
}

fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Holds => "holds",
        Standing::WithinObjective => "within_objective",
        Standing::Short => "short",
    }
}

/// Returns where a price comes from, in a word.
pub fn price_kind(kind: PriceKind) -> &'static str {
    match kind {
        PriceKind::Quoted => "quoted",
        PriceKind::Estimate => "estimate",
        PriceKind::OnDemand => "on_demand",
        PriceKind::Own => "own",
    }
}
