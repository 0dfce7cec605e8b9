//! What people type as a number.

use proptest::prelude::*;

use super::*;
use crate::{Lang, NumberFormat};

const ALL: [Unit; 13] = [
    Unit::Number,
    Unit::Requests,
    Unit::RequestsPerSecond,
    Unit::RequestsPerMinute,
    Unit::Instances,
    Unit::Times,
    Unit::Share,
    Unit::Percent,
    Unit::Usd,
    Unit::Minutes,
    Unit::Seconds,
    Unit::Milliseconds,
    Unit::Credits,
];

#[track_caller]
fn check(words: Words, typed: &str, unit: Unit, expect: Result<f64, AskAgain>) {
    let read = words.read_quantity(typed, unit);
    let is_same = match (read, expect) {
        (Ok(read), Ok(expect)) => (read - expect).abs() <= 1e-9 * expect.abs(),
        (read, expect) => read == expect,
    };
    assert!(is_same, "{typed:?} as {unit:?}: {read:?}, not {expect:?}");
}

#[test]
fn answers_are_read_as_people_write_them() {
    use Unit::{
        Credits, Instances, Milliseconds, Minutes, Moment, Number, Percent, Requests,
        RequestsPerMinute, RequestsPerSecond, Seconds, Share, Times, Usd,
    };
    let words = Words::new(Lang::Ko);
    for (typed, unit, value) in [
        ("600", RequestsPerMinute, 600.0),
        ("600/min", RequestsPerMinute, 600.0),
        ("600 per minute", RequestsPerMinute, 600.0),
        (
            "600 requests per instance per minute",
            RequestsPerMinute,
            600.0,
        ),
        ("10/s", RequestsPerMinute, 600.0),
        ("10 RPS", RequestsPerMinute, 600.0),
        ("초당 10건", RequestsPerMinute, 600.0),
        ("분당 600건", RequestsPerMinute, 600.0),
        ("인스턴스당 분당 600 건", RequestsPerMinute, 600.0),
        ("36,000 an hour", RequestsPerMinute, 600.0),
        ("1,200 rpm", RequestsPerSecond, 20.0),
        ("초당 20", RequestsPerSecond, 20.0),
        ("20 req/s", RequestsPerSecond, 20.0),
        ("1,200", Requests, 1_200.0),
        ("1 200", Requests, 1_200.0),
        ("1'200", Requests, 1_200.0),
        ("１，２００", Requests, 1_200.0),
        ("요청 820,024건", Requests, 820_024.0),
        ("1.2k", Requests, 1_200.0),
        ("11.9 M requests", Requests, 11_900_000.0),
        ("1,190만 건", Requests, 11_900_000.0),
        ("1만 2천", Requests, 12_000.0),
        ("1만2천5백", Requests, f64::NAN),
        ("1억 2,000만", Requests, 120_000_000.0),
        ("9 instances", Instances, 9.0),
        ("9 instances.", Instances, 9.0),
        ("인스턴스 9개", Instances, 9.0),
        ("9대", Instances, 9.0),
        ("= 9", Instances, 9.0),
        ("약 9", Instances, 9.0),
        ("-3", Instances, -3.0),
        ("−3", Instances, -3.0),
        ("+2", Instances, 2.0),
        ("4.06", Instances, 4.06),
        ("3번", Times, 3.0),
        ("3×", Times, 3.0),
        ("50 %", Share, 0.5),
        ("50%", Share, 0.5),
        ("50 percent", Share, 0.5),
        ("50", Share, 0.5),
        ("0.5 %", Share, 0.005),
        ("0", Share, 0.0),
        ("50퍼센트", Percent, 50.0),
        ("0.5", Percent, 0.5),
        ("$685", Usd, 685.0),
        ("685 USD/month", Usd, 685.0),
        ("월 685달러", Usd, 685.0),
        (".5", Number, 0.5),
        ("1e3", Number, 1_000.0),
        ("1.5e-3", Number, 0.001_5),
        ("10", Minutes, 10.0),
        ("1시간 5분", Minutes, 65.0),
        ("1 h and 5 min", Minutes, 65.0),
        ("600 s", Minutes, 10.0),
        ("300", Seconds, 300.0),
        ("5 minutes", Seconds, 300.0),
        ("5분", Seconds, 300.0),
        ("142 ms", Milliseconds, 142.0),
        ("1.2 s", Milliseconds, 1_200.0),
        ("2시간", Moment, 7_200.0),
        ("크레딧 30개", Credits, 30.0),
        ("30 CPU credits", Credits, 30.0),
    ] {
        if value.is_nan() {
            check(words, typed, unit, Err(AskAgain::OtherUnit));
        } else {
            check(words, typed, unit, Ok(value));
        }
    }
}

