//! The first page of the study aid: what there is to learn, to practise and to look up.

use study::{
    address::{Address, LessonAddress},
    exam::Length,
    pack::{Home, LessonEntry, PathEntry, TopicEntry},
    progress::Progress,
};
use words::Words;
use yew::prelude::*;

use super::{search::Finder, text::Speaker};
use crate::browser::clock;

/// Returns the page, with the marks of what is done; `is_lost`: the address names nothing that there is.
pub fn home(words: Words, home: &Home, progress: &Progress, is_lost: bool) -> Html {
    let speaker = Speaker::plain();
    let is_done = |id: &str| progress.lesson(id).is_some();
    let lesson = |entry: &LessonEntry| {
        let tasks = entry.tasks.iter().map(|task| {
            let name = study::lesson::Task::ALL.iter().find(|(_, it)| it == task);
            html! { <small lang="en">{ name.map_or("", |(name, _)| name) }</small> }
        });
        html! {
            <li key={&*entry.id}>
                <a href={to_lesson(&entry.id)}>{ speaker.line(&entry.title) }</a>
                <p>{ speaker.line(&entry.question) }</p>
                <p class="tasks">
                    { for tasks }
                    if is_done(&entry.id) {
                        <span class="done">{ "✓ " }{ words.study_done() }</span>
                    }
                </p>
            </li>
        }
    };
    let path = |path: &PathEntry| {
        let count = |count: usize| words.integer(count as f64);
        let done = path.lessons.iter().filter(|id| is_done(id)).count();
        let progress = words.study_path_done(&count(done), &count(path.lessons.len()));
        let steps = path.lessons.iter().filter_map(|id| {
            let entry = home.lessons.iter().find(|entry| entry.id == *id)?;
            Some(html! { <li key={&**id}><a href={to_lesson(id)}>{ speaker.line(&entry.title) }</a></li> })
        });
        html! {
            <details key={&*path.id} class="card">
                <summary><h3>{ speaker.line(&path.title) }</h3><small>{ progress }</small></summary>
                <ol>{ for steps }</ol>
            </details>
        }
    };
    let topic = |topic: &TopicEntry| {
        let count = topic.questions.len();
        let address = Address::Quiz {
            topic: topic.id.clone(),
            seed: None,
        };
        let many = words.study_questions(count as u64, &words.integer(count as f64));
        html! { <a key={&*topic.id} class="b" href={format!("#{address}")}>{ speaker.line(&topic.title) }<small>{ many }</small></a> }
    };
    html! {
        <div class="home">
            <header>
                <h1>{ words.study_title() }</h1>
                <p class="lead">{ words.study_lead() }</p>
                if is_lost {
                    <p class="warn" role="alert">{ words.study_nowhere() }</p>
                }
            </header>
            <Finder {words} />
            <section aria-labelledby="study-lessons">
                <h2 id="study-lessons">{ words.study_lessons() }</h2>
                <ol class="lessons">{ for home.lessons.iter().map(lesson) }</ol>
            </section>
            if !home.paths.is_empty() {
                <section aria-labelledby="study-paths">
                    <h2 id="study-paths">{ words.study_paths() }</h2>
                    { for home.paths.iter().map(path) }
                </section>
            }
            <section aria-labelledby="study-practise">
                <h2 id="study-practise">{ words.study_practise() }</h2>
                <p class="ways">
                    { for home.topics.iter().map(topic) }
                </p>
                <p class="ways">
                    { way(&Address::Review, words.study_review()) }
                    { way(&exam(), words.study_exam()) }
                    { way(&Address::Terms(None), words.study_terms()) }
                    { way(&Address::Wrong(None), words.study_wrong()) }
                    { way(&Address::Tables(None), words.study_tables()) }
                </p>
            </section>
            <footer>
                <p class="says">
                    { words.licence() }{ " " }
                    <a href="licences.txt" target="_blank" rel="noopener">{ words.licences() }</a>
                </p>
            </footer>
        </div>
    }
}

/// Returns a way to another part of the study aid.
fn way(address: &Address, says: &'static str) -> Html {
    html! { <a class="b" href={format!("#{address}")}>{ says }</a> }
}

/// Returns an exam that nobody has taken.
fn exam() -> Address {
    Address::Exam {
        length: Length::Ten,
        seed: clock::now_ms() as u32,
    }
}

/// Returns the way to a lesson.
fn to_lesson(id: &str) -> String {
    let lesson = LessonAddress {
        id: id.to_owned(),
        setting: None,
    };
    format!("#{}", Address::Lesson(lesson))
}
