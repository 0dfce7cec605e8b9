//! Files as people have them, and what the reader says of each.

use super::*;
use crate::time::{LocalDateTime, Zone};

fn options(zone: &str) -> Options {
    Options::new(Zone::find(zone).unwrap())
}

fn read_with(csv: impl AsRef<[u8]>, options: Options) -> Result<Reading, TraceProblem> {
    let mut reader = Reader::new(options);
    reader.push(csv.as_ref());
    reader.finish().map_err(|problems| problems[0].clone())
}

fn read(csv: impl AsRef<[u8]>) -> Result<Reading, TraceProblem> {
    read_with(csv, options("UTC"))
}

/// Start, step and counts (in whole requests) of a trace.
fn content(reading: &Reading) -> (String, u32, Vec<f64>) {
    let trace = &reading.trace;
    let per_count = trace.requests_per_count();
    let counts = trace
        .counts()
        .iter()
        .map(|count| (f64::from(*count) * per_count * 1e3).round() / 1e3)
        .collect();
    (trace.start.to_string(), trace.step_s(), counts)
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
        "t,rps\n2026-11-29T05:00:00+09:00,10.0\n2026-11-29T05:01:00+09:00,20\n2026-11-29T05:02:00+09:00,0\n",
        "t;Requests per second\n2026-11-28 20:00;10,0\n2026-11-28 20:01;20,0\n2026-11-28 20:02;0,0\n",
        "t,rpm\n2026-11-28 20:00,600\n2026-11-28 20:01,1200\n2026-11-28 20:02,0\n",
        "t,req/h\n2026-11-28 20:00,36000\n2026-11-28 20:01,72000\n2026-11-28 20:02,0\n",
        "time,count\n2026-11-28 20:02,0\n2026-11-28 20:00,600\n2026-11-28 20:01,1200\n",
    ];
    for csv in cases {
        let reading = read(csv).unwrap_or_else(|problem| panic!("{csv}: {problem:?}"));
        let expected = ("2026-11-28T20:00".to_owned(), 60, vec![600.0, 1200.0, 0.0]);
        assert_eq!(content(&reading), expected, "{csv}");
        assert_eq!((reading.rows, reading.rejected_count), (3, 0), "{csv}");
    }
}

#[test]
fn chunks_may_end_anywhere() {
    let csv = "time;rate\r\n\"2026-11-28 20:00\";12,5\r\nnonsense;1\r\n2026-11-28 20:01;7\r\n2026-11-28 20:02;8";
    let whole = read(csv).unwrap();
    assert_eq!(lines(&whole), [(3, BadReason::NotATime)]);
    for cut in 0..csv.len() {
        let mut reader = Reader::new(options("UTC"));
        let (head, tail) = csv.as_bytes().split_at(cut);
        reader.push(head);
        reader.push(tail);
        assert_eq!(reader.finish().unwrap(), whole, "cut at {cut}");
    }
    // Beyond what is looked at to recognise the format, too.
    let mut long = String::from("time,count\n");
    for minute in 0..10_000_i64 {
        let at = LocalDateTime::from_seconds(1_795_896_000 + 60 * minute);
        long += &format!("{at},{minute}\n");
    }
    for size in [7, 1000, 65_536, 100_000] {
        let mut reader = Reader::new(options("UTC"));
        for chunk in long.as_bytes().chunks(size) {
            reader.push(chunk);
        }
        assert!(reader.rows() > 9_900, "{size}");
        let reading = reader.finish().unwrap();
        assert_eq!(
            (reading.trace.len(), reading.trace.peak()),
            (10_000, (9999, 9999.0)),
            "{size}"
        );
        assert_eq!(
            (reading.rows, reading.rejected_count),
            (10_000, 0),
            "{size}"
        );
    }
}

