//! The usual schedules, each of a few pieces that a person can choose, and AWS's expression for them.
//!
//! The expression is all that is kept: the pieces are read from it and written into it, so that neither can go astray.
//! One that is not usual has no pieces; it is still the person's own, in the field of the expression.

use scenario::{
    field::{self, Field, List, Place},
    schedule::{Cron, DayRule, Rate, RateUnit, Schedule},
    time::{LocalDate, LocalDateTime, LocalTime, Weekday},
};
use words::NumberFormat;

use super::{
    editable::{days_named, named_days, time},
    number::{self, Unit, Wrong},
};

/// Piece of a usual schedule that a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Which of the usual ones.
    Kind,
    /// Date and time, once.
    At,
    /// Days of the week.
    Days,
    /// Day of the month.
    Date,
    /// Time of day.
    Time,
    /// How many units apart.
    Every,
    /// The unit.
    Unit,
}

impl Piece {
    /// The pieces, by the names of their fields.
    pub const ALL: [(&'static str, Self); 7] = [
        ("Schedule.kind", Self::Kind),
        ("Schedule.at", Self::At),
        ("Schedule.days", Self::Days),
        ("Schedule.date", Self::Date),
        ("Schedule.time", Self::Time),
        ("Schedule.every", Self::Every),
        ("Schedule.unit", Self::Unit),
    ];

    /// Returns the piece that a field is about, if it is about one.
    pub fn of(field: Field) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        let (_, piece) = all.find(|(name, _)| *name == field.name)?;
        matches!(field.place, Place::Item(List::Actions, _)).then_some(piece)
    }

    /// Returns how it is edited.
    pub fn kind(self) -> field::Kind {
        match self {
            Self::Kind => field::Kind::Choice(&KINDS),
            Self::At => field::Kind::DateTime,
            Self::Days => field::Kind::Days,
            Self::Date => field::Kind::Choice(&DATES),
            Self::Time => field::Kind::Time,
            Self::Every => field::Kind::Whole,
            Self::Unit => field::Kind::Choice(&UNITS),
        }
    }
}

/// A usual schedule.
#[derive(Clone, Debug, PartialEq)]
enum Usual {
    Once(LocalDateTime),
    Daily(LocalTime),
    /// Monday to Friday.
    Weekdays(LocalTime),
    Days(Vec<Weekday>, LocalTime),
    /// `None`: the last day.
    Monthly(Option<u16>, LocalTime),
    Every(Rate),
}

/// The kind of every expression that is none of the usual ones.
pub const OWN: &str = "own";
/// The last day of a month, among the dates.
pub const LAST: &str = "last";

/// The kinds; one's own comes last.
pub const KINDS: [&str; 7] = ["once", "daily", "weekdays", "days", "monthly", "every", OWN];
/// Days of the month.
const DATES: [&str; 32] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17",
    "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", LAST,
];
/// What a rate counts in.
const UNITS: [&str; 3] = ["minutes", "hours", "days"];

const EVERY_DAY: &[Weekday] = Weekday::ALL;
/// Hour of the day of a schedule of which nobody said when.
const MORNING_H: u32 = 8;

impl Usual {
    fn read(expression: &str) -> Option<Self> {
        let cron = match Schedule::parse(expression).ok()? {
            Schedule::At(at) => return Some(Self::Once(at)),
            Schedule::Rate(rate) => return Some(Self::Every(rate)),
            Schedule::Cron(cron) => cron,
        };
        let time = only_time(&cron)?;
        if !cron.months.allows_all() || !cron.years.allows_all() {
            return None;
        }
        // Days that are listed one by one are a choice of days, also where they happen to be a row.
        let listed = expression.contains(',');
        match &cron.days {
            DayRule::Every if listed => Some(Self::Days(EVERY_DAY.to_vec(), time)),
            DayRule::Every => Some(Self::Daily(time)),
            DayRule::Weekdays(days) if !listed && days[..] == Weekday::WORKDAYS => {
                Some(Self::Weekdays(time))
            }
            DayRule::Weekdays(days) => Some(Self::Days(days.clone(), time)),
            DayRule::Dates(dates) => match dates[..] {
                [date] => Some(Self::Monthly(Some(date), time)),
                _ => None,
            },
            DayRule::LastDate => Some(Self::Monthly(None, time)),
            DayRule::Nearest(_)
            | DayRule::Nth(..)
            | DayRule::Last(_)
            | DayRule::Either { .. }
            | DayRule::Both { .. } => None,
        }
    }

