//! What values of a template come to: the walk through them, and which function is worked out where. What cannot be known here stays
//! open, with the name of what lacks; nothing is guessed.
//!
//! Source: AWS CloudFormation, "Intrinsic function reference".

use std::collections::BTreeMap;

use super::{references, shown::shown};
use crate::{
    finding::FindingKind,
    import::{
        Gathering,
        open::{DEEPEST_EXPRESSION, MOST_STEPS, lacks, open},
    },
    node::{Member, Node, Place, Value},
};

/// What a section of a template declares, by name.
pub(super) type Section<'a> = BTreeMap<&'a str, &'a Member>;

/// A template, and what of it was worked out.
pub(super) struct Template<'a> {
    pub(super) gathering: &'a mut Gathering,
    pub(super) resources: Section<'a>,
    pub(super) parameters: Section<'a>,
    pub(super) mappings: Section<'a>,
    pub(super) conditions: Section<'a>,
    /// Conditions by name; `Err`: what they lack.
    pub(super) decided: BTreeMap<&'a str, Result<bool, String>>,
    /// Properties that other resources refer to.
    pub(super) properties: BTreeMap<(&'a str, String), Option<Node>>,
    /// What is being worked out, one within the other.
    underway: Vec<&'a str>,
    pub(super) depth: usize,
    pub(super) steps: usize,
}

