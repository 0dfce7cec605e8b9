//! A scalable target.

use scenario::document::SuspendedState;

use super::of_target;
use crate::{account::ScalableTarget, fields::Fields, finding::Finding, import::Gathering};

/// Reads a scalable target, as RegisterScalableTarget takes it and DescribeScalableTargets answers it.
pub(in crate::import) fn scalable_target(mut fields: Fields, gathering: &mut Gathering) {
    let at = fields.at;
    let Ok(subject) = of_target(&mut fields, gathering) else {
        return;
    };
    let findings = &mut gathering.findings;
    let Some(subject) = subject else {
        fields.missing("ResourceId", findings);
        return;
    };
    let min_capacity = fields.whole("MinCapacity", findings);
    let max_capacity = fields.whole("MaxCapacity", findings);
    let suspended = fields.object("SuspendedState", findings);
    let suspended = suspended.map(|fields| suspended_state(fields, findings));
    // A role's name and moments of making say nothing about scaling; predicted capacity is what AWS forecasts for
    // now, of services that are none of SageMaker's.
    fields.pass_over(&[
        "RoleARN",
        "CreationTime",
        "ScalableTargetARN",
        "Tags",
        "PredictedCapacity",
    ]);
    fields.finish(findings);
    gathering.account.targets.push(ScalableTarget {
        subject,
        min_capacity,
        max_capacity,
        suspended,
        at,
    });
}

/// Reads what is suspended of a target.
pub(in crate::import) fn suspended_state(
    mut fields: Fields,
    findings: &mut Vec<Finding>,
) -> SuspendedState {
    let mut switch = |name| fields.switch(name, findings).unwrap_or_default();
    let state = SuspendedState {
        dynamic_scaling_in: switch("DynamicScalingInSuspended"),
        dynamic_scaling_out: switch("DynamicScalingOutSuspended"),
        scheduled_scaling: switch("ScheduledScalingSuspended"),
    };
    fields.finish(findings);
    state
}
