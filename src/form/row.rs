//! One field: label, explanation a click away, input, unit, and what is wrong with it.
//!
//! What the person typed stays on the screen as long as it means the value in force; a number is never rewritten under
//! the hand that types it.

use scenario::{field::Field, time::Weekday};
use wasm_bindgen::JsCast as _;
use words::{NumberFormat, Words};
use yew::prelude::*;

use crate::{
    browser::dom,
    language::use_words,
    state::Action,
    typed::{Unit, number::parse},
};

/// How a field is edited.
#[derive(Clone, Debug, PartialEq)]
pub enum Control {
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
    /// Check boxes for the days of the week.
    Days,
}

/// What one field shows. It is made anew only where one of these changes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FieldRowProps {
    /// The field.
    pub field: Field,
    /// Its path in the scenario; the input's name.
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
    pub control: Control,
    /// What it shows ([`spelled`]).
    pub text: AttrValue,
    /// What an empty field stands for; `None`: the field must not be empty.
    pub automatic: Option<AttrValue>,
    /// What is wrong and what would be right; empty: nothing is wrong.
    pub error: AttrValue,
    /// Whether the input takes the whole width.
    pub wide: bool,
    /// Tells the reducer.
    pub on: Callback<Action>,
}

/// Returns what a field shows: the person's own spelling, `draft`, while it means the value in force.
pub fn spelled<'a>(
    draft: &'a str,
    text: &'a str,
    control: &Control,
    format: NumberFormat,
) -> &'a str {
    let same = match control {
        Control::Number(unit) => match (parse(draft, *unit, format), parse(text, *unit, format)) {
            (Ok(typed), Ok(held)) => typed == held,
            _ => draft == text,
        },
        // A native date that is half typed reads as empty; writing to it would wipe the half.
        Control::Moment(_) => draft.is_empty() || draft == text,
        _ => draft == text,
    };
    if same { draft } else { text }
}

/// Whether what an empty field stands for is a number, which "none" and "unchanged" are not.
fn is_computed(automatic: &str) -> bool {
    automatic.starts_with(|c: char| c.is_ascii_digit())
}

/// One field of the form.
#[function_component]
pub fn FieldRow(props: &FieldRowProps) -> Html {
    let words = use_words();
    let is_bad = !props.error.is_empty();
    let control = match &props.control {
        Control::Switch => props.switch(words),
        Control::Days => props.week(words),
        _ => html! {
            <>
                <span class="l">{ props.label() }{ props.question(words) }</span>
                { props.line(words) }
            </>
        },
    };
    html! {
        <div class={classes!("f", is_bad.then_some("bad"), props.wide.then_some("wide"))}>
            { control }
            <p class="about" id={props.beside(":about")} hidden={!props.explained}>{ props.about }</p>
            <p class="err" id={props.beside(":error")} hidden={!is_bad}>{ &props.error }</p>
        </div>
    }
}

impl FieldRowProps {
    /// Returns the id of something that belongs to the field.
    fn beside(&self, suffix: &str) -> AttrValue {
        [&self.path, suffix].concat().into()
    }

