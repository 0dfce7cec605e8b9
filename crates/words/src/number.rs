//! Numbers, shares and money as a person writes them; how, is data that the page learns from its browser.
//!
//! What the numbers mean, and their units in prose, stand with the sentences that use them.

use crate::{Lang, Words};

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

/// A no-break space, so that a number stays with its unit.
const BLANK: &str = "\u{a0}";
const MINUS: char = '−';

impl NumberFormat {
    /// What is usual in a language.
    #[must_use]
    pub fn of(lang: Lang) -> Self {
        Self {
            decimal: '.',
            group: Some(','),
            later_groups: 3,
            groups_four_digits: true,
            percent_blank: false,
            dollar_last: false,
            month_first: lang == Lang::Ko,
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

    /// Reads what a person typed, in their own way or with a plain decimal point; `None`: not a finite number.
    #[must_use]
    pub fn parse(&self, typed: &str) -> Option<f64> {
        let mut plain = String::new();
        let mut rest = typed.trim().chars();
        while let Some(c) = rest.next() {
            let after: usize = rest
                .as_str()
                .chars()
                .take_while(char::is_ascii_digit)
                .count();
            match c {
                MINUS => plain.push('-'),
                '0'..='9' | '-' | '+' | 'e' | 'E' => plain.push(c),
                _ if Some(c) == self.group
                    && after == 3
                    && !plain.contains('.')
                    && plain != "0" => {}
                _ if c == self.decimal || c == '.' => plain.push('.'),
                ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' if after == 3 => {}
                _ => return None,
            }
        }
        plain.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// Parts an amount's whole digits into groups.
    fn group(&self, digits: &str) -> String {
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
                    || (left > 3 && (left - 3) % usize::from(self.later_groups.max(1)) == 0))
            {
                grouped.push(group);
            }
            grouped.push(digit);
        }
        grouped
    }
}

impl Words {
    /// A number with exactly so many decimals: `1,402.50`.
    #[must_use]
    pub fn fixed(self, value: f64, decimals: usize) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let plain = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = String::new();
        if value < 0.0 && plain.contains(|c: char| ('1'..='9').contains(&c)) {
            text.push(MINUS);
        }
        text.push_str(&self.format.group(whole));
        if !fraction.is_empty() {
            text.push(self.format.decimal);
            text.push_str(fraction);
        }
        text
    }

    /// A number with at most so many decimals: `1,402.5`.
    #[must_use]
    pub fn number(self, value: f64, max_decimals: usize) -> String {
        let fixed = self.fixed(value, max_decimals);
        if max_decimals == 0 {
            return fixed;
        }
        fixed
            .trim_end_matches('0')
            .trim_end_matches(self.format.decimal)
            .to_owned()
    }

    /// A number without decimals: `1,402`.
    #[must_use]
    pub fn integer(self, value: f64) -> String {
        self.fixed(value, 0)
    }

    /// Three significant digits: `0.204`, `4.32`, `118`, and every digit of what is larger.
    #[must_use]
    pub fn significant(self, value: f64) -> String {
        let decimals = match value.abs() {
            size if size >= 99.95 => 0,
            size if size >= 9.995 => 1,
            size if size >= 0.9995 => 2,
            size if size >= 0.099_95 => 3,
            _ => 4,
        };
        self.number(value, decimals)
    }

    /// A large number in three digits and a word: `1.64 M`, `164만`; below 10,000 every digit.
    #[must_use]
    pub fn compact(self, value: f64) -> String {
        let size = value.abs();
        let reaches = |unit: f64| size >= unit * 0.9995;
        let say = |unit: f64| self.significant(value / unit);
        if size < 9_999.5 {
            return self.integer(value);
        }
        match self.lang {
            Lang::En if reaches(1e12) => self.compact_trillions(&say(1e12)),
            Lang::En if reaches(1e9) => self.compact_billions(&say(1e9)),
            Lang::En if reaches(1e6) => self.compact_millions(&say(1e6)),
            Lang::Ko if reaches(1e12) => self.compact_trillions(&say(1e12)),
            Lang::Ko if reaches(1e8) => self.compact_billions(&say(1e8)),
            Lang::Ko => self.compact_millions(&say(1e4)),
            Lang::En => self.compact_thousands(&say(1e3)),
        }
    }

    /// A share as a percentage: `47%`.
    #[must_use]
    pub fn percent(self, share: f64, max_decimals: usize) -> String {
        let blank = if self.format.percent_blank { BLANK } else { "" };
        let number = self.number(share * 100.0, max_decimals);
        format!("{number}{blank}%")
    }

    /// A share served, never rounded up to a promise: `99.81%`, `99.998%`; `100%` only where nothing failed.
    #[must_use]
    pub fn availability(self, share: f64) -> String {
        if share >= 1.0 {
            return self.percent(1.0, 0);
        }
        let (steps, decimals) = if share >= 0.9999 { (1e5, 3) } else { (1e4, 2) };
        self.percent((share * steps + 1e-7).floor() / steps, decimals)
    }

