//! Ranges: each number and text of a scenario against what its declaration says. Which of them count depends on the platform.

use super::{check::Checks, problem::ProblemKind};
use crate::{
    document::{MaxCapacityBreachBehavior, PredictiveScaling, ScalingPolicy, Scenario},
    field::{Field, Fixed, List, Place, Value, places},
};

/// Checks all fields that say something.
pub(super) fn check(scenario: &Scenario, checks: &mut Checks) {
    check_some(scenario, checks, &|field| says_something(scenario, field));
}

/// Checks fields of which `counts` says that they count.
pub(super) fn check_some(scenario: &Scenario, checks: &mut Checks, counts: &dyn Fn(Field) -> bool) {
    for place in places(scenario) {
        for section in place.sections(scenario) {
            for (index, spec) in (0..).map_while(|index| Some((index, section.spec(index)?))) {
                let field = place.field(spec.name);
                let Some((min, max)) = spec.range.filter(|_| counts(field)) else {
                    continue;
                };
                match section.read(index) {
                    Some(Value::Number(number)) => checks.number(field, number, min, max),
                    Some(Value::Whole(number)) => checks.number(field, number as f64, min, max),
                    Some(Value::Text(text)) if text.chars().count() as f64 > max => {
                        checks.problem(field, ProblemKind::TooLong { max: max as u32 });
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Whether a field says something of such a scenario. What says nothing is kept as it is, and is not wrong.
fn says_something(scenario: &Scenario, field: Field) -> bool {
    let rules = scenario.platform.rules();
    let is_group = rules.scales.is_of_ec2();
    match field.place {
        Place::Section(Fixed::Serverless) => !rules.has_instances,
        Place::Section(Fixed::AutoScalingGroup | Fixed::WarmPool) => is_group,
        Place::Item(List::Policies, id) if !is_group => {
            field != ScalingPolicy::estimated_instance_warmup.of(id)
                && field != PredictiveScaling::scheduling_buffer_time.of(id)
                && field != PredictiveScaling::max_capacity_buffer.of(id)
        }
        Place::Item(List::Policies, id)
            if field == PredictiveScaling::max_capacity_buffer.of(id) =>
        {
            // Where MaxCapacity is honoured, a buffer is wrong whatever it is.
            let policy = scenario.policies.of(id);
            let predictive = policy.and_then(|policy| policy.predictive_scaling.as_ref());
            let honours = MaxCapacityBreachBehavior::HonorMaxCapacity;
            predictive.is_none_or(|it| it.max_capacity_breach_behavior != honours)
        }
        _ => true,
    }
}
