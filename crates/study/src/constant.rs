//! Numbers of the code that texts name: `{{default.scale_in_cooldown}}`, read from where the code has them.

use engine::{
    forecast::MIN_HISTORY_HOURS,
    plan::{Assumptions, MAX_CONCURRENCY},
    run::{PERIOD_S, TICK_S},
};
use scenario::document::{Scenario, TargetTracking};

use crate::unit::Unit;

/// A number of the code.
pub struct Constant {
    /// How content names it, behind `default.`.
    pub name: &'static str,
    /// What it is a number of.
    pub unit: Unit,
    value: fn() -> f64,
}

impl Constant {
    /// Returns the constant of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        CONSTANTS.iter().find(|constant| constant.name == name)
    }

    /// Returns its value.
    #[must_use]
    pub fn value(&self) -> f64 {
        (self.value)()
    }
}

const fn constant(name: &'static str, unit: Unit, value: fn() -> f64) -> Constant {
    Constant { name, unit, value }
}

/// All of them.
pub static CONSTANTS: &[Constant] = &[
    constant("scale_out_cooldown", Unit::Seconds, || {
        TargetTracking::default().scale_out_cooldown.into()
    }),
    constant("scale_in_cooldown", Unit::Seconds, || {
        TargetTracking::default().scale_in_cooldown.into()
    }),
    constant("safety_factor", Unit::Number, || {
        Scenario::default().load_test.safety_factor
    }),
    constant("launch", Unit::Seconds, || {
        Scenario::default().instance.launch_s
    }),
    constant("removal", Unit::Seconds, || {
        Scenario::default().instance.removal_s
    }),
    constant("timeout", Unit::Seconds, || {
        Scenario::default().service.timeout_s
    }),
    constant("metric_delay", Unit::Seconds, || {
        Assumptions::default().metric_delay_s
    }),
    constant("alarm_high_datapoints", Unit::Times, || {
        Assumptions::default().alarm_high_datapoints.into()
    }),
    constant("alarm_low_datapoints", Unit::Times, || {
        Assumptions::default().alarm_low_datapoints.into()
    }),
    constant("alarm_low_factor", Unit::Share, || {
        Assumptions::default().alarm_low_factor
    }),
    constant("period", Unit::Seconds, || PERIOD_S.into()),
    constant("high_resolution_period", Unit::Seconds, || TICK_S.into()),
    constant("seconds_per_minute", Unit::Number, || PERIOD_S.into()),
    constant("forecast_history", Unit::Seconds, || {
        MIN_HISTORY_HOURS as f64 * 3_600.0
    }),
    constant("serverless_concurrency", Unit::Requests, || {
        MAX_CONCURRENCY.into()
    }),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_name_of_its_own_and_a_value() {
        for constant in CONSTANTS {
            let named = CONSTANTS.iter().filter(|it| it.name == constant.name);
            assert_eq!(named.count(), 1, "{}", constant.name);
            assert!(constant.value() > 0.0, "{}", constant.name);
        }
        // AWS's own defaults, as its pages have them.
        for (name, value) in [
            ("scale_out_cooldown", 300.0),
            ("scale_in_cooldown", 300.0),
            ("alarm_high_datapoints", 3.0),
            ("alarm_low_datapoints", 15.0),
            ("forecast_history", 86_400.0),
        ] {
            assert_eq!(
                Constant::find(name).map(Constant::value),
                Some(value),
                "{name}"
            );
        }
        assert!(Constant::find("nothing").is_none());
    }
}
