//! What templates leave open: how it is written, and where it does not matter. An expression is written as a text with `${…}` in
//! place of what is not known, so that two that say the same read the same.

use crate::node::{Node, Place, Value};

/// Most characters of an expression that is kept.
const MOST_CHARACTERS: usize = 500;

/// Most steps that all expressions of a document may take.
pub(super) const MOST_STEPS: usize = 4_000_000;

/// Most bytes of a text that is put together: what doubles again and again ends here.
const MOST_TEXT: usize = 64 << 10;

/// Most expressions within each other, references included.
pub(super) const DEEPEST_EXPRESSION: usize = 150;

/// Fields that only name something. Where a name is open it still tells one thing from another, and nobody has to fill it in.
const NAMES: &[&str] = &[
    "AlarmActions",
    "AlarmDescription",
    "AlarmName",
    "AutoScalingGroupName",
    "Dimensions",
    "EndpointConfigName",
    "EndpointName",
    "InferenceComponentName",
    "InsufficientDataActions",
    "OKActions",
    "PolicyARN",
    "PolicyName",
    "ResourceId",
    "ResourceLabel",
    "ScalingTargetId",
    "ScheduledActionName",
    "VariantName",
];

/// Returns a value that is open. `lacks`: what would have to be known.
pub(super) fn open(expression: &str, lacks: &str, at: Place) -> Node {
    let end = expression.char_indices().nth(MOST_CHARACTERS);
    let shortened = end.and_then(|(end, _)| expression.get(..end));
    let expression = shortened.unwrap_or(expression).to_owned();
    let lacks = lacks.to_owned();
    Node::new(Value::Open { expression, lacks }, at)
}

/// Returns what an expression lacks, if it is open.
pub(super) fn lacks(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Open { lacks, .. } => Some(lacks),
        _ => None,
    }
}

/// Returns how many steps a copy of a value takes.
pub(super) fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::Text(text) => text.len() / 16,
        Value::List(entries) => entries.iter().map(size).sum(),
        Value::Object(members) => members.iter().map(|it| size(&it.node)).sum(),
        _ => 0,
    }
}

/// Turns names that are open into the texts that they are written as.
pub(super) fn settle_names(node: &mut Node, is_name: bool) {
    match &mut node.value {
        Value::Open { expression, .. } if is_name => {
            node.value = Value::Text(std::mem::take(expression));
        }
        Value::List(entries) => entries.iter_mut().for_each(|it| settle_names(it, is_name)),
        Value::Object(members) => {
            for member in members {
                let is_name = is_name || NAMES.contains(&&*member.name);
                settle_names(&mut member.node, is_name);
            }
        }
        _ => {}
    }
}

/// A text that is put together of pieces, some of which may be open.
#[derive(Default)]
pub(super) struct Pieces {
    text: String,
    lacks: Option<String>,
}

impl Pieces {
    /// Adds a text.
    pub(super) fn text(&mut self, text: &str) {
        if self.text.len() + text.len() > MOST_TEXT {
            self.lacks.get_or_insert_with(String::new);
        } else {
            self.text.push_str(text);
        }
    }

    /// Adds a value; what is no scalar cannot be part of a text.
    pub(super) fn node(&mut self, node: &Node) {
        match &node.value {
            Value::Open { expression, lacks } => {
                self.text(expression);
                self.lacks.get_or_insert_with(|| lacks.clone());
            }
            Value::Null => {}
            _ => match crate::fields::as_text(node) {
                Some(text) => self.text(&text),
                None => {
                    self.text("${…}");
                    self.lacks.get_or_insert_with(String::new);
                }
            },
        }
    }

    /// Returns the text, which is open where a piece of it is.
    pub(super) fn finish(self, at: Place) -> Node {
        match self.lacks {
            Some(lacks) => open(&self.text, &lacks, at),
            None => Node::text(self.text, at),
        }
    }
}
