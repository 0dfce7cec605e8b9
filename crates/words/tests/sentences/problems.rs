//! Problems, warnings, and links and files that do not open.

use engine::sizing::TargetSlip;
use scenario::{
    compile::{Problem, ProblemKind, ScheduleProblem, Warning, compile},
    document::{LoadTest, MetricName, ScalableTarget, Scenario, ScheduledAction, Serverless},
    field::ItemId,
    file::{Expected, FileError, FileErrorKind, Syntax},
    link::{LinkError, LongerSteps, Rounding, Shared, TooLong},
};

use crate::{EN, KO, is_whole};

#[test]
fn an_answer_of_aws_is_called_so() {
    for (path, told) in [
        ("ScalingPolicies", "This is an answer of AWS"),
        ("ScheduledActions", "This is an answer of AWS"),
        ("policies[0].ScalingPolicies", "There is no field"),
        ("colour", "There is no field"),
    ] {
        let error = FileError {
            line: 0,
            column: 0,
            kind: FileErrorKind::UnknownField {
                path: path.to_owned(),
                known: vec!["name".to_owned()],
            },
        };
        let sentence = EN.file_error(&error);
        assert!(sentence.starts_with(told), "{path}: {sentence}");
        is_whole(&sentence);
        is_whole(&KO.file_error(&error));
    }
}

#[test]
fn every_problem_says_what_would_be_right() {
    let problems = [
        ProblemKind::Missing,
        ProblemKind::NotANumber,
        ProblemKind::TooSmall { min: 0.01 },
        ProblemKind::TooLarge { max: 1.0 },
        ProblemKind::AboveOther {
            other: ScalableTarget::max_capacity,
            value: 12.0,
        },
        ProblemKind::BelowOther {
            other: LoadTest::p50_ms,
            value: 80.0,
        },
        ProblemKind::NotBeside {
            other: ScheduledAction::schedule.of(ItemId(0)),
        },
        ProblemKind::TooLong { max: 80 },
        ProblemKind::TooMany { max: 50 },
        ProblemKind::NotUnique { other: 0 },
        ProblemKind::BadCharacters,
        ProblemKind::UnknownVersion { newest: 1 },
        ProblemKind::UnknownTimeZone,
        ProblemKind::UnknownInstanceType,
        ProblemKind::YearOutOfRange {
            from: 1996,
            to: 2037,
        },
        ProblemKind::NoneInService,
        ProblemKind::NoCpuCredits,
        ProblemKind::SlowWithCredits,
        ProblemKind::NobodyRetries,
        ProblemKind::NothingLaunches,
        ProblemKind::QuotaBelowStart { instances: 3 },
        ProblemKind::NothingToCompare,
        ProblemKind::NotAfter {
            other: ScheduledAction::start_time.of(ItemId(0)),
        },
        ProblemKind::OnlyOfGroups,
        ProblemKind::AnotherScales { other: 1 },
        ProblemKind::OnlyForIncrease,
        ProblemKind::OnlyAsPair,
        ProblemKind::Schedule(ScheduleProblem::Unknown),
        ProblemKind::Schedule(ScheduleProblem::NotADateTime),
        ProblemKind::Schedule(ScheduleProblem::ZoneInside),
        ProblemKind::Schedule(ScheduleProblem::TooOften { max: 20_000 }),
        ProblemKind::MemorySize,
        ProblemKind::NotServerless {
            right: Serverless::usd_per_gb_s,
        },
        ProblemKind::NothingToScale,
        ProblemKind::NothingToMeasure,
        ProblemKind::RampTooLong { max_min: 300.0 },
        ProblemKind::TooManyInstances {
            needed: 100_000,
            max: 10_000,
        },
    ];
    for kind in problems {
        let problem = Problem {
            field: LoadTest::max_rps,
            kind,
        };
        for words in [EN, KO] {
            is_whole(&words.problem(&problem));
            assert!(
                words
                    .problem_with_field(&problem)
                    .starts_with("load_test.max_rps: ")
            );
        }
    }
    let above = Problem {
        field: ScalableTarget::min_capacity,
        kind: ProblemKind::AboveOther {
            other: ScalableTarget::max_capacity,
            value: 12.0,
        },
    };
    assert_eq!(
        EN.problem(&above),
        "Larger than MaxCapacity, which is 12: at most that."
    );
}

