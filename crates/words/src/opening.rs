//! Links and files that do not open, in words.

use scenario::{
    file::{FileError, FileErrorKind},
    link::LinkError,
};

use crate::Words;

impl Words {
    /// Why a link does not open.
    #[must_use]
    pub fn link_error(self, error: &LinkError) -> String {
        match error {
            LinkError::Foreign => self.link_foreign().to_owned(),
            LinkError::Broken => self.link_broken().to_owned(),
            LinkError::Newer { version } => self.link_newer(&version.to_string()),
            LinkError::TooLarge => self.link_too_large().to_owned(),
        }
    }

    /// Why a file does not open, and where in it.
    #[must_use]
    pub fn file_error(self, error: &FileError) -> String {
        let problem = match &error.kind {
            FileErrorKind::TooLarge => self.file_too_large().to_owned(),
            FileErrorKind::Syntax { detail } => self.file_syntax(detail),
            FileErrorKind::Truncated => self.file_truncated().to_owned(),
            FileErrorKind::UnknownField { name } => self.file_unknown_field(name),
            FileErrorKind::WrongValue { detail } => self.file_wrong_value(detail),
            FileErrorKind::Newer { version } => self.file_newer(&version.to_string()),
        };
        if error.line == 0 {
            problem
        } else {
            self.file_at(&error.line.to_string(), &error.column.to_string(), &problem)
        }
    }
}
