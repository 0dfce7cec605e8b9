//! CloudFormation in JSON. It has no comments: what has to be known of the whole stands in `Metadata`.

use std::fmt::Write as _;

use super::{
    ExportFormat,
    apart::apart,
    cloudformation_yaml::{described, parameter_type, substituted},
    template::{Property, Shape, Template, TemplateResource},
    text::{linked, one_line, quoted},
};
use crate::deployment::{Deployment, Parameter, Remark, Remarks};

/// See the top of the file.
pub(super) struct CloudFormationJson;

impl ExportFormat for CloudFormationJson {
    fn id(&self) -> &'static str {
        "cloudformation-json"
    }

    fn name(&self) -> &'static str {
        "CloudFormation JSON"
    }

    fn file_name(&self) -> &'static str {
        "scaling.template.json"
    }

    fn parameters(&self, deployment: &Deployment) -> Vec<Parameter> {
        deployment.parameters_of_template()
    }

    fn is_read_back(&self) -> bool {
        true
    }

    fn write(&self, deployment: &Deployment, remarks: &dyn Remarks) -> String {
        let template = Template::of(deployment);
        let mut about = remarks.head(deployment);
        let fill_in = template.is_open.then_some(&Remark::FillIn);
        let said = template.remarks.iter().chain(fill_in);
        about.extend(said.map(|it| remarks.remark(it)));
        let about = about.iter().map(|line| quoted(&apart(&one_line(line))));
        let mut headroom = vec![("About".to_owned(), list(about, 3))];
        if !deployment.link.is_empty() {
            headroom.push(("Link".to_owned(), quoted(&linked(&deployment.link))));
        }
        let parameters = template.parameters.iter().map(|it| {
            let members = [
                ("Type".to_owned(), quoted(parameter_type(*it))),
                ("Default".to_owned(), quoted(&apart(deployment.value(*it)))),
            ];
            (it.name().to_owned(), object(members, 2))
        });
        let resources = (template.resources.iter()).map(|it| (it.id.clone(), resource(it)));
        let mut whole = vec![("AWSTemplateFormatVersion".to_owned(), quoted("2010-09-09"))];
        if !deployment.title.is_empty() {
            let description = quoted(&described(&deployment.title));
            whole.push(("Description".to_owned(), description));
        }
        let headroom = [("Headroom".to_owned(), object(headroom, 2))];
        whole.extend([
            ("Metadata".to_owned(), object(headroom, 1)),
            ("Parameters".to_owned(), object(parameters, 1)),
            ("Resources".to_owned(), object(resources, 1)),
        ]);
        object(whole, 0) + "\n"
    }
}

fn resource(resource: &TemplateResource) -> String {
    let mut members = vec![("Type".to_owned(), quoted(resource.kind))];
    if !resource.metadata.is_empty() {
        let headroom = properties(&resource.metadata, 4);
        let headroom = [("Headroom".to_owned(), headroom)];
        members.push(("Metadata".to_owned(), object(headroom, 3)));
    }
    let properties = properties(&resource.properties, 3);
    members.push(("Properties".to_owned(), properties));
    object(members, 2)
}

fn properties(properties: &[Property], level: usize) -> String {
    let members = properties.iter();
    let members = members.map(|it| (it.name.to_owned(), value(&it.value, level + 1)));
    object(members, level)
}

/// Returns a value whose closing bracket is indented by so many levels.
fn value(shape: &Shape, level: usize) -> String {
    match shape {
        Shape::Text(text) => quoted(text),
        Shape::Joined(parts) => format!("{{ \"Fn::Sub\": {} }}", quoted(&substituted(parts))),
        Shape::Parameter(parameter) => format!("{{ \"Ref\": {} }}", quoted(parameter.name())),
        Shape::Reference(id) => format!("{{ \"Ref\": {} }}", quoted(id)),
        Shape::Number(it) => it.to_string(),
        Shape::Whole(it) => it.to_string(),
        Shape::Switch(it) => it.to_string(),
        Shape::Moment(it) => quoted(&it.to_string()),
        Shape::List(entries) => list(entries.iter().map(|it| value(it, level + 1)), level),
        Shape::Object(it) => properties(it, level),
    }
}

/// Returns an object of members whose values are written already.
fn object(members: impl IntoIterator<Item = (String, String)>, level: usize) -> String {
    let members = members.into_iter();
    let members = members.map(|(name, value)| format!("{}: {value}", quoted(&name)));
    bracketed(members, level, ('{', '}'))
}

/// Returns a list of values that are written already.
fn list(entries: impl IntoIterator<Item = String>, level: usize) -> String {
    bracketed(entries.into_iter(), level, ('[', ']'))
}

fn bracketed(
    pieces: impl Iterator<Item = String>,
    level: usize,
    (opens, closes): (char, char),
) -> String {
    let indent = "  ".repeat(level);
    let mut text = String::from(opens);
    let mut separator = "\n";
    for piece in pieces {
        let _ = write!(text, "{separator}{indent}  {piece}");
        separator = ",\n";
    }
    if text.len() > 1 {
        let _ = write!(text, "\n{indent}");
    }
    text.push(closes);
    text
}
