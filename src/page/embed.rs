//! Dialog: what to paste into a wiki: a frame of charts and key figures, or a link where frames are not allowed.

use std::rc::Rc;

use yew::prelude::*;

use super::{modal::Modal, packed::Packed, share::Copyable};
use crate::{
    browser::dom,
    language::use_words,
    link::{Mode, frame, join, markdown},
    typed::{Unit, number::parse_whole},
};

/// Height of the frame to begin with, pixels.
const HEIGHT: u32 = 640;

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct EmbedProps {
    /// The page's address without what stands behind `#`.
    pub base: AttrValue,
    /// The scenario's link, and what it does not keep.
    pub packed: Rc<Packed>,
    /// Makes a link of longer steps.
    pub on_longer: Callback<()>,
    /// Title of the scenario.
    pub title: AttrValue,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[function_component]
pub fn Embed(
    EmbedProps {
        base,
        packed,
        on_longer,
        title,
        on_close,
    }: &EmbedProps,
) -> Html {
    let words = use_words();
    let charts_only = use_state(|| false);
    let height = use_state(|| HEIGHT.to_string());
    let says = packed.says(words, on_longer);
    let Some(payload) = packed.payload() else {
        return html! { <Modal title={words.embed_title()} on_close={on_close}>{ says }</Modal> };
    };
    let typed = parse_whole(&height, Unit::None)
        .ok()
        .filter(|height| (200..=4000).contains(height));
    let url = format!(
        "{base}#{}",
        join(
            Mode::Embed {
                charts_only: *charts_only
            },
            payload
        )
    );
    let page = format!("{base}#{payload}");
    let on_charts = {
        let charts_only = charts_only.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = dom::input(&event) {
                charts_only.set(input.checked());
            }
        })
    };
    let on_height = {
        let height = height.clone();
        dom::on_text(&Callback::from(move |typed| height.set(typed)))
    };
    let bad = typed.is_none();
    html! {
        <Modal title={words.embed_title()} on_close={on_close}>
            <p>{ words.embed_about() }</p>
            { says }
            <div class="f">
                <span class="l"><label for="embed-height">{ words.embed_height() }</label></span>
                <div class="i">
                    <input id="embed-height" inputmode="numeric" value={(*height).clone()} oninput={on_height}
                        aria-invalid={bad.then_some("true")} aria-describedby={bad.then_some("embed-height:error")} />
                    <span class="u">{ "px" }</span>
                </div>
                <p class="err" id="embed-height:error" hidden={!bad}>{ words.embed_height_wrong() }</p>
            </div>
            <div class="f"><span class="c">
                <input type="checkbox" id="embed-charts" checked={*charts_only} onchange={on_charts} />
                <label for="embed-charts">{ words.embed_charts_only() }</label>
            </span></div>
            <Copyable id="embed-frame" label={words.embed_frame()} text={frame(&url, typed.unwrap_or(HEIGHT))} />
            <Copyable id="embed-markdown" label={words.embed_markdown()} text={markdown(title, &page)} />
            <p class="row"><a href={url} target="_blank" rel="noopener">{ words.embed_preview() }</a></p>
        </Modal>
    }
}
