//! Schedules in plain words, their firings, and what is wrong with them.

use scenario::{
    compile::{Problem, ProblemKind},
    document::{ScalableTargetAction, ScheduledAction},
    field::List,
    schedule::{Schedule, Timetable},
    time::UtcDateTime,
};

use crate::{EN, KO, is_whole};

#[test]
fn schedules_are_said_as_a_person_would() {
    let cases = [
        (
            "at(2026-11-28T19:30:00)",
            "Once, 28 Nov 2026 19:30",
            "2026년 11월 28일 19:30에 한 번",
        ),
        ("rate(1 minute)", "Every minute", "1분마다"),
        ("rate(5 minutes)", "Every 5 minutes", "5분마다"),
        ("rate(1 hour)", "Every hour", "1시간마다"),
        ("rate(1 day)", "Every 24 hours", "1일마다"),
        ("rate(7 days)", "Every 7 days", "7일마다"),
        ("cron(30 8 * * ? *)", "Every day at 08:30", "매일 08:30"),
        (
            "cron(30 8 ? * MON-FRI *)",
            "Weekdays at 08:30",
            "평일 08:30",
        ),
        (
            "cron(30 8 ? * SUN-SAT *)",
            "Every day at 08:30",
            "매일 08:30",
        ),
        ("cron(30 6 ? * 2 *)", "Mon at 06:30", "매주 월 06:30"),
        (
            "cron(0 9,18 ? * 3,5,7 *)",
            "Tue, Thu, Sat at 09:00, 18:00",
            "매주 화, 목, 토 09:00, 18:00",
        ),
        (
            "cron(0 9 ? * FRI-SUN *)",
            "Fri–Sun at 09:00",
            "매주 금~일 09:00",
        ),
        ("cron(0 9 ? * L *)", "Sat at 09:00", "매주 토 09:00"),
        (
            "cron(0 8 1 * ? *)",
            "Day 1 of the month at 08:00",
            "매월 1일 08:00",
        ),
        (
            "cron(0 8 1-5,15 * ? *)",
            "Day 1–5, 15 of the month at 08:00",
            "매월 1~5, 15일 08:00",
        ),
        (
            "cron(0 8 L * ? *)",
            "Last day of the month at 08:00",
            "매월 말일 08:00",
        ),
        (
            "cron(0 8 15W * ? *)",
            "Weekday nearest day 15 of the month at 08:00",
            "매월 15일에 가장 가까운 평일 08:00",
        ),
        (
            "cron(0 8 ? * 3#2 *)",
            "Second Tue of the month at 08:00",
            "매월 둘째 화요일 08:00",
        ),
        (
            "cron(15 10 ? * 6L *)",
            "Last Fri of the month at 10:15",
            "매월 마지막 금요일 10:15",
        ),
        (
            "cron(0 0 29 2 ? *)",
            "Every 29 Feb at 00:00",
            "매년 2월 29일 00:00",
        ),
        (
            "cron(0 0 25 12 ? 2026)",
            "Every 25 Dec at 00:00, only in 2026",
            "매년 12월 25일 00:00, 2026년에만",
        ),
        (
            "cron(0 0 1,15 11-2 ? *)",
            "Day 1, 15 of the month at 00:00, only in Jan, Feb, Nov, Dec",
            "매월 1, 15일 00:00, 1월, 2월, 11월, 12월에만",
        ),
        ("cron(0/15 * * * ? *)", "Every 15 minutes", "15분마다"),
        ("cron(* * * * ? *)", "Every minute", "1분마다"),
        (
            "cron(0/5 8-17 ? * MON-FRI *)",
            "Weekdays, every 5 minutes from 08:00 to 17:55",
            "평일 08:00~17:55에 5분마다",
        ),
        (
            "cron(1/10 * * * ? *)",
            "Every 10 minutes from 00:01 to 23:51",
            "00:01~23:51에 10분마다",
        ),
        (
            "cron(20 * * * ? *)",
            "Every hour, at minute 20",
            "매시 20분",
        ),
        (
            "cron(0 0/2 * * ? *)",
            "Every 2 hours from 00:00",
            "00:00부터 2시간마다",
        ),
        (
            "cron(0 0/6 * * ? *)",
            "Every day at 00:00, 06:00, 12:00, 18:00",
            "매일 00:00, 06:00, 12:00, 18:00",
        ),
        (
            "cron(1,7,33 * * * ? *)",
            "At minutes 1, 7, 33 of each hour",
            "매시 1, 7, 33분",
        ),
        (
            "cron(0-4,33 1,5,9 * * ? *)",
            "At minutes 0–4, 33 of hours 1, 5, 9",
            "1, 5, 9시의 0~4, 33분",
        ),
        (
            "cron(0/7 20-2 * * ? *)",
            "At minutes 0, 7, 14, 21, 28, 35, 42, 49, 56 of hours 0–2, 20–23",
            "0~2, 20~23시의 0, 7, 14, 21, 28, 35, 42, 49, 56분",
        ),
    ];
    for (text, english, korean) in cases {
        let schedule = Schedule::parse(text).unwrap();
        assert_eq!(EN.schedule(&schedule), english, "{text}");
        assert_eq!(KO.schedule(&schedule), korean, "{text}");
    }
}

