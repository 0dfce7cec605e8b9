//! `headroom simulate`: one scenario as a picture, JSON or CSV; many are handed on.

use std::io::Write;

use super::{many, scenario, unusable};
use crate::{
    args::{ResultPart, SimulateArgs},
    failure::Failure,
    outcome::Outcome,
    print::{figures, json, output},
    result::{Parts, Series},
};

/// Runs the command.
///
/// # Errors
/// Why there is no result.
pub fn run(args: &SimulateArgs) -> Result<(), Failure> {
    if !args.include.is_empty() && !args.json && (args.csv || !args.ndjson) {
        return Err(Failure::Usage(
            "--include chooses parts of JSON. Add --json, or leave it out.".to_owned(),
        ));
    }
    if args.ndjson {
        return many::lines(args);
    }
    let words = args.lang.words();
    let scenario = scenario(&args.scenario, &args.set, words)?;
    if !args.sweep.is_empty() {
        return many::sweep(args, &scenario);
    }
    let outcome =
        Outcome::of(scenario, words).map_err(|faults| unusable(&args.scenario, &faults))?;
    let mut out = output();
    if args.csv {
        csv(&mut out, &Series::of(&outcome))?;
    } else if args.json {
        let include = match args.include.as_slice() {
            [] => &ResultPart::ALL,
            some => some,
        };
        json::print(&mut out, &Parts::of(&outcome, include))?;
    } else {
        figures::print(&mut out, &outcome, words)?;
    }
    Ok(out.flush()?)
}

/// Writes a line of names, then a line for each period.
fn csv(out: impl Write, series: &Series) -> Result<(), Failure> {
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(out);
    writer.write_record(series.0.iter().map(|column| &*column.name))?;
    for period in 0..series.len() {
        let cells = series.0.iter().filter_map(|column| column.cell(period));
        writer.serialize(cells.collect::<Vec<_>>())?;
    }
    Ok(writer.flush()?)
}
