//! What references come to: to locals and arguments of resources, and the way from a value to what is within it.
//!
//! Source: Terraform, "References to Named Values".

use hcl_edit::{
    Span,
    expr::{Expression, Traversal, TraversalOperator},
    structure::Block,
};

use super::{
    evaluate::{Declared, Files},
    variables::given_value,
};
use crate::{
    fields::{as_number, as_text},
    import::open::{lacks, open},
    node::{Node, Place, Value},
};

impl<'a> Files<'a> {
    pub(super) fn traversal(
        &mut self,
        file: usize,
        whole: &'a Expression,
        traversal: &'a Traversal,
        at: Place,
    ) -> Node {
        let operators = &*traversal.operators;
        let Expression::Variable(root) = &traversal.expr else {
            let base = self.evaluate(file, &traversal.expr);
            return self.walk(file, whole, base, operators.iter().map(|it| it.value()), at);
        };
        let mut names = operators.iter().map(|it| match it.value() {
            TraversalOperator::GetAttr(name) => Some(name.as_str()),
            _ => None,
        });
        let name = names.next().flatten().unwrap_or_default();
        let rest = operators.iter().skip(1).map(|it| it.value());
        match root.as_str() {
            "var" => {
                let base = self.variable(name, at);
                self.walk(file, whole, base, rest, at)
            }
            "local" => {
                let local = self.locals.get(name).copied();
                let base = local.and_then(|it| self.declared(it.file, it.what, at));
                match base {
                    Some(base) => self.walk(file, whole, base, rest, at),
                    None => self.open(file, whole, "", at),
                }
            }
            "each" | "count" | "self" | "path" => self.open(file, whole, "", at),
            kind => {
                let known = self.resources.get_key_value(&(name, kind));
                match known.map(|(key, resource)| (*key, *resource)) {
                    Some((key, resource)) => {
                        self.attribute(file, whole, key, resource, operators, at)
                    }
                    None => self.elsewhere(file, whole, at),
                }
            }
        }
    }

    /// Returns what was given under the name of something that the files do not hold: a data source, a module's output.
    fn elsewhere(&mut self, file: usize, whole: &Expression, at: Place) -> Node {
        let written = self
            .files
            .get(file)
            .map(|it| it.written(whole.span()).to_owned());
        let written = written.unwrap_or_default();
        match self.gathering.param(&written) {
            Some(value) => given_value(&value, at),
            None => open(&format!("${{{written}}}"), &written, at),
        }
    }

    /// Returns what stands for a name that AWS gives: the same wherever it is referred to.
    pub(super) fn named_by_aws(
        &mut self,
        kind: &str,
        name: &str,
        attribute: &str,
        at: Place,
    ) -> Node {
        let path = [kind, ".", name, ".", attribute].concat();
        match self.gathering.param(&path) {
            Some(value) => given_value(&value, at),
            None => open(&["${", &*path, "}"].concat(), &path, at),
        }
    }

    /// Returns an attribute of a resource that the files hold.
    fn attribute(
        &mut self,
        file: usize,
        whole: &'a Expression,
        (name, kind): (&'a str, &'a str),
        resource: Declared<'a, Block>,
        operators: &'a [hcl_edit::Decorated<TraversalOperator>],
        at: Place,
    ) -> Node {
        // Of one that is made once by `count`, the first is meant.
        let is_name = |it: &&TraversalOperator| matches!(it, TraversalOperator::GetAttr(_));
        let mut rest = operators
            .iter()
            .map(|it| it.value())
            .skip(1)
            .skip_while(|it| !is_name(it));
        let Some(TraversalOperator::GetAttr(attribute)) = rest.next() else {
            return self.elsewhere(file, whole, at);
        };
        let attribute = attribute.as_str();
        // Of these the id is a name that the file gives.
        let named = match (kind, attribute) {
            ("aws_autoscaling_group" | "aws_sagemaker_endpoint", "id") => "name",
            ("aws_appautoscaling_target", "id") => "resource_id",
            _ => attribute,
        };
        let body = &resource.what.body;
        let value = body.get_attribute(named);
        if value.is_none()
            && let Some(first) = body.get_blocks(named).next()
        {
            return self.within_block(file, whole, resource.file, first, rest, at);
        }
        match value.map(|value| self.declared(resource.file, &value.value, at)) {
            Some(Some(base)) => {
                // In JSON a block that stands once is an object, and the first of its kind all the same.
                let mut rest = rest.peekable();
                if matches!(base.value, Value::Object(_))
                    && let Some(TraversalOperator::Index(index)) = rest.peek()
                    && as_number(&self.evaluate(file, index)) == Some(0.0)
                {
                    rest.next();
                }
                self.walk(file, whole, base, rest, at)
            }
            Some(None) => self.open(file, whole, "", at),
            None => {
                let base = self.named_by_aws(kind, name, named, at);
                self.walk(file, whole, base, rest, at)
            }
        }
    }

    /// Returns an argument of a resource's first block of a name: `x.y.production_variants[0].variant_name`.
    fn within_block(
        &mut self,
        file: usize,
        whole: &'a Expression,
        declared_in: usize,
        block: &'a Block,
        mut rest: impl Iterator<Item = &'a TraversalOperator>,
        at: Place,
    ) -> Node {
        let mut operator = rest.next();
        if let Some(TraversalOperator::Index(index)) = operator {
            let is_first = as_number(&self.evaluate(file, index)) == Some(0.0);
            operator = rest.next().filter(|_| is_first);
        }
        let argument = match operator {
            Some(TraversalOperator::GetAttr(name)) => block.body.get_attribute(name.as_str()),
            _ => None,
        };
        match argument.and_then(|it| self.declared(declared_in, &it.value, at)) {
            Some(base) => self.walk(file, whole, base, rest, at),
            None => self.elsewhere(file, whole, at),
        }
    }

    /// Goes from a value to what is within it.
    fn walk(
        &mut self,
        file: usize,
        whole: &'a Expression,
        base: Node,
        operators: impl Iterator<Item = &'a TraversalOperator>,
        at: Place,
    ) -> Node {
        let mut base = base;
        for operator in operators {
            if let Some(lacks) = lacks(&base) {
                let lacks = lacks.to_owned();
                return self.open(file, whole, &lacks, at);
            }
            let inner = match operator {
                TraversalOperator::GetAttr(name) => base.get(name.as_str()).cloned(),
                TraversalOperator::Index(index) => {
                    let index = self.evaluate(file, index);
                    if let Some(lacks) = lacks(&index) {
                        let lacks = lacks.to_owned();
                        return self.open(file, whole, &lacks, at);
                    }
                    within(&base, &index)
                }
                TraversalOperator::LegacyIndex(index) => {
                    base.entries().get(*index.value() as usize).cloned()
                }
                TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => None,
            };
            match inner {
                Some(inner) => base = inner,
                None => return self.open(file, whole, "", at),
            }
        }
        Node::new(base.value, at)
    }
}

/// Returns an entry of a list or a member of an object.
pub(super) fn within(base: &Node, index: &Node) -> Option<Node> {
    match &base.value {
        Value::List(entries) => {
            let index = as_number(index).filter(|it| *it >= 0.0 && it.fract() == 0.0)?;
            entries.get(index as usize).cloned()
        }
        _ => base.get(&as_text(index)?).cloned(),
    }
}
