//! Numbers in cells. Which mark is the decimal one is decided for a whole column: `1,402` alone says nothing, but beside
//! `980`, `1,402.5` or `1,25` it does.

use super::{BadReason, choices::Mark};

/// Marks that part thousands and are never decimal: blanks, no-break blanks, apostrophes, `_`.
const GROUPS: [&str; 6] = ["\u{a0}", "\u{202f}", "\u{2009}", "\u{2019}", "'", " "];
/// What programs write for no value.
const NOTHING: [&str; 9] = [
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

/// What the marks of a number in a cell allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    /// Digits alone.
    Plain(u64),
    /// This is its decimal mark.
    Decimal(Mark),
    /// One mark, three digits after it: decimal, or between thousands.
    Either(Mark),
    /// Something else.
    Other,
}

/// How the marks of a cell are used.
fn looks(cell: &[u8]) -> Looks {
    let count = |mark: u8| cell.iter().filter(|byte| **byte == mark).count();
    let last = |mark: u8| cell.iter().rposition(|byte| *byte == mark);
    let (point, comma) = (count(b'.'), count(b','));
    if !cell.iter().any(u8::is_ascii_digit) {
        return Looks::Other;
    }
    let other = |mark: Mark| match mark {
        Mark::Point => Mark::Comma,
        Mark::Comma => Mark::Point,
    };
    let (mark, byte) = match (point, comma) {
        (0, 0) => {
            let digits = cell.iter().all(u8::is_ascii_digit) && cell.len() < 19;
            return match std::str::from_utf8(cell).map(str::parse) {
                Ok(Ok(value)) if digits => Looks::Plain(value),
                _ => Looks::Other,
            };
        }
        (1.., 1..) => {
            return Looks::Decimal(if last(b'.') > last(b',') {
                Mark::Point
            } else {
                Mark::Comma
            });
        }
        (1, 0) => (Mark::Point, b'.'),
        (0, 1) => (Mark::Comma, b','),
        (0, _) => return Looks::Decimal(other(Mark::Comma)),
        (_, _) => return Looks::Decimal(other(Mark::Point)),
    };
    let at = last(byte).unwrap_or(0);
    let (before, after) = cell.split_at_checked(at).unwrap_or((cell, &[]));
    let before = before.strip_prefix(b"+").unwrap_or(before);
    let after = after.get(1..).unwrap_or_default();
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if !digits(after) || !digits(before) {
        return Looks::Other;
    }
    let group =
        after.len() == 3 && (1..=3).contains(&before.len()) && before.first() != Some(&b'0');
    if group {
        Looks::Either(mark)
    } else {
        Looks::Decimal(mark)
    }
}

/// What all cells of a column together say of its marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    decimal: [u64; 2],
    either: [u64; 2],
    plain_most: Option<u64>,
}

/// What a survey comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// This is the decimal mark, or there is none.
    Settled(Mark),
    /// The mark that is there may be either.
    Open(Mark),
}

impl Survey {
    /// Looks at a cell.
    pub(super) fn see(&mut self, cell: &[u8]) {
        let place = |mark: Mark| usize::from(mark == Mark::Comma);
        match looks(cell.trim_ascii()) {
            Looks::Plain(value) => self.plain_most = self.plain_most.max(Some(value)),
            Looks::Decimal(mark) => bump(&mut self.decimal, place(mark)),
            Looks::Either(mark) => bump(&mut self.either, place(mark)),
            Looks::Other => {}
        }
    }

    /// The decimal mark of the column.
    pub(super) fn decide(&self) -> Decision {
        let [point, comma] = self.decimal;
        if point > 0 || comma > 0 {
            return Decision::Settled(if comma > point {
                Mark::Comma
            } else {
                Mark::Point
            });
        }
        let (mark, other) = match self.either {
            [0, 0] => return Decision::Settled(Mark::Point),
            [0, _] => (Mark::Comma, Mark::Point),
            [_, 0] => (Mark::Point, Mark::Comma),
            // 1.402 in one row and 1,402 in another: nobody can tell.
            _ => return Decision::Open(Mark::Comma),
        };
        match self.plain_most {
            // Numbers without a mark end where those with one begin: 980, 1,000.
            Some(100..1000) => Decision::Settled(other),
            Some(0..100) if mark == Mark::Comma => Decision::Settled(other),
            // 1402 needs no mark, so that 1.402 is another number.
            Some(1000..) if mark == Mark::Point => Decision::Settled(mark),
            _ => Decision::Open(mark),
        }
    }
}

fn bump(counts: &mut [u64; 2], place: usize) {
    if let Some(count) = counts.get_mut(place) {
        *count += 1;
    }
}

/// Whether a cell looks like a number, even one that is refused.
pub(super) fn looks_like_number(cell: &[u8]) -> bool {
    [Mark::Point, Mark::Comma].into_iter().any(|mark| {
        matches!(
            number(cell, mark),
            Ok(_) | Err(BadReason::Negative | BadReason::OtherDecimalMark)
        )
    })
}

/// Reads a number whose decimal mark is `mark`.
pub(super) fn number(cell: &[u8], mark: Mark) -> Result<f64, BadReason> {
    let cell = cell.trim_ascii();
    if !cell.is_empty() && cell.len() <= 15 && cell.iter().all(u8::is_ascii_digit) {
        let value = cell
            .iter()
            .fold(0_u64, |sum, byte| sum * 10 + u64::from(byte - b'0'));
        return Ok(value as f64);
    }
    let text = std::str::from_utf8(cell).map_err(|_| BadReason::NotANumber)?;
    let text = text.trim();
    let is_nothing = NOTHING
        .iter()
        .any(|nothing| text.eq_ignore_ascii_case(nothing));
    if text.is_empty() || is_nothing {
        return Err(BadReason::MissingCell);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let (decimal, between) = match mark {
        Mark::Point => ('.', ','),
        Mark::Comma => (',', '.'),
    };
    let mut is_whole = true;
    let mut since_group: Option<usize> = None;
    let mut leading = 0_usize;
    while let Some(first) = rest.chars().next() {
        let group = GROUPS.iter().find(|group| rest.starts_with(**group));
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
        } else if is_whole && (first == between || group.is_some()) {
            let fits = match since_group {
                None => (1..=3).contains(&leading),
                Some(digits) => digits == 2 || digits == 3,
            };
            if !fits {
                return Err(misplaced(first, between));
            }
            since_group = Some(0);
            rest = rest
                .get(group.map_or(1, |group| group.len())..)
                .unwrap_or_default();
            continue;
        } else if "+-eE".contains(first) {
            plain.push(first);
        } else {
            return Err(misplaced(first, between));
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    if since_group.is_some_and(|digits| digits != 3) {
        return Err(misplaced(between, between));
    }
    match plain.parse::<f64>() {
        Ok(value) if value < 0.0 => Err(BadReason::Negative),
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(BadReason::NotANumber),
    }
}

fn misplaced(mark: char, between: char) -> BadReason {
    if mark == between || mark == ',' || mark == '.' {
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
        use Mark::*;
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
        use Decision::*;
        use Mark::*;
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
                survey.see(cell.as_bytes());
            }
            assert_eq!(survey.decide(), expected, "{cells:?}");
        }
    }
}
