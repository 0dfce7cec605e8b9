//! The CDK in Python: a stack of CloudFormation's own resources (L1), which the CDK makes the same template of.

use super::{
    ExportFormat,
    apart::apart,
    cdk::{self, Piece, Source, Spelling},
    template::{Property, Template, TemplateResource},
    text::{CODING, inside, linked, quoted},
};
use crate::{
    deployment::{Deployment, Parameter, Remark, Remarks},
    names::{camel_case, snake_case},
};

/// See the top of the file.
pub(super) struct CdkPython;

impl ExportFormat for CdkPython {
    fn id(&self) -> &'static str {
        "cdk-python"
    }

    fn name(&self) -> &'static str {
        "CDK Python"
    }

    fn file_name(&self) -> &'static str {
        "scaling_stack.py"
    }

    fn parameters(&self, deployment: &Deployment) -> Vec<Parameter> {
        deployment.parameters_of_template()
    }

    fn write(&self, deployment: &Deployment, remarks: &dyn Remarks) -> String {
        let template = Template::of(deployment);
        let source = || Source {
            text: String::new(),
            spelling: &Python,
            remarks,
        };
        let mut stack = source();
        stack.constants(&template, |it| apart(deployment.value(it)), ("", ""));
        stack.line(0, "\n\nclass Scaling(Stack):");
        stack.line(
            1,
            "def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:",
        );
        stack.line(2, "super().__init__(scope, construct_id, **kwargs)");
        if !deployment.link.is_empty() {
            let link = quoted(&linked(&deployment.link));
            stack.line(0, "");
            stack.remark(2, &Remark::Link);
            stack.line(
                2,
                &format!("self.template_options.metadata = {{\"Headroom\": {{\"Link\": {link}}}}}"),
            );
        }
        for resource in &template.resources {
            stack.line(0, "");
            construct(&mut stack, &template, resource);
        }
        let mut whole = source();
        whole.line(0, CODING);
        for line in remarks.head(deployment) {
            whole.comment(0, &line);
        }
        for remark in &template.remarks {
            whole.remark(0, remark);
        }
        if stack.text.contains(DATE) {
            whole.line(0, "from datetime import datetime\n");
        }
        let token = match stack.text.contains(LATE) {
            true => ", Token",
            false => "",
        };
        whole.line(0, &format!("from aws_cdk import App, Stack{token}"));
        for module in cdk::modules(&template) {
            whole.line(0, &format!("from aws_cdk import aws_{module} as {module}"));
        }
        whole.line(0, "from constructs import Construct\n");
        let text = whole.text + &stack.text;
        text + "\n\napp = App()\nScaling(app, \"Scaling\")\napp.synth()\n"
    }
}

fn construct(stack: &mut Source<'_>, template: &Template, resource: &TemplateResource) {
    for remark in &resource.remarks {
        stack.remark(2, remark);
    }
    let (module, class) = cdk::construct(resource.kind);
    let variable = Python.variable(&resource.id);
    let keeps = match cdk::is_kept(template, resource) {
        true => format!("{variable} = "),
        false => String::new(),
    };
    stack.line(2, &format!("{keeps}{module}.{class}("));
    stack.line(3, "self,");
    stack.line(3, &format!("{},", quoted(&resource.id)));
    stack.properties(3, &resource.properties, resource.kind);
    stack.line(2, ")");
    if !resource.metadata.is_empty() {
        let one = |it: &Property| {
            let value = stack.plain(&it.value, resource.kind);
            format!("\"{}\": {value}", it.name)
        };
        let all: Vec<String> = resource.metadata.iter().map(one).collect();
        stack.line(
            2,
            &format!(
                "{variable}.add_metadata(\"Headroom\", {{{}}})",
                all.join(", ")
            ),
        );
    }
}

/// How a text that could be a token is joined.
const LATE: &str = "Token.as_string({\"Fn::Join\":";
/// How a moment is written.
const DATE: &str = "datetime.fromisoformat(";

struct Python;

impl Spelling for Python {
    fn comment(&self) -> &'static str {
        "#"
    }

    fn gap(&self) -> &'static str {
        "  "
    }

    fn indent(&self) -> &'static str {
        "    "
    }

    fn property(&self, name: &str) -> String {
        snake_case(&camel_case(cdk::property_name(name))) + "="
    }

    fn brackets(&self, class: &str) -> (String, &'static str) {
        (format!("{class}("), ")")
    }

    fn switch(&self, value: bool) -> &'static str {
        if value { "True" } else { "False" }
    }

    fn variable(&self, id: &str) -> String {
        snake_case(id)
    }

    fn date(&self, iso: &str) -> String {
        // Before Python 3.11 no `Z` is read.
        format!("{DATE}{})", quoted(&iso.replace('Z', "+00:00")))
    }

    fn interpolated(&self, pieces: &[Piece]) -> String {
        match pieces {
            [Piece::Plain(text)] => return quoted(text),
            [Piece::Constant(name)] => return name.clone(),
            _ => {}
        }
        let mut text = String::from("f\"");
        for piece in pieces {
            match piece {
                Piece::Plain(plain) => {
                    let quoted = quoted(plain).replace('{', "{{").replace('}', "}}");
                    text.push_str(inside(&quoted));
                }
                Piece::Constant(name) => text.extend(["{", name, "}"]),
                // It is joined late.
                Piece::Late(_) => {}
            }
        }
        text + "\""
    }

    fn late(&self, pieces: &str) -> String {
        format!("{LATE} [\"{{\", [{pieces}]]}})")
    }
}
