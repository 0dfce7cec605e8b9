//! What is kept stays what it was: through answers, files, merges and clocks that go wrong.

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::lesson::Task;

fn question(id: &str) -> Item {
    Item::Question(id.to_owned())
}

fn recall(is_right: bool) -> Recall {
    Recall::of(is_right)
}

#[test]
fn an_answer_says_when_to_ask_again() {
    let mut progress = Progress::default();
    let item = question("q3");
    for (today, is_right, next, digits, is_missed) in [
        (20_000, true, 20_002, "1", false),
        (20_002, true, 20_013, "11", false),
        (20_013, true, 20_059, "111", false),
        // The clock was set back: it counts as an answer of the same day.
        (19_000, true, 20_059, "1111", false),
        (20_059, false, 20_062, "11110", true),
        (20_059, true, 20_062, "11101", true),
        (20_062, true, 20_070, "11011", false),
    ] {
        progress.answered(&item, 1, recall(is_right), today);
        let record = progress.record(&item, 1).unwrap();
        let told: String = record.answers().into();
        assert_eq!((record.next(), told.as_str()), (next, digits), "{today}");
        assert!(record.next() > record.last());
        assert_eq!(progress.is_missed(&item, 1), is_missed, "{digits}");
    }
    assert_eq!(progress.record(&item, 1).unwrap().count(), 7);
    assert_eq!(progress.due_day(&item, 1, 20_062), Some(20_070));
}

#[test]
fn a_changed_question_forgets_only_its_own() {
    let mut progress = Progress::default();
    progress.answered(&question("a"), 1, Recall::Wrong, 20_000);
    progress.answered(&question("b"), 1, Recall::Wrong, 20_000);
    let term = Item::Term("a".to_owned());
    progress.answered(&term, 1, Recall::Right, 20_000);
    assert_eq!(progress.record(&question("a"), 2), None);
    progress.answered(&question("a"), 2, Recall::Right, 20_001);
    let count = |item: &Item, revision| progress.record(item, revision).map(Record::count);
    assert_eq!(count(&question("a"), 1), None);
    assert_eq!(count(&question("a"), 2), Some(1));
    assert_eq!(count(&question("b"), 1), Some(1));
    assert_eq!(count(&term, 1), Some(1));
    let mut by_older_page = progress.clone();
    by_older_page.answered(&question("a"), 1, Recall::Wrong, 20_002);
    assert_eq!(by_older_page, progress);
}

#[test]
fn everything_comes_once_more_before_an_exam() {
    for (said, exam) in [(20_000, 20_002), (20_000, 20_005), (20_000, 20_060)] {
        let mut progress = Progress::default();
        let items: Vec<Item> = (0..60).map(|n| question(&format!("q{n}"))).collect();
        for (number, item) in items.iter().enumerate() {
            for day in [said - 400, said - 300, said - number as u32 % 5] {
                progress.answered(item, 1, Recall::Right, day);
            }
        }
        progress.set_exam_day(Some(exam), said);
        let mut asked = vec![0; items.len()];
        let mut most_a_day = 0;
        for today in said + 1..exam {
            let mut of_day = 0;
            for (item, asked) in items.iter().zip(&mut asked) {
                if progress.due_day(item, 1, today).unwrap() <= today {
                    progress.answered(item, 1, Recall::Right, today);
                    *asked += 1;
                    of_day += 1;
                }
            }
            most_a_day = most_a_day.max(of_day);
        }
        assert_eq!(asked, vec![1; items.len()], "{said} {exam}");
        assert!(exam - said < 60 || most_a_day < 20, "{most_a_day}");
        let next = progress.record(&question("q0"), 1).unwrap().next();
        assert_eq!(progress.due_day(&question("q0"), 1, exam), Some(next));
        // What nobody answered comes before the exam, and after it as if there were none.
        let left = question("left");
        for before in [400, 398, 387, 341, 178] {
            progress.answered(&left, 1, Recall::Right, said - before);
        }
        let next = progress.record(&left, 1).unwrap().next();
        assert!(next > exam + 100);
        assert!(progress.due_day(&left, 1, exam - 1) < Some(exam));
        assert_eq!(progress.due_day(&left, 1, exam), Some(next));
        progress.set_exam_day(None, said);
        assert_eq!(progress.exam_day(), None);
    }
}

#[test]
fn files_are_read_as_they_were_written() {
    let progress = everything();
    let text = write(&progress);
    assert_eq!(read(&text), Ok(progress));
    assert_eq!(read(&write(&Progress::default())), Ok(Progress::default()));
    let with_mark = format!("\u{feff}{text}\n");
    assert!(read(&with_mark).is_ok());
    assert!(text.len() <= 20_000, "{}", text.len());
    let items = text.matches("],\"").count();
    assert!(items > 190 && text.len() / items < 80, "{items}");
}

