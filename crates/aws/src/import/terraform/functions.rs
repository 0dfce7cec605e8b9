//! The functions of Terraform that sizes and names are worked out with. Others stay open.

use super::references::within;
use crate::{
    fields::{as_number, as_text},
    import::open::{Pieces, lacks},
    node::{Node, Value},
};

/// Returns what a function comes to; `None`: it is not known here, or its arguments are not.
pub(super) fn call(name: &str, arguments: &[Node]) -> Option<Value> {
    match (name, arguments) {
        ("min" | "max", [_, ..]) => {
            let numbers: Option<Vec<f64>> = arguments.iter().map(as_number).collect();
            let numbers = numbers?.into_iter();
            let best = match name {
                "min" => numbers.reduce(f64::min),
                _ => numbers.reduce(f64::max),
            };
            best.map(Value::Number)
        }
        ("ceil", [number]) => as_number(number).map(|it| Value::Number(it.ceil())),
        ("floor", [number]) => as_number(number).map(|it| Value::Number(it.floor())),
        ("abs", [number]) => as_number(number).map(|it| Value::Number(it.abs())),
        ("tonumber", [value]) => as_number(value).map(Value::Number),
        ("tostring", [value]) => as_text(value).map(Value::Text),
        ("tobool" | "tolist" | "toset" | "tomap" | "nonsensitive" | "sensitive", [value]) => {
            lacks(value).is_none().then(|| value.value.clone())
        }
        ("lower", [text]) => as_text(text).map(|it| Value::Text(it.to_lowercase())),
        ("upper", [text]) => as_text(text).map(|it| Value::Text(it.to_uppercase())),
        ("length", [value]) => match &value.value {
            Value::List(entries) => Some(Value::Number(entries.len() as f64)),
            Value::Object(members) => Some(Value::Number(members.len() as f64)),
            Value::Text(text) => Some(Value::Number(text.chars().count() as f64)),
            _ => None,
        },
        ("join", [delimiter, list]) => {
            let delimiter = as_text(delimiter)?;
            let Value::List(entries) = &list.value else {
                return None;
            };
            let mut pieces = Pieces::default();
            for (index, entry) in entries.iter().enumerate() {
                if index > 0 {
                    pieces.text(&delimiter);
                }
                pieces.node(entry);
            }
            Some(pieces.finish(list.at).value)
        }
        ("coalesce", values) => {
            for value in values {
                if lacks(value).is_some() {
                    return None;
                }
                if !value.is_nothing() {
                    return Some(value.value.clone());
                }
            }
            None
        }
        ("lookup", [map, key, rest @ ..]) => {
            if lacks(map).is_some() || lacks(key).is_some() {
                return None;
            }
            let found = within(map, key);
            found.or_else(|| rest.first().cloned()).map(|it| it.value)
        }
        ("element", [list, index]) => within(list, index).map(|it| it.value),
        _ => None,
    }
}
