//! The bar on top: the scenario's title, scenarios, lessons, undo, language, colours, files, and sharing.
//!
//! On a narrow screen all but colours and sharing stand in a native popover behind one button.

use web_sys::HtmlInputElement;
use words::{Lang, Words};
use yew::prelude::*;

use super::Panel;
use crate::state::{Action, Theme};

/// What the header needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct HeaderProps {
    /// Language.
    pub words: Words,
    /// Colours chosen.
    pub theme: Theme,
    /// The scenario's own name.
    pub name: AttrValue,
    /// What it is called without one.
    pub unnamed: AttrValue,
    /// Whether there is a step back.
    pub can_undo: bool,
    /// Whether there is a step forward.
    pub can_redo: bool,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Opens a dialog.
    pub on_panel: Callback<Panel>,
    /// Opens a file.
    pub on_file: Callback<HtmlInputElement>,
    /// Saves the scenario as a file.
    pub on_save: Callback<()>,
}

/// The header.
#[function_component]
pub fn Header(props: &HeaderProps) -> Html {
    let HeaderProps {
        words,
        on,
        on_panel,
        ..
    } = props;
    let file = use_node_ref();
    let panel = |panel: Panel| on_panel.reform(move |_: MouseEvent| panel);
    let does = |action: Action| on.reform(move |_: MouseEvent| action.clone());
    let (theme_icon, theme_name, next_theme) = match props.theme {
        Theme::Auto => ("◐", words.theme_auto(), Theme::Light),
        Theme::Light => ("☀", words.theme_light(), Theme::Dark),
        Theme::Dark => ("☾", words.theme_dark(), Theme::Auto),
    };
    let theme = format!("{}: {theme_name}", words.header_theme());
    let rename = on.reform(|event: InputEvent| Action::Type {
        path: "name".to_owned(),
        text: event.target_unchecked_into::<HtmlInputElement>().value(),
    });
    let choose = {
        let file = file.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = file.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let onchange = props
        .on_file
        .reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>());
    let languages = Lang::ALL.into_iter().map(|lang| {
        let name = if lang == Lang::En { "EN" } else { lang.name() };
        html! {
            <button type="button" key={lang.tag()} class="b q" lang={lang.tag()} aria-pressed={(lang == words.lang).to_string()}
                title={lang.name()} onclick={does(Action::Lang(lang))}>{ name }</button>
        }
    });
    html! {
        <header class="top">
            <a class="skip" href="#result">{ words.skip_to_result() }</a>
            <span class="logo">{ logo() }<span>{ words.app_name() }</span></span>
            <input class="title" name="name" aria-label={words.scenario_title()} placeholder={props.unnamed.clone()} maxlength="80"
                size={props.name.chars().count().max(props.unnamed.chars().count()).clamp(8, 40).to_string()}
                autocomplete="off" spellcheck="false" value={props.name.clone()} oninput={rename} onblur={on.reform(|_| Action::Settle)} />
            <span class="sp"></span>
            <nav id="menu" popover="auto" aria-label={words.menu()}>
                <button type="button" class="b q" onclick={panel(Panel::Scenarios)}>{ words.header_scenarios() }</button>
                <button type="button" class="b q" onclick={panel(Panel::Learn)}>{ words.header_learn() }</button>
                <span class="together">
                    <button type="button" class="b q" aria-label={words.header_undo()} title={words.header_undo()} disabled={!props.can_undo} onclick={does(Action::Undo)}>{ "↶" }</button>
                    <button type="button" class="b q" aria-label={words.header_redo()} title={words.header_redo()} disabled={!props.can_redo} onclick={does(Action::Redo)}>{ "↷" }</button>
                </span>
                <span class="together langs" role="group" aria-label={words.header_language()}>{ for languages }</span>
                <button type="button" class="b q" onclick={choose}>{ words.header_open() }</button>
                <button type="button" class="b q" onclick={props.on_save.reform(|_| ())}>{ words.header_save() }</button>
                <button type="button" class="b q" onclick={panel(Panel::Embed)}>{ words.header_embed() }</button>
            </nav>
            <button type="button" class="b q" aria-label={theme.clone()} title={theme} onclick={does(Action::Theme(next_theme))}>{ theme_icon }</button>
            <button type="button" class="b q more" popovertarget="menu" aria-label={words.menu()} title={words.menu()}>{ "☰" }</button>
            <button type="button" class="b p" onclick={panel(Panel::Share)}>{ words.header_share() }</button>
            <input type="file" hidden=true ref={file} accept=".json,application/json" {onchange} />
        </header>
    }
}

/// A staircase of capacity over a curve of demand.
pub fn logo() -> Html {
    html! {
        <svg viewBox="0 0 22 22" fill="none" aria-hidden="true">
            <path d="M2 18h5v-5h5V8h5V4h3" stroke="var(--cap)" stroke-width="2.4" />
            <path d="M2 19c6 0 8-6 11-8.500S18 8.500 20 8" stroke="var(--ink)" stroke-width="1.800" />
        </svg>
    }
}
