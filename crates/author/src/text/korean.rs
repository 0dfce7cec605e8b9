//! What Korean asks of a text with placeholders: no particle directly after one, as it depends on a sound that nobody knows yet.

/// Particles that depend on the sound before them.
const PARTICLES: [&str; 13] = [
    "을", "를", "은", "는", "이", "가", "과", "와", "로", "으로", "이나", "나", "이라",
];

/// Returns the particle with which a text begins that follows a placeholder; nothing where it begins with none.
#[must_use]
pub fn particle(after: &str) -> Option<&'static str> {
    let end = after.find(|c: char| !('가'..='힣').contains(&c));
    let word = after.get(..end.unwrap_or(after.len()))?;
    PARTICLES.into_iter().find(|particle| *particle == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_are_told_from_words() {
        for (after, found) in [
            ("은 늦습니다", Some("은")),
            ("으로 됩니다", Some("으로")),
            ("개를 더합니다", None),
            (" 은행", None),
            ("은행", None),
            ("", None),
        ] {
            assert_eq!(particle(after), found, "{after}");
        }
    }
}
