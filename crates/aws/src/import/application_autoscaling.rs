//! What Application Auto Scaling's `describe-…` operations answer.

use super::{DocumentKind, Gathering, items};
use crate::node::Node;

/// `describe-scalable-targets`.
pub(super) struct ScalableTargets;

impl DocumentKind for ScalableTargets {
    fn id(&self) -> &'static str {
        "application-autoscaling describe-scalable-targets"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["ScalableTargets"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        gathering.answer(
            document,
            "ScalableTargets",
            self.id(),
            items::scalable_target,
        );
    }
}

/// `describe-scaling-policies`; EC2 Auto Scaling's `describe-policies` has the same list of other policies.
pub(super) struct ScalingPolicies;

impl DocumentKind for ScalingPolicies {
    fn id(&self) -> &'static str {
        "application-autoscaling describe-scaling-policies"
    }

    fn recognises(&self, document: &Node) -> bool {
        let list = document.get("ScalingPolicies");
        list.is_some_and(|list| {
            list.entries()
                .iter()
                .all(|it| it.get("AutoScalingGroupName").is_none())
        })
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        gathering.answer(document, "ScalingPolicies", self.id(), items::target_policy);
    }
}

/// `describe-scheduled-actions`.
pub(super) struct ScheduledActions;

impl DocumentKind for ScheduledActions {
    fn id(&self) -> &'static str {
        "application-autoscaling describe-scheduled-actions"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["ScheduledActions"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        gathering.answer(
            document,
            "ScheduledActions",
            self.id(),
            items::target_action,
        );
    }
}
