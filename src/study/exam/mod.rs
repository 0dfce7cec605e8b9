//! A mock exam: how to take it, its questions in any order with marks, handing it in, and what came of it by topic and task.
//!
//! Which questions it has and how it is graded, `study` says. Who sits in it has a `seat`; what stands on the page at each stage are
//! functions of that, a file each.

mod before;
mod result;
mod seat;
mod time;
mod under_way;

use study::{
    candidate::questions,
    exam::{Length, choose},
    pack::{Home, PackName, TopicPack},
};
use words::Words;
use yew::prelude::*;

use self::seat::Seat;
use super::{
    keeping::Kept,
    load::{Shared, lacking, use_packs},
    pack_of,
};
use crate::state::Action;

/// What an exam is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct ExamProps {
    /// What there is.
    pub home: Shared<Home>,
    /// How long it is.
    pub length: Length,
    /// What chooses its questions.
    pub seed: u32,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// What is kept of the person.
    pub kept: Kept,
    /// Opens a scenario.
    pub on_open: Callback<Action>,
}

/// The exam, once its questions are there.
#[function_component]
pub fn Exam(props: &ExamProps) -> Html {
    let ExamProps {
        home,
        length,
        seed,
        words,
        ..
    } = props;
    let candidates = questions(&home.0);
    let mut names: Vec<PackName> = Vec::new();
    for chosen in choose(&candidates, *length, *seed) {
        let name = pack_of(*words, &format!("topic-{}", chosen.topic));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let loaded = use_packs::<TopicPack>(&names);
    match loaded.pack {
        Some(packs) => html! { <Seat exam={props.clone()} packs={Shared(packs)} /> },
        None => lacking(*words, loaded.lack, &loaded.again),
    }
}
