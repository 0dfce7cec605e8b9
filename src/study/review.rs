//! What is due today, when the real exam is, and what becomes of progress: exported, imported, erased, handed to Anki.

use std::rc::Rc;

use scenario::{text, time::LocalDate};
use study::{
    address::Address,
    anki::{Card, tsv},
    candidate::{Candidate, cards, questions},
    draw::seed_of,
    lesson::Task,
    pack::{Home, PackName, Term, Terms, TopicPack},
    progress::{MOST_BYTES, Progress, Unread, merge, read, write},
    session::Chosen,
    text::{Block, plain},
};
use words::Words;
use yew::prelude::*;

use super::{
    keeping::Kept,
    load::{Shared, use_pack, use_packs},
    pack_of,
    parts::{button, missed, way},
    practice::{Practice, What, in_days, task_name},
    question::worded,
};
use crate::{
    browser::{clock, dom, file},
    state::Action,
};

/// How many new terms are asked at once.
const NEW_TERMS: usize = 10;

/// What the page is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct ReviewProps {
    /// What there is.
    pub home: Shared<Home>,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// What is kept of the person.
    pub kept: Kept,
    /// Opens a scenario.
    pub on_open: Callback<Action>,
}

/// The page of what is due; once it is begun, practice of it.
#[function_component]
pub fn Review(props: &ReviewProps) -> Html {
    let ReviewProps {
        home,
        words,
        colours,
        kept,
        on_open,
    } = props;
    let words = *words;
    let these_state = use_state(|| None::<Vec<Candidate>>);
    let terms = use_pack::<Terms>(Some(pack_of(words, "terms"))).pack;
    if let Some(these) = &*these_state {
        let what = What::These(these.clone());
        let on_end = {
            let these = these_state.clone();
            Callback::from(move |()| these.set(None))
        };
        return html! { <Practice {on_end} {home} {what} seed={None::<u32>} {words} {colours} {kept} {on_open} /> };
    }
    let today = clock::today();
    let of_terms = terms.as_ref().map(|terms| cards(terms)).unwrap_or_default();
    let mut all = questions(&home.0);
    all.extend(of_terms.iter().cloned());
    let due_in = |it: &Candidate| {
        let day = kept.progress.due_day(&it.item, it.revision, today)?;
        Some(day.saturating_sub(today))
    };
    let due_on = |days: u32| all.iter().filter(|it| due_in(it) == Some(days)).count();
    let count = |n: usize| words.integer(n as f64);
    let due = due_on(0);
    let begins = |chosen: Vec<Candidate>| {
        let these = these_state.clone();
        Callback::from(move |_: MouseEvent| {
            these.set(Some(chosen.clone()));
            dom::focus_soon("asks");
        })
    };
    let chosen = study::session::choose(&Chosen::Due, &all, &kept.progress, today, today);
    let chosen: Vec<Candidate> = chosen.into_iter().cloned().collect();
    let new = of_terms.iter().filter(|it| due_in(it).is_none());
    let new: Vec<Candidate> = new.take(NEW_TERMS).cloned().collect();
    let task = |(_, task): (&str, Task)| {
        let topic = Chosen::Task(task).id()?;
        let address = Address::Quiz { topic, seed: None };
        Some(html! { <span lang="en">{ way("b", task_name(task), &address) }</span> })
    };
    html! {
        <article class="review">
            <header>
                <h1>{ words.study_review() }</h1>
                <p class="lead">{ words.study_r_due(&count(due)) }</p>
            </header>
            <p class="ways">
                if due > 0 {
                    { button("b p", words.study_r_begin(), begins(chosen)) }
                }
                if !new.is_empty() {
                    { button("b", &words.study_r_terms(&count(new.len())), begins(new.clone())) }
                }
                { way("b", words.study_p_missed(), &missed()) }
            </p>
            <ul class="coming">
                for days in 1..=7u32 {
                    if due_on(days) > 0 {
                        <li>{ in_days(words, days) }{ ": " }{ count(due_on(days)) }</li>
                    }
                }
            </ul>
            <h2>{ words.study_e_by_task() }</h2>
            <p class="ways">{ for Task::ALL.into_iter().filter_map(task) }</p>
            { exam_day(words, kept) }
            { taken(words, &kept.progress) }
            <Keep {words} {kept} {home} {terms} />
        </article>
    }
}

