//! Links and files that do not open, in words.

use scenario::{
    file::{Expected, FileError, FileErrorKind, Syntax},
    link::LinkError,
    text::TextProblem,
    trace::{LONGEST_STEP_S, MOST_STEPS},
};

use crate::Words;

/// What AWS's own descriptions of scaling hold their items in.
const AWS_LISTS: [&str; 8] = [
    "ScalingPolicies",
    "ScalableTargets",
    "ScheduledActions",
    "ScheduledUpdateGroupActions",
    "AutoScalingGroups",
    "MetricAlarms",
    "ScalingActivities",
    "AlarmHistoryItems",
];

impl Words {
    /// Why a link does not open.
    #[must_use]
    pub fn link_error(self, error: &LinkError) -> String {
        match error {
            LinkError::Foreign => self.link_foreign().to_owned(),
            LinkError::Broken => self.link_broken().to_owned(),
            LinkError::Newer { version } => self.link_newer(&version.to_string()),
            LinkError::TooLarge => self.link_too_large().to_owned(),
            LinkError::TooMany { path, max } => self.file_too_many(path, &self.count(*max)),
            LinkError::TooLong { path, max } => self.file_too_long(path, &self.count(*max)),
        }
    }

    /// Why a file has no text.
    #[must_use]
    pub fn text_problem(self, problem: TextProblem) -> &'static str {
        match problem {
            TextProblem::Binary => self.text_binary(),
            TextProblem::BrokenUtf16 => self.text_broken_utf16(),
            TextProblem::UnknownEncoding => self.text_unknown_encoding(),
        }
    }

    /// Why a file does not open, and where in it.
    #[must_use]
    pub fn file_error(self, error: &FileError) -> String {
        let problem = match &error.kind {
            FileErrorKind::TooLarge => self.file_too_large().to_owned(),
            FileErrorKind::TooMany { path, max } => self.file_too_many(path, &self.count(*max)),
            FileErrorKind::TooLong { path, max } => self.file_too_long(path, &self.count(*max)),
            FileErrorKind::Syntax(syntax) => self.file_syntax(&self.syntax(syntax)),
            FileErrorKind::Truncated => self.file_truncated().to_owned(),
            FileErrorKind::UnknownField { path, .. } if AWS_LISTS.contains(&&**path) => {
                self.file_of_aws(path, self.header_import())
            }
            FileErrorKind::UnknownField { path, known } => {
                self.file_unknown_field(path, &known.join(", "))
            }
            FileErrorKind::MissingField { path } => self.file_missing_field(path),
            FileErrorKind::RepeatedField { path } => self.file_repeated_field(path),
            FileErrorKind::WrongValue {
                path,
                found,
                expected,
            } => {
                let expected = self.expected(expected);
                match found {
                    _ if path.is_empty() => self.file_wrong_document(&expected),
                    Some(found) => self.file_wrong_value(path, found, &expected),
                    None => self.file_wrong(path, &expected),
                }
            }
            FileErrorKind::MinusOne { path } => self.file_minus_one(path),
            FileErrorKind::Null { path, expected } => {
                self.file_null(path, &self.expected(expected))
            }
            FileErrorKind::Newer { version } => self.file_newer(&version.to_string()),
        };
        if error.line == 0 {
            problem
        } else {
            self.file_at(&error.line.to_string(), &error.column.to_string(), &problem)
        }
    }

    fn syntax(self, syntax: &Syntax) -> String {
        match syntax {
            Syntax::MissingComma => self.syntax_missing_comma(),
            Syntax::MissingColon => self.syntax_missing_colon(),
            Syntax::TrailingComma => self.syntax_trailing_comma(),
            Syntax::TrailingCharacters => self.syntax_trailing_characters(),
            Syntax::NameWithoutQuotes => self.syntax_name(),
            Syntax::Number => self.syntax_number(),
            Syntax::Text => self.syntax_text(),
            Syntax::TooDeep => self.syntax_too_deep(),
            Syntax::NoValue => self.syntax_no_value(),
        }
        .to_owned()
    }

    fn expected(self, expected: &Expected) -> String {
        match expected {
            Expected::OneOf { names } => return self.expects_one_of(&names.join(", ")),
            Expected::Other { words } => return words.clone(),
            Expected::TraceInBounds => {
                return self.expects_trace(
                    &self.integer(MOST_STEPS as f64),
                    &self.integer(f64::from(LONGEST_STEP_S)),
                );
            }
            Expected::Number => self.expects_number(),
            Expected::WholeNumber => self.expects_whole_number(),
            Expected::Text => self.expects_text(),
            Expected::TrueOrFalse => self.expects_true_or_false(),
            Expected::List => self.expects_list(),
            Expected::Object => self.expects_object(),
            Expected::Date => self.expects_date(),
            Expected::Time => self.expects_time(),
            Expected::Utc => self.expects_utc(),
            Expected::DateTime => self.expects_date_time(),
            Expected::Counts => self.expects_counts(),
        }
        .to_owned()
    }
}
