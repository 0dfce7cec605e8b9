//! What each chart says of the sample, in words.

use engine::Run;
use scenario::document::Scenario;

use crate::{
    CHARTS, Chart, Moment, Subject, Window,
    sample::{self, Sample},
    stretch::Stretch,
    table::rows,
};

/// What a chart says: its summary of the whole run, the legend and the reading of a moment, and a row of its table.
struct Says {
    id: &'static str,
    summary: &'static str,
    legend: &'static [&'static str],
    reading: &'static str,
    row: &'static [&'static str],
}

const AT_S: f64 = 3_630.0;

fn chart(id: &str) -> &'static dyn Chart {
    let chart = CHARTS.iter().find(|chart| chart.id() == id);
    *chart.unwrap()
}

fn legend(chart: &dyn Chart, subject: Subject<'_>, moment: Option<&Moment<'_>>) -> Vec<String> {
    let said = |(name, value): (&str, Option<String>)| match value {
        Some(value) => format!("{name} {value}"),
        None => name.to_owned(),
    };
    let entries = chart.legend(subject);
    let entries = entries.iter();
    entries.map(|e| said(e.read(subject, moment))).collect()
}

fn check(sample: &Sample, all: &[Says]) {
    let subject = sample.subject();
    let moment = Moment::new(subject.run, AT_S).unwrap();
    let window = Window::whole(7200.0);
    let rows = rows(subject.run, window);
    let row = rows.iter().find(|row| row.from_s == 3_600.0).unwrap();
    for says in all {
        let (id, chart) = (says.id, chart(says.id));
        assert!(chart.is_shown(subject), "{id}");
        let summary = chart.summary(subject, &Stretch::new(subject.run, window));
        assert_eq!(summary, says.summary, "{id}");
        assert_eq!(legend(chart, subject, Some(&moment)), says.legend, "{id}");
        assert_eq!(chart.reading(subject, &moment), says.reading, "{id}");
        let columns = chart.columns(subject);
        let cells = columns.iter().map(|column| {
            let cell = (column.cell)(subject, row);
            format!("{}: {cell}", column.head)
        });
        assert_eq!(cells.collect::<Vec<String>>(), says.row, "{id}");
    }
}

#[test]
fn charts_say_what_they_show() {
    let run = Run {
        forecasts: sample::forecasts(),
        losses: sample::losses(),
        ..sample::run()
    };
    check(
        &Sample::eventful(run),
        &[
            Says {
                id: "capacity",
                summary: "From Sat 28 Nov 00:00 to Sat 28 Nov 02:00. Demand between 18 and 94 RPS; capacity in service between 40 and 120 RPS. 12.6\u{a0}k failed. Marked: 2 failures, 1 event, 2 scheduled actions.",
                legend: &[
                    "demand",
                    "in service",
                    "pending",
                    "waiting",
                    "short",
                    "failure",
                    "event",
                    "scheduled action",
                ],
                reading: "demand 93.6, in service 40, pending 80, failing 53.6, event kick-off 01:00, scheduled action late 01:01",
                row: &[
                    "mean demand, RPS: 92.4",
                    "peak demand, RPS: 94",
                    "in service: 2\u{a0}–\u{a0}6",
                    "failed requests: 12.6\u{a0}k",
                ],
            },
            // Forecasts and failures are an entry more each.
            Says {
                id: "instances",
                summary: "From Sat 28 Nov 00:00 to Sat 28 Nov 02:00. Instances in service: 2 to 6, 3.9 on average.",
                legend: &[
                    "desired 6",
                    "in service 2",
                    "pending 4",
                    "bounds 2\u{a0}–\u{a0}8",
                    "forecast 7",
                    "failure",
                ],
                reading: "desired 6, in service 2, pending 4",
                row: &[
                    "desired: 6",
                    "in service: 2\u{a0}–\u{a0}6",
                    "pending: 4",
                    "forecast: 7",
                ],
            },
            Says {
                id: "metric",
                summary: "From Sat 28 Nov 00:00 to Sat 28 Nov 02:00. InvocationsPerInstance between 540 and 2820, target 600; above it for 86\u{a0}minutes.",
                legend: &[
                    "metric 2808",
                    "target 600",
                    "AlarmLow below 540",
                    "AlarmHigh OK",
                    "AlarmLow OK",
                ],
                reading: "2808",
                row: &["InvocationsPerInstance: 2820"],
            },
            // Percentiles of the whole run are the report's, which this run has no sums for.
            Says {
                id: "latency",
                summary: "Median 0\u{a0}ms, 95th percentile 0\u{a0}ms, 99th percentile 0\u{a0}ms; the worst minute had a p95 of 14\u{a0}s at Sat 28 Nov 01:00.",
                legend: &["p99 19\u{a0}s", "p95 14\u{a0}s", "p50 9\u{a0}s"],
                reading: "p50 9\u{a0}s, p95 14\u{a0}s, p99 19\u{a0}s",
                row: &[
                    "p50, highest: 9\u{a0}s",
                    "p95, highest: 14\u{a0}s",
                    "p99, highest: 19\u{a0}s",
                ],
            },
        ],
    );
}

