//! Numbers, shares and money as a person writes them.
//!
//! What the numbers mean, and their units in prose, stand with the sentences that use them.

use crate::{Lang, Words, format::MINUS};

/// A no-break space, so that a number stays with its unit.
const BLANK: &str = "\u{a0}";

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
        if value < 0.0 && !is_zero(&plain) {
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

    /// A metric's value: without decimals, but of what is less than one, as a share is.
    #[must_use]
    pub fn metric(self, value: f64) -> String {
        let decimals = if value.abs() < 0.995 { 2 } else { 0 };
        self.number(value, decimals)
    }

    /// A threshold of a metric: as many decimals as tell it from its neighbours.
    #[must_use]
    pub fn threshold(self, value: f64) -> String {
        let decimals = if value.abs() < 1.0 { 3 } else { 1 };
        self.number(value, decimals)
    }

    /// Three significant digits: `0.204`, `4.32`, `118`, and every digit of what is larger.
    #[must_use]
    pub fn significant(self, value: f64) -> String {
        self.number(value, significant_decimals(value))
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
        self.percent_sign(&self.number(share * 100.0, max_decimals))
    }

    /// A number that is a percentage already.
    pub(crate) fn percent_sign(self, number: &str) -> String {
        let blank = if self.format.percent_blank { BLANK } else { "" };
        format!("{number}{blank}%")
    }

    /// A share served, never rounded up to a promise: `99.81%`, `99.998%`; `100%` only where nothing failed.
    #[must_use]
    pub fn availability(self, share: f64) -> String {
        // Sums of a run are exact to less than this: not a request failed.
        if share >= 1.0 - 1e-11 {
            return self.percent(1.0, 0);
        }
        let (steps, decimals) = if share >= 0.9999 { (1e5, 3) } else { (1e4, 2) };
        self.percent_sign(&self.fixed((share * steps + 1e-7).floor() / steps * 100.0, decimals))
    }

    /// An amount of US dollars: `$640`, `$12.90`, `$0.0612`.
    #[must_use]
    pub fn usd(self, amount: f64) -> String {
        let number = match amount.abs() {
            size if size >= 99.995 => self.integer(amount.abs()),
            size if !(0.000_05..0.0995).contains(&size) => self.fixed(amount.abs(), 2),
            _ => self.price_digits(amount.abs()),
        };
        self.dollars(&number, amount)
    }

    /// A price to its last digit that matters: `$0.204`, `$37.688`.
    #[must_use]
    pub fn usd_price(self, amount: f64) -> String {
        self.dollars(&self.price_digits(amount.abs()), amount)
    }

    /// Two to four decimals.
    fn price_digits(self, amount: f64) -> String {
        let full = self.fixed(amount, 4);
        let short = full.strip_suffix('0').unwrap_or(&full);
        short.strip_suffix('0').unwrap_or(short).to_owned()
    }

    fn dollars(self, number: &str, amount: f64) -> String {
        let sign = if amount < 0.0 && !is_zero(number) {
            "−"
        } else {
            ""
        };
        if self.format.dollar_last {
            format!("{sign}{number}{BLANK}$")
        } else {
            format!("{sign}${number}")
        }
    }
}

/// Decimals of three significant digits.
pub(crate) fn significant_decimals(value: f64) -> usize {
    match value.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        size if size >= 0.9995 => 2,
        size if size >= 0.099_95 => 3,
        _ => 4,
    }
}

/// What is written is none, however little it may be: it takes no sign.
pub(crate) fn is_zero(number: &str) -> bool {
    !number.contains(|c: char| ('1'..='9').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NumberFormat;

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
            (en.availability(1.0 - 1e-13), "100%"),
            (en.availability(0.9981), "99.81%"),
            (en.availability(0.998_199), "99.81%"),
            (en.availability(0.999_987), "99.998%"),
            (en.availability(0.999_999_99), "99.999%"),
            (en.availability(0.5), "50.00%"),
            (en.usd(640.2), "$640"),
            (en.usd(12.9), "$12.90"),
            (en.usd(0.2856), "$0.29"),
            (en.usd(0.0612), "$0.0612"),
            (en.usd(0.0), "$0.00"),
            (en.usd(-5.0), "−$5.00"),
            (en.usd(-0.0), "$0.00"),
            (en.usd(-0.000_01), "$0.00"),
            (en.usd_price(-0.000_01), "$0.00"),
            (en.number(-0.0, 2), "0"),
            (en.number(-0.004, 2), "0"),
            (en.percent(-0.0001, 0), "0%"),
            (en.significant(-0.000_01), "0"),
            (en.compact(-0.4), "0"),
            (ko.usd(1402.0), "$1,402"),
            (german().usd(1402.0), "1.402\u{a0}$"),
            (en.usd_price(0.204), "$0.204"),
            (en.usd_price(37.688), "$37.688"),
            (en.usd_price(3.0), "$3.00"),
        ] {
            assert_eq!(written, expect);
        }
    }
}
