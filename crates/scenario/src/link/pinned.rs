//! A link of several scenarios: one, and those that are pinned beside it, each as what it says otherwise than the first.
//!
//! Behind the payload of the first each other one is `~` and base64 of a checksum and its patch, packed as the first's is.

use std::borrow::Borrow;

use super::{
    LinkError, MOST_CHARACTERS, MOST_TO_READ, Shared, TooLong, checksum, decode_one, pack, read,
    share, unpack_patch,
};
use crate::{base64, document::Scenario, patch};

/// Most scenarios that are pinned beside one.
pub const MOST_PINNED: usize = 4;

/// What stands before each pinned scenario: no payload of one has it.
pub const PINNED: char = '~';

/// A scenario, and those that are pinned beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Together {
    /// The scenario.
    pub scenario: Scenario,
    /// Those beside it, at most [`MOST_PINNED`].
    pub pinned: Vec<Scenario>,
}

/// Writes a scenario and those pinned beside it as a link, and says what the link does not keep.
///
/// # Errors
/// If that would be more than [`MOST_CHARACTERS`].
pub fn share_together<S: Borrow<Scenario>>(
    scenario: &Scenario,
    pinned: &[S],
) -> Result<Shared, TooLong> {
    let mut shared = share(scenario)?;
    for other in pinned.iter().take(MOST_PINNED) {
        let packed = pack::pack(&patch::between(scenario, other.borrow()), &[]);
        let bytes: Vec<u8> = std::iter::once(checksum(&packed)).chain(packed).collect();
        shared.payload.push(PINNED);
        shared.payload.push_str(&base64::encode(&bytes));
    }
    if shared.payload.len() > MOST_CHARACTERS {
        return Err(TooLong { values: 0 });
    }
    Ok(shared)
}

/// Reads what stands behind `#`: a scenario, and those pinned beside it. Their values are not checked here.
///
/// # Errors
/// Why one of them is no scenario.
pub fn decode_together(payload: &str) -> Result<Together, LinkError> {
    if payload.len() > MOST_TO_READ {
        return Err(LinkError::TooLarge);
    }
    let mut parts = payload.split(PINNED);
    let scenario = decode_one(parts.next().unwrap_or_default())?;
    let mut pinned = Vec::new();
    for text in parts {
        if pinned.len() == MOST_PINNED {
            return Err(LinkError::TooMany {
                path: "pinned".to_owned(),
                max: MOST_PINNED as u32,
            });
        }
        pinned.push(read(&patch::applied_to(&scenario, unpack_patch(text)?))?);
    }
    Ok(Together { scenario, pinned })
}
