//! What Headroom's own templates keep in a resource's `Metadata`, as CloudFormation has no property for it, and texts that they took
//! apart so that CloudFormation looks nothing up.

use crate::{
    export::together,
    node::{Member, Node, Value},
};

/// Returns the name that a resource has in AWS's requests.
pub(super) fn name(resource: &Node) -> Option<String> {
    metadata(resource, "Name")?.as_text().map(together)
}

/// Returns a group's suspended processes as AWS's answers have them.
pub(super) fn suspended_processes(resource: &Node) -> Option<Member> {
    let processes = metadata(resource, "SuspendedProcesses")?;
    let one = |process: &Node| {
        let name = Member {
            name: "ProcessName".to_owned(),
            at: process.at,
            node: process.clone(),
        };
        Node::new(Value::Object(vec![name]), process.at)
    };
    let list = Value::List(processes.entries().iter().map(one).collect());
    Some(Member {
        name: "SuspendedProcesses".to_owned(),
        at: processes.at,
        node: Node::new(list, processes.at),
    })
}

/// Puts texts together again.
pub(super) fn put_together(node: &mut Node) {
    match &mut node.value {
        Value::Text(text) if text.contains('{') => *text = together(text),
        Value::List(entries) => entries.iter_mut().for_each(put_together),
        Value::Object(members) => {
            for member in members {
                put_together(&mut member.node);
            }
        }
        _ => {}
    }
}

fn metadata<'a>(resource: &'a Node, name: &str) -> Option<&'a Node> {
    resource.get("Metadata")?.get("Headroom")?.get(name)
}
