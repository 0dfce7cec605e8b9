//! Simple scaling: one adjustment whatever the metric's distance from the threshold, of EC2 Auto Scaling groups alone.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Simple scaling policies".

use engine::plan;

use super::{
    super::{check::ItemChecks, problem::ProblemKind},
    metric::Machine,
    step,
};
use crate::document::{AutoScalingGroup, ScalingPolicy, SimpleScaling};

/// Checks a policy, and makes numbers of it.
// rule: group.simple-scaling-settings
pub(super) fn compile(
    index: usize,
    policy: &ScalingPolicy,
    group: &AutoScalingGroup,
    machine: &Machine,
    checks: &mut ItemChecks<'_>,
) -> Option<plan::StepScaling> {
    let given = policy.simple_scaling.clone().unwrap_or_default();
    if !machine.rules.scales.is_of_ec2() {
        let right = "StepScaling";
        checks.problem(ScalingPolicy::policy_type, ProblemKind::OtherThan { right });
    }
    step::check_magnitude(
        given.min_adjustment_magnitude,
        given.adjustment_type,
        checks,
    );
    let field = SimpleScaling::adjustment.of(checks.id);
    step::check_exact(
        field,
        given.adjustment_type,
        given.adjustment,
        checks.checks,
    );
    Some(plan::StepScaling {
        index,
        alarm: step::alarm_of(policy, machine, checks)?,
        adjustment_type: step::adjustment_type(given.adjustment_type),
        steps: vec![plan::StepAdjustment {
            lower: f64::NEG_INFINITY,
            upper: f64::INFINITY,
            adjustment: given.adjustment,
        }],
        min_adjustment_magnitude: given.min_adjustment_magnitude.unwrap_or(0),
        cooldown_s: f64::from(given.cooldown.unwrap_or(group.default_cooldown)),
        is_simple: true,
    })
}