    fn write(&self) -> String {
        let cron = |time: &LocalTime, date: &str, weekday: &str| {
            let (hour, minute) = (time.hour(), time.minute());
            format!("cron({minute} {hour} {date} * {weekday} *)")
        };
        match self {
            Self::Once(at) => Schedule::once(*at),
            Self::Daily(time) => cron(time, "*", "?"),
            Self::Weekdays(time) => cron(time, "?", "MON-FRI"),
            Self::Days(days, time) => cron(time, "?", &named_days(days).to_ascii_uppercase()),
            Self::Monthly(Some(date), time) => cron(time, &date.to_string(), "?"),
            Self::Monthly(None, time) => cron(time, "L", "?"),
            Self::Every(rate) => {
                let (one, more) = rate.unit.names();
                let name = if rate.value == 1 { one } else { more };
                format!("rate({} {name})", rate.value)
            }
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Once(_) => "once",
            Self::Daily(_) => "daily",
            Self::Weekdays(_) => "weekdays",
            Self::Days(..) => "days",
            Self::Monthly(..) => "monthly",
            Self::Every(_) => "every",
        }
    }

    /// Returns the time of day, where there is one.
    fn time(&self) -> Option<LocalTime> {
        match self {
            Self::Once(at) => Some(at.time()),
            Self::Daily(time)
            | Self::Weekdays(time)
            | Self::Days(_, time)
            | Self::Monthly(_, time) => Some(*time),
            Self::Every(_) => None,
        }
    }

    /// Returns the usual schedule of a kind, with what the last one says of it; a date that nothing says is the run's first.
    fn of_kind(kind: &str, last: Option<&Self>, first_day: LocalDate) -> Option<Self> {
        let morning = LocalTime::new(MORNING_H, 0, 0).unwrap_or_default();
        let time = last.and_then(Self::time).unwrap_or(morning);
        Some(match kind {
            "once" => Self::Once(first_day.at(time)),
            "daily" => Self::Daily(time),
            "weekdays" => Self::Weekdays(time),
            "days" => {
                let days = match last {
                    Some(Self::Weekdays(_)) => Weekday::WORKDAYS.to_vec(),
                    Some(Self::Daily(_)) => EVERY_DAY.to_vec(),
                    Some(Self::Once(at)) => vec![at.date().weekday()],
                    _ => vec![first_day.weekday()],
                };
                Self::Days(days, time)
            }
            "monthly" => {
                let day = match last {
                    Some(Self::Once(at)) => at.date(),
                    _ => first_day,
                };
                Self::Monthly(Some(day.day() as u16), time)
            }
            "every" => Self::Every(Rate {
                value: 1,
                unit: RateUnit::Hour,
            }),
            _ => return None,
        })
    }
}

/// Returns the time of day of a cron expression that has only one.
fn only_time(cron: &Cron) -> Option<LocalTime> {
    match (cron.hours.list(), cron.minutes.list()) {
        ([hour], [minute]) => LocalTime::new(u32::from(*hour), u32::from(*minute), 0),
        _ => None,
    }
}

/// Whether an expression is none of the usual ones.
pub fn is_own(expression: &str) -> bool {
    Usual::read(expression).is_none()
}

