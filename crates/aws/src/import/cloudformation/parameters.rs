//! What a template's parameters come to: as they were given, or their defaults.
//!
//! Source: AWS CloudFormation, "Parameters".

use super::evaluate::Template;
use crate::{
    fields::{as_text, shortened},
    finding::{Expected, Finding, FindingKind},
    import::open::open,
    node::{Member, Node, Place, Value},
};

impl<'a> Template<'a> {
    /// Returns what a parameter is: as it was given, or its default.
    pub(super) fn parameter(&mut self, parameter: &'a Member, at: Place) -> Node {
        let node = &parameter.node;
        let kind = node.get("Type").and_then(Node::as_text).unwrap_or_default();
        let given = self.gathering.param(&parameter.name);
        // The default of one that names a parameter of Systems Manager is that name, not its value.
        let default = node
            .get("Default")
            .filter(|_| !kind.starts_with("AWS::SSM::"));
        let value = match (given, default) {
            (Some(text), _) => {
                self.check_allowed(&text, node, parameter);
                text
            }
            (None, Some(default)) => match as_text(default) {
                Some(text) => text,
                None => return open(&format!("${{{}}}", parameter.name), "", at),
            },
            (None, None) => return open(&format!("${{{}}}", parameter.name), &parameter.name, at),
        };
        if kind == "CommaDelimitedList" || kind.starts_with("List<") {
            let entries = value.split(',').map(|it| Node::text(it.trim(), at));
            return Node::new(Value::List(entries.collect()), at);
        }
        Node::text(value, at)
    }

    /// Notes a value that is none of those that the parameter may have.
    fn check_allowed(&mut self, given: &str, node: &Node, parameter: &Member) {
        let allowed = node
            .get("AllowedValues")
            .map(Node::entries)
            .unwrap_or_default();
        let allowed: Vec<String> = allowed.iter().filter_map(as_text).collect();
        if !allowed.is_empty() && !allowed.iter().any(|it| it == given) {
            let kind = FindingKind::Wrong {
                found: shortened(given),
                expected: Expected::Listed(allowed),
            };
            let path = format!("Parameters.{}", parameter.name);
            let is_known = |it: &Finding| it.at == parameter.at && it.kind == kind;
            if !self.gathering.findings.iter().any(is_known) {
                self.gathering.note(parameter.at, &path, kind);
            }
        }
    }
}
