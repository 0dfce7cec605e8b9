//! What each chart says of the sample, in words.

use engine::Run;

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

fn check(run: Run, all: &[Says]) {
    let sample = Sample::new(run);
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
        run,
        &[
            Says {
                id: "capacity",
                summary: "From Sat 28 Nov 00:00 to Sat 28 Nov 02:00. Demand between 18 and 94 RPS; capacity in service between 40 and 120 RPS. 12.6\u{a0}k failed.",
                legend: &["demand", "in service", "pending", "waiting"],
                reading: "demand 93.6, in service 40, pending 80, failing 53.6",
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
fn credits_are_said_where_there_are_any() {
    check(
        sample::with_credits(),
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
fn each_chart_has_an_id_of_its_own() {
    let mut ids: Vec<&str> = CHARTS.iter().map(|chart| chart.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), CHARTS.len());
}
