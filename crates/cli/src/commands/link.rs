//! `headroom link`: a scenario as a link of the page, and back.

use std::io::Write;

use scenario::{
    file,
    link::{self, MOST_PINNED},
};
use words::Words;

use super::{display_name, note, scenario, unusable};
use crate::{
    args::{DecodeArgs, EncodeArgs},
    failure::Failure,
    input::{fetch, parse_together},
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
    let pinned = (args.pin.iter()).map(|pinned| self::scenario(pinned, &[], words));
    let pinned = pinned.collect::<Result<Vec<_>, _>>()?;
    if pinned.len() > MOST_PINNED {
        return Err(Failure::Usage(format!(
            "A link pins at most {MOST_PINNED} scenarios. Leave out some --pin."
        )));
    }
    let shared = link::share_together(&scenario, &pinned).map_err(|too_long| {
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
    let all = parse_together(&fetch(&args.link, words)?, words)
        .map_err(|fault| unusable(&args.link, &[fault]))?;
    let Some((scenario, pinned)) = all.split_first() else {
        return Ok(());
    };
    if !pinned.is_empty() {
        note(&format!(
            "The link pins {} beside this one; `headroom compare` shows them together.",
            pinned.len()
        ));
    }
    if link::is_rounded(scenario) {
        note(&words.came_rounded());
    }
    let mut out = output();
    out.write_all(escaped(&file::to_json(scenario)).as_bytes())?;
    Ok(out.flush()?)
}
