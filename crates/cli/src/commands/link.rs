//! `headroom link`: a scenario as a link of the page, and back.

use std::io::Write;

use scenario::{file, link};
use words::Words;

use super::{display_name, scenario};
use crate::{
    args::{DecodeArgs, EncodeArgs},
    failure::Failure,
    plain::{escaped, plain},
    print::output,
};

/// Prints the link of a scenario.
///
/// # Errors
/// If it is too long for one.
pub fn encode(args: &EncodeArgs) -> Result<(), Failure> {
    let words = Words::default();
    let scenario = scenario(&args.scenario, &args.set, words)?;
    let payload = link::encode(&scenario).map_err(|link::TooLong| {
        let name = display_name(&args.scenario);
        Failure::Scenario(format!("{name}: {}", plain(words.share_too_long())))
    })?;
    let mut out = output();
    writeln!(out, "{}#{payload}", args.base.trim_end_matches('#'))?;
    Ok(out.flush()?)
}

/// Prints the scenario of a link as a file.
///
/// # Errors
/// If it holds none.
pub fn decode(args: &DecodeArgs) -> Result<(), Failure> {
    let scenario = scenario(&args.link, &[], Words::default())?;
    let mut out = output();
    out.write_all(escaped(&file::to_json(&scenario)).as_bytes())?;
    Ok(out.flush()?)
}