#[test]
fn what_an_account_did_is_said_beside_what_is_simulated() {
    check(
        &Sample::new(sample::run()).beside_account(),
        &[
            Says {
                id: "instances",
                summary: "From Sat 28 Nov 00:00 to Sat 28 Nov 02:00. Instances in service: 2 to 6, 3.9 on average.",
                legend: &[
                    "desired 6",
                    "in service 2",
                    "pending 4",
                    "bounds 2\u{a0}–\u{a0}8",
                    "in the account 2",
                ],
                reading: "desired 6, in service 2, pending 4, in the account 2",
                row: &[
                    "desired: 6",
                    "in service: 2\u{a0}–\u{a0}6",
                    "pending: 4",
                    "in the account: 2",
                ],
            },
            Says {
                id: "metric",
                summary: "From Sat 28 Nov 00:00 to Sat 28 Nov 02:00. InvocationsPerInstance between 540 and 2820, target 600; above it for 86\u{a0}minutes.",
                legend: &[
                    "metric 2808",
                    "target 600",
                    "AlarmLow below 540",
                    "AlarmHigh OK",
                    "AlarmLow OK",
                    "in the account AlarmHigh, busy",
                ],
                reading: "2808, ALARM in the account AlarmHigh, busy",
                row: &[
                    "InvocationsPerInstance: 2820",
                    "ALARM in the account: AlarmHigh, busy",
                ],
            },
        ],
    );
    let sample = Sample::new(sample::run()).beside_account();
    let moment = Moment::new(sample.subject().run, 2_000.0).unwrap();
    assert_eq!(
        legend(chart("metric"), sample.subject(), Some(&moment))
            .last()
            .unwrap(),
        "ALARM in the account"
    );
}

#[test]
fn credits_are_said_where_there_are_any() {
    check(
        &Sample::new(sample::with_credits()),
        &[Says {
            id: "credits",
            summary: "From Sat 28 Nov 00:00 to Sat 28 Nov 02:00. CPU credits of an instance between 0 and 90. Used up first at Sat 28 Nov 01:30.",
            legend: &["balance 30", "surplus 0"],
            reading: "balance 30, surplus 0",
            row: &["CPU credits, lowest: 26", "Surplus credits, highest: 0"],
        }],
    );
    let sample = Sample::new(sample::run());
    assert!(!chart("credits").is_shown(sample.subject()));
}

