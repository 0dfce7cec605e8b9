//! Numbers in cells. Which mark is the decimal one is decided for a whole column: `1,402` alone says nothing, but beside
//! `980`, `1,402.5` or `1,25` it does.

use super::{BadReason, choices::DecimalMark};

/// Marks that separate thousands and are never decimal: blanks, no-break blanks, apostrophes, `_`.
const GROUP_MARKS: [&str; 6] = ["\u{a0}", "\u{202f}", "\u{2009}", "\u{2019}", "'", " "];
/// What programs write for no value.
const NO_VALUE: [&str; 9] = [
    "-",
    "nan",
    "null",
    "none",
    "n/a",
    "#n/a",
    "na",
    "nil",
    "undefined",
];

/// What the marks in a cell are used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MarkUsage {
    /// Digits alone.
    Plain(u64),
    /// This is its decimal mark.
    Decimal(DecimalMark),
    /// One mark, three digits after it: it is decimal, or separates thousands.
    Ambiguous(DecimalMark),
    /// Something else.
    Other,
}

/// Returns what the marks in a cell are used for.
fn mark_usage(cell: &[u8]) -> MarkUsage {
    let count = |mark: u8| cell.iter().filter(|byte| **byte == mark).count();
    let last = |mark: u8| cell.iter().rposition(|byte| *byte == mark);
    let (point, comma) = (count(b'.'), count(b','));
    if !cell.iter().any(u8::is_ascii_digit) {
        return MarkUsage::Other;
    }
    let (mark, byte) = match (point, comma) {
        (0, 0) => {
            let digits = cell.iter().all(u8::is_ascii_digit) && cell.len() < 19;
            return match std::str::from_utf8(cell).map(str::parse) {
                Ok(Ok(value)) if digits => MarkUsage::Plain(value),
                _ => MarkUsage::Other,
            };
        }
        (1.., 1..) => {
            return MarkUsage::Decimal(if last(b'.') > last(b',') {
                DecimalMark::Point
            } else {
                DecimalMark::Comma
            });
        }
        (1, 0) => (DecimalMark::Point, b'.'),
        (0, 1) => (DecimalMark::Comma, b','),
        (0, _) => return MarkUsage::Decimal(DecimalMark::Point),
        (_, _) => return MarkUsage::Decimal(DecimalMark::Comma),
    };
    let at = last(byte).unwrap_or(0);
    let (before, after) = cell.split_at_checked(at).unwrap_or((cell, &[]));
    let before = before.strip_prefix(b"+").unwrap_or(before);
    let after = after.get(1..).unwrap_or_default();
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if !digits(after) || !digits(before) {
        return MarkUsage::Other;
    }
    let group =
        after.len() == 3 && (1..=3).contains(&before.len()) && before.first() != Some(&b'0');
    if group {
        MarkUsage::Ambiguous(mark)
    } else {
        MarkUsage::Decimal(mark)
    }
}

/// What all cells of a column together say of its marks: how many cells use point and comma each way.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    decimal: [u64; 2],
    ambiguous: [u64; 2],
    largest_plain: Option<u64>,
}

/// Which mark is the decimal one of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// This is the decimal mark, or there is none.
    Settled(DecimalMark),
    /// The mark that is there may be the decimal one, or separate thousands.
    Open(DecimalMark),
}

impl Survey {
    /// Adds a cell.
    pub(super) fn add(&mut self, cell: &[u8]) {
        let index = |mark: DecimalMark| usize::from(mark == DecimalMark::Comma);
        match mark_usage(cell.trim_ascii()) {
            MarkUsage::Plain(value) => self.largest_plain = self.largest_plain.max(Some(value)),
            MarkUsage::Decimal(mark) => increment(&mut self.decimal, index(mark)),
            MarkUsage::Ambiguous(mark) => increment(&mut self.ambiguous, index(mark)),
            MarkUsage::Other => {}
        }
    }

    /// Decides which mark is the decimal one of the column.
    pub(super) fn decide(&self) -> Decision {
        let [point, comma] = self.decimal;
        if point > 0 || comma > 0 {
            return Decision::Settled(if comma > point {
                DecimalMark::Comma
            } else {
                DecimalMark::Point
            });
        }
        let mark = match self.ambiguous {
            [0, 0] => return Decision::Settled(DecimalMark::Point),
            [0, _] => DecimalMark::Comma,
            [_, 0] => DecimalMark::Point,
            // 1.402 in one row and 1,402 in another: it cannot be decided.
            _ => return Decision::Open(DecimalMark::Comma),
        };
        match self.largest_plain {
            // Numbers without a mark end where those with one begin: 980, 1,000.
            Some(100..1000) => Decision::Settled(mark.other()),
            Some(0..100) if mark == DecimalMark::Comma => Decision::Settled(mark.other()),
            // 1402 needs no mark, so that 1.402 is another number.
            Some(1000..) if mark == DecimalMark::Point => Decision::Settled(mark),
            _ => Decision::Open(mark),
        }
    }
}

fn increment(counts: &mut [u64; 2], index: usize) {
    if let Some(count) = counts.get_mut(index) {
        *count += 1;
    }
}

/// Returns whether a cell looks like a number, even one that is refused.
pub(super) fn looks_like_number(cell: &[u8]) -> bool {
    [DecimalMark::Point, DecimalMark::Comma]
        .into_iter()
        .any(|mark| {
            matches!(
                number(cell, mark),
                Ok(_) | Err(BadReason::Negative | BadReason::OtherDecimalMark)
            )
        })
}