/// Returns what a person has who did everything that there is, over and over.
fn everything() -> Progress {
    let mut progress = Progress::default();
    for (kind, count) in [("target-and-sizing", 112), ("term", 88)] {
        for number in 0..count {
            let id = format!("{kind}-{number}");
            let item = if kind == "term" {
                Item::Term(id)
            } else {
                Item::Question(id)
            };
            for day in [20_000, 20_000, 20_002, 20_013, 20_059, 20_300] {
                progress.answered(&item, 3, recall((day + number) % 4 > 0), day);
            }
        }
    }
    for number in 0..24 {
        let predicted = match number % 3 {
            0 => None,
            1 => Some(Predicted::Number(0.1 + 0.2 * f64::from(number))),
            _ => Some(Predicted::Choice("twelve-hundred".to_owned())),
        };
        progress.lesson_done(
            &format!("safety-factor-{number}"),
            predicted.as_ref(),
            20_000,
        );
    }
    for number in 0..30 {
        progress.exam_taken(ExamTaken {
            day: 20_000 + number,
            seed: u32::MAX - number,
            of: 30,
            right: number,
            seconds: 3_600,
            tasks: Task::ALL
                .into_iter()
                .map(|(_, task)| (task, (3, 7)))
                .collect(),
        });
    }
    progress.set_exam_day(Some(20_400), 20_300);
    assert_eq!(progress.exams().count(), MOST_EXAMS);
    assert_eq!(progress.exams().next().unwrap().day, 20_010);
    progress
}

