//! `headroom check`: everything that is wrong or odd about scenarios, for people and for CI.

use std::io::Write;

use scenario::compile::Warning;
use serde::Serialize;
use words::Words;

use super::display_name;
use crate::{
    args::CheckArgs,
    failure::Failure,
    input::{Fault, fetch, parse},
    outcome::compiled,
    plain::plain,
    print::{json, output},
    set::with_settings,
};

/// What was found in a scenario.
#[derive(Serialize)]
struct CheckReport<'a> {
    scenario: &'a str,
    errors: Vec<Fault>,
    warnings: Vec<Fault>,
}

/// Runs the command.
///
/// # Errors
/// [`Failure::Scenario`], everything said, if one is not right.
pub fn run(args: &CheckArgs) -> Result<(), Failure> {
    let words = args.lang.words();
    let mut out = output();
    let mut is_wrong = false;
    for argument in &args.scenarios {
        let found = check(argument, args, words)?;
        is_wrong |= !found.errors.is_empty();
        if args.json {
            json::print(&mut out, &found)?;
        } else {
            print_report(&mut out, &found)?;
        }
    }
    out.flush()?;
    if is_wrong {
        return Err(Failure::Scenario(String::new()));
    }
    Ok(())
}

fn check<'a>(
    argument: &'a str,
    args: &CheckArgs,
    words: Words,
) -> Result<CheckReport<'a>, Failure> {
    let mut found = CheckReport {
        scenario: argument,
        errors: Vec::new(),
        warnings: Vec::new(),
    };
    match parse(&fetch(argument, words)?, words) {
        Err(fault) => found.errors.push(fault),
        Ok(scenario) => {
            let scenario = with_settings(scenario, &args.set, words)?;
            let tell = |odd: &Warning| {
                let field = odd.field(&scenario).map(|field| field.to_string());
                Fault::new(&field.unwrap_or_default(), &words.warning(odd))
            };
            match compiled(&scenario, words) {
                Err(faults) => found.errors = faults,
                Ok(compiled) => found.warnings = compiled.warnings.iter().map(tell).collect(),
            }
        }
    }
    Ok(found)
}

fn print_report(out: &mut impl Write, found: &CheckReport) -> Result<(), Failure> {
    let name = plain(display_name(found.scenario));
    for (kind, faults) in [("error", &found.errors), ("warning", &found.warnings)] {
        for fault in faults {
            writeln!(out, "{name}: {kind}: {}", fault.sentence())?;
        }
    }
    if found.errors.is_empty() && found.warnings.is_empty() {
        writeln!(out, "{name}: nothing wrong")?;
    }
    Ok(())
}
