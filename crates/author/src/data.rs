//! A TOML file that knows the line of each of its values, and from which all that does not fit is told at once.

use std::ops::Range;

use serde::de::DeserializeOwned;
use study::expression::Expression;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue, ValueDeserializer},
};

use crate::fault::{Faults, Place, line_at};

/// A file of data.
pub struct Data<'a> {
    file: &'a str,
    text: &'a str,
    root: DeValue<'a>,
}

impl<'a> Data<'a> {
    /// Reads a file; what is no TOML in it is left out, and told.
    pub fn new(file: &'a str, text: &'a str, faults: &mut Faults) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let root = DeValue::Table(root.into_inner());
        let data = Self { file, text, root };
        for error in errors {
            let at = data.at(error.span().map_or(0, |span| span.start));
            faults.add(&at, error.message(), "TOML (toml.io) as in the other files");
        }
        data
    }

    /// Returns the place of a value, or of what it would stand in.
    #[must_use]
    pub fn place(&self, path: &[&str]) -> Place {
        let mut at = 0;
        let mut value = &self.root;
        for step in path {
            let next = match value {
                DeValue::Table(table) => (table.iter())
                    .find(|(key, _)| key.get_ref() == step)
                    // A table's header begins before its name.
                    .map(|(key, value)| (key.span().start, value)),
                DeValue::Array(array) => {
                    let entry = step.parse().ok().and_then(|index: usize| array.get(index));
                    entry.map(|value| (value.span().start, value))
                }
                _ => None,
            };
            let Some((start, next)) = next else { break };
            at = start;
            value = next.get_ref();
        }
        self.at(at)
    }

    /// Returns how many entries the list at the top has that is named so.
    #[must_use]
    pub fn count(&self, list: &str) -> usize {
        self.list(list).len()
    }

    /// Reads all of it.
    pub fn read<T: DeserializeOwned>(&self, faults: &mut Faults) -> Option<T> {
        self.read_value(self.root.clone(), 0..self.text.len(), faults)
    }

    /// Reads an entry of a list at the top.
    pub fn read_entry<T: DeserializeOwned>(
        &self,
        list: &str,
        index: usize,
        faults: &mut Faults,
    ) -> Option<T> {
        let entry = self.list(list).get(index)?;
        self.read_value(entry.get_ref().clone(), entry.span(), faults)
    }

    fn list(&self, list: &str) -> &[Spanned<DeValue<'a>>] {
        let DeValue::Table(table) = &self.root else {
            return &[];
        };
        let list = table.iter().find(|(key, _)| key.get_ref() == list);
        match list.map(|(_, value)| value.get_ref()) {
            Some(DeValue::Array(entries)) => entries,
            _ => &[],
        }
    }

    /// Reads a value: what does not fit is told and left out, until nothing is left to tell.
    fn read_value<T: DeserializeOwned>(
        &self,
        mut value: DeValue<'a>,
        span: Range<usize>,
        faults: &mut Faults,
    ) -> Option<T> {
        let mut holders: Vec<Range<usize>> = Vec::new();
        loop {
            let whole = Spanned::new(span.clone(), value.clone());
            let error = match T::deserialize(ValueDeserializer::from(whole)) {
                Ok(read) => return holders.is_empty().then_some(read),
                Err(error) => error,
            };
            let at = error.span().unwrap_or_else(|| span.clone());
            // What lacks because it has been left out is told already.
            let is_told = error.message().starts_with("missing field") && holders.contains(&at);
            if !is_told {
                let (wrong, right) = self.said(error.message(), &at);
                faults.add(&self.at(at.start), wrong, right);
            }
            holders.push(leave_out(&mut value, &span, &at)?);
        }
    }

    /// Returns what is wrong and what would be right.
    fn said(&self, message: &str, span: &Range<usize>) -> (String, String) {
        let text = self.text.get(span.clone()).unwrap_or_default();
        if message.contains("did not match any variant") {
            let sum = text.trim().trim_matches('"');
            return match Expression::parse(sum) {
                Err(error) => (error.to_string(), "a sum".to_owned()),
                Ok(_) => (
                    format!("`{text}` is none of what can stand here"),
                    "one of the forms that docs/content.md shows".to_owned(),
                ),
            };
        }
        match message.split_once(", expected ") {
            Some((wrong, right)) => (wrong.to_owned(), right.to_owned()),
            None => (message.to_owned(), "as docs/content.md shows it".to_owned()),
        }
    }

    fn at(&self, at: usize) -> Place {
        Place {
            file: self.file.to_owned(),
            line: line_at(self.text, at),
        }
    }
}

/// Takes the entry away that stands at `at`, and returns what held it; nothing where there is none.
fn leave_out(
    value: &mut DeValue<'_>,
    span: &Range<usize>,
    at: &Range<usize>,
) -> Option<Range<usize>> {
    match value {
        DeValue::Table(table) => {
            let found = table.iter().find_map(|(key, value)| {
                let is_it = key.span().contains(&at.start) || value.span() == *at;
                is_it.then(|| key.clone())
            });
            if let Some(key) = found {
                table.remove(&key);
                return Some(span.clone());
            }
            let mut values = table.iter_mut().map(|(_, value)| value);
            values.find_map(|value| within(value, at))
        }
        DeValue::Array(entries) => {
            if entries.iter().any(|entry| entry.span() == *at) {
                let mut left = DeArray::new();
                let others = entries.iter().filter(|entry| entry.span() != *at);
                others.for_each(|entry| left.push(entry.clone()));
                *entries = left;
                return Some(span.clone());
            }
            entries.iter_mut().find_map(|value| within(value, at))
        }
        _ => None,
    }
}

fn within(value: &mut Spanned<DeValue<'_>>, at: &Range<usize>) -> Option<Range<usize>> {
    let span = value.span();
    leave_out(value.get_mut(), &span, at)
}
