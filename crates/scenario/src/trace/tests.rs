//! Files as people have them, and what the reader makes of each.

use super::*;
use crate::time::Zone;

fn destination() -> TraceDestination {
    TraceDestination {
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
        Ok(source) => work::read(&source, &choices, &destination()),
        Err(problem) => panic!("{problem:?}"),
    }
}

fn read(text: impl AsRef<[u8]>) -> Reading {
    read_with(text, Choices::default())
}

/// Start, step and counts of what was made.
fn content(reading: &Reading) -> (String, u32, Vec<f64>) {
    let made = reading.summary.as_ref().unwrap_or_else(|| {
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

fn asked(reading: &Reading) -> Vec<QuestionTopic> {
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
        assert!(reading.summary.is_some(), "{text}: {told:?}");
        assert_eq!(content(&reading), expected, "{text}");
        assert_eq!((reading.rows, reading.rejected_count), (3, 0), "{text}");
    }
}

/// A small file and what it comes to: what is asked, its span, and the peak a minute.
struct Case {
    name: &'static str,
    zone: &'static str,
    text: &'static str,
    asked: &'static [QuestionTopic],
    start: &'static str,
    step_s: u32,
    rows: u64,
    peak: Option<f64>,
    rejected: u64,
}

#[test]
fn files_that_went_wrong_once() {
    use QuestionTopic::{Decimal, Instances, ValueColumn};
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
        let destination = TraceDestination {
            zone: zone.clone(),
            zones: vec![case.zone.to_owned()],
        };
        let source = Source::of(case.text.as_bytes().to_vec()).unwrap();
        let choices = Choices {
            zone: Some(case.zone.to_owned()),
            ..Choices::default()
        };
        let reading = work::read(&source, &choices, &destination);
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
        let peak = reading.summary.as_ref().map(|made| made.peak_per_minute);
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

/// An hour's rows by the minute, a value each.
fn minutes(count: u32, row: impl Fn(u32) -> String) -> String {
    (0..count).map(row).collect()
}

#[test]
fn what_is_asked_and_what_is_not() {
    use QuestionTopic::{
        DateOrder, Decimal, Instances, SameTime, Step, TimeColumn, TimeForm, ValueColumn,
        Values as Kind,
    };
    let at = |minute: u32| format!("2026-06-01 10:{minute:02}");
    let with = |name: &str| {
        format!(
            "time,{name}\n{}",
            minutes(9, |i| format!("{},{}\n", at(i), 60 + i))
        )
    };
    let cases: [(String, &[QuestionTopic], bool); 34] = [
        (with("requests"), &[], true),
        (with("GET /s"), &[], true),
        (with("requests on host-s"), &[], true),
        (with("초당 요청수"), &[], true),
        (with("value"), &[Kind], true),
        (with("load"), &[Kind], true),
        (with("request rate"), &[Kind], false),
        (with("throughput"), &[Kind], false),
        (with("errors"), &[ValueColumn], false),
        (with("5xx"), &[ValueColumn], false),
        (with("bytes/s"), &[ValueColumn], false),
        (with("p99_ms"), &[ValueColumn], false),
        (with("tokens per second"), &[ValueColumn], false),
        (with("active users"), &[ValueColumn], false),
        (with("CPUUtilization"), &[ValueColumn], false),
        (with("Invocations Average"), &[ValueColumn], false),
        (with("InvocationsPerInstance"), &[Instances], false),
        (with("rps per pod"), &[Instances], false),
        (
            format!(
                "time,requests,errors,p95\n{}",
                minutes(9, |i| format!("{},{},1,2\n", at(i), 60 + i))
            ),
            &[],
            true,
        ),
        (
            format!(
                "time,Invocations,InvocationsPerInstance\n{}",
                minutes(9, |i| format!("{},{},1\n", at(i), 60 + i))
            ),
            &[],
            true,
        ),
        (
            format!(
                "time,a,b\n{}",
                minutes(9, |i| format!("{},{},1\n", at(i), 60 + i))
            ),
            &[ValueColumn],
            false,
        ),
        (
            format!(
                "created,changed,requests\n{}",
                minutes(9, |i| format!("{},{},1\n", at(i), at(i)))
            ),
            &[TimeColumn],
            false,
        ),
        (
            format!(
                "start,end,requests\n{}",
                minutes(9, |i| format!("{},{},1\n", at(i), at(i + 1)))
            ),
            &[],
            true,
        ),
        (
            format!(
                "time,requests\n{}",
                minutes(9, |i| format!("1/2/2026 10:{i:02},5\n"))
            ),
            &[DateOrder],
            false,
        ),
        (
            format!(
                "time,requests\n{}",
                minutes(9, |i| format!("1.2.2026 10:{i:02},5\n"))
            ),
            &[],
            true,
        ),
        (
            format!(
                "time,requests\n{}",
                minutes(9, |i| format!("13/2/2026 10:{i:02},5\n"))
            ),
            &[],
            true,
        ),
        // Two days in a row: one order alone has them so, which is taken meanwhile.
        (
            format!(
                "time,requests\n{}",
                minutes(48, |i| format!(
                    "{}/6/2026 {:02}:00,5\n",
                    1 + i / 24,
                    i % 24
                ))
            ),
            &[DateOrder],
            true,
        ),
        (
            format!(
                "time,requests\n{}",
                minutes(9, |i| format!("46174.{},5\n", 41667 + i * 69))
            ),
            &[TimeForm, Step],
            false,
        ),
        (
            format!(
                "time;requests\n{}",
                minutes(9, |i| format!("{};1.{}\n", at(i), 400 + i))
            ),
            &[Decimal],
            true,
        ),
        (
            format!(
                "time;rps\n{}",
                minutes(9, |i| format!("{};1,{}\n", at(i), 400 + i))
            ),
            &[Decimal],
            false,
        ),
        (
            format!(
                "time,host,requests\n{}",
                minutes(18, |i| format!("{},h{},5\n", at(i / 2), i % 2))
            ),
            &[SameTime],
            true,
        ),
        (
            format!(
                "time,requests\n{}",
                minutes(9, |i| format!(
                    "2026-06-01 10:{:02}:{:02},5\n",
                    i,
                    i * i * 7 % 60
                ))
            ),
            &[Step],
            true,
        ),
        (
            format!(
                "time,path,status,latency_ms\n{}",
                minutes(40, |i| format!(
                    "2026-06-01 10:{:02}:{:02},/x,200,12\n",
                    i / 4,
                    i * 7 % 60
                ))
            ),
            &[ValueColumn],
            true,
        ),
        (
            format!(
                "time,user\n{}",
                minutes(40, |i| format!(
                    "2026-06-01 10:{:02}:{:02},u\n",
                    i / 4,
                    i * 7 % 60
                ))
            ),
            &[],
            true,
        ),
    ];
    for (text, questions, made) in cases {
        let reading = read(&text);
        let told = (asked(&reading), reading.summary.is_some());
        assert_eq!(
            told,
            (questions.to_vec(), made),
            "{text} {:?}",
            reading.problem
        );
    }
}

#[test]
fn a_zone_that_no_row_names_is_asked() {
    let zones = ["Asia/Seoul", "UTC"].map(str::to_owned);
    let destination = TraceDestination {
        zone: Zone::utc(),
        zones: zones.to_vec(),
    };
    let of = |text: &str| {
        let source = Source::of(text.into()).unwrap();
        work::read(&source, &Choices::default(), &destination)
    };
    let reading = of("time,requests\n2026-06-01 10:00,1\n2026-06-01 10:01,2\n");
    assert_eq!(asked(&reading), [QuestionTopic::Zone]);
    let question = &reading.questions[0];
    let answers: Vec<&Answer> = question
        .choices
        .iter()
        .map(|choice| &choice.answer)
        .collect();
    assert_eq!(
        answers,
        [
            &Answer::Zone(zones[0].clone()),
            &Answer::Zone(zones[1].clone())
        ]
    );
    assert_eq!(
        (question.default, content(&reading).0.as_str()),
        (Some(0), "2026-06-01T01:00")
    );
    for text in [
        "time,requests\n2026-06-01T10:00Z,1\n2026-06-01T10:01Z,2\n",
        "time,requests\n1780308000,1\n1780308060,2\n",
        "time,requests\n2026-06-01 10:00 KST,1\n2026-06-01 10:01 KST,2\n",
        "Time (UTC),requests\n2026-06-01 10:00,1\n2026-06-01 10:01,2\n",
    ] {
        assert_eq!(asked(&of(text)), [], "{text}");
    }
}

#[test]
fn an_answer_is_taken_and_can_be_changed() {
    let text = format!(
        "time,a,b\n{}",
        minutes(9, |i| format!("2026-06-01T10:{i:02}Z,{},{}\n", 60 + i, i))
    );
    let mut choices = Choices::default();
    let cases = [
        (Answer::ValueColumns(vec![1]), Some(68.0)),
        (Answer::ValueColumns(vec![1, 2]), Some(76.0)),
        (Answer::Values(ValueKind::PerSecond), Some(76.0 * 60.0)),
        (Answer::Values(ValueKind::PerHour), Some(1.267)),
        (Answer::Step(600), Some(1.133)),
        (Answer::RowPerRequest, Some(0.9)),
    ];
    for (answer, peak) in cases {
        choices.answer(&answer);
        let reading = read_with(&text, choices.clone());
        let told = reading
            .summary
            .as_ref()
            .map(|made| (made.peak_per_minute * 1000.0).round() / 1000.0);
        assert_eq!(told, peak, "{answer:?} {:?}", reading.problem);
    }
}

#[test]
fn whole_counts_stay_whole() {
    let rates = |name: &str, values: &[&str]| {
        let rows = values
            .iter()
            .enumerate()
            .map(|(i, value)| format!("2026-06-01T10:{i:02}Z,{value}\n"));
        content(&read(format!("time,{name}\n{}", rows.collect::<String>()))).2
    };
    assert_eq!(
        rates("rps", &["0.1", "0.35", "13.383333333333333"]),
        [6.0, 21.0, 803.0]
    );
    assert_eq!(rates("rps", &["0.125", "0.0001"]), [7.5, 0.006]);
    assert_eq!(rates("req/min", &["7", "1499"]), [7.0, 1499.0]);
    let per_instance =
        "time,InvocationsPerInstance\n2026-06-01T10:00Z,233.3\n2026-06-01T10:01Z,234.3\n";
    let choices = Choices {
        instances: Some(6.0),
        ..Choices::default()
    };
    assert_eq!(
        content(&read_with(per_instance, choices)).2,
        [1399.8, 1405.8]
    );
}

#[test]
fn bad_rows_are_named_with_their_lines_and_all_counted() {
    let csv = "time,count\n\
               2026-11-28 20:00,600\n\
               2026-11-28 20:01,lots\n\
               someday,600\n\
               \n\
               20:03,600\n\
               2026-11-28 20:04,-3\n\
               2026-11-28 20:05,\n\
               2026-11-28 20:06\n\
               2026-11-28 20:07,1,200\n\
               2026-02-30 20:08,600\n\
               2026-11-28 20:09,4294967296\n\
               2026-11-28 20:10,600\n\
               2026-11-28 20:10,700\n\
               2026-11-28 20:11,600\n\
               2026-11-28 20:12,600\n\
               2026-11-28 20:13,600\n\
               2026-11-28 20:13:30,600\n\
               2026-11-28 20:14,600\n\
               2026-11-28 20:15,600\n\
               2026-11-28 20:16,600\n\
               2026-11-28 20:17,600\n\
               2026-11-28 20:18,600\n\
               2026-11-28 20:19,600\n";
    use BadReason::*;
    let reading = read(csv);
    let expected = [
        (3, NotANumber),
        (4, NotATime),
        (6, NoDate),
        (7, Negative),
        (8, MissingCell),
        (9, MissingCell),
        (
            10,
            MoreCells {
                cells: 3,
                columns: 2,
            },
        ),
        (11, NoSuchTime),
        (12, TooMany),
        (14, Duplicate { of_line: 13 }),
        (18, OffStep),
    ];
    assert_eq!(lines(&reading), expected);
    assert_eq!((reading.rejected_count, reading.rows), (11, 22));
    assert_eq!(reading.rejected[0].text, "lots");
    let (start, step_s, counts) = content(&reading);
    assert_eq!(
        (start.as_str(), step_s, counts.len()),
        ("2026-11-28T20:00", 60, 20)
    );
    let gap = Note::Gap {
        after_line: 2,
        steps: 9,
        filled: GapFilling::Zero,
    };
    assert!(reading.notes.contains(&gap), "{:?}", reading.notes);
    let many = format!(
        "time,n\n{}{}",
        minutes(59, |i| format!("2026-06-01 10:{i:02},1\n")),
        "never,1\n".repeat(5000)
    );
    let reading = read(many);
    assert_eq!(
        (reading.rejected.len(), reading.rejected_count),
        (1000, 5000)
    );
}

#[test]
fn gaps_are_filled_as_the_person_chose() {
    let csv =
        "2026-11-28 20:00,100\n2026-11-28 20:01,200\n2026-11-28 20:04,500\n2026-11-28 20:05,500\n";
    for (gaps, filled) in [
        (None, [0.0, 0.0]),
        (Some(GapFilling::Zero), [0.0, 0.0]),
        (Some(GapFilling::Previous), [200.0, 200.0]),
        (Some(GapFilling::Interpolate), [300.0, 400.0]),
    ] {
        let reading = read_with(
            csv,
            Choices {
                gaps,
                ..Choices::default()
            },
        );
        assert_eq!(
            content(&reading).2,
            [100.0, 200.0, filled[0], filled[1], 500.0, 500.0]
        );
        assert_eq!(reading.in_force.gaps, Some(gaps.unwrap_or_default()));
    }
}

#[test]
fn the_hour_that_comes_twice_is_read_in_its_order() {
    let rows = |hours: &[(u32, u32)], every: u32| -> Vec<String> {
        let each = |(hour, value): &(u32, u32)| {
            let (hour, value) = (*hour, *value);
            (0..60 / every).map(move |i| format!("2026-10-25 {hour:02}:{:02},{value}\n", i * every))
        };
        hours.iter().flat_map(each).collect()
    };
    let twice = [(0, 1), (1, 2), (1, 3), (2, 4)];
    for every in [1, 5, 15, 30, 60] {
        for backwards in [false, true] {
            let mut lines = rows(&twice, every);
            if backwards {
                lines.reverse();
            }
            let choices = Choices {
                zone: Some("Europe/London".to_owned()),
                ..Choices::default()
            };
            let reading = read_with(format!("time,requests\n{}", lines.concat()), choices);
            let each = 60 / every as usize;
            let expected: Vec<f64> = [1.0, 2.0, 3.0, 4.0]
                .iter()
                .flat_map(|value| vec![*value; each])
                .collect();
            assert_eq!(content(&reading).2, expected, "{every} {backwards}");
            assert_eq!(
                (reading.rejected_count, asked(&reading)),
                (0, vec![]),
                "{every} {backwards}"
            );
        }
    }
    // A file that leaves the second turn out has no outage in it.
    let choices = Choices {
        zone: Some("Europe/London".to_owned()),
        ..Choices::default()
    };
    let once = rows(&[(0, 5), (1, 5), (2, 5)], 15).concat();
    let reading = read_with(format!("time,requests\n{once}"), choices);
    assert_eq!(content(&reading).2, [5.0; 16]);
    // In spring there is an hour less, and a time within it is none.
    let choices = Choices {
        zone: Some("Europe/London".to_owned()),
        ..Choices::default()
    };
    let spring = "time,requests\n2026-03-29 00:00,1\n2026-03-29 02:00,2\n2026-03-29 03:00,3\n2026-03-29 01:30,9\n";
    let reading = read_with(spring, choices);
    assert_eq!(content(&reading).2, [1.0, 2.0, 3.0]);
    assert_eq!(lines(&reading), [(5, BadReason::SkippedByClock)]);
}

#[test]
fn what_is_no_table_is_refused() {
    let of = |bytes: &[u8]| Source::of(bytes.to_vec()).err();
    assert_eq!(of(b""), Some(TraceProblem::Empty));
    assert_eq!(of(b" \n\r\n "), Some(TraceProblem::Empty));
    assert_eq!(of(b"PK\x03\x04 a spreadsheet"), Some(TraceProblem::NotText));
    assert_eq!(of(b"time,count\n\0\0\0"), Some(TraceProblem::NotText));
    assert_eq!(
        of(b"{\"a\": [1, 2}"),
        Some(TraceProblem::NotJson { line: 1 })
    );
    let wide = format!("time{}\n", ",1".repeat(5000));
    assert_eq!(
        of(wide.as_bytes()),
        Some(TraceProblem::TooManyColumns {
            line: 1,
            columns: 5001
        })
    );
    let mut reader = SourceReader::default();
    for _ in 0..=50 {
        reader.push(&vec![b'\n'; 1 << 20]);
    }
    assert!(reader.is_full());
    assert_eq!(reader.finish().err(), Some(TraceProblem::TooLarge));
    let problem = |text: &str| read(text).problem;
    let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(
        problem("a,b\nx,2\ny,4\n"),
        Some(TraceProblem::NoTimeColumn {
            columns: columns(&["a", "b"]),
            first: "x".to_owned()
        })
    );
    assert_eq!(
        problem("time,n\n2026-06-01 10:00,1\n"),
        Some(TraceProblem::TooFewRows { usable: 1 })
    );
    assert_eq!(
        problem("time,n\n2026-06-01,1\n2026-06-02,1\n2026-06-03,1\n"),
        Some(TraceProblem::StepTooLong { step_s: 86_400 })
    );
    assert_eq!(
        problem(
            "time,n\n1970-01-01 00:00:00,1\n1970-01-01 00:00:01,1\n1970-01-01 00:00:02,1\n2026-01-01 00:00:00,1\n"
        ),
        Some(TraceProblem::SpanTooLong {
            steps: 1_767_225_601
        })
    );
    let short = read("time,requests\n2026-06-01 10:00,1.4k\n2026-06-01 10:01,1.5k\n");
    assert_eq!(
        (short.problem, short.rejected_count),
        (Some(TraceProblem::TooFewRows { usable: 0 }), 2)
    );
    let mars = Choices {
        zone: Some("Mars".to_owned()),
        ..Choices::default()
    };
    let reading = read_with("time,n\n2026-06-01 10:00,1\n2026-06-01 10:01,1\n", mars);
    assert_eq!(
        reading.problem,
        Some(TraceProblem::NoSuchZone {
            name: "Mars".to_owned()
        })
    );
}

#[test]
fn slices_change_nothing() {
    let text = format!(
        "time,requests\n{}",
        minutes(59, |i| format!("2026-06-01 10:{i:02},{}\n", 900 + 20 * i))
    );
    let source = Source::of(text.into_bytes()).unwrap();
    let whole = work::read(&source, &Choices::default(), &destination());
    for slice in [1, 7, 58, 1000] {
        let mut work = TraceReader::new(&source, &Choices::default(), &destination());
        let mut share = 0.0;
        let reading = loop {
            match work.advance(slice) {
                Some(reading) => break reading,
                None => {
                    assert!(work.progress() >= share, "{slice}");
                    share = work.progress();
                }
            }
        };
        assert_eq!(reading, whole, "{slice}");
    }
}

#[test]
fn requests_of_a_log_are_counted() {
    let common = minutes(120, |i| {
        format!(
            "10.0.0.1 - - [01/Jun/2026:10:{:02}:{:02} +0900] \"GET /s HTTP/1.1\" 200 12 \"-\" \"a; b, c\"\n",
            i / 6,
            i % 6 * 10
        )
    });
    let balancer = minutes(120, |i| {
        format!(
            "https 2026-06-01T01:{:02}:{:02}.5Z app/x 1.2.3.4:5 1.2.3.5:80 0.1 0.2 0.3 200 200 1 2 \"GET http://x:80/ HTTP/1.1\" \"a\"\n",
            i / 6,
            i % 6 * 10
        )
    });
    let extended = format!(
        "#Version: 1.0\n#Fields: date time cs-method sc-status sc-bytes\n{}",
        minutes(120, |i| format!(
            "2026-06-01 01:{:02}:{:02} GET 200 5\n",
            i / 6,
            i % 6 * 10
        ))
    );
    let words = minutes(120, |i| {
        format!(
            "2026-06-01 01:{:02}:{:02},123 INFO served in {i} ms\n",
            i / 6,
            i % 6 * 10
        )
    });
    for text in [common, balancer, extended, words] {
        let reading = read(&text);
        let expected = ("2026-06-01T01:00".to_owned(), 60, vec![6.0; 20]);
        assert_eq!(content(&reading), expected, "{text}");
        assert_eq!(
            (reading.in_force.values, asked(&reading)),
            (Some(ValueKind::Row), vec![])
        );
    }
}

fn each_minute(text: impl Fn(u32) -> String) -> String {
    (0..60).map(text).collect()
}

#[test]
fn a_column_for_each_minute_of_an_hour_is_read() {
    let hours = |begin: fn(u32) -> String| -> String {
        let counts = |hour| each_minute(|minute| format!(",{}", 600 + 100 * hour + minute));
        let rows = (0..2).map(|hour| format!("{}{}\n", begin(hour), counts(hour)));
        rows.collect()
    };
    let names = [
        each_minute(|m| format!(",:{m:02}")),
        each_minute(|m| format!(",{m}")),
    ];
    for text in [
        format!(
            "hour{}\n{}",
            names[0],
            hours(|hour| format!("2026-06-01 {hour:02}:00"))
        ),
        format!(
            "date,hour{}\n{}",
            names[1],
            hours(|hour| format!("2026-06-01,{hour}"))
        ),
    ] {
        let reading = read(&text);
        let (start, step_s, counts) = content(&reading);
        assert_eq!(
            (start.as_str(), step_s, counts.len()),
            ("2026-06-01T00:00", 60, 120),
            "{text}"
        );
        assert_eq!(
            (counts[0], counts[59], counts[60]),
            (600.0, 659.0, 700.0),
            "{text}"
        );
    }
    let quarters =
        read("time,:00,:15,:30,:45\n2026-06-01 00:00,1,2,3,4\n2026-06-01 01:00,5,6,7,8\n");
    let expected = (
        "2026-06-01T00:00".to_owned(),
        900,
        vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0],
    );
    assert_eq!(content(&quarters), expected);
}

#[test]
fn a_hundred_thousand_rows_and_a_thousand_columns_are_read() {
    let text: String = (0..100_000)
        .map(|i| format!("{},{}\n", 1_780_308_000 + 60 * i, i % 977))
        .collect();
    let reading = read(format!("time,requests\n{text}"));
    assert_eq!((reading.rows, reading.rejected_count), (100_000, 0));
    let wide = format!(
        "time{}\n{}",
        (0..1000).map(|i| format!(",c{i}")).collect::<String>(),
        minutes(9, |i| format!(
            "2026-06-01 10:{i:02}{}\n",
            ",1".repeat(1000)
        ))
    );
    let choices = Choices {
        value_columns: (1..=1000).collect(),
        ..Choices::default()
    };
    assert_eq!(content(&read_with(wide, choices)).2, [1000.0; 9]);
}

#[test]
fn anything_is_survived() {
    use proptest::prelude::*;
    let pieces = prop::sample::select(vec![
        "time",
        "requests",
        ",",
        ";",
        "\t",
        " ",
        "\n",
        "\r\n",
        "\"",
        "#",
        "sep=;",
        "2026-06-01",
        "10:00",
        "1,402",
        "1.402",
        "-",
        "{",
        "}",
        "[",
        "]",
        ":",
        "오후 3시",
        "2026. 6. 1.",
        "1780308000",
        "46174.5",
        "/s",
        "per second",
        "UTC",
        "Jun",
        "\u{feff}",
        "0",
    ]);
    proptest!(|(parts in prop::collection::vec(pieces, 0..60))| {
        if let Ok(source) = Source::of(parts.concat().into_bytes()) {
            let reading = work::read(&source, &Choices::default(), &destination());
            prop_assert!(reading.summary.is_none() || reading.span.is_some());
        }
    });
    proptest!(|(bytes: Vec<u8>)| {
        if let Ok(source) = Source::of(bytes) {
            let reading = work::read(&source, &Choices::default(), &destination());
            prop_assert!(reading.summary.is_none() || reading.span.is_some());
        }
    });
}
