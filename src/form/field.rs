//! One field: label, explanation a click away, input, unit, and what is wrong with it.
//!
//! What the person typed stays on the screen as long as it means the value in force; a number is never rewritten under
//! the hand that types it. A field has no handlers: the form hears for it ([`super::hear`]).

use words::Words;
use yew::prelude::*;

use crate::{
    parts::{El, Part, el, of},
    typed::{Unit, number::parse},
};

/// How a field is edited.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number as text, nudged by the arrow keys.
    Number(Unit),
    /// Words, with suggestions from the data list of this id where there is one.
    Text(Option<&'static str>),
    /// A native `date`, `time` or `datetime-local`.
    Moment(&'static str),
    /// A choice: values and their names.
    Choice(Vec<(&'static str, &'static str)>),
    /// A check box.
    Switch,
    /// Check boxes for the days of the week: values and their names.
    Days(Vec<(&'static str, &'static str)>),
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Path in the scenario; the input's name.
    pub path: AttrValue,
    /// Label.
    pub label: &'static str,
    /// Explanation; empty: none.
    pub about: &'static str,
    /// Whether the explanation is open.
    pub explained: bool,
    /// Unit shown behind the value.
    pub unit: &'static str,
    /// How it is edited.
    pub kind: Kind,
    /// What it shows ([`spelled`]).
    pub text: AttrValue,
    /// What an empty field stands for; `None`: the field must not be empty.
    pub automatic: Option<AttrValue>,
    /// What is wrong and what would be right; empty: nothing is wrong.
    pub error: AttrValue,
    /// Whether the input takes the whole width.
    pub wide: bool,
    /// Language.
    pub words: Words,
}

/// What a field shows: the person's own spelling, `draft`, while it means the value in force.
#[inline(never)]
pub fn spelled<'a>(draft: &'a str, text: &'a str, kind: &Kind) -> &'a str {
    let same = match kind {
        Kind::Number(unit) => match (parse(draft, *unit), parse(text, *unit)) {
            (Ok(typed), Ok(held)) => typed == held,
            _ => draft == text,
        },
        // A native date that is half typed reads as empty; writing to it would wipe the half.
        Kind::Moment(_) => draft.is_empty() || draft == text,
        _ => draft == text,
    };
    if same { draft } else { text }
}

/// Whether an empty field stands for a number, which "none" and "unchanged" are not.
fn computed(automatic: &str) -> bool {
    automatic.starts_with(|c: char| c.is_ascii_digit())
}

impl Part for Field {
    fn view(&self) -> Html {
        let bad = !self.error.is_empty();
        let class = match (bad, self.wide) {
            (false, false) => "f",
            (false, true) => "f wide",
            (true, false) => "f bad",
            (true, true) => "f bad wide",
        };
        let field = of("div", class);
        let field = match &self.kind {
            Kind::Switch => field.with(self.switch()),
            Kind::Days(days) => field.with(self.week(days)),
            kind => {
                let line = of("span", "l").with(self.label()).with(self.question());
                field.with(line).with(self.value(kind, bad))
            }
        };
        let about = of("p", "about")
            .attr("id", self.beside(":about"))
            .flag("hidden", !self.explained)
            .tells(self.about);
        let wrong = of("p", "err")
            .attr("id", self.beside(":error"))
            .flag("hidden", !bad)
            .says(self.error.clone());
        field.with(about).with(wrong).html()
    }
}

impl Field {
    /// The id of something that belongs to the field.
    #[inline(never)]
    fn beside(&self, suffix: &str) -> AttrValue {
        [&self.path, suffix].concat().into()
    }

    fn label(&self) -> El {
        el("label").attr("for", self.path.clone()).tells(self.label)
    }

    #[inline(never)]
    fn question(&self) -> El {
        of("button", "q")
            .set("type", "button")
            .flag("hidden", self.about.is_empty())
            .set("aria-expanded", truth(self.explained))
            .attr("aria-controls", self.beside(":about"))
            .attr("aria-label", self.words.about_field(self.label).into())
            .tells("?")
    }

    /// The input, what an empty one stands for, and the unit.
    fn value(&self, kind: &Kind, bad: bool) -> El {
        let input = match kind {
            Kind::Choice(options) => self.choice(options),
            _ => self.input(kind, bad),
        };
        let empty = self.text.is_empty();
        let back = match &self.automatic {
            None => Html::default(),
            Some(value) if empty => of("span", "auto")
                .flag("hidden", !computed(value))
                .tells(self.words.auto_short())
                .html(),
            Some(value) => self.back(value),
        };
        // Behind "none" or "unchanged" a unit makes no sense.
        let without_unit = self.unit.is_empty()
            || (empty
                && self
                    .automatic
                    .as_ref()
                    .is_some_and(|value| !computed(value)));
        let unit = of("span", "u")
            .flag("hidden", without_unit)
            .tells(self.unit);
        of("div", if self.wide { "i w" } else { "i" })
            .with(input)
            .with(back)
            .with(unit)
    }

    #[inline(never)]
    fn input(&self, kind: &Kind, bad: bool) -> El {
        let (type_, list) = match kind {
            Kind::Moment(type_) => (*type_, None),
            Kind::Text(list) => ("text", *list),
            _ => ("text", None),
        };
        let mode = match kind {
            // Telephones' number keys have no minus.
            Kind::Number(Unit::Difference) => Some(AttrValue::Static("text")),
            Kind::Number(_) => Some(AttrValue::Static("decimal")),
            _ => None,
        };
        let described = match (bad, self.explained) {
            (true, true) => Some(
                [&self.path, ":error ", &self.path, ":about"]
                    .concat()
                    .into(),
            ),
            (true, false) => Some(self.beside(":error")),
            (false, true) => Some(self.beside(":about")),
            (false, false) => None,
        };
        self.named("input")
            .set("type", type_)
            .maybe("list", list.map(AttrValue::Static))
            .maybe("inputmode", mode)
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .maybe("placeholder", self.automatic.clone())
            .maybe("aria-invalid", bad.then_some(AttrValue::Static("true")))
            .maybe("aria-describedby", described)
            .value(self.text.clone())
    }

    fn named(&self, tag: &'static str) -> El {
        el(tag)
            .attr("id", self.path.clone())
            .attr("name", self.path.clone())
    }

    /// A native `select`. What is `selected` says what it starts with; later it follows its property.
    #[inline(never)]
    fn choice(&self, options: &[(&'static str, &'static str)]) -> El {
        let mut select = self.named("select").property("value", &self.text);
        for (value, name) in options {
            let option = el("option")
                .key(value)
                .set("value", value)
                .flag("selected", *self.text == **value)
                .tells(name);
            select = select.with(option);
        }
        select
    }

    #[inline(never)]
    fn switch(&self) -> El {
        let input = self
            .named("input")
            .set("type", "checkbox")
            .checked(!self.text.is_empty());
        of("span", "c")
            .with(input)
            .with(self.label())
            .with(self.question())
    }

    #[inline(never)]
    fn week(&self, days: &[(&'static str, &'static str)]) -> El {
        let mut week = of("div", "week");
        for (value, name) in days {
            let input = el("input")
                .set("type", "checkbox")
                .attr("name", self.path.clone())
                .checked(self.text.split(',').any(|day| day == *value));
            let name = el("span").tells(name);
            week = week.with(el("label").key(value).with(input).with(name));
        }
        let legend = el("legend").tells(self.label).with(self.question());
        of("fieldset", "days").with(legend).with(week)
    }

    /// The way back to automatic.
    #[inline(never)]
    fn back(&self, value: &str) -> Html {
        let title = AttrValue::from(self.words.back_to_auto(value));
        of("button", "back")
            .set("type", "button")
            .attr("title", title.clone())
            .attr("aria-label", title)
            .tells("↺")
            .html()
    }
}

/// As attributes spell it.
pub fn truth(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RPS: Kind = Kind::Number(Unit::Rps);

    #[test]
    fn the_own_spelling_stays_while_it_means_the_value() {
        for (draft, text, kind, expect) in [
            ("20.", "20", RPS, "20."),
            ("0,50", "0.5", RPS, "0,50"),
            ("20 rps", "20", RPS, "20 rps"),
            ("20", "35", RPS, "35"),
            ("abc", "abc", RPS, "abc"),
            ("abc", "20", RPS, "20"),
            ("abc", "xyz", RPS, "xyz"),
            ("", "", RPS, ""),
            ("", "20", RPS, "20"),
            ("", "2026-11-28", Kind::Moment("date"), ""),
            (
                "2026-11-27",
                "2026-11-28",
                Kind::Moment("date"),
                "2026-11-28",
            ),
            ("old", "new", Kind::Text(None), "new"),
        ] {
            assert_eq!(
                spelled(draft, text, &kind),
                expect,
                "{draft:?} over {text:?}"
            );
        }
    }
}
