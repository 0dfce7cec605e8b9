//! What EC2 Auto Scaling's `describe-…` operations answer.

use super::{DocumentKind, Gathering, Whole, items};
use crate::{
    account::{AnsweredList, Subject},
    node::Node,
};

/// `describe-auto-scaling-groups`.
pub(super) struct Groups;

impl DocumentKind for Groups {
    fn id(&self) -> &'static str {
        "autoscaling describe-auto-scaling-groups"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["AutoScalingGroups"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        gathering.answer(
            document,
            "AutoScalingGroups",
            self.id(),
            items::auto_scaling_group,
        );
    }
}

/// `describe-policies`.
pub(super) struct Policies;

impl DocumentKind for Policies {
    fn id(&self) -> &'static str {
        "autoscaling describe-policies"
    }

    fn recognises(&self, document: &Node) -> bool {
        let list = document.get("ScalingPolicies").map(Node::entries);
        list.is_some_and(|list| {
            list.iter()
                .any(|it| it.get("AutoScalingGroupName").is_some())
        })
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        let is_whole =
            gathering.answer(document, "ScalingPolicies", self.id(), items::group_policy);
        gathering.answered_of_group(is_whole, AnsweredList::GroupPolicies, "policy-names");
    }
}

/// `describe-scheduled-actions`.
pub(super) struct ScheduledActions;

impl DocumentKind for ScheduledActions {
    fn id(&self) -> &'static str {
        "autoscaling describe-scheduled-actions"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["ScheduledUpdateGroupActions"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        let list = "ScheduledUpdateGroupActions";
        let is_whole = gathering.answer(document, list, self.id(), items::group_action);
        gathering.answered_of_group(
            is_whole,
            AnsweredList::GroupActions,
            "scheduled-action-names",
        );
    }
}

/// `describe-warm-pool`, which does not say whose it is: the command does.
pub(super) struct WarmPool;

impl DocumentKind for WarmPool {
    fn id(&self) -> &'static str {
        "autoscaling describe-warm-pool"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["WarmPoolConfiguration"])
            || (document.has(&["Instances"]) && document.members().len() == 1)
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        items::described_warm_pool(document, gathering);
    }
}

/// `describe-scaling-activities`.
pub(super) struct Activities;

impl DocumentKind for Activities {
    fn id(&self) -> &'static str {
        "autoscaling describe-scaling-activities"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["Activities"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        gathering.answer(document, "Activities", self.id(), items::group_activity);
    }
}

impl Gathering {
    /// Notes that all there is of a group was answered: of the one that the command names, or where no command is known of everybody,
    /// if there was nothing. `names`: the option that asks for some only.
    fn answered_of_group(&mut self, is_whole: Whole, list: AnsweredList, names: &str) {
        let option = |name: &str| self.command.as_ref().and_then(|it| it.option(name));
        let group = option("auto-scaling-group-name").map(|name| Subject::Group {
            name: name.to_owned(),
        });
        let is_part = option(names).is_some();
        self.note_answered(is_whole, list, group, is_part);
    }
}
