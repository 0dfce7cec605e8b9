//! CloudFormation in YAML. Every text is in double quotation marks with JSON's escapes, which no version of YAML reads in any
//! other way.

use std::fmt::Write as _;

use super::{
    ExportFormat,
    apart::apart,
    template::{Property, Shape, Template, TemplateResource},
    text::{linked, one_line, quoted},
};
use crate::deployment::{Deployment, Parameter, Part, Remark, Remarks};

/// See the top of the file.
pub(super) struct CloudFormationYaml;

impl ExportFormat for CloudFormationYaml {
    fn id(&self) -> &'static str {
        "cloudformation-yaml"
    }

    fn name(&self) -> &'static str {
        "CloudFormation YAML"
    }

    fn file_name(&self) -> &'static str {
        "scaling.yaml"
    }

    fn parameters(&self, deployment: &Deployment) -> Vec<Parameter> {
        deployment.parameters_of_template()
    }

    fn is_read_back(&self) -> bool {
        true
    }

    fn write(&self, deployment: &Deployment, remarks: &dyn Remarks) -> String {
        let template = Template::of(deployment);
        let mut yaml = Yaml {
            text: String::new(),
            remarks,
        };
        for line in remarks.head(deployment) {
            yaml.comment(0, &line);
        }
        for remark in &template.remarks {
            yaml.remark(0, remark);
        }
        yaml.line(0, "AWSTemplateFormatVersion: \"2010-09-09\"");
        if !deployment.title.is_empty() {
            let description = described(&deployment.title);
            yaml.line(0, &format!("Description: {}", quoted(&description)));
        }
        if !deployment.link.is_empty() {
            yaml.line(0, "\nMetadata:");
            yaml.line(1, "Headroom:");
            yaml.remark(2, &Remark::Link);
            let link = quoted(&linked(&deployment.link));
            yaml.line(2, &format!("Link: {link}"));
        }
        yaml.text.push('\n');
        if template.is_open {
            yaml.remark(0, &Remark::FillIn);
        }
        yaml.line(0, "Parameters:");
        for parameter in &template.parameters {
            yaml.line(1, &format!("{}:", parameter.name()));
            yaml.line(2, &format!("Type: {}", parameter_type(*parameter)));
            let value = quoted(&apart(deployment.value(*parameter)));
            yaml.line(2, &format!("Default: {value}"));
        }
        yaml.text.push('\n');
        yaml.line(0, "Resources:");
        for (index, resource) in template.resources.iter().enumerate() {
            if index > 0 {
                yaml.text.push('\n');
            }
            yaml.resource(resource);
        }
        yaml.text
    }
}

/// A text that is being written.
struct Yaml<'a> {
    text: String,
    remarks: &'a dyn Remarks,
}

impl Yaml<'_> {
    fn line(&mut self, level: usize, line: &str) {
        let _ = writeln!(self.text, "{}{line}", "  ".repeat(level));
    }

    fn comment(&mut self, level: usize, line: &str) {
        self.line(level, &format!("# {}", one_line(line)));
    }

    fn remark(&mut self, level: usize, remark: &Remark) {
        self.comment(level, &self.remarks.remark(remark));
    }

    fn resource(&mut self, resource: &TemplateResource) {
        for remark in &resource.remarks {
            self.remark(1, remark);
        }
        self.line(1, &format!("{}:", resource.id));
        self.line(2, &format!("Type: {}", resource.kind));
        if !resource.metadata.is_empty() {
            self.line(2, "Metadata:");
            self.line(3, "Headroom:");
            self.properties(4, &resource.metadata, "");
        }
        self.line(2, "Properties:");
        self.properties(3, &resource.properties, "");
    }

    /// Writes properties; `dash`: what stands before the first of them.
    fn properties(&mut self, level: usize, properties: &[Property], dash: &str) {
        for (index, property) in properties.iter().enumerate() {
            let (level, dash) = match (index, dash) {
                (0, "- ") => (level - 1, dash),
                _ => (level, ""),
            };
            let start = format!("{dash}{}:", property.name);
            let inside = level + dash.len() / 2 + 1;
            if !property.value.has_lines() {
                let line = format!("{start} {}", scalar(&property.value));
                let remark = property.remark.as_ref().map(|it| self.remarks.remark(it));
                let comment = remark.map(|it| format!(" # {}", one_line(&it)));
                self.line(level, &(line + &comment.unwrap_or_default()));
                continue;
            }
            if let Some(remark) = &property.remark {
                self.remark(level, remark);
            }
            self.line(level, &start);
            match &property.value {
                Shape::Object(properties) => self.properties(inside, properties, ""),
                Shape::List(entries) => {
                    for entry in entries {
                        match entry {
                            Shape::Object(properties) => {
                                self.properties(inside + 1, properties, "- ");
                            }
                            plain => self.line(inside, &format!("- {}", scalar(plain))),
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// Returns a value that stands in a line.
fn scalar(shape: &Shape) -> String {
    match shape {
        Shape::Text(text) => quoted(text),
        Shape::Joined(parts) => format!("!Sub {}", quoted(&substituted(parts))),
        Shape::Parameter(parameter) => format!("!Ref {}", parameter.name()),
        Shape::Reference(id) => format!("!Ref {id}"),
        Shape::Number(it) => it.to_string(),
        Shape::Whole(it) => it.to_string(),
        Shape::Switch(it) => it.to_string(),
        Shape::Moment(it) => quoted(&it.to_string()),
        // Others have lines of their own.
        Shape::List(_) => "[]".to_owned(),
        Shape::Object(_) => "{}".to_owned(),
    }
}

/// Returns what `Fn::Sub` takes for a text with parameters in it.
pub(super) fn substituted(parts: &[Part]) -> String {
    let piece = |part: &Part| match part {
        Part::Text(text) => text.replace("${", "${!"),
        Part::Parameter(parameter) => format!("${{{}}}", parameter.name()),
    };
    parts.iter().map(piece).collect()
}

/// Returns the type of a parameter.
pub(super) const fn parameter_type(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::SubnetIds => "List<AWS::EC2::Subnet::Id>",
        _ => "String",
    }
}

/// Returns a title as a template's description, which may have 1,024 bytes.
pub(super) fn described(title: &str) -> String {
    let mut description = apart(title);
    let mut end = description.len().min(1024);
    while !description.is_char_boundary(end) {
        end -= 1;
    }
    description.truncate(end);
    description
}