#[test]
fn the_rest_is_asked_again() {
    use AskAgain::{NoNumber, Nothing, OtherUnit, ShareOrPercent};
    let words = Words::new(Lang::En);
    let long = "1".repeat(81);
    for (typed, unit, why) in [
        ("", Unit::Number, Nothing),
        ("  \u{3000}", Unit::Number, Nothing),
        ("...", Unit::Number, Nothing),
        ("many", Unit::Number, OtherUnit),
        ("=", Unit::Number, Nothing),
        ("nine", Unit::Instances, OtherUnit),
        (&long, Unit::Number, NoNumber),
        ("12,34,56", Unit::Number, NoNumber),
        ("1.2.3", Unit::Number, NoNumber),
        ("1e999", Unit::Number, NoNumber),
        ("10 20", Unit::Number, NoNumber),
        ("3-5", Unit::Instances, NoNumber),
        ("3~5", Unit::Instances, OtherUnit),
        ("1만-2천", Unit::Requests, NoNumber),
        ("1h30", Unit::Seconds, NoNumber),
        ("3 or 5", Unit::Instances, OtherUnit),
        ("1/2", Unit::Share, OtherUnit),
        ("70 %", Unit::Number, OtherUnit),
        ("600/min", Unit::Requests, OtherUnit),
        ("600/min/s", Unit::RequestsPerMinute, OtherUnit),
        ("초당 10 rpm", Unit::RequestsPerMinute, OtherUnit),
        ("9 apples", Unit::Instances, OtherUnit),
        ("5 minutes", Unit::Instances, OtherUnit),
        ("5 min 1 h", Unit::Seconds, NoNumber),
        ("5 % %", Unit::Percent, OtherUnit),
        ("0.3", Unit::Share, ShareOrPercent),
        ("1", Unit::Share, ShareOrPercent),
    ] {
        check(words, typed, unit, Err(why));
        let text = words.ask_again(why, unit);
        assert!(text.contains(|c: char| c.is_ascii_digit()), "{text}");
    }
}

#[test]
fn marks_are_read_as_the_person_writes_them() {
    let german = Words {
        format: NumberFormat {
            decimal: ',',
            group: Some('.'),
            ..NumberFormat::default()
        },
        ..Words::new(Lang::En)
    };
    let english = Words::new(Lang::En);
    for (words, typed, value) in [
        (german, "1.200 requests", 1_200.0),
        (german, "1,200 k", 1_200.0),
        (english, "1.200 k", 1_200.0),
        (english, "1,200 requests", 1_200.0),
        (english, "1,2k", 1_200.0),
    ] {
        check(words, typed, Unit::Requests, Ok(value));
    }
}

#[test]
fn an_example_is_shown_that_would_be_read() {
    let (en, ko) = (Words::new(Lang::En), Words::new(Lang::Ko));
    for (why, unit, english, korean) in [
        (
            AskAgain::Nothing,
            Unit::Instances,
            "Enter a number, such as 12 instances.",
            "숫자를 입력하세요. 예: 인스턴스 12개",
        ),
        (
            AskAgain::NoNumber,
            Unit::RequestsPerMinute,
            "This cannot be read as one number. Enter it like this: 12",
            "하나의 숫자로 읽을 수 없습니다. 예: 12",
        ),
        (
            AskAgain::OtherUnit,
            Unit::Seconds,
            "What stands beside the number is not clear. Enter it like this: 5\u{a0}minutes",
            "숫자에 붙은 말을 알 수 없습니다. 예: 5분",
        ),
        (
            AskAgain::ShareOrPercent,
            Unit::Share,
            "Is this a share or a percentage? Enter it with a percent sign, such as 30%.",
            "비율인지 퍼센트인지 알 수 없습니다. 퍼센트 기호를 붙여 입력하세요. 예: 30%",
        ),
    ] {
        assert_eq!(en.ask_again(why, unit), english);
        assert_eq!(ko.ask_again(why, unit), korean);
    }
}

proptest! {
    #[test]
    fn what_the_page_writes_is_read(value in 1.0..1e9f64) {
        for words in [Words::new(Lang::En), Words::new(Lang::Ko)] {
            for unit in ALL {
                let value = match unit {
                    Unit::Share => value / 1e9,
                    _ => value,
                };
                let written = words.quantity(value, unit, None);
                let again = words.read_quantity(&written, unit);
                let again = again.map(|read| words.quantity(read, unit, None));
                prop_assert_eq!(again, Ok(written), "{:?}", unit);
            }
        }
    }

    #[test]
    fn whatever_is_typed_is_read_or_asked_again(typed in "\\PC{0,90}", near in "[-+]?[0-9]{0,4}[., ']?[0-9]{0,4}[eE%/ ]?(min|s|건|만|h|m)?[0-9]{0,2}") {
        let words = Words::new(Lang::Ko);
        for unit in ALL {
            for typed in [&typed, &near] {
                if let Ok(value) = words.read_quantity(typed, unit) {
                    prop_assert!(value.is_finite());
                }
            }
        }
    }
}
