//! Terraform's state, version 4: what was made, with every reference worked out.

use super::{
    Others,
    shapes::{self, Resource},
};
use crate::{
    fields::{as_number, as_text, quoted},
    finding::{Expected, FindingKind},
    import::{DocumentKind, Gathering},
    node::{Node, Value},
};

/// `terraform.tfstate`, or what `terraform state pull` prints.
pub(in crate::import) struct State;

impl DocumentKind for State {
    fn id(&self) -> &'static str {
        "terraform state"
    }

    fn recognises(&self, document: &Node) -> bool {
        let is_there = |name: &str| document.get(name).is_some();
        is_there("terraform_version") && is_there("serial")
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        let version = document.get("version");
        if version.and_then(as_number) != Some(4.0) {
            let version = version.unwrap_or(&document);
            let expected = Expected::Listed(vec!["4".to_owned()]);
            let found = quoted(version);
            gathering.note(
                version.at,
                "version",
                FindingKind::Wrong { found, expected },
            );
            return;
        }
        let mut others = Others::default();
        let mut resources = Vec::new();
        for resource in document
            .get("resources")
            .map(Node::entries)
            .unwrap_or_default()
        {
            let said = |name: &str| {
                resource
                    .get(name)
                    .and_then(Node::as_text)
                    .unwrap_or_default()
            };
            let kind = said("type");
            if said("mode") == "data" {
                others.count(&format!("data.{kind}"), resource.at);
                continue;
            }
            for instance in resource
                .get("instances")
                .map(Node::entries)
                .unwrap_or_default()
            {
                // One that is to be replaced is still there until it is destroyed.
                if instance.get("deposed").is_some() {
                    continue;
                }
                if !shapes::is_read(kind) {
                    others.count(kind, resource.at);
                    continue;
                }
                let module = said("module");
                let dot = if module.is_empty() { "" } else { "." };
                let key = instance.get("index_key").and_then(as_text);
                let key = key.map(|key| format!("[{key}]")).unwrap_or_default();
                let attributes = instance.get("attributes").cloned();
                resources.push(Resource {
                    kind: kind.to_owned(),
                    address: format!("{module}{dot}{kind}.{}{key}", said("name")),
                    attributes: attributes.unwrap_or(Node::new(Value::Null, instance.at)),
                    is_state: true,
                });
            }
        }
        shapes::read(resources, gathering);
        others.note(gathering);
    }
}