/// Returns what a field shows of `expression`; `None` where it has no such piece.
pub fn text(expression: &str, piece: Piece) -> Option<String> {
    let usual = Usual::read(expression);
    if piece == Piece::Kind {
        return Some(usual.as_ref().map_or(OWN, Usual::kind).to_owned());
    }
    match (usual?, piece) {
        (Usual::Once(at), Piece::At) => Some(at.to_string()),
        (Usual::Once(_), _) => None,
        (Usual::Days(days, _), Piece::Days) => Some(named_days(&days)),
        (Usual::Monthly(date, _), Piece::Date) => {
            Some(date.map_or_else(|| LAST.to_owned(), |date| date.to_string()))
        }
        (Usual::Every(rate), Piece::Every) => Some(rate.value.to_string()),
        (Usual::Every(rate), Piece::Unit) => Some(rate.unit.names().1.to_owned()),
        (usual, Piece::Time) => usual.time().map(|time| time.to_string()),
        _ => None,
    }
}

/// Puts a piece into `expression`: of a run that begins on that day, in a person's way of writing numbers.
pub fn set(
    expression: &mut String,
    piece: Piece,
    text: &str,
    (first_day, format): (LocalDate, NumberFormat),
) -> Result<(), Wrong> {
    let usual = Usual::read(expression);
    let next = match (usual, piece) {
        (usual, Piece::Kind) => {
            // The kind that it has already changes nothing.
            if usual.as_ref().map_or(OWN, Usual::kind) == text {
                return Ok(());
            }
            Usual::of_kind(text, usual.as_ref(), first_day).ok_or(Wrong::Empty)?
        }
        (Some(Usual::Once(_)), Piece::At) => Usual::Once(time(text)?),
        (Some(Usual::Days(_, at)), Piece::Days) => match days_named(text) {
            days if days.is_empty() => return Err(Wrong::Empty),
            days => Usual::Days(days, at),
        },
        (Some(Usual::Monthly(_, at)), Piece::Date) => match text {
            LAST => Usual::Monthly(None, at),
            text => Usual::Monthly(Some(text.parse().map_err(|_| Wrong::NotWhole)?), at),
        },
        (Some(Usual::Every(rate)), Piece::Every) => {
            match number::parse_whole(text, Unit::None, format)? {
                0 => return Err(Wrong::NotWhole),
                value => Usual::Every(Rate { value, ..rate }),
            }
        }
        (Some(Usual::Every(rate)), Piece::Unit) => {
            let unit = RateUnit::ALL
                .into_iter()
                .find(|unit| unit.names().1 == text);
            let unit = unit.ok_or(Wrong::Empty)?;
            Usual::Every(Rate { unit, ..rate })
        }
        (Some(Usual::Daily(_)), Piece::Time) => Usual::Daily(time(text)?),
        (Some(Usual::Weekdays(_)), Piece::Time) => Usual::Weekdays(time(text)?),
        (Some(Usual::Days(days, _)), Piece::Time) => Usual::Days(days, time(text)?),
        (Some(Usual::Monthly(date, _)), Piece::Time) => Usual::Monthly(date, time(text)?),
        _ => return Ok(()),
    };
    *expression = next.write();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_and_format() -> (LocalDate, NumberFormat) {
        ("2026-11-28".parse().unwrap(), NumberFormat::default())
    }

    /// The pieces of an expression, by name.
    fn pieces(expression: &str) -> String {
        let piece = |(name, piece): (&str, Piece)| {
            let name = name.strip_prefix("Schedule.")?;
            Some(format!("{name} {}", text(expression, piece)?))
        };
        let all: Vec<String> = Piece::ALL.into_iter().filter_map(piece).collect();
        all.join("; ")
    }

    #[test]
    fn what_is_usual_has_pieces() {
        for (expression, expected) in [
            ("at(2026-11-28T19:30:00)", "kind once; at 2026-11-28T19:30"),
            ("cron(30 8 * * ? *)", "kind daily; time 08:30"),
            ("cron(30 8 ? * MON-FRI *)", "kind weekdays; time 08:30"),
            ("cron(30 8 ? * 2-6 *)", "kind weekdays; time 08:30"),
            (
                "cron(30 8 ? * MON,TUE,WED,THU,FRI *)",
                "kind days; days mon,tue,wed,thu,fri; time 08:30",
            ),
            ("cron(0 0 ? * SUN *)", "kind days; days sun; time 00:00"),
            (
                "cron(0 0 ? * 1,2,3,4,5,6,7 *)",
                "kind days; days mon,tue,wed,thu,fri,sat,sun; time 00:00",
            ),
            ("cron(0 8 1 * ? *)", "kind monthly; date 1; time 08:00"),
            ("cron(0 8 L * ? *)", "kind monthly; date last; time 08:00"),
            ("rate(5 minutes)", "kind every; every 5; unit minutes"),
            ("rate(1 hour)", "kind every; every 1; unit hours"),
            ("cron(0 8,9 * * ? *)", "kind own"),
            ("cron(0 8 1,15 * ? *)", "kind own"),
            ("cron(0 8 * JUL ? *)", "kind own"),
            ("cron(0 8 * * ? 2027)", "kind own"),
            ("cron(0 8 ? * 2#1 *)", "kind own"),
            ("every day", "kind own"),
            ("", "kind own"),
        ] {
            assert_eq!(pieces(expression), expected, "{expression}");
        }
    }

    #[test]
    fn writing_back_what_is_shown_keeps_the_meaning() {
        for expression in [
            "at(2026-11-28T19:30:00)",
            "cron(30 8 * * ? *)",
            "cron(30 8 ? * MON-FRI *)",
            "cron(30 8 ? * MON,WED *)",
            "cron(0 8 31 * ? *)",
            "cron(0 8 L * ? *)",
            "rate(5 minutes)",
            "rate(1 day)",
            "cron(0 8 ? * 2#1 *)",
            "anything",
        ] {
            for (name, piece) in Piece::ALL {
                let mut written = expression.to_owned();
                if let Some(text) = text(expression, piece) {
                    set(&mut written, piece, &text, day_and_format()).unwrap();
                }
                assert_eq!(written, expression, "{name}");
            }
        }
    }

    #[test]
    fn a_piece_changes_its_part_and_a_kind_keeps_what_fits() {
        use Piece::{At, Date, Days, Every, Kind, Time, Unit};
        let mut expression = "at(2026-12-01T19:30:00)".to_owned();
        for (piece, text, expected) in [
            (At, "2026-12-02T20:15", Ok("at(2026-12-02T20:15:00)")),
            (Kind, "days", Ok("cron(15 20 ? * WED *)")),
            (Days, "mon,sun", Ok("cron(15 20 ? * MON,SUN *)")),
            (Days, "", Err(Wrong::Empty)),
            (Kind, "weekdays", Ok("cron(15 20 ? * MON-FRI *)")),
            (Time, "07:05", Ok("cron(5 7 ? * MON-FRI *)")),
            (Time, "", Err(Wrong::Empty)),
            (Kind, "days", Ok("cron(5 7 ? * MON,TUE,WED,THU,FRI *)")),
            (Kind, "daily", Ok("cron(5 7 * * ? *)")),
            (Kind, "monthly", Ok("cron(5 7 28 * ? *)")),
            (Date, "last", Ok("cron(5 7 L * ? *)")),
            (Date, "3", Ok("cron(5 7 3 * ? *)")),
            (Every, "9", Ok("cron(5 7 3 * ? *)")),
            (Kind, "once", Ok("at(2026-11-28T07:05:00)")),
            (Kind, "every", Ok("rate(1 hour)")),
            (Every, "90", Ok("rate(90 hours)")),
            (Every, "0", Err(Wrong::NotWhole)),
            (Unit, "minutes", Ok("rate(90 minutes)")),
            (Every, "1", Ok("rate(1 minute)")),
            (Kind, "own", Err(Wrong::Empty)),
            (Kind, "daily", Ok("cron(0 8 * * ? *)")),
        ] {
            let before = expression.clone();
            let set = set(&mut expression, piece, text, day_and_format());
            let expected = expected.inspect_err(|_| assert_eq!(expression, before));
            assert_eq!(set.map(|()| &*expression), expected, "{piece:?} {text}");
        }
    }
}
