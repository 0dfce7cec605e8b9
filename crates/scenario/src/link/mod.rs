//! Links: a scenario as the few characters behind an address's `#`, and back, whatever is found there.
//!
//! A payload is a version and what differs from its baseline, packed: `2.` and base64 of a checksum and the patch.
//! Everything about a version is frozen: the baseline, the words (only ever added to), the way values are packed. What
//! version 1 left unsaid within lists is another than what version 2 does (`crate::version_1`); all else is the same. Version 3 is
//! version 2 with recordings packed more tightly, and is written where there are such.

mod arithmetic;
mod counts;
mod pack;
mod pinned;
mod share;
mod unpack;
mod words;

use crate::{
    base64,
    document::Scenario,
    file::{self, FileError, FileErrorKind},
    fnv::fnv1a,
    patch, schedule,
    version_1::CameAs,
};

use self::pack::PackedCounts;

pub use pinned::{MOST_PINNED, Together, decode_together, share_together};
pub use share::{LongerSteps, Rounding, Shared, TooLong, is_rounded, share, with_longer_steps};

/// Most characters of a payload that [`share`] makes: what every browser passes on.
pub const MOST_CHARACTERS: usize = 8000;
/// Most characters of a payload that [`decode`] looks at.
const MOST_TO_READ: usize = 64 << 10;
/// Version of the format.
const VERSION: u32 = 2;
/// Version of the format where recordings are packed tightly.
const VERSION_OF_TIGHT: u32 = 3;

/// Payload of the default scenario, so that a page nobody has touched need not pack anything.
const DEFAULT_LINK: &str = "2.X94A";
/// Payload of the default scenario in version 1, in which it is the same scenario.
const DEFAULT_LINK_1: &str = "1.X94A";

/// Why a text behind `#` is no scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It was never a link of this page.
    Foreign,
    /// It was one and is damaged: cut short, or changed on the way.
    Broken,
    /// A later version of this page made it.
    Newer {
        /// Version of the link.
        version: u32,
    },
    /// Longer than any link of this page.
    TooLarge,
    /// A list in it has more entries than it can have.
    TooMany {
        /// The list, from the document on.
        path: String,
        /// Most entries.
        max: u32,
    },
    /// A text in it has more characters than any can have.
    TooLong {
        /// The field, from the document on.
        path: String,
        /// Most characters.
        max: u32,
    },
}

/// Writes a scenario as what stands behind `#`.
///
/// # Errors
/// If that would be more than [`MOST_CHARACTERS`].
pub fn encode(scenario: &Scenario) -> Result<String, TooLong> {
    share(scenario).map(|shared| shared.payload)
}

fn payload_of(patch: &serde_json::Value, recordings: &[PackedCounts]) -> String {
    let packed = pack::pack(patch, recordings);
    let mut bytes = vec![checksum(&packed)];
    bytes.extend_from_slice(&packed);
    let version = match recordings {
        [] => VERSION,
        _ => VERSION_OF_TIGHT,
    };
    format!("{version}.{}", base64::encode(&bytes))
}

/// Reads what stands behind `#`: the scenario, without those that are pinned beside it. Its values are not checked here.
///
/// # Errors
/// Why it is no scenario.
pub fn decode(payload: &str) -> Result<Scenario, LinkError> {
    decode_together(payload).map(|together| together.scenario)
}

/// Reads the payload of one scenario.
fn decode_one(payload: &str) -> Result<Scenario, LinkError> {
    if payload == DEFAULT_LINK || payload == DEFAULT_LINK_1 {
        return Ok(Scenario::default());
    }
    let (version, text) = payload.split_once('.').ok_or(LinkError::Foreign)?;
    if !version.bytes().all(|digit| digit.is_ascii_digit()) || version.starts_with('0') {
        return Err(LinkError::Foreign);
    }
    match version.parse() {
        Ok(1) => return decode_1(text),
        Ok(VERSION | VERSION_OF_TIGHT) => {}
        Ok(version) => return Err(LinkError::Newer { version }),
        Err(_) => return Err(LinkError::Foreign),
    }
    read(&patch::apply(unpack_patch(text)?))
}

/// Reads what stands behind `1.`.
fn decode_1(text: &str) -> Result<Scenario, LinkError> {
    let mut scenario = read(&patch::apply_1(unpack_patch(text)?, CameAs::Link))?;
    keep_meaning(&mut scenario);
    Ok(scenario)
}

fn read(document: &str) -> Result<Scenario, LinkError> {
    file::read(document).map_err(link_error)
}

/// Returns the patch in the text behind the version.
fn unpack_patch(text: &str) -> Result<serde_json::Value, LinkError> {
    let bytes = base64::decode(text).ok_or(LinkError::Broken)?;
    let (sum, packed) = bytes.split_first().ok_or(LinkError::Broken)?;
    if *sum != checksum(packed) {
        return Err(LinkError::Broken);
    }
    unpack::unpack(packed).ok_or(LinkError::Broken)
}

/// Returns the error of a link whose document has this one. The page wrote no wrong document, so the link is broken, unless a list
/// or a text in it is too long.
fn link_error(error: FileError) -> LinkError {
    match error.kind {
        FileErrorKind::TooMany { path, max } => LinkError::TooMany { path, max },
        FileErrorKind::TooLong { path, max } => LinkError::TooLong { path, max },
        FileErrorKind::TooLarge => LinkError::TooLarge,
        _ => LinkError::Broken,
    }
}

/// Writes what a link of version 1 meant as AWS takes it: `*` beside days, which AWS refuses, meant `?`.
// rule: schedule.cron-links-of-version-1
fn keep_meaning(scenario: &mut Scenario) {
    for action in &mut scenario.scheduled_actions {
        if let Some(right) = schedule::with_question_mark(&action.schedule) {
            action.schedule = right;
        }
    }
}

/// Returns the FNV-1a of bytes, folded into one byte.
fn checksum(bytes: &[u8]) -> u8 {
    let sum = fnv1a(bytes);
    sum.to_le_bytes().iter().fold(0, |sum, byte| sum ^ byte)
}

#[cfg(test)]
mod tests;
