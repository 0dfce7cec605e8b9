//! The field that finds lessons, terms, questions, what guides get wrong and tables, as one types. Texts are loaded once it is focused.

use std::{ops::Range, rc::Rc};

use study::{
    address::{Address, LessonAddress},
    english,
    pack::Findable,
    search::{Corpus, Hit, Kind},
};
use words::{Lang, Words};
use yew::prelude::*;

use super::{
    load::{Shared, lacking, use_pack},
    pack_of,
    text::Speaker,
};
use crate::browser::dom;

/// What the field is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct FinderProps {
    /// Language.
    pub words: Words,
}

/// The field, and what it finds.
#[function_component]
pub fn Finder(FinderProps { words }: &FinderProps) -> Html {
    let words = *words;
    let is_wanted = use_state_eq(|| false);
    let typed = use_state_eq(String::new);
    let name = is_wanted.then(|| pack_of(words, "search"));
    let loaded = use_pack::<Findable>(name);
    let texts = loaded.pack.as_ref().map(|pack| Shared(Rc::clone(pack)));
    let corpus = use_memo(texts, |texts| {
        let texts = texts.as_ref()?;
        Some(Corpus::new(texts.0.documents.clone()))
    });
    let oninput = {
        let (typed, is_wanted) = (typed.clone(), is_wanted.clone());
        move |event: InputEvent| {
            is_wanted.set(true);
            if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
                typed.set(input.value());
            }
        }
    };
    let onfocus = move |_: FocusEvent| is_wanted.set(true);
    // From the field, which is place 0, to the results and back.
    let keys = |place: usize| {
        let typed = typed.clone();
        move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowDown" => place + 1,
                "ArrowUp" if place > 0 => place - 1,
                "Escape" => {
                    typed.set(String::new());
                    0
                }
                _ => return,
            };
            event.prevent_default();
            dom::focus(&id(to));
        }
    };
    let hit = |(index, hit): (usize, Hit<'_>)| {
        let document = hit.document;
        let href = format!("#{}", address(document.kind, &document.id));
        html! {
            <li key={href.clone()}>
                <a id={id(index + 1)} {href} onkeydown={keys(index + 1)}>
                    { marked(words, &document.title, &hit.in_title) }
                    if let Some(name) = hit.name {
                        { " " }<small>{ said(words, name) }</small>
                    }
                </a>
                { " " }<small class="kind">{ called(words, document.kind) }</small>
                <p>{ marked(words, &hit.snippet.text, &hit.snippet.found) }</p>
            </li>
        }
    };
    let is_typed = !typed.trim().is_empty();
    let found = match (&*corpus, is_typed) {
        (Some(corpus), true) => {
            let hits = corpus.find(&typed);
            let count = hits.len();
            let says = match count {
                0 => words.study_s_none(typed.trim()),
                _ => words.study_s_found(count as u64, &words.integer(count as f64)),
            };
            html! {
                <>
                    <p role="status">{ says }</p>
                    <ul>{ for hits.into_iter().enumerate().map(hit) }</ul>
                </>
            }
        }
        (None, true) => lacking(words, loaded.lack, &loaded.again),
        (_, false) => html! { <p role="status"></p> },
    };
    html! {
        <div class="finder" role="search">
            <label class="i">
                <span class="heard">{ words.study_s_find() }</span>
                <input type="search" id={id(0)} placeholder={words.study_s_find()} autocomplete="off" spellcheck="false"
                    value={(*typed).clone()} {oninput} {onfocus} onkeydown={keys(0)} />
            </label>
            { found }
        </div>
    }
}

/// Returns the id of the field (0) or a result in the page.
fn id(place: usize) -> String {
    format!("found-{place}")
}

fn address(kind: Kind, id: &str) -> Address {
    let id = id.to_owned();
    match kind {
        Kind::Lesson => Address::Lesson(LessonAddress { id, setting: None }),
        Kind::Term => Address::Terms(Some(id)),
        Kind::Question => Address::Question { id, seed: None },
        Kind::Wrong => Address::Wrong(Some(id)),
        Kind::Table => Address::Tables(Some(id)),
    }
}

fn called(words: Words, kind: Kind) -> &'static str {
    match kind {
        Kind::Lesson => words.study_s_lesson(),
        Kind::Term => words.study_s_term(),
        Kind::Question => words.study_s_question(),
        Kind::Wrong => words.study_s_wrong(),
        Kind::Table => words.study_s_table(),
    }
}

/// Returns a text with what was found in it marked.
fn marked(words: Words, text: &str, found: &Range<usize>) -> Html {
    let part = |range: Range<usize>| said(words, text.get(range).unwrap_or_default());
    if found.is_empty() {
        return said(words, text);
    }
    html! {
        <>{ part(0..found.start) }<mark>{ part(found.clone()) }</mark>{ part(found.end..text.len()) }</>
    }
}

/// Returns a plain text; inside Korean, its English is said as such.
fn said(words: Words, text: &str) -> Html {
    match words.lang {
        Lang::En => html! { text.to_owned() },
        Lang::Ko => Speaker::plain().line(&english::marked(text)),
    }
}
