//! What variables come to: as they were given, by a file of values, or their defaults. A value is given as a text, and read as `terraform
//! -var` reads it: that of a variable whose type is a list, a map or the like is an expression.
//!
//! Source: Terraform, "Input variables"; its source, `internal/configs/named_values.go` (`VariableParsingMode`).

use hcl_edit::{
    Span,
    expr::{Expression, ObjectKey, UnaryOperator},
    parser,
    structure::Block,
};

use super::evaluate::{Declared, Files};
use crate::{
    fields::{as_text, shortened},
    finding::{Expected, FindingKind},
    import::open::open,
    node::{Member, Node, Place, Value},
    read::json,
};

/// Most bytes of a value that is read as more than a text.
const MOST_BYTES: usize = 100_000;

/// How the value of a variable is read.
#[derive(Clone, Copy)]
enum Form {
    /// As it stands there: of `string`, `number` or `bool`.
    Text,
    /// As a text, unless it is a list or a map: no type is declared.
    Undeclared,
    /// As an expression where it is one: of `any`.
    Any,
    /// As an expression, which comes to a list.
    List,
    /// As an expression, which comes to a map or an object.
    Map,
}

impl<'a> Files<'a> {
    pub(super) fn variable(&mut self, name: &str, at: Place) -> Node {
        if let Some(given) = self.gathering.param(name) {
            return self.given_variable(name, &given, at);
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

    fn given_variable(&mut self, name: &str, given: &str, at: Place) -> Node {
        self.steps += given.len();
        let variable = self.variables.get(name).copied();
        let form = variable.map_or(Form::Undeclared, |it| form_of(it.what));
        let value = match form {
            Form::Text => None,
            Form::Undeclared => return given_value(given, at),
            Form::Any | Form::List | Form::Map => value_of(given, at),
        };
        let expected = match (form, value) {
            (Form::Text | Form::Undeclared | Form::Any, None) => return Node::text(given, at),
            (Form::List, None) => Expected::List,
            (Form::Map, None) => Expected::Object,
            (_, Some(value)) => match (form, &value.value) {
                (Form::List, Value::Text(_) | Value::Number(_) | Value::Switch(_))
                | (Form::List, Value::Object(_)) => Expected::List,
                (Form::Map, Value::Text(_) | Value::Number(_) | Value::Switch(_))
                | (Form::Map, Value::List(_)) => Expected::Object,
                _ => return value,
            },
        };
        if let Some(variable) = variable {
            let place = self.place(variable.file, variable.what.ident.span());
            let found = shortened(given);
            let kind = FindingKind::Wrong { found, expected };
            let mut findings = self.gathering.findings.iter();
            if !findings.any(|it| it.at == place && it.kind == kind) {
                self.gathering.note(place, &format!("var.{name}"), kind);
            }
        }
        open(&format!("${{var.{name}}}"), name, at)
    }
}

/// Returns what was given for something whose type nobody declares: a text, unless it is a list or a map.
pub(super) fn given_value(given: &str, at: Place) -> Node {
    let is_meant = given.trim_start().starts_with(['[', '{']);
    let value = is_meant.then(|| value_of(given, at)).flatten();
    let value = value.filter(|it| matches!(it.value, Value::List(_) | Value::Object(_)));
    value.unwrap_or_else(|| Node::text(given, at))
}

/// Returns how a variable's value is read, as its type says.
fn form_of(variable: &Block) -> Form {
    let Some(declared) = variable.body.get_attribute("type") else {
        return Form::Undeclared;
    };
    let name = match &declared.value {
        Expression::Variable(name) => name.as_str(),
        Expression::String(name) => name.as_str(),
        Expression::FuncCall(call) => call.name.name.as_str(),
        _ => return Form::Any,
    };
    match name {
        "string" | "number" | "bool" => Form::Text,
        "list" | "set" | "tuple" => Form::List,
        "map" | "object" => Form::Map,
        _ => Form::Any,
    }
}

/// Returns what a text comes to in JSON or in HCL, where nothing but the text itself is asked; `None`: it is neither.
fn value_of(text: &str, at: Place) -> Option<Node> {
    if text.len() > MOST_BYTES {
        return None;
    }
    if let Ok(node) = json::read(text, at.file) {
        return Some(node.standing_at(at));
    }
    constant(&parser::parse_expr(text.trim()).ok()?, at)
}

/// Returns what an expression comes to that refers to nothing.
fn constant(expression: &Expression, at: Place) -> Option<Node> {
    let value = match expression {
        Expression::Null(_) => Value::Null,
        Expression::Bool(is) => Value::Switch(*is.value()),
        Expression::Number(number) => {
            Value::Number(number.value().as_f64().filter(|it| it.is_finite())?)
        }
        Expression::String(text) => Value::Text(text.as_str().to_owned()),
        Expression::Parenthesis(inner) => return constant(inner.inner(), at),
        Expression::UnaryOp(operation) => match operation.operator.value() {
            UnaryOperator::Neg => match constant(&operation.expr, at)?.value {
                Value::Number(number) => Value::Number(-number),
                _ => return None,
            },
            UnaryOperator::Not => return None,
        },
        Expression::Array(entries) => {
            let entries = entries.iter().map(|it| constant(it, at));
            Value::List(entries.collect::<Option<_>>()?)
        }
        Expression::Object(object) => {
            let members = object.iter().map(|(key, value)| {
                let name = match key {
                    ObjectKey::Ident(name) => name.as_str().to_owned(),
                    ObjectKey::Expression(key) => as_text(&constant(key, at)?)?,
                };
                let node = constant(value.expr(), at)?;
                Some(Member { name, at, node })
            });
            Value::Object(members.collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some(Node::new(value, at))
}
