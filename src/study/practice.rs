//! Practice: questions of a topic, about a task, missed or due, one after another until all were right once.
//!
//! What comes next, `study::session` says; what is kept of each answer, `study::progress` does. Both are told here.

use std::{collections::BTreeMap, rc::Rc};

use study::{
    address::Address,
    candidate::{Candidate, questions},
    item::Item,
    lesson::Task,
    memory::Recall,
    pack::{Home, Term, Terms, TopicPack},
    session::{Chosen, Session, choose},
};
use words::Words;
use yew::prelude::*;

use super::{
    keeping::Kept,
    load::{Shared, lacking, use_pack},
    pack_of,
    paper::paper,
    parts::{button, way},
    question::QuestionCard,
    text::Speaker,
};
use crate::{
    browser::{clock, dom},
    state::Action,
};

/// What is practised.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// As an address names it.
    Chosen(Chosen),
    /// One question, by its id.
    One(String),
    /// These, whatever they are.
    These(Vec<Candidate>),
}

/// What practice is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct PracticeProps {
    /// What there is.
    pub home: Shared<Home>,
    /// What is practised.
    pub what: What,
    /// What draws numbers and orders; none: anew at each visit.
    pub seed: Option<u32>,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// What is kept of the person.
    pub kept: Kept,
    /// Opens a scenario.
    pub on_open: Callback<Action>,
    /// Told that the way to what is due is taken, once it is over.
    #[prop_or_default]
    pub on_end: Callback<()>,
}

/// Practice. One that is about something else is another component.
#[function_component]
pub fn Practice(props: &PracticeProps) -> Html {
    let PracticeProps {
        home,
        what,
        words,
        kept,
        ..
    } = props;
    let words = *words;
    let session = use_state(|| begin(props));
    let turn = session.session.turn();
    let topic = turn.and_then(|turn| topic_of(&home.0, turn.item));
    let of_paper = match what {
        What::Chosen(Chosen::Topic(id)) => Some(id.clone()),
        _ => None,
    };
    let name = topic.or(of_paper.as_deref());
    let loaded = use_pack::<TopicPack>(name.map(|id| pack_of(words, &format!("topic-{id}"))));
    let is_card = turn.is_some_and(|turn| matches!(turn.item, Item::Term(_)));
    let terms = use_pack::<Terms>(is_card.then(|| pack_of(words, "terms")));
    let on_recall = {
        let (session, kept) = (session.clone(), kept.clone());
        Callback::from(move |is_right: bool| {
            let mut next = (*session).clone();
            let recall = Recall::of(is_right);
            if let Some(turn) = next.session.turn().filter(|turn| turn.answer.is_none()) {
                let (item, revision) = (turn.item.clone(), turn.revision);
                kept.change(move |progress, today| {
                    progress.answered(&item, revision, recall, today);
                });
            }
            next.session.answer(recall);
            session.set(next);
        })
    };
    let on_next = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| {
            let mut next = (*session).clone();
            next.session.next();
            dom::focus_soon("asks");
            dom::scroll_to_top();
            session.set(next);
        })
    };
    let on_again = {
        let (session, props) = (session.clone(), props.clone());
        Callback::from(move |_: MouseEvent| {
            dom::focus_soon("asks");
            dom::scroll_to_top();
            session.set(begin(&props));
        })
    };
    let tally = session.session.tally();
    let count = |n: usize| words.integer(n as f64);
    let title = title(words, &home.0, what);
    let body = match turn {
        None if tally.of == 0 => html! { <p class="lead">{ words.study_p_nothing() }</p> },
        None => ended(props, &session.items, tally.right_at_once, on_again),
        Some(turn) => {
            let asked = match (turn.item, &loaded.pack, &terms.pack) {
                (Item::Question(id), Some(pack), _) if topic == Some(&*pack.id) => {
                    let seed = match (what, props.seed) {
                        (What::One(_), Some(seed)) if turn.misses == 0 => seed,
                        _ => turn.seed,
                    };
                    let on_answer = on_recall.reform(|answer: Option<(_, bool)>| {
                        answer.is_some_and(|(_, is_right)| is_right)
                    });
                    html! {
                        <QuestionCard key={format!("{id}-{seed}")} pack={Shared(Rc::clone(pack))} id={id.clone()} {seed} {words}
                            colours={props.colours} {on_answer} on_open={&props.on_open} />
                    }
                }
                (Item::Term(id), _, Some(pack)) => {
                    let term = pack.terms.iter().find(|term| term.id == *id);
                    let term = term.cloned();
                    html! { <Card key={&**id} {term} {words} on_recall={&on_recall} is_told={turn.answer.is_some()} /> }
                }
                (Item::Question(_), ..) => lacking(words, loaded.lack, &loaded.again),
                (Item::Term(_), ..) => lacking(words, terms.lack, &terms.again),
            };
            html! {
                <>
                    { asked }
                    if let Some(answer) = turn.answer {
                        <p class="ways go-on">
                            if answer == Recall::Wrong {
                                <span>{ words.study_p_comes_again() }</span>
                            }
                            { button("b p", words.study_p_next(), on_next) }
                        </p>
                    }
                </>
            }
        }
    };
    let paper = match (&of_paper, &loaded.pack) {
        (Some(id), Some(pack)) if pack.id == *id => paper(words, pack, session.seed),
        _ => Html::default(),
    };
    html! {
        <article class="practice">
            <header>
                <h1 id="asks" tabindex="-1">{ title }</h1>
                if turn.is_some() && tally.of > 1 {
                    <p class="so-far">{ words.study_p_so_far(&count(tally.of - tally.left), &count(tally.of)) }</p>
                    <progress max={tally.of.to_string()} value={(tally.of - tally.left).to_string()} aria-hidden="true" />
                }
            </header>
            { body }
            { paper }
        </article>
    }
}