#[test]
fn attempts_are_told_where_clients_try_again() {
    let sample = Sample::new(sample::with_retries());
    let (subject, capacity) = (sample.subject(), chart("capacity"));
    let names = legend(capacity, subject, None);
    assert_eq!(names[..2], ["demand", "with retries"]);
    // From 1,800 s to 5,400 s, of a demand of some 18 RPS at first.
    for (at_s, told) in [(1_770.0, "with retries 20.4"), (1_830.0, "with retries 66")] {
        let moment = Moment::new(subject.run, at_s).unwrap();
        let reading = capacity.reading(subject, &moment);
        assert!(reading.contains(told), "{reading}");
        let rows = capacity.tooltip(subject, &moment);
        let row = &rows[1];
        assert!(
            ["with retries ", &row.value].concat().starts_with(told),
            "{row:?}"
        );
    }
    for (from_s, to_s, told) in [
        (0.0, 1_800.0, "With retries up to 22 RPS."),
        (0.0, 3_600.0, "With retries up to 66 RPS."),
    ] {
        let summary =
            capacity.summary(subject, &Stretch::new(subject.run, Window { from_s, to_s }));
        assert!(summary.ends_with(told), "{summary}");
    }
    let columns = capacity.columns(subject);
    let all = rows(subject.run, Window::whole(7200.0));
    assert_eq!(columns.last().unwrap().head, "attempts, RPS");
    let attempts = |row: usize| (columns.last().unwrap().cell)(subject, &all[row]);
    assert_ne!(attempts(0), "");
    // Whoever tries once has none of it.
    let calm = Sample::new(sample::run());
    assert!(!legend(capacity, calm.subject(), None).contains(&"with retries".to_owned()));
}

#[test]
fn a_slow_instance_is_said_for_as_long_as_it_is_slow() {
    let sample = Sample::slow();
    let (subject, capacity) = (sample.subject(), chart("capacity"));
    let names = legend(capacity, subject, None);
    assert!(names.ends_with(&["slowed capacity".into(), "slow instance".into()]));
    // From 4,800 s to 6,600 s.
    let told = "slow instance 4× for 30\u{a0}minutes 01:20";
    for (at_s, is_slow) in [
        (4_740.0, false),
        (4_830.0, true),
        (6_570.0, true),
        (6_660.0, false),
    ] {
        let moment = Moment::new(subject.run, at_s).unwrap();
        let reading = capacity.reading(subject, &moment);
        assert_eq!(reading.ends_with(told), is_slow, "{reading}");
    }
    for (from_s, to_s, is_slow) in [
        (0.0, 4_800.0, false),
        (0.0, 4_860.0, true),
        (5_400.0, 6_000.0, true),
        (6_540.0, 7_200.0, true),
        (6_660.0, 7_200.0, false),
    ] {
        let window = Window { from_s, to_s };
        let summary = capacity.summary(subject, &Stretch::new(subject.run, window));
        assert_eq!(
            summary.ends_with("Marked: 1 slow instance."),
            is_slow,
            "{summary}"
        );
        let all = rows(subject.run, window);
        let columns = capacity.columns(subject);
        let column = columns.last().unwrap();
        assert_eq!(column.head, "slow instance");
        let mut cells = all.iter().map(|row| (column.cell)(subject, row));
        let is_told = cells.any(|cell| cell == "4× for 30\u{a0}minutes");
        assert_eq!(is_told, is_slow, "{window:?}");
    }
}

#[test]
fn a_shortage_is_said_for_as_long_as_it_lasts() {
    let sample = Sample::short();
    let (subject, capacity) = (sample.subject(), chart("capacity"));
    let names = legend(capacity, subject, None);
    assert!(names.ends_with(&["too few instances".into()]));
    let names = legend(chart("instances"), subject, None);
    assert!(names.ends_with(&["too few instances".into(), "account's quota".into()]));
    // From 4,800 s to 6,600 s.
    let told = "Only 1 to be had for 30\u{a0}minutes";
    for (from_s, to_s, is_short) in [
        (0.0, 4_800.0, false),
        (0.0, 4_860.0, true),
        (5_400.0, 6_000.0, true),
        (6_660.0, 7_200.0, false),
    ] {
        let window = Window { from_s, to_s };
        let summary = capacity.summary(subject, &Stretch::new(subject.run, window));
        let marked = summary.ends_with("Marked: 1 time of too few instances.");
        assert_eq!(marked, is_short, "{summary}");
        let all = rows(subject.run, window);
        let columns = capacity.columns(subject);
        let column = columns.last().unwrap();
        let mut cells = all.iter().map(|row| (column.cell)(subject, row));
        assert_eq!(cells.any(|cell| cell == told), is_short, "{window:?}");
    }
}

