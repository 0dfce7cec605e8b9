//! `headroom link`: a scenario as a link of the page, and back.

use std::io::Write;

use scenario::{file, link};
use words::Words;

use super::{display_name, note, scenario};
use crate::{
    args::{DecodeArgs, EncodeArgs},
    failure::Failure,
    plain::{escaped, plain},
    print::output,
};

/// Prints the link of a scenario, and beside it what the link loses.
///
/// # Errors
/// If it is too long for one.
pub fn encode(args: &EncodeArgs) -> Result<(), Failure> {
    let words = Words::default();
    let scenario = scenario(&args.scenario, &args.set, words)?;
    let shared = link::share(&scenario).map_err(|too_long| {
        let mut why = words.too_long(too_long);
        if let Some(longer) = link::with_longer_steps(&scenario) {
            why = format!("{why} {}", words.longer_steps(&longer));
        }
        let name = display_name(&args.scenario);
        Failure::Scenario(format!("{name}: {}", plain(&why)))
    })?;
    if let Some(rounding) = &shared.rounding {
        note(&words.rounding(rounding));
    }
    let mut out = output();
    let base = args.base.trim_end_matches('#');
    writeln!(out, "{base}#{}", shared.payload)?;
    Ok(out.flush()?)
}

/// Prints the scenario of a link as a file.
///
/// # Errors
/// If it holds none.
pub fn decode(args: &DecodeArgs) -> Result<(), Failure> {
    let words = Words::default();
    let scenario = scenario(&args.link, &[], words)?;
    if link::is_rounded(&scenario) {
        note(&words.came_rounded());
    }
    let mut out = output();
    out.write_all(escaped(&file::to_json(&scenario)).as_bytes())?;
    Ok(out.flush()?)
}
