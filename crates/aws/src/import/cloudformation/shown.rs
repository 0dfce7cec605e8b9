//! How an expression is written where it is quoted.

use crate::{
    fields::as_text,
    node::{Node, Value},
};

/// Returns a scalar or an open expression as a text.
pub(super) fn text_of(node: &Node) -> String {
    match &node.value {
        Value::Open { expression, .. } => expression.clone(),
        _ => as_text(node).unwrap_or_default(),
    }
}

/// Returns an expression as it may be quoted: `${Fn::Cidr(Ref(Block), 2)}`.
pub(super) fn shown(node: &Node) -> String {
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
