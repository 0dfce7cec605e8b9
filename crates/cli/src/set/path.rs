//! The way to a field of a document, as people write it.

use std::str::FromStr;

/// The way to a field: `demand[0].shape.steady.rps`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// As it was typed.
    pub text: String,
    pub(super) steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Field(String),
    Entry(usize),
}

impl FromStr for Path {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is no path; write one such as demand[0].shape.steady.rps");
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (name, entries) = part.split_at(part.find('[').unwrap_or(part.len()));
            if name.is_empty() || name.contains(']') {
                return Err(wrong());
            }
            steps.push(Step::Field(name.to_owned()));
            for entry in entries.split_inclusive(']') {
                let number = entry.strip_prefix('[').and_then(|e| e.strip_suffix(']'));
                let number = number.and_then(|number| number.parse().ok());
                steps.push(Step::Entry(number.ok_or_else(wrong)?));
            }
        }
        Ok(Self {
            text: text.to_owned(),
            steps,
        })
    }
}
