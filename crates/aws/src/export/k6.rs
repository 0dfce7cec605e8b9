//! A load test for k6: a constant arrival rate for each step, a twentieth more than the one before, until one does not hold: what
//! k6 runs is fixed before it begins. It signs no requests for AWS without a module from elsewhere, so it calls whatever takes
//! requests at an address.

use std::fmt::Write as _;

use super::{
    judging::{constants, head, said},
    text::quoted,
};
use crate::{
    deployment::Remarks,
    load_test::{LoadTest, LoadTestFormat, LoadTestRemark},
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
        head(&mut text, "//", test, remarks);
        let _ = write!(
            text,
            "//\n// k6 run -e URL=… {}\n\nimport exec from \"k6/execution\";\nimport http from \"k6/http\";\nimport {{ Counter, Trend }} from \"k6/metrics\";\n\n",
            self.file_name()
        );
        let own = ("ALL_HELD", LoadTestRemark::AllHeld);
        constants(&mut text, ("const ", ";"), test, remarks, own);
        let by_url = said(remarks, LoadTestRemark::ByUrl);
        let why = quoted(&format!("URL: {by_url}"));
        let step_s = test.step_s();
        let _ = write!(
            text,
            "const STEP_S = Number(__ENV.STEP_S || {step_s});\n// {by_url}\nconst URL = __ENV.URL;\nif (!URL) {{\n  throw new Error({why});\n}}\n\n"
        );
        text.push_str(STEPS);
        text
    }
}
