//! The bar on top: the scenario's title, scenarios, lessons, undo, language, colours, files, and sharing.
//!
//! On a narrow screen all but colours and sharing stand in a native popover behind one button.

use scenario::document::Scenario;
use web_sys::{File, HtmlInputElement};
use words::Lang;
use yew::prelude::*;

use super::Panel;
use crate::{
    browser::{dom, file},
    language::use_words,
    state::{Action, Theme},
};

/// What files are called that can be opened: scenarios, recorded traffic, AWS's documents.
const ACCEPTED: &str = ".json,.csv,.tsv,.txt,.jsonl,.ndjson,.log,.yaml,.yml,.template,.tf,.tfstate,.hcl,text/*,application/json";

/// What the header is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct HeaderProps {
    /// The scenario's own name; `None`: there is none to show.
    pub name: Option<AttrValue>,
    /// Where the study aid stands in its place: what the scenario is called.
    pub back_to: Option<AttrValue>,
    /// What the scenario is called without a name of its own.
    pub unnamed: &'static str,
    /// Whether there is a step back.
    pub can_undo: bool,
    /// Whether there is a step forward.
    pub can_redo: bool,
    /// Which colours the page wears.
    pub theme: Theme,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Takes in the files that were chosen.
    pub on_files: Callback<Vec<File>>,
    /// Saves the scenario as a file.
    pub on_save: Callback<()>,
    /// Goes back from the study aid to the scenario.
    pub on_back: Callback<()>,
    /// Told that the page is about to go to the study aid.
    pub on_study: Callback<()>,
}

/// The bar.
#[function_component]
pub fn Header(props: &HeaderProps) -> Html {
    let words = use_words();
    let HeaderProps {
        name, unnamed, on, ..
    } = props;
    let file = use_node_ref();
    let opens = |panel: Panel, says: &'static str| {
        let onclick = Action::Panel(Some(panel)).on_click(on);
        html! { <button type="button" class="b q" {onclick}>{ says }</button> }
    };
    let sign = |sign: &'static str, name: AttrValue, action: Action, can: bool| {
        html! {
            <button type="button" class="b q" aria-label={&name} title={&name} disabled={!can} onclick={action.on_click(on)}>
                { sign }
            </button>
        }
    };
    let choose = {
        let file = file.clone();
        move |_: MouseEvent| {
            if let Some(input) = file.cast::<HtmlInputElement>() {
                input.click();
            }
        }
    };
    let on_file = {
        let on_files = props.on_files.clone();
        move |event: Event| {
            if let Some(input) = dom::input(&event) {
                on_files.emit(file::chosen(&input));
            }
        }
    };
    // By itself the browser would take it for a link to another scenario.
    let to_result = |event: MouseEvent| {
        event.prevent_default();
        dom::focus("result");
    };
    let to_study = props
        .on_study
        .reform(|_: MouseEvent| dom::hide_popover("menu"));
    let on_name = dom::on_text(&Action::typed_in(Scenario::name, on));
    let is_open = name.is_some();
    let name = name.clone().unwrap_or_default();
    let size = name.chars().count().max(unnamed.chars().count());
    let (icon, colours, next) = match props.theme {
        Theme::Auto => ("◐", words.theme_auto(), Theme::Light),
        Theme::Light => ("☀", words.theme_light(), Theme::Dark),
        Theme::Dark => ("☾", words.theme_dark(), Theme::Auto),
    };
    let colours = AttrValue::from(format!("{}: {colours}", words.header_theme()));
    html! {
        <header class="top">
            <a class="skip" href="#result" onclick={to_result}>{ words.skip_to_result() }</a>
            <h1 class="logo">{ logo() }<span>{ words.app_name() }</span></h1>
            <input class="title" name="name" hidden={!is_open} aria-label={words.scenario_title()} placeholder={*unnamed} maxlength="80"
                size={size.clamp(8, 40).to_string()} autocomplete="off" spellcheck="false" value={name}
                oninput={on_name} onblur={on.reform(|_| Action::EndTyping)} />
            if let Some(title) = &props.back_to {
                <button type="button" class="b q back-to" title={words.study_back(title)} aria-label={words.study_back(title)}
                    onclick={props.on_back.reform(|_| ())}><span aria-hidden="true">{ "←" }</span><span>{ title.clone() }</span></button>
            }
            <span class="sp" />
            <nav id="menu" popover="auto" aria-label={words.menu()}>
                { opens(Panel::Scenarios, words.header_scenarios()) }
                <a class="b q" href="#learn" aria-current={props.back_to.as_ref().map(|_| "page")} onclick={to_study}>{ words.header_learn() }</a>
                <span class="together">
                    { sign("↶", words.header_undo().into(), Action::Undo, is_open && props.can_undo) }
                    { sign("↷", words.header_redo().into(), Action::Redo, is_open && props.can_redo) }
                </span>
                <span class="together langs" role="group" aria-label={words.header_language()}>
                    for lang in Lang::ALL {
                        <button type="button" class="b q" key={lang.tag()} lang={lang.tag()} title={lang.name()}
                            aria-pressed={(lang == words.lang).to_string()} onclick={Action::Lang(lang).on_click(on)}>
                            { if lang == Lang::En { "EN" } else { lang.name() } }
                        </button>
                    }
                </span>
                <button type="button" class="b q" onclick={choose}>{ words.header_open() }</button>
                <button type="button" class="b q" disabled={!is_open} onclick={props.on_save.reform(|_| ())}>{ words.header_save() }</button>
                { opens(Panel::Import, words.header_import()) }
                <button type="button" class="b q" disabled={!is_open} onclick={Action::Panel(Some(Panel::Export)).on_click(on)}>{ words.header_export() }</button>
                <button type="button" class="b q" disabled={!is_open} onclick={Action::Panel(Some(Panel::Embed)).on_click(on)}>{ words.header_embed() }</button>
            </nav>
            { sign(icon, colours, Action::Theme(next), true) }
            <button type="button" class="b q more" popovertarget="menu" aria-label={words.menu()} title={words.menu()}>{ "☰" }</button>
            <button type="button" class="b p" disabled={!is_open} onclick={Action::Panel(Some(Panel::Share)).on_click(on)}>
                { words.header_share() }
            </button>
            <input type="file" multiple=true hidden=true ref={file} accept={ACCEPTED} onchange={on_file} />
        </header>
    }
}

/// Returns the logo: a staircase of capacity over a curve of demand.
pub fn logo() -> Html {
    html! {
        <svg viewBox="0 0 22 22" fill="none" aria-hidden="true">
            <path d="M2 18h5v-5h5V8h5V4h3" stroke="var(--cap)" stroke-width="2.4" />
            <path d="M2 19c6 0 8-6 11-8.500S18 8.500 20 8" stroke="var(--ink)" stroke-width="1.800" />
        </svg>
    }
}
