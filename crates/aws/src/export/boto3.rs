//! A Python script that makes the requests through boto3, in their order. Names are constants at the top; with a placeholder left
//! it refuses to run, since AWS would take that for a name.

use std::fmt::Write as _;

use super::{
    ExportFormat,
    text::{CODING, inside, linked, one_line, quoted},
};
use crate::{
    deployment::{Deployment, Entry, Object, Parameter, Part, Remark, Remarks, Resource, Term},
    names::{constant_case, snake_case},
};

/// See the top of the file.
pub(super) struct Boto3;

impl ExportFormat for Boto3 {
    fn id(&self) -> &'static str {
        "boto3"
    }

    fn name(&self) -> &'static str {
        "Python (boto3)"
    }

    fn file_name(&self) -> &'static str {
        "scaling.py"
    }

    fn says_changes(&self) -> bool {
        true
    }

    fn write(&self, deployment: &Deployment, remarks: &dyn Remarks) -> String {
        let mut script = Script {
            text: format!("#!/usr/bin/env python3\n{CODING}\n"),
            remarks,
        };
        script.head(deployment);
        script.parameters(deployment);
        script.clients(deployment);
        for resource in &deployment.resources {
            script.request(resource, deployment);
        }
        script.text
    }
}

struct Script<'a> {
    text: String,
    remarks: &'a dyn Remarks,
}

impl Script<'_> {
    fn comment(&mut self, line: &str) {
        let _ = writeln!(self.text, "# {}", one_line(line));
    }

    fn head(&mut self, deployment: &Deployment) {
        for line in self.remarks.head(deployment) {
            self.comment(&line);
        }
        if !deployment.link.is_empty() {
            self.comment(&self.remarks.remark(&Remark::Link));
            self.comment(&linked(&deployment.link));
        }
        let mut bodies = deployment.resources.iter().filter_map(Resource::request);
        let has_moments = bodies.any(|(_, body)| holds_moment(&body));
        let imports = if has_moments {
            "\nfrom datetime import datetime, timezone\n"
        } else {
            ""
        };
        let _ = write!(self.text, "{imports}\nimport boto3\n");
    }

    fn parameters(&mut self, deployment: &Deployment) {
        let parameters = deployment.parameters();
        if parameters.is_empty() {
            return;
        }
        let fill_in = self.remarks.remark(&Remark::FillIn);
        self.text.push('\n');
        self.comment(&fill_in);
        for parameter in &parameters {
            let value = quoted(deployment.value(*parameter));
            let _ = writeln!(self.text, "{} = {value}", constant(*parameter));
        }
        for parameter in deployment.open_parameters() {
            let name = constant(parameter);
            let why = quoted(&one_line(&format!("{name}: {fill_in}")));
            let _ = write!(
                self.text,
                "\nif {name} == {}:\n    raise SystemExit({why})\n",
                quoted(parameter.placeholder())
            );
        }
    }

    fn clients(&mut self, deployment: &Deployment) {
        let services = deployment.services();
        if !services.is_empty() {
            self.text.push('\n');
        }
        for service in services {
            let (client, name) = (service.name().replace('-', "_"), service.name());
            let _ = writeln!(self.text, "{client} = boto3.client(\"{name}\")");
        }
        if !deployment.triggered_policies().is_empty() {
            self.text.push_str("policy_arns = {}\n");
        }
    }

    fn request(&mut self, resource: &Resource, deployment: &Deployment) {
        let Some((name, body)) = resource.request() else {
            return;
        };
        self.text.push('\n');
        for remark in resource.remarks() {
            self.comment(&self.remarks.remark(&remark));
        }
        let is_triggered = resource.makes_policy()
            && (deployment.triggered_policies()).contains(&resource.name.as_str());
        if is_triggered {
            self.text.push_str("response = ");
        }
        let client = resource.operation.service().name().replace('-', "_");
        let _ = writeln!(self.text, "{client}.{}(", snake_case(name));
        for entry in &body.0 {
            let _ = write!(self.text, "    {}=", entry.name);
            self.entry(entry, 1);
        }
        self.text.push_str(")\n");
        if is_triggered {
            let name = quoted(&resource.name);
            let _ = writeln!(self.text, "policy_arns[{name}] = response[\"PolicyARN\"]");
        }
    }

    /// Writes the value of an entry, the comma behind it and what is remarked of it.
    fn entry(&mut self, entry: &Entry, level: usize) {
        let remark = entry.remark.as_ref();
        let remark = remark.map_or(String::new(), |remark| {
            format!("  # {}", one_line(&self.remarks.remark(remark)))
        });
        self.term(&entry.term, level, &remark);
    }

    /// Writes a value and the comma behind it; the remark stands at the end of its first line.
    fn term(&mut self, term: &Term, level: usize, remark: &str) {
        let (inner, outer) = ("    ".repeat(level + 1), "    ".repeat(level));
        match term {
            Term::Object(object) if !object.0.is_empty() => {
                let _ = writeln!(self.text, "{{{remark}");
                for entry in &object.0 {
                    let _ = write!(self.text, "{inner}\"{}\": ", entry.name);
                    self.entry(entry, level + 1);
                }
                let _ = writeln!(self.text, "{outer}}},");
            }
            Term::List(terms) if !terms.is_empty() => {
                let _ = writeln!(self.text, "[{remark}");
                for term in terms {
                    self.text.push_str(&inner);
                    self.term(term, level + 1, "");
                }
                let _ = writeln!(self.text, "{outer}],");
            }
            _ => {
                let _ = writeln!(self.text, "{},{remark}", plain(term));
            }
        }
    }
}

/// Returns a value that takes one line.
fn plain(term: &Term) -> String {
    match term {
        Term::Text(text) => quoted(text),
        Term::Joined(parts) => joined(parts),
        Term::Number(number) => number.to_string(),
        Term::Whole(number) => number.to_string(),
        Term::Switch(true) => "True".to_owned(),
        Term::Switch(false) => "False".to_owned(),
        Term::Moment(moment) => {
            let utc = moment.utc();
            let (date, time) = (utc.date(), utc.time());
            format!(
                "datetime({}, {}, {}, {}, {}, {}, tzinfo=timezone.utc)",
                date.year(),
                date.month(),
                date.day(),
                time.hour(),
                time.minute(),
                time.second()
            )
        }
        Term::PolicyArn(name) => format!("policy_arns[{}]", quoted(name)),
        Term::List(_) => "[]".to_owned(),
        Term::Object(_) => "{}".to_owned(),
    }
}

/// Returns a text with constants in it: an f-string, in which braces are doubled.
fn joined(parts: &[Part]) -> String {
    if let [Part::Parameter(parameter)] = parts {
        return constant(*parameter);
    }
    let piece = |part: &Part| match part {
        Part::Text(text) => inside(&quoted(text)).replace('{', "{{").replace('}', "}}"),
        Part::Parameter(parameter) => format!("{{{}}}", constant(*parameter)),
    };
    let pieces: String = parts.iter().map(piece).collect();
    format!("f\"{pieces}\"")
}

fn constant(parameter: Parameter) -> String {
    constant_case(parameter.name())
}

fn holds_moment(object: &Object) -> bool {
    let is_moment = |term: &Term| match term {
        Term::Moment(_) => true,
        Term::Object(object) => holds_moment(object),
        _ => false,
    };
    object.0.iter().any(|entry| is_moment(&entry.term))
}