/// Reads a number whose decimal mark is `mark`.
pub(super) fn number(cell: &[u8], mark: DecimalMark) -> Result<f64, BadReason> {
    let cell = cell.trim_ascii();
    if !cell.is_empty() && cell.len() <= 15 && cell.iter().all(u8::is_ascii_digit) {
        let value = cell
            .iter()
            .fold(0_u64, |sum, byte| sum * 10 + u64::from(byte - b'0'));
        return Ok(value as f64);
    }
    let text = std::str::from_utf8(cell).map_err(|_| BadReason::NotANumber)?;
    let text = text.trim();
    let is_nothing = NO_VALUE
        .iter()
        .any(|nothing| text.eq_ignore_ascii_case(nothing));
    if text.is_empty() || is_nothing {
        return Err(BadReason::MissingCell);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let (decimal, thousands) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let mut is_whole = true;
    let mut since_group: Option<usize> = None;
    let mut leading = 0_usize;
    while let Some(first) = rest.chars().next() {
        let group = GROUP_MARKS.iter().find(|group| rest.starts_with(**group));
        if first.is_ascii_digit() {
            if is_whole {
                since_group = since_group.map(|digits| digits + 1);
                leading += usize::from(since_group.is_none());
            }
            plain.push(first);
        } else if first == decimal && is_whole {
            if since_group.is_some_and(|digits| digits != 3) {
                return Err(BadReason::NotANumber);
            }
            (is_whole, since_group) = (false, None);
            plain.push('.');
        } else if is_whole && (first == thousands || group.is_some()) {
            let fits = match since_group {
                None => (1..=3).contains(&leading),
                Some(digits) => digits == 2 || digits == 3,
            };
            if !fits {
                return Err(misplaced(first, thousands));
            }
            since_group = Some(0);
            rest = rest
                .get(group.map_or(1, |group| group.len())..)
                .unwrap_or_default();
            continue;
        } else if "+-eE".contains(first) {
            plain.push(first);
        } else {
            return Err(misplaced(first, thousands));
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    if since_group.is_some_and(|digits| digits != 3) {
        return Err(misplaced(thousands, thousands));
    }
    match plain.parse::<f64>() {
        Ok(value) if value < 0.0 => Err(BadReason::Negative),
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(BadReason::NotANumber),
    }
}

fn misplaced(mark: char, thousands: char) -> BadReason {
    if mark == thousands || mark == ',' || mark == '.' {
        BadReason::OtherDecimalMark
    } else {
        BadReason::NotANumber
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        use BadReason::*;
        use DecimalMark::*;
        let cases = [
            ("0", Point, Ok(0.0)),
            (" 229426 ", Point, Ok(229_426.0)),
            ("12.5", Point, Ok(12.5)),
            ("12,5", Comma, Ok(12.5)),
            ("0.1", Point, Ok(0.1)),
            ("1e3", Point, Ok(1000.0)),
            ("1.5E+3", Point, Ok(1500.0)),
            ("+5", Point, Ok(5.0)),
            (".5", Point, Ok(0.5)),
            ("1,234", Point, Ok(1234.0)),
            ("1,234", Comma, Ok(1.234)),
            ("1.234.567", Comma, Ok(1_234_567.0)),
            ("1 234", Point, Ok(1234.0)),
            ("1'234", Point, Ok(1234.0)),
            ("1\u{a0}234,5", Comma, Ok(1234.5)),
            ("1\u{202f}234", Point, Ok(1234.0)),
            ("1,234.5", Point, Ok(1234.5)),
            ("12,34,567", Point, Ok(1_234_567.0)),
            ("1.234,5", Comma, Ok(1234.5)),
            ("123456789012345678", Point, Ok(123_456_789_012_345_680.0)),
            ("-1", Point, Err(Negative)),
            ("-1,234", Point, Err(Negative)),
            ("", Point, Err(MissingCell)),
            ("  ", Point, Err(MissingCell)),
            ("null", Point, Err(MissingCell)),
            ("N/A", Point, Err(MissingCell)),
            ("12,5", Point, Err(OtherDecimalMark)),
            ("1,234.5", Comma, Err(OtherDecimalMark)),
            ("12 rps", Point, Err(NotANumber)),
            ("inf", Point, Err(NotANumber)),
            ("1e999", Point, Err(NotANumber)),
            ("lots", Point, Err(NotANumber)),
            ("1 23", Point, Err(OtherDecimalMark)),
        ];
        for (text, mark, expected) in cases {
            assert_eq!(number(text.as_bytes(), mark), expected, "{text} {mark:?}");
        }
    }

    #[test]
    fn a_column_settles_its_mark() {
        use DecimalMark::*;
        use Decision::*;
        let cases: [(&[&str], Decision); 15] = [
            (&["1", "2"], Settled(Point)),
            (&["900", "980", "1,000", "1,480"], Settled(Point)),
            (&["900", "980", "1.000", "1.480"], Settled(Comma)),
            (&["0", "7", "1,000"], Settled(Point)),
            (&["1,400", "1,401"], Open(Comma)),
            (&["1.400", "1.401"], Open(Point)),
            (&["1.400", "0.125"], Settled(Point)),
            (&["1,400", "12,5"], Settled(Comma)),
            (&["1,400", "1,234,567"], Settled(Point)),
            (&["1.400", "1.234.567"], Settled(Comma)),
            (&["1,400", "1,234.5"], Settled(Point)),
            (&["1.400", "1402"], Settled(Point)),
            (&["1.400", "3"], Open(Point)),
            (&["1.400", "1,400"], Open(Comma)),
            (&["1.400", "12345.678"], Settled(Point)),
        ];
        for (cells, expected) in cases {
            let mut survey = Survey::default();
            for cell in cells {
                survey.add(cell.as_bytes());
            }
            assert_eq!(survey.decide(), expected, "{cells:?}");
        }
    }
}
