//! What expressions of Terraform's files come to: variables, locals, references to arguments of resources, templates, operators.
//! What cannot be known here stays open, with the name of what lacks; nothing is guessed.
//!
//! Source: Terraform, "Expressions"; "Input variables".

use std::{collections::BTreeMap, ops::Range};

use hcl_edit::{
    Span,
    expr::{
        BinaryOperator, Expression, Object, ObjectKey, Traversal, TraversalOperator, UnaryOperator,
    },
    structure::Block,
    template::{Element, Template},
};

use super::{configuration::open_part, functions};
use crate::{
    fields::{as_number, as_text},
    import::{
        Gathering,
        open::{DEEPEST_EXPRESSION, MOST_STEPS, Pieces, lacks, open, size},
    },
    node::{Member, Node, Place, Value},
    read::hcl::File,
};

/// Something that is declared, and in which file.
#[derive(Debug)]
pub(super) struct Declared<'a, T> {
    pub(super) file: usize,
    pub(super) what: &'a T,
}

impl<T> Clone for Declared<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Declared<'_, T> {}

/// The files of a folder, and what of them was worked out.
pub(super) struct Files<'a> {
    pub(super) gathering: &'a mut Gathering,
    files: &'a [File<'a>],
    /// Values of variables, from files that hold nothing else.
    pub(super) given: BTreeMap<&'a str, Declared<'a, Expression>>,
    pub(super) variables: BTreeMap<&'a str, Declared<'a, Block>>,
    pub(super) locals: BTreeMap<&'a str, Declared<'a, Expression>>,
    /// By name and type, in that order: thousands of one type differ by their names.
    pub(super) resources: BTreeMap<(&'a str, &'a str), Declared<'a, Block>>,
    /// What was worked out before, by its place: the address of its expression.
    known: BTreeMap<*const Expression, Node>,
    /// What is being worked out, one within the other.
    underway: Vec<*const Expression>,
    depth: usize,
    steps: usize,
}

