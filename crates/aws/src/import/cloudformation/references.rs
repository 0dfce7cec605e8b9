//! What a template's references come to. Its own resources are what AWS will name them where the template says so, and otherwise a
//! text that stands for it, the same wherever it is referred to.
//!
//! Source: AWS CloudFormation, "Intrinsic function reference", "Pseudo parameters reference".

use super::{GROUP, GROUP_POLICY, TARGET, TARGET_POLICY, evaluate::Template};
use crate::{
    import::open::{open, settle_names, size},
    node::{Node, Place, Value},
};

/// Types of which `Ref` returns the name, and the property that gives it.
const NAMED: &[(&str, &str)] = &[
    (GROUP, "AutoScalingGroupName"),
    ("AWS::CloudWatch::Alarm", "AlarmName"),
];

/// Returns what `Ref` comes to.
pub(super) fn reference(template: &mut Template<'_>, name: &str, at: Place) -> Node {
    if name == "AWS::NoValue" {
        return Node::new(Value::Null, at);
    }
    match template.parameters.get(name).copied() {
        Some(parameter) => template.parameter(parameter, at),
        None => resource(template, name, at),
    }
}

/// Returns what `Ref` of a resource comes to.
fn resource(template: &mut Template<'_>, name: &str, at: Place) -> Node {
    let Some(member) = template.resources.get(name).copied() else {
        return template.given(name, &format!("${{{name}}}"), at);
    };
    let kind = type_of(&member.node);
    match kind {
        TARGET_POLICY | GROUP_POLICY => Node::text(policy_arn(name, at), at),
        TARGET => {
            let fields = ["ResourceId", "ScalableDimension", "ServiceNamespace"];
            let names = fields.map(|field| property(template, name, field, at));
            let [resource, dimension, namespace] =
                names.map(|it| it.map(as_name).unwrap_or_default());
            Node::text(format!("{resource}|{dimension}|{namespace}"), at)
        }
        kind => {
            let named = NAMED.iter().find(|(it, _)| *it == kind);
            match named {
                Some((_, field)) => {
                    property(template, name, field, at).unwrap_or_else(|| Node::text(name, at))
                }
                None => template.given(name, &format!("${{{name}}}"), at),
            }
        }
    }
}

/// Returns what `Fn::GetAtt` of a resource comes to.
pub(super) fn attribute(
    template: &mut Template<'_>,
    name: &str,
    attribute: &str,
    at: Place,
) -> Node {
    let kind = template.resources.get(name).map(|it| type_of(&it.node));
    if matches!(kind, Some(TARGET_POLICY | GROUP_POLICY))
        && matches!(attribute, "Arn" | "PolicyARN")
    {
        return Node::text(policy_arn(name, at), at);
    }
    if let Some(value) = property(template, name, attribute, at) {
        return value;
    }
    let whole = format!("{name}.{attribute}");
    template.given(&whole, &format!("${{{whole}}}"), at)
}

/// Returns what stands for the ARN of a policy within its template.
pub(super) fn policy_arn(name: &str, at: Place) -> String {
    format!("policy {} {name}", at.file)
}

/// Returns the type of a resource.
pub(super) fn type_of(resource: &Node) -> &str {
    resource
        .get("Type")
        .and_then(Node::as_text)
        .unwrap_or_default()
}

/// Returns what a property of a resource comes to; `None`: it has none, or it needs itself.
pub(super) fn property(
    template: &mut Template<'_>,
    name: &str,
    field: &str,
    at: Place,
) -> Option<Node> {
    let member = template.resources.get(name).copied()?;
    let node = member.node.get("Properties")?.get(field)?;
    let key = (&*member.name, field.to_owned());
    if let Some(known) = template.properties.get(&key) {
        let known = known.clone();
        template.steps += known.as_ref().map_or(0, size);
        return known;
    }
    let Some(()) = template.enter(&member.name) else {
        return Some(open(&format!("${{{name}}}"), "", at));
    };
    let value = template.evaluate(node);
    template.leave();
    let value = (value.value != Value::Null).then_some(value);
    template.properties.insert(key, value.clone());
    value
}

/// Returns a name as a text, open or not.
fn as_name(mut node: Node) -> String {
    settle_names(&mut node, true);
    crate::fields::as_text(&node).unwrap_or_default()
}
