//! The links of scenarios that stand anywhere in a text: in a comment, in `Metadata`, in a field of a request's file.

use crate::{
    account::{Account, Link},
    node::Place,
};

/// Most characters of a link's payload that are looked at.
const MOST_CHARACTERS: usize = 10_000;
/// Most links of a text: a document holds one.
const MOST_LINKS: usize = 20;

/// What stands before a payload in what Headroom writes.
pub const BEFORE_LINK: &str = "headroom#";

/// Notes the links of a text, each once.
pub(super) fn find(text: &str, file: u16, account: &mut Account) {
    // How far lines were counted, and how many begin up to there.
    let (mut counted, mut line) = (0, 1);
    for (offset, _) in text.match_indices(BEFORE_LINK).take(MOST_LINKS) {
        let rest = text.get(offset + BEFORE_LINK.len()..).unwrap_or_default();
        let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.~".contains(letter);
        let end = rest.find(|letter| !fits(letter)).unwrap_or(rest.len());
        let payload = rest.get(..end).unwrap_or_default();
        let is_known = account.links.iter().any(|link| link.payload == payload);
        if payload.is_empty() || payload.len() > MOST_CHARACTERS || is_known {
            continue;
        }
        let since = text.get(counted..offset).unwrap_or_default();
        line += since.bytes().filter(|byte| *byte == b'\n').count();
        counted = offset;
        let before = text.get(..offset).unwrap_or_default();
        let begin = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before.get(begin..).unwrap_or_default().chars().count() + 1;
        account.links.push(Link {
            payload: payload.to_owned(),
            at: Place {
                file,
                line: line as u32,
                column: column as u32,
            },
        });
    }
}
