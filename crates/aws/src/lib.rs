//! AWS's own documents of scaling, in and out: what a scenario says, as scripts, templates and requests that deploy it, and
//! what an account or a repository has, as a scenario.
//!
//! ```text
//! texts ──read/──▶ Node ──import/──▶ Account ──to_scenario──▶ Scenario
//!                  (every value knows its line)   ▲
//! Scenario ──────from_scenario────────────────────┘
//!     └──────────deployment──▶ Deployment (AWS's requests) ──export/──▶ text
//! ```
//!
//! It runs nothing, asks no clock, opens no file and says no sentence: what is odd about a document is a [`Finding`], and what a
//! number of an export means a [`Remark`]; the words for both are `words`'.

mod account;
mod changes;
pub mod commands;
mod deployment;
pub mod export;
mod fields;
mod finding;
pub mod import;
mod load_test;
pub mod names;
mod node;
mod parameter;
mod private;
pub mod read;
mod requests;
mod resolved;
mod schedules;
mod to_scenario;
mod told;

pub use account::{
    Account, Activity, Alarm, AlarmChange, Answered, AnsweredList, Component, Datapoint, Endpoint,
    EndpointConfig, Group, InstanceChange, Link, NotScaled, Policy, Recommendation, ScalableTarget,
    ScheduledAction, Series, ServerlessConfig, Subject, TargetDimension, Variant, WarmPool,
};
pub use changes::changes;
pub use deployment::{
    Change, Deployment, Entry, Object, Operation, Origin, Part, Remark, Remarks, Resource, Service,
    Term,
};
pub use export::{EXPORT_FORMATS, ExportFormat};
pub use finding::{Expected, Finding, FindingKind, LearnedTime};
pub use load_test::{LOAD_TESTS, LoadTest, LoadTestFormat, LoadTestRemark};
pub use node::{Member, Node, Place, Value};
pub use parameter::Parameter;
pub use resolved::resolved;
pub use to_scenario::{Difference, Imported, scenario};
pub use told::Told;