#[test]
fn bad_rows_are_named_with_their_lines() {
    let csv = "time,count\n\
               2026-11-28 20:00,600\n\
               2026-11-28 20:01,lots\n\
               28/11/2026 20:02,600\n\
               \n\
               20:03,600\n\
               2026-11-28 20:04,-3\n\
               2026-11-28 20:05,\n\
               2026-11-28 20:06\n\
               2026-11-28 20:07,\"1,200\"\n\
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
    let reading = read(csv).unwrap();
    let expected = [
        (3, NotANumber),
        (4, AmbiguousDate),
        (6, NoDate),
        (7, Negative),
        (8, MissingCell),
        (9, MissingCell),
        (10, ThousandsSeparator),
        (11, NoSuchTime),
        (12, TooMany),
        (14, Duplicate { of_line: 13 }),
        (18, OffStep),
    ];
    assert_eq!(lines(&reading), expected);
    assert_eq!(reading.rejected_count, 11);
    assert_eq!(reading.rejected[0].text, "lots");
    assert_eq!(reading.rejected[6].text, "1,200");
    assert_eq!(reading.rejected[10].text, "2026-11-28T20:13:30");
    assert_eq!(reading.rows, 22);
    let (start, step_s, counts) = content(&reading);
    assert_eq!(
        (start.as_str(), step_s, counts.len()),
        ("2026-11-28T20:00", 60, 20)
    );
    assert_eq!(counts.iter().sum::<f64>(), 11.0 * 600.0);
    let gap = Note::Gap {
        after_line: 2,
        steps: 9,
        filled: Gaps::Zero,
    };
    assert!(reading.notes.contains(&gap), "{:?}", reading.notes);
}

#[test]
fn the_first_thousand_bad_rows_are_kept_and_all_are_counted() {
    let mut csv = String::from("time,count\n2026-11-28 20:00,600\n2026-11-28 20:01,600\n");
    csv += "2026-11-28 20:02,x\n";
    csv += &"2026-11-28 20:02,1\n".repeat(10);
    csv += &"never,1\n".repeat(5000);
    let reading = read(&csv).unwrap();
    assert_eq!(
        (reading.rejected.len(), reading.rejected_count),
        (1000, 1 + 9 + 5000)
    );
    assert_eq!(reading.rejected[999].line, 4 + 999 + 1);
}

#[test]
fn gaps_are_filled_as_the_person_chose() {
    let csv =
        "2026-11-28 20:00,100\n2026-11-28 20:01,200\n2026-11-28 20:04,500\n2026-11-28 20:05,500\n";
    for (gaps, filled) in [
        (Gaps::Zero, [0.0, 0.0]),
        (Gaps::Previous, [200.0, 200.0]),
        (Gaps::Interpolate, [300.0, 400.0]),
    ] {
        let reading = read_with(
            csv,
            Options {
                gaps,
                ..options("UTC")
            },
        )
        .unwrap();
        assert_eq!(
            content(&reading).2,
            [100.0, 200.0, filled[0], filled[1], 500.0, 500.0]
        );
        let gap = Note::Gap {
            after_line: 2,
            steps: 2,
            filled: gaps,
        };
        assert_eq!(reading.notes.last(), Some(&gap));
    }
}

#[test]
fn notes_say_what_the_file_was_taken_to_be() {
    let reading =
        read("when;load\n2026-11-28 20:02;3\n2026-11-28 20:00:00.5;1\n2026-11-28 20:01;2\n")
            .unwrap();
    let expected = [
        Note::Format {
            delimiter: ';',
            header: true,
            time_column: "when".to_owned(),
            value_column: "load".to_owned(),
        },
        Note::Values {
            kind: ValueKind::Count,
            assumed: true,
        },
        Note::Step { step_s: 60 },
        Note::FractionOfSecond { line: 3 },
        Note::Disorder { line: 3 },
    ];
    assert_eq!(reading.notes, expected);
    let reading = read("2026-11-28 20:00,1\n2026-11-28 20:01,2\n").unwrap();
    let Note::Format {
        time_column,
        value_column,
        header,
        ..
    } = &reading.notes[0]
    else {
        panic!("{:?}", reading.notes);
    };
    assert_eq!(
        (time_column.as_str(), value_column.as_str(), *header),
        ("1", "2", false)
    );
}

