//! The CDK in Python: a stack of CloudFormation's own resources (L1), which the CDK makes the same template of.

use std::fmt::Write as _;

use super::{
    ExportFormat,
    cdk::{self, Piece, Spelling, Uses, Words},
    text::{CODING, inside, quoted},
};
use crate::{
    deployment::{Deployment, Parameter, Remarks},
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
        cdk::write(deployment, remarks, &Python)
    }
}

struct Python;

impl Spelling for Python {
    fn words(&self) -> &'static Words {
        &Words {
            comment: "#",
            gap: "  ",
            indent: "    ",
            switches: ["False", "True"],
            declares: ["", ""],
            begins: &[CODING],
            opens_stack: &[
                "",
                "",
                "class Scaling(Stack):",
                "    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:",
                "        super().__init__(scope, construct_id, **kwargs)",
            ],
            metadata: "self.template_options.metadata",
            closes_stack: &[
                "",
                "",
                "app = App()",
                "Scaling(app, \"Scaling\")",
                "app.synth()",
            ],
        }
    }

    fn property(&self, name: &str) -> String {
        snake_case(&camel_case(cdk::property_name(name))) + "="
    }

    fn brackets(&self, class: &str) -> (String, &'static str) {
        (format!("{class}("), ")")
    }

    fn record(&self, members: &[(&str, String)]) -> String {
        let member = |(name, value): &(&str, String)| format!("\"{name}\": {value}");
        let members: Vec<String> = members.iter().map(member).collect();
        format!("{{{}}}", members.join(", "))
    }

    fn variable(&self, id: &str) -> String {
        snake_case(id)
    }

    fn date(&self, iso: &str) -> String {
        // Before Python 3.11 no `Z` is read.
        format!(
            "datetime.fromisoformat({})",
            quoted(&iso.replace('Z', "+00:00"))
        )
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
        format!("Token.as_string({{\"Fn::Join\": [\"{{\", [{pieces}]]}})")
    }

    fn imports(&self, uses: &Uses) -> String {
        let mut text = String::new();
        if uses.holds_dates {
            text.push_str("from datetime import datetime\n\n");
        }
        let token = if uses.joins_late { ", Token" } else { "" };
        let _ = writeln!(text, "from aws_cdk import App, Stack{token}");
        for module in &uses.modules {
            let _ = writeln!(text, "from aws_cdk import aws_{module} as {module}");
        }
        text + "from constructs import Construct\n\n"
    }

    fn construct(&self, class: &str, id: &str) -> (Vec<String>, &'static str) {
        let lines = vec![format!("{class}("), "self,".to_owned(), format!("{id},")];
        (lines, ")")
    }

    fn add_metadata(&self, variable: &str, record: &str) -> String {
        format!("{variable}.add_metadata(\"Headroom\", {record})")
    }
}
