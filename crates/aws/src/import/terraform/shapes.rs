//! What Terraform's AWS provider calls things, in the shapes of AWS's requests.
//!
//! Source: documentation and source of hashicorp/terraform-provider-aws 6 (`internal/service/appautoscaling/policy.go`,
//! `autoscaling/schedule.go`, `autoscaling/policy.go`). It sends what a file does not say as 0 in two places: cooldowns of Application
//! Auto Scaling's policies, and sizes of a group's scheduled action, where `-1` leaves a size alone.

use std::collections::BTreeMap;

use crate::{
    fields::Fields,
    finding::FindingKind,
    import::{Gathering, items, open::settle_names},
    names::snake_case,
    node::{Member, Node, Place, Value},
};

/// A resource of Terraform's.
pub(super) struct Resource {
    /// Its type: `aws_autoscaling_group`.
    pub kind: String,
    /// Its address: `module.x.aws_autoscaling_group.y`.
    pub address: String,
    /// Its arguments and attributes; blocks are lists of objects.
    pub attributes: Node,
    /// Whether it is what was made, where unset numbers are 0; otherwise, what was written.
    pub is_state: bool,
}

/// How a resource is read.
struct Kind {
    name: &'static str,
    /// What its `name` is to AWS.
    named: &'static str,
    read: fn(Fields, &mut Gathering),
}

const fn kind(name: &'static str, named: &'static str, read: fn(Fields, &mut Gathering)) -> Kind {
    Kind { name, named, read }
}

const TARGET_POLICY: &str = "aws_appautoscaling_policy";
const GROUP: &str = "aws_autoscaling_group";
const GROUP_POLICY: &str = "aws_autoscaling_policy";
const GROUP_ACTION: &str = "aws_autoscaling_schedule";
const LAUNCH_TEMPLATE: &str = "aws_launch_template";

static KINDS: &[Kind] = &[
    kind("aws_appautoscaling_target", "", items::scalable_target),
    kind(TARGET_POLICY, "PolicyName", items::target_policy),
    kind(
        "aws_appautoscaling_scheduled_action",
        "ScheduledActionName",
        items::target_action,
    ),
    kind(GROUP, "AutoScalingGroupName", items::auto_scaling_group),
    kind(GROUP_POLICY, "PolicyName", items::group_policy),
    kind(GROUP_ACTION, "", items::group_action),
    kind("aws_cloudwatch_metric_alarm", "", items::alarm),
    kind("aws_sagemaker_endpoint", "EndpointName", items::endpoint),
    kind(
        "aws_sagemaker_endpoint_configuration",
        "EndpointConfigName",
        items::endpoint_config,
    ),
];

/// Returns whether resources of a type are read.
pub(super) fn is_read(name: &str) -> bool {
    name == LAUNCH_TEMPLATE || KINDS.iter().any(|it| it.name == name)
}

/// Names that are not made of the same words as AWS's.
const SPELLED: &[(&str, &str)] = &[
    ("autoscaling_group_name", "AutoScalingGroupName"),
    ("kms_key_arn", "KmsKeyId"),
    ("launch_configuration", "LaunchConfigurationName"),
    ("load_balancers", "LoadBalancerNames"),
    ("memory_size_in_mb", "MemorySizeInMB"),
    ("metric_dimension", "Dimensions"),
    ("metric_query", "Metrics"),
    ("metric_specification", "MetricSpecifications"),
    ("role_arn", "RoleARN"),
    ("service_linked_role_arn", "ServiceLinkedRoleARN"),
    ("step_adjustment", "StepAdjustments"),
    ("target_group_arns", "TargetGroupARNs"),
    ("traffic_source", "TrafficSources"),
    ("volume_size_in_gb", "VolumeSizeInGB"),
    ("vpc_zone_identifier", "VPCZoneIdentifier"),
    ("warm_pool", "WarmPoolConfiguration"),
];

/// Attributes that say nothing about scaling: how Terraform goes about it, and what AWS calls things.
const PASSED_OVER: &[&str] = &[
    "alarm_arns",
    "deployment_config",
    "enabled_metrics",
    "force_delete",
    "force_delete_warm_pool",
    "id",
    "ignore_failed_scaling_activities",
    "instance_refresh",
    "metrics_granularity",
    "min_elb_capacity",
    "name_prefix",
    "predicted_capacity",
    "region",
    "tag",
    "tags",
    "tags_all",
    "timeouts",
    "wait_for_capacity_timeout",
    "wait_for_elb_capacity",
    "warm_pool_size",
];

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
    "max_instance_count",
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

