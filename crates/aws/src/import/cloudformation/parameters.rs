//! What a template's parameters come to: as they were given, or their defaults.
//!
//! Source: AWS CloudFormation, "Parameters".

use super::evaluate::Template;
use crate::{
    fields::{as_text, shortened},
    finding::{Expected, Finding, FindingKind},
    import::open::open,
    node::{Member, Node, Place, Value},
    read::json,
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
        let is_given = given.is_some();
        let text = match (given, default.map(as_text)) {
            (Some(text), _) | (None, Some(Some(text))) => text,
            (None, Some(None)) => return open(&format!("${{{}}}", parameter.name), "", at),
            (None, None) => return open(&format!("${{{}}}", parameter.name), &parameter.name, at),
        };
        let texts = match is_list(kind) {
            true => entries(&text),
            false => vec![text],
        };
        if is_given {
            self.check_allowed(&texts, parameter);
        }
        let is_number = matches!(kind, "Number" | "List<Number>");
        if is_number && let Some(wrong) = texts.iter().find(|it| !is_numeric(it)) {
            self.wrong(wrong, Expected::Number, parameter);
            return open(&format!("${{{}}}", parameter.name), &parameter.name, at);
        }
        let mut nodes = texts.into_iter().map(|it| Node::text(it, at));
        match is_list(kind) {
            true => Node::new(Value::List(nodes.collect()), at),
            false => nodes.next().unwrap_or(Node::new(Value::Null, at)),
        }
    }

    /// Notes a value, or an entry of one that is a list, that is none of those that the parameter may have.
    fn check_allowed(&mut self, given: &[String], parameter: &Member) {
        let allowed = parameter.node.get("AllowedValues").map(Node::entries);
        let allowed: Vec<String> = (allowed.unwrap_or_default().iter())
            .filter_map(as_text)
            .collect();
        if !allowed.is_empty()
            && let Some(wrong) = given.iter().find(|it| !allowed.contains(it))
        {
            self.wrong(wrong, Expected::Listed(allowed.clone()), parameter);
        }
    }

    /// Notes what cannot be a parameter's value, once.
    fn wrong(&mut self, found: &str, expected: Expected, parameter: &Member) {
        let found = shortened(found);
        let kind = FindingKind::Wrong { found, expected };
        let path = format!("Parameters.{}", parameter.name);
        let is_known = |it: &Finding| it.at == parameter.at && it.kind == kind;
        if !self.gathering.findings.iter().any(is_known) {
            self.gathering.note(parameter.at, &path, kind);
        }
    }
}

/// Returns whether a type of parameters is a list, be it one that Systems Manager keeps.
fn is_list(kind: &str) -> bool {
    let inner = kind.strip_prefix("AWS::SSM::Parameter::Value<");
    let kind = inner.and_then(|it| it.strip_suffix('>')).unwrap_or(kind);
    kind == "CommaDelimitedList" || kind.starts_with("List<")
}

/// Returns the entries of a list as it is given: parted by commas, as CloudFormation takes it, or in JSON.
fn entries(text: &str) -> Vec<String> {
    let parsed = text.trim_start().starts_with('[');
    let parsed = parsed.then(|| json::read(text, 0).ok()).flatten();
    let parsed: Option<Vec<String>> =
        parsed.and_then(|it| it.entries().iter().map(as_text).collect());
    let commas = || text.split(',').map(|it| it.trim().to_owned()).collect();
    parsed.unwrap_or_else(commas)
}

fn is_numeric(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok_and(f64::is_finite)
}