    /// An amount of US dollars: `$640`, `$12.90`, `$0.0612`.
    #[must_use]
    pub fn usd(self, amount: f64) -> String {
        let number = match amount.abs() {
            size if size >= 99.995 => self.integer(amount.abs()),
            size if size >= 0.995 || size < 0.000_05 => self.fixed(amount.abs(), 2),
            _ => self.price_digits(amount.abs()),
        };
        self.dollars(&number, amount < 0.0)
    }

    /// A price to its last digit that matters: `$0.204`, `$37.688`.
    #[must_use]
    pub fn usd_price(self, amount: f64) -> String {
        self.dollars(&self.price_digits(amount.abs()), amount < 0.0)
    }

    /// Two to four decimals.
    fn price_digits(self, amount: f64) -> String {
        let full = self.fixed(amount, 4);
        let short = full.strip_suffix('0').unwrap_or(&full);
        short.strip_suffix('0').unwrap_or(short).to_owned()
    }

    fn dollars(self, number: &str, negative: bool) -> String {
        let sign = if negative { "−" } else { "" };
        if self.format.dollar_last {
            format!("{sign}{number}{BLANK}$")
        } else {
            format!("{sign}${number}")
        }
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

    fn german() -> Words {
        Words {
            lang: Lang::En,
            format: GERMAN,
        }
    }

    #[test]
    fn writes_numbers() {
        let (en, ko) = (Words::new(Lang::En), Words::new(Lang::Ko));
        let indian = Words {
            format: NumberFormat {
                later_groups: 2,
                ..en.format
            },
            ..en
        };
        let spanish = Words {
            format: NumberFormat {
                groups_four_digits: false,
                ..GERMAN
            },
            ..en
        };
        for (written, expect) in [
            (en.integer(1402.4), "1,402"),
            (en.integer(999.0), "999"),
            (en.integer(-1402.0), "−1,402"),
            (en.integer(-0.2), "0"),
            (en.number(1402.0, 2), "1,402"),
            (en.number(1402.5, 2), "1,402.5"),
            (en.number(100.0, 0), "100"),
            (en.number(f64::NAN, 2), "–"),
            (en.fixed(12.9, 2), "12.90"),
            (german().number(1_234_567.89, 2), "1.234.567,89"),
            (indian.integer(12_345_678.0), "1,23,45,678"),
            (indian.integer(123_456.0), "1,23,456"),
            (spanish.integer(1234.0), "1234"),
            (spanish.integer(12_345.0), "12.345"),
            (en.significant(0.2041), "0.204"),
            (en.significant(9.999), "10"),
            (en.significant(118.4), "118"),
            (en.compact(9_999.0), "9,999"),
            (en.compact(12_345.0), "12.3\u{a0}k"),
            (en.compact(999_999.0), "1\u{a0}M"),
            (en.compact(1_640_000.0), "1.64\u{a0}M"),
            (en.compact(2.5e9), "2.5\u{a0}B"),
            (ko.compact(1_640_000.0), "164만"),
            (ko.compact(12_345.0), "1.23만"),
            (ko.compact(12_345_678.0), "1,235만"),
            (ko.compact(250_000_000.0), "2.5억"),
            (ko.compact(9_999.0), "9,999"),
            (en.percent(0.472, 0), "47%"),
            (en.percent(-0.64, 0), "−64%"),
            (german().percent(0.5, 1), "50\u{a0}%"),
            (en.availability(1.0), "100%"),
            (en.availability(0.9981), "99.81%"),
            (en.availability(0.998_199), "99.81%"),
            (en.availability(0.999_987), "99.998%"),
            (en.availability(0.999_999_99), "99.999%"),
            (en.availability(0.5), "50%"),
            (en.usd(640.2), "$640"),
            (en.usd(12.9), "$12.90"),
            (en.usd(0.0612), "$0.0612"),
            (en.usd(0.0), "$0.00"),
            (en.usd(-5.0), "−$5.00"),
            (ko.usd(1402.0), "$1,402"),
            (german().usd(1402.0), "1.402\u{a0}$"),
            (en.usd_price(0.204), "$0.204"),
            (en.usd_price(37.688), "$37.688"),
            (en.usd_price(3.0), "$3.00"),
        ] {
            assert_eq!(written, expect);
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

    #[test]
    fn reads_what_is_typed() {
        let english = NumberFormat::of(Lang::En);
        for (format, typed, expect) in [
            (english, "20", Some(20.0)),
            (english, " 0.5 ", Some(0.5)),
            (english, "1,402.5", Some(1402.5)),
            (english, "1 402", Some(1402.0)),
            (english, "−3", Some(-3.0)),
            (english, "1e3", Some(1000.0)),
            (english, "1,5", None),
            (english, "1e999", None),
            (english, "", None),
            (english, "NaN", None),
            (english, "20 RPS", None),
            (GERMAN, "1.402,5", Some(1402.5)),
            (GERMAN, "0,5", Some(0.5)),
            (GERMAN, "0.5", Some(0.5)),
            (GERMAN, "0.204", Some(0.204)),
            (GERMAN, "1.402", Some(1402.0)),
        ] {
            assert_eq!(format.parse(typed), expect, "{typed:?}");
        }
    }
}
