//! What Terraform's AWS provider calls things, in the shapes of AWS's requests.
//!
//! Source: documentation of hashicorp/terraform-provider-aws 6. What it sends for what a file says, and does not say, is in `sent`.

use std::collections::BTreeMap;

use super::sent::as_sent;
use crate::{
    fields::Fields,
    import::{Gathering, items, open::settle_names},
    names::snake_case,
    node::{Member, Node, Value},
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

const LAUNCH_TEMPLATE: &str = "aws_launch_template";

static KINDS: &[Kind] = &[
    kind("aws_appautoscaling_target", "", items::scalable_target),
    kind(
        "aws_appautoscaling_policy",
        "PolicyName",
        items::target_policy,
    ),
    kind(
        "aws_appautoscaling_scheduled_action",
        "ScheduledActionName",
        items::target_action,
    ),
    kind(
        "aws_autoscaling_group",
        "AutoScalingGroupName",
        items::auto_scaling_group,
    ),
    kind("aws_autoscaling_policy", "PolicyName", items::group_policy),
    kind("aws_autoscaling_schedule", "", items::group_action),
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

pub(super) fn member(name: &str, node: Node) -> Member {
    Member {
        name: name.to_owned(),
        at: node.at,
        node,
    }
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