/// Returns the field for the day of the real exam.
fn exam_day(words: Words, kept: &Kept) -> Html {
    let day = kept.progress.exam_day();
    let value = day.map_or_else(String::new, |day| {
        let date = LocalDate::from_days(day.into());
        format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    });
    let onchange = {
        let kept = kept.clone();
        move |event: Event| {
            let date = dom::value(&event).and_then(|text| text.parse::<LocalDate>().ok());
            let day = date.and_then(|date| u32::try_from(date.days()).ok());
            kept.change(move |progress, today| progress.set_exam_day(day, today));
        }
    };
    html! {
        <section class="card setup" aria-labelledby="exam-day-says">
            <h2 id="exam-day-says">{ words.study_r_exam_day() }</h2>
            <p>
                <label for="exam-day">{ words.study_r_date() }</label>{ " " }
                <input id="exam-day" type="date" {value} {onchange} />
            </p>
            <p class="says">{ words.study_r_exam_says() }</p>
        </section>
    }
}

/// Returns the exams that were taken, the last one first; nothing where there is none.
pub fn taken(words: Words, progress: &Progress) -> Html {
    let count = |n: u32| words.integer(f64::from(n));
    let exam = |exam: &study::progress::ExamTaken| {
        let date = words.date_with_year(LocalDate::from_days(exam.day.into()));
        let spent = words.duration(f64::from(exam.seconds / 60 * 60).max(60.0));
        html! { <li>{ date }{ ": " }{ words.study_e_right(&count(exam.right), &count(exam.of)) }{ " · " }{ spent }</li> }
    };
    if progress.exams().next().is_none() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="taken">
            <h2 id="taken">{ words.study_e_taken() }</h2>
            <ul>{ for progress.exams().rev().map(exam) }</ul>
        </section>
    }
}

/// What keeping is made from.
#[derive(PartialEq, Properties)]
struct KeepProps {
    words: Words,
    kept: Kept,
    home: Shared<Home>,
    terms: Option<Rc<Terms>>,
}

/// Progress as a file, out, in and away.
#[function_component]
fn Keep(props: &KeepProps) -> Html {
    let KeepProps {
        words, kept, home, ..
    } = props;
    let words = *words;
    let says = use_state(|| "");
    let asks = use_state_eq(|| false);
    let anki = use_state_eq(|| false);
    let names: Vec<PackName> = if *anki {
        let topics = home.0.topics.iter();
        topics
            .map(|topic| pack_of(words, &format!("topic-{}", topic.id)))
            .collect()
    } else {
        Vec::new()
    };
    let packs = use_packs::<TopicPack>(&names).pack;
    // Once all is there that the cards are made of, they are handed over.
    {
        let (anki, says, terms) = (anki.clone(), says.clone(), props.terms.clone());
        let is_ready = *anki && packs.is_some() && terms.is_some();
        use_effect_with(is_ready, move |is_ready| {
            if let (true, Some(packs), Some(terms)) = (*is_ready, packs, terms) {
                let text = tsv(&all_cards(words, &packs, &terms));
                hand_over(
                    "headroom-anki.txt",
                    "text/tab-separated-values",
                    &text,
                    words,
                    &says,
                );
                anki.set(false);
            }
        });
    }
    let export = {
        let (kept, says) = (kept.clone(), says.clone());
        move |_: MouseEvent| {
            let text = write(&kept.progress);
            hand_over(
                "headroom-study.json",
                "application/json",
                &text,
                words,
                &says,
            );
        }
    };
    let import = {
        let (kept, says) = (kept.clone(), says.clone());
        move |event: Event| {
            let given = dom::input(&event).and_then(|input| file::chosen(&input).pop());
            let (kept, says) = (kept.clone(), says.clone());
            if let Some(given) = given {
                wasm_bindgen_futures::spawn_local(async move {
                    says.set(imported(words, &kept, &given).await);
                });
            }
        }
    };
    let ask = {
        let asks = asks.clone();
        move |_: MouseEvent| {
            asks.set(!*asks);
            dom::focus_soon("erase");
        }
    };
    let erase = {
        let (kept, says, asks) = (kept.clone(), says.clone(), asks.clone());
        move |_: MouseEvent| {
            kept.change(|progress, _| *progress = Progress::default());
            asks.set(false);
            says.set(words.study_r_erased());
            dom::focus_soon("kept");
        }
    };
    let on_anki = move |_: MouseEvent| anki.set(true);
    html! {
        <section aria-labelledby="kept">
            <h2 id="kept" tabindex="-1">{ words.study_r_kept() }</h2>
            <p>{ words.study_r_kept_says() }</p>
            <p class="ways">
                { button("b", words.study_r_export(), export.into()) }
                <label class="b given">{ words.study_r_import() }<input type="file" accept=".json,application/json" onchange={import} /></label>
                { button("b", words.study_r_anki(), on_anki.into()) }
                <button type="button" class="b" aria-expanded={asks.to_string()} onclick={ask.clone()}>{ words.study_r_erase() }</button>
            </p>
            if *asks {
                <p class="ways warn">
                    <span>{ words.study_r_erase_asks() }</span>
                    <button type="button" class="b" id="erase" onclick={erase}>{ words.study_r_erase_all() }</button>
                    { button("b", words.study_r_keep(), ask.into()) }
                </p>
            }
            <p role="status">{ *says }</p>
        </section>
    }
}

