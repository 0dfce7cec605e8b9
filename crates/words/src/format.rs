//! How a person writes numbers, money and dates: learnt from samples of the browser's.
//!
//! What is written with it stands in `number` and `moment`, what is read in `reading`.

use crate::Lang;

/// How a person writes numbers, money and dates. Texts are the language's business, not this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    /// Between whole and fraction.
    pub decimal: char,
    /// Between groups of three digits, where they are parted.
    pub group: Option<char>,
    /// Digits in the groups after the first: 3, in India 2.
    pub later_groups: u8,
    /// Whether a number of four digits is parted too (not in Spanish or Polish).
    pub groups_four_digits: bool,
    /// Whether a blank stands before `%`.
    pub percent_blank: bool,
    /// Whether `$` follows the amount, after a blank.
    pub dollar_last: bool,
    /// Whether the month stands before the day in a short date.
    pub month_first: bool,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self::of(Lang::En)
    }
}

/// What a browser's `Intl` makes of known values; whatever is not understood leaves the language's own way.
#[derive(Clone, Copy, Debug, Default)]
pub struct Samples<'a> {
    /// 12345678.5
    pub number: &'a str,
    /// 1234
    pub thousands: &'a str,
    /// 0.5 as a percentage
    pub percent: &'a str,
    /// 5 US dollars
    pub dollars: &'a str,
    /// 28 November of any year, in digits
    pub date: &'a str,
}

/// The sign of what is negative.
pub(crate) const MINUS: char = '−';

impl NumberFormat {
    /// What is usual in a language.
    #[must_use]
    pub const fn of(lang: Lang) -> Self {
        Self {
            decimal: '.',
            group: Some(','),
            later_groups: 3,
            groups_four_digits: true,
            percent_blank: false,
            dollar_last: false,
            month_first: matches!(lang, Lang::Ko),
        }
    }

    /// The ways of the commonest locales, by BCP 47 tag: asking a browser takes it milliseconds, and these are known.
    #[must_use]
    pub fn known(tag: &str) -> Option<Self> {
        match tag {
            "en-US" | "ko" | "ko-KR" => Some(Self {
                month_first: true,
                ..Self::default()
            }),
            _ => None,
        }
    }

    /// Learns a person's ways from samples; a script with digits of its own keeps the language's usual format.
    #[must_use]
    pub fn learn(lang: Lang, samples: &Samples) -> Self {
        let mut format = Self::of(lang);
        if let Some(whole) = samples.number.strip_suffix('5')
            && let Some(decimal) = whole.chars().next_back().filter(|c| !c.is_alphanumeric())
            && let whole = whole.strip_suffix(decimal).unwrap_or(whole)
            && whole
                .chars()
                .filter(char::is_ascii_digit)
                .eq("12345678".chars())
        {
            let mut groups = whole.split(|c: char| !c.is_ascii_digit()).rev();
            format.decimal = decimal;
            format.group = whole.chars().find(|c| !c.is_ascii_digit());
            format.later_groups = if groups.nth(1).is_some_and(|group| group.len() == 2) {
                2
            } else {
                3
            };
            format.groups_four_digits = format.group.is_some() && samples.thousands.len() > 4;
        }
        if samples.percent.contains("50") {
            format.percent_blank = samples.percent.contains(char::is_whitespace);
        }
        if let (Some(amount), Some(sign)) = (samples.dollars.find('5'), samples.dollars.find('$')) {
            format.dollar_last = sign > amount;
        }
        if let (Some(day), Some(month)) = (samples.date.find("28"), samples.date.find("11")) {
            format.month_first = month < day;
        }
        format
    }

    /// Parts an amount's whole digits into groups.
    pub(crate) fn group(&self, digits: &str) -> String {
        let Some(group) = self
            .group
            .filter(|_| digits.len() > 4 || (digits.len() == 4 && self.groups_four_digits))
        else {
            return digits.to_owned();
        };
        let mut grouped = String::new();
        for (index, digit) in digits.chars().enumerate() {
            let left = digits.len() - index;
            if index > 0
                && (left == 3
                    || (left > 3 && (left - 3).is_multiple_of(usize::from(self.later_groups))))
            {
                grouped.push(group);
            }
            grouped.push(digit);
        }
        grouped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: NumberFormat = NumberFormat {
        decimal: ',',
        group: Some('.'),
        later_groups: 3,
        groups_four_digits: true,
        percent_blank: true,
        dollar_last: true,
        month_first: false,
    };

    #[test]
    fn knows_what_a_browser_would_tell() {
        let american = Samples {
            number: "12,345,678.5",
            thousands: "1,234",
            percent: "50%",
            dollars: "$5.00",
            date: "11/28",
        };
        let korean = Samples {
            date: "11. 28.",
            ..american
        };
        for (tag, told) in [
            ("en-US", Some(american)),
            ("ko", Some(korean)),
            ("ko-KR", Some(korean)),
            ("en-GB", None),
        ] {
            let learnt = told.map(|samples| NumberFormat::learn(Lang::En, &samples));
            assert_eq!(NumberFormat::known(tag), learnt, "{tag}");
        }
    }

    #[test]
    fn learns_from_a_browser() {
        let of = |number, thousands, percent, dollars, date| {
            NumberFormat::learn(
                Lang::En,
                &Samples {
                    number,
                    thousands,
                    percent,
                    dollars,
                    date,
                },
            )
        };
        let english = NumberFormat::of(Lang::En);
        for (learnt, expect) in [
            (
                of("12,345,678.5", "1,234", "50%", "$5.00", "28/11/2026"),
                english,
            ),
            (
                of("12,345,678.5", "1,234", "50%", "$5.00", "11/28/2026"),
                NumberFormat {
                    month_first: true,
                    ..english
                },
            ),
            (
                of(
                    "12.345.678,5",
                    "1.234",
                    "50\u{a0}%",
                    "5,00\u{a0}$",
                    "28.11.2026",
                ),
                GERMAN,
            ),
            (
                of("1,23,45,678.5", "1,234", "50%", "$5.00", "28/11/2026"),
                NumberFormat {
                    later_groups: 2,
                    ..english
                },
            ),
            (
                of(
                    "12.345.678,5",
                    "1234",
                    "50\u{a0}%",
                    "5,00 US$",
                    "28/11/2026",
                ),
                NumberFormat {
                    groups_four_digits: false,
                    ..GERMAN
                },
            ),
            (of("", "", "", "", ""), english),
            (
                of("١٢٬٣٤٥٬٦٧٨٫٥", "١٬٢٣٤", "٥٠٪", "٥٫٠٠ US$", "٢٨/١١"),
                english,
            ),
        ] {
            assert_eq!(learnt, expect);
        }
    }
}
