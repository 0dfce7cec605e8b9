//! Reads numbers back out of a sentence: a form is looked for, its numbers are taken, and what has been taken is gone.

use std::fmt;
use words::Lang;

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    pub value: f64,
    pub decimals: i32,
}

/// What is left to read of a sentence.
pub struct Sentence {
    lang: Lang,
    whole: String,
    left: String,
}

impl fmt::Debug for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}\nleft: {:?}", self.whole, self.left)
    }
}

impl Sentence {
    pub fn of(lang: Lang, text: &str, title: &str) -> Self {
        let whole = format!("{title}: {text}").replace('\u{a0}', " ");
        let mut left = String::new();
        // What a person has called something may hold any number.
        let mut is_name = false;
        for c in text.replace('\u{a0}', " ").chars() {
            match c {
                '“' => is_name = true,
                '”' => is_name = false,
                _ if is_name => {}
                c => left.push(c),
            }
        }
        // “EC2” is no number.
        let left = left.replace("EC2", "");
        Self { lang, whole, left }
    }

    /// The numbers that stand for `#` in a form, wherever it is found; it is gone then.
    pub fn take(&mut self, form: &str) -> Option<Vec<Number>> {
        let starts: Vec<usize> = self.left.char_indices().map(|(at, _)| at).collect();
        starts.into_iter().find_map(|at| self.take_at(at, form))
    }

    /// The same where what comes before it holds no number.
    pub fn take_first(&mut self, form: &str) -> Option<Vec<Number>> {
        let is_sign = |c: char| c.is_ascii_digit() || c == '−';
        let first = self.left.find(is_sign)?;
        self.take_at(first, form)
    }

    fn take_at(&mut self, at: usize, form: &str) -> Option<Vec<Number>> {
        // A number begins where it begins.
        let before = self.left[..at].chars().next_back();
        if form.starts_with('#') && before.is_some_and(|c| c.is_ascii_digit() || ".,−+".contains(c))
        {
            return None;
        }
        let mut rest = &self.left[at..];
        let mut numbers = Vec::new();
        let mut pieces = form.split('#');
        rest = rest.strip_prefix(pieces.next()?)?;
        for piece in pieces {
            let (number, after) = number(rest)?;
            numbers.push(number);
            rest = after.strip_prefix(piece)?;
        }
        if form.ends_with('#') && rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (before, rest) = (self.left[..at].to_owned(), rest.to_owned());
        self.left = [&before, " … ", &*rest].concat();
        Some(numbers)
    }

    /// The one number of a form, of which there is one in each language.
    pub fn may_be(&mut self, en: &str, ko: &str) -> Option<Number> {
        let form = match self.lang {
            Lang::En => en,
            Lang::Ko => ko,
        };
        if form.is_empty() {
            return None;
        }
        self.take(form).map(|all| all[0])
    }

    /// A bound is told if there is one, as it is.
    pub fn is_whole(&mut self, form: &str, bound: Option<u32>) {
        let told = self.take(form).map(|all| all[0].value);
        self.holds(told == bound.map(f64::from));
    }

    #[track_caller]
    pub fn is_same(&self, told: Number, count: u32) {
        assert!(told.value == f64::from(count), "{count}: {self:?}");
    }

    /// A number is that one, rounded to the decimals that are written.
    #[track_caller]
    pub fn rounds(&self, exact: f64, told: Number) {
        let half = 0.5 * 0.1_f64.powi(told.decimals.max(0));
        let away = (exact - told.value).abs();
        assert!(away <= half * (1.0 + 1e-6), "{exact}: {self:?}");
    }

    #[track_caller]
    pub fn holds(&self, is: bool) {
        assert!(is, "{self:?}");
    }

    /// Every number was read, but for times of the day and dates.
    pub fn nothing_is_left(&self) {
        let words = self.left.split([' ', '(', ')']);
        let is_time = |word: &str| word.contains(':') || word.contains('월') || word.contains('일');
        let words: Vec<&str> = words.collect();
        for (place, word) in words.iter().enumerate() {
            let next = words.get(place + 1).copied().unwrap_or_default();
            let is_date = [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            ]
            .iter()
            .any(|month| next.starts_with(month));
            let units = [
                "s", "min", "h", "seconds", "minutes", "minute", "hours", "hour",
            ];
            let is_span = units.contains(&next.trim_end_matches(['.', ',']))
                || ["초", "분", "시간"].iter().any(|unit| word.contains(unit));
            let has_digit = word.contains(|c: char| c.is_ascii_digit());
            assert!(
                !has_digit || is_time(word) || is_date || is_span,
                "{word}: {self:?}"
            );
        }
    }
}

/// The number that a text begins with, and what comes after it.
fn number(text: &str) -> Option<(Number, &str)> {
    let (sign, digits) = match text.strip_prefix('−') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut end = 0;
    let bytes = digits.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    while is_digit(end)
        || (end > 0 && matches!(bytes.get(end), Some(b',' | b'.')) && is_digit(end + 1))
    {
        end += 1;
    }
    let plain = digits[..end].replace(',', "");
    let decimals = plain
        .split_once('.')
        .map_or(0, |(_, after)| after.len() as i32);
    let value: f64 = plain.parse().ok()?;
    Some((
        Number {
            value: sign * value,
            decimals,
        },
        &digits[end..],
    ))
}