#[test]
fn what_is_no_trace_is_refused_with_the_reason() {
    use TraceProblem::*;
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let which = |columns: &[(usize, &str)]| {
        columns
            .iter()
            .map(|(index, name)| (*index, (*name).to_owned()))
            .collect()
    };
    let cases: [(&str, TraceProblem); 13] = [
        ("", Empty),
        (" \n\r\n ", Empty),
        ("PK\x03\x04 a spreadsheet", NotText),
        ("time,count\n\0\0\0", NotText),
        (
            "{\"headroom\": 1}\n",
            NoTimeColumn {
                columns: names(&["{\"headroom\": 1}"]),
            },
        ),
        (
            "a,b\n1,2\n3,4\n",
            NoTimeColumn {
                columns: names(&["a", "b"]),
            },
        ),
        (
            "time,what\n2026-11-28,x\n2026-11-29,y\n",
            NoValueColumn {
                columns: names(&["time", "what"]),
            },
        ),
        (
            "time,a,b\n2026-11-28 20:00,1,2\n2026-11-28 20:01,1,2\n",
            WhichValueColumn {
                columns: which(&[(1, "a"), (2, "b")]),
            },
        ),
        (
            "from,to,count\n2026-11-28 20:00,2026-11-28 20:01,2\n2026-11-28 20:01,2026-11-28 20:02,2\n",
            WhichTimeColumn {
                columns: which(&[(0, "from"), (1, "to")]),
            },
        ),
        (
            "time,count\n2026-11-28 20:00,1\n",
            TooFewRows { rejected: vec![] },
        ),
        (
            "time,count\n2026-11-27,1\n2026-11-28,1\n2026-11-29,1\n",
            StepTooLong { step_s: 86_400 },
        ),
        (
            "time,count\n2026-11-28 20:00:00,1\n2026-11-28 20:00:07,1\n2026-11-28 20:00:13,1\n2026-11-28 20:00:20,1\n2026-11-28 20:00:31,1\n",
            NoRegularStep {
                step_s: 7,
                share_pct: 40.0,
            },
        ),
        (
            "time,count\n1970-01-01 00:00:00,1\n1970-01-01 00:00:01,1\n1970-01-01 00:00:02,1\n2026-01-01 00:00:00,1\n",
            SpanTooLong {
                steps: 1_767_225_601,
            },
        ),
    ];
    for (csv, expected) in cases {
        let problem = read(csv).expect_err(csv);
        match (&problem, &expected) {
            (TooFewRows { .. }, TooFewRows { .. }) => {}
            _ => assert_eq!(problem, expected, "{csv}"),
        }
    }
    let open = format!(
        "time,count\n2026-11-28 20:00,1\n2026-11-28 20:01,\"1\n{}",
        "2026-11-28 20:02,1\n".repeat(9999)
    );
    assert_eq!(read(open).unwrap_err(), OpenQuote { line: 3 });
    let wide = format!("time,count\n2026-11-28 20:00,1\n{}\n", ",".repeat(300));
    assert_eq!(read(wide).unwrap_err(), TooManyColumns { line: 3 });
    let large = vec![b'\n'; MOST_BYTES as usize + 1];
    assert_eq!(read(large).unwrap_err(), TooLarge);
}

#[test]
fn rows_that_are_all_bad_are_shown() {
    let problem = read("time,count\n28/11/2026 20:00,1\n28/11/2026 20:01,2\n").unwrap_err();
    let TraceProblem::TooFewRows { rejected } = problem else {
        panic!("{problem:?}");
    };
    assert_eq!(
        (rejected.len(), rejected[1].line, rejected[1].reason),
        (2, 3, BadReason::AmbiguousDate)
    );
}