/// Hands a file to the person, and says where that is refused.
fn hand_over(
    name: &str,
    mime: &str,
    text: &str,
    words: Words,
    says: &UseStateHandle<&'static str>,
) {
    says.set(match file::download(name, mime, text) {
        Ok(()) => words.study_r_saved(),
        Err(_) => words.study_r_refused(),
    });
}

/// Takes a file in, and returns what is to be said of it. Nothing is changed by one that is not read.
async fn imported(words: Words, kept: &Kept, given: &web_sys::File) -> &'static str {
    let read = if given.size() > MOST_BYTES as f64 {
        Err(Unread::TooLarge)
    } else {
        match file::bytes(given).await {
            Ok(bytes) => read(&text::of(bytes).unwrap_or_default()),
            Err(_) => return words.study_r_refused(),
        }
    };
    match read {
        Ok(other) => {
            kept.change(move |progress, _| {
                *progress = merge(std::mem::take(progress), other);
            });
            words.study_r_imported()
        }
        Err(Unread::Foreign) => words.study_r_foreign(),
        Err(Unread::Newer { .. }) => words.study_r_newer(),
        Err(Unread::Damaged) => words.study_r_damaged(),
        Err(Unread::TooLarge) => words.study_r_too_large(),
    }
}

/// Returns all questions and terms as cards.
fn all_cards(words: Words, packs: &[Rc<TopicPack>], terms: &Terms) -> Vec<Card> {
    let mut all = Vec::new();
    for pack in packs {
        for asked in &pack.questions {
            let sheet = worded(words, asked, seed_of(&asked.question.id));
            all.push(Card {
                front: sheet.asks.join("\n"),
                back: sheet.answers.join("\n"),
                tags: vec!["headroom".to_owned(), pack.id.clone()],
            });
        }
    }
    all.extend(terms.terms.iter().map(|term| term_card(words, term, terms)));
    all
}

fn term_card(words: Words, term: &Term, terms: &Terms) -> Card {
    let mut word = |marked: &study::text::Marked| match marked {
        study::text::Marked::Value(name) => (terms.facts.get(name))
            .map_or_else(String::new, |fact| words.quantity(fact.0, fact.1, None)),
        _ => String::new(),
    };
    let mut back = Vec::new();
    for block in &term.about {
        match block {
            Block::Paragraph(line) | Block::When(_, line) => back.push(plain(line, &mut word)),
            Block::List(lines) | Block::Steps(lines) => {
                back.extend(lines.iter().map(|line| plain(line, &mut word)));
            }
            Block::Code(text) => back.push(text.clone()),
        }
    }
    let english = term.english.as_ref();
    Card {
        front: english.map_or_else(
            || term.name.clone(),
            |english| format!("{} ({english})", term.name),
        ),
        back: back.join("\n"),
        tags: vec!["headroom".to_owned(), "term".to_owned()],
    }
}
