//! The CDK in TypeScript: a stack of CloudFormation's own resources (L1), which the CDK makes the same template of.

use super::{
    ExportFormat,
    apart::apart,
    cdk::{self, Piece, Source, Spelling},
    template::{Property, Template, TemplateResource},
    text::{inside, linked, quoted},
};
use crate::{
    deployment::{Deployment, Parameter, Remark, Remarks},
    names::camel_case,
};

/// See the top of the file.
pub(super) struct CdkTypeScript;

impl ExportFormat for CdkTypeScript {
    fn id(&self) -> &'static str {
        "cdk-typescript"
    }

    fn name(&self) -> &'static str {
        "CDK TypeScript"
    }

    fn file_name(&self) -> &'static str {
        "scaling.ts"
    }

    fn parameters(&self, deployment: &Deployment) -> Vec<Parameter> {
        deployment.parameters_of_template()
    }

    fn write(&self, deployment: &Deployment, remarks: &dyn Remarks) -> String {
        let template = Template::of(deployment);
        let source = || Source {
            text: String::new(),
            spelling: &TypeScript,
            remarks,
        };
        let mut stack = source();
        stack.constants(&template, |it| apart(deployment.value(it)), ("const ", ";"));
        stack.line(0, "");
        stack.line(0, "export class Scaling extends Stack {");
        stack.line(
            1,
            "constructor(scope: Construct, id: string, props?: StackProps) {",
        );
        stack.line(2, "super(scope, id, props);");
        if !deployment.link.is_empty() {
            let link = quoted(&linked(&deployment.link));
            stack.line(0, "");
            stack.remark(2, &Remark::Link);
            stack.line(
                2,
                &format!("this.templateOptions.metadata = {{ Headroom: {{ Link: {link} }} }};"),
            );
        }
        for resource in &template.resources {
            stack.line(0, "");
            construct(&mut stack, &template, resource);
        }
        stack.line(1, "}");
        stack.line(0, "}");
        let mut whole = source();
        for line in remarks.head(deployment) {
            whole.comment(0, &line);
        }
        for remark in &template.remarks {
            whole.remark(0, remark);
        }
        let token = match stack.text.contains(LATE) {
            true => ", Token",
            false => "",
        };
        whole.line(
            0,
            &format!("import {{ App, Stack, StackProps{token} }} from \"aws-cdk-lib\";"),
        );
        for module in cdk::modules(&template) {
            whole.line(
                0,
                &format!("import * as {module} from \"aws-cdk-lib/aws-{module}\";"),
            );
        }
        whole.line(0, "import { Construct } from \"constructs\";\n");
        let text = whole.text + &stack.text;
        text + "\nconst app = new App();\nnew Scaling(app, \"Scaling\");\napp.synth();\n"
    }
}

fn construct(stack: &mut Source<'_>, template: &Template, resource: &TemplateResource) {
    for remark in &resource.remarks {
        stack.remark(2, remark);
    }
    let (module, class) = cdk::construct(resource.kind);
    let variable = TypeScript.variable(&resource.id);
    let keeps = match cdk::is_kept(template, resource) {
        true => format!("const {variable} = "),
        false => String::new(),
    };
    let id = quoted(&resource.id);
    stack.line(2, &format!("{keeps}new {module}.{class}(this, {id}, {{"));
    stack.properties(3, &resource.properties, resource.kind);
    stack.line(2, "});");
    if !resource.metadata.is_empty() {
        let one = |it: &Property| {
            let value = stack.plain(&it.value, resource.kind);
            format!("{}: {value}", it.name)
        };
        let all: Vec<String> = resource.metadata.iter().map(one).collect();
        stack.line(
            2,
            &format!(
                "{variable}.addMetadata(\"Headroom\", {{ {} }});",
                all.join(", ")
            ),
        );
    }
}

/// How a text that could be a token is joined.
const LATE: &str = "Token.asString({ \"Fn::Join\":";

struct TypeScript;

impl Spelling for TypeScript {
    fn comment(&self) -> &'static str {
        "//"
    }

    fn gap(&self) -> &'static str {
        " "
    }

    fn indent(&self) -> &'static str {
        "  "
    }

    fn property(&self, name: &str) -> String {
        camel_case(cdk::property_name(name)) + ": "
    }

    fn brackets(&self, _class: &str) -> (String, &'static str) {
        ("{".to_owned(), "}")
    }

    fn switch(&self, value: bool) -> &'static str {
        if value { "true" } else { "false" }
    }

    fn variable(&self, id: &str) -> String {
        camel_case(id)
    }

    fn date(&self, iso: &str) -> String {
        format!("new Date({})", quoted(iso))
    }

    fn interpolated(&self, pieces: &[Piece]) -> String {
        match pieces {
            [Piece::Plain(text)] => return quoted(text),
            [Piece::Constant(name)] => return name.clone(),
            _ => {}
        }
        let mut text = String::from("`");
        for piece in pieces {
            match piece {
                Piece::Plain(plain) => {
                    let quoted = quoted(plain).replace('`', "\\`").replace("${", "\\${");
                    text.push_str(inside(&quoted));
                }
                Piece::Constant(name) => text.extend(["${", name, "}"]),
                // It is joined late.
                Piece::Late(_) => {}
            }
        }
        text + "`"
    }

    fn late(&self, pieces: &str) -> String {
        format!("{LATE} [\"{{\", [{pieces}]] }})")
    }
}
