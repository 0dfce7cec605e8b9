//! What CloudFormation's parameters, mappings, conditions and functions come to. What cannot be known here stays open, with the
//! name of what lacks; nothing is guessed.
//!
//! Source: AWS CloudFormation, "Intrinsic function reference", "Pseudo parameters reference", "Parameters".

use std::collections::BTreeMap;

use super::references;
use crate::{
    fields::{as_number, as_text},
    finding::{Expected, FindingKind},
    import::{
        Gathering,
        open::{DEEPEST_EXPRESSION, MOST_STEPS, Pieces, lacks, open},
    },
    node::{Member, Node, Place, Value},
};

/// What a section of a template declares, by name.
pub(super) type Section<'a> = BTreeMap<&'a str, &'a Member>;

/// A template, and what of it was worked out.
pub(super) struct Template<'a> {
    pub(super) gathering: &'a mut Gathering,
    pub(super) resources: Section<'a>,
    parameters: Section<'a>,
    mappings: Section<'a>,
    conditions: Section<'a>,
    /// Conditions by name; `Err`: what they lack.
    decided: BTreeMap<&'a str, Result<bool, String>>,
    /// Properties that other resources refer to.
    pub(super) properties: BTreeMap<(&'a str, String), Option<Node>>,
    /// What is being worked out, one within the other.
    underway: Vec<&'a str>,
    depth: usize,
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
            ("Ref", _) => argument.as_text().map(|name| self.reference(name, at)),
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

    /// `Ref`
    fn reference(&mut self, name: &str, at: Place) -> Node {
        if name == "AWS::NoValue" {
            return Node::new(Value::Null, at);
        }
        if let Some(parameter) = self.parameters.get(name) {
            return self.parameter(parameter, at);
        }
        references::resource(self, name, at)
    }

    /// Returns what a parameter is: as it was given, or its default.
    fn parameter(&mut self, parameter: &'a Member, at: Place) -> Node {
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
                found: crate::fields::shortened(given),
                expected: Expected::Listed(allowed),
            };
            let path = format!("Parameters.{}", parameter.name);
            let is_known = |it: &crate::Finding| it.at == parameter.at && it.kind == kind;
            if !self.gathering.findings.iter().any(is_known) {
                self.gathering.note(parameter.at, &path, kind);
            }
        }
    }

    /// `Fn::Sub`, with the variables of its long form.
    fn substituted(&mut self, text: &str, variables: Option<&'a Node>, at: Place) -> Node {
        let mut pieces = Pieces::default();
        let mut known: BTreeMap<&str, Node> = BTreeMap::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            pieces.text(before);
            let Some((name, behind)) = after.split_once('}') else {
                pieces.text("${");
                rest = after;
                continue;
            };
            rest = behind;
            if let Some(literal) = name.strip_prefix('!') {
                pieces.text("${");
                pieces.text(literal);
                pieces.text("}");
                continue;
            }
            let name = name.trim();
            if let Some(value) = known.get(name) {
                pieces.node(value);
                continue;
            }
            let own = variables.and_then(|it| it.get(name));
            let value = match (own, name.split_once('.')) {
                (Some(own), _) => self.evaluate(own),
                (None, Some((resource, attribute))) => {
                    references::attribute(self, resource, attribute, at)
                }
                (None, None) => self.reference(name, at),
            };
            pieces.node(&value);
            known.insert(name, value);
        }
        pieces.text(rest);
        pieces.finish(at)
    }

    fn joined(&mut self, delimiter: &Node, list: &'a Node, at: Place) -> Option<Node> {
        let delimiter = as_text(delimiter)?;
        let list = self.evaluate(list);
        let Value::List(entries) = &list.value else {
            return lacks(&list).is_some().then_some(list);
        };
        let mut pieces = Pieces::default();
        for (index, entry) in entries.iter().enumerate() {
            if index > 0 {
                pieces.text(&delimiter);
            }
            pieces.node(entry);
        }
        Some(pieces.finish(at))
    }

    fn selected(&mut self, index: &'a Node, list: &'a Node) -> Option<Node> {
        let index = self.evaluate(index);
        let list = self.evaluate(list);
        if let Some(lacks) = lacks(&index).or(lacks(&list)) {
            return Some(open(
                &format!("${{{}[{}]}}", text_of(&list), text_of(&index)),
                lacks,
                list.at,
            ));
        }
        let index = as_number(&index).filter(|it| *it >= 0.0)?;
        list.entries().get(index as usize).cloned()
    }

    fn split(&mut self, delimiter: &Node, text: &'a Node, at: Place) -> Option<Node> {
        let delimiter = as_text(delimiter).filter(|it| !it.is_empty())?;
        let text = self.evaluate(text);
        if let Some(lacks) = lacks(&text) {
            return Some(open(&text_of(&text), lacks, at));
        }
        let text = as_text(&text)?;
        let entries = text.split(&*delimiter).map(|it| Node::text(it, at));
        Some(Node::new(Value::List(entries.collect()), at))
    }

    fn found_in_map(&mut self, path: [&'a Node; 3], rest: &'a [Node]) -> Option<Node> {
        let [map, key, name] = path.map(|it| self.evaluate(it));
        if let Some(lacks) = [&map, &key, &name].into_iter().find_map(lacks) {
            let names = [&map, &key, &name].map(text_of);
            return Some(open(
                &format!("${{{}}}", names.join(".")),
                lacks,
                path[0].at,
            ));
        }
        let map = self.mappings.get(&*as_text(&map)?).copied();
        let found = (map.and_then(|it| it.node.get(&as_text(&key)?)))
            .and_then(|it| it.get(&as_text(&name)?));
        let default = || rest.first().and_then(|it| it.get("DefaultValue"));
        found.or_else(default).map(|it| self.evaluate(it))
    }

    /// Returns whether a condition holds. `Err`: what it lacks.
    pub(super) fn condition(&mut self, name: &str) -> Result<bool, String> {
        let Some(condition) = self.conditions.get(name).copied() else {
            return Err(String::new());
        };
        if let Some(known) = self.decided.get(name) {
            return known.clone();
        }
        let Some(()) = self.enter(&condition.name) else {
            return Err(String::new());
        };
        let decided = self.decides(&condition.node);
        self.leave();
        self.decided.insert(&condition.name, decided.clone());
        decided
    }

    /// Returns whether an expression of conditions holds. `Err`: what it lacks.
    fn decides(&mut self, node: &'a Node) -> Result<bool, String> {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth > DEEPEST_EXPRESSION {
            return Err(String::new());
        }
        self.depth += 1;
        let decided = self.decision(node);
        self.depth -= 1;
        decided
    }

    fn decision(&mut self, node: &'a Node) -> Result<bool, String> {
        let [
            Member {
                name,
                node: argument,
                ..
            },
        ] = node.members()
        else {
            return match self.evaluate(node) {
                Node {
                    value: Value::Switch(is),
                    ..
                } => Ok(is),
                value => match as_text(&value).as_deref() {
                    Some("true") => Ok(true),
                    Some("false") => Ok(false),
                    _ => Err(lacks(&value).unwrap_or_default().to_owned()),
                },
            };
        };
        match (&**name, argument.entries()) {
            ("Condition", _) => self.condition(argument.as_text().unwrap_or_default()),
            ("Fn::Equals", [one, other]) => {
                let (one, other) = (self.evaluate(one), self.evaluate(other));
                match lacks(&one).or(lacks(&other)) {
                    Some(lacks) => Err(lacks.to_owned()),
                    None => Ok(match (as_text(&one), as_text(&other)) {
                        (Some(one), Some(other)) => one == other,
                        _ => one.value == other.value,
                    }),
                }
            }
            ("Fn::Not", [negated]) => self.decides(negated).map(|is| !is),
            ("Fn::And", parts) => self.all_are(true, parts),
            ("Fn::Or", parts) => self.all_are(false, parts).map(|is| !is),
            _ => Err(String::new()),
        }
    }

    /// Returns whether all parts are so; one that is not decides it, whatever the others lack.
    fn all_are(&mut self, so: bool, parts: &'a [Node]) -> Result<bool, String> {
        let mut all = Ok(true);
        for part in parts {
            match self.decides(part) {
                Ok(is) if is != so => return Ok(false),
                Ok(_) => {}
                Err(lacks) => all = Err(lacks),
            }
        }
        all
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

/// Returns a scalar or an open expression as a text.
fn text_of(node: &Node) -> String {
    match &node.value {
        Value::Open { expression, .. } => expression.clone(),
        _ => as_text(node).unwrap_or_default(),
    }
}

/// Returns an expression as it may be quoted: `${Fn::Cidr(Ref(Block), 2)}`.
fn shown(node: &Node) -> String {
    /// Most bytes of it.
    const MOST: usize = 300;
    fn write(node: &Node, text: &mut String) {
        if text.len() > MOST {
            return;
        }
        match &node.value {
            Value::List(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    if index > 0 {
                        text.push_str(", ");
                    }
                    write(entry, text);
                    if text.len() > MOST {
                        return;
                    }
                }
            }
            Value::Object(members) => {
                for member in members {
                    text.push_str(&member.name);
                    text.push('(');
                    write(&member.node, text);
                    text.push(')');
                    if text.len() > MOST {
                        return;
                    }
                }
            }
            _ => text.push_str(&text_of(node)),
        }
    }
    let mut text = "${".to_owned();
    write(node, &mut text);
    text.push('}');
    text
}