impl<'a> Files<'a> {
    pub(super) fn new(files: &'a [File<'a>], gathering: &'a mut Gathering) -> Self {
        Self {
            gathering,
            files,
            given: BTreeMap::new(),
            variables: BTreeMap::new(),
            locals: BTreeMap::new(),
            resources: BTreeMap::new(),
            known: BTreeMap::new(),
            underway: Vec::new(),
            depth: 0,
            steps: 0,
        }
    }

    pub(super) fn place(&self, file: usize, span: Option<Range<usize>>) -> Place {
        self.files
            .get(file)
            .map(|it| it.place(span))
            .unwrap_or_default()
    }

    /// Returns what an expression comes to.
    pub(super) fn evaluate(&mut self, file: usize, expression: &'a Expression) -> Node {
        let at = self.place(file, expression.span());
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth > DEEPEST_EXPRESSION {
            return open("${…}", "", at);
        }
        self.depth += 1;
        let node = self.value(file, expression, at);
        self.depth -= 1;
        node
    }

    /// Returns what is declared elsewhere, worked out once; `None`: it needs itself, or there is too much of it.
    fn declared(&mut self, file: usize, expression: &'a Expression, at: Place) -> Option<Node> {
        let key = std::ptr::from_ref(expression);
        if !self.known.contains_key(&key) {
            if self.underway.contains(&key) {
                return None;
            }
            self.underway.push(key);
            let node = self.evaluate(file, expression);
            self.underway.pop();
            self.known.insert(key, node);
        }
        let node = self.known.get(&key)?;
        self.steps += size(node);
        let is_affordable = self.steps <= MOST_STEPS;
        is_affordable.then(|| Node::new(node.value.clone(), at))
    }

    /// Returns an expression as open, as it is written.
    fn open(&self, file: usize, expression: &Expression, lacks: &str, at: Place) -> Node {
        let written = self.files.get(file).map(|it| it.written(expression.span()));
        open(&format!("${{{}}}", written.unwrap_or_default()), lacks, at)
    }

    fn value(&mut self, file: usize, expression: &'a Expression, at: Place) -> Node {
        let value = match expression {
            Expression::Null(_) => Value::Null,
            Expression::Bool(is) => Value::Switch(*is.value()),
            Expression::Number(number) => match number.value().as_f64() {
                Some(number) if number.is_finite() => Value::Number(number),
                _ => return self.open(file, expression, "", at),
            },
            Expression::String(text) => {
                self.steps += text.len() / 16;
                Value::Text(text.as_str().to_owned())
            }
            Expression::Array(entries) => {
                Value::List(entries.iter().map(|it| self.evaluate(file, it)).collect())
            }
            Expression::Object(object) => return self.object(file, expression, object, at),
            Expression::StringTemplate(template) => {
                let mut elements = template.iter();
                return match (elements.next(), elements.next()) {
                    // Alone it is the value itself, whatever that is.
                    (Some(Element::Interpolation(only)), None) => {
                        let value = self.evaluate(file, &only.expr);
                        Node::new(value.value, at)
                    }
                    _ => self.template(file, expression, template.iter(), at),
                };
            }
            Expression::HeredocTemplate(heredoc) => {
                let template: &Template = &heredoc.template;
                return self.template(file, expression, template.iter(), at);
            }
            Expression::Parenthesis(inner) => return self.evaluate(file, inner.inner()),
            Expression::Variable(name) => {
                return self.open(file, expression, name.as_str(), at);
            }
            Expression::Conditional(conditional) => {
                let condition = self.evaluate(file, &conditional.cond_expr);
                return match (as_switch(&condition), lacks(&condition)) {
                    (Some(true), _) => self.evaluate(file, &conditional.true_expr),
                    (Some(false), _) => self.evaluate(file, &conditional.false_expr),
                    (None, lacks) => self.open(file, expression, lacks.unwrap_or_default(), at),
                };
            }
            Expression::Traversal(traversal) => {
                return self.traversal(file, expression, traversal, at);
            }
            Expression::FuncCall(call) => {
                let arguments: Vec<Node> =
                    call.args.iter().map(|it| self.evaluate(file, it)).collect();
                let is_plain = !call.name.is_namespaced() && !call.args.expand_final();
                if let Some(value) = is_plain
                    .then(|| functions::call(call.name.name.as_str(), &arguments))
                    .flatten()
                {
                    self.steps += size(&Node::new(value.clone(), at));
                    value
                } else {
                    let lacks = arguments.iter().find_map(open_part).unwrap_or_default();
                    return self.open(file, expression, lacks, at);
                }
            }
            Expression::UnaryOp(operation) => {
                let operand = self.evaluate(file, &operation.expr);
                let value = match operation.operator.value() {
                    UnaryOperator::Neg => as_number(&operand).map(|it| Value::Number(-it)),
                    UnaryOperator::Not => as_switch(&operand).map(|it| Value::Switch(!it)),
                };
                match value {
                    Some(value) => value,
                    None => {
                        return self.open(
                            file,
                            expression,
                            lacks(&operand).unwrap_or_default(),
                            at,
                        );
                    }
                }
            }
            Expression::BinaryOp(operation) => {
                let left = self.evaluate(file, &operation.lhs_expr);
                let right = self.evaluate(file, &operation.rhs_expr);
                match operate(*operation.operator.value(), &left, &right) {
                    Some(value) => value,
                    None => {
                        let lacks = lacks(&left).or(lacks(&right)).unwrap_or_default();
                        return self.open(file, expression, lacks, at);
                    }
                }
            }
            Expression::ForExpr(_) => return self.open(file, expression, "", at),
        };
        Node::new(value, at)
    }

    fn object(
        &mut self,
        file: usize,
        whole: &'a Expression,
        object: &'a Object,
        at: Place,
    ) -> Node {
        let mut members: BTreeMap<String, Member> = BTreeMap::new();
        for (key, value) in object {
            let (name, key_at) = match key {
                ObjectKey::Ident(name) => (
                    Some(name.as_str().to_owned()),
                    self.place(file, name.span()),
                ),
                ObjectKey::Expression(key) => {
                    let key_at = self.place(file, key.span());
                    (as_text(&self.evaluate(file, key)), key_at)
                }
            };
            let Some(name) = name else {
                return self.open(file, whole, "", at);
            };
            let node = self.evaluate(file, value.expr());
            members.insert(
                name.clone(),
                Member {
                    name,
                    at: key_at,
                    node,
                },
            );
        }
        let mut members: Vec<Member> = members.into_values().collect();
        members.sort_by_key(|it| it.at);
        Node::new(Value::Object(members), at)
    }

    fn template(
        &mut self,
        file: usize,
        whole: &'a Expression,
        elements: impl Iterator<Item = &'a Element>,
        at: Place,
    ) -> Node {
        let mut pieces = Pieces::default();
        for element in elements {
            self.steps += 1;
            match element {
                Element::Literal(text) => {
                    self.steps += text.len() / 16;
                    pieces.text(text.as_str());
                }
                Element::Interpolation(interpolation) => {
                    let value = self.evaluate(file, &interpolation.expr);
                    pieces.node(&value);
                }
                Element::Directive(_) => return self.open(file, whole, "", at),
            }
        }
        pieces.finish(at)
    }

    fn traversal(
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
            Some(value) => Node::text(value, at),
            None => open(&format!("${{{written}}}"), &written, at),
        }
    }

    fn variable(&mut self, name: &str, at: Place) -> Node {
        if let Some(value) = self.gathering.param(name) {
            return Node::text(value, at);
        }
        let default = || -> Option<Declared<'a, Expression>> {
            let variable = self.variables.get(name)?;
            let default = variable.what.body.get_attribute("default")?;
            Some(Declared {
                file: variable.file,
                what: &default.value,
            })
        };
        let value = self.given.get(name).copied().or_else(default);
        let value = value.and_then(|it| self.declared(it.file, it.what, at));
        value
            .filter(|it| it.value != Value::Null)
            .unwrap_or_else(|| open(&format!("${{var.{name}}}"), name, at))
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
            Some(value) => Node::text(value, at),
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
            Some(Some(base)) => self.walk(file, whole, base, rest, at),
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

