//! What Terraform's AWS provider sends for what a file says, and for what it does not say; and what a state says.
//!
//! Source: hashicorp/terraform-provider-aws 6, `internal/service/`: `appautoscaling/policy.go`, `autoscaling/group.go`, `policy.go` and
//! `schedule.go`, `cloudwatch/metric_alarm.go`, `sagemaker/endpoint_configuration.go`.

use super::shapes::{Resource, member};
use crate::{
    fields::as_number,
    finding::FindingKind,
    import::Gathering,
    node::{Member, Node, Value},
};

const TARGET_POLICY: &str = "aws_appautoscaling_policy";
const GROUP: &str = "aws_autoscaling_group";
const GROUP_POLICY: &str = "aws_autoscaling_policy";
const GROUP_ACTION: &str = "aws_autoscaling_schedule";
const ALARM: &str = "aws_cloudwatch_metric_alarm";
const ENDPOINT_CONFIG: &str = "aws_sagemaker_endpoint_configuration";

/// An argument that the provider sends although a file does not say it.
struct Unset {
    kind: &'static str,
    /// The blocks that it stands in, from the resource on.
    blocks: &'static [&'static str],
    name: &'static str,
    sends: f64,
    /// What is to be said of that.
    finding: Option<FindingKind>,
}

const fn unset(
    kind: &'static str,
    blocks: &'static [&'static str],
    name: &'static str,
    finding: FindingKind,
) -> Unset {
    Unset {
        kind,
        blocks,
        name,
        sends: 0.0,
        finding: Some(finding),
    }
}

static UNSET: &[Unset] = &[
    unset(TARGET_POLICY, TRACKING, "scale_in_cooldown", COOLDOWN),
    unset(TARGET_POLICY, TRACKING, "scale_out_cooldown", COOLDOWN),
    unset(
        TARGET_POLICY,
        &["step_scaling_policy_configuration"],
        "cooldown",
        COOLDOWN,
    ),
    unset(GROUP_ACTION, &[], "min_size", SIZE),
    unset(GROUP_ACTION, &[], "max_size", SIZE),
    unset(GROUP_ACTION, &[], "desired_capacity", SIZE),
    unset(ALARM, &[], "threshold", FindingKind::UnsetIsZero),
    unset(
        ENDPOINT_CONFIG,
        &["production_variants", "managed_instance_scaling"],
        "min_instance_count",
        FindingKind::UnsetIsZero,
    ),
    // AWS's own default is 0.
    Unset {
        kind: GROUP,
        blocks: &[],
        name: "health_check_grace_period",
        sends: 300.0,
        finding: None,
    },
];

const TRACKING: &[&str] = &["target_tracking_scaling_policy_configuration"];
const COOLDOWN: FindingKind = FindingKind::UnsetCooldownIsZero;
const SIZE: FindingKind = FindingKind::UnsetSizeIsZero;

/// Attributes of which 0 and `false` mean something; of others they mean that nothing is said.
const ZERO_IS_SAID: &[&str] = &[
    "actions_enabled",
    "cooldown",
    "default_cooldown",
    "desired_capacity",
    "disable_scale_in",
    "dynamic_scaling_in_suspended",
    "dynamic_scaling_out_suspended",
    "enabled",
    "health_check_grace_period",
    "initial_variant_weight",
    "max_capacity",
    // This and scheduling_buffer_time can be unset apart from 0: the provider keeps them as texts.
    "max_capacity_buffer",
    // Unset is −1.
    "max_group_prepared_capacity",
    "max_size",
    "metric_interval_lower_bound",
    "metric_interval_upper_bound",
    "min_capacity",
    "min_instance_count",
    "min_size",
    "scale_in_cooldown",
    "scale_out_cooldown",
    "scaling_adjustment",
    "scheduled_scaling_suspended",
    "scheduling_buffer_time",
    "target_value",
    "threshold",
];

/// The same of a file alone: in a state, 0 may be unset, too.
const ZERO_IS_SAID_IN_FILES: &[&str] = &["estimated_instance_warmup"];

