//! RegisterScalableTarget, and the fields that name its target in other requests.

use scenario::document::{ScalableTarget, SuspendedState};

use super::Writing;
use crate::{
    account::TargetDimension,
    deployment::{Entry, Operation, Origin, Parameter, Part, Term},
};

/// Returns the three fields that name a scalable target.
pub(super) fn names(dimension: TargetDimension) -> Vec<Entry> {
    let parts = match dimension {
        TargetDimension::ComponentCopies => vec![
            Part::Text("inference-component/".to_owned()),
            Part::Parameter(Parameter::InferenceComponentName),
        ],
        TargetDimension::VariantInstances | TargetDimension::ProvisionedConcurrency => vec![
            Part::Text("endpoint/".to_owned()),
            Part::Parameter(Parameter::EndpointName),
            Part::Text("/variant/".to_owned()),
            Part::Parameter(Parameter::VariantName),
        ],
    };
    vec![
        Entry::text("ServiceNamespace", "sagemaker"),
        Entry::new("ResourceId", Term::Joined(parts)),
        Entry::text("ScalableDimension", dimension.name()),
    ]
}

impl Writing<'_> {
    pub(super) fn scalable_target(&mut self, dimension: TargetDimension) {
        let mut body = names(dimension);
        let target = &self.whole.scalable_target;
        for (name, field, value) in [
            (
                "MinCapacity",
                ScalableTarget::min_capacity,
                target.min_capacity,
            ),
            (
                "MaxCapacity",
                ScalableTarget::max_capacity,
                target.max_capacity,
            ),
        ] {
            let remark = self.remark(field, Origin::Sizing);
            body.extend(value.map(|value| Entry::whole(name, value).with(remark)));
        }
        let suspended = &target.suspended;
        if *suspended != SuspendedState::default() {
            body.push(Entry::object(
                "SuspendedState",
                vec![
                    Entry::switch("DynamicScalingInSuspended", suspended.dynamic_scaling_in),
                    Entry::switch("DynamicScalingOutSuspended", suspended.dynamic_scaling_out),
                    Entry::switch("ScheduledScalingSuspended", suspended.scheduled_scaling),
                ],
            ));
        }
        self.push(Operation::RegisterScalableTarget, "", body);
    }
}
