//! The pages to look things up beside terms: which of them an address names, what it is called, and what they have in common: how
//! they are loaded, and what an entry stands on.

use std::{collections::BTreeMap, rc::Rc};

use scenario::time::LocalDate;
use study::{address::Address, lesson::Certainty, pack::Source, unpack::Unpack};
use words::Words;
use yew::prelude::*;

use super::{
    load::{Loaded, lacking, use_pack},
    pack_of,
    tables::TablesPage,
    text::{Speaker, to_source},
    wrong::WrongPage,
};
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

/// Loads what such a page shows, and what stands in its place until then. The entry that is looked for is shown and focused once it is
/// there.
#[hook]
pub fn use_entries<T: Unpack + 'static>(page: &ReferenceProps, name: &str) -> Result<Rc<T>, Html> {
    let ReferenceProps { words, id } = page;
    let Loaded { pack, lack, again } = use_pack::<T>(Some(pack_of(*words, name)));
    let place = id.as_ref().filter(|_| pack.is_some()).map(|id| place(id));
    use_effect_with(place, |place| {
        if let Some(place) = place {
            dom::reveal(place);
            dom::focus(place);
        }
    });
    pack.ok_or_else(|| lacking(*words, lack, &again))
}

/// An entry of such a page.
pub struct Entry<'a> {
    /// Its id.
    pub id: &'a String,
    /// What it says.
    pub says: Html,
    /// Ids of its sources.
    pub sources: &'a [String],
    /// What stands behind `#` where its run is.
    pub run: Option<&'a String>,
    /// Id of the lesson about it.
    pub lesson: Option<&'a String>,
}

impl Entry<'_> {
    /// Returns the entry with its sources and the ways on.
    pub fn section(self, page: &ReferenceProps, speaker: Speaker<'_>) -> Html {
        let words = page.words;
        let way = |says: &str, href: String| html! { <a class="b" {href}>{ says }</a> };
        let run = self
            .run
            .map(|run| way(words.study_q_run(), format!("#{run}")));
        let lesson = self
            .lesson
            .map(|id| way(words.study_its_lesson(), speaker.to_lesson(id)));
        html! {
            <section key={&**self.id} class={classes!((page.id.as_ref() == Some(self.id)).then_some("sought"))}>
                { self.says }
                { sources(words, self.sources, speaker.sources) }
                if run.is_some() || lesson.is_some() {
                    <p class="ways">{ run }{ lesson }</p>
                }
            </section>
        }
    }
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
