//! The CDK in TypeScript: a stack of CloudFormation's own resources (L1), which the CDK makes the same template of.

use std::fmt::Write as _;

use super::{
    ExportFormat,
    cdk::{self, Piece, Spelling, Uses, Words},
    text::{inside, quoted},
};
use crate::{
    deployment::{Deployment, Parameter, Remarks},
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
        cdk::write(deployment, remarks, &TypeScript)
    }
}

struct TypeScript;

impl Spelling for TypeScript {
    fn words(&self) -> &'static Words {
        &Words {
            comment: "//",
            gap: " ",
            indent: "  ",
            switches: ["false", "true"],
            declares: ["const ", ";"],
            begins: &[],
            opens_stack: &[
                "",
                "export class Scaling extends Stack {",
                "  constructor(scope: Construct, id: string, props?: StackProps) {",
                "    super(scope, id, props);",
            ],
            metadata: "this.templateOptions.metadata",
            closes_stack: &[
                "  }",
                "}",
                "",
                "const app = new App();",
                "new Scaling(app, \"Scaling\");",
                "app.synth();",
            ],
        }
    }

    fn property(&self, name: &str) -> String {
        camel_case(cdk::property_name(name)) + ": "
    }

    fn brackets(&self, _class: &str) -> (String, &'static str) {
        ("{".to_owned(), "}")
    }

    fn record(&self, members: &[(&str, String)]) -> String {
        let member = |(name, value): &(&str, String)| format!("{name}: {value}");
        let members: Vec<String> = members.iter().map(member).collect();
        format!("{{ {} }}", members.join(", "))
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
        format!("Token.asString({{ \"Fn::Join\": [\"{{\", [{pieces}]] }})")
    }

    fn imports(&self, uses: &Uses) -> String {
        let token = if uses.joins_late { ", Token" } else { "" };
        let mut text =
            format!("import {{ App, Stack, StackProps{token} }} from \"aws-cdk-lib\";\n");
        for module in &uses.modules {
            let _ = writeln!(
                text,
                "import * as {module} from \"aws-cdk-lib/aws-{module}\";"
            );
        }
        text + "import { Construct } from \"constructs\";\n\n"
    }

    fn construct(&self, class: &str, id: &str) -> (Vec<String>, &'static str) {
        (vec![format!("new {class}(this, {id}, {{")], "})")
    }

    fn add_metadata(&self, variable: &str, record: &str) -> String {
        format!("{variable}.addMetadata(\"Headroom\", {record})")
    }
}
