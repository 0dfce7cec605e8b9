//! Files as people have them, and what the reader makes of each.

use super::*;
use crate::time::Zone;

fn place() -> Place {
    Place {
        zone: Zone::utc(),
        zones: vec!["UTC".to_owned()],
    }
}

/// Reads a text; the zone of its times is settled, so that no question is asked for that alone.
fn read_with(text: impl AsRef<[u8]>, choices: Choices) -> Reading {
    let choices = Choices {
        zone: choices.zone.or(Some("UTC".to_owned())),
        ..choices
    };
    match Source::of(text.as_ref().to_vec()) {
        Ok(source) => work::read(&source, &choices, &place()),
        Err(problem) => panic!("{problem:?}"),
    }
}

fn read(text: impl AsRef<[u8]>) -> Reading {
    read_with(text, Choices::default())
}

/// Start, step and counts of what was made.
fn content(reading: &Reading) -> (String, u32, Vec<f64>) {
    let made = reading.made.as_ref().unwrap_or_else(|| {
        panic!(
            "{:?} {:?} {:?}",
            reading.problem,
            asked(reading),
            reading.in_force
        )
    });
    let trace = &made.trace;
    let decimals = unit(trace.decimals);
    let counts = trace
        .counts
        .iter()
        .map(|count| f64::from(*count) / decimals);
    (trace.start.to_string(), trace.step_s(), counts.collect())
}

fn asked(reading: &Reading) -> Vec<About> {
    reading
        .questions
        .iter()
        .map(|question| question.about)
        .collect()
}

fn lines(reading: &Reading) -> Vec<(u64, BadReason)> {
    reading
        .rejected
        .iter()
        .map(|row| (row.line, row.reason))
        .collect()
}

