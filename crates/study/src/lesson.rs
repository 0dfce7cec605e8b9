//! A lesson: a run with one control, something to predict of it, and what happened in words that hold to it.
//!
//! The data is free of any language (`content/lessons/<id>/lesson.toml`); what is said stands beside it (`en.md`, `ko.md`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    claim::Claim,
    constant::Constant,
    expression::Expression,
    measure::Measure,
    setting::{Base, Control, Variant},
    text::{Block, Line},
    unit::Unit,
};

/// A task of an AWS exam's guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Task {
    /// MLA-C01, task 3.1: select deployment infrastructure.
    #[serde(rename = "MLA 3.1")]
    Mla31,
    /// MLA-C01, task 3.2: create and script infrastructure; auto scaling policies.
    #[serde(rename = "MLA 3.2")]
    Mla32,
    /// MLA-C01, task 3.3: continuous integration and delivery.
    #[serde(rename = "MLA 3.3")]
    Mla33,
    /// MLA-C01, task 4.2: monitor and optimise infrastructure and costs.
    #[serde(rename = "MLA 4.2")]
    Mla42,
    /// MLS-C01, task 4.1: performance, availability, scalability, resiliency, fault tolerance.
    #[serde(rename = "MLS 4.1")]
    Mls41,
}

impl Task {
    /// All of them, with their names.
    pub const ALL: [(&'static str, Self); 5] = [
        ("MLA 3.1", Self::Mla31),
        ("MLA 3.2", Self::Mla32),
        ("MLA 3.3", Self::Mla33),
        ("MLA 4.2", Self::Mla42),
        ("MLS 4.1", Self::Mls41),
    ];
}

/// How sure it is that AWS does what a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// AWS's own pages say it.
    Documented,
    /// It was seen in accounts, or in the definitions that AWS makes.
    Observed,
    /// Neither: the model assumes it.
    Assumed,
}

/// A fact: a number that texts name, read from a run or computed of what is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fact {
    /// Written as its unit, that of the first measure in it, says.
    Usual(Expression),
    /// Written as another unit says.
    As {
        /// The sum.
        value: Expression,
        /// What it is a number of.
        unit: Unit,
    },
}

impl Fact {
    /// Returns the sum.
    #[must_use]
    pub fn value(&self) -> &Expression {
        match self {
            Self::Usual(value) | Self::As { value, .. } => value,
        }
    }

    /// Returns what it is a number of: as it says, or as the first measure or constant in it does.
    #[must_use]
    pub fn unit(&self) -> Unit {
        let sum = match self {
            Self::Usual(sum) => sum,
            Self::As { unit, .. } => return *unit,
        };
        let of = |name: &str| match name.strip_prefix("default.") {
            Some(constant) => Constant::find(constant).map(|it| it.unit),
            None => Measure::find(name).map(|it| it.unit),
        };
        sum.names()
            .iter()
            .find_map(|name| of(&name.name))
            .unwrap_or_default()
    }
}

/// What is predicted before anything is seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Prediction {
    /// One of a few answers.
    Choice {
        /// Their ids, in the order in which they stand.
        options: Vec<String>,
        /// The one that is right.
        answer: String,
        /// What makes it so.
        proof: Vec<Claim>,
    },
    /// A number.
    Number {
        /// The sum that is right.
        answer: Expression,
        /// What it is a number of.
        unit: Unit,
        /// How far from it still counts as right, as a share of it.
        within: f64,
    },
    /// A moment of the run.
    Moment {
        /// The moment that is right, seconds from the start.
        answer: Expression,
        /// How far from it still counts as right, seconds.
        within_s: f64,
        /// The least and the most that can be predicted: times, as measures take them.
        from: String,
        /// See `from`.
        to: String,
    },
}

/// The data of a lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Its id: the name of its folder, and its address for ever.
    #[serde(default)]
    pub id: String,
    /// Tasks of exams that it is about.
    pub tasks: Vec<Task>,
    /// Its scenario.
    pub scenario: Base,
    /// Variants of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// The one control.
    pub control: Control,
    /// What is predicted.
    pub prediction: Prediction,
    /// Ids of the charts that it shows, in the `chart` crate's order.
    pub charts: Vec<String>,
    /// Facts that its texts name, and those of `now`.
    #[serde(default)]
    pub facts: BTreeMap<String, Fact>,
    /// What its sentences rest on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// How sure its rule is.
    pub certainty: Certainty,
    /// Ids of the sources of its rule, the first one the page of AWS.
    pub sources: Vec<String>,
    /// Ids of the terms that it introduces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
    /// Ids of its two questions.
    pub questions: Vec<String>,
    /// Id of the lesson to go on with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// What a lesson says in a language.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct LessonText {
    /// Its title.
    pub title: Line,
    /// The question that it answers: a sentence.
    pub question: Vec<Block>,
    /// What is to be predicted.
    pub predict: Vec<Block>,
    /// What the options of a prediction say, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, Line>,
    /// Label of the control.
    pub control: Line,
    /// What the variants are called, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub variants: BTreeMap<String, Line>,
    /// What happened, sentence by sentence.
    pub happened: Vec<Block>,
    /// What happened in a variant, by its id: it follows what happened in all.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub happened_in: BTreeMap<String, Vec<Block>>,
    /// Why a prediction is off.
    pub off: Vec<Block>,
    /// The rule.
    pub rule: Vec<Block>,
    /// What people get wrong.
    pub wrong: Vec<Block>,
}

impl LessonText {
    /// Returns all that its page says below the title whatever the setting, in that order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let all = [
            &self.question,
            &self.predict,
            &self.happened,
            &self.off,
            &self.rule,
            &self.wrong,
        ];
        all.into_iter().flatten()
    }
}
