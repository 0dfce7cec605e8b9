//! The page in a frame of another: the parts of the result that its link names, and the way to the whole page.

use yew::prelude::*;

use crate::{
    browser::location,
    language::use_words,
    link::split,
    page::{
        header::logo,
        notice::{Notice, NoticeBar},
    },
    state::Action,
};

/// What a frame is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FrameProps {
    /// The scenario's title.
    pub title: AttrValue,
    /// What stands behind `#` in the frame's address.
    pub hash: AttrValue,
    /// What there is to say about something that did not open.
    pub notice: Option<Notice>,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// The result.
    pub children: Html,
}

/// The frame's page.
#[function_component]
pub fn Frame(props: &FrameProps) -> Html {
    let words = use_words();
    let payload = split(&props.hash).1.to_owned();
    let href = format!("{}#{payload}", location::base());
    // A new tab, or, where the frame may open none, here.
    let onclick = {
        let href = href.clone();
        move |event: MouseEvent| {
            event.prevent_default();
            if location::open_tab(&href).is_err() {
                // Where even this is refused, nothing can be opened at all.
                let _ = location::go(&payload);
            }
        }
    };
    html! {
        <main class="embed">
            <NoticeBar notice={props.notice.clone()} on={&props.on} />
            { props.children.clone() }
            <footer class="full">
                <a {href} target="_blank" {onclick}>{ logo() }<b>{ &props.title }</b>{ words.embed_open_full() }</a>
            </footer>
        </main>
    }
}
