//! Texts as they are compared: without case and width, Hangul as the keys that are typed for it.
//!
//! As keys, so that what is half typed already finds: `쿨다우` finds `쿨다운`, and `달` finds `다른`. It does not matter either whether a
//! syllable came composed or in parts (NFC, NFD). Blanks beside Hangul are left out, for people leave them out. A consonant is one of
//! `A` to `S`, a vowel one of fourteen control characters: texts in small letters without control characters have neither.

use std::ops::Range;

/// Keys of what a syllable begins with, in Unicode's order.
const INITIALS: [&str; 19] = [
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S",
];
/// Keys of vowels, in Unicode's order: `ㅘ` is typed as `ㅗ` and `ㅏ`.
const VOWELS: [&str; 21] = [
    "\x01", "\x02", "\x03", "\x04", "\x05", "\x06", "\x07", "\x08", "\x09", "\x09\x01", "\x09\x02",
    "\x09\x0e", "\x0a", "\x0b", "\x0b\x05", "\x0b\x06", "\x0b\x0e", "\x0c", "\x0d", "\x0d\x0e",
    "\x0e",
];
/// Keys of what a syllable ends with, in Unicode's order: first nothing.
const FINALS: [&str; 28] = [
    "", "A", "B", "AJ", "C", "CM", "CS", "D", "F", "FA", "FG", "FH", "FJ", "FQ", "FR", "FS", "G",
    "H", "HJ", "J", "K", "L", "M", "O", "P", "Q", "R", "S",
];
/// Keys of consonants that stand by themselves, from U+3131 on; vowels follow.
const ALONE: [&str; 30] = [
    "A", "B", "AJ", "C", "CM", "CS", "D", "E", "F", "FA", "FG", "FH", "FJ", "FQ", "FR", "FS", "G",
    "H", "I", "HJ", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S",
];

/// Returns a text as it is compared.
pub(super) fn normalised(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    each(text, |c, _| normal.push(c));
    normal
}

/// Returns which bytes of a text a part of its normalised form stands for: whole characters.
pub(super) fn original(text: &str, part: &Range<usize>) -> Range<usize> {
    let mut at = 0;
    let mut range: Option<Range<usize>> = None;
    each(text, |c, from| {
        if part.contains(&at) {
            let begin = range.as_ref().map_or(from.start, |range| range.start);
            range = Some(begin..from.end);
        }
        at += c.len_utf8();
    });
    range.unwrap_or_default()
}

/// Returns whether a match may begin here: within a syllable none does.
pub(super) fn is_beginning(normal: &str, at: usize) -> bool {
    let before = normal.get(..at).and_then(|it| it.chars().next_back());
    let mut from = normal.get(at..).unwrap_or_default().chars();
    let (first, second) = (from.next(), from.next());
    let follows_key = before.is_some_and(is_key);
    match first {
        Some('A'..='S') => !follows_key || second.is_some_and(is_vowel),
        Some(c) if is_vowel(c) => !follows_key,
        _ => true,
    }
}

/// Returns whether a word begins here.
pub(super) fn begins_word(normal: &str, at: usize) -> bool {
    let before = normal.get(..at).and_then(|it| it.chars().next_back());
    before.is_none_or(|c| !c.is_alphanumeric() && !is_vowel(c))
}

fn is_vowel(c: char) -> bool {
    ('\x01'..='\x0e').contains(&c)
}

fn is_key(c: char) -> bool {
    is_vowel(c) || c.is_ascii_uppercase()
}

/// Hands over each character of the normalised text, with the bytes of the character that it comes from.
fn each(text: &str, mut put: impl FnMut(char, Range<usize>)) {
    let mut last: Option<char> = None;
    let mut blank: Option<Range<usize>> = None;
    for (start, c) in text.char_indices() {
        let from = start..start + c.len_utf8();
        if is_blank(c) {
            blank = blank.or(Some(from));
            continue;
        }
        if is_unseen(c) {
            continue;
        }
        let mut next = |c: char| {
            if let Some(blank) = blank.take()
                && let Some(last) = last
                && !is_key(last)
                && !is_key(c)
            {
                put(' ', blank);
            }
            put(c, from.clone());
            last = Some(c);
        };
        match keys(wide(c)) {
            Some(keys) => keys.into_iter().flat_map(str::chars).for_each(next),
            None => wide(c).to_lowercase().for_each(&mut next),
        }
    }
}

/// What parts words: hyphens do, too.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '-' | '\u{2010}'..='\u{2014}')
}

/// What nobody sees or types: soft hyphens, joiners, marks above letters.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Returns a character in its usual width (Unicode's block "Halfwidth and Fullwidth Forms").
fn wide(c: char) -> char {
    let code = u32::from(c);
    let usual = match code {
        0xff01..=0xff5e => code - 0xfee0,
        0xffa1..=0xffbe => code - 0xffa1 + 0x3131,
        0xffc2..=0xffc7 => code - 0xffc2 + 0x314f,
        0xffca..=0xffcf => code - 0xffca + 0x3155,
        0xffd2..=0xffd7 => code - 0xffd2 + 0x315b,
        0xffda..=0xffdc => code - 0xffda + 0x3161,
        _ => code,
    };
    char::from_u32(usual).unwrap_or(c)
}

