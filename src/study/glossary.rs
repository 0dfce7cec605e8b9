//! All terms, one below the other, each with its English name and the lesson that introduces it.

use study::pack::{Term, Terms};
use words::Words;
use yew::prelude::*;

use super::{search::Finder, terms::Constants, text::Speaker};
use crate::browser::dom;

/// What the page is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct GlossaryProps {
    /// Language.
    pub words: Words,
    /// The terms.
    pub terms: super::load::Shared<Terms>,
    /// Id of the one that is looked for.
    pub id: Option<String>,
}

/// The page.
#[function_component]
pub fn Glossary(GlossaryProps { words, terms, id }: &GlossaryProps) -> Html {
    let terms = &*terms.0;
    let constants = Constants {
        words: *words,
        terms,
    };
    let speaker = Speaker {
        facts: &constants,
        ..Speaker::plain()
    };
    let is_known = |id: &String| terms.terms.iter().any(|term| term.id == *id);
    use_effect_with(id.clone(), |id| {
        if let Some(id) = id {
            dom::focus(&place(id));
            dom::scroll_to(&place(id));
        }
    });
    let entry = |term: &Term| {
        let is_sought = id.as_ref() == Some(&term.id);
        html! {
            <div key={&*term.id} class={classes!(is_sought.then_some("sought"))}>
                <dt id={place(&term.id)} tabindex="-1">
                    { term.name.clone() }
                    if let Some(english) = &term.english {
                        { " " }<small lang="en">{ english.clone() }</small>
                    }
                </dt>
                <dd>
                    { speaker.blocks(&term.about) }
                    if !term.lesson.is_empty() {
                        <p><a href={speaker.to_lesson(&term.lesson)}>{ words.study_its_lesson() }</a></p>
                    }
                </dd>
            </div>
        }
    };
    html! {
        <>
            <header>
                <h1>{ words.study_terms() }</h1>
                if id.as_ref().is_some_and(|id| !is_known(id)) {
                    <p class="warn" role="alert">{ words.study_no_term() }</p>
                }
                <Finder words={*words} />
            </header>
            <dl class="terms">{ for terms.terms.iter().map(entry) }</dl>
        </>
    }
}

/// Returns the id of a term's place in the page.
fn place(id: &str) -> String {
    format!("term-{id}")
}
