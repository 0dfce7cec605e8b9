//! The questions of a lesson, at its end: asked, answered and told there. They are loaded once somebody wants them, and what is
//! answered is kept as in practice.

use std::rc::Rc;

use study::{
    candidate::{Candidate, questions},
    draw::seed_for,
    memory::Recall,
    pack::{Home, TopicPack},
};
use words::Words;
use yew::prelude::*;

use super::LessonProps;
use crate::{
    browser::{clock, dom},
    state::Action,
    study::{
        keeping::Kept,
        load::{Shared, lacking, use_packs},
        pack_of,
        parts::button,
        question::QuestionCard,
        text::Speaker,
    },
};

/// What the questions are made from.
#[derive(Clone, PartialEq, Properties)]
pub struct QuestionsProps {
    /// What there is.
    pub home: Shared<Home>,
    /// Ids of the questions.
    pub ids: Vec<String>,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// What is kept of the person.
    pub kept: Kept,
    /// Opens a scenario.
    pub on_open: Callback<Action>,
}

/// The questions.
#[function_component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let QuestionsProps {
        home, ids, words, ..
    } = props;
    let words = *words;
    let is_open = use_state_eq(|| false);
    let seed = use_state(|| clock::now_ms() as u32);
    let found = use_memo((home.clone(), ids.clone()), |(home, ids)| {
        let all = questions(&home.0);
        let find = |id: &String| all.iter().find(|it| it.item.id() == id).cloned();
        ids.iter().filter_map(find).collect::<Vec<_>>()
    });
    let mut names = Vec::new();
    for candidate in found.iter().filter(|_| *is_open) {
        let name = pack_of(words, &format!("topic-{}", candidate.topic));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let loaded = use_packs::<TopicPack>(&names);
    let on_begin = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| {
            is_open.set(true);
            dom::focus_soon("two-questions");
        })
    };
    let ask = |(place, candidate): (usize, &Candidate), packs: &[Rc<TopicPack>]| {
        let pack = packs.iter().find(|pack| pack.id == candidate.topic)?;
        Some(html! {
            <AskedHere key={candidate.item.id().to_owned()} pack={Shared(Rc::clone(pack))} candidate={candidate.clone()} place={place + 1}
                seed={*seed} {words} colours={props.colours} kept={&props.kept} on_open={&props.on_open} />
        })
    };
    let asked = match &loaded.pack {
        _ if !*is_open => button("b p", words.study_two_begin(), on_begin),
        Some(packs) => (found.iter().enumerate())
            .filter_map(|each| ask(each, packs))
            .collect(),
        None => lacking(words, loaded.lack, &loaded.again),
    };
    html! {
        <section class="two-questions" aria-labelledby="two-questions" hidden={found.is_empty()}>
            <h2 id="two-questions" tabindex="-1">{ words.study_two() }</h2>
            { asked }
        </section>
    }
}

/// Returns the lesson's questions, and the next lesson.
pub fn ways_on(page: &LessonProps, speaker: Speaker<'_>) -> Html {
    let LessonProps {
        words,
        colours,
        kept,
        home,
        on_open,
        pack,
        ..
    } = page;
    let Some(home) = home else {
        return Html::default();
    };
    let lesson = &pack.0.lesson;
    let next = lesson.next.as_ref();
    let next = next.and_then(|id| home.0.lessons.iter().find(|it| it.id == *id));
    html! {
        <>
            <Questions {home} ids={lesson.questions.clone()} words={*words} {colours} {kept} {on_open} />
            if let Some(next) = next {
                <nav class="ways" aria-label={words.study_go_on()}>
                    <a class="b p" href={speaker.to_lesson(&next.id)}>
                        <span>{ words.study_next() }{ " " }{ speaker.line(&next.title) }</span>
                    </a>
                </nav>
            }
        </>
    }
}

/// What one of them is made from.
#[derive(Clone, PartialEq, Properties)]
struct AskedProps {
    pack: Shared<TopicPack>,
    candidate: Candidate,
    /// Which of them it is, from 1.
    place: usize,
    seed: u32,
    words: Words,
    colours: &'static str,
    kept: Kept,
    on_open: Callback<Action>,
}

/// One of them, and once it was wrong the way to try it with other numbers.
#[function_component]
fn AskedHere(props: &AskedProps) -> Html {
    let AskedProps {
        candidate, words, ..
    } = props;
    // How often it was asked again, and what became of the last answer.
    let tries = use_state_eq(|| (0_u32, None::<Recall>));
    let (times, recall) = *tries;
    let id = candidate.item.id();
    let seed = seed_for(props.seed, id, times);
    let place = words.integer(props.place as f64);
    let heading = format!("two-{place}");
    let on_answer = {
        let (tries, kept) = (tries.clone(), props.kept.clone());
        let (item, revision) = (candidate.item.clone(), candidate.revision);
        Callback::from(move |answer: Option<(_, bool)>| {
            let Some((_, is_right)) = answer else {
                return;
            };
            let (recall, item) = (Recall::of(is_right), item.clone());
            kept.change(move |progress, today| progress.answered(&item, revision, recall, today));
            tries.set((times, Some(recall)));
        })
    };
    let on_again = {
        let heading = heading.clone();
        Callback::from(move |_: MouseEvent| {
            tries.set((times + 1, None));
            dom::focus_soon(&heading);
        })
    };
    html! {
        <>
            <h3 id={heading} tabindex="-1">{ words.study_question(&place) }</h3>
            <QuestionCard key={seed.to_string()} pack={&props.pack} id={id.to_owned()} {seed} words={*words} colours={props.colours}
                is_in_lesson=true {on_answer} on_open={&props.on_open} />
            if recall == Some(Recall::Wrong) {
                <p class="ways">{ button("b", words.study_two_again(), on_again) }</p>
            }
        </>
    }
}