/// Returns the keys of a syllable or a part of one (The Unicode Standard, section 3.12).
fn keys(c: char) -> Option<[&'static str; 3]> {
    let code = u32::from(c);
    let of = |table: &[&'static str], first: u32| {
        let place = usize::try_from(code.checked_sub(first)?).ok()?;
        Some([*table.get(place)?, "", ""])
    };
    match code {
        0xac00..=0xd7a3 => {
            let number = (code - 0xac00) as usize;
            let initial = INITIALS.get(number / 588)?;
            let vowel = VOWELS.get(number % 588 / 28)?;
            Some([initial, vowel, FINALS.get(number % 28)?])
        }
        0x1100..=0x1112 => of(&INITIALS, 0x1100),
        0x1161..=0x1175 => of(&VOWELS, 0x1161),
        0x11a7..=0x11c2 => of(&FINALS, 0x11a7),
        0x3131..=0x314e => of(&ALONE, 0x3131),
        0x314f..=0x3163 => of(&VOWELS, 0x314f),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_that_read_the_same_are_the_same() {
        for (a, b) in [
            ("SageMaker", "ＳａｇｅＭａｋｅｒ"),
            ("휴지 기간", "휴지기간"),
            ("휴지 기간", "휴지\u{3000}기간"),
            // NFD, as files of macOS have it.
            (
                "쿨다운",
                "\u{110f}\u{116e}\u{11af}\u{1103}\u{1161}\u{110b}\u{116e}\u{11ab}",
            ),
            ("ㄱㅏ", "가"),
            ("ﾡￂ", "가"),
            ("닭", "달ㄱ"),
            ("과", "고ㅏ"),
            ("EC2  Auto\nScaling", "ec2 auto scaling"),
            ("scale-in", "scale in"),
            ("SageMaker 엔드포인트", "sagemaker엔드포인트"),
            ("엔드포인트 SageMaker", "엔드포인트sagemaker"),
            ("co\u{ad}ol\u{200b}down", "cooldown"),
            (" target ", "target"),
            ("\u{1}\u{9}a", "a"),
        ] {
            assert_eq!(normalised(a), normalised(b), "{a} {b}");
        }
        for (a, b) in [
            ("가", "각"),
            ("갈", "값"),
            ("cool down", "cooldown"),
            ("과", "가"),
            ("a", "A1"),
        ] {
            assert_ne!(normalised(a), normalised(b), "{a} {b}");
        }
    }

    #[test]
    fn what_is_half_typed_is_within() {
        let text = normalised("쿨다운은 다른 활동을 막습니다");
        for typed in [
            "쿨",
            "쿠",
            "쿨ㄷ",
            "쿨다우",
            "쿨다운ㅇ",
            "달",
            "다르",
            "막스",
            "화",
        ] {
            let at = text
                .find(&normalised(typed))
                .unwrap_or_else(|| panic!("{typed}"));
            assert!(is_beginning(&text, at), "{typed}");
        }
        let text = normalised("감운");
        for (typed, is_word) in [
            ("ㅁ", false),
            ("ㅜㄴ", false),
            ("ㅇ", true),
            ("운", true),
            ("ㄱ", true),
        ] {
            let at = text.find(&normalised(typed)).unwrap();
            assert_eq!(is_beginning(&text, at), is_word, "{typed}");
        }
    }

    #[test]
    fn parts_are_found_in_the_original() {
        let text = "The  휴지 기간 of EC2";
        for (part, original_part) in [
            ("휴지", "휴지"),
            ("기간", "기간"),
            ("지기", "지 기"),
            ("휴", "휴"),
            ("흐", "휴"),
            ("of ec", "of EC"),
        ] {
            let normal = normalised(text);
            let part = normalised(part);
            let Some(at) = normal.find(&part) else {
                assert_eq!(original_part, "휴");
                continue;
            };
            let range = original(text, &(at..at + part.len()));
            assert_eq!(text.get(range), Some(original_part));
        }
        assert_eq!(original("abc", &(3..3)), 0..0);
    }

    proptest! {
        #[test]
        fn every_part_is_whole_characters(text in "[a-cA-C가-힣ㄱ-ㅣ\u{1100}-\u{11c2}ａ-ｃ -\u{ad}\u{1}]{0,20}", from in 0..60usize, len in 1..9usize) {
            let normal = normalised(&text);
            let range = original(&text, &(from..from + len));
            prop_assert!(text.get(range).is_some());
            prop_assert_eq!(normal.contains(is_unseen), false);
            let again: String = normal.chars().filter(|c| !is_key(*c)).collect();
            prop_assert!(again == again.to_lowercase());
        }
    }
}
