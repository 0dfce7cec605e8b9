//! Dialog: what to paste into a wiki: a frame of the result, or of parts of it, or a link where frames are not allowed. The code is
//! made the same for a lesson's frame.

use std::rc::Rc;

use study::address::{Address, LessonAddress};
use words::Lang;
use yew::prelude::*;

use super::{
    check_box::check_box,
    modal::Modal,
    packed::{Packed, use_focus_on_longer},
    share::Copyable,
};
use crate::{
    browser::dom,
    language::use_words,
    link::{Embedded, Mode, Part, frame, join, markdown, words_of},
    state::Theme,
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
    use_focus_on_longer(packed, "embed-frame");
    let says = packed.says(words, on_longer);
    let code = packed.payload().map(|payload| {
        let of = Embeds::Scenario(payload.to_owned());
        html! { <EmbedCode {base} {of} {title} /> }
    });
    html! {
        <Modal title={words.embed_title()} on_close={on_close}>
            if code.is_some() {
                <p>{ words.embed_about() }</p>
            }
            { says }
            { code.unwrap_or_default() }
        </Modal>
    }
}

/// What a frame is of.
#[derive(Clone, Debug, PartialEq)]
pub enum Embeds {
    /// A scenario, by its link's payload.
    Scenario(String),
    /// A lesson.
    Lesson(LessonAddress),
}

impl Embeds {
    /// Returns what stands behind `#` in a frame, and on the whole page.
    fn addresses(&self, shown: Embedded) -> (String, String) {
        match self {
            Self::Scenario(payload) => (join(Mode::Embed(shown), payload), payload.clone()),
            Self::Lesson(lesson) => {
                let frame = Address::Frame {
                    lesson: lesson.clone(),
                    words: words_of(shown),
                };
                let page = Address::Lesson(lesson.clone());
                (frame.to_string(), page.to_string())
            }
        }
    }
}

/// What the code of a frame is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct EmbedCodeProps {
    /// The page's address without what stands behind `#`.
    pub base: AttrValue,
    /// What the frame is of.
    pub of: Embeds,
    /// Its title.
    pub title: AttrValue,
}

/// The code of a frame, and what can be chosen of it.
#[function_component]
pub fn EmbedCode(EmbedCodeProps { base, of, title }: &EmbedCodeProps) -> Html {
    let words = use_words();
    let shown = use_state(Embedded::default);
    let height = use_state(|| HEIGHT.to_string());
    let typed = parse_whole(&height, Unit::None, words.format)
        .ok()
        .filter(|height| (200..=4000).contains(height));
    let (framed, whole) = of.addresses(*shown);
    let url = format!("{base}#{framed}");
    let page = format!("{base}#{whole}");
    let shows = |part: Part, word: &'static str, label: &'static str| {
        let is_shown = shown.parts.has(part);
        let shown = shown.clone();
        let on_tick = move |is_ticked| {
            let parts = shown.parts.with(part, is_ticked);
            shown.set(Embedded { parts, ..*shown });
        };
        check_box(format!("embed-{word}"), label, is_shown, on_tick)
    };
    let labels = [
        words.verdict_label(),
        words.key_figures(),
        words.embed_charts(),
        words.log_title(),
    ];
    let parts = Part::ALL.into_iter().zip(labels);
    let parts = parts.map(|((part, word), label)| shows(part, word, label));
    let on_theme = chosen(&shown, |shown, name| Embedded {
        theme: Theme::from_name(name),
        ..shown
    });
    let on_lang = chosen(&shown, |shown, tag| Embedded {
        lang: Lang::from_tag(tag),
        ..shown
    });
    let themes = [Theme::Auto, Theme::Light, Theme::Dark];
    let themes =
        themes
            .into_iter()
            .zip([words.theme_auto(), words.theme_light(), words.theme_dark()]);
    let langs = Lang::ALL.map(|lang| (Some(lang), lang.name()));
    let langs = [(None, words.embed_lang_auto())].into_iter().chain(langs);
    let on_height = {
        let height = height.clone();
        dom::on_text(&Callback::from(move |typed| height.set(typed)))
    };
    let bad = typed.is_none();
    html! {
        <>
            <div class="f">
                <span class="l"><label for="embed-height">{ words.embed_height() }</label></span>
                <div class="i">
                    <input id="embed-height" inputmode="numeric" value={(*height).clone()} oninput={on_height}
                        aria-invalid={bad.then_some("true")} aria-describedby={bad.then_some("embed-height:error")} />
                    <span class="u">{ "px" }</span>
                </div>
                <p class="err" id="embed-height:error" hidden={!bad}>{ words.embed_height_wrong() }</p>
            </div>
            <div class="f">
                <span class="l"><label for="embed-theme">{ words.header_theme() }</label></span>
                <div class="i"><select id="embed-theme" onchange={on_theme}>
                    for (theme, called) in themes {
                        <option value={theme.name()} selected={theme == shown.theme}>{ called }</option>
                    }
                </select></div>
            </div>
            <div class="f">
                <span class="l"><label for="embed-lang">{ words.header_language() }</label></span>
                <div class="i"><select id="embed-lang" onchange={on_lang}>
                    for (lang, called) in langs {
                        <option value={lang.map_or("", Lang::tag)} selected={lang == shown.lang}>{ called }</option>
                    }
                </select></div>
            </div>
            if matches!(of, Embeds::Scenario(_)) {
                <div class="f" role="group" aria-label={words.embed_parts()}>{ for parts }</div>
            }
            <Copyable id="embed-frame" label={words.embed_frame()} text={frame(&url, typed.unwrap_or(HEIGHT), title)} />
            <Copyable id="embed-markdown" label={words.embed_markdown()} text={markdown(title, &page)} />
            <p class="row"><a href={url} target="_blank" rel="noopener">{ words.embed_preview() }</a></p>
        </>
    }
}

/// Returns a listener that takes over what was chosen in a list.
fn chosen(
    shown: &UseStateHandle<Embedded>,
    change: fn(Embedded, &str) -> Embedded,
) -> Callback<Event> {
    let shown = shown.clone();
    Callback::from(move |event: Event| {
        if let Some(name) = dom::value(&event) {
            shown.set(change(*shown, &name));
        }
    })
}
