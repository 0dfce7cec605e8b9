//! The page in a frame of another: the parts of the result that its link names, and the way to the whole page.

use yew::prelude::*;

use super::workbench::WorkbenchProps;
use crate::{
    browser::location,
    link::split,
    page::{header::logo, notice::notice_bar},
};

/// Returns the frame's page around its result; `has_title`: a title stands in that.
pub fn frame(props: &WorkbenchProps, result: Html, has_title: bool) -> Html {
    let words = props.words;
    let payload = split(&location::hash()).1.to_owned();
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
            if !has_title {
                <h1 class="heard">{ &props.title }</h1>
            }
            { notice_bar(words, props.view.notice.as_ref(), &props.on) }
            { result }
            <footer class="full">
                <a {href} target="_blank" {onclick}>{ logo() }<b>{ &props.title }</b>{ words.embed_open_full() }</a>
            </footer>
        </main>
    }
}
