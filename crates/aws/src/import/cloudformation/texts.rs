//! Texts that a template puts together or takes apart: `Fn::Sub`, `Fn::Join`, `Fn::Split`.

use std::collections::BTreeMap;

use super::{evaluate::Template, references, shown::text_of};
use crate::{
    fields::as_text,
    import::open::{Pieces, lacks, open},
    node::{Node, Place, Value},
};

impl<'a> Template<'a> {
    /// `Fn::Sub`, with the variables of its long form.
    pub(super) fn substituted(
        &mut self,
        text: &str,
        variables: Option<&'a Node>,
        at: Place,
    ) -> Node {
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
                (None, None) => references::reference(self, name, at),
            };
            pieces.node(&value);
            known.insert(name, value);
        }
        pieces.text(rest);
        pieces.finish(at)
    }

    pub(super) fn joined(&mut self, delimiter: &Node, list: &'a Node, at: Place) -> Option<Node> {
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

    pub(super) fn split(&mut self, delimiter: &Node, text: &'a Node, at: Place) -> Option<Node> {
        let delimiter = as_text(delimiter).filter(|it| !it.is_empty())?;
        let text = self.evaluate(text);
        if let Some(lacks) = lacks(&text) {
            return Some(open(&text_of(&text), lacks, at));
        }
        let text = as_text(&text)?;
        let entries = text.split(&*delimiter).map(|it| Node::text(it, at));
        Some(Node::new(Value::List(entries.collect()), at))
    }
}