/// Reads resources that belong together.
pub(super) fn read(resources: Vec<Resource>, gathering: &mut Gathering) {
    let templates = resources.iter().filter(|it| it.kind == LAUNCH_TEMPLATE);
    let types: BTreeMap<String, Node> = templates
        .filter_map(|it| {
            Some((
                name_of(it.attributes.get("id")?)?,
                it.attributes.get("instance_type")?.clone(),
            ))
        })
        .collect();
    for mut resource in resources {
        let Some(kind) = KINDS.iter().find(|it| it.name == resource.kind) else {
            continue;
        };
        let launch_template = resource.attributes.get("launch_template");
        let instance_type = launch_template
            .map(|it| it.entries().first().unwrap_or(it))
            .and_then(|it| name_of(it.get("id")?))
            .and_then(|id| types.get(&id).cloned());
        as_sent(&mut resource, gathering);
        let mut node = resource.attributes;
        in_shape(&mut node, kind.named);
        if let Value::Object(members) = &mut node.value {
            if let Some(instance_type) = instance_type {
                let instance = Value::Object(vec![member("InstanceType", instance_type)]);
                members.push(member("Instances", Node::new(instance, node.at)));
            }
            for member in members {
                if member.name == "SuspendedProcesses"
                    && let Value::List(names) = &mut member.node.value
                {
                    names.iter_mut().for_each(as_process);
                }
            }
        }
        settle_names(&mut node, false);
        let (before, address) = (gathering.findings.len(), resource.address);
        let fields = Fields::of(node, &*address, &mut gathering.findings);
        (kind.read)(fields, gathering);
        // Whoever looks for a field in the document looks for Terraform's name of it.
        for finding in gathering.findings.iter_mut().skip(before) {
            if let Some(path) = finding.path.strip_prefix(&*address) {
                finding.path = [&*address, &as_terraform(path, kind)].concat();
            }
        }
    }
}

/// Returns a name, open or not.
fn name_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Open { expression, .. } => Some(expression.clone()),
        _ => None,
    }
}

fn as_process(name: &mut Node) {
    let at = name.at;
    let name_node = std::mem::replace(name, Node::new(Value::Null, at));
    name.value = Value::Object(vec![member("ProcessName", name_node)]);
}

fn member(name: &str, node: Node) -> Member {
    Member {
        name: name.to_owned(),
        at: node.at,
        node,
    }
}

/// Brings attributes to what the provider sends for them.
fn as_sent(resource: &mut Resource, gathering: &mut Gathering) {
    let Resource {
        kind,
        address,
        attributes,
        is_state,
    } = resource;
    let at = attributes.at;
    let Value::Object(members) = &mut attributes.value else {
        return;
    };
    let is_said = |members: &[Member], name: &str| {
        members
            .iter()
            .any(|it| it.name == name && it.node.value != Value::Null)
    };
    match &**kind {
        TARGET_POLICY if !*is_state => {
            for (block, names) in [
                (
                    "target_tracking_scaling_policy_configuration",
                    &["scale_in_cooldown", "scale_out_cooldown"][..],
                ),
                ("step_scaling_policy_configuration", &["cooldown"]),
            ] {
                let block = members.iter_mut().find(|it| it.name == block);
                let Some(inside) = block.and_then(|it| first_object(&mut it.node)) else {
                    continue;
                };
                let (at, inside) = inside;
                for name in names {
                    if !is_said(inside, name) {
                        put_zero(inside, name, at, address, gathering);
                    }
                }
            }
        }
        GROUP_POLICY => {
            let is_simple = !members.iter().any(|it| {
                it.name == "policy_type"
                    && it
                        .node
                        .as_text()
                        .is_some_and(|kind| kind != "SimpleScaling")
            });
            // What was made does not tell an unset cooldown from one of 0.
            members.retain(|it| {
                let is_zero = it.node.value == Value::Number(0.0);
                let is_simples_own = matches!(&*it.name, "cooldown" | "scaling_adjustment");
                !(is_zero && is_simples_own && (!is_simple || (*is_state && it.name == "cooldown")))
            });
        }
        GROUP_ACTION => {
            for name in ["min_size", "max_size", "desired_capacity"] {
                if !*is_state && !is_said(members, name) {
                    put_zero(members, name, at, address, gathering);
                }
            }
            members.retain(|it| !is_minus_one(&it.node));
        }
        _ => {}
    }
}