#[test]
fn missing_metrics_are_said_for_as_long_as_they_are_missing() {
    let sample = Sample::missing();
    let (subject, metric) = (sample.subject(), chart("metric"));
    let name = "no datapoints".to_owned();
    assert!(legend(metric, subject, None).contains(&name));
    let calm = Sample::new(sample::run());
    assert!(!legend(metric, calm.subject(), None).contains(&name));
    // From 4,800 s to 6,600 s.
    for (from_s, to_s, said) in [
        (0.0, 4_800.0, None),
        (0.0, 7_200.0, Some("No datapoints for 30\u{a0}minutes.")),
        (6_000.0, 7_200.0, Some("No datapoints for 10\u{a0}minutes.")),
        (6_600.0, 7_200.0, None),
    ] {
        let window = Window { from_s, to_s };
        let summary = metric.summary(subject, &Stretch::new(subject.run, window));
        let is_said = summary.contains("No datapoints");
        assert_eq!(is_said, said.is_some(), "{summary}");
        assert!(said.is_none_or(|said| summary.ends_with(said)), "{summary}");
    }
}

/// A moment, how far marks reach from it, and what the box beside it says.
type Boxed = (f64, f64, &'static [(&'static str, &'static str)]);

#[test]
fn the_box_beside_the_cross_hair_says_units_and_what_happened() {
    let mut run = Run {
        losses: sample::losses(),
        ..sample::run()
    };
    run.series.queue[60] = 4_800.0;
    run.series.queue[70] = 1.0;
    let sample = Sample::eventful(run);
    let subject = sample.subject();
    let cases: [Boxed; 3] = [
        (
            AT_S,
            0.0,
            &[
                ("demand", "93.6\u{a0}RPS"),
                ("in service", "40\u{a0}RPS · 2 instances"),
                ("pending", "80\u{a0}RPS · 4 instances"),
                ("failing", "53.6\u{a0}RPS"),
                ("queue", "4800 requests"),
                ("event", "kick-off 01:00"),
                ("scheduled action", "late 01:01"),
            ],
        ),
        // The nearest of a kind, and how many more there are.
        (
            4_200.0,
            3_000.0,
            &[
                ("demand", "92\u{a0}RPS"),
                ("in service", "120\u{a0}RPS · 6 instances"),
                ("pending", "0\u{a0}RPS · 0 instances"),
                ("queue", "1 request"),
                ("failure", "A zone fails for 30\u{a0}minutes 01:10 +1"),
                ("event", "kick-off 01:00"),
                ("scheduled action", "late 01:01 +1"),
            ],
        ),
        (
            300.0,
            0.0,
            &[
                ("demand", "21.6\u{a0}RPS"),
                ("in service", "40\u{a0}RPS · 2 instances"),
                ("pending", "0\u{a0}RPS · 0 instances"),
            ],
        ),
    ];
    for (at_s, reach_s, expected) in cases {
        let moment = Moment::new(subject.run, at_s).unwrap().reaching(reach_s);
        let rows = chart("capacity").tooltip(subject, &moment);
        let rows: Vec<(&str, &str)> = rows.iter().map(|row| (row.name, &*row.value)).collect();
        assert_eq!(rows, expected, "{at_s}");
    }
}

#[test]
fn a_moment_has_its_year_where_the_run_has_two() {
    for (hours, expected) in [
        (24, "Sat 28 Nov 00:00"),
        // Up to the last midnight of the year, which is the next year's.
        (815, "Sat 28 Nov 00:00"),
        (816, "Sat 28 Nov 2026 00:00"),
        (8_760, "Sat 28 Nov 2026 00:00"),
    ] {
        let scenario = Scenario {
            hours,
            ..Scenario::default()
        };
        let sample = Sample::of(scenario, sample::run());
        assert_eq!(sample.subject().moment(0.0), expected, "{hours} h");
    }
}

#[test]
fn each_chart_has_an_id_of_its_own() {
    let mut ids: Vec<&str> = CHARTS.iter().map(|chart| chart.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), CHARTS.len());
}
