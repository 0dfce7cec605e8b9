//! What the page asks of AWS's documents, and what is answered. The page knows these shapes alone: what answers them is in a
//! program of its own (`main.rs`), loaded when first needed.

use aws::{Deployment, EXPORT_FORMATS, export};
use scenario::{compile::compile, file, link};
use serde::{Deserialize, Serialize};

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// A scenario in one of the formats.
    Export {
        /// The scenario, as a file holds it.
        scenario: String,
        /// The scenario's title.
        title: String,
        /// The format's id.
        format: String,
    },
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The text of a file.
    Exported {
        /// The text.
        text: String,
        /// How the file is called.
        file_name: String,
    },
    /// It cannot be answered.
    Refused,
}

/// Answers a question.
#[must_use]
pub fn answer(question: &Question) -> Answer {
    match question {
        Question::Export { scenario, title, format } => {
            exported(scenario, title, format).unwrap_or(Answer::Refused)
        }
    }
}

fn exported(scenario: &str, title: &str, format: &str) -> Option<Answer> {
    let scenario = file::from_json(scenario).ok()?;
    let compiled = compile(&scenario).ok()?;
    let format = export::find(format)?;
    let link = link::encode(&scenario).unwrap_or_default();
    let deployment = Deployment::of(&scenario, &compiled, title, &link);
    Some(Answer::Exported {
        text: format.write(&deployment, &Silent),
        file_name: format.file_name().to_owned(),
    })
}

struct Silent;

impl aws::Remarks for Silent {
    fn remark(&self, _: &aws::Remark) -> String {
        String::new()
    }

    fn head(&self, deployment: &Deployment) -> Vec<String> {
        vec![deployment.title.clone()]
    }
}

/// Returns the formats' ids and names.
#[must_use]
pub fn formats() -> Vec<(&'static str, &'static str)> {
    EXPORT_FORMATS.iter().map(|it| (it.id(), it.name())).collect()
}
