//! A script for a POSIX shell that makes the requests through the AWS CLI, in their order. Names are variables at the top, which
//! the environment may set; with a placeholder left it refuses to run, since AWS would take that for a name.
//!
//! Bodies go by `--cli-input-json`: what is given by a flag the CLI takes for a file's name where it begins with `file://`.

use std::fmt::Write as _;

use super::{
    ExportFormat,
    json::{self, Spelling},
    text::{inside, linked, one_line, quoted},
};
use crate::{
    deployment::{Deployment, Object, Parameter, Part, Remark, Remarks, Resource, Term},
    names::{constant_case, snake_case},
};

/// See the top of the file.
pub(super) struct Shell;

impl ExportFormat for Shell {
    fn id(&self) -> &'static str {
        "shell"
    }

    fn name(&self) -> &'static str {
        "AWS CLI"
    }

    fn file_name(&self) -> &'static str {
        "scaling.sh"
    }

    fn says_changes(&self) -> bool {
        true
    }

    fn write(&self, deployment: &Deployment, remarks: &dyn Remarks) -> String {
        let mut text = String::from("#!/bin/sh\n");
        for line in remarks.head(deployment) {
            comment(&mut text, &line);
        }
        if !deployment.link.is_empty() {
            comment(&mut text, &remarks.remark(&Remark::Link));
            comment(&mut text, &linked(&deployment.link));
        }
        // Version 2 of the CLI would show each answer in a pager.
        text.push_str("\nset -eu\nexport AWS_PAGER=\n");
        parameters(&mut text, deployment, remarks);
        for resource in &deployment.resources {
            request(&mut text, resource, deployment, remarks);
        }
        text
    }
}

fn comment(text: &mut String, line: &str) {
    let _ = writeln!(text, "# {}", one_line(line));
}

fn parameters(text: &mut String, deployment: &Deployment, remarks: &dyn Remarks) {
    let parameters = deployment.parameters();
    if parameters.is_empty() {
        return;
    }
    let fill_in = remarks.remark(&Remark::FillIn);
    text.push('\n');
    comment(text, &fill_in);
    for parameter in &parameters {
        let (name, value) = (variable(*parameter), deployment.value(*parameter));
        let _ = writeln!(text, "{name}=${{{name}:-{}}}", in_quotes(value));
    }
    for parameter in deployment.open_parameters() {
        let name = variable(parameter);
        let placeholder = in_quotes(parameter.placeholder());
        let why = in_quotes(&one_line(&format!("{name}: {fill_in}")));
        let _ = write!(
            text,
            "\nif [ \"${name}\" = {placeholder} ]; then\n  printf '%s\\n' {why} >&2\n  exit 2\nfi\n"
        );
    }
    // As JSON has them within a text.
    text.push_str("\njson() { printf '%s' \"$1\" | sed 's/[\\\\\"]/\\\\&/g'; }\n");
    for parameter in &parameters {
        let name = variable(*parameter);
        let _ = writeln!(text, "{name}=$(json \"${name}\")");
    }
}

fn request(text: &mut String, resource: &Resource, deployment: &Deployment, remarks: &dyn Remarks) {
    let Some((name, body)) = resource.request() else {
        return;
    };
    text.push('\n');
    for remark in resource.remarks() {
        comment(text, &remarks.remark(&remark));
    }
    remarks_within(text, &body, remarks);
    let policies = deployment.triggered_policies();
    let triggered = policies.iter().position(|it| *it == resource.name);
    let arn = triggered
        .filter(|_| resource.makes_policy())
        .map(arn_variable);
    if let Some(arn) = &arn {
        let _ = write!(text, "{arn}=$(");
    }
    let service = resource.operation.service().name();
    let command = snake_case(name).replace('_', "-");
    let _ = write!(text, "aws {service} {command} --cli-input-json '");
    json::object(text, &body, 0, &Spliced { policies });
    text.push('\'');
    if let Some(arn) = arn {
        let _ = write!(
            text,
            " \\\n  --query PolicyARN --output text)\n{arn}=$(json \"${arn}\")"
        );
    }
    text.push('\n');
}

/// JSON has no comments: what is remarked of its values stands above.
fn remarks_within(text: &mut String, object: &Object, remarks: &dyn Remarks) {
    for entry in &object.0 {
        if let Some(remark) = &entry.remark {
            comment(text, &format!("{}: {}", entry.name, remarks.remark(remark)));
        }
        remarks_of(text, &entry.term, remarks);
    }
}

fn remarks_of(text: &mut String, term: &Term, remarks: &dyn Remarks) {
    match term {
        Term::Object(object) => remarks_within(text, object, remarks),
        Term::List(terms) => {
            for term in terms {
                remarks_of(text, term, remarks);
            }
        }
        _ => {}
    }
}

/// A body within single quotes, which variables interrupt.
struct Spliced<'a> {
    policies: Vec<&'a str>,
}

impl Spelling for Spliced<'_> {
    fn text(&self, text: &str) -> String {
        // Nothing else ends single quotes.
        quoted(text).replace('\'', "\\u0027")
    }

    fn joined(&self, parts: &[Part]) -> String {
        let piece = |part: &Part| match part {
            Part::Text(text) => inside(&quoted(text)).replace('\'', "\\u0027"),
            Part::Parameter(parameter) => spliced(&variable(*parameter)),
        };
        let pieces: String = parts.iter().map(piece).collect();
        format!("\"{pieces}\"")
    }

    fn policy_arn(&self, name: &str) -> String {
        let position = self.policies.iter().position(|it| *it == name);
        let variable = arn_variable(position.unwrap_or(self.policies.len()));
        format!("\"{}\"", spliced(&variable))
    }
}

/// Returns a variable's value in the midst of single quotes.
fn spliced(variable: &str) -> String {
    format!("'\"${variable}\"'")
}

/// Returns a text in single quotes.
fn in_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn variable(parameter: Parameter) -> String {
    constant_case(parameter.name())
}

fn arn_variable(index: usize) -> String {
    format!("POLICY_ARN_{}", index + 1)
}
