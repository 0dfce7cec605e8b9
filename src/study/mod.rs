//! The study aid: what stands in the place of form and result where the address is one of its (`study::address`).
//!
//! What it teaches is loaded in packs (`study::pack`), and what a number means the engine says; here both become a page. It knows
//! nothing of the person's scenario, and changes nothing of it.

mod home;
mod load;
mod terms;
mod text;

use study::{address::Address, pack};
use words::Words;
use yew::prelude::*;

use self::{
    home::home,
    load::{lacking, use_pack},
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
    /// Whether it stands in a frame of another page, alone.
    pub is_frame: bool,
    /// Puts another place in the stead of this one, in the address too.
    pub on_place: Callback<Address>,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Opens a scenario.
    pub on_open: Callback<Action>,
}

/// The study aid.
#[function_component]
pub fn StudyAid(props: &StudyProps) -> Html {
    let StudyProps { at, words, .. } = props;
    let words = *words;
    let loaded = use_pack::<pack::Home>(Some(format!("home.{}.json", words.lang.tag())));
    let title = words.study_title();
    use_effect_with((title, words), |(title, words)| {
        dom::set_title(&format!("{title} · {}", words.app_name()));
    });
    let content = match &loaded.pack {
        Some(pack) => home(words, pack, *at != Address::Learn, &props.on),
        None => lacking(words, loaded.lack, &loaded.again),
    };
    let class = classes!("study", props.is_frame.then_some("embed"));
    html! { <main {class} id="result" tabindex="-1">{ content }</main> }
}
