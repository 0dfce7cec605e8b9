//! A load test for k6: a constant rate for each step, a tenth more than the one before, until the objective is missed. k6 signs no
//! requests for AWS without a module from elsewhere, so it calls whatever takes requests at an address.

use std::fmt::Write as _;

use super::text::{one_line, quoted};
use crate::{
    deployment::{Remark, Remarks},
    load_test::{LoadTest, LoadTestFormat},
};

/// See the top of the file.
pub(crate) struct K6;

/// What is the same of every test; what differs stands above it.
const STEPS: &str = include_str!("k6.js");

impl LoadTestFormat for K6 {
    fn id(&self) -> &'static str {
        "k6"
    }

    fn name(&self) -> &'static str {
        "k6"
    }

    fn file_name(&self) -> &'static str {
        "load-test.js"
    }

    fn write(&self, test: &LoadTest, remarks: &dyn Remarks) -> String {
        let mut text = String::new();
        let said = |remark: &Remark| one_line(&remarks.remark(remark));
        for remark in [
            Remark::FindsMaximum {
                title: test.title.clone(),
            },
            Remark::OneInstance,
            Remark::ReadMaximum,
            Remark::ByUrl,
        ] {
            let _ = writeln!(text, "// {}", said(&remark));
        }
        let _ = write!(
            text,
            "//\n// k6 run -e URL=… {}\n\nimport http from \"k6/http\";\nimport {{ Rate }} from \"k6/metrics\";\n\n",
            self.file_name()
        );
        for (name, value) in [
            ("EXPECTED_RPS", test.expected_rps),
            ("SAFETY_FACTOR", test.safety_factor),
            ("LIMIT_MS", test.limit_ms),
            ("MISSED", test.missed),
        ] {
            let _ = writeln!(text, "const {name} = {value};");
        }
        let why = quoted(&format!("URL: {}", said(&Remark::ByUrl)));
        let _ = write!(
            text,
            "const URL = __ENV.URL;\nif (!URL) {{\n  throw new Error({why});\n}}\n\n"
        );
        text.push_str(STEPS);
        text
    }
}
