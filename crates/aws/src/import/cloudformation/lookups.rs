//! What a template looks up: an entry of a list by `Fn::Select`, a value of its mappings by `Fn::FindInMap`.

use super::{evaluate::Template, shown::text_of};
use crate::{
    fields::{as_number, as_text},
    import::open::{lacks, open},
    node::Node,
};

impl<'a> Template<'a> {
    pub(super) fn selected(&mut self, index: &'a Node, list: &'a Node) -> Option<Node> {
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

    pub(super) fn found_in_map(&mut self, path: [&'a Node; 3], rest: &'a [Node]) -> Option<Node> {
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
}