/// Returns the object that a block is, which may stand in a list, and where it stands.
fn first_object(node: &mut Node) -> Option<(Place, &mut Vec<Member>)> {
    let at = node.at;
    match &mut node.value {
        Value::List(entries) => first_object(entries.first_mut()?),
        Value::Object(members) => Some((at, members)),
        _ => None,
    }
}

fn is_minus_one(node: &Node) -> bool {
    crate::fields::as_number(node) == Some(-1.0)
}

fn put_zero(
    members: &mut Vec<Member>,
    name: &str,
    at: Place,
    address: &str,
    gathering: &mut Gathering,
) {
    members.retain(|it| it.name != name);
    members.push(member(name, Node::new(Value::Number(0.0), at)));
    let kind = match name.ends_with("cooldown") {
        true => FindingKind::UnsetCooldownIsZero,
        false => FindingKind::UnsetIsZero,
    };
    gathering.note(at, &format!("{address}.{name}"), kind);
}

/// Calls attributes as AWS does, and leaves out what says nothing. `named`: what `name` is.
fn in_shape(node: &mut Node, named: &str) {
    let is_policy = named == "PolicyName";
    if let Value::Object(members) = &mut node.value {
        members.retain(|it| {
            let is_arn = it.name == "arn" && !is_policy;
            !is_arn && !PASSED_OVER.contains(&&*it.name)
        });
        for member in &mut *members {
            match &*member.name {
                "name" if !named.is_empty() => named.clone_into(&mut member.name),
                "arn" => "PolicyARN".clone_into(&mut member.name),
                _ => {}
            }
        }
    }
    reshape(node);
}

fn reshape(node: &mut Node) {
    match &mut node.value {
        Value::List(entries) => {
            entries.iter_mut().for_each(reshape);
            // A block that can stand only once is a list of one all the same.
            if let [
                Node {
                    value: Value::Object(_),
                    ..
                },
            ] = &**entries
                && let Some(only) = entries.pop()
            {
                *node = only;
            }
        }
        Value::Object(members) => {
            members.retain(|it| {
                let is_zero = matches!(it.node.value, Value::Number(0.0) | Value::Switch(false));
                let is_unbounded =
                    it.name == "max_group_prepared_capacity" && is_minus_one(&it.node);
                !is_unbounded && (!is_zero || ZERO_IS_SAID.contains(&&*it.name))
            });
            for member in members {
                if member.name == "dimensions"
                    && let Value::Object(pairs) = &mut member.node.value
                    && !pairs.iter().any(|it| it.name == "value")
                {
                    // An alarm's are a map.
                    let pairs = std::mem::take(pairs).into_iter().map(dimension);
                    member.node.value = Value::List(pairs.collect());
                    "Dimensions".clone_into(&mut member.name);
                    continue;
                }
                reshape(&mut member.node);
                member.name = pascal_case(&member.name);
            }
        }
        _ => {}
    }
}

fn dimension(pair: Member) -> Node {
    let at = pair.at;
    let pair = [
        member("Name", Node::text(pair.name, at)),
        member("Value", pair.node),
    ];
    Node::new(Value::Object(pair.into()), at)
}

/// Returns a path of AWS's names as Terraform has it.
fn as_terraform(path: &str, kind: &Kind) -> String {
    let name = |name: &str| {
        let (name, index) = name.split_at(name.find('[').unwrap_or(name.len()));
        let spelled = SPELLED.iter().find(|(_, it)| *it == name);
        let name = match spelled {
            _ if name == kind.named && !name.is_empty() => "name".to_owned(),
            Some((terraform, _)) => (*terraform).to_owned(),
            None => snake_case(name),
        };
        name + index
    };
    let names: Vec<String> = path.split('.').map(name).collect();
    names.join(".")
}

/// Returns a name as AWS spells it.
fn pascal_case(name: &str) -> String {
    if let Some((_, spelled)) = SPELLED.iter().find(|(it, _)| *it == name) {
        return (*spelled).to_owned();
    }
    let mut pascal = String::with_capacity(name.len());
    for word in name.split('_') {
        let mut letters = word.chars();
        pascal.extend(letters.next().map(|it| it.to_ascii_uppercase()));
        pascal.push_str(letters.as_str());
    }
    pascal
}
