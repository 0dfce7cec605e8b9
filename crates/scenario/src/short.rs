//! Texts that problems repeat: a link's or a file's can be of any length.

/// Returns what a person can take in of a text: at most so many characters of it.
pub(crate) fn short(text: &str, most: usize) -> String {
    match text.chars().nth(most) {
        Some(_) => text.chars().take(most).chain(['…']).collect(),
        None => text.to_owned(),
    }
}