#[test]
fn a_recurrence_is_said_as_a_person_would() {
    for (recurrence, english, korean) in [
        ("0 8 * * 1-5", "Weekdays at 08:00", "평일 08:00"),
        ("@daily", "Every day at 00:00", "매일 00:00"),
        ("@hourly", "Every hour, at minute 0", "매시 0분"),
        (
            "0 8 1 * 1",
            "Day 1 of the month, and every Mon at 08:00",
            "매월 1일과 매주 월 08:00",
        ),
        (
            "0 8 */8 * MON,FRI",
            "Mon, Fri on day 1, 9, 17, 25 of the month at 08:00",
            "매월 1, 9, 17, 25일 중 월, 금 08:00",
        ),
    ] {
        let action = ScheduledAction {
            recurrence: Some(recurrence.to_owned()),
            ..ScheduledAction::default()
        };
        let schedule = Schedule::of(&action).unwrap();
        assert_eq!(EN.schedule(&schedule), english, "{recurrence}");
        assert_eq!(KO.schedule(&schedule), korean, "{recurrence}");
    }
}

fn action(schedule: &str, zone: Option<&str>) -> ScheduledAction {
    ScheduledAction {
        schedule: schedule.to_owned(),
        time_zone: zone.map(str::to_owned),
        ..ScheduledAction::default()
    }
}

#[test]
fn an_action_says_what_it_does_and_where() {
    let weekdays = ScheduledAction {
        action: ScalableTargetAction {
            min_capacity: Some(4),
            max_capacity: Some(20),
        },
        ..action("cron(30 8 ? * MON-FRI *)", Some("Asia/Seoul"))
    };
    let bounded = ScheduledAction {
        start_time: Some("2026-11-01T00:00:00Z".parse().unwrap()),
        end_time: Some("2027-01-31T12:00:00Z".parse().unwrap()),
        ..action("rate(2 hours)", Some("Asia/Seoul"))
    };
    let max = ScheduledAction {
        action: ScalableTargetAction {
            min_capacity: None,
            max_capacity: Some(1500),
        },
        ..action("cron(0 9 * * ? *)", None)
    };
    let rate = action("rate(90 minutes)", Some("Asia/Seoul"));
    for (action, english, korean) in [
        (
            rate,
            "Every 90 minutes, counted from the start of the run (assumed)",
            "90분마다, 실행 시작부터 센다고 가정",
        ),
        (
            weekdays,
            "Weekdays at 08:30 (Asia/Seoul): MinCapacity 4, MaxCapacity 20",
            "평일 08:30 (Asia/Seoul): MinCapacity 4, MaxCapacity 20",
        ),
        (
            bounded,
            "Every 2 hours, from 1 Nov 2026 00:00 UTC, until 31 Jan 2027 12:00 UTC",
            "2시간마다, UTC 2026년 11월 1일 00:00부터, UTC 2027년 1월 31일 12:00까지",
        ),
        (
            max,
            "Every day at 09:00 (UTC): MaxCapacity 1,500",
            "매일 09:00 (UTC): MaxCapacity 1,500",
        ),
    ] {
        let schedule = Schedule::parse(&action.schedule).unwrap();
        assert_eq!(EN.scheduled(&action, &schedule), english);
        assert_eq!(KO.scheduled(&action, &schedule), korean);
    }
}

