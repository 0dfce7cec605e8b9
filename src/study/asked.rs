//! The pages that ask: which of them an address names, and what it is called.

use study::{address::Address, candidate::questions, pack::Home, session::Chosen};
use words::Words;
use yew::prelude::*;

use super::{
    StudyProps,
    exam::Exam,
    keeping::Kept,
    load::Shared,
    practice::{Practice, What},
    review::Review,
};

/// Returns what a page that asks is called; nothing where the address names none.
pub fn title(words: Words, at: &Address) -> Option<&'static str> {
    Some(match at {
        Address::Quiz { .. } | Address::Question { .. } => words.study_practise(),
        Address::Exam { .. } => words.study_exam(),
        Address::Review => words.study_review(),
        _ => return None,
    })
}

/// Returns the page that an address names; nothing where it asks for nothing that there is.
pub fn page(props: &StudyProps, kept: &Kept, home: &Shared<Home>) -> Option<Html> {
    let StudyProps {
        at,
        words,
        colours,
        on_open,
        ..
    } = props;
    let key = at.to_string();
    let practice = |what: What, seed: Option<u32>| {
        html! { <Practice key={key.clone()} {home} {what} {seed} words={*words} {colours} {kept} {on_open} /> }
    };
    Some(match at {
        Address::Quiz { topic, seed } => {
            let chosen = Chosen::from_id(topic);
            let is_there = match &chosen {
                Chosen::Topic(id) => home.0.topics.iter().any(|topic| topic.id == *id),
                _ => true,
            };
            is_there.then(|| practice(What::Chosen(chosen), *seed))?
        }
        Address::Question { id, seed } => {
            let is_there = questions(&home.0).iter().any(|it| it.item.id() == id);
            is_there.then(|| practice(What::One(id.clone()), *seed))?
        }
        Address::Exam { length, seed } => {
            html! { <Exam {key} {home} length={*length} seed={*seed} words={*words} {colours} {kept} {on_open} /> }
        }
        Address::Review => html! { <Review {home} words={*words} {colours} {kept} {on_open} /> },
        _ => return None,
    })
}
