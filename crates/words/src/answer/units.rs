//! What people write beside a number, by what it is a number of: the word for what is counted, a rate, a power of ten.

use study::unit::Unit;

/// What a piece of a label does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece {
    /// It names what is counted.
    Noun,
    /// It says per what: the number is multiplied by this.
    Rate(f64),
    /// It is a power of ten or a unit: the number before it is multiplied by this.
    Scale(f64),
}

use Piece::{Noun, Rate, Scale};

/// A spelling in small letters without blanks, and what it does.
type Spelling = (&'static str, Piece);

const ANY: &[Spelling] = &[("and", Noun)];
const POWERS: &[Spelling] = &[
    ("k", Scale(1e3)),
    ("thousand", Scale(1e3)),
    ("million", Scale(1e6)),
    ("billion", Scale(1e9)),
    ("trillion", Scale(1e12)),
    ("천", Scale(1e3)),
    ("만", Scale(1e4)),
    ("백만", Scale(1e6)),
    ("억", Scale(1e8)),
    ("조", Scale(1e12)),
];
const REQUESTS: &[Spelling] = &[
    ("request", Noun),
    ("requests", Noun),
    ("req", Noun),
    ("reqs", Noun),
    ("invocation", Noun),
    ("invocations", Noun),
    ("요청", Noun),
    ("호출", Noun),
    ("건", Noun),
    ("개", Noun),
    ("회", Noun),
];
const PER_INSTANCE: &[Spelling] = &[
    ("perinstance", Noun),
    ("aninstance", Noun),
    ("/instance", Noun),
    ("인스턴스당", Noun),
];
const INSTANCES: &[Spelling] = &[
    ("instance", Noun),
    ("instances", Noun),
    ("copy", Noun),
    ("copies", Noun),
    ("인스턴스", Noun),
    ("복사본", Noun),
    ("대", Noun),
    ("개", Noun),
];
const TIMES: &[Spelling] = &[
    ("time", Noun),
    ("times", Noun),
    ("x", Noun),
    ("×", Noun),
    ("회", Noun),
    ("번", Noun),
];
const CREDITS: &[Spelling] = &[
    ("credit", Noun),
    ("credits", Noun),
    ("cpu", Noun),
    ("크레딧", Noun),
    ("개", Noun),
];
const DOLLARS: &[Spelling] = &[
    ("$", Noun),
    ("us$", Noun),
    ("usd", Noun),
    ("dollar", Noun),
    ("dollars", Noun),
    ("달러", Noun),
    ("/month", Noun),
    ("amonth", Noun),
    ("permonth", Noun),
    ("/월", Noun),
    ("월", Noun),
];
const PERCENT: &[Spelling] = &[
    ("%", Scale(1.0)),
    ("percent", Scale(1.0)),
    ("퍼센트", Scale(1.0)),
    ("프로", Scale(1.0)),
];
/// Per second, minute and hour.
const RATES: [&[&str]; 3] = [
    &[
        "/s",
        "/sec",
        "/second",
        "persecond",
        "persec",
        "asecond",
        "rps",
        "qps",
        "초당",
        "/초",
    ],
    &[
        "/m",
        "/min",
        "/minute",
        "perminute",
        "permin",
        "aminute",
        "rpm",
        "분당",
        "/분",
    ],
    &["/h", "/hour", "perhour", "anhour", "시간당", "/시간"],
];
/// Milliseconds, seconds, minutes, hours, days.
const SPANS: [(&[&str], f64); 5] = [
    (&["ms", "millisecond", "milliseconds", "밀리초"], 0.001),
    (&["s", "sec", "secs", "second", "seconds", "초"], 1.0),
    (&["m", "min", "mins", "minute", "minutes", "분"], 60.0),
    (&["h", "hr", "hrs", "hour", "hours", "시간"], 3_600.0),
    (&["d", "day", "days", "일"], 86_400.0),
];

/// Returns the longest piece that a label begins with, and how many bytes it has.
pub(super) fn piece(label: &str, unit: Unit) -> Option<(Piece, usize)> {
    let tables: &[&[Spelling]] = match unit {
        Unit::Number => &[POWERS],
        Unit::Requests => &[POWERS, REQUESTS],
        Unit::RequestsPerSecond | Unit::RequestsPerMinute => &[POWERS, REQUESTS, PER_INSTANCE],
        Unit::Instances => &[POWERS, INSTANCES],
        Unit::Times => &[POWERS, TIMES],
        Unit::Share | Unit::Percent => &[PERCENT],
        Unit::Usd => &[POWERS, DOLLARS],
        Unit::Credits => &[POWERS, CREDITS],
        Unit::Minutes | Unit::Seconds | Unit::Milliseconds | Unit::Moment => &[],
    };
    let spelled =
        (tables.iter().copied().flatten().chain(ANY)).map(|(spelling, piece)| (*spelling, *piece));
    let rates = RATES.iter().zip([1.0, 60.0, 3_600.0]);
    let rates = rates.filter_map(|(spellings, span_s)| {
        let per_s = |of_unit: f64| Some((*spellings, Rate(of_unit / span_s)));
        match unit {
            Unit::RequestsPerSecond => per_s(1.0),
            Unit::RequestsPerMinute => per_s(60.0),
            _ => None,
        }
    });
    let spans = SPANS.iter().filter_map(|(spellings, span_s)| {
        let of_unit = match unit {
            Unit::Minutes => 60.0,
            Unit::Seconds | Unit::Moment => 1.0,
            Unit::Milliseconds => 0.001,
            _ => return None,
        };
        Some((*spellings, Scale(span_s / of_unit)))
    });
    let listed = (rates.chain(spans))
        .flat_map(|(spellings, piece)| spellings.iter().map(move |spelling| (*spelling, piece)));
    (spelled.chain(listed))
        .filter(|(spelling, _)| label.starts_with(spelling))
        .max_by_key(|(spelling, _)| spelling.len())
        .map(|(spelling, piece)| (piece, spelling.len()))
}
