//! Terraform's files: the resources that they declare, across files of a folder. What `count`, `for_each`, `dynamic` blocks and
//! modules would make is known to Terraform alone, and listed.

use std::collections::BTreeMap;

use hcl_edit::{
    Span,
    structure::{Attribute, Block, Body, Structure},
};

use super::{
    Others,
    evaluate::{Declared, Files},
    shapes::{self, Resource},
};
use crate::{
    fields::{as_number, quoted},
    finding::{Expected, FindingKind},
    import::{Gathering, open::lacks},
    node::{Member, Node, Place, Value},
    read::hcl::File,
};

/// What a resource says to Terraform, and not to AWS.
const META: &[&str] = &[
    "connection",
    "count",
    "depends_on",
    "for_each",
    "lifecycle",
    "provider",
    "provisioner",
];

/// Reads files that stand in a folder together.
pub(in crate::import) fn read(files: &[File<'_>], gathering: &mut Gathering) {
    let mut reading = Reading {
        files: Files::new(files, gathering),
        others: Others::default(),
        resources: Vec::new(),
    };
    for (index, file) in files.iter().enumerate() {
        reading.declare(index, &file.body);
    }
    for (index, file) in files.iter().enumerate() {
        for block in file.body.blocks() {
            reading.block(index, block);
        }
    }
    let Reading {
        files,
        others,
        resources,
    } = reading;
    shapes::read(resources, files.gathering);
    others.note(files.gathering);
}

struct Reading<'a> {
    files: Files<'a>,
    others: Others,
    resources: Vec<Resource>,
}

impl<'a> Reading<'a> {
    /// Notes what a file declares, so that others can refer to it.
    fn declare(&mut self, file: usize, body: &'a Body) {
        for attribute in body.attributes() {
            // A file of variables' values has no blocks.
            let given = Declared {
                file,
                what: &attribute.value,
            };
            self.files.given.insert(attribute.key.as_str(), given);
        }
        for block in body.blocks() {
            let labels: Vec<&str> = block.labels.iter().map(|it| it.as_str()).collect();
            let at = self.files.place(file, block.ident.span());
            let declared = Declared { file, what: block };
            let before = match (block.ident.as_str(), &*labels) {
                ("variable", [name]) => self.files.variables.insert(name, declared),
                ("resource", [kind, name]) => self.files.resources.insert((name, kind), declared),
                ("locals", []) => {
                    for attribute in block.body.attributes() {
                        let local = Declared {
                            file,
                            what: &attribute.value,
                        };
                        let name = attribute.key.as_str();
                        if self.files.locals.insert(name, local).is_some() {
                            let at = self.files.place(file, attribute.key.span());
                            self.repeated(at, &format!("local.{name}"));
                        }
                    }
                    None
                }
                _ => None,
            };
            if before.is_some() {
                self.repeated(at, &labels.join("."));
            }
        }
    }

    fn repeated(&mut self, at: Place, path: &str) {
        let kind = FindingKind::RepeatedName;
        self.files.gathering.note(at, path, kind);
    }

    fn block(&mut self, file: usize, block: &'a Block) {
        let at = self.files.place(file, block.ident.span());
        let labels: Vec<&str> = block.labels.iter().map(|it| it.as_str()).collect();
        match (block.ident.as_str(), &*labels) {
            ("resource", [kind, name]) if shapes::is_read(kind) => {
                self.resource(file, block, (kind, name), at);
            }
            ("resource", [kind, ..]) => self.others.count(kind, at),
            ("data", [kind, ..]) => self.others.count(&format!("data.{kind}"), at),
            ("module", [name]) => self.generated(at, "", format!("module.{name}")),
            // What they declare was noted, or is Terraform's own business.
            (
                "variable" | "locals" | "terraform" | "provider" | "output" | "moved" | "import"
                | "removed" | "check" | "ephemeral",
                _,
            ) => {}
            (other, _) => self.files.gathering.note(at, other, FindingKind::NotUsed),
        }
    }

    fn generated(&mut self, at: Place, path: &str, what: String) {
        let kind = FindingKind::Generated { what };
        self.files.gathering.note(at, path, kind);
    }

