//! A request's body as JSON, for every format that writes some; each says how texts and what stands for them are spelled.

use std::fmt::Write as _;

use crate::deployment::{Object, Part, Term};

/// How the texts of a body are spelled.
pub(super) trait Spelling {
    /// Returns a text, its quotation marks included.
    fn text(&self, text: &str) -> String;

    /// Returns a text with parameters in it.
    fn joined(&self, parts: &[Part]) -> String;

    /// Returns the ARN of the policy of this name.
    fn policy_arn(&self, name: &str) -> String;
}

/// Writes an object, whose closing brace is indented by so many levels.
pub(super) fn object(text: &mut String, object: &Object, level: usize, spelling: &dyn Spelling) {
    let indent = "  ".repeat(level + 1);
    let mut separator = "{\n";
    for entry in &object.0 {
        let _ = write!(text, "{separator}{indent}\"{}\": ", entry.name);
        term(text, &entry.term, level + 1, spelling);
        separator = ",\n";
    }
    end(text, object.0.is_empty(), level, ('{', '}'));
}

fn term(text: &mut String, value: &Term, level: usize, spelling: &dyn Spelling) {
    let plain: &dyn std::fmt::Display = match value {
        Term::Text(it) => &spelling.text(it),
        Term::Joined(parts) => &spelling.joined(parts),
        Term::PolicyArn(name) => &spelling.policy_arn(name),
        Term::Moment(it) => &spelling.text(&it.to_string()),
        Term::Number(it) => it,
        Term::Whole(it) => it,
        Term::Switch(it) => it,
        Term::Object(it) => return object(text, it, level, spelling),
        Term::List(terms) => {
            let indent = "  ".repeat(level + 1);
            let mut separator = "[\n";
            for it in terms {
                text.push_str(separator);
                text.push_str(&indent);
                term(text, it, level + 1, spelling);
                separator = ",\n";
            }
            return end(text, terms.is_empty(), level, ('[', ']'));
        }
    };
    let _ = write!(text, "{plain}");
}

fn end(text: &mut String, is_empty: bool, level: usize, (opens, closes): (char, char)) {
    if is_empty {
        text.push(opens);
    } else {
        let _ = write!(text, "\n{}", "  ".repeat(level));
    }
    text.push(closes);
}