#[test]
fn firings_tell_the_year_and_the_offset_only_where_they_differ() {
    let cases: [(&str, &str, &str, &[&str]); 4] = [
        (
            "cron(30 8 ? * MON-FRI *)",
            "Asia/Seoul",
            "2026-11-28T00:00:00Z",
            &["Mon 30 Nov 08:30", "Tue 1 Dec 08:30", "Wed 2 Dec 08:30"],
        ),
        (
            "cron(0 8 L * ? *)",
            "UTC",
            "2026-11-28T00:00:00Z",
            &[
                "Mon 30 Nov 2026 08:00",
                "Thu 31 Dec 2026 08:00",
                "Sun 31 Jan 2027 08:00",
            ],
        ),
        (
            "cron(30 1 * * ? *)",
            "Europe/London",
            "2026-10-24T00:00:00Z",
            &[
                "Sat 24 Oct 01:30 (UTC+1)",
                "Sun 25 Oct 01:30 (UTC+1)",
                "Mon 26 Oct 01:30 (UTC)",
            ],
        ),
        (
            "cron(0 12 * * ? *)",
            "America/St_Johns",
            "2026-10-31T03:00:00Z",
            &[
                "Sat 31 Oct 12:00 (UTC−2:30)",
                "Sun 1 Nov 12:00 (UTC−3:30)",
                "Mon 2 Nov 12:00 (UTC−3:30)",
            ],
        ),
    ];
    for (schedule, zone, from, expected) in cases {
        let parsed = Schedule::parse(schedule).unwrap();
        let timetable = Timetable::of(&action(schedule, Some(zone)), parsed).unwrap();
        let from = from.parse::<UtcDateTime>().unwrap().seconds();
        let firings: Vec<i64> = timetable.firings(from, i64::MAX).take(3).collect();
        assert_eq!(
            EN.firings(&firings, &timetable.zone, 2026),
            expected,
            "{schedule}"
        );
        for text in KO.firings(&firings, &timetable.zone, 2026) {
            assert!(text.contains("월 ") && !text.contains('{'), "{text}");
        }
    }
}

#[test]
fn every_problem_of_a_schedule_names_the_field_and_what_would_be_right() {
    let cases = [
        ("hourly", "rate(1 hour)"),
        ("rate(2 weeks)", "rate(5 minutes)"),
        ("rate(1 hours)", "rate(1 hour)"),
        ("rate(5 hour)", "hours"),
        ("at(tomorrow)", "at(2026-11-28T19:30:00)"),
        ("cron(0 9 * * *)", "5 fields"),
        ("cron(0 9 1 * MON *)", "Put ? in one"),
        (
            "cron(0 9 ? * ? *)",
            "For every day write cron(0 9 * * ? *).",
        ),
        (
            "cron(0 16 * * MON-FRI *)",
            "it wants ? there. Write cron(0 16 ? * MON-FRI *).",
        ),
        (
            "cron(60 9 * * ? *)",
            "Minutes: “60” is none of its values. Write 0–59.",
        ),
        (
            "cron(0 9 32 * ? *)",
            "Day of the month: “32” is none of its values. Write 1–31.",
        ),
        (
            "cron(0 9 * JUNE ? *)",
            "Month: “JUNE” is none of its values. Write 1–12 (JAN–DEC).",
        ),
        ("cron(0 9 ? * 8 *)", "Write 1–7 (SUN–SAT)."),
        ("cron(0 9 * * ? 1969)", "Year: “1969”"),
        ("cron(61 0 9 * * ? *)", "Seconds: “61”"),
        ("cron(0 9 * * ? 2030-2026)", "the earlier one first"),
        ("cron(0/90 * * * ? *)", "1 to 59"),
        (
            "cron(? 9 * * ? *)",
            "Minutes: ? means nothing here. It belongs in: day of the month, day of the week.",
        ),
        ("cron(0 9 ? * 2W *)", "It belongs in: day of the month."),
        ("cron(0 9 2#1 * ? *)", "It belongs in: day of the week."),
        ("cron(0 9 ? * 3#1,6#3 *)", "# stands alone"),
        ("cron(0 9 ? * 2#6 *)", "2#1 for the first Monday"),
    ];
    let recurrences = [
        ("cron(0 9 * * ? *)", "Recurrence has no brackets"),
        ("0 9 * *", "4 fields. Recurrence takes five"),
        (
            "@reboot",
            "“@reboot” stands for no schedule. Write @hourly, @daily",
        ),
        (
            "0 9 ? * 1",
            "Day of the month: Recurrence is a plain cron, which has no ?.",
        ),
        (
            "0 9 * * 6L",
            "Day of the week: Recurrence is a plain cron, which has no L.",
        ),
        (
            "0 9 * * 8",
            "Day of the week: “8” is none of its values. Write 0–7 (SUN–SAT).",
        ),
    ];
    let of_schedules = cases.map(|(text, part)| (text, Schedule::parse(text), part));
    let of_recurrences = recurrences.map(|(text, part)| {
        let action = ScheduledAction {
            recurrence: Some(text.to_owned()),
            ..ScheduledAction::default()
        };
        (text, Schedule::of(&action), part)
    });
    for (text, parsed, part) in of_schedules.into_iter().chain(of_recurrences) {
        let kind = ProblemKind::Schedule(parsed.unwrap_err());
        let field = List::Actions.whole();
        let problem = Problem { field, kind };
        let english = EN.problem(&problem);
        assert!(english.contains(part), "{text}: {english}");
        is_whole(&english);
        is_whole(&KO.problem(&problem));
    }
}