/// Brings what a file says to what the provider sends for it, and leaves out what says nothing.
pub(super) fn as_sent(resource: &mut Resource, gathering: &mut Gathering) {
    if !resource.is_state {
        say_unset(resource, gathering);
        note_zeros(resource, gathering);
    }
    if let Value::Object(members) = &mut resource.attributes.value {
        match &*resource.kind {
            GROUP_POLICY => as_of_group_policy(members, resource.is_state),
            GROUP_ACTION => members.retain(|it| as_number(&it.node) != Some(-1.0)),
            _ => {}
        }
    }
    without_unsaid(&mut resource.attributes, resource.is_state);
}

/// Adds what the provider sends although nothing says it.
fn say_unset(resource: &mut Resource, gathering: &mut Gathering) {
    let address = &resource.address;
    for unset in UNSET.iter().filter(|it| it.kind == resource.kind) {
        each_block(&mut resource.attributes, unset.blocks, &mut |block| {
            let at = block.at;
            // An alarm whose threshold is another metric has none.
            let otherwise = (unset.kind == ALARM).then_some("threshold_metric_id");
            if is_said(block, unset.name) || otherwise.is_some_and(|name| is_said(block, name)) {
                return;
            }
            if let Value::Object(members) = &mut block.value {
                members.retain(|it| it.name != unset.name);
                let value = Node::new(Value::Number(unset.sends), at);
                members.push(member(unset.name, value));
            }
            if let Some(finding) = &unset.finding {
                let path = format!("{address}.{}", unset.name);
                gathering.note(at, &path, finding.clone());
            }
        });
    }
}

/// Notes a 0 that a file says and the provider does not send: a group then has none, and warms up by its cooldown.
fn note_zeros(resource: &Resource, gathering: &mut Gathering) {
    const NAME: &str = "default_instance_warmup";
    if resource.kind != GROUP {
        return;
    }
    if let Some(zero) = (resource.attributes.get(NAME)).filter(|it| as_number(it) == Some(0.0)) {
        let path = format!("{}.{NAME}", resource.address);
        gathering.note(zero.at, &path, FindingKind::ZeroIsNotSent);
    }
}

/// Does something with each block at a path.
fn each_block(node: &mut Node, path: &[&str], act: &mut dyn FnMut(&mut Node)) {
    match (&mut node.value, path) {
        (Value::List(entries), _) => {
            let entries = entries.iter_mut();
            entries.for_each(|it| each_block(it, path, act));
        }
        (Value::Object(_), []) => act(node),
        (Value::Object(members), [name, path @ ..]) => {
            for block in members.iter_mut().filter(|it| it.name == *name) {
                each_block(&mut block.node, path, act);
            }
        }
        _ => {}
    }
}

fn is_said(block: &Node, name: &str) -> bool {
    let said = block.get(name);
    said.is_some_and(|it| !matches!(&it.value, Value::Null) && it.as_text() != Some(""))
}

/// Of a group's policy only simple scaling has these two; a state does not tell an unset cooldown from one of 0.
fn as_of_group_policy(members: &mut Vec<Member>, is_state: bool) {
    let is_other = |it: &Member| {
        let kind = (it.name == "policy_type").then(|| it.node.as_text());
        kind.flatten().is_some_and(|kind| kind != "SimpleScaling")
    };
    let is_simple = !members.iter().any(is_other);
    members.retain(|it| {
        let is_zero = it.node.value == Value::Number(0.0);
        let is_said = match &*it.name {
            "cooldown" => is_simple && !is_state,
            "scaling_adjustment" => is_simple,
            _ => true,
        };
        is_said || !is_zero
    });
}

/// Leaves out attributes that say nothing.
fn without_unsaid(node: &mut Node, is_state: bool) {
    match &mut node.value {
        Value::List(entries) => {
            let entries = entries.iter_mut();
            entries.for_each(|it| without_unsaid(it, is_state));
        }
        Value::Object(members) => {
            members.retain(|it| {
                let name = &&*it.name;
                let is_zero = matches!(it.node.value, Value::Number(0.0) | Value::Switch(false));
                let is_said = ZERO_IS_SAID.contains(name)
                    || (!is_state && ZERO_IS_SAID_IN_FILES.contains(name));
                let is_unbounded =
                    *name == "max_group_prepared_capacity" && as_number(&it.node) == Some(-1.0);
                !is_unbounded && (!is_zero || is_said)
            });
            // What dimensions hold are their values.
            let others = members.iter_mut().filter(|it| it.name != "dimensions");
            others.for_each(|it| without_unsaid(&mut it.node, is_state));
        }
        _ => {}
    }
}
