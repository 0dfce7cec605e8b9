//! Operators: arithmetic, comparisons, logic.
//!
//! Source: Terraform, "Arithmetic and Logical Operators".

use hcl_edit::expr::BinaryOperator;

use super::configuration::open_part;
use crate::{
    fields::{as_number, as_text},
    node::{Node, Value},
};

/// Returns a switch, which may be written as a text.
pub(super) fn as_switch(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Switch(is) => Some(*is),
        Value::Text(text) if text == "true" => Some(true),
        Value::Text(text) if text == "false" => Some(false),
        _ => None,
    }
}

pub(super) fn operate(operator: BinaryOperator, left: &Node, right: &Node) -> Option<Value> {
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
