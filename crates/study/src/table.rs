//! Tables: what a row is a run of and what a column reads from it, never a number that somebody typed.
//!
//! The data is free of any language (`content/tables/<id>.toml`); what a page loads has every cell as it is read there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    claim::Claim,
    lesson::Fact,
    pack::Source,
    setting::Base,
    text::{Block, Line},
};

/// The data of a table.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableData {
    /// Id of the lesson whose settings its runs are; none: rows differ from `scenario`.
    #[serde(default)]
    pub lesson: Option<String>,
    /// The scenario that rows differ from.
    #[serde(default)]
    pub scenario: Base,
    /// Ids of its sources.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What its sentences rest on: names are cells, `failed@tracking` the one of a column in a row.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// Its columns, in order, without the one that names the rows.
    pub column: Vec<Column>,
    /// Its rows, in order.
    pub row: Vec<Row>,
}

/// A column: of numbers of runs, of what is known of an instance type, or else of texts.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its id.
    pub id: String,
    /// What is read from each row's run.
    #[serde(default)]
    pub value: Option<Fact>,
    /// The lesson's setting that is run; `*` stands for the row's.
    #[serde(default)]
    pub setting: Option<String>,
    /// What differs in this column from the row's scenario.
    #[serde(default)]
    pub patch: Value,
    /// What is known of each row's instance type.
    #[serde(default)]
    pub catalogue: Option<Known>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// The lesson's setting that it is the run of.
    #[serde(default)]
    pub setting: Option<String>,
    /// The shipped scenario that it is the run of.
    #[serde(default)]
    pub preset: Option<String>,
    /// What differs from the table's scenario, or the shipped one.
    #[serde(default)]
    pub patch: Value,
    /// The instance type that it is about.
    #[serde(default)]
    pub instance: Option<String>,
    /// What columns of numbers read from this row's run instead, by their ids.
    #[serde(default)]
    pub cells: BTreeMap<String, Fact>,
}

/// What is known of an instance type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Its virtual processors.
    Vcpu,
    /// Its memory, GiB.
    MemoryGib,
    /// What an hour of it costs, US dollars.
    UsdPerHour,
    /// Where that price comes from, and of what date it is.
    Price,
    /// The share of its processors that it can use for ever, where it earns CPU credits.
    Baseline,
    /// Whether SageMaker autoscales it.
    Autoscaled,
}

impl Row {
    /// Returns whether there is a run of it.
    #[must_use]
    pub fn has_run(&self) -> bool {
        self.setting.is_some() || self.preset.is_some() || !self.patch.is_null()
    }
}

/// All tables: `tables`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Tables {
    /// In the order of the content.
    pub tables: Vec<Table>,
    /// All sources, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Source>,
}

/// A table as it is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Line,
    /// What it is a table of.
    pub about: Vec<Block>,
    /// What stands above each column, the one that names the rows first.
    pub columns: Vec<Line>,
    /// Its rows, in order.
    pub rows: Vec<TableRow>,
    /// Ids of its sources.
    pub sources: Vec<String>,
    /// Id of the lesson whose runs these are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
}

/// A row as it is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableRow {
    /// What it is called.
    pub name: Line,
    /// What stands behind `#` where its run is; none: it has none, or one in each column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// Its cells, as many as there are columns behind the first.
    pub cells: Vec<Cell>,
}

/// A cell as it is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// A number.
    Number(String),
    /// A text.
    Text(Line),
}
