//! The project's own content as the study aid uses it: every id has its address, exams are filled, search finds what it should.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use author::{
    content::Content,
    fault::Faults,
    files::Files,
    packs::packs,
    snapshot::{self, Snapshot},
};
use study::{
    address::Address,
    candidate::{Candidate, cards, questions},
    exam::{self, Length},
    item::MOST_BYTES_OF_ID,
    lesson::Task,
    pack::{Findable, Home, PackName, Terms},
    path::Step,
    search::{Corpus, Document, Kind},
    session::Chosen,
    unpack::{Unpack, unpack},
};

fn packed() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let files = Files::of_folder(&folder).unwrap();
    let mut faults = Faults::default();
    let content = Content::read(&files, &mut faults);
    let snapshot = Snapshot::read(files.text(snapshot::FILE), &mut faults);
    packs(&content, &snapshot)
}

/// Returns a pack.
fn of<T: Unpack>(packs: &BTreeMap<String, String>, name: &str, lang: &'static str) -> T {
    let files = PackName::new(name, lang).files();
    let files: Vec<String> = files
        .iter()
        .map(|file| packs.get(file).unwrap().clone())
        .collect();
    unpack(&files).unwrap()
}

fn home(packs: &BTreeMap<String, String>) -> Home {
    of(packs, "home", "en")
}

#[test]
fn every_id_has_its_address() {
    let packs = packed();
    let home = home(&packs);
    let terms: Terms = of(&packs, "terms", "en");
    let lessons = home.lessons.iter().map(|it| ("learn", &it.id));
    let framed = home.lessons.iter().map(|it| ("embed-learn", &it.id));
    let topics = home.topics.iter().map(|it| ("quiz", &it.id));
    let paths = home.paths.iter().map(|it| ("path", &it.id));
    let asked = (home.topics.iter()).flat_map(|it| it.questions.iter().map(|it| ("q", &it.id)));
    let terms = terms.terms.iter().map(|it| ("terms", &it.id));
    let mut count = 0;
    for (place, id) in (lessons.chain(framed).chain(topics).chain(paths)).chain(asked.chain(terms))
    {
        let text = format!("{place}.{id}");
        let found = match Address::parse(&text).unwrap() {
            Address::Lesson(lesson) | Address::Frame { lesson, .. } if lesson.setting.is_none() => {
                lesson.id
            }
            Address::Quiz { topic, seed: None } => topic,
            Address::Path(id) => id,
            Address::Question { id, seed: None } | Address::Terms(Some(id)) => id,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(found, *id, "{text}");
        assert!(id.len() <= MOST_BYTES_OF_ID, "{text}");
        let is_topic = place != "quiz" || Chosen::from_id(id) == Chosen::Topic(id.clone());
        assert!(is_topic, "`quiz.{id}` is no topic's address");
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn each_task_has_a_path_whose_lessons_are_about_it() {
    for lang in ["en", "ko"] {
        let home: Home = of(&packed(), "home", lang);
        for (name, task) in Task::ALL {
            let mut paths = home.paths.iter().filter(|path| path.task() == Some(task));
            let path = paths.next().unwrap_or_else(|| panic!("{name}"));
            assert_eq!(paths.count(), 0, "{name}");
            let about = home.lessons.iter().filter(|it| it.tasks.contains(&task));
            let about = about.map(|it| Step::Lesson(it.id.clone()));
            let steps: Vec<Step> = about.chain([Step::Task(task)]).collect();
            assert!(steps.len() > 2 && path.steps == steps, "{name}");
        }
        let themes = home.paths.iter().filter(|path| path.task().is_none());
        assert_eq!(themes.count(), 5);
    }
}

#[test]
fn an_exam_is_filled_without_duplicates() {
    let packs = packed();
    let all = questions(&home(&packs));
    let terms: Terms = of(&packs, "terms", "ko");
    let with_cards: Vec<Candidate> = all.iter().cloned().chain(cards(&terms)).collect();
    for length in Length::ALL {
        for seed in 0..20 {
            let exam = exam::choose(&with_cards, length, seed);
            let items: BTreeSet<_> = exam.iter().map(|it| &it.item).collect();
            let most = (length.questions() as usize).min(all.len());
            assert_eq!((exam.len(), items.len()), (most, most));
            assert!(
                exam.iter().all(|it| all.contains(it)),
                "no term is a question"
            );
        }
    }
}

fn corpus(lang: &'static str) -> Corpus {
    Corpus::new(of::<Findable>(&packed(), "search", lang).documents)
}

#[test]
fn what_is_searched_has_its_numbers() {
    let all: Findable = of(&packed(), "search", "en");
    let lessons = all.documents.iter().filter(|it| it.kind == Kind::Lesson);
    for Document { id, text, .. } in lessons {
        // What a number that lacks leaves behind.
        for gap in ["  ", " .", " ,"] {
            assert!(!text.contains(gap), "{id}: {text}");
        }
    }
}

#[test]
fn search_finds_what_people_look_for() {
    let (en, ko) = (corpus("en"), corpus("ko"));
    for (corpus, typed, kind, id) in [
        (&ko, "쿨다운", Kind::Term, "cooldown"),
        (&ko, "쿨다우", Kind::Term, "cooldown"),
        (&ko, "휴지기간", Kind::Term, "cooldown"),
        (&ko, "휴지 기간", Kind::Lesson, "cooldowns"),
        (&ko, "cooldown", Kind::Term, "cooldown"),
        (&ko, "로드 테스트", Kind::Term, "load-test"),
        (&en, "Cooldown", Kind::Term, "cooldown"),
        (&en, "cooldown", Kind::Lesson, "cooldowns"),
        (&en, "stress test", Kind::Term, "load-test"),
        (&en, "traffic", Kind::Term, "demand"),
        (&en, "four answers", Kind::Table, "faster"),
        (&ko, "진행 중인 만큼", Kind::Table, "cooldown"),
    ] {
        let hits = corpus.find(typed);
        let is_found =
            (hits.iter()).any(|hit| (hit.document.kind, hit.document.id.as_str()) == (kind, id));
        let found: Vec<&str> = hits.iter().map(|hit| hit.document.id.as_str()).collect();
        assert!(is_found, "{typed}: {found:?}");
    }
}