/// Returns a switch, which may be written as a text.
fn as_switch(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Switch(is) => Some(*is),
        Value::Text(text) if text == "true" => Some(true),
        Value::Text(text) if text == "false" => Some(false),
        _ => None,
    }
}

fn operate(operator: BinaryOperator, left: &Node, right: &Node) -> Option<Value> {
    use BinaryOperator as Is;
    let numbers = || Some((as_number(left)?, as_number(right)?));
    let number = |result: f64| result.is_finite().then_some(Value::Number(result));
    match operator {
        Is::Eq | Is::NotEq => {
            if open_part(left).is_some() || open_part(right).is_some() {
                return None;
            }
            let is_equal = left.value == right.value
                || as_text(left).is_some_and(|left| as_text(right) == Some(left));
            Some(Value::Switch(is_equal == (operator == Is::Eq)))
        }
        Is::And => match (as_switch(left), as_switch(right)) {
            (Some(false), _) | (_, Some(false)) => Some(Value::Switch(false)),
            (Some(true), Some(true)) => Some(Value::Switch(true)),
            _ => None,
        },
        Is::Or => match (as_switch(left), as_switch(right)) {
            (Some(true), _) | (_, Some(true)) => Some(Value::Switch(true)),
            (Some(false), Some(false)) => Some(Value::Switch(false)),
            _ => None,
        },
        Is::Less => numbers().map(|(left, right)| Value::Switch(left < right)),
        Is::LessEq => numbers().map(|(left, right)| Value::Switch(left <= right)),
        Is::Greater => numbers().map(|(left, right)| Value::Switch(left > right)),
        Is::GreaterEq => numbers().map(|(left, right)| Value::Switch(left >= right)),
        Is::Plus => numbers().and_then(|(left, right)| number(left + right)),
        Is::Minus => numbers().and_then(|(left, right)| number(left - right)),
        Is::Mul => numbers().and_then(|(left, right)| number(left * right)),
        Is::Div => numbers().and_then(|(left, right)| number(left / right)),
        Is::Mod => numbers().and_then(|(left, right)| number(left % right)),
    }
}