    fn resource(&mut self, file: usize, block: &'a Block, (kind, name): (&str, &str), at: Place) {
        let address = format!("{kind}.{name}");
        // Of two of one name, the last is declared.
        let is_declared = self
            .files
            .resources
            .get(&(name, kind))
            .is_some_and(|it| std::ptr::eq(it.what, block));
        if !is_declared || !self.is_made_once(file, block, &address) {
            return;
        }
        let mut attributes = self.object(file, &block.body, &address, at, 0);
        if let Value::Object(members) = &mut attributes.value {
            members.retain(|it| !META.contains(&&*it.name));
            for own in ["arn", "id"] {
                if !members.iter().any(|it| it.name == own) {
                    let node = self.files.named_by_aws(kind, name, own, at);
                    members.push(Member {
                        name: own.to_owned(),
                        at,
                        node,
                    });
                }
            }
            if kind == "aws_autoscaling_group" && !members.iter().any(|it| it.name == "name") {
                let node = self.files.named_by_aws(kind, name, "name", at);
                members.push(Member {
                    name: "name".to_owned(),
                    at,
                    node,
                });
            }
        }
        self.resources.push(Resource {
            kind: kind.to_owned(),
            address,
            attributes,
            is_state: false,
        });
    }

    /// Returns whether a resource is made, and made once; what is made several times is listed.
    fn is_made_once(&mut self, file: usize, block: &'a Block, address: &str) -> bool {
        if let Some(each) = block.body.get_attribute("for_each") {
            let at = self.files.place(file, each.key.span());
            self.generated(at, address, "for_each".to_owned());
            return false;
        }
        let Some(count) = block.body.get_attribute("count") else {
            return true;
        };
        let at = self.files.place(file, count.key.span());
        let path = format!("{address}.count");
        let value = self.files.evaluate(file, &count.value);
        let kind = match (as_number(&value), &value.value) {
            (Some(1.0), _) => return true,
            (Some(0.0), _) => return false,
            (None, Value::Open { expression, lacks }) => FindingKind::Open {
                expression: expression.clone(),
                lacks: lacks.clone(),
            },
            (None, _) => FindingKind::Wrong {
                found: quoted(&value),
                expected: Expected::Whole,
            },
            (Some(_), _) => FindingKind::Generated {
                what: "count".to_owned(),
            },
        };
        self.files.gathering.note(at, &path, kind);
        false
    }

    /// Returns what a block says: its arguments, and the blocks within it as lists.
    fn object(&mut self, file: usize, body: &'a Body, path: &str, at: Place, depth: usize) -> Node {
        let mut members: Vec<Member> = Vec::new();
        let mut lists: BTreeMap<&str, usize> = BTreeMap::new();
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => {
                    members.push(self.argument(file, attribute, depth))
                }
                Structure::Block(block) => {
                    let (name, at) = (
                        block.ident.as_str(),
                        self.files.place(file, block.ident.span()),
                    );
                    if name == "dynamic" {
                        let label = block
                            .labels
                            .first()
                            .map(|it| it.as_str())
                            .unwrap_or_default();
                        self.generated(at, path, format!("dynamic \"{label}\""));
                        continue;
                    }
                    if depth == 0 && META.contains(&name) {
                        continue;
                    }
                    let entry = self.object(file, &block.body, path, at, depth + 1);
                    let known = lists.get(name).and_then(|index| members.get_mut(*index));
                    if let Some(Member {
                        node:
                            Node {
                                value: Value::List(entries),
                                ..
                            },
                        ..
                    }) = known
                    {
                        entries.push(entry);
                    } else {
                        lists.insert(name, members.len());
                        let node = Node::new(Value::List(vec![entry]), at);
                        members.push(Member {
                            name: name.to_owned(),
                            at,
                            node,
                        });
                    }
                }
            }
        }
        Node::new(Value::Object(members), at)
    }

    fn argument(&mut self, file: usize, attribute: &'a Attribute, depth: usize) -> Member {
        let name = attribute.key.as_str();
        let at = self.files.place(file, attribute.key.span());
        // What Terraform alone goes by is not worked out.
        let node = match depth == 0 && META.contains(&name) {
            true => Node::new(Value::Null, at),
            false => self.files.evaluate(file, &attribute.value),
        };
        Member {
            name: name.to_owned(),
            at,
            node,
        }
    }
}

/// Returns whether something of a node is open.
pub(super) fn open_part(node: &Node) -> Option<&str> {
    match &node.value {
        Value::List(entries) => entries.iter().find_map(open_part),
        Value::Object(members) => members.iter().find_map(|it| open_part(&it.node)),
        _ => lacks(node),
    }
}