#[test]
fn every_warning_and_error_is_whole() {
    let price = compile(&Scenario::default()).unwrap().resolved.price;
    let slip = |slip| Warning::TargetSlip {
        policy: 0,
        slip,
        right: 600.0,
    };
    let warnings = [
        Warning::BurstableCannotScale { instances: 1 },
        Warning::BurstableCannotScale { instances: 2 },
        Warning::TargetAboveBaseline {
            policy: 0,
            target: 50.0,
            baseline: 20.0,
        },
        Warning::PriceIsEstimate { price },
        slip(TargetSlip::MinuteForgotten),
        slip(TargetSlip::SafetyFactorForgotten),
        slip(TargetSlip::SafetyFactorDivided),
        slip(TargetSlip::MaximumForgotten),
        Warning::TargetDiffers {
            policy: 0,
            typed: 500.0,
            formula: 600.0,
        },
        Warning::ProvisionedPriceIsEstimate {
            usd_per_hour: 0.036,
        },
        Warning::MaxConcurrencyBelowPeak {
            max: 20,
            needed: 31,
        },
        Warning::MaxBelowPeak {
            max: 12,
            needed: 15,
        },
        Warning::StaysAtTwo {
            metric: 330.0,
            half_target: 300.0,
        },
        Warning::UtilizationOfCores {
            policy: 0,
            typed: 50.0,
            most: 400.0,
        },
        Warning::NoStepThere {
            policy: 0,
            above: true,
        },
        Warning::NoStepThere {
            policy: 0,
            above: false,
        },
        Warning::NoForecast { policy: 0 },
        Warning::CooldownWithinDelay {
            policy: 0,
            is_tracking: true,
            cooldown_s: 60.0,
            delay_s: 60.0,
        },
        Warning::LaunchedTooLate {
            policy: 0,
            buffer_s: 300.0,
            launch_s: 480.0,
        },
        Warning::NoPolicy,
        Warning::NoDemand,
        Warning::LayerOutsideRun { layer: 0 },
        Warning::ActionOutsideRun { action: 0 },
        Warning::NotPublished {
            policy: 0,
            metric: MetricName::HasBacklogWithoutCapacity,
            right: MetricName::ApproximateBacklogSizePerInstance,
        },
        Warning::WakesLate { backlog: None },
        Warning::WakesLate { backlog: Some(5.0) },
        Warning::AnswersTooLate { timeout_s: 900 },
        Warning::ConcurrencyLimits { max_rps: 0.05 },
        Warning::NoCopyWakes,
        Warning::NoRoomForCopies {
            copies: 6,
            instances: 3,
            max: 12,
        },
        Warning::InstancesStay { instances: 1 },
        Warning::MaxBelowPeakOfCopies { max: 2, needed: 9 },
        Warning::StartsTooLong {
            grace_s: 60,
            within_s: 90.0,
            launch_s: 180.0,
        },
        Warning::NothingWakesGroup { by_the_clock: true },
        Warning::NothingWakesGroup {
            by_the_clock: false,
        },
        Warning::FailureOutsideRun { failure: 0 },
        Warning::SlowOutsideRun,
        Warning::MissingOutsideRun,
        Warning::ClientTimeoutTooLong { longest_s: 60.086 },
        Warning::ClientTimeoutTooShort { p95_ms: 140.0 },
        Warning::ShortageOutsideRun,
        Warning::OtherZonesHaveEnough,
        Warning::QuotaBelowMax { quota: 4, max: 8 },
    ];
    let text = |text: &str| text.to_owned();
    let links = [
        LinkError::Foreign,
        LinkError::Broken,
        LinkError::Newer { version: 9 },
        LinkError::TooLarge,
        LinkError::TooMany {
            path: text("demand"),
            max: 100,
        },
        LinkError::TooLong {
            path: text("name"),
            max: 1600,
        },
    ];
    let expected = [
        Expected::Number,
        Expected::WholeNumber,
        Expected::Text,
        Expected::TrueOrFalse,
        Expected::List,
        Expected::Object,
        Expected::OneOf {
            names: vec![text("steady"), text("event")],
        },
        Expected::Date,
        Expected::Time,
        Expected::DateTime,
        Expected::Utc,
        Expected::Counts,
        Expected::TraceInBounds,
        Expected::Other {
            words: text("something else"),
        },
    ];
    let wrong = |path: &str, found: Option<&str>, expected: &Expected| FileErrorKind::WrongValue {
        path: text(path),
        found: found.map(text),
        expected: expected.clone(),
    };
    let syntax = [
        Syntax::MissingComma,
        Syntax::MissingColon,
        Syntax::TrailingComma,
        Syntax::TrailingCharacters,
        Syntax::NameWithoutQuotes,
        Syntax::Number,
        Syntax::Text,
        Syntax::TooDeep,
        Syntax::NoValue,
    ];
    let mut files = vec![
        FileErrorKind::TooLarge,
        FileErrorKind::TooMany {
            path: text("demand"),
            max: 100,
        },
        FileErrorKind::TooLong {
            path: text("demand[0].name"),
            max: 1600,
        },
        FileErrorKind::Truncated,
        FileErrorKind::UnknownField {
            path: text("demand[0].colour"),
            known: vec![text("name"), text("shape")],
        },
        FileErrorKind::MissingField {
            path: text("demand[0].shape"),
        },
        FileErrorKind::RepeatedField {
            path: text("demand[0].name"),
        },
        FileErrorKind::MinusOne {
            path: text("scheduled_actions[0].MinSize"),
        },
        FileErrorKind::Null {
            path: text("hours"),
            expected: Expected::WholeNumber,
        },
        FileErrorKind::Newer { version: 9 },
        wrong("", None, &Expected::Object),
        wrong("hours", None, &Expected::WholeNumber),
    ];
    files.extend(syntax.map(FileErrorKind::Syntax));
    files.extend(
        expected
            .each_ref()
            .map(|expected| wrong("hours", Some("\"24\""), expected)),
    );
    let rounding = Rounding {
        values: 1440,
        largest: 0.009_993,
        sum: 3.3e-5,
    };
    let longer = LongerSteps {
        step_s: 300,
        values: 8640,
        shared: Shared {
            payload: text("3.X94A"),
            rounding: Some(rounding),
        },
    };
    for words in [EN, KO] {
        warnings
            .iter()
            .for_each(|warning| is_whole(&words.warning(warning)));
        links
            .iter()
            .for_each(|error| is_whole(&words.link_error(error)));
        is_whole(&words.rounding(&rounding));
        is_whole(&words.longer_steps(&longer));
        is_whole(&words.longer_steps_done(&longer));
        is_whole(&words.came_rounded());
        for values in [0, 43_200] {
            is_whole(&words.too_long(TooLong { values }));
        }
        for (line, kind) in files.iter().cloned().enumerate() {
            is_whole(&words.file_error(&FileError {
                line,
                column: 7,
                kind,
            }));
        }
    }
}
