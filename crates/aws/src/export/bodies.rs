//! The requests' bodies as JSON: what teams keep in a repository and hand to the AWS CLI by `--cli-input-json`. JSON has no
//! comments, so what has to be said stands in fields of its own at the top.

use std::fmt::Write as _;

use super::{
    ExportFormat,
    text::{linked, one_line, quoted},
};
use crate::deployment::{Deployment, Object, Part, Remarks, Term};

/// See the top of the file.
pub(super) struct Bodies;

impl ExportFormat for Bodies {
    fn id(&self) -> &'static str {
        "bodies"
    }

    fn name(&self) -> &'static str {
        "JSON"
    }

    fn file_name(&self) -> &'static str {
        "scaling.json"
    }

    fn says_changes(&self) -> bool {
        true
    }

    fn is_read_back(&self) -> bool {
        true
    }

    fn write(&self, deployment: &Deployment, remarks: &dyn Remarks) -> String {
        let mut text = String::from("{\n  \"Headroom\": {\n    \"About\": [");
        let lines: Vec<String> = remarks
            .head(deployment)
            .iter()
            .map(|line| quoted(&one_line(line)))
            .collect();
        let _ = write!(text, "\n      {}\n    ],", lines.join(",\n      "));
        let _ = write!(
            text,
            "\n    \"Link\": {}\n  }},\n  \"Requests\": [",
            quoted(&linked(&deployment.link))
        );
        let mut separator = "\n";
        for resource in &deployment.resources {
            let Some((name, body)) = resource.request() else {
                continue;
            };
            let service = resource.operation.service().name();
            let _ = write!(
                text,
                "{separator}    {{\n      \"Service\": {},\n      \"Operation\": {},\n      \"Body\": ",
                quoted(service),
                quoted(name),
            );
            object(&mut text, &body, 3);
            text.push_str("\n    }");
            separator = ",\n";
        }
        text.push_str("\n  ]\n}\n");
        text
    }
}

/// Writes an object, indented by so many levels.
fn object(text: &mut String, object: &Object, level: usize) {
    let indent = "  ".repeat(level + 1);
    let mut separator = "{\n";
    for entry in &object.0 {
        let _ = write!(text, "{separator}{indent}{}: ", quoted(entry.name));
        term(text, &entry.term, level + 1);
        separator = ",\n";
    }
    if object.0.is_empty() {
        text.push('{');
    } else {
        let _ = write!(text, "\n{}", "  ".repeat(level));
    }
    text.push('}');
}

fn term(text: &mut String, value: &Term, level: usize) {
    match value {
        Term::Text(it) => text.push_str(&quoted(it)),
        Term::Joined(parts) => text.push_str(&quoted(&filled_in(parts))),
        Term::PolicyArn(name) => text.push_str(&quoted(&format!("ARN-OF-POLICY {name}"))),
        Term::Number(it) => {
            let _ = write!(text, "{it}");
        }
        Term::Whole(it) => {
            let _ = write!(text, "{it}");
        }
        Term::Switch(it) => {
            let _ = write!(text, "{it}");
        }
        Term::Moment(it) => text.push_str(&quoted(&it.to_string())),
        Term::Object(it) => object(text, it, level),
        Term::List(terms) => {
            let indent = "  ".repeat(level + 1);
            let mut separator = "[\n";
            for it in terms {
                text.push_str(separator);
                text.push_str(&indent);
                term(text, it, level + 1);
                separator = ",\n";
            }
            if terms.is_empty() {
                text.push('[');
            } else {
                let _ = write!(text, "\n{}", "  ".repeat(level));
            }
            text.push(']');
        }
    }
}

/// Returns a text with placeholders in place of its parameters.
pub(super) fn filled_in(parts: &[Part]) -> String {
    let piece = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Parameter(parameter) => parameter.placeholder().to_owned(),
    };
    parts.iter().map(piece).collect()
}
