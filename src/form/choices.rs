//! What a person reads for the names of choices, and in which order. AWS's own names stand as AWS spells them.

use scenario::field::Field;
use words::Words;

/// Returns the names that a field's choice offers: those of its kind, in another order or only some of them where the form says so.
pub fn offered(field: Field, names: &'static [&'static str]) -> &'static [&'static str] {
    match field.name {
        "AdjustmentType" => &[
            "ChangeInCapacity",
            "PercentChangeInCapacity",
            "ExactCapacity",
        ],
        "growth.kind" => &["percent", "rps"],
        "what" => &["zone_min", "instances", "applications"],
        // The other pairs forecast what is not simulated.
        "PredefinedMetricType" => &["ALBRequestCount", "ASGCPUUtilization"],
        "PoolState" => &["Stopped", "Hibernated", "Running"],
        _ => names,
    }
}

/// Returns what a choice of a field is called.
pub fn called(words: Words, field: Field, name: &'static str) -> &'static str {
    match name {
        "sagemaker_real_time" => words.platform_real_time(),
        "sagemaker_asynchronous" => words.platform_asynchronous(),
        "sagemaker_serverless" => words.platform_serverless(),
        "sagemaker_inference_component" => words.platform_inference_component(),
        "ec2_auto_scaling_group" => words.platform_auto_scaling_group(),
        "standard" => words.credit_mode_standard(),
        "unlimited" => words.credit_mode_unlimited(),
        "EC2" => words.health_check_ec2(),
        "ELB" => words.health_check_elb(),
        "repeats" => words.history_repeats(),
        "none" => words.history_none(),
        "ChangeInCapacity" => words.adjustment_change(),
        "PercentChangeInCapacity" => words.adjustment_percent(),
        "ExactCapacity" => words.adjustment_exact(),
        "GreaterThanOrEqualToThreshold" => "≥",
        "GreaterThanThreshold" => ">",
        "LessThanThreshold" => "<",
        "LessThanOrEqualToThreshold" => "≤",
        "ForecastOnly" => words.mode_forecast_only(),
        "ForecastAndScale" => words.mode_forecast_and_scale(),
        "HonorMaxCapacity" => words.max_honored(),
        "IncreaseMaxCapacity" => words.max_increased(),
        "zone_min" => words.failing_kind_zone(),
        "instances" => words.failing_kind_instances(),
        "applications" => words.failing_kind_applications(),
        "constant_within_minutes" => words.noise_constant(),
        "straight_between_minutes" => words.noise_straight(),
        "percent" => words.growth_percent(),
        "rps" => words.growth_rps(),
        "day" => words.per_day(),
        "week" => words.per_week(),
        "month" => words.per_month_unit(),
        "year" => words.per_year(),
        "once" => words.schedule_kind_once(),
        "daily" => words.schedule_kind_daily(),
        "weekdays" => words.cron_weekdays(),
        "monthly" => words.schedule_kind_monthly(),
        "every" => words.schedule_kind_every(),
        "own" => words.schedule_kind_own(),
        "last" => words.schedule_last_date(),
        "minutes" => words.schedule_unit_minutes(),
        "hours" => words.schedule_unit_hours(),
        "days" if field.name == "Schedule.unit" => words.unit_days(),
        "days" => words.schedule_kind_days(),
        aws => aws,
    }
}

#[cfg(test)]
mod tests {
    use scenario::{
        document::{
            Failing, Failure, GrowthBy, GrowthPer, Layer, ScalingPolicy, Scenario, Shape, WarmPool,
        },
        field::{ItemId, Kind, List},
    };

    use super::*;

    #[test]
    fn what_is_offered_are_names_of_the_kind() {
        let mut scenario = Scenario {
            policies: vec![ScalingPolicy::step("a"), ScalingPolicy::predictive("b")].into(),
            failures: vec![Failure {
                at: "2026-11-28T20:00".parse().unwrap(),
                what: Failing::ZoneMin(60.0),
            }]
            .into(),
            demand: vec![Layer {
                shape: Shape::Growth {
                    by: GrowthBy::Rps(1.0),
                    per: GrowthPer::Day,
                },
                ..Layer::default()
            }]
            .into(),
            ..Scenario::default()
        };
        scenario.auto_scaling_group.warm_pool = Some(WarmPool::default());
        let first = ItemId(0);
        for (field, count) in [
            (List::Policies.field("AdjustmentType").of(first), 3),
            (
                List::Policies.field("PredefinedMetricType").of(ItemId(1)),
                2,
            ),
            (List::Demand.field("growth.kind").of(first), 2),
            (Failure::what.of(first), 3),
            (WarmPool::pool_state, 3),
        ] {
            let kind = field.spec(&scenario).map(|spec| spec.kind);
            let Some(Kind::Choice(names)) = kind else {
                panic!("{field}: {kind:?}");
            };
            let offered = offered(field, names);
            assert_eq!(offered.len(), count, "{field}");
            assert!(offered.iter().all(|name| names.contains(name)), "{field}");
        }
    }
}
