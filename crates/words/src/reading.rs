//! Numbers as people type them: in the way of their locale, in that of the page's own languages, or plain.
//!
//! This alone reads them, for the form and for answers; what stands beside a number is its caller's. A mark that can be meant in two
//! ways is read as [`NumberFormat`] writes it.

use crate::NumberFormat;

/// Signs of numbers.
pub(crate) const SIGNS: [char; 2] = ['-', '+'];

/// Returns a text with plain signs: in place of full-width characters, as Korean and Japanese keyboards type them, of odd blanks,
/// apostrophes and dashes.
#[must_use]
pub fn with_plain_signs(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => u8::try_from(u32::from(c) - 0xfee0).map_or(c, char::from),
        '’' => '\'',
        '−' | '–' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// Parts the number that a text with plain signs begins with from what stands behind it; without a number the first part is empty.
#[must_use]
pub fn split_number(text: &str) -> (&str, &str) {
    let mut end = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_inside = before.is_some_and(|c: char| c.is_ascii_digit());
        let belongs = match c {
            '0'..='9' => true,
            '-' | '+' => matches!(before, None | Some('e' | 'E')) && digits > 0,
            'e' | 'E' => {
                let rest = rest.strip_prefix(SIGNS).unwrap_or(rest);
                is_inside && rest.starts_with(|c: char| c.is_ascii_digit())
            }
            ' ' | '\'' | '_' => is_inside && digits == 3,
            // The last of what is still being typed is a mark, too.
            '.' | ',' => digits > 0 || (is_inside && rest.is_empty()),
            _ => false,
        };
        if !belongs {
            break;
        }
        end = at + c.len_utf8();
        before = Some(c);
    }
    text.split_at_checked(end).unwrap_or((text, ""))
}

