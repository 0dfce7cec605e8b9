//! What Application Auto Scaling's `describe-…` operations answer.

use super::{DocumentKind, Gathering, Whole, items};
use crate::{
    account::{AnsweredList, Subject, TargetDimension},
    node::Node,
};

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
        let is_whole =
            gathering.answer(document, "ScalingPolicies", self.id(), items::target_policy);
        gathering.answered_of_target(is_whole, AnsweredList::TargetPolicies, "policy-names");
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
        let is_whole = gathering.answer(
            document,
            "ScheduledActions",
            self.id(),
            items::target_action,
        );
        gathering.answered_of_target(
            is_whole,
            AnsweredList::TargetActions,
            "scheduled-action-names",
        );
    }
}

/// `describe-scaling-activities`.
pub(super) struct ScalingActivities;

impl DocumentKind for ScalingActivities {
    fn id(&self) -> &'static str {
        "application-autoscaling describe-scaling-activities"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["ScalingActivities"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        gathering.answer(
            document,
            "ScalingActivities",
            self.id(),
            items::target_activity,
        );
    }
}

impl Gathering {
    /// Notes that all there is of a target was answered: of the one that the command names, of everybody's where it names none, or
    /// where no command is known, if there was nothing. `names`: the option that asks for some only.
    fn answered_of_target(&mut self, is_whole: Whole, list: AnsweredList, names: &str) {
        let option = |name: &str| self.command.as_ref().and_then(|it| it.option(name));
        let dimension = option("scalable-dimension").and_then(TargetDimension::named);
        let resource = option("resource-id").map(str::to_owned);
        let subject = resource.clone().zip(dimension);
        let is_part = option(names).is_some() || (resource.is_some() && dimension.is_none());
        let subject = subject.map(|(resource_id, dimension)| Subject::Target {
            resource_id,
            dimension,
        });
        self.note_answered(is_whole, list, subject, is_part);
    }
}
