//! A load test for Locust: one user sends at even moments, raises the rate by half until one does not hold, halves the way between
//! what held and what did not, and prints the maximum that held. SageMaker it calls through boto3, which signs; anything else by its
//! address.

use std::fmt::Write as _;

use super::{
    judging::{constants, head, said},
    text::{CODING, one_line, quoted},
};
use crate::{
    deployment::{Remark, Remarks},
    load_test::{LoadTest, LoadTestFormat, LoadTestRemark},
    names::constant_case,
};

/// See the top of the file.
pub(crate) struct Locust;

/// What is the same of every test; what differs stands above it.
const STEPS: &str = include_str!("locust.py");

impl LoadTestFormat for Locust {
    fn id(&self) -> &'static str {
        "locust"
    }

    fn name(&self) -> &'static str {
        "Locust"
    }

    fn file_name(&self) -> &'static str {
        "locustfile.py"
    }

    fn write(&self, test: &LoadTest, remarks: &dyn Remarks) -> String {
        let mut text = format!("{CODING}\n");
        head(&mut text, "#", test, remarks);
        let _ = writeln!(text, "#\n# locust -f {} --headless", self.file_name());
        text.push_str("\nimport os\n");
        if test.names.is_empty() {
            text.push_str("\nNAMES = {}\n");
        } else {
            let fill_in = one_line(&remarks.remark(&Remark::FillIn));
            let _ = writeln!(text, "\n# {fill_in}\nNAMES = {{");
            for parameter in &test.names {
                let (name, variable) = (parameter.name(), constant_case(parameter.name()));
                let value = quoted(test.value(*parameter));
                let _ = writeln!(
                    text,
                    "    \"{name}\": os.environ.get(\"{variable}\", {value}),"
                );
            }
            text.push_str("}\n");
        }
        let by_url = said(remarks, LoadTestRemark::ByUrl);
        let _ = writeln!(text, "# {by_url}\nURL = os.environ.get(\"URL\", \"\")");
        let step_s = test.step_s();
        let _ = writeln!(text, "STEP_S = float(os.environ.get(\"STEP_S\", {step_s}))");
        let own = ("SENT_LATE", LoadTestRemark::SentLate);
        constants(&mut text, ("", ""), test, remarks, own);
        let open: Vec<String> = (test.names.iter())
            .filter(|it| it.must_be_filled_in())
            .map(|it| quoted(it.placeholder()))
            .collect();
        let why = quoted(&one_line(&remarks.remark(&Remark::FillIn)));
        let nothing = match test.names.is_empty() {
            true => "not URL".to_owned(),
            false => format!("not URL and set(NAMES.values()) & {{{}}}", open.join(", ")),
        };
        let why = match test.names.is_empty() {
            true => quoted(&format!("URL: {by_url}")),
            false => why,
        };
        let _ = writeln!(text, "\nif {nothing}:\n    raise SystemExit({why})\n");
        text.push_str(STEPS);
        text
    }
}
