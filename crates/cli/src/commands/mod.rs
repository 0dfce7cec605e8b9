//! A file a command: what it reads, what it asks of the scenario and the engine, what it prints.

pub mod catalog;
pub mod check;
pub mod link;
pub mod many;
pub mod simulate;
pub mod size;
pub mod trace;

use scenario::document::Scenario;
use words::Words;

use crate::{
    failure::Failure,
    input::{Fault, fetch, parse},
    plain::plain,
    set::{Setting, changed},
};

/// The scenario that a command was given, its fields set.
fn scenario(argument: &str, settings: &[Setting], words: Words) -> Result<Scenario, Failure> {
    let scenario = parse(&fetch(argument)?, words).map_err(|fault| wrong(argument, &[fault]))?;
    changed(scenario, settings, words)
}

/// What a scenario is called in a sentence.
fn named(argument: &str) -> &str {
    if argument == "-" {
        "standard input"
    } else {
        argument
    }
}

/// A scenario that is not right.
fn wrong(argument: &str, faults: &[Fault]) -> Failure {
    let mut why = format!("{} cannot be used.", plain(named(argument)));
    for fault in faults {
        why.push_str("\n  ");
        why.push_str(&fault.sentence());
    }
    Failure::Scenario(why)
}
