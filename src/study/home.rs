//! The first page of the study aid: where to begin, and what there is to learn, to practise and to look up.

use study::{
    address::Address,
    exam::Length,
    lesson::Task,
    pack::{Home, LessonEntry, PathEntry, TopicEntry},
    path::{Step, Tally},
    progress::Progress,
    session::Chosen,
};
use words::Words;
use yew::prelude::*;

use super::{
    parts::{missed, way},
    paths,
    practice::task_name,
    search::Finder,
    text::Speaker,
};
use crate::browser::clock;

/// Returns the page, with the marks of what is done; `is_lost`: the address names nothing that there is.
pub fn home(words: Words, home: &Home, progress: &Progress, is_lost: bool) -> Html {
    let speaker = Speaker::plain();
    let is_done = |entry: &LessonEntry| progress.lesson(&entry.id).is_some();
    let lesson = |entry: &LessonEntry| {
        let task = |task: &Task| html! { <small lang="en">{ task_name(*task) }</small> };
        html! {
            <li key={&*entry.id}>
                <a href={to_lesson(&entry.id)}>{ speaker.line(&entry.title) }</a>
                <p>{ speaker.line(&entry.question) }</p>
                <p class="tasks">
                    { for entry.tasks.iter().map(task) }
                    if is_done(entry) {
                        <span class="done">{ "✓ " }{ words.study_done() }</span>
                    }
                </p>
            </li>
        }
    };
    let lessons = Tally {
        done: home.lessons.iter().filter(|entry| is_done(entry)).count(),
        of: home.lessons.len(),
    };
    let begin = if lessons.done == 0 {
        words.study_begin_here()
    } else {
        words.study_go_on()
    };
    let next = home.lessons.iter().find(|entry| !is_done(entry));
    let quiz = |chosen: Chosen, of: Html, many: usize| {
        let address = Address::Quiz {
            topic: chosen.id().unwrap_or_default(),
            seed: None,
        };
        let says = words.study_questions(many as u64, &words.integer(many as f64));
        html! { <a class="b" href={format!("#{address}")}>{ of }<small>{ says }</small></a> }
    };
    let topic = |topic: &TopicEntry| {
        let chosen = Chosen::Topic(topic.id.clone());
        quiz(chosen, speaker.line(&topic.title), topic.questions.len())
    };
    let task = |(name, task): (&'static str, Task)| {
        let many = Step::Task(task).tally(home, progress).of;
        quiz(
            Chosen::Task(task),
            html! { <span lang="en">{ name }</span> },
            many,
        )
    };
    let path = |path: &PathEntry| paths::card(words, home, progress, path);
    let (of_tasks, of_themes): (Vec<&PathEntry>, Vec<&PathEntry>) =
        (home.paths.iter()).partition(|path| path.task().is_some());
    html! {
        <div class="home">
            <header>
                <h1>{ words.study_title() }</h1>
                <p class="lead">{ words.study_lead() }</p>
                if is_lost {
                    <p class="warn" role="alert">{ words.study_nowhere() }</p>
                }
            </header>
            if let Some(next) = next {
                <p class="begin">
                    <a class="b p" href={to_lesson(&next.id)}>{ begin }{ ": " }{ speaker.line(&next.title) }</a>
                </p>
            }
            <Finder {words} />
            <nav class="ways" aria-label={words.study_title()}>
                { way("b", words.study_review(), &Address::Review) }
                { way("b", words.study_p_missed(), &missed()) }
                { way("b", words.study_exam(), &exam()) }
                { way("b", words.study_terms(), &Address::Terms(None)) }
                { way("b", words.study_wrong(), &Address::Wrong(None)) }
                { way("b", words.study_tables(), &Address::Tables(None)) }
            </nav>
            <section aria-labelledby="study-paths">
                <h2 id="study-paths">{ words.study_paths() }</h2>
                <ul class="cards paths">{ for of_themes.into_iter().map(path) }</ul>
                <h3>{ words.study_e_by_task() }</h3>
                <ul class="cards paths">{ for of_tasks.into_iter().map(path) }</ul>
            </section>
            <section aria-labelledby="study-lessons">
                <h2 id="study-lessons">{ words.study_lessons() }</h2>
                { paths::far(words, lessons) }
                <ol class="cards lessons">{ for home.lessons.iter().map(lesson) }</ol>
            </section>
            <section aria-labelledby="study-practise">
                <h2 id="study-practise">{ words.study_practise() }</h2>
                <p class="ways">{ for home.topics.iter().map(topic) }</p>
                <h3>{ words.study_e_by_task() }</h3>
                <p class="ways">{ for Task::ALL.into_iter().map(task) }</p>
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

/// Returns an exam that nobody has taken.
fn exam() -> Address {
    Address::Exam {
        length: Length::Ten,
        seed: clock::now_ms() as u32,
    }
}

/// Returns the way to a lesson.
fn to_lesson(id: &str) -> String {
    format!("#{}", Step::Lesson(id.to_owned()).address())
}
