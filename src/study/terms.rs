//! A term where a text uses it: a button that tells, right behind it, what the term is.

use study::pack::Terms;
use words::Words;
use yew::prelude::*;

use super::{
    load::{lacking, use_pack},
    pack_of,
    text::{Facts, Speaker},
};
use crate::language::use_words;

/// The numbers that terms name: constants.
pub struct Constants<'a> {
    /// Language.
    pub words: Words,
    /// The terms.
    pub terms: &'a Terms,
}

impl Facts for Constants<'_> {
    fn value(&self, name: &str) -> Option<String> {
        let quantity = self.terms.facts.get(name)?;
        Some(self.words.quantity(quantity.0, quantity.1, None))
    }
}

/// What a term is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct TermProps {
    /// Its id.
    pub id: String,
    /// How the text words it.
    pub says: Html,
}

/// The term. Terms are loaded once one of them is opened.
#[function_component]
pub fn Term(TermProps { id, says }: &TermProps) -> Html {
    let words = use_words();
    let is_open = use_state_eq(|| false);
    let name = is_open.then(|| pack_of(words, "terms"));
    let loaded = use_pack::<Terms>(name);
    let toggle = {
        let is_open = is_open.clone();
        move |_: MouseEvent| is_open.set(!*is_open)
    };
    let about = match &loaded.pack {
        Some(terms) => match terms.terms.iter().find(|term| term.id == *id) {
            Some(term) => {
                let facts = &Constants { words, terms };
                let speaker = Speaker {
                    facts,
                    ..Speaker::plain()
                };
                speaker.blocks(&term.about)
            }
            None => html! { words.study_no_term() },
        },
        None => lacking(words, loaded.lack, &loaded.again),
    };
    html! {
        <>
            <button type="button" class="term" aria-expanded={is_open.to_string()} onclick={toggle}>{ says.clone() }</button>
            if *is_open {
                <span class="about-term" role="note">{ about }</span>
            }
        </>
    }
}
