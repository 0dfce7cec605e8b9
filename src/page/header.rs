//! The bar on top: the scenario's title, scenarios, lessons, undo, language, colours, files, and sharing.
//!
//! On a narrow screen all but colours and sharing stand in a native popover behind one button.

use web_sys::HtmlInputElement;
use words::{Lang, Words};
use yew::prelude::*;

use super::{Panel, trace};
use crate::{
    parts::{El, Part, button, el, of, typed},
    state::{Action, Theme},
};

/// What the header is made from.
#[derive(PartialEq)]
pub struct Header {
    /// Language.
    pub words: Words,
    /// The scenario's own name.
    pub name: String,
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
    /// The input for a file.
    pub file: NodeRef,
    /// Opens the file that was chosen.
    pub on_file: Callback<Event>,
    /// Saves the scenario as a file.
    pub on_save: Callback<MouseEvent>,
}

impl Part for Header {
    fn view(&self) -> Html {
        let words = self.words;
        let logo_and_name = of("span", "logo")
            .with(logo())
            .with(el("span").tells(words.app_name()));
        let more = of("button", "b q more")
            .set("type", "button")
            .set("popovertarget", "menu")
            .set("aria-label", words.menu())
            .set("title", words.menu())
            .tells("☰");
        let on_share = Action::Panel(Some(Panel::Share)).on_click(&self.on);
        let share = button("b p", AttrValue::Static(words.header_share()), on_share);
        let file = el("input")
            .set("type", "file")
            .flag("hidden", true)
            .node(&self.file)
            .set("accept", trace::ACCEPTED)
            .change(self.on_file.clone());
        of("header", "top")
            .with(
                of("a", "skip")
                    .set("href", "#result")
                    .tells(words.skip_to_result()),
            )
            .with(logo_and_name)
            .with(self.title())
            .with(of("span", "sp"))
            .with(self.menu())
            .with(self.colours())
            .with(more)
            .with(share)
            .with(file)
            .html()
    }
}

impl Header {
    fn does(&self, says: AttrValue, action: Action) -> El {
        plain(says, action.on_click(&self.on))
    }

    fn opens(&self, says: &'static str, panel: Panel) -> El {
        self.does(AttrValue::Static(says), Action::Panel(Some(panel)))
    }

    fn title(&self) -> El {
        let name = &self.name;
        let size = name.chars().count().max(self.unnamed.chars().count());
        of("input", "title")
            .set("name", "name")
            .set("aria-label", self.words.scenario_title())
            .set("placeholder", self.unnamed)
            .set("maxlength", "80")
            .attr("size", size.clamp(8, 40).to_string().into())
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .value(name.clone().into())
            .input(typed(&Action::typed_at("name", &self.on)))
            .blur(self.on.reform(|_: FocusEvent| Action::Settle))
    }

    fn menu(&self) -> El {
        let words = self.words;
        let step = |sign: &'static str, says: &'static str, can: bool, action: Action| {
            self.does(AttrValue::Static(sign), action)
                .set("aria-label", says)
                .set("title", says)
                .flag("disabled", !can)
        };
        let steps = of("span", "together")
            .with(step("↶", words.header_undo(), self.can_undo, Action::Undo))
            .with(step("↷", words.header_redo(), self.can_redo, Action::Redo));
        el("nav")
            .set("id", "menu")
            .set("popover", "auto")
            .set("aria-label", words.menu())
            .with(self.opens(words.header_scenarios(), Panel::Scenarios))
            .with(self.opens(words.header_learn(), Panel::Learn))
            .with(steps)
            .with(self.languages())
            .with(plain(AttrValue::Static(words.header_open()), self.choose()))
            .with(plain(
                AttrValue::Static(words.header_save()),
                self.on_save.clone(),
            ))
            .with(self.opens(words.header_embed(), Panel::Embed))
    }

    fn languages(&self) -> El {
        let mut group = of("span", "together langs")
            .set("role", "group")
            .set("aria-label", self.words.header_language());
        for lang in Lang::ALL {
            let name = if lang == Lang::En { "EN" } else { lang.name() };
            let chosen = lang == self.words.lang;
            let entry = self
                .does(AttrValue::Static(name), Action::Lang(lang))
                .key(lang.tag())
                .set("lang", lang.tag())
                .set("aria-pressed", if chosen { "true" } else { "false" })
                .set("title", lang.name());
            group = group.with(entry);
        }
        group
    }

    /// Asks for a file.
    fn choose(&self) -> Callback<MouseEvent> {
        let file = self.file.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = file.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    }

    fn colours(&self) -> El {
        let words = self.words;
        let (icon, name, next) = match self.theme {
            Theme::Auto => ("◐", words.theme_auto(), Theme::Light),
            Theme::Light => ("☀", words.theme_light(), Theme::Dark),
            Theme::Dark => ("☾", words.theme_dark(), Theme::Auto),
        };
        let says = AttrValue::from([words.header_theme(), ": ", name].concat());
        self.does(AttrValue::Static(icon), Action::Theme(next))
            .attr("aria-label", says.clone())
            .attr("title", says)
    }
}

fn plain(says: AttrValue, on_click: Callback<MouseEvent>) -> El {
    button("b q", says, on_click)
}

/// A staircase of capacity over a curve of demand.
#[inline(never)]
pub fn logo() -> El {
    let path = |d: &'static str, stroke: &'static str, width: &'static str| {
        el("path")
            .set("d", d)
            .set("stroke", stroke)
            .set("stroke-width", width)
    };
    el("svg")
        .set("viewBox", "0 0 22 22")
        .set("fill", "none")
        .set("aria-hidden", "true")
        .with(path("M2 18h5v-5h5V8h5V4h3", "var(--cap)", "2.4"))
        .with(path(
            "M2 19c6 0 8-6 11-8.500S18 8.500 20 8",
            "var(--ink)",
            "1.800",
        ))
}