#[test]
fn one_trace_written_in_many_ways() {
    let cases = [
        "2026-11-28 20:00,600\n2026-11-28 20:01,1200\n2026-11-28 20:02,0\n",
        "time,count\n2026-11-28 20:00,600\n2026-11-28 20:01,1200\n2026-11-28 20:02,0",
        "\u{feff}time,count\r\n2026-11-28 20:00,600\r\n2026-11-28 20:01,1200\r\n2026-11-28 20:02,0\r\n",
        "\"time\";\"count\"\n\"2026-11-28 20:00\";\"600\"\n\n\"2026-11-28 20:01\";\"1200\"\n\"2026-11-28 20:02\";\"0\"\n",
        "count\ttimestamp\n600\t2026-11-28T20:00:00Z\n1200\t2026-11-28T20:01:00Z\n0\t2026-11-28T20:02:00Z\n",
        "host,date,requests\na,2026/11/28 20:00:00,600\nb,2026/11/28 20:01:00,1200\nc,2026/11/28 20:02:00,0\n",
        "1795896000,600\n1795896060,1200\n1795896120,0\n",
        "1795896000000,600\n1795896060000,1200\n1795896120000,0\n",
        "1795896000000000,600\n1795896060000000,1200\n1795896120000000,0\n",
        "1795896000000000000,600\n1795896060000000000,1200\n1795896120000000000,0\n",
        "1795896000.0,600\n1795896060.0,1200\n1795896120.0,0\n",
        "t,rps\n2026-11-29T05:00:00+09:00,10.0\n2026-11-29T05:01:00+09:00,20\n2026-11-29T05:02:00+09:00,0\n",
        "t;Requests per second\n2026-11-28 20:00;10,0\n2026-11-28 20:01;20,0\n2026-11-28 20:02;0,0\n",
        "t,rpm\n2026-11-28 20:00,600\n2026-11-28 20:01,1200\n2026-11-28 20:02,0\n",
        "t,req/h\n2026-11-28 20:00,36000\n2026-11-28 20:01,72000\n2026-11-28 20:02,0\n",
        "time,count\n2026-11-28 20:02,0\n2026-11-28 20:00,600\n2026-11-28 20:01,1200\n",
        "time,count\n202611282000,600\n202611282001,1200\n202611282002,0\n",
        "time,count\n20261128200000,600\n20261128200100,1200\n20261128200200,0\n",
        "date,time,count\n2026-11-28,20:00,600\n2026-11-28,20:01,1200\n2026-11-28,20:02,0\n",
        "date,time,count\n20261128,200000,600\n20261128,200100,1200\n20261128,200200,0\n",
        "date,time,count\n28.11.2026,20:00,600\n28.11.2026,20:01,1200\n28.11.2026,20:02,0\n",
        "time,count\n\"Nov 28, 2026 8:00 PM\",600\n\"Nov 28, 2026 8:01 PM\",1200\n\"Nov 28, 2026 8:02 PM\",0\n",
        "time,count\n\"Sat, 28 Nov 2026 20:00:00 +0000\",600\n\"Sat, 28 Nov 2026 20:01:00 GMT\",1200\n\"Sat, 28 Nov 2026 20:02:00 +0000\",0\n",
        "time,count\n28/11/2026 20:00,600\n28/11/2026 20:01,1200\n28/11/2026 20:02,0\n",
        "time,count\n11/28/2026 8:00 PM,600\n11/28/2026 8:01 PM,1200\n11/28/2026 8:02 PM,0\n",
        "time,count\n2026년 11월 28일 오후 8시,600\n2026년 11월 28일 오후 8시 1분,1200\n2026년 11월 28일 오후 8시 2분,0\n",
        "시간,요청 수\n2026. 11. 28. 오후 8:00,600\n2026. 11. 28. 오후 8:01,1200\n2026. 11. 28. 오후 8:02,0\n",
        "time,count\n2026-11-28 20:00 America/New_York,600\n2026-11-28 20:01 America/New_York,1200\n2026-11-28 20:02 America/New_York,0\n",
        "time,count,\n2026-11-28 20:00,600,\n2026-11-28 20:01,1200,\n2026-11-28 20:02,0,\n",
        "time,count\n# night\n2026-11-28 20:00,600\n# more\n2026-11-28 20:01,1200\n2026-11-28 20:02,0\n",
        "[{\"time\": \"2026-11-28T20:00:00Z\", \"requests\": 600}, {\"time\": \"2026-11-28T20:01:00Z\", \"requests\": 1200}, {\"time\": \"2026-11-28T20:02:00Z\", \"requests\": 0}]",
        "{\"time\": \"2026-11-28T20:00:00Z\", \"requests\": 600}\n{\"time\": \"2026-11-28T20:01:00Z\", \"requests\": 1200}\n{\"time\": \"2026-11-28T20:02:00Z\", \"requests\": 0}\n",
        "{\"data\": {\"rows\": [[1795896000, 600], [1795896060, 1200], [1795896120, 0]]}}",
        "{\"time\": [\"2026-11-28T20:00:00Z\", \"2026-11-28T20:01:00Z\", \"2026-11-28T20:02:00Z\"], \"requests\": [600, 1200, 0]}",
        "{\"MetricDataResults\": [{\"Id\": \"m1\", \"Label\": \"Invocations\", \"Timestamps\": [\"2026-11-28T20:02:00+00:00\", \"2026-11-28T20:00:00+00:00\", \"2026-11-28T20:01:00+00:00\"], \"Values\": [0.0, 600.0, 1200.0], \"StatusCode\": \"Complete\"}], \"Messages\": []}",
        "{\"Label\": \"Invocations\", \"Datapoints\": [{\"Timestamp\": \"2026-11-28T20:01:00+00:00\", \"Sum\": 1200.0, \"Unit\": \"None\"}, {\"Timestamp\": \"2026-11-28T20:00:00+00:00\", \"Sum\": 600.0, \"Unit\": \"None\"}, {\"Timestamp\": \"2026-11-28T20:02:00+00:00\", \"Sum\": 0.0, \"Unit\": \"None\"}]}",
        "{\"status\": \"success\", \"data\": {\"resultType\": \"matrix\", \"result\": [{\"metric\": {\"__name__\": \"requests\"}, \"values\": [[1795896000, \"600\"], [1795896060, \"1200\"], [1795896120, \"0\"]]}]}}",
        "date,20:00,20:01,20:02\n2026-11-28,600,1200,0\n",
        "endpoint,2026-11-28 20:00,2026-11-28 20:01,2026-11-28 20:02\nPOST /score,600,1200,0\n",
    ];
    for text in cases {
        let reading = read(text);
        let new_york = text.contains("New_York");
        let expected = (
            if new_york {
                "2026-11-29T01:00"
            } else {
                "2026-11-28T20:00"
            }
            .to_owned(),
            60,
            vec![600.0, 1200.0, 0.0],
        );
        let told = (
            &reading.problem,
            asked(&reading),
            &reading.in_force,
            &reading.notes,
            lines(&reading),
        );
        assert!(reading.made.is_some(), "{text}: {told:?}");
        assert_eq!(content(&reading), expected, "{text}");
        assert_eq!((reading.rows, reading.rejected_count), (3, 0), "{text}");
    }
}

