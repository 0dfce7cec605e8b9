//! A question: what it asks, which answers there are, and what proves the right one.
//!
//! The data is free of any language (`content/questions/<topic>.toml`); what is said stands beside it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    claim::Claim,
    draw::{Drawn, Range, drawn},
    expression::Expression,
    lesson::{Fact, Task},
    setting::Base,
    text::{Block, Line},
    unit::Unit,
};

/// The data of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its id, and its address for ever. Parts of a case have one within the case.
    pub id: String,
    /// Raised when the question becomes another one, so that what was known of it is forgotten.
    #[serde(default = "first_revision", skip_serializing_if = "is_first_revision")]
    pub revision: u32,
    /// Id of the lesson that teaches it.
    #[serde(default)]
    pub lesson: String,
    /// Tasks of exams that it is about.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// Ids of the sources of its answer.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Whether the answer rests on an assumption of the model: then the question says so.
    #[serde(default, skip_serializing_if = "is_false")]
    pub assumes: bool,
    /// Numbers that are drawn, by the names that texts and sums use.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub draw: BTreeMap<String, Range>,
    /// Which draws count: those for which all of this holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Claim>,
    /// What it asks.
    pub ask: Ask,
    /// The run that proves the answer, or that is paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Proof>,
}

fn first_revision() -> u32 {
    1
}

// Serde hands over references.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_first_revision(revision: &u32) -> bool {
    *revision == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// What a question asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// Which one?
    One(Choice),
    /// Which ones? As many are right as the question says.
    Several(Choices),
    /// What happens next, on a chart that is paused?
    Next {
        /// When it is paused: a time, as measures take it.
        at: String,
        /// Id of the right answer.
        right: String,
        /// Ids of the wrong ones.
        wrong: Vec<String>,
    },
    /// How much?
    Number(Number),
    /// In which order?
    Order {
        /// Ids in the right order.
        items: Vec<String>,
    },
    /// What belongs to what?
    Match {
        /// For each id on the left the one on the right; several may have the same.
        pairs: BTreeMap<String, String>,
        /// Ids on the right to which nothing belongs.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        more: Vec<String>,
    },
    /// Several questions about one case.
    Case {
        /// Two or three.
        parts: Vec<Question>,
    },
}

/// The format of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// One right answer among others.
    One,
    /// Several right answers among others.
    Several,
    /// What happens next on a paused chart.
    Next,
    /// A number.
    Number,
    /// An order.
    Order,
    /// Pairs.
    Match,
    /// Several questions about one case.
    Case,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::One,
        Self::Several,
        Self::Next,
        Self::Number,
        Self::Order,
        Self::Match,
        Self::Case,
    ];
}

/// One right answer among others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Id of the right answer.
    pub right: String,
    /// Ids of the wrong ones.
    pub wrong: Vec<String>,
    /// Answers that are numbers, by id: their texts are those.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Fact>,
}

/// Several right answers among others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choices {
    /// Ids of the right answers.
    pub right: Vec<String>,
    /// Ids of the wrong ones.
    pub wrong: Vec<String>,
}

/// A number that is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The right one.
    pub answer: Expression,
    /// What it is a number of.
    pub unit: Unit,
    /// How far from it still counts as right, as a share of it.
    #[serde(default = "within")]
    pub within: f64,
    /// What slips lead to, by id.
    pub slips: BTreeMap<String, Expression>,
}

fn within() -> f64 {
    0.005
}

/// A run that proves an answer, or on which a question is asked.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Id of the lesson whose scenario it is; none: `scenario`'s.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// The lesson's setting; none: its first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// The scenario, where it is no lesson's. Texts in it that begin with `=` are sums of what was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Base>,
    /// What is read from it, by the names that texts use.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Fact>,
    /// What makes the answer right: of what was drawn, of facts, and of `answer`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
}

/// What a question says in a language.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct QuestionText {
    /// The question.
    pub prompt: Vec<Block>,
    /// What options and items say, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, Line>,
    /// Why each is right or wrong, by id: of a number `right` and its slips.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, Line>,
    /// What there is to say beyond that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explanation: Vec<Block>,
    /// Of a case: its parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<QuestionText>,
}

impl Question {
    /// Returns the numbers that a seed draws.
    #[must_use]
    pub fn drawn(&self, seed: u32) -> Drawn {
        drawn(&self.draw, &self.only, seed)
    }
}

impl Ask {
    /// Returns the format.
    #[must_use]
    pub fn format(&self) -> Format {
        match self {
            Self::One(_) => Format::One,
            Self::Several(_) => Format::Several,
            Self::Next { .. } => Format::Next,
            Self::Number(_) => Format::Number,
            Self::Order { .. } => Format::Order,
            Self::Match { .. } => Format::Match,
            Self::Case { .. } => Format::Case,
        }
    }

    /// Returns the ids of all options or items, in the order in which the content has them; none where a number is asked for.
    #[must_use]
    pub fn options(&self) -> Vec<&str> {
        match self {
            Self::One(Choice { right, wrong, .. }) | Self::Next { right, wrong, .. } => [right]
                .into_iter()
                .chain(wrong)
                .map(String::as_str)
                .collect(),
            Self::Several(Choices { right, wrong }) => {
                right.iter().chain(wrong).map(String::as_str).collect()
            }
            Self::Order { items } => items.iter().map(String::as_str).collect(),
            Self::Match { pairs, .. } => pairs.keys().map(String::as_str).collect(),
            Self::Number(_) | Self::Case { .. } => Vec::new(),
        }
    }
}
