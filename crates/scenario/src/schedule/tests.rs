//! AWS's own examples, its dialect's edges, daylight saving, and what holds for every schedule.

use proptest::prelude::*;

use super::*;
use crate::{
    document::ScheduledAction,
    time::{LocalDate, UtcDateTime},
};

fn utc(text: &str) -> UtcDateTime {
    text.parse().unwrap()
}

fn action(schedule: &str, zone: &str, start: Option<&str>, end: Option<&str>) -> ScheduledAction {
    ScheduledAction {
        schedule: schedule.to_owned(),
        time_zone: Some(zone.to_owned()),
        start_time: start.map(utc),
        end_time: end.map(utc),
        ..ScheduledAction::default()
    }
}

/// The timetable of an action whose fields can all be read.
fn timetable(action: &ScheduledAction) -> Option<Timetable> {
    Timetable::of(action, Schedule::of(action).ok()?)
}

/// The first `count` firings from a moment on, as UTC writes them.
fn fires(action: &ScheduledAction, from: &str, count: usize) -> Vec<String> {
    let timetable = timetable(action).unwrap_or_else(|| panic!("{action:?}"));
    let firings = timetable.firings(utc(from).seconds(), i64::MAX).take(count);
    firings
        .map(|at| LocalDateTime::from_seconds(at).to_string())
        .collect()
}

/// The rows of a table: a line each, its cells between bars; what stands behind `//` is for the reader.
fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    let lines = table.lines().map(|line| line.trim_matches(' '));
    let rows = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(|cell| cell.trim_matches(' ')).collect();
        cells.try_into().unwrap_or_else(|_| panic!("{row}"))
    })
}

/// Checks rows of an expression, the moment from which it is asked, and its next firings, all in UTC.
fn check(table: &str, action: impl Fn(&str) -> ScheduledAction) {
    for [expression, from, firings] in rows(table) {
        let expected: Vec<&str> = firings.split(' ').collect();
        let found = fires(&action(expression), from, expected.len());
        assert_eq!(found, expected, "{expression}");
    }
}

/// An action with that schedule in UTC.
fn in_utc(schedule: &str) -> ScheduledAction {
    action(schedule, "UTC", None, None)
}

#[test]
fn examples_of_application_auto_scaling() {
    // "Schedule recurring scaling actions using cron expressions", its text and its table; 2026-11-28 is a Saturday.
    check(
        "
        cron(30 6 ? * MON *)         | 2026-11-28T00:00:00Z | 2026-11-30T06:30 2026-12-07T06:30
        cron(0 10 * * ? *)           | 2026-11-28T00:00:00Z | 2026-11-28T10:00 2026-11-29T10:00
        cron(15 12 * * ? *)          | 2026-11-28T00:00:00Z | 2026-11-28T12:15 2026-11-29T12:15
        cron(0 18 ? * MON-FRI *)     | 2026-12-03T00:00:00Z | 2026-12-03T18:00 2026-12-04T18:00 2026-12-07T18:00
        cron(0 8 1 * ? *)            | 2026-11-28T00:00:00Z | 2026-12-01T08:00 2027-01-01T08:00
        cron(0/15 * * * ? *)         | 2026-11-28T00:00:00Z | 2026-11-28T00:00 2026-11-28T00:15 2026-11-28T00:30 2026-11-28T00:45 2026-11-28T01:00
        cron(0/10 * ? * MON-FRI *)   | 2026-12-04T23:45:00Z | 2026-12-04T23:50 2026-12-07T00:00 2026-12-07T00:10
        cron(0/5 8-17 ? * MON-FRI *) | 2026-12-04T17:50:00Z | 2026-12-04T17:50 2026-12-04T17:55 2026-12-07T08:00
        ",
        in_utc,
    );
}

