//! Words and records that links hold as numbers. Frozen: an index in these lists never changes, new entries go to the end.
//!
//! They are filled once a release, not by each change: a name that is not among them is written out, in a few bytes more.

use std::sync::LazyLock;

/// Words, the likeliest first: the first 31 take one byte, the others two.
pub(super) static WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../data/link_words.txt").lines().collect());

/// Objects that are written as their number and the values alone: their keys, in the order of the values.
/// The first 30 take one byte.
pub(super) static RECORDS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let records = include_str!("../../data/link_records.txt").lines();
    records.map(|keys| keys.split(' ').collect()).collect()
});

/// Returns the index of a word.
pub(super) fn word_index(text: &str) -> Option<usize> {
    WORDS.iter().position(|word| *word == text)
}
