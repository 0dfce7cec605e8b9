//! What expressions of Terraform's files come to: the walk through them, and which is worked out where. What cannot be known here stays
//! open, with the name of what lacks; nothing is guessed.
//!
//! Source: Terraform, "Expressions".

use std::{collections::BTreeMap, ops::Range};

use hcl_edit::{
    Span,
    expr::{Expression, Object, ObjectKey, UnaryOperator},
    structure::Block,
    template::{Element, Template},
};

use super::{
    configuration::open_part,
    functions,
    operators::{as_switch, operate},
};
use crate::{
    fields::{as_number, as_text},
    import::{
        Gathering,
        open::{DEEPEST_EXPRESSION, MOST_STEPS, lacks, open, size},
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
    pub(super) files: &'a [File<'a>],
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
    pub(super) steps: usize,
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
    pub(super) fn declared(
        &mut self,
        file: usize,
        expression: &'a Expression,
        at: Place,
    ) -> Option<Node> {
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
    pub(super) fn open(
        &self,
        file: usize,
        expression: &Expression,
        lacks: &str,
        at: Place,
    ) -> Node {
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
}