/// A session with what it is of.
#[derive(Clone)]
struct Going {
    session: Session,
    items: Rc<Vec<(Item, u32)>>,
    seed: u32,
}

fn begin(props: &PracticeProps) -> Going {
    let seed = props.seed.unwrap_or_else(|| clock::now_ms() as u32);
    let all = questions(&props.home.0);
    let chosen: Vec<&Candidate> = match &props.what {
        What::Chosen(chosen) => choose(chosen, &all, &props.kept.progress, clock::today(), seed),
        What::One(id) => (all.iter()).filter(|it| it.item.id() == id).collect(),
        What::These(these) => these.iter().collect(),
    };
    let items = chosen.iter().map(|it| (it.item.clone(), it.revision));
    Going {
        items: Rc::new(items.collect()),
        session: Session::start(&chosen, seed),
        seed,
    }
}

/// Returns the topic of a question.
pub fn topic_of<'a>(home: &'a Home, item: &Item) -> Option<&'a str> {
    let Item::Question(id) = item else {
        return None;
    };
    let has = |topic: &&study::pack::TopicEntry| topic.questions.iter().any(|it| it.id == *id);
    home.topics.iter().find(has).map(|topic| &*topic.id)
}

/// Returns what practice is about, in words.
fn title(words: Words, home: &Home, what: &What) -> Html {
    match what {
        What::Chosen(Chosen::Topic(id)) => topic_title(home, id),
        What::Chosen(Chosen::Task(task)) => html! { <span lang="en">{ task_name(*task) }</span> },
        What::Chosen(Chosen::Missed) => html! { words.study_p_missed() },
        What::Chosen(Chosen::Due) | What::These(_) => html! { words.study_review() },
        What::One(id) => match topic_of(home, &Item::Question(id.clone())) {
            Some(topic) => topic_title(home, topic),
            None => Html::default(),
        },
    }
}

/// Returns a topic's title.
pub fn topic_title(home: &Home, id: &str) -> Html {
    let topic = home.topics.iter().find(|topic| topic.id == id);
    topic.map_or_else(Html::default, |topic| Speaker::plain().line(&topic.title))
}

/// Returns what an exam's guide calls a task.
pub fn task_name(task: Task) -> &'static str {
    let name = Task::ALL.into_iter().find(|(_, it)| *it == task);
    name.map_or("", |(name, _)| name)
}

/// Returns the end of a session: what was right, and what comes again when.
fn ended(
    props: &PracticeProps,
    items: &[(Item, u32)],
    right: usize,
    on_again: Callback<MouseEvent>,
) -> Html {
    let PracticeProps { words, kept, .. } = props;
    let today = clock::today();
    let mut days: BTreeMap<u32, usize> = BTreeMap::new();
    for (item, revision) in items {
        if let Some(day) = kept.progress.due_day(item, *revision, today) {
            *days.entry(day.saturating_sub(today)).or_default() += 1;
        }
    }
    let count = |n: usize| words.integer(n as f64);
    let day = |(days, n): (&u32, &usize)| {
        let says = in_days(*words, *days);
        html! { <li key={*days}>{ says }{ ": " }{ words.study_questions(*n as u64, &count(*n)) }</li> }
    };
    html! {
        <section class="card session-end" aria-labelledby="ended">
            <h2 id="ended">{ words.study_p_done() }</h2>
            <p>{ words.study_p_right(&count(right), &count(items.len())) }</p>
            <h3>{ words.study_p_when() }</h3>
            <ul>{ for days.iter().map(day) }</ul>
            <p class="ways">
                { button("b p", words.study_p_again(), on_again) }
                <span onclick={props.on_end.reform(|_: MouseEvent| ())}>{ way("b", words.study_review(), &Address::Review) }</span>
                { way("b", words.study_all(), &Address::Learn) }
            </p>
        </section>
    }
}

/// Returns a day, counted from today, in words.
pub fn in_days(words: Words, days: u32) -> String {
    match days {
        0 => words.study_today().to_owned(),
        1 => words.study_tomorrow().to_owned(),
        n => words.study_in_days(&words.integer(f64::from(n))),
    }
}

/// What a card is made from.
#[derive(PartialEq, Properties)]
struct CardProps {
    term: Option<Term>,
    words: Words,
    is_told: bool,
    on_recall: Callback<bool>,
}

/// A term as a card: its name, then what it is, and whether one knew.
#[function_component]
fn Card(props: &CardProps) -> Html {
    let is_open = use_state_eq(|| false);
    let words = props.words;
    let Some(term) = &props.term else {
        return html! { words.study_no_term() };
    };
    let on_turn = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| {
            is_open.set(true);
            dom::focus_soon("about");
        })
    };
    let says = |knew: bool| props.on_recall.reform(move |_: MouseEvent| knew);
    html! {
        <div class="question">
            <h2>{ term.name.clone() }{ " " }<small lang="en">{ term.english.clone() }</small></h2>
            if *is_open {
                <div class="graded" id="about" tabindex="-1">{ Speaker::plain().blocks(&term.about) }</div>
                if !props.is_told {
                    <p class="ways">
                        { button("b p", words.study_p_knew(), says(true)) }
                        { button("b", words.study_p_not_knew(), says(false)) }
                    </p>
                }
            } else {
                <p class="ways">{ button("b p", words.study_p_turn(), on_turn) }</p>
            }
        </div>
    }
}
