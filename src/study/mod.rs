//! The study aid: what stands in place of form and result where the address is one of its (`study::address`).
//!
//! What it teaches is loaded in packs (`study::pack`), and what a number means the engine says; here both become a page. It knows
//! nothing of the person's scenario, and changes nothing of it.

mod asked;
mod exam;
mod glossary;
mod home;
mod keeping;
mod lesson;
pub mod load;
mod own_run;
mod paper;
mod parts;
mod paths;
mod practice;
mod question;
mod reference;
mod review;
mod search;
mod tables;
mod terms;
mod text;
mod wrong;

use std::rc::Rc;

use study::{
    address::{Address, LessonAddress},
    pack::{Home, LessonPack, PackName, Terms},
    progress::{LessonDone, Predicted},
};
use words::Words;
use yew::prelude::*;

use self::{
    glossary::Glossary,
    home::home,
    keeping::{Kept, says, use_kept},
    lesson::LessonPage,
    load::{Loaded, Shared, lacking, use_pack},
};
use crate::{browser::dom, state::Action};

/// What the study aid is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct StudyProps {
    /// The place that the address names.
    pub at: Address,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// Puts another place in the stead of this one, in the address too.
    pub on_place: Callback<Address>,
    /// Opens a scenario.
    pub on_open: Callback<Action>,
}

/// The study aid.
#[function_component]
pub fn StudyAid(props: &StudyProps) -> Html {
    let StudyProps { at, words, .. } = props;
    let words = *words;
    let home_loaded = use_pack::<Home>(Some(pack_of(words, "home")));
    let (lesson, frame) = lesson_of(at);
    let kept = use_kept(frame.is_some());
    let name = lesson.map(|lesson| pack_of(words, &format!("lesson-{}", lesson.id)));
    let lesson_loaded = use_pack::<LessonPack>(name);
    let is_of = |id: &str| {
        lesson_loaded
            .pack
            .as_ref()
            .filter(|pack| pack.lesson.id == id)
    };
    let pack = lesson.and_then(|lesson| is_of(&lesson.id));
    let sought = match at {
        Address::Terms(id) => Some(id),
        _ => None,
    };
    let terms_loaded = use_pack::<Terms>(sought.map(|_| pack_of(words, "terms")));
    let named = asked::title(words, at).or_else(|| reference::title(words, at));
    let path = home_loaded.pack.as_ref();
    let path = path.and_then(|home| paths::title(home, at));
    let title = match (pack, sought) {
        (Some(pack), _) => lesson::title(pack),
        (None, Some(_)) => words.study_terms().to_owned(),
        (None, None) => (path.clone())
            .unwrap_or_else(|| named.unwrap_or_else(|| words.study_title()).to_owned()),
    };
    use_effect_with((title, words), |(title, words)| {
        dom::set_title(&format!("{title} · {}", words.app_name()));
    });
    // Another page of the study aid is read from its top.
    let asks = asked::title(words, at).map(|_| at.to_string());
    let place = (
        lesson.map(|lesson| lesson.id.clone()),
        sought.is_some(),
        asks,
        reference::title(words, at),
        path.clone(),
    );
    let was = use_mut_ref(|| None);
    use_effect_with(place, move |place| {
        if was
            .replace(Some(place.clone()))
            .is_some_and(|was| was != *place)
        {
            dom::focus("result");
            dom::scroll_to_top();
        }
    });
    let is_home = lesson.is_none() && sought.is_none() && named.is_none() && path.is_none();
    let content = match (lesson, pack, reference::page(words, at)) {
        (_, _, Some(page)) => page,
        (Some(address), Some(pack), _) => {
            lesson_page(props, &kept, address, pack, home_loaded.pack.as_ref())
        }
        (Some(address), None, _) if is_there(home_loaded.pack.as_deref(), &address.id) => {
            let Loaded { lack, again, .. } = &lesson_loaded;
            lacking(words, *lack, again)
        }
        _ if sought.is_some() => match (&terms_loaded.pack, sought) {
            (Some(terms), Some(id)) => {
                html! { <Glossary {words} terms={Shared(Rc::clone(terms))} id={id.clone()} /> }
            }
            _ => lacking(words, terms_loaded.lack, &terms_loaded.again),
        },
        _ => match &home_loaded.pack {
            Some(pack) => asked::page(props, &kept, &Shared(Rc::clone(pack)))
                .or_else(|| paths::page(words, pack, &kept.progress, at))
                .unwrap_or_else(|| home(words, pack, &kept.progress, *at != Address::Learn)),
            None => lacking(words, home_loaded.lack, &home_loaded.again),
        },
    };
    let class = classes!("study", frame.map(|_| "embed"));
    html! {
        <main {class} id="result" tabindex="-1">
            if !is_home && frame.is_none() {
                <p class="crumbs"><a href={format!("#{}", Address::Learn)}>{ words.study_all() }</a></p>
            }
            if let Some(trouble) = says(words, kept.trouble).filter(|_| frame.is_none()) {
                <p class="warn" role="status">{ trouble }</p>
            }
            { content }
        </main>
    }
}

/// Returns the name of a pack in the language of the page.
fn pack_of(words: Words, name: &str) -> PackName {
    PackName::new(name, words.lang.tag())
}

/// Returns the lesson that an address names, and in a frame the words of its address.
fn lesson_of(at: &Address) -> (Option<&LessonAddress>, Option<&String>) {
    match at {
        Address::Lesson(lesson) => (Some(lesson), None),
        Address::Frame { lesson, words } => (Some(lesson), Some(words)),
        _ => (None, None),
    }
}

/// Whether there is a lesson of this id, as far as that is known.
fn is_there(home: Option<&Home>, id: &str) -> bool {
    home.is_none_or(|home| home.lessons.iter().any(|entry| entry.id == id))
}

fn lesson_page(
    props: &StudyProps,
    kept: &Kept,
    address: &LessonAddress,
    pack: &Rc<LessonPack>,
    home: Option<&Rc<Home>>,
) -> Html {
    let StudyProps {
        at,
        words,
        colours,
        on_place,
        on_open,
        ..
    } = props;
    let home = home.map(|home| Shared(Rc::clone(home)));
    let on_setting = {
        let at = at.clone();
        on_place.reform(move |setting: String| set(&at, setting))
    };
    let on_done = {
        let (kept, id) = (kept.clone(), address.id.clone());
        Callback::from(move |predicted: Option<Predicted>| {
            let id = id.clone();
            kept.change(move |progress, today| {
                progress.lesson_done(&id, predicted.as_ref(), today)
            });
        })
    };
    let done = kept.progress.lesson(&address.id);
    let done = done.map(LessonDone::predicted);
    let (_, frame) = lesson_of(at);
    html! {
        <LessonPage key={&*address.id} pack={Shared(Rc::clone(pack))} setting={address.setting.clone()} {home} words={*words} {colours}
            frame={frame.cloned()} {kept} {done} {on_done} {on_setting} {on_open} />
    }
}

/// Returns an address with another setting.
fn set(at: &Address, setting: String) -> Address {
    let mut at = at.clone();
    if let Address::Lesson(lesson) | Address::Frame { lesson, .. } = &mut at {
        lesson.setting = Some(setting);
    }
    at
}