#[test]
fn what_is_no_progress_is_told() {
    let good = write(&everything());
    let other = |from: &str, to: &str| good.replacen(from, to, 1);
    let cut = &good[..good.len() / 2];
    let too_many: String = (0..1_001)
        .map(|number| format!("\"x{number}\":[1,2307,2118,20000,20002,1,\"1\"],"))
        .collect();
    let long = "x".repeat(65);
    let too_many_lessons: String = (0..201)
        .map(|number| format!("\"x{number}\":{{\"day\":1,\"times\":1}},"))
        .collect();
    let exam = "{\"day\":1,\"seed\":1,\"of\":1,\"right\":1,\"seconds\":1,\"tasks\":{}},";
    let large = " ".repeat(MOST_BYTES + 1);
    let deep = "[".repeat(100_000);
    let record = "[3,";
    for (text, error) in [
        ("", Unread::Foreign),
        ("{}", Unread::Foreign),
        ("[1]", Unread::Foreign),
        ("hello", Unread::Foreign),
        (r#"{"version":2,"hours":12}"#, Unread::Foreign),
        (&deep, Unread::Foreign),
        (&large, Unread::TooLarge),
        (
            &other("study\":1", "study\":2"),
            Unread::Newer { version: 2 },
        ),
        (
            r#"{"headroom_study":99,"brains":[]}"#,
            Unread::Newer { version: 99 },
        ),
        (cut, Unread::Damaged),
        (r#"{"headroom_study":1}"#, Unread::Damaged),
        (&other("study\":1", "study\":0"), Unread::Damaged),
        (&other("study\":1", "study\":\"1\""), Unread::Damaged),
        (&other("\"terms\"", "\"words\""), Unread::Damaged),
        (
            &other("questions\":{", &format!("questions\":{{{too_many}")),
            Unread::Damaged,
        ),
        (
            &other("\"target-and-sizing-0\"", &format!("\"{long}\"")),
            Unread::Damaged,
        ),
        (
            &other("\"twelve-hundred\"", &format!("\"{long}\"")),
            Unread::Damaged,
        ),
        (&other(record, "[3,99999999,"), Unread::Damaged),
        (&other(record, "[-3,"), Unread::Damaged),
        (&other(record, "[3.5,"), Unread::Damaged),
        (&other(record, "[3,1,"), Unread::Damaged),
        (
            &other("lessons\":{", &format!("lessons\":{{{too_many_lessons}")),
            Unread::Damaged,
        ),
        (
            &other("exams\":[", &format!("exams\":[{exam}")),
            Unread::Damaged,
        ),
        (&other("\"right\":10", "\"right\":31"), Unread::Damaged),
    ] {
        assert_ne!(text, good, "this case changes nothing");
        assert_eq!(read(text), Err(error), "{text:.80}");
    }
    for (from, to) in [
        ("20000,20002", "20002,20002"),
        ("\"1\"]", "\"\"]"),
        ("\"1\"]", "\"11\"]"),
        ("\"1\"]", "\"2\"]"),
    ] {
        let mut progress = Progress::default();
        progress.answered(&question("a"), 1, Recall::Right, 20_000);
        let text = write(&progress);
        assert!(read(&text).is_ok() && text.contains(from), "{text}");
        assert_eq!(
            read(&text.replacen(from, to, 1)),
            Err(Unread::Damaged),
            "{to}"
        );
    }
}

#[test]
fn what_cannot_be_read_again_is_not_kept() {
    let mut progress = Progress::default();
    let long = "é".repeat(60);
    progress.answered(&question(&long), 1, Recall::Right, 20_000);
    progress.lesson_done(&long, None, 20_000);
    assert!(progress.is_empty());
    progress.lesson_done("a", Some(&Predicted::Number(f64::NAN)), 20_000);
    progress.lesson_done("b", Some(&Predicted::Choice(long)), 20_000);
    assert_eq!(progress.lesson("a").unwrap().predicted(), None);
    assert_eq!(read(&write(&progress)), Ok(progress));
    let mut many = Progress::default();
    for number in 0..1_100 {
        many.answered(
            &question(&number.to_string()),
            1,
            Recall::Right,
            20_000 + number,
        );
        many.lesson_done(&number.to_string(), None, 20_000 + number);
    }
    assert_eq!(
        (many.items.len(), many.lessons.len()),
        (MOST_ITEMS, MOST_LESSONS)
    );
    assert!(many.record(&question("1099"), 1).is_some());
    assert_eq!(read(&write(&many)), Ok(many));
}

/// What a person does on a day.
#[derive(Clone, Debug)]
enum Deed {
    Answered(u8, u32, bool),
    Lesson(u8, Option<i8>),
    Exam(u8),
    ExamDay(Option<u8>),
}

fn progress_of(deeds: &[(u32, Deed)]) -> Progress {
    let mut progress = Progress::default();
    for (day, deed) in deeds {
        match deed {
            Deed::Answered(id, revision, is_right) => {
                let id = (id / 2).to_string();
                let item = if id.len() > 1 {
                    Item::Term(id)
                } else {
                    Item::Question(id)
                };
                progress.answered(&item, *revision, recall(*is_right), *day);
            }
            Deed::Lesson(id, predicted) => {
                let predicted = predicted.map(|number| {
                    if number > 0 {
                        Predicted::Number(number.into())
                    } else {
                        Predicted::Choice(number.to_string())
                    }
                });
                progress.lesson_done(&id.to_string(), predicted.as_ref(), *day);
            }
            Deed::Exam(right) => progress.exam_taken(ExamTaken {
                day: *day,
                seed: 7,
                of: 255,
                right: u32::from(*right),
                seconds: 60,
                tasks: BTreeMap::new(),
            }),
            Deed::ExamDay(exam) => {
                progress.set_exam_day(exam.map(|in_days| day + u32::from(in_days)), *day)
            }
        }
    }
    progress
}

fn deeds() -> impl Strategy<Value = Vec<(u32, Deed)>> {
    let deed = prop_oneof![
        4 => (0..24u8, 1..3u32, any::<bool>()).prop_map(|(id, revision, is_right)| Deed::Answered(id, revision, is_right)),
        1 => (0..4u8, any::<Option<i8>>()).prop_map(|(id, predicted)| Deed::Lesson(id, predicted)),
        2 => any::<u8>().prop_map(Deed::Exam),
        1 => any::<Option<u8>>().prop_map(Deed::ExamDay),
    ];
    vec((20_000..20_040u32, deed), 0..80)
}

proptest! {
    #[test]
    fn merging_does_not_depend_on_the_order(a in deeds(), b in deeds(), c in deeds()) {
        let [a, b, c] = [a, b, c].map(|deeds| progress_of(&deeds));
        let of = |a: &Progress, b: &Progress| merge(a.clone(), b.clone());
        prop_assert_eq!(of(&a, &b), of(&b, &a));
        prop_assert_eq!(of(&of(&a, &b), &c), of(&a, &of(&b, &c)));
        prop_assert!(of(&a, &a) == a);
        let both = of(&a, &b);
        prop_assert!(of(&both, &a) == both);
        prop_assert_eq!(read(&write(&both)), Ok(both));
    }

    #[test]
    fn what_came_later_is_not_lost_to_what_it_came_from(a in deeds(), b in deeds()) {
        let before = progress_of(&a);
        let all: Vec<(u32, Deed)> = a.into_iter().chain(b).collect();
        let after = progress_of(&all);
        prop_assert_eq!(merge(before, after.clone()), after);
    }

    #[test]
    fn whatever_text_is_read_is_read_or_refused(text in "(\\{\"headroom_study\":1,)?[-0-9\\[\\]{}\",:a-z]{0,60}", at in 0..20_000usize, byte in any::<char>()) {
        let _ = read(&text);
        let mut changed: Vec<char> = write(&progress_of(&[(20_000, Deed::Answered(1, 1, true)), (20_001, Deed::ExamDay(Some(9)))])).chars().collect();
        let at = at % changed.len();
        changed[at] = byte;
        let changed: String = changed.into_iter().collect();
        if let Ok(progress) = read(&changed) {
            prop_assert_eq!(read(&write(&progress)), Ok(progress));
        }
    }
}
