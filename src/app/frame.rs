//! The page in a frame of another: charts, key figures unless they are not wanted, and the way to the whole page.

use words::Words;
use yew::prelude::*;

use super::App;
use crate::{
    browser::location,
    link::split,
    page::{header::logo, notice::notice},
    parts::{El, el, of},
};

impl App {
    /// Charts and key figures for a frame.
    #[inline(never)]
    pub(super) fn embed(&self, charts_only: bool) -> Html {
        let words = self.words;
        let class = if charts_only {
            "embed charts-only"
        } else {
            "embed"
        };
        let result = el("section")
            .set("id", "result")
            .set("aria-label", words.result_label())
            .set("tabindex", "-1")
            .with(self.work())
            .with(self.result(true));
        of("main", class)
            .with(notice(words, self.state.view.notice.as_ref(), &self.on))
            .with(result)
            .with(full_page(words, self.follows.title()))
            .html()
    }
}

/// The way from a frame to the whole page: a new tab, or, where the frame may open none, here.
fn full_page(words: Words, title: &str) -> El {
    let hash = location::hash();
    let payload = split(&hash).1.to_owned();
    let href = [&*location::base(), "#", &payload].concat();
    let on_click = {
        let href = href.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            if location::open_tab(&href).is_err() {
                // Where even this is refused, nothing can be opened at all.
                let _ = location::go(&payload);
            }
        })
    };
    let way = el("a")
        .attr("href", href.into())
        .set("target", "_blank")
        .click(on_click)
        .with(logo())
        .with(el("b").says(title.to_owned().into()))
        .tells(words.embed_open_full());
    of("footer", "full").with(way)
}
