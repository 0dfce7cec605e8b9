//! What is told once a question is answered: whether it is right, the reason of each option, the slip, and the pages behind.

use scenario::time::LocalDate;
use study::{
    address::Address,
    grade::{Answer, Grade, right_answer},
    pack::Asked,
    question::{Ask, Choice},
};
use yew::prelude::*;

use super::{
    QuestionProps, View,
    asks::said,
    draft::{Draft, Part},
    field,
};
use crate::study::text::to_source;

/// Returns the id of what says whether a part is right.
pub(super) fn heading(id: &str, number: usize) -> String {
    format!("{}-told", field(id, number))
}

/// Returns why something is right or wrong.
fn reason(view: View<'_>, part: Part<'_>, id: &str) -> Html {
    match part.text.reasons.get(id) {
        Some(line) => html! { <p class="reason">{ view.speaker.line(line) }</p> },
        None => Html::default(),
    }
}

/// Returns how an option is marked, and what is said of it.
pub(super) fn option(
    view: View<'_>,
    part: Part<'_>,
    id: &str,
    is_chosen: bool,
) -> (&'static str, Html) {
    let words = view.words;
    let is_right = match part.ask {
        Ask::One(Choice { right, .. }) | Ask::Next { right, .. } => right == id,
        Ask::Several(choices) => choices.right.iter().any(|right| right == id),
        _ => false,
    };
    let (class, says) = match (is_right, is_chosen) {
        (true, true) => ("right", words.study_q_yours_right()),
        (true, false) => ("right", words.study_q_is_right()),
        (false, true) => ("wrong", words.study_q_yours_wrong()),
        (false, false) => ("", ""),
    };
    let says = html! {
        <div class={classes!("reasoned", class)}>
            if !says.is_empty() {
                <b>{ says }</b>
            }
            { reason(view, part, id) }
        </div>
    };
    (class, says)
}

/// Returns what is said of an item that stands at a place, from 0.
pub(super) fn placed(view: View<'_>, part: Part<'_>, id: &str, place: usize) -> Html {
    let Ask::Order { items } = part.ask else {
        return Html::default();
    };
    let words = view.words;
    let right = items.iter().position(|item| item == id).unwrap_or(place);
    let n = words.integer((right + 1) as f64);
    let (class, says) = if right == place {
        ("reasoned right", words.study_q_in_place().to_owned())
    } else {
        ("reasoned wrong", words.study_q_belongs(&n))
    };
    html! { <div {class}><b>{ says }</b>{ reason(view, part, id) }</div> }
}

/// Returns what is said of a pair.
pub(super) fn paired(view: View<'_>, part: Part<'_>, left: &str, chosen: &str) -> Html {
    let Ask::Match { pairs, .. } = part.ask else {
        return Html::default();
    };
    let words = view.words;
    let right = pairs.get(left).map_or("", String::as_str);
    let (class, says) = if right == chosen {
        ("reasoned right", words.study_q_yours_right().to_owned())
    } else {
        let right = said(view, part, right);
        ("reasoned wrong", words.study_q_right_is(&right))
    };
    html! { <div {class}><b>{ says }</b>{ reason(view, part, left) }</div> }
}

/// Returns whether a part is right, and what is said of it as a whole.
pub(super) fn part(
    view: View<'_>,
    part: Part<'_>,
    number: usize,
    draft: &Draft,
    grade: Option<&Grade>,
) -> Html {
    let words = view.words;
    let (class, says) = match grade {
        Some(grade) if grade.is_right => ("grade right", words.study_q_right()),
        Some(_) => ("grade wrong", words.study_q_wrong()),
        None => ("grade wrong", words.study_q_none()),
    };
    let slip = grade.and_then(|grade| grade.slip.as_deref());
    let more = match part.ask {
        Ask::Number(asked) => {
            let right = match right_answer(part.ask, view.drawn) {
                Some(Answer::Number(value)) => words.quantity(value, asked.unit, None),
                _ => String::new(),
            };
            let is_wrong = grade.is_none_or(|grade| !grade.is_right);
            html! {
                <>
                    if is_wrong {
                        <p>{ words.study_q_not_but(&right, if draft.typed.is_empty() { "–" } else { &draft.typed }) }</p>
                        { slip.map(|slip| reason(view, part, slip)) }
                    }
                    { reason(view, part, "right") }
                </>
            }
        }
        _ => Html::default(),
    };
    html! {
        <div class="graded">
            <p {class} id={heading(view.id, number)} tabindex="-1">{ says }</p>
            { more }
            { view.speaker.blocks(&part.text.explanation) }
        </div>
    }
}

/// Returns what is told below all parts: what a case comes to, the lesson, the sources, and the address of this very question.
pub(super) fn rest(view: View<'_>, asked: &Asked, props: &QuestionProps, is_case: bool) -> Html {
    let pack = &props.pack.0;
    let View { words, speaker, .. } = view;
    let question = &asked.question;
    let source = |id: &String| {
        let source = pack.sources.get(id)?;
        let title = html! { <span lang="en">{ source.title.clone() }</span> };
        let read = source.read.parse::<LocalDate>();
        let read = read.map_or_else(|_| source.read.clone(), |date| words.date_with_year(date));
        Some(html! {
            <li key={&**id}>
                { to_source(source, title) }{ " " }<small>{ words.study_read_on(&read) }</small>
                <span class="address" aria-hidden="true">{ source.address.clone() }</span>
            </li>
        })
    };
    let address = Address::Question {
        id: question.id.clone(),
        seed: Some(props.seed),
    };
    html! {
        <div class="rest">
            if is_case {
                { speaker.blocks(&asked.text.explanation) }
            }
            <ul class="sources">{ for question.sources.iter().filter_map(source) }</ul>
            <p class="links">
                if !question.lesson.is_empty() && !props.is_in_lesson {
                    <a href={speaker.to_lesson(&question.lesson)}>{ words.study_q_lesson() }</a>
                }
                <a href={format!("#{address}")}>{ words.study_q_link() }</a>
            </p>
        </div>
    }
}
