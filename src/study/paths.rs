//! Paths: as cards of the first page, and each with its steps and how far one is on a page of its own.

use study::{
    address::Address,
    item::Item,
    lesson::Task,
    pack::{Home, PathEntry},
    path::{Step, Tally},
    progress::Progress,
    text::plain,
};
use words::Words;
use yew::prelude::*;

use super::{
    practice::{task_name, topic_of, topic_title},
    text::Speaker,
};

/// Returns the path that an address names; nothing where it names none that there is.
fn path_at<'a>(home: &'a Home, at: &Address) -> Option<&'a PathEntry> {
    let Address::Path(id) = at else {
        return None;
    };
    home.paths.iter().find(|path| path.id == *id)
}

/// Returns what the path is called that an address names.
pub fn title(home: &Home, at: &Address) -> Option<String> {
    let path = path_at(home, at)?;
    Some(plain(&path.title, &mut |_| String::new()))
}

/// Returns the page of the path that an address names.
pub fn page(words: Words, home: &Home, progress: &Progress, at: &Address) -> Option<Html> {
    let path = path_at(home, at)?;
    let next = path.next(home, progress);
    let step = |step: &Step| {
        let tally = step.tally(home, progress);
        let is_next = next == Some(step);
        html! {
            <li class={classes!(is_next.then_some("next"))} aria-current={is_next.then_some("step")}>
                <a href={to(step)}>{ name(words, home, step) }</a>
                <small>
                    if tally.is_done() {
                        <span class="done">{ "✓ " }{ words.study_done() }</span>
                    } else if tally.of > 1 {
                        { words.study_e_right(&count(words, tally.done), &count(words, tally.of)) }
                    }
                    if is_next {
                        <b>{ words.study_p_next() }</b>
                    }
                </small>
            </li>
        }
    };
    Some(html! {
        <article class="path">
            <header>
                <h1>{ Speaker::plain().line(&path.title) }</h1>
                { tag(path.task()) }
                <p class="lead">{ Speaker::plain().line(&path.about) }</p>
                { far(words, path.tally(home, progress)) }
            </header>
            if let Some(next) = next {
                <p class="ways"><a class="b p" href={to(next)}>{ words.study_next() }{ " " }{ name(words, home, next) }</a></p>
            }
            <ol class="steps">{ for path.steps.iter().map(step) }</ol>
        </article>
    })
}

/// Returns a path as a card of a list.
pub fn card(words: Words, home: &Home, progress: &Progress, path: &PathEntry) -> Html {
    let address = Address::Path(path.id.clone());
    html! {
        <li key={&*path.id}>
            <a href={format!("#{address}")}>{ Speaker::plain().line(&path.title) }</a>
            { tag(path.task()) }
            { far(words, path.tally(home, progress)) }
        </li>
    }
}

/// Returns the task that a path is for, as a tag.
fn tag(task: Option<Task>) -> Html {
    match task {
        Some(task) => html! { <p class="tasks"><small lang="en">{ task_name(task) }</small></p> },
        None => Html::default(),
    }
}

/// Returns how far one is.
pub fn far(words: Words, Tally { done, of }: Tally) -> Html {
    html! {
        <p class="so-far">
            <progress max={of.to_string()} value={done.to_string()} aria-hidden="true" />
            { words.study_path_done(&count(words, done), &count(words, of)) }
        </p>
    }
}

/// Returns the way to a step.
fn to(step: &Step) -> String {
    format!("#{}", step.address())
}

/// Returns what a step is called.
fn name(words: Words, home: &Home, step: &Step) -> Html {
    let questions = |of: Html| html! { <>{ words.study_practise() }{ ": " }{ of }</> };
    match step {
        Step::Lesson(id) => {
            let entry = home.lessons.iter().find(|entry| entry.id == *id);
            entry.map_or_else(Html::default, |entry| Speaker::plain().line(&entry.title))
        }
        Step::Question(id) => {
            let topic =
                topic_of(home, &Item::Question(id.clone())).map(|topic| topic_title(home, topic));
            html! { <>{ words.study_s_question() }{ ": " }{ topic.unwrap_or_default() }</> }
        }
        Step::Topic(id) => questions(topic_title(home, id)),
        Step::Task(task) => questions(html! { <span lang="en">{ task_name(*task) }</span> }),
    }
}

fn count(words: Words, count: usize) -> String {
    words.integer(count as f64)
}
