//! What `terraform show -json` says of a state, or of a plan: there what AWS is still to name is missing, and the configuration's
//! references say which alarm triggers which policy.

use std::collections::BTreeMap;

use super::{
    Others,
    shapes::{self, Resource},
};
use crate::{
    import::{DocumentKind, Gathering},
    node::{Member, Node, Value},
};

/// Most modules within each other; a document has no more levels.
const DEEPEST: usize = 50;

/// `terraform show -json`, with or without a plan's file.
pub(in crate::import) struct Show;

impl DocumentKind for Show {
    fn id(&self) -> &'static str {
        "terraform show"
    }

    fn recognises(&self, document: &Node) -> bool {
        let has_root = |name: &str| {
            document
                .get(name)
                .is_some_and(|it| it.get("root_module").is_some())
        };
        has_root("values") || has_root("planned_values")
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        // Of a plan, what will be.
        let is_plan = document.get("planned_values").is_some();
        let values = document.get("planned_values").or(document.get("values"));
        let root = values.and_then(|it| it.get("root_module"));
        let configuration = document
            .get("configuration")
            .and_then(|it| it.get("root_module"));
        let mut reading = Reading {
            is_plan,
            others: Others::default(),
            resources: Vec::new(),
        };
        if let Some(root) = root {
            reading.module(root, configuration, "", 0);
        }
        shapes::read(reading.resources, gathering);
        reading.others.note(gathering);
    }
}

struct Reading {
    is_plan: bool,
    others: Others,
    resources: Vec<Resource>,
}

impl Reading {
    /// Reads a module and those within it. `path`: what stands before the addresses of what it makes.
    fn module(&mut self, module: &Node, configuration: Option<&Node>, path: &str, depth: usize) {
        let configured = configuration.and_then(|it| it.get("resources"));
        let configured = configured.map(Node::entries).unwrap_or_default().iter();
        let configured: BTreeMap<&str, &Node> = configured
            .filter_map(|it| Some((it.get("address")?.as_text()?, it.get("expressions")?)))
            .collect();
        for resource in module
            .get("resources")
            .map(Node::entries)
            .unwrap_or_default()
        {
            self.resource(resource, &configured, path);
        }
        if depth > DEEPEST {
            return;
        }
        for child in module
            .get("child_modules")
            .map(Node::entries)
            .unwrap_or_default()
        {
            let address = child
                .get("address")
                .and_then(Node::as_text)
                .unwrap_or_default();
            let name = address.rsplit('.').next().unwrap_or_default();
            // An address may hold the key of a loop: `module.x["a"]`.
            let name = name.split('[').next().unwrap_or_default();
            let calls = configuration.and_then(|it| it.get("module_calls"));
            let inner = calls
                .and_then(|it| it.get(name))
                .and_then(|it| it.get("module"));
            self.module(child, inner, &format!("{address}."), depth + 1);
        }
    }

    fn resource(&mut self, resource: &Node, configured: &BTreeMap<&str, &Node>, path: &str) {
        let said = |name: &str| {
            resource
                .get(name)
                .and_then(Node::as_text)
                .unwrap_or_default()
        };
        let kind = said("type");
        if said("mode") == "data" {
            self.others.count(&format!("data.{kind}"), resource.at);
            return;
        }
        if !shapes::is_read(kind) {
            self.others.count(kind, resource.at);
            return;
        }
        let values = resource.get("values").cloned();
        let mut attributes = values.unwrap_or(Node::new(Value::Null, resource.at));
        let own = format!("{kind}.{}", said("name"));
        if self.is_plan
            && let Value::Object(members) = &mut attributes.value
        {
            let mut unless_said = |name: &str, value: Option<Value>| {
                let is_said = members
                    .iter()
                    .any(|it| it.name == name && !it.node.is_nothing());
                if let (false, Some(value)) = (is_said, value) {
                    members.retain(|it| it.name != name);
                    members.push(Member {
                        name: name.to_owned(),
                        at: resource.at,
                        node: Node::new(value, resource.at),
                    });
                }
            };
            if kind.ends_with("autoscaling_policy") {
                unless_said("arn", Some(Value::Text(format!("{path}{own}"))));
            } else if kind == "aws_cloudwatch_metric_alarm" {
                let expressions = configured.get(&*own).copied();
                let triggered = expressions.and_then(triggered).map(|policy| {
                    let text = Node::text(format!("{path}{policy}"), resource.at);
                    Value::List(vec![text])
                });
                unless_said("alarm_actions", triggered);
            }
        }
        self.resources.push(Resource {
            kind: kind.to_owned(),
            address: said("address").to_owned(),
            attributes,
            is_state: !self.is_plan,
        });
    }
}

/// Returns the policy that the expressions of an alarm refer to.
fn triggered(expressions: &Node) -> Option<String> {
    let references = expressions
        .get("alarm_actions")?
        .get("references")?
        .entries();
    references
        .iter()
        .filter_map(Node::as_text)
        .find_map(|reference| {
            let mut parts = reference.split('.');
            let (kind, name) = (parts.next()?, parts.next()?);
            let name = name.split('[').next().unwrap_or_default();
            kind.ends_with("autoscaling_policy")
                .then(|| format!("{kind}.{name}"))
        })
}
