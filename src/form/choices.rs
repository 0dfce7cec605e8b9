//! What a person reads for the names of choices, and in which order. AWS's own names stand as AWS spells them.

use scenario::{document::ComparisonOperator, field::Field};
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
    match ComparisonOperator::named(name) {
        Some(comparison) => words::sign(comparison),
        // Elsewhere they are days of the week.
        None if field.name == "Schedule.unit" && name == "days" => words.unit_days(),
        None => words.choice_of(field.name, name),
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
    use words::Lang;

    use super::*;
    use crate::typed::usual::Piece;

    #[test]
    fn what_schedules_are_made_of_has_a_name() {
        for (name, piece) in Piece::ALL {
            let field = List::Actions.field(name).of(ItemId(0));
            let Kind::Choice(names) = piece.kind() else {
                continue;
            };
            // Days of the month are numbers.
            for choice in names.iter().filter(|name| name.parse::<u8>().is_err()) {
                let called = called(Words::new(Lang::Ko), field, choice);
                assert_ne!(called, *choice, "{field}");
            }
        }
    }

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