impl NumberFormat {
    /// Reads a number with plain signs, without anything beside it; `None`: its marks make no sense, or it is not finite.
    #[must_use]
    pub fn read(self, number: &str) -> Option<f64> {
        let (mantissa, exponent) = number
            .find(['e', 'E'])
            .map_or((number, ""), |at| number.split_at(at));
        let (sign, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = match self.decimal_mark(digits) {
            Some(at) => (digits.get(..at)?, digits.get(at + 1..)?),
            None => (digits, ""),
        };
        if !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let plain = [sign, &*ungrouped(whole)?, ".", fraction, "0", exponent].concat();
        plain.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// Writes a number as it would be typed: every digit, no groups, this decimal mark.
    #[must_use]
    pub fn typed(self, number: f64) -> String {
        number
            .to_string()
            .replace('.', self.decimal.encode_utf8(&mut [0; 4]))
    }

    /// Returns the position of the decimal mark, if there is one.
    fn decimal_mark(self, digits: &str) -> Option<usize> {
        let mut marks = digits.match_indices(['.', ',']);
        let (at, mark) = marks.next()?;
        let Some((next, other)) = marks.next() else {
            let behind = digits.len() - at - 1;
            let may_group = behind == 3 && (1..=3).contains(&at) && !digits.starts_with('0');
            return (!may_group || !self.is_group(mark)).then_some(at);
        };
        // Of several the last is the decimal mark, unless all are the same: then they part groups.
        let (last, is_other) = marks.fold((next, other != mark), |(_, is_other), (at, other)| {
            (at, is_other || other != mark)
        });
        is_other.then_some(last)
    }

    /// Whether a mark parts groups where it might part the fraction as well. What is foreign to the person's way is read as the page's
    /// own languages write it.
    fn is_group(self, mark: &str) -> bool {
        match mark {
            "," => self.decimal != ',',
            _ => self.group == Some('.'),
        }
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns digits without the marks between their groups; `None` where these are not of three, or, before the last, of two as in India.
fn ungrouped(whole: &str) -> Option<String> {
    let Some(mark) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(whole.to_owned());
    };
    let groups: Vec<&str> = whole.split(mark).collect();
    let (first, later) = groups.split_first()?;
    let (last, between) = later.split_last()?;
    let is_of = |digits: usize| {
        (1..=digits).contains(&first.len()) && between.iter().all(|it| it.len() == digits)
    };
    let is_grouped = last.len() == 3 && (is_of(3) || (mark == ',' && is_of(2)));
    let is_grouped = is_grouped && groups.iter().all(|group| is_digits(group));
    is_grouped.then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Samples};

    /// The way of a locale, as browsers write 12345678.5 and 1234 there.
    fn format(number: &str, thousands: &str) -> NumberFormat {
        let samples = Samples {
            number,
            thousands,
            ..Samples::default()
        };
        NumberFormat::learn(Lang::En, &samples)
    }

    /// Reads a text that is a number and nothing else.
    fn read(format: NumberFormat, typed: &str) -> Option<f64> {
        let text = with_plain_signs(typed);
        match split_number(text.trim()) {
            (number, "") => format.read(number),
            _ => None,
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let english = format("12,345,678.5", "1,234");
        let korean = NumberFormat::of(Lang::Ko);
        let german = format("12.345.678,5", "1.234");
        let french = format("12\u{202f}345\u{202f}678,5", "1\u{202f}234");
        let spanish = format("12.345.678,5", "1234");
        let polish = format("12\u{a0}345\u{a0}678,5", "1234");
        let swiss = format("12’345’678.5", "1’234");
        let indian = format("1,23,45,678.5", "1,234");
        let all = [
            english, korean, german, french, spanish, polish, swiss, indian,
        ];
        // What has one meaning is read everywhere.
        for (typed, expected) in [
            ("20", Some(20.0)),
            (" 0.5 ", Some(0.5)),
            ("0,5", Some(0.5)),
            (".5", Some(0.5)),
            (",5", Some(0.5)),
            ("20.", Some(20.0)),
            ("20,", Some(20.0)),
            ("0,200", Some(0.2)),
            ("0.204", Some(0.204)),
            ("1,5", Some(1.5)),
            ("12,34", Some(12.34)),
            ("1,2345", Some(1.2345)),
            ("1234,567", Some(1234.567)),
            ("1234.567", Some(1234.567)),
            ("1,200.5", Some(1200.5)),
            ("1.200,5", Some(1200.5)),
            ("1.234,567", Some(1234.567)),
            ("1,234.567", Some(1234.567)),
            ("1.234.567,89", Some(1_234_567.89)),
            ("1.200.000", Some(1_200_000.0)),
            ("1,200,000", Some(1_200_000.0)),
            ("1 200", Some(1200.0)),
            ("1 200,25", Some(1200.25)),
            ("1 200,250", Some(1200.25)),
            ("1\u{a0}200.250", Some(1200.25)),
            ("1\u{202f}234\u{202f}567,5", Some(1_234_567.5)),
            ("1’234’567.5", Some(1_234_567.5)),
            ("1'200", Some(1200.0)),
            ("1_200", Some(1200.0)),
            ("1,00,000", Some(100_000.0)),
            ("12,34,567.5", Some(1_234_567.5)),
            ("１，２００．５", Some(1200.5)),
            ("-4", Some(-4.0)),
            ("−4,5", Some(-4.5)),
            ("+4", Some(4.0)),
            ("1e3", Some(1000.0)),
            ("1,5e-3", Some(0.0015)),
            ("", None),
            (".", None),
            ("-", None),
            ("--1", None),
            ("1.2.3", None),
            ("1,2,3", None),
            ("1 2", None),
            ("10 20", None),
            ("12 3456", None),
            ("12,34,56", None),
            ("12.34.567", None),
            ("1,234.567,8", None),
            ("1,234 567", None),
            ("1234,567,890", None),
            ("1e999", None),
            ("1e", None),
            ("NaN", None),
            ("inf", None),
            ("0x10", None),
        ] {
            for format in all {
                assert_eq!(read(format, typed), expected, "{typed:?} in {format:?}");
            }
        }
        // A mark before exactly three digits is the person's own, else the page's: a comma parts groups, a point the fraction.
        for (format, comma, point) in [
            (english, 1234.0, 1.234),
            (korean, 1234.0, 1.234),
            (german, 1.234, 1234.0),
            (french, 1.234, 1.234),
            (spanish, 1.234, 1234.0),
            (polish, 1.234, 1.234),
            (swiss, 1234.0, 1.234),
            (indian, 1234.0, 1.234),
        ] {
            assert_eq!(read(format, "1,234"), Some(comma), "{format:?}");
            assert_eq!(read(format, "1.234"), Some(point), "{format:?}");
            assert_eq!(read(format, "-1.234"), Some(-point), "{format:?}");
        }
        // What is written is read as what it was.
        for format in all {
            for number in [0.0, 0.125, 1.234, 12.0, 1234.5, 1_234.567, -0.5, 1e21, 1e-9] {
                assert_eq!(read(format, &format.typed(number)), Some(number));
            }
            for number in [0.125, 1.234, 123.456, 1234.5, 12_345.678, 12_345_678.0] {
                let words = crate::Words {
                    format,
                    ..crate::Words::default()
                };
                assert_eq!(read(format, &words.number(number, 3)), Some(number));
            }
        }
    }

    #[test]
    fn a_number_ends_where_its_unit_begins() {
        for (text, number, rest) in [
            ("20 RPS", "20", " RPS"),
            ("1.2k", "1.2", "k"),
            ("1 200 req/s", "1 200", " req/s"),
            ("5e", "5", "e"),
            ("5e3x", "5e3", "x"),
            ("3-5", "3", "-5"),
            ("1시간 5분", "1", "시간 5분"),
            ("9. ", "9", ". "),
            ("RPS", "", "RPS"),
            ("e5", "", "e5"),
        ] {
            assert_eq!(split_number(text), (number, rest), "{text:?}");
        }
    }
}
