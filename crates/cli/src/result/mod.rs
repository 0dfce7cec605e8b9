//! A result as others read it: fields in a fixed order, the unit in every name.
//!
//! This folder alone knows the shapes of the engine's run and report; everything printed as JSON or CSV comes from here.

mod activity;
mod incident;
mod series;
mod summary;

pub use activity::{Activity, with_offset};
pub use incident::Incident;
pub use series::Series;
pub use summary::{Summary, price_kind};

use serde::Serialize;

use crate::{args::ResultPart, outcome::Outcome};

/// The parts of a result that were asked for.
#[derive(Debug, Serialize)]
pub struct Parts<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Summary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<Series<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activities: Option<Vec<Activity>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incidents: Option<Vec<Incident>>,
}

impl<'a> Parts<'a> {
    /// Returns the parts of `outcome` that `wanted` names.
    pub fn of(outcome: &'a Outcome, wanted: &[ResultPart]) -> Self {
        let wants = |part: ResultPart| wanted.contains(&part);
        Self {
            summary: wants(ResultPart::Summary).then(|| Summary::of(outcome)),
            series: wants(ResultPart::Series).then(|| Series::of(outcome)),
            activities: wants(ResultPart::Activities).then(|| activity::all(outcome)),
            incidents: wants(ResultPart::Incidents).then(|| incident::all(outcome)),
        }
    }
}
