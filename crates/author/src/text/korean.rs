//! What Korean asks of a text with placeholders: a particle directly after one depends on the sound that a number ends in, which only
//! some units tell.

use study::unit::Unit;
use words::{Lang, Words};

/// Particles that depend on the sound before them: after a consonant, and after a vowel.
const PARTICLES: [(&str, &str); 7] = [
    ("을", "를"),
    ("은", "는"),
    ("이", "가"),
    ("과", "와"),
    ("으로", "로"),
    ("이나", "나"),
    ("이라", "라"),
];

/// Returns the particle with which a text begins that follows a placeholder; nothing where it begins with none.
#[must_use]
pub fn particle(after: &str) -> Option<&'static str> {
    let end = after.find(|c: char| !('가'..='힣').contains(&c));
    let word = after.get(..end.unwrap_or(after.len()))?;
    let both = PARTICLES.into_iter().flat_map(|(one, other)| [one, other]);
    both.into_iter().find(|particle| *particle == word)
}

/// Numbers that a unit may write in different ways: none, a part of one, one, some, a minute, hours, days, millions.
const NUMBERS: [f64; 8] = [0.0, 0.5, 1.0, 2.0, 60.0, 5_400.0, 86_400.0, 12e6];

/// Returns whether a particle fits the sound in which every number of a unit ends, as it is written in Korean.
#[must_use]
pub fn fits(particle: &str, unit: Unit) -> bool {
    let words = Words::new(Lang::Ko);
    NUMBERS.iter().all(|number| {
        let written = words.quantity(*number, unit, None);
        let last = written.chars().next_back();
        let Some(ends_in_consonant) = last.and_then(ends_in_consonant) else {
            return false;
        };
        PARTICLES.into_iter().any(|(consonant, vowel)| {
            let right = if ends_in_consonant { consonant } else { vowel };
            right == particle
        })
    })
}

/// Returns whether what ends in this letter ends in a consonant as it is said; nothing where that is not known.
fn ends_in_consonant(last: char) -> Option<bool> {
    // Syllables stand by their vowels and last consonants, of which there are 28 with none.
    const LAST_CONSONANTS: u32 = 28;
    match last {
        '가'..='힣' => Some((u32::from(last) - u32::from('가')) % LAST_CONSONANTS != 0),
        // 에스 of RPS, 퍼센트.
        'S' | '%' => Some(false),
        // Digits end in either.
        _ => None,
    }
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

    #[test]
    fn a_particle_fits_the_end_of_a_unit() {
        for (particle, unit, is_right) in [
            ("이", Unit::Requests, true),
            ("가", Unit::Requests, false),
            ("로", Unit::Instances, true),
            ("으로", Unit::Instances, false),
            ("는", Unit::RequestsPerSecond, true),
            // $1, $3; 600, 601; two minutes, two seconds.
            ("이", Unit::Times, false),
            ("이", Unit::Usd, false),
            ("를", Unit::Number, false),
            ("가", Unit::Seconds, false),
            ("이", Unit::Seconds, false),
            ("로", Unit::Credits, true),
        ] {
            assert_eq!(fits(particle, unit), is_right, "{particle} {unit:?}");
        }
    }
}
