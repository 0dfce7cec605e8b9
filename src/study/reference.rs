//! The pages to look things up beside terms: which of them an address names, what it is called, and what they have in common.

use std::collections::BTreeMap;

use scenario::time::LocalDate;
use study::{address::Address, lesson::Certainty, pack::Source};
use words::Words;
use yew::prelude::*;

use super::{tables::TablesPage, text::to_source, wrong::WrongPage};
use crate::browser::dom;

/// What such a page is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct ReferenceProps {
    /// Language.
    pub words: Words,
    /// Id of the entry that is looked for.
    pub id: Option<String>,
}

/// Returns what a page to look things up is called; nothing where the address names none.
pub fn title(words: Words, at: &Address) -> Option<&'static str> {
    match at {
        Address::Wrong(_) => Some(words.study_wrong()),
        Address::Tables(_) => Some(words.study_tables()),
        _ => None,
    }
}

/// Returns the page that an address names; nothing where it names none of these.
pub fn page(words: Words, at: &Address) -> Option<Html> {
    Some(match at {
        Address::Wrong(id) => html! { <WrongPage {words} id={id.clone()} /> },
        Address::Tables(id) => html! { <TablesPage {words} id={id.clone()} /> },
        _ => return None,
    })
}

/// Shows and focuses the entry that is looked for, once it is there.
#[hook]
pub fn use_sought(id: Option<&String>, is_there: bool) {
    let place = id.filter(|_| is_there).map(|id| place(id));
    use_effect_with(place, |place| {
        if let Some(place) = place {
            dom::reveal(place);
            dom::focus(place);
        }
    });
}

/// Returns the id of an entry's place in the page.
pub fn place(id: &str) -> String {
    format!("entry-{id}")
}

/// Returns how sure a rule is.
pub fn badge(words: Words, certainty: Certainty) -> Html {
    let (class, says) = match certainty {
        Certainty::Documented => ("badge documented", words.study_documented()),
        Certainty::Observed => ("badge observed", words.study_observed()),
        Certainty::Assumed => ("badge assumed", words.study_assumed()),
    };
    html! { <p {class}>{ says }</p> }
}

/// Returns the pages that something stands on, in the order of their ids, each with its address for who reads it on paper.
pub fn sources(words: Words, ids: &[String], all: &BTreeMap<String, Source>) -> Html {
    let source = |id: &String| {
        let source = all.get(id)?;
        let title = html! { <span lang="en">{ source.title.clone() }</span> };
        let read = source.read.parse::<LocalDate>();
        let read = read.map_or_else(|_| source.read.clone(), |date| words.date_with_year(date));
        Some(html! {
            <li key={&**id}>
                { to_source(source, title) }{ " " }
                <small>{ words.study_read_on(&read) }</small>
                <span class="address" aria-hidden="true">{ source.address.clone() }</span>
            </li>
        })
    };
    html! { <ul class="sources">{ for ids.iter().filter_map(source) }</ul> }
}
