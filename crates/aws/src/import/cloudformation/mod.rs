//! CloudFormation's templates, in YAML or JSON: what a stack would make, in the shapes of AWS's requests.
//!
//! Transforms, loops, nested stacks and modules would have to be run by AWS: they are listed, and the rest is read.
//!
//! Source: AWS CloudFormation, "AWS resource and property types reference".

mod conditions;
mod evaluate;
mod headroom;
mod lookups;
mod parameters;
mod references;
mod shown;
mod texts;

use std::collections::BTreeMap;

use super::{DocumentKind, Gathering, items, open::settle_names};
use crate::{
    fields::Fields,
    finding::FindingKind,
    node::{Member, Node, Place, Value},
};
use evaluate::Template;
use references::{policy_arn, property, type_of};

const TARGET: &str = "AWS::ApplicationAutoScaling::ScalableTarget";
const TARGET_POLICY: &str = "AWS::ApplicationAutoScaling::ScalingPolicy";
const GROUP: &str = "AWS::AutoScaling::AutoScalingGroup";
const GROUP_POLICY: &str = "AWS::AutoScaling::ScalingPolicy";
const GROUP_ACTION: &str = "AWS::AutoScaling::ScheduledAction";
const LAUNCH_TEMPLATE: &str = "AWS::EC2::LaunchTemplate";
const WARM_POOL: &str = "AWS::AutoScaling::WarmPool";
const ALARM: &str = "AWS::CloudWatch::Alarm";
const ENDPOINT: &str = "AWS::SageMaker::Endpoint";
const ENDPOINT_CONFIG: &str = "AWS::SageMaker::EndpointConfig";
const COMPONENT: &str = "AWS::SageMaker::InferenceComponent";

/// A template.
pub(super) struct CloudFormation;

impl DocumentKind for CloudFormation {
    fn id(&self) -> &'static str {
        "cloudformation"
    }

    fn recognises(&self, document: &Node) -> bool {
        let resources = document.get("Resources").map(Node::members);
        let is_typed =
            |it: &Member| type_of(&it.node).contains("::") || it.name.starts_with("Fn::");
        document.has(&["AWSTemplateFormatVersion"])
            || resources.is_some_and(|resources| resources.iter().any(is_typed))
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        if let Some(transform) = document.get("Transform") {
            let entries = match &transform.value {
                Value::List(entries) => entries.iter().collect(),
                _ => vec![transform],
            };
            for entry in entries {
                let what = crate::fields::quoted(entry.get("Name").unwrap_or(entry));
                gathering.note(entry.at, "Transform", FindingKind::Generated { what });
            }
        }
        note_others(&document, SECTIONS, "", gathering);
        let mut reading = Reading {
            template: Template::of(&document, gathering),
            others: BTreeMap::new(),
        };
        let resources = document.get("Resources").map(Node::members);
        for member in resources.unwrap_or_default() {
            reading.resource(member);
        }
        reading.note_others();
    }
}

/// Sections that are read elsewhere, or say nothing about scaling.
const SECTIONS: &[&str] = &[
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
];

/// Attributes of a resource that are read elsewhere, or say nothing about scaling.
const ATTRIBUTES: &[&str] = &[
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
];

/// Properties that say how SageMaker rolls a change out.
const ROLL_OUT: &[&str] = &[
    "DeploymentConfig",
    "ExcludeRetainedVariantProperties",
    "RetainAllVariantProperties",
    "RetainDeploymentConfig",
];

struct Reading<'a> {
    template: Template<'a>,
    /// Types that are not read: how many resources there are, and where the first stands.
    others: BTreeMap<&'a str, (Place, usize)>,
}

impl<'a> Reading<'a> {
    fn resource(&mut self, member: &'a Member) {
        if member.name.starts_with("Fn::") {
            self.template.generated(&member.name, member.at);
            return;
        }
        let kind = type_of(&member.node);
        let read = match kind {
            TARGET => scalable_target,
            TARGET_POLICY => target_policy,
            GROUP => items::auto_scaling_group,
            GROUP_POLICY => items::group_policy,
            GROUP_ACTION => items::group_action,
            WARM_POOL => items::warm_pool,
            ALARM => items::alarm,
            ENDPOINT => items::endpoint,
            ENDPOINT_CONFIG => items::endpoint_config,
            COMPONENT => items::component,
            // It is read with the group that refers to it.
            LAUNCH_TEMPLATE => return,
            "AWS::CloudFormation::Stack" => return self.template.generated(kind, member.at),
            kind if kind.ends_with("::MODULE") => return self.template.generated(kind, member.at),
            "" => {
                let path = format!("Resources.{}.Type", member.name);
                let gathering = &mut *self.template.gathering;
                return gathering.note(member.at, &path, FindingKind::Missing);
            }
            kind => {
                self.others.entry(kind).or_insert((member.at, 0)).1 += 1;
                return;
            }
        };
        let path = format!("Resources.{}", member.name);
        note_others(
            &member.node,
            ATTRIBUTES,
            &format!("{path}."),
            self.template.gathering,
        );
        if !self.is_made(&member.node, &path) {
            return;
        }
        let properties = member
            .node
            .get("Properties")
            .map(|it| self.template.evaluate(it));
        let mut properties = properties.unwrap_or(Node::new(Value::Object(Vec::new()), member.at));
        properties.at = member.at;
        settle_names(&mut properties, false);
        headroom::put_together(&mut properties);
        if let Value::Object(members) = &mut properties.value {
            self.complete(members, member, kind);
        }
        let gathering = &mut *self.template.gathering;
        let fields = Fields::of(
            properties,
            format!("{path}.Properties"),
            &mut gathering.findings,
        );
        read(fields, gathering);
    }