#[test]
fn examples_of_eventbridge() {
    // "Cron expressions reference": the table, the wildcards; "Rate expressions".
    check(
        "
        cron(0/30 20-2 ? * MON-FRI *) | 2026-12-04T02:00:00Z | 2026-12-04T02:00 2026-12-04T02:30 2026-12-04T20:00 2026-12-04T20:30
        cron(15 10 ? * 6L 2026-2027)  | 2026-11-28T00:00:00Z | 2026-12-25T10:15 2027-01-29T10:15
        cron(1/10 * * * ? *)          | 2026-11-28T00:00:00Z | 2026-11-28T00:01 2026-11-28T00:11 2026-11-28T00:21
        // Thursday 3 December; Sunday 3 January, Wednesday 3 February.
        cron(0 9 3W * ? *)            | 2026-11-28T00:00:00Z | 2026-12-03T09:00 2027-01-04T09:00 2027-02-03T09:00
        cron(0 9 ? * 3#2 *)           | 2026-11-28T00:00:00Z | 2026-12-08T09:00 2027-01-12T09:00
        cron(0 9 L * ? *)             | 2026-11-28T00:00:00Z | 2026-11-30T09:00 2026-12-31T09:00 2027-01-31T09:00 2027-02-28T09:00
        cron(0 9 ? * L *)             | 2026-11-28T00:00:00Z | 2026-11-28T09:00 2026-12-05T09:00
        cron(0 0 1 JAN,FEB,MAR ? *)   | 2026-11-28T00:00:00Z | 2027-01-01T00:00 2027-02-01T00:00 2027-03-01T00:00 2028-01-01T00:00
        rate(5 minutes)               | 2026-11-28T00:00:00Z | 2026-11-28T00:05 2026-11-28T00:10
        rate(1 hour)                  | 2026-11-28T00:00:00Z | 2026-11-28T01:00 2026-11-28T02:00
        rate(7 days)                  | 2026-11-28T00:00:00Z | 2026-12-05T00:00 2026-12-12T00:00
        ",
        in_utc,
    );
}

#[test]
fn the_dialect_at_its_edges() {
    let from = "2026-11-28T00:00:00Z";
    check(
        "
        // Saturday 1 August 2026: Friday would lie in July. 31W only where there is a 31st: Sunday 31 January 2027.
        cron(0 0 1W 8 ? *)       | 2026-01-01T00:00:00Z | 2026-08-03T00:00
        cron(0 0 31W * ? *)      | 2027-01-01T00:00:00Z | 2027-01-29T00:00 2027-03-31T00:00
        cron(0 0 ? * mon#5 *)    | 2026-11-28T00:00:00Z | 2026-11-30T00:00 2027-03-29T00:00
        cron(0 0 ? * FRIL *)     | 2026-11-28T00:00:00Z | 2026-12-25T00:00
        cron(0 0 29 2 ? *)       | 2026-11-28T00:00:00Z | 2028-02-29T00:00 2032-02-29T00:00
        cron(0 12 ? * FRI-MON *) | 2026-11-28T00:00:00Z | 2026-11-28T12:00 2026-11-29T12:00 2026-11-30T12:00 2026-12-04T12:00
        cron(0 22-4/2 * * ? *)   | 2026-11-28T00:00:00Z | 2026-11-28T00:00 2026-11-28T02:00 2026-11-28T04:00 2026-11-28T22:00
        cron(0 0 28-2 * ? *)     | 2026-11-28T00:00:00Z | 2026-11-28T00:00 2026-11-29T00:00 2026-11-30T00:00 2026-12-01T00:00 2026-12-02T00:00 2026-12-28T00:00
        cron(30 45 6 ? * 2 *)    | 2026-11-28T00:00:00Z | 2026-11-30T06:45
        cron(0 0 1 1 ? 2099)     | 2026-11-28T00:00:00Z | 2099-01-01T00:00
        cron(*/20 0 ? * 7 *)     | 2026-11-28T00:00:00Z | 2026-11-28T00:00 2026-11-28T00:20 2026-11-28T00:40 2026-12-05T00:00
        cron( 0  9\t1-31 * ? * ) | 2026-11-28T00:00:00Z | 2026-11-28T09:00 2026-11-29T09:00
        at(2026-11-28T19:30:15)  | 2026-11-28T00:00:00Z | 2026-11-28T19:30:15
        ",
        in_utc,
    );
    for never in [
        "cron(0 0 30 2 ? *)",
        "cron(0 0 * * ? 2025)",
        "at(2026-11-27T23:59:59)",
    ] {
        assert_eq!(fires(&in_utc(never), from, 1), [""; 0], "{never}");
    }
}

#[test]
fn what_aws_refuses_is_explained() {
    use CronField::{DayOfMonth, DayOfWeek, Hours, Minutes, Month, Seconds, Year};
    use FieldProblem::{Backwards, NotAValue, NotAlone, NotHere, Nth, Step};
    use ScheduleProblem::{
        BothDays, CronFields, NeitherDay, NotARate, RateIsMore, RateIsOne, StarBesideDays, Unknown,
    };
    let neither = |right: &str| NeitherDay {
        right: right.to_owned(),
    };
    let star = |right: &str| StarBesideDays {
        right: right.to_owned(),
    };
    let field = |field, problem| ScheduleProblem::Field { field, problem };
    let no = |text: &str| NotAValue {
        text: text.to_owned(),
    };
    let cases = [
        ("", Unknown),
        ("cron", Unknown),
        ("Cron(0 9 * * ? *)", Unknown),
        ("cron(0 9 * * ? *", Unknown),
        ("every day", Unknown),
        ("rate()", NotARate),
        ("rate(5)", NotARate),
        ("rate(0 minutes)", NotARate),
        ("rate(-1 minutes)", NotARate),
        ("rate(+5 minutes)", NotARate),
        ("rate(1.5 hours)", NotARate),
        ("rate(2 weeks)", NotARate),
        ("rate(30 seconds)", NotARate),
        ("rate(99999999999 days)", NotARate),
        ("rate(5 Minutes)", NotARate),
        ("rate(1 hours)", RateIsOne { unit: "hour" }),
        ("rate(5 hour)", RateIsMore { unit: "hours" }),
        ("cron()", CronFields { found: 0 }),
        ("cron(0 9 * * *)", CronFields { found: 5 }),
        ("cron(0 0 9 * * ? * *)", CronFields { found: 8 }),
        ("cron(@daily)", CronFields { found: 1 }),
        ("cron(0 9 ? * ? *)", neither("cron(0 9 * * ? *)")),
        ("cron(0 9 * * * *)", neither("cron(0 9 * * ? *)")),
        ("cron(0 16 * * MON-FRI *)", star("cron(0 16 ? * MON-FRI *)")),
        ("cron(30 6 * * 2 *)", star("cron(30 6 ? * 2 *)")),
        ("cron(0 8 1 * * *)", star("cron(0 8 1 * ? *)")),
        ("cron(0 8 L * * 2026)", star("cron(0 8 L * ? 2026)")),
        ("cron(0  8 * JUN  2#1 *)", star("cron(0 8 ? JUN 2#1 *)")),
        ("cron(15 0 8 * * 6L *)", star("cron(15 0 8 ? * 6L *)")),
        ("cron(0 8 1-31 * * *)", star("cron(0 8 1-31 * ? *)")),
        // A proposal is right as it stands, so what is wrong beside the star comes first.
        ("cron(0 8 * * 9 *)", field(DayOfWeek, no("9"))),
        ("cron(0 8 32 * * *)", field(DayOfMonth, no("32"))),
        ("cron(0 8 */2 * MON *)", BothDays),
        ("cron(0 9 1 * MON *)", BothDays),
        ("cron(0 9 L * 6L *)", BothDays),
        ("cron(60 9 * * ? *)", field(Minutes, no("60"))),
        ("cron(0 24 * * ? *)", field(Hours, no("24"))),
        ("cron(0 9 0 * ? *)", field(DayOfMonth, no("0"))),
        ("cron(0 9 32 * ? *)", field(DayOfMonth, no("32"))),
        ("cron(0 9 * 13 ? *)", field(Month, no("13"))),
        ("cron(0 9 * JUNE ? *)", field(Month, no("JUNE"))),
        ("cron(0 9 ? * 0 *)", field(DayOfWeek, no("0"))),
        ("cron(0 9 ? * 8 *)", field(DayOfWeek, no("8"))),
        ("cron(0 9 ? * Weekday *)", field(DayOfWeek, no("Weekday"))),
        ("cron(0 9 * * ? 1969)", field(Year, no("1969"))),
        ("cron(0 9 * * ? 2200)", field(Year, no("2200"))),
        ("cron(0 9 * * ? 2030-2026)", field(Year, Backwards)),
        ("cron(61 0 9 * * ? *)", field(Seconds, no("61"))),
        ("cron(? 9 * * ? *)", field(Minutes, NotHere { mark: '?' })),
        ("cron(0 L * * ? *)", field(Hours, NotHere { mark: 'L' })),
        ("cron(0 9 * ? ? *)", field(Month, NotHere { mark: '?' })),
        (
            "cron(0 9 2#1 * ? *)",
            field(DayOfMonth, NotHere { mark: '#' }),
        ),
        (
            "cron(0 9 ? * 2W *)",
            field(DayOfWeek, NotHere { mark: 'W' }),
        ),
        (
            "cron(0 9 ? * 3#1,6#3 *)",
            field(DayOfWeek, NotAlone { mark: '#' }),
        ),
        (
            "cron(0 9 ? * 2,6L *)",
            field(DayOfWeek, NotAlone { mark: 'L' }),
        ),
        (
            "cron(0 9 1,L * ? *)",
            field(DayOfMonth, NotAlone { mark: 'L' }),
        ),
        (
            "cron(0 9 1W,15W * ? *)",
            field(DayOfMonth, NotAlone { mark: 'W' }),
        ),
        ("cron(0 9 LW * ? *)", field(DayOfMonth, no("LW"))),
        ("cron(0 9 ? * 2#6 *)", field(DayOfWeek, Nth)),
        ("cron(0 9 ? * 8#1 *)", field(DayOfWeek, Nth)),
        ("cron(0 9 ? * 2# *)", field(DayOfWeek, Nth)),
        ("cron(*/0 9 * * ? *)", field(Minutes, Step { max: 59 })),
        ("cron(0/90 * * * ? *)", field(Minutes, Step { max: 59 })),
        ("cron(1/x * * * ? *)", field(Minutes, Step { max: 59 })),
        ("cron(/5 * * * ? *)", field(Minutes, no(""))),
        ("cron(1,,2 * * * ? *)", field(Minutes, no(""))),
        ("cron(1-2-3 * * * ? *)", field(Minutes, no("2-3"))),
        ("cron(0 9+ * * ? *)", field(Hours, no("9+"))),
        ("cron(0 9 +MON * ? *)", field(DayOfMonth, no("+MON"))),
    ];
    for (text, problem) in cases {
        if let NeitherDay { right } | StarBesideDays { right } = &problem {
            assert!(Schedule::parse(right).is_ok(), "{text}: {right}");
        }
        assert_eq!(Schedule::parse(text).unwrap_err(), problem, "{text}");
    }
    let long = format!("cron({} 9 * * ? *)", "가".repeat(1500));
    let problem = Schedule::parse(&long).unwrap_err();
    assert_eq!(
        problem,
        field(Minutes, no(&format!("{}…", "가".repeat(20))))
    );
}

#[test]
fn the_clock_on_the_wall_decides() {
    // Zone, schedule, from, firings in UTC.
    let cases = "
        // Spring in New York: 2026-03-08, 02:00 becomes 03:00. 08:00 stays 08:00; 02:30 does not come that day.
        America/New_York | cron(0 8 * * ? *)       | 2026-03-07T00:00:00Z | 2026-03-07T13:00 2026-03-08T12:00 2026-03-09T12:00
        America/New_York | cron(30 2 * * ? *)      | 2026-03-07T00:00:00Z | 2026-03-07T07:30 2026-03-09T06:30 2026-03-10T06:30
        // Autumn: 2026-11-01, 02:00 becomes 01:00. 01:30 comes twice and fires once.
        America/New_York | cron(30 1 * * ? *)      | 2026-10-31T00:00:00Z | 2026-10-31T05:30 2026-11-01T05:30 2026-11-02T06:30
        America/New_York | cron(0/30 1-2 * * ? *)  | 2026-11-01T05:00:00Z | 2026-11-01T05:00 2026-11-01T05:30 2026-11-01T07:00
        // Who asks within the second 01:00 to 02:00 hears of the next day.
        America/New_York | cron(30 1 * * ? *)      | 2026-11-01T06:15:00Z | 2026-11-02T06:30 2026-11-03T06:30 2026-11-04T06:30
        // London: 2026-03-29, 01:00 becomes 02:00; 2026-10-25, 02:00 becomes 01:00.
        Europe/London    | cron(30 1 * * ? *)      | 2026-03-28T00:00:00Z | 2026-03-28T01:30 2026-03-30T00:30 2026-03-31T00:30
        Europe/London    | cron(30 1 * * ? *)      | 2026-10-24T00:00:00Z | 2026-10-24T00:30 2026-10-25T00:30 2026-10-26T01:30
        Europe/London    | cron(0/30 0-2 * * ? *)  | 2026-03-29T00:15:00Z | 2026-03-29T00:30 2026-03-29T01:00 2026-03-29T01:30
        // A rate does not look at the wall: days are of 24 hours.
        America/New_York | rate(1 day)             | 2026-03-07T05:00:00Z | 2026-03-08T05:00 2026-03-09T05:00 2026-03-10T05:00
        Asia/Seoul       | cron(0 9 ? * MON-FRI *) | 2026-11-28T00:00:00Z | 2026-11-30T00:00 2026-12-01T00:00 2026-12-02T00:00
        Asia/Kathmandu   | cron(0 0 1 * ? *)       | 2026-11-28T00:00:00Z | 2026-11-30T18:15 2026-12-31T18:15 2027-01-31T18:15
        // Samoa had no 30 December 2011.
        Pacific/Apia     | cron(0 12 * * ? *)      | 2011-12-29T00:00:00Z | 2011-12-29T22:00 2011-12-30T22:00 2011-12-31T22:00
    ";
    for [zone, schedule, from, firings] in rows(cases) {
        let found = fires(&action(schedule, zone, None, None), from, 3);
        assert_eq!(found.join(" "), firings, "{zone} {schedule}");
    }
    // One time, too: not where it does not come, once where it comes twice.
    for (schedule, expected) in [
        ("at(2026-03-08T02:30:00)", vec![]),
        ("at(2026-11-01T01:30:00)", vec!["2026-11-01T05:30"]),
    ] {
        let action = action(schedule, "America/New_York", None, None);
        assert_eq!(fires(&action, "2026-01-01T00:00:00Z", 2), expected);
    }
}

#[test]
fn start_and_end_bound_a_schedule() {
    // Schedule, StartTime, EndTime, firings of which there are three at most.
    let cases = "
        // It fires at StartTime, and then by the schedule.
        cron(0 9 * * ? *)       | 2026-11-29T06:07:08Z |                      | 2026-11-29T06:07:08 2026-11-29T09:00 2026-11-30T09:00
        cron(0 9 * * ? *)       | 2026-11-29T09:00:00Z |                      | 2026-11-29T09:00 2026-11-30T09:00 2026-12-01T09:00
        // Before the run began it has fired already.
        cron(0 9 * * ? *)       | 2026-11-01T06:00:00Z |                      | 2026-11-28T09:00 2026-11-29T09:00 2026-11-30T09:00
        // Nothing after EndTime; at it, still.
        cron(0 9 * * ? *)       |                      | 2026-11-29T09:00:00Z | 2026-11-28T09:00 2026-11-29T09:00
        cron(0 9 * * ? *)       |                      | 2026-11-29T08:59:59Z | 2026-11-28T09:00
        cron(0 9 * * ? *)       |                      | 2026-11-27T00:00:00Z |
        cron(0 9 * * ? *)       | 2026-11-28T10:00:00Z | 2026-11-28T11:00:00Z | 2026-11-28T10:00
        // A rate counts from StartTime, before the run or within it.
        rate(10 minutes)        | 2026-11-27T23:55:00Z |                      | 2026-11-28T00:05 2026-11-28T00:15 2026-11-28T00:25
        rate(10 minutes)        | 2026-11-27T23:50:00Z |                      | 2026-11-28T00:00 2026-11-28T00:10 2026-11-28T00:20
        rate(2 hours)           | 2026-11-28T05:00:00Z | 2026-11-28T09:00:00Z | 2026-11-28T05:00 2026-11-28T07:00 2026-11-28T09:00
        // What happens once only has to lie within.
        at(2026-11-28T12:00:00) | 2026-11-28T06:00:00Z |                      | 2026-11-28T12:00
        at(2026-11-28T12:00:00) | 2026-11-28T12:00:01Z |                      |
    ";
    for [schedule, start, end, firings] in rows(cases) {
        let given = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let action = action(schedule, "UTC", given(start), given(end));
        let found = fires(&action, "2026-11-28T00:00:00Z", 3);
        assert_eq!(found.join(" "), firings, "{schedule} {start} {end}");
    }
    // A group's recurrence, too ("performs the action at this time, and then performs the action based on the specified
    // recurrence").
    let recurring = ScheduledAction {
        recurrence: Some("0 9 * * *".to_owned()),
        ..action(
            "",
            "Asia/Seoul",
            Some("2026-11-28T06:00:00Z"),
            Some("2026-11-30T00:00:00Z"),
        )
    };
    assert_eq!(
        fires(&recurring, "2026-11-28T00:00:00Z", 9),
        ["2026-11-28T06:00", "2026-11-29T00:00", "2026-11-30T00:00"]
    );
}

fn recurring(recurrence: &str) -> ScheduledAction {
    ScheduledAction {
        recurrence: Some(recurrence.to_owned()),
        ..ScheduledAction::default()
    }
}

#[test]
fn a_recurrence_is_a_plain_cron() {
    // 2026-11-28 is a Saturday.
    check(
        "
        // AWS, Scheduled scaling: every day at 9:00, at 22:30, on the first of January, April, July, October at midnight.
        0 9 * * *                   | 2026-11-28T00:00:00Z | 2026-11-28T09:00 2026-11-29T09:00
        30 22 * * *                 | 2026-11-28T00:00:00Z | 2026-11-28T22:30 2026-11-29T22:30
        0 0 1 1,4,7,10 *            | 2026-11-28T00:00:00Z | 2027-01-01T00:00 2027-04-01T00:00
        30 8 * * 1-5                | 2026-11-28T00:00:00Z | 2026-11-30T08:30 2026-12-01T08:30
        // Both day fields: either is meant. Tuesday the 1st, then the Mondays.
        0 8 1 * 1                   | 2026-11-28T00:00:00Z | 2026-11-30T08:00 2026-12-01T08:00 2026-12-07T08:00 2026-12-14T08:00
        0 20 13 * FRI               | 2026-12-05T00:00:00Z | 2026-12-11T20:00 2026-12-13T20:00 2026-12-18T20:00
        // One that says all days, without a star, is enough of either.
        0 8 1-31 * 1                | 2026-11-28T00:00:00Z | 2026-11-28T08:00 2026-11-29T08:00
        0 8 1 * 0-6                 | 2026-11-28T00:00:00Z | 2026-11-28T08:00 2026-11-29T08:00
        // Where one begins with a star, both are meant: Mondays on odd days.
        0 8 */2 * 1                 | 2026-11-28T00:00:00Z | 2026-12-07T08:00 2026-12-21T08:00
        // Sunday is 0 and 7, and a name.
        0 20 * * 0                  | 2026-11-28T00:00:00Z | 2026-11-29T20:00
        0 20 * * 7                  | 2026-11-28T00:00:00Z | 2026-11-29T20:00
        0 20 * * sun                | 2026-11-28T00:00:00Z | 2026-11-29T20:00
        0 20 * * 5-7                | 2026-11-30T00:00:00Z | 2026-12-04T20:00 2026-12-05T20:00 2026-12-06T20:00 2026-12-11T20:00
        0 20 * * SAT-SUN            | 2026-11-30T00:00:00Z | 2026-12-05T20:00 2026-12-06T20:00 2026-12-12T20:00
        0 20 * * FRI-MON            | 2026-12-01T00:00:00Z | 2026-12-04T20:00 2026-12-05T20:00 2026-12-06T20:00 2026-12-07T20:00 2026-12-11T20:00
        0 20 * * FRI-MON/2          | 2026-12-01T00:00:00Z | 2026-12-04T20:00 2026-12-06T20:00 2026-12-11T20:00
        0 20 * * */2                | 2026-11-28T00:00:00Z | 2026-11-28T20:00 2026-11-29T20:00 2026-12-01T20:00
        */20 22-1 * * *             | 2026-11-28T01:30:00Z | 2026-11-28T01:40 2026-11-28T22:00
        5,35 8-18/5 * jun-aug,DEC * | 2026-11-28T00:00:00Z | 2026-12-01T08:05 2026-12-01T08:35 2026-12-01T13:05
        \t0\t9 * *  MON\t           | 2026-11-28T00:00:00Z | 2026-11-30T09:00
        @hourly                     | 2026-11-28T00:30:00Z | 2026-11-28T01:00 2026-11-28T02:00
        @daily                      | 2026-11-28T00:30:00Z | 2026-11-29T00:00 2026-11-30T00:00
        @midnight                   | 2026-11-28T00:30:00Z | 2026-11-29T00:00
        @weekly                     | 2026-11-28T00:30:00Z | 2026-11-29T00:00 2026-12-06T00:00
        @monthly                    | 2026-11-28T00:30:00Z | 2026-12-01T00:00 2027-01-01T00:00
        @yearly                     | 2026-11-28T00:30:00Z | 2027-01-01T00:00 2028-01-01T00:00
        @annually                   | 2026-11-28T00:30:00Z | 2027-01-01T00:00
        ",
        recurring,
    );
}

#[test]
fn what_no_plain_cron_has_is_explained() {
    use CronField::{DayOfMonth, DayOfWeekFromZero as DayOfWeek, Hours, Minutes, Month};
    use FieldProblem::{NotAValue, NotHere, Step};
    use RecurrenceProblem::{Expression, Fields, Nickname};
    let field = |field, problem| RecurrenceProblem::Field { field, problem };
    let no = |text: &str| NotAValue {
        text: text.to_owned(),
    };
    let named = |text: &str| Nickname {
        text: text.to_owned(),
    };
    for (text, problem) in [
        ("cron(0 8 ? * MON *)", Expression),
        ("rate(1 hour)", Expression),
        ("at(2026-11-28T19:30:00)", Expression),
        ("0 8 * *", Fields { found: 4 }),
        ("0 8 ? * MON *", Fields { found: 6 }),
        (" ", Fields { found: 0 }),
        ("@reboot", named("@reboot")),
        ("@Daily", named("@Daily")),
        ("@every 5m", named("@every 5m")),
        ("0 8 ? * 1", field(DayOfMonth, NotHere { mark: '?' })),
        ("0 8 1 * ?", field(DayOfWeek, NotHere { mark: '?' })),
        ("0 8 L * *", field(DayOfMonth, NotHere { mark: 'L' })),
        ("0 8 15W * *", field(DayOfMonth, NotHere { mark: 'W' })),
        ("0 8 * * 6L", field(DayOfWeek, NotHere { mark: 'L' })),
        ("0 8 * * 2#1", field(DayOfWeek, NotHere { mark: '#' })),
        ("0 8 * * MON#1", field(DayOfWeek, NotHere { mark: '#' })),
        ("60 8 * * *", field(Minutes, no("60"))),
        ("0 24 * * *", field(Hours, no("24"))),
        ("0 8 0 * *", field(DayOfMonth, no("0"))),
        ("0 8 32 * *", field(DayOfMonth, no("32"))),
        ("0 8 * 13 *", field(Month, no("13"))),
        ("0 8 * June *", field(Month, no("June"))),
        ("0 20 * * 8", field(DayOfWeek, no("8"))),
        ("*/0 * * * *", field(Minutes, Step { max: 59 })),
        ("-1 * * * *", field(Minutes, no(""))),
    ] {
        let expected = ScheduleProblem::Recurrence(problem);
        assert_eq!(
            Schedule::of(&recurring(text)).unwrap_err(),
            expected,
            "{text}"
        );
    }
}

/// Fields as people and nobody write them.
fn field(min: u16, max: u16, marks: &'static [&'static str]) -> impl Strategy<Value = String> {
    let value = min..=max;
    let part = prop_oneof![
        4 => value.clone().prop_map(|a| a.to_string()),
        2 => (value.clone(), value.clone()).prop_map(|(a, b)| format!("{a}-{b}")),
        1 => (value.clone(), 1..=max.min(30)).prop_map(|(a, step)| format!("{a}/{step}")),
        1 => (value.clone(), value, 1..=max.min(30)).prop_map(|(a, b, step)| format!("{a}-{b}/{step}")),
    ];
    prop_oneof![
        2 => Just("*".to_owned()),
        4 => proptest::collection::vec(part, 1..4).prop_map(|parts| parts.join(",")),
        1 => proptest::sample::select(marks).prop_map(str::to_owned),
    ]
}

fn expression() -> impl Strategy<Value = String> {
    let cron = (
        field(0, 59, &["*/7"]),
        field(0, 23, &["*/5"]),
        prop_oneof![
            field(1, 31, &["L", "15W", "1W", "31W"]).prop_map(|day| (day, "?".to_owned())),
            field(1, 7, &["L", "6L", "2#5", "SUN"]).prop_map(|day| ("?".to_owned(), day)),
        ],
        field(1, 12, &["JAN", "NOV-FEB"]),
        prop_oneof![Just("*"), Just("2026"), Just("2027/2")],
    )
        .prop_map(|(minute, hour, (date, day), month, year)| {
            format!("cron({minute} {hour} {date} {month} {day} {year})")
        });
    let rate = (
        2u32..5000,
        proptest::sample::select(&["minutes", "hours", "days"][..]),
    )
        .prop_map(|(value, unit)| format!("rate({value} {unit})"));
    prop_oneof![4 => cron, 1 => rate]
}

proptest! {
    #[test]
    fn firings_rise_within_the_run_and_do_not_depend_on_where_it_is_cut(
        schedule in expression(),
        zone in proptest::sample::select(&["UTC", "Europe/London", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "Pacific/Apia"][..]),
        from_h in 0i64..8784,
        hours in 1i64..500,
        start_h in proptest::option::of(0i64..9000),
        end_h in proptest::option::of(0i64..9000),
    ) {
        let year = utc("2026-01-01T00:00:00Z").seconds();
        let moment = |h: i64| UtcDateTime::new(LocalDateTime::from_seconds(year + h * 3600));
        let action = ScheduledAction {
            start_time: start_h.map(moment),
            end_time: end_h.map(moment),
            ..action(&schedule, zone, None, None)
        };
        let timetable = timetable(&action).unwrap();
        let (from, until) = (year + from_h * 3600, year + (from_h + hours) * 3600);
        let all: Vec<i64> = timetable.firings(from, until).collect();
        prop_assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", all);
        prop_assert!(all.iter().all(|at| (from..until).contains(at)));
        prop_assert!(all.iter().all(|at| start_h.is_none_or(|h| *at >= moment(h).seconds()) && end_h.is_none_or(|h| *at <= moment(h).seconds())));
        // A rate without a StartTime counts from where the run begins; all else is a matter of the calendar.
        if schedule.starts_with("cron") || start_h.is_some() {
            let middle = (from + until) / 2;
            let mut cut: Vec<i64> = timetable.firings(from, middle).collect();
            cut.extend(timetable.firings(middle, until));
            prop_assert_eq!(all, cut);
        }
    }

    #[test]
    fn every_firing_of_cron_is_one_that_the_fields_allow_and_none_is_left_out(
        schedule in expression().prop_filter("cron", |text| text.starts_with("cron")),
        day in 0i64..366,
    ) {
        let from = utc("2026-01-01T00:00:00Z").seconds() + day * 86_400;
        let action = action(&schedule, "UTC", None, None);
        let timetable = timetable(&action).unwrap();
        let Schedule::Cron(cron) = &timetable.schedule else { unreachable!() };
        let brute: Vec<i64> = (from..from + 2 * 86_400)
            .step_by(60)
            .filter(|at| {
                let local = LocalDateTime::from_seconds(*at);
                let (date, time) = (local.date(), local.time());
                cron.minutes.allows(time.minute() as u16)
                    && cron.hours.allows(time.hour() as u16)
                    && cron.months.allows(date.month() as u16)
                    && cron.years.allows(date.year() as u16)
                    && meant(&cron.days, date)
            })
            .collect();
        prop_assert_eq!(timetable.firings(from, from + 2 * 86_400).collect::<Vec<_>>(), brute);
    }

    #[test]
    fn nothing_that_is_typed_stops_the_reader(text in "(cron|rate|at)\\([0-9*?/,LW#A-Z가 -]{0,40}\\)") {
        let _ = Schedule::parse(&text);
        let _ = Schedule::of(&recurring(text.trim_start_matches("cron(").trim_end_matches(')')));
    }
}

/// Whether a rule means a day, said once more and without the library.
fn meant(rule: &DayRule, date: LocalDate) -> bool {
    use crate::time::Weekday::{Sat, Sun};

    let day = date.day() as i64;
    let last = (28..=31)
        .rev()
        .find(|day| LocalDate::new(date.year(), date.month(), *day).is_some())
        .unwrap() as i64;
    match rule {
        DayRule::Every => true,
        DayRule::Dates(days) => days.contains(&(day as u16)),
        DayRule::LastDate => day == last,
        DayRule::Nearest(wanted) => {
            // Of the days from Monday to Friday in the month the nearest: it is one away, or two at either end.
            let wanted = i64::from(*wanted);
            let works = |day: i64| {
                let other = date.plus_days(day - date.day() as i64);
                (1..=last).contains(&day) && !matches!(other.weekday(), Sat | Sun)
            };
            let nearest = [0, -1, 1, -2, 2].map(|away| wanted + away);
            wanted <= last && nearest.into_iter().find(|day| works(*day)) == Some(day)
        }
        DayRule::Weekdays(days) => days.contains(&date.weekday()),
        DayRule::Nth(weekday, nth) => {
            *weekday == date.weekday() && (day - 1) / 7 + 1 == i64::from(*nth)
        }
        DayRule::Last(weekday) => *weekday == date.weekday() && day + 7 > last,
        DayRule::Either { dates, weekdays } => {
            dates.contains(&(day as u16)) || weekdays.contains(&date.weekday())
        }
        DayRule::Both { dates, weekdays } => {
            dates.contains(&(day as u16)) && weekdays.contains(&date.weekday())
        }
    }
}

/// Else a schedule that reads well would never fire.
#[test]
fn the_matcher_knows_every_spelling_of_days() {
    let dates = (1..=31).flat_map(|a| (1..=31).map(move |b| format!("{a},{b} * ?")));
    let nearest = (1..=31).map(|a| format!("{a}W * ?"));
    let weekdays = (1..=7).flat_map(|a| (1..=7).map(move |b| format!("? * {a},{b}")));
    let last = (1..=7).map(|a| format!("? * {a}L"));
    let nth = (1..=7).flat_map(|a| (1..=5).map(move |b| format!("? * {a}#{b}")));
    let few = [
        "* * ?", "? * *", "L * ?", "? * L", "2-31 * ?", "? * 2-7", "1-30 * ?",
    ];
    let few = few.map(str::to_owned);
    let all = dates.chain(nearest).chain(weekdays).chain(last).chain(nth);
    for days in all.chain(few) {
        let text = format!("cron(0 9 {days} *)");
        let Ok(Schedule::Cron(cron)) = Schedule::parse(&text) else {
            panic!("{text}");
        };
        assert!(cron.matcher().is_some(), "{text}");
    }
}
