//! What load tests in all languages have alike: what has to be known before one runs, as comments; the numbers by which they judge a
//! rate, and what they print, as constants.

use std::fmt::Write as _;

use super::text::{one_line, quoted};
use crate::{
    deployment::{Remark, Remarks},
    load_test::{LoadTest, LoadTestRemark},
};

/// What is printed of a rate and at the end, under the names that it has in every language.
const PRINTED: [(&str, LoadTestRemark); 4] = [
    ("HOLDS", LoadTestRemark::Holds),
    ("MISSES", LoadTestRemark::Misses),
    ("GROWS", LoadTestRemark::Grows),
    ("NONE_HELD", LoadTestRemark::NoneHeld),
];

/// Returns a remark in one line.
pub(super) fn said(remarks: &dyn Remarks, remark: LoadTestRemark) -> String {
    one_line(&remarks.remark(&Remark::LoadTest(remark)))
}

/// Writes what has to be known before a test runs, each as a comment.
pub(super) fn head(text: &mut String, comment: &str, test: &LoadTest, remarks: &dyn Remarks) {
    let at_once = test
        .is_asynchronous
        .then_some(LoadTestRemark::AnswersAtOnce);
    let finds_maximum = LoadTestRemark::FindsMaximum {
        title: test.title.clone(),
    };
    let remarks_of_all = [finds_maximum, LoadTestRemark::OneInstance]
        .into_iter()
        .chain(at_once)
        .chain([LoadTestRemark::HowJudged, LoadTestRemark::ReadMaximum]);
    for remark in remarks_of_all {
        let _ = writeln!(text, "{comment} {}", said(remarks, remark));
    }
}

/// Writes constants, each between what begins and what ends a declaration: the numbers of a test, what is printed everywhere, and
/// what only this language prints.
pub(super) fn constants(
    text: &mut String,
    (begin, end): (&str, &str),
    test: &LoadTest,
    remarks: &dyn Remarks,
    own: (&'static str, LoadTestRemark),
) {
    for (name, value) in test.numbers() {
        let _ = writeln!(text, "{begin}{name} = {value}{end}");
    }
    for (name, remark) in PRINTED.into_iter().chain([own]) {
        let value = quoted(&said(remarks, remark));
        let _ = writeln!(text, "{begin}{name} = {value}{end}");
    }
}