/// A small file and what it comes to: what is asked, its span, and the peak a minute.
struct Case {
    name: &'static str,
    zone: &'static str,
    text: &'static str,
    asked: &'static [About],
    start: &'static str,
    step_s: u32,
    rows: u64,
    peak: Option<f64>,
    rejected: u64,
}

#[test]
fn files_that_went_wrong_once() {
    use About::{Decimal, Instances, ValueColumn};
    macro_rules! case {
        ($name:literal, $asked:expr, $start:literal, $step:literal, $rows:literal, $peak:expr, $rejected:literal) => {
            Case {
                name: $name,
                zone: "Europe/London",
                text: include_str!(concat!("../../tests/traces/", $name)),
                asked: $asked,
                start: $start,
                step_s: $step,
                rows: $rows,
                peak: $peak,
                rejected: $rejected,
            }
        };
    }
    let cases = [
        case!(
            "12_bad_rows_said_to_be_10.csv",
            &[Decimal],
            "2026-06-01T10:00",
            60,
            25,
            Some(1424.0),
            0
        ),
        case!(
            "257_columns.csv",
            &[ValueColumn],
            "2026-06-01T10:00",
            60,
            10,
            None,
            0
        ),
        case!(
            "YYYYMMDDHH.csv",
            &[],
            "2026-06-01T00:00",
            3600,
            48,
            Some(4047.0 / 60.0),
            0
        ),
        case!(
            "autumn_hour_lost.csv",
            &[],
            "2026-10-25T00:00",
            60,
            240,
            Some(700.0),
            0
        ),
        case!(
            "errors_taken_for_demand.csv",
            &[ValueColumn],
            "2026-06-01T10:00",
            60,
            30,
            None,
            0
        ),
        case!(
            "hours_of_one_digit.csv",
            &[],
            "2026-06-01T00:00",
            300,
            288,
            Some(407.0),
            0
        ),
        case!(
            "path_is_no_rate.csv",
            &[],
            "2026-06-01T10:00",
            60,
            30,
            Some(803.0),
            0
        ),
        case!(
            "per_instance_is_no_demand.csv",
            &[Instances],
            "2026-06-01T10:00",
            60,
            30,
            None,
            0
        ),
        case!(
            "sep_line_loses_header.csv",
            &[],
            "2026-06-01T10:00",
            60,
            30,
            Some(2460.0),
            0
        ),
        case!(
            "spreadsheet_thousands.tsv",
            &[],
            "2026-06-01T10:00",
            60,
            30,
            Some(1480.0),
            0
        ),
        case!(
            "year_first_called_ambiguous.csv",
            &[],
            "2026-06-01T10:00",
            60,
            30,
            Some(629.0),
            0
        ),
    ];
    for case in cases {
        let zone = Zone::find(case.zone).unwrap();
        let place = Place {
            zone: zone.clone(),
            zones: vec![case.zone.to_owned()],
        };
        let source = Source::of(case.text.as_bytes().to_vec()).unwrap();
        let choices = Choices {
            zone: Some(case.zone.to_owned()),
            ..Choices::default()
        };
        let reading = work::read(&source, &choices, &place);
        assert_eq!(
            asked(&reading),
            case.asked,
            "{}: {:?}",
            case.name,
            reading.in_force
        );
        let span = reading
            .span
            .unwrap_or_else(|| panic!("{}: {:?}", case.name, reading.problem));
        let start = zone.local(span.start_utc_s).to_string();
        assert_eq!(
            (start.as_str(), span.step_s),
            (case.start, case.step_s),
            "{}",
            case.name
        );
        let peak = reading.made.as_ref().map(|made| made.peak_per_minute);
        let told = (reading.rows, peak, reading.rejected_count);
        assert_eq!(told, (case.rows, case.peak, case.rejected), "{}", case.name);
    }
    let cut = read(include_str!(
        "../../tests/traces/unquoted_thousands_cut.csv"
    ));
    assert_eq!(
        (cut.problem, cut.rejected_count),
        (Some(TraceProblem::TooFewRows { usable: 0 }), 30)
    );
    assert_eq!(
        cut.rejected[0].reason,
        BadReason::MoreCells {
            cells: 3,
            columns: 2
        }
    );
    assert_eq!(cut.rejected[0].text, "2026-06-01 10:00:00,1,402");
}