#[test]
fn the_person_s_choice_of_columns_and_unit_is_kept() {
    let csv = "from,to,a,b\n2026-11-28 20:00,2026-11-28 20:01,1,2\n2026-11-28 20:01,2026-11-28 20:02,3,4\n";
    let chosen = Options {
        time_column: Some(1),
        value_column: Some(3),
        kind: Some(ValueKind::PerSecond),
        ..options("UTC")
    };
    let reading = read_with(csv, chosen).unwrap();
    assert_eq!(
        content(&reading),
        ("2026-11-28T20:01".to_owned(), 60, vec![120.0, 240.0])
    );
    let beyond = Options {
        value_column: Some(9),
        ..options("UTC")
    };
    let problem = read_with("2026-11-28 20:00,1\n2026-11-28 20:01,1\n", beyond).unwrap_err();
    assert!(
        matches!(problem, TraceProblem::TooFewRows { .. }),
        "{problem:?}"
    );
}

#[test]
fn times_without_a_zone_are_the_scenario_s() {
    // Clocks in London went forward on 29 March 2026 at 01:00 and go back on 25 October at 02:00.
    let reading = read_with(
        "2026-03-29 00:00,1\n2026-03-29 02:00,2\n2026-03-29 03:00,3\n",
        options("Europe/London"),
    )
    .unwrap();
    assert_eq!(
        content(&reading),
        ("2026-03-29T00:00".to_owned(), 3600, vec![1.0, 2.0, 3.0])
    );
    let twice = "2026-10-25 00:00,1\n2026-10-25 01:00,2\n2026-10-25 01:00,3\n2026-10-25 02:00,4\n";
    let reading = read_with(twice, options("Europe/London")).unwrap();
    assert_eq!(content(&reading).2, [1.0, 2.0, 0.0, 4.0]);
    assert_eq!(lines(&reading), [(3, BadReason::Duplicate { of_line: 2 })]);
    let offsets = "2026-10-25T00:00:00+01:00,1\n2026-10-25T01:00:00+01:00,2\n2026-10-25T01:00:00+00:00,3\n2026-10-25T02:00:00Z,4\n";
    let reading = read_with(offsets, options("Europe/London")).unwrap();
    assert_eq!(
        content(&reading),
        (
            "2026-10-25T00:00".to_owned(),
            3600,
            vec![1.0, 2.0, 3.0, 4.0]
        )
    );
    // An hour's rows in a zone that is far from UTC, at noon: the offset is asked for once.
    let reading = read_with("1795869000,5\n1795869060,6\n", options("Asia/Seoul")).unwrap();
    assert_eq!(reading.trace.start.to_string(), "2026-11-28T21:30");
}

#[test]
fn fractions_of_requests_are_kept_to_three_places() {
    let reading = read("t,rate\n2026-11-28 20:00:00,0.125\n2026-11-28 20:00:01,0.25\n").unwrap();
    assert_eq!(
        content(&reading),
        ("2026-11-28T20:00".to_owned(), 1, vec![0.125, 0.25])
    );
    let reading = read("t,rps\n2026-11-28 20:00,70000000.1\n2026-11-28 20:01,1\n").unwrap();
    assert_eq!(
        reading.trace.peak(),
        (0, 4_200_000_006.0),
        "whole numbers where more would not fit"
    );
}

#[test]
fn the_world_cup_is_there_to_the_request() {
    let scenario = crate::presets::find("world_cup_semi_final")
        .unwrap()
        .scenario();
    let crate::document::Shape::Trace { trace, .. } = &scenario.demand[0].shape else {
        panic!("no trace");
    };
    // 1998-07-07 21:41 UTC: the penalties; in Paris it was 23:41.
    assert_eq!(
        (trace.start.to_string().as_str(), trace.len()),
        ("1998-07-07T00:00", 2880)
    );
    assert_eq!(trace.peak(), (23 * 60 + 41, 229_426.0));
}