    /// Returns a listener that tells the reducer what an event in this field asks for, if anything.
    fn on<E: 'static>(&self, asks: impl Fn(Field, &E) -> Option<Action> + 'static) -> Callback<E> {
        let (field, on) = (self.field, self.on.clone());
        Callback::from(move |event| {
            if let Some(action) = asks(field, &event) {
                on.emit(action);
            }
        })
    }

    /// Returns a listener that ends a step of undo when the focus leaves.
    fn ends_typing(&self) -> Callback<FocusEvent> {
        self.on.reform(|_: FocusEvent| Action::EndTyping)
    }

    fn label(&self) -> Html {
        html! { <label for={&self.path}>{ self.label }</label> }
    }

    fn question(&self, words: Words) -> Html {
        let onclick = self.on(|field, _: &MouseEvent| Some(Action::Explain(field)));
        html! {
            <button class="q" type="button" hidden={self.about.is_empty()} aria-expanded={truth(self.explained)}
                aria-controls={self.beside(":about")} aria-label={words.about_field(self.label)} {onclick}>
                { "?" }
            </button>
        }
    }

    /// Returns the input, what an empty one stands for, and the unit.
    fn line(&self, words: Words) -> Html {
        let is_empty = self.text.is_empty();
        let is_number = self.automatic.as_deref().is_none_or(is_computed);
        html! {
            <div class={classes!("i", self.wide.then_some("w"))}>
                if let Control::Choice(options) = &self.control {
                    { self.choice(options) }
                } else {
                    { self.input() }
                }
                if let Some(automatic) = &self.automatic {
                    if is_empty {
                        <span class="auto" hidden={!is_number}>{ words.auto_short() }</span>
                    } else {
                        { self.back(words, automatic) }
                    }
                }
                // Behind "none" or "unchanged" a unit makes no sense.
                <span class="u" hidden={self.unit.is_empty() || (is_empty && !is_number)}>{ self.unit }</span>
            </div>
        }
    }

    fn input(&self) -> Html {
        let (kind, list, mode) = match self.control {
            Control::Moment(kind) => (kind, None, None),
            Control::Text(list) => ("text", list, None),
            // Telephones' number keys have no minus.
            Control::Number(Unit::Difference) => ("text", None, Some("text")),
            _ => ("text", None, Some("decimal")),
        };
        let is_bad = !self.error.is_empty();
        let described = match (is_bad, self.explained) {
            (true, true) => Some(
                [&self.path, ":error ", &self.path, ":about"]
                    .concat()
                    .into(),
            ),
            (true, false) => Some(self.beside(":error")),
            (false, true) => Some(self.beside(":about")),
            (false, false) => None,
        };
        let (oninput, onfocusout) = if matches!(self.control, Control::Moment(_)) {
            (self.on(moment_typed), self.on(moment_left))
        } else {
            (self.on(typed), self.ends_typing())
        };
        let onkeydown = mode.map(|_| self.on(nudged));
        let onfocusin = list.map(|_| self.on.reform(|_: FocusEvent| Action::Suggest));
        html! {
            <input id={&self.path} name={&self.path} type={kind} {list} inputmode={mode} autocomplete="off" spellcheck="false"
                placeholder={self.automatic.clone()} aria-invalid={is_bad.then_some("true")} aria-describedby={described}
                value={&self.text} {oninput} {onfocusin} {onfocusout} {onkeydown} />
        }
    }

    /// Returns a native `select`. What is `selected` says what it starts with; later it follows its property.
    fn choice(&self, options: &[(&'static str, &'static str)]) -> Html {
        html! {
            <select id={&self.path} name={&self.path} ~value={self.text.to_string()} oninput={self.on(typed)} onfocusout={self.ends_typing()}>
                for (value, name) in options {
                    <option key={*value} value={*value} selected={self.text == *value}>{ *name }</option>
                }
            </select>
        }
    }

    fn switch(&self, words: Words) -> Html {
        let oninput = self.on(|field, event: &InputEvent| {
            let text = if dom::input(event)?.checked() {
                "on"
            } else {
                ""
            }
            .to_owned();
            Some(Action::Type { field, text })
        });
        html! {
            <span class="c">
                <input id={&self.path} name={&self.path} type="checkbox" checked={!self.text.is_empty()} {oninput}
                    onfocusout={self.ends_typing()} />
                { self.label() }
                { self.question(words) }
            </span>
        }
    }

    fn week(&self, words: Words) -> Html {
        html! {
            <fieldset class="days">
                <legend>{ self.label }{ self.question(words) }</legend>
                <div class="week">
                    for (day, name) in Weekday::ALL.iter().map(|day| (*day, day.name())) {
                        <label key={name}>
                            <input type="checkbox" name={&self.path} checked={has_day(&self.text, name)} oninput={self.ticks(name)}
                                onfocusout={self.ends_typing()} />
                            <span>{ words.weekday(day) }</span>
                        </label>
                    }
                </div>
            </fieldset>
        }
    }

    /// Returns a listener that adds a day of the week to those that are ticked, or takes it out.
    fn ticks(&self, day: &'static str) -> Callback<InputEvent> {
        let ticked = self.text.clone();
        self.on(move |field, event: &InputEvent| {
            let is_ticked = dom::input(event)?.checked();
            let is_in = |other: &&str| match *other == day {
                true => is_ticked,
                false => has_day(&ticked, other),
            };
            let days = Weekday::NAMES.iter().copied().filter(is_in);
            let text = days.collect::<Vec<_>>().join(",");
            Some(Action::Type { field, text })
        })
    }

    /// Returns the button that empties the field, so that its value is automatic again.
    fn back(&self, words: Words, automatic: &str) -> Html {
        let title = AttrValue::from(words.back_to_auto(automatic));
        let onclick = self.on(|field, _: &MouseEvent| {
            let text = String::new();
            Some(Action::Type { field, text })
        });
        html! { <button class="back" type="button" title={&title} aria-label={&title} {onclick}>{ "↺" }</button> }
    }
}

fn typed(field: Field, event: &InputEvent) -> Option<Action> {
    let text = dom::value(event)?;
    Some(Action::Type { field, text })
}

/// Returns what a text typed into a native date asks for: one that is half typed reads as empty.
fn moment_typed(field: Field, event: &InputEvent) -> Option<Action> {
    match typed(field, event)? {
        Action::Type { field, text } if text.is_empty() => Some(Action::TypeHalf(field)),
        typed => Some(typed),
    }
}

fn moment_left(field: Field, event: &FocusEvent) -> Option<Action> {
    let half = dom::input(event)?.validity().bad_input();
    Some(Action::Leave { field, half })
}

/// Returns what a key asks for in a field of a number: an arrow key counts it up or down.
fn nudged(field: Field, event: &KeyboardEvent) -> Option<Action> {
    // What extensions send may be no key at all, whatever it is called.
    let up = match &*event.dyn_ref::<KeyboardEvent>()?.key() {
        "ArrowUp" => true,
        "ArrowDown" => false,
        _ => return None,
    };
    let text = dom::input(event)?.value();
    event.prevent_default();
    Some(Action::Nudge { field, text, up })
}

fn has_day(days: &str, day: &str) -> bool {
    days.split(',').any(|other| other == day)
}

/// Returns a truth value as attributes spell it.
pub fn truth(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RPS: Control = Control::Number(Unit::Rps);

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
            ("", "2026-11-28", Control::Moment("date"), ""),
            (
                "2026-11-27",
                "2026-11-28",
                Control::Moment("date"),
                "2026-11-28",
            ),
            ("old", "new", Control::Text(None), "new"),
        ] {
            assert_eq!(
                spelled(draft, text, &kind, NumberFormat::default()),
                expect,
                "{draft:?} over {text:?}"
            );
        }
    }
}
