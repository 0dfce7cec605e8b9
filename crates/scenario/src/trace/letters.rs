//! Capitals and small letters of the names that files have: those of western European languages, as the known names are. All of
//! Unicode would make the program larger by its tables.

/// Returns a text in small letters.
pub(super) fn small(text: &str) -> String {
    text.chars().map(small_letter).collect()
}

/// Returns the small letter of a capital; all else as it is.
pub(super) fn small_letter(letter: char) -> char {
    match letter {
        '×' => letter,
        'À'..='Þ' => char::from_u32(u32::from(letter) + 0x20).unwrap_or(letter),
        _ => letter.to_ascii_lowercase(),
    }
}

pub(super) fn is_capital(letter: char) -> bool {
    small_letter(letter) != letter
}

pub(super) fn is_small(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_as_unicode_has_them() {
        for letter in '\0'..='ÿ' {
            let known = letter != 'ª' && letter != 'µ' && letter != 'º';
            assert_eq!(small_letter(letter), letter.to_lowercase().next().unwrap());
            assert_eq!(is_capital(letter), letter.is_uppercase(), "{letter}");
            assert_eq!(is_small(letter), letter.is_lowercase() && known, "{letter}");
        }
        assert_eq!(small("REQUÊTES 시간"), "requêtes 시간");
    }
}
