//! The page in a frame of another: charts, key figures unless they are not wanted, and the way to the whole page.

use yew::prelude::*;

use super::App;
use crate::{
    browser::location,
    link::split,
    page::{header::logo, notice::NoticeBar},
};

impl App {
    /// Charts and key figures for a frame.
    pub(super) fn embed(&self, charts_only: bool) -> Html {
        let words = self.words;
        html! {
            <main class={classes!("embed", charts_only.then_some("charts-only"))}>
                <NoticeBar notice={self.state.view.notice.clone()} on={&self.on} />
                <section id="result" aria-label={words.result_label()} tabindex="-1">
                    { self.work() }
                    { self.result(true) }
                </section>
                <footer class="full">{ self.way_out() }</footer>
            </main>
        }
    }

    /// The way from a frame to the whole page: a new tab, or, where the frame may open none, here.
    fn way_out(&self) -> Html {
        let hash = location::hash();
        let payload = split(&hash).1.to_owned();
        let href = format!("{}#{payload}", location::base());
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
            <a {href} target="_blank" {onclick}>
                { logo() }<b>{ self.evaluation.title() }</b>{ self.words.embed_open_full() }
            </a>
        }
    }
}
