//! The requests' bodies as JSON: what teams keep in a repository and hand to the AWS CLI by `--cli-input-json`. JSON has no
//! comments, so what has to be said stands in fields of its own at the top.

use std::fmt::Write as _;

use super::{
    ExportFormat,
    json::{self, Spelling},
    text::{filled_in, linked, one_line, quoted},
};
use crate::deployment::{Deployment, Part, Remarks};

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
            json::object(&mut text, &body, 3, &Plain(deployment));
            text.push_str("\n    }");
            separator = ",\n";
        }
        text.push_str("\n  ]\n}\n");
        text
    }
}

/// Parameters as they were filled in, or their placeholders.
struct Plain<'a>(&'a Deployment);

impl Spelling for Plain<'_> {
    fn text(&self, text: &str) -> String {
        quoted(text)
    }

    fn joined(&self, parts: &[Part]) -> String {
        quoted(&filled_in(parts, self.0))
    }

    fn policy_arn(&self, name: &str) -> String {
        quoted(&format!("ARN-OF-POLICY {name}"))
    }
}