impl<'a> Template<'a> {
    pub(super) fn of(document: &'a Node, gathering: &'a mut Gathering) -> Self {
        let section = |name: &str| -> Section<'a> {
            let members = document.get(name).map(Node::members).unwrap_or_default();
            members.iter().map(|it| (&*it.name, it)).collect()
        };
        Self {
            gathering,
            resources: section("Resources"),
            parameters: section("Parameters"),
            mappings: section("Mappings"),
            conditions: section("Conditions"),
            decided: BTreeMap::new(),
            properties: BTreeMap::new(),
            underway: Vec::new(),
            depth: 0,
            steps: 0,
        }
    }

    /// Returns what a value comes to; `Null`: it is as if it were not there.
    pub(super) fn evaluate(&mut self, node: &'a Node) -> Node {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth > DEEPEST_EXPRESSION {
            return open("${…}", "", node.at);
        }
        self.depth += 1;
        let value = self.value(node);
        self.depth -= 1;
        match &value.value {
            Value::Text(text) => self.steps += text.len() / 16,
            Value::List(entries) => self.steps += entries.len(),
            _ => {}
        }
        value
    }

    fn value(&mut self, node: &'a Node) -> Node {
        let value = match &node.value {
            Value::Text(text) => match dynamic_reference(text) {
                Some(reference) => return self.given(reference, text, node.at),
                None => Value::Text(text.clone()),
            },
            Value::List(entries) => {
                let mut values = Vec::with_capacity(entries.len());
                for entry in entries {
                    let value = self.evaluate(entry);
                    if value.value != Value::Null {
                        values.push(value);
                    }
                }
                Value::List(values)
            }
            Value::Object(members) => {
                if let [
                    Member {
                        name,
                        node: argument,
                        ..
                    },
                ] = &**members
                    && (name == "Ref" || name.starts_with("Fn::"))
                {
                    return self.function(name, argument, node);
                }
                let mut values = Vec::with_capacity(members.len());
                for member in members {
                    if member.name.starts_with("Fn::") {
                        self.generated(&member.name, member.at);
                        continue;
                    }
                    values.push(Member {
                        name: member.name.clone(),
                        at: member.at,
                        node: self.evaluate(&member.node),
                    });
                }
                Value::Object(values)
            }
            other => other.clone(),
        };
        Node::new(value, node.at)
    }

    /// Notes what only CloudFormation can work out, by running something.
    pub(super) fn generated(&mut self, what: &str, at: Place) {
        let what = what.to_owned();
        self.gathering.note(at, "", FindingKind::Generated { what });
    }

    fn function(&mut self, name: &str, argument: &'a Node, whole: &'a Node) -> Node {
        let at = whole.at;
        let arguments = argument.entries();
        let value = match (name, arguments) {
            ("Ref", _) => argument
                .as_text()
                .map(|name| references::reference(self, name, at)),
            ("Fn::Sub", []) => argument
                .as_text()
                .map(|text| self.substituted(text, None, at)),
            ("Fn::Sub", [text, variables]) => text
                .as_text()
                .map(|text| self.substituted(text, Some(variables), at)),
            ("Fn::GetAtt", [resource, attribute]) => {
                let attribute = self.evaluate(attribute);
                let names = resource.as_text().zip(attribute.as_text());
                names.map(|(resource, attribute)| {
                    references::attribute(self, resource, attribute, at)
                })
            }
            ("Fn::GetAtt", []) => (argument.as_text().and_then(|text| text.split_once('.')))
                .map(|(resource, attribute)| references::attribute(self, resource, attribute, at)),
            ("Fn::Join", [delimiter, list]) => self.joined(delimiter, list, at),
            ("Fn::Select", [index, list]) => self.selected(index, list),
            ("Fn::Split", [delimiter, text]) => self.split(delimiter, text, at),
            ("Fn::FindInMap", [map, key, name, rest @ ..]) => {
                self.found_in_map([map, key, name], rest)
            }
            ("Fn::If", [condition, yes, no]) => {
                condition.as_text().map(|name| match self.condition(name) {
                    Ok(true) => self.evaluate(yes),
                    Ok(false) => self.evaluate(no),
                    Err(lacks) => open(&shown(whole), &lacks, at),
                })
            }
            ("Fn::Equals" | "Fn::And" | "Fn::Or" | "Fn::Not", _) => {
                Some(match self.decides(whole) {
                    Ok(is) => Node::new(Value::Switch(is), at),
                    Err(lacks) => open(&shown(whole), &lacks, at),
                })
            }
            ("Fn::ImportValue", _) => {
                let export = self.evaluate(argument);
                export
                    .as_text()
                    .map(|name| self.given(name, &shown(whole), at))
            }
            ("Fn::Length", _) => {
                let list = self.evaluate(argument);
                match &list.value {
                    Value::List(entries) => {
                        Some(Node::new(Value::Number(entries.len() as f64), at))
                    }
                    _ => Some(self.still_open(whole, [&list])),
                }
            }
            ("Fn::Transform", _) => {
                self.generated(name, at);
                None
            }
            _ => None,
        };
        value.unwrap_or_else(|| open(&shown(whole), "", at))
    }

    /// Returns a whole expression as open, with what its parts lack.
    fn still_open<'n>(&self, whole: &Node, parts: impl IntoIterator<Item = &'n Node>) -> Node {
        let lacks = parts.into_iter().find_map(lacks).unwrap_or_default();
        open(&shown(whole), lacks, whole.at)
    }

    /// Returns what was given under a name, or an expression as open that lacks it.
    pub(super) fn given(&mut self, name: &str, expression: &str, at: Place) -> Node {
        match self.gathering.param(name) {
            Some(value) => Node::text(value, at),
            None => open(expression, name, at),
        }
    }

    /// Begins to work something out; `None`: that is under way already, and needs itself.
    pub(super) fn enter(&mut self, name: &'a str) -> Option<()> {
        if self.underway.contains(&name) || self.underway.len() > DEEPEST_EXPRESSION {
            return None;
        }
        self.underway.push(name);
        Some(())
    }

    /// Ends what was begun last.
    pub(super) fn leave(&mut self) {
        self.underway.pop();
    }
}

/// Returns what a dynamic reference names that stands in a text: `{{resolve:ssm:name}}`.
fn dynamic_reference(text: &str) -> Option<&str> {
    // Almost no text has a brace, which is found sooner than a word.
    let (_, rest) = text.get(text.find('{')?..)?.split_once("{{resolve:")?;
    rest.split_once("}}").map(|(name, _)| name)
}
