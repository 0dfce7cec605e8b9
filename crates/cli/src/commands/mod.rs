//! A file a command: what it reads, what it asks of the scenario and the engine, what it prints.

pub mod catalog;
pub mod check;
pub mod compare;
pub mod export;
pub mod import;
pub mod link;
pub mod many;
pub mod simulate;
pub mod size;
pub mod trace;

use std::io::{self, Write};

use scenario::document::Scenario;
use words::Words;

use crate::{
    failure::Failure,
    input::{Fault, fetch, parse},
    plain::plain,
    set::{Setting, with_settings},
};

/// Returns the scenario that a command was given, its fields set.
fn scenario(argument: &str, settings: &[Setting], words: Words) -> Result<Scenario, Failure> {
    let scenario =
        parse(&fetch(argument, words)?, words).map_err(|fault| unusable(argument, &[fault]))?;
    with_settings(scenario, settings, words)
}

/// Returns what a scenario is called in a sentence.
fn display_name(argument: &str) -> &str {
    if argument == "-" {
        "standard input"
    } else {
        argument
    }
}

/// Returns the failure of a scenario that is not right: its name, and each fault in a line.
fn unusable(argument: &str, faults: &[Fault]) -> Failure {
    let mut why = format!("{} cannot be used.", plain(display_name(argument)));
    for fault in faults {
        why.push_str("\n  ");
        why.push_str(&fault.sentence());
    }
    Failure::Scenario(why)
}

/// Says something beside what is printed.
fn note(text: &str) {
    // Nobody hears it: what was asked for is printed all the same.
    let _ = writeln!(io::stderr(), "headroom: {}", plain(text));
}
