//! Which of its forms a link takes: as it always was while that is short, recordings packed more tightly where it would not be,
//! and rounded where that would still be long. What a link loses is said with it.

use super::{
    DEFAULT_LINK, MOST_CHARACTERS,
    counts::{self, MOST_COUNTS},
    pack::{COUNTS, LEVELS, PackedCounts},
    payload_of,
};
use crate::{
    document::{Layer, Scenario, Shape},
    patch,
    trace::{self, Ladder, Trace},
};

/// Most characters of a payload that keeps recordings as they are: what every chat passes on.
const MOST_CHARACTERS_UNROUNDED: usize = 2000;
/// Steps to which recordings can be added up so that a link has room for them, seconds.
const LONGER_STEPS_S: [u32; 6] = [60, 300, 600, 900, 1800, 3600];

/// A scenario as a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// What stands behind `#`.
    pub payload: String,
    /// What it lost; `None`: nothing.
    pub rounding: Option<Rounding>,
}

/// What a link loses of recordings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounding {
    /// How many values the recordings have that were rounded.
    pub values: usize,
    /// The most that a value is away from what it was, as a share of it.
    pub largest: f64,
    /// How much the sum of a recording is away from what it was, as a share of it: of the one of which it is the most.
    pub sum: f64,
}

/// A scenario that is too long for a link: to be offered as a file, or with longer steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// How many values its recordings have.
    pub values: usize,
}

/// Writes a scenario as a link, and says what the link does not keep.
///
/// # Errors
/// If that would be more than [`MOST_CHARACTERS`].
pub fn share(scenario: &Scenario) -> Result<Shared, TooLong> {
    let whole = |payload| Shared {
        payload,
        rounding: None,
    };
    if scenario.is_default() {
        return Ok(whole(DEFAULT_LINK.to_owned()));
    }
    let values = values(scenario);
    let most = match values {
        0 => MOST_CHARACTERS,
        _ => MOST_CHARACTERS_UNROUNDED,
    };
    // As a text, a step takes a bit at least; a long one need not be packed to know.
    if values <= most * 6
        && let Some(payload) = within(most, scenario, &[])
    {
        return Ok(whole(payload));
    }
    if values == 0 || values > MOST_COUNTS {
        return Err(TooLong { values });
    }
    if let Some(payload) = tight(MOST_CHARACTERS_UNROUNDED, scenario, None) {
        return Ok(whole(payload));
    }
    let ladder = Ladder::new();
    let rounded = rounded(scenario, &ladder);
    let payload = tight(MOST_CHARACTERS, &rounded, Some(&ladder)).ok_or(TooLong { values })?;
    Ok(Shared {
        payload,
        rounding: rounding(scenario, &rounded),
    })
}

/// A link of a scenario whose recordings are added up to longer steps.
#[derive(Clone, Debug, PartialEq)]
pub struct LongerSteps {
    /// How long the steps are, seconds.
    pub step_s: u32,
    /// How many values the recordings then have.
    pub values: usize,
    /// The link.
    pub shared: Shared,
}

/// Returns the link of a scenario that is too long for one with its recordings added up, to the shortest steps for which there is
/// room; `None` where none helps.
#[must_use]
pub fn with_longer_steps(scenario: &Scenario) -> Option<LongerSteps> {
    LONGER_STEPS_S.into_iter().find_map(|step_s| {
        let longer = with_traces(scenario, |trace| trace.by_steps_of(step_s));
        let values = values(&longer);
        // What cannot be added up need not be packed once more.
        let shared = (values < self::values(scenario)).then(|| share(&longer).ok())??;
        Some(LongerSteps {
            step_s,
            values,
            shared,
        })
    })
}

/// Whether a link has rounded a recording of the scenario.
#[must_use]
pub fn is_rounded(scenario: &Scenario) -> bool {
    traces(scenario).any(Trace::is_rounded)
}

fn values(scenario: &Scenario) -> usize {
    traces(scenario).map(Trace::len).sum()
}

/// Returns the link whose recordings are packed tightly, if it has no more than so many characters.
fn tight(most: usize, scenario: &Scenario, ladder: Option<&Ladder>) -> Option<String> {
    let packed: Option<Vec<_>> = (traces(scenario))
        .map(|trace| packed(most, trace, ladder))
        .collect();
    within(most, scenario, &packed?)
}

fn packed(most: usize, trace: &Trace, ladder: Option<&Ladder>) -> Option<PackedCounts> {
    let counts = trace.counts();
    let numbers = counts.iter().map(|count| match ladder {
        Some(ladder) => ladder.number(*count),
        None => *count,
    });
    Some(PackedCounts {
        bytes: counts::pack(numbers, most / 4 * 3)?,
        form: if ladder.is_some() { LEVELS } else { COUNTS },
        length: counts.len(),
        text: trace::written(&counts),
    })
}

fn within(most: usize, scenario: &Scenario, packed: &[PackedCounts]) -> Option<String> {
    let payload = payload_of(&patch::of(scenario), packed);
    (payload.len() <= most).then_some(payload)
}

fn traces(scenario: &Scenario) -> impl Iterator<Item = &Trace> {
    (scenario.demand.iter()).filter_map(|layer| match &layer.shape {
        Shape::Trace { trace, .. } => Some(trace),
        _ => None,
    })
}

/// Returns the scenario with other recordings, where there are other ones.
fn with_traces(scenario: &Scenario, other: impl Fn(&Trace) -> Option<Trace>) -> Scenario {
    let layers = scenario.demand.iter().map(|layer| match &layer.shape {
        Shape::Trace { trace, scale } => Layer {
            shape: Shape::Trace {
                trace: other(trace).unwrap_or_else(|| trace.clone()),
                scale: *scale,
            },
            ..layer.clone()
        },
        _ => layer.clone(),
    });
    Scenario {
        demand: layers.collect(),
        ..scenario.clone()
    }
}

/// Returns the scenario as a link of rounded recordings opens.
pub(super) fn rounded(scenario: &Scenario, ladder: &Ladder) -> Scenario {
    with_traces(scenario, |trace| Some(trace.rounded(ladder)))
}

/// Returns what was lost, if anything was.
fn rounding(was: &Scenario, is: &Scenario) -> Option<Rounding> {
    let lost = traces(was)
        .zip(traces(is))
        .filter(|(was, is)| was != is)
        .map(|(was, is)| {
            let (was_counts, is_counts) = (was.counts(), is.counts());
            let each = (was_counts.iter().zip(is_counts.iter()))
                .map(|(was, is)| share_of(f64::from(*was), f64::from(*is)));
            Rounding {
                values: was.len(),
                largest: each.fold(0.0, f64::max),
                sum: share_of(was.requests(), is.requests()),
            }
        });
    lost.reduce(|one, other| Rounding {
        values: one.values + other.values,
        largest: one.largest.max(other.largest),
        sum: one.sum.max(other.sum),
    })
}

/// Returns how far a number is from what it was, as a share of that.
fn share_of(was: f64, is: f64) -> f64 {
    if was == 0.0 {
        0.0
    } else {
        (is - was).abs() / was
    }
}

#[cfg(test)]
mod tests;