    /// Returns whether a resource's condition holds; one that is open is noted.
    fn is_made(&mut self, resource: &Node, path: &str) -> bool {
        let Some(condition) = resource.get("Condition") else {
            return true;
        };
        let name = condition.as_text().unwrap_or_default();
        match self.template.condition(name) {
            Ok(is) => is,
            Err(lacks) => {
                let expression = name.to_owned();
                let kind = FindingKind::Open { expression, lacks };
                self.template
                    .gathering
                    .note(condition.at, &format!("{path}.Condition"), kind);
                false
            }
        }
    }

    /// Adds what AWS's requests name and a template leaves to CloudFormation, and calls things as they do.
    fn complete(&mut self, members: &mut Vec<Member>, resource: &Member, kind: &str) {
        let at = resource.at;
        let name = headroom::name(&resource.node);
        let name = name.as_deref().unwrap_or(&resource.name);
        let mut otherwise = |field: &str, value: &str| {
            if !members.iter().any(|it| it.name == field) {
                members.push(Member {
                    name: field.to_owned(),
                    at,
                    node: Node::text(value, at),
                });
            }
        };
        match kind {
            TARGET_POLICY | GROUP_POLICY => {
                otherwise("PolicyName", name);
                otherwise("PolicyARN", &policy_arn(&resource.name, at));
            }
            GROUP_ACTION => otherwise("ScheduledActionName", name),
            GROUP => otherwise("AutoScalingGroupName", &resource.name),
            ALARM => otherwise("AlarmName", &resource.name),
            ENDPOINT | ENDPOINT_CONFIG | COMPONENT => {
                let field = match kind {
                    ENDPOINT => "EndpointName",
                    ENDPOINT_CONFIG => "EndpointConfigName",
                    _ => "InferenceComponentName",
                };
                // As what refers to it is written.
                otherwise(field, &format!("${{{}.{field}}}", resource.name));
                // How a change of it is rolled out.
                members.retain(|it| !ROLL_OUT.contains(&&*it.name));
            }
            _ => {}
        }
        if kind == GROUP {
            members.extend(headroom::suspended_processes(&resource.node));
            // What is counted and who is told says nothing about scaling.
            members.retain(|it| {
                !matches!(
                    &*it.name,
                    "MetricsCollection" | "NotificationConfigurations"
                )
            });
            let cooldown = members.iter_mut().find(|it| it.name == "Cooldown");
            if let Some(cooldown) = cooldown {
                "DefaultCooldown".clone_into(&mut cooldown.name);
            }
            if let Some(instance_type) = self.instance_type(resource) {
                let instance = vec![member("InstanceType", instance_type)];
                members.push(member("Instances", Node::new(Value::Object(instance), at)));
            }
        }
    }

    /// Returns the type of a group's instances, which its launch template says.
    fn instance_type(&mut self, group: &Member) -> Option<Node> {
        let launch_template = group.node.get("Properties")?.get("LaunchTemplate")?;
        let named = ["LaunchTemplateId", "LaunchTemplateName"];
        let named = named.iter().find_map(|it| launch_template.get(it))?;
        let name = named.get("Ref")?.as_text()?;
        let data = property(&mut self.template, name, "LaunchTemplateData", group.at)?;
        data.get("InstanceType").cloned()
    }

    fn note_others(self) {
        let mut others: Vec<_> = self.others.into_iter().collect();
        others.sort_by_key(|(_, (at, _))| *at);
        for (resource_type, (at, count)) in others {
            let resource_type = resource_type.to_owned();
            let kind = FindingKind::OtherResources {
                resource_type,
                count,
            };
            self.template.gathering.note(at, "Resources", kind);
        }
    }
}

/// Notes members that are not known, without a copy of those that are. `before`: what stands before a name in a path.
fn note_others(node: &Node, known: &[&str], before: &str, gathering: &mut Gathering) {
    let others = node.members().iter();
    for other in others.filter(|it| !known.contains(&&*it.name) && !it.node.is_nothing()) {
        let path = format!("{before}{}", other.name);
        gathering.note(other.at, &path, FindingKind::NotUsed);
    }
}

/// Reads a scalable target, which may hold its scheduled actions.
fn scalable_target(mut fields: Fields, gathering: &mut Gathering) {
    let (at, path) = (fields.at, fields.path("ScheduledActions"));
    let names = ["ServiceNamespace", "ResourceId", "ScalableDimension"];
    let actions = fields.list("ScheduledActions", &mut gathering.findings);
    let subject: Vec<Member> = (names.iter())
        .filter_map(|name| fields.look(name).map(|node| member(name, node.clone())))
        .collect();
    items::scalable_target(fields, gathering);
    for (index, mut action) in actions.into_iter().enumerate() {
        if let Value::Object(members) = &mut action.value {
            members.extend(subject.iter().cloned());
        }
        let path = format!("{path}[{index}]");
        if action.at == Place::default() {
            action.at = at;
        }
        let fields = Fields::of(action, path, &mut gathering.findings);
        items::target_action(fields, gathering);
    }
}

/// Reads a policy that names its target as one, or by the three parts of its name.
fn target_policy(mut fields: Fields, gathering: &mut Gathering) {
    let target = fields.text("ScalingTargetId", &mut gathering.findings);
    if let Some(target) = target {
        let names = ["ResourceId", "ScalableDimension", "ServiceNamespace"];
        for (name, part) in names.iter().zip(target.split('|')) {
            fields.put(member(name, Node::text(part, fields.at)));
        }
    }
    items::target_policy(fields, gathering);
}

fn member(name: &str, node: Node) -> Member {
    Member {
        name: name.to_owned(),
        at: node.at,
        node,
    }
}
