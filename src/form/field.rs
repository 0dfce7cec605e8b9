//! One field: label, explanation a click away, input, unit, and what is wrong with it.
//!
//! What the person typed stays on the screen as long as it means the value in force; a number is never rewritten under
//! the hand that types it. Fields know nothing of the scenario beyond their own path and text.

use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use words::Words;
use yew::prelude::*;

use crate::{
    state::Action,
    typed::{
        Unit,
        number::{nudged, parse},
    },
};

/// How a field is edited.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number as text, nudged by the arrow keys; `whole`: in steps of at least one.
    Number {
        /// What it counts.
        unit: Unit,
        /// No fractions.
        whole: bool,
    },
    /// Words, with suggestions from the data list of this id where there is one.
    Text(Option<&'static str>),
    /// A native `date`, `time` or `datetime-local`.
    Moment(&'static str),
    /// A choice: values and their names.
    Choice(Vec<(&'static str, &'static str)>),
    /// A check box.
    Switch,
    /// Check boxes for the days of the week: values and their names.
    Days(Vec<(&'static str, String)>),
}

/// One field.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FieldProps {
    /// Path in the scenario; the input's name.
    pub path: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// Explanation; empty: none.
    pub about: AttrValue,
    /// Unit shown behind the value.
    pub unit: AttrValue,
    /// How it is edited.
    pub kind: Kind,
    /// Text of the value in force, or what could not be read.
    pub text: AttrValue,
    /// What an empty field stands for; `None`: the field must not be empty.
    pub automatic: Option<AttrValue>,
    /// What is wrong and what would be right; empty: nothing is wrong.
    pub error: AttrValue,
    /// Whether the input takes the whole width.
    pub wide: bool,
    /// Language.
    pub words: Words,
    /// Tells the reducer.
    pub on: Callback<Action>,
}

/// What the input shows: the person's own spelling while it means the value in force.
fn shown<'a>(draft: Option<&'a str>, text: &'a str, kind: &Kind) -> &'a str {
    let Some(draft) = draft else {
        return text;
    };
    let same = match kind {
        Kind::Number { unit, .. } => match (parse(draft, *unit), parse(text, *unit)) {
            (Ok(typed), Ok(held)) => typed == held,
            _ => draft == text,
        },
        // A native date that is half typed reads as empty; writing to it would wipe the half.
        Kind::Moment(_) => draft.is_empty() || draft == text,
        _ => draft == text,
    };
    if same { draft } else { text }
}

/// The one field component.
#[function_component]
pub fn Field(props: &FieldProps) -> Html {
    let FieldProps {
        path,
        label,
        about,
        unit,
        kind,
        text,
        automatic,
        error,
        wide,
        words,
        on,
    } = props;
    let draft = use_state(|| None::<String>);
    let explains = use_state(|| false);

    let on_text = {
        let (draft, on, path) = (draft.clone(), on.clone(), path.clone());
        let moment = matches!(kind, Kind::Moment(_));
        Callback::from(move |text: String| {
            draft.set(Some(text.clone()));
            if !(moment && text.is_empty()) {
                on.emit(Action::Type {
                    path: path.to_string(),
                    text,
                });
            }
        })
    };
    let on_blur = {
        let (draft, on, path) = (draft.clone(), on.clone(), path.clone());
        let moment = matches!(kind, Kind::Moment(_));
        Callback::from(move |_: FocusEvent| {
            if moment && draft.as_deref() == Some("") {
                on.emit(Action::Type {
                    path: path.to_string(),
                    text: String::new(),
                });
                draft.set(None);
            }
            on.emit(Action::Settle);
        })
    };
    let toggle = {
        let explains = explains.clone();
        Callback::from(move |_: MouseEvent| explains.set(!*explains))
    };

    let error_id = format!("{path}:error");
    let about_id = format!("{path}:about");
    let bad = !error.is_empty();
    let described = match (bad, *explains) {
        (true, true) => Some(format!("{error_id} {about_id}")),
        (true, false) => Some(error_id.clone()),
        (false, true) => Some(about_id.clone()),
        (false, false) => None,
    };
    let shown = shown(draft.as_deref(), text, kind);
    // Behind "none" or "unchanged" a unit makes no sense.
    let without_unit = unit.is_empty()
        || (shown.is_empty()
            && automatic
                .as_ref()
                .is_some_and(|value| !value.starts_with(|c: char| c.is_ascii_digit())));
    let common = Common {
        id: path,
        described,
        bad,
        shown,
        words: *words,
        on_text,
        on_blur,
    };
    let question = html! {
        <button type="button" class="q" hidden={about.is_empty()} aria-expanded={explains.to_string()}
            aria-controls={about_id.clone()} aria-label={words.about_field(label)} onclick={toggle}>{ "?" }</button>
    };
    let body = match kind {
        Kind::Switch => html! {
            <span class="c">{ common.switch() }<label for={path.clone()}>{ label.clone() }</label>{ question }</span>
        },
        Kind::Days(days) => html! {
            <fieldset class="days">
                <legend>{ label.clone() }{ question }</legend>
                { common.days(days) }
            </fieldset>
        },
        _ => html! {<>
            <span class="l"><label for={path.clone()}>{ label.clone() }</label>{ question }</span>
            <div class={classes!("i", wide.then_some("w"))}>
                { common.input(kind, automatic.as_ref()) }
                { common.automatic(automatic.as_ref()) }
                <span class="u" hidden={without_unit}>{ unit.clone() }</span>
            </div>
        </>},
    };
    html! {
        <div class={classes!("f", bad.then_some("bad"), wide.then_some("wide"))}>
            { body }
            <p class="about" id={about_id} hidden={!*explains}>{ about.clone() }</p>
            <p class="err" id={error_id} hidden={!bad}>{ error.clone() }</p>
        </div>
    }
}

/// What every kind of input shares.
struct Common<'a> {
    id: &'a AttrValue,
    described: Option<String>,
    bad: bool,
    shown: &'a str,
    words: Words,
    on_text: Callback<String>,
    on_blur: Callback<FocusEvent>,
}

impl Common<'_> {
    fn oninput(&self) -> Callback<InputEvent> {
        self.on_text
            .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value())
    }

    fn input(&self, kind: &Kind, automatic: Option<&AttrValue>) -> Html {
        let (type_, list) = match kind {
            Kind::Choice(options) => return self.choice(options),
            Kind::Moment(type_) => (*type_, None),
            Kind::Text(list) => ("text", *list),
            _ => ("text", None),
        };
        let number = match kind {
            Kind::Number { unit, whole } => Some((*unit, *whole)),
            _ => None,
        };
        let on_text = self.on_text.clone();
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            let up = match &*event.key() {
                "ArrowUp" => true,
                "ArrowDown" => false,
                _ => return,
            };
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Some((unit, whole)) = number
                && let Ok(value) = parse(&typed, unit)
            {
                event.prevent_default();
                on_text.emit(nudged(value, up, whole).to_string());
            }
        });
        html! {
            <input id={self.id.clone()} name={self.id.clone()} type={type_} {list} inputmode={number.map(|_| "decimal")}
                autocomplete="off" spellcheck="false" value={self.shown.to_owned()} placeholder={automatic.cloned()}
                aria-invalid={self.bad.then_some("true")} aria-describedby={self.described.clone()}
                oninput={self.oninput()} onblur={&self.on_blur} {onkeydown} />
        }
    }

    fn choice(&self, options: &[(&'static str, &'static str)]) -> Html {
        let onchange = self
            .on_text
            .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
        let options = options.iter().map(|(value, name)| {
            html! { <option key={*value} value={*value}>{ *name }</option> }
        });
        html! {
            <Select id={self.id.clone()} value={self.shown.to_owned()} {onchange}>{ for options }</Select>
        }
    }

    fn switch(&self) -> Html {
        let onchange = self.on_text.reform(|event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            if on { "on" } else { "" }.to_owned()
        });
        html! { <input type="checkbox" id={self.id.clone()} name={self.id.clone()} checked={!self.shown.is_empty()} {onchange} /> }
    }

    fn days(&self, days: &[(&'static str, String)]) -> Html {
        let chosen: Vec<&str> = self.shown.split(',').collect();
        let boxes = days.iter().map(|(value, name)| {
            let on = chosen.contains(value);
            let others: Vec<String> = days
                .iter()
                .map(|(day, _)| *day)
                .filter(|day| chosen.contains(day) != (day == value))
                .map(str::to_owned)
                .collect();
            let onchange = self.on_text.reform(move |_: Event| others.join(","));
            html! {
                <label key={*value}><input type="checkbox" name={self.id.clone()} checked={on} {onchange} /><span>{ name.clone() }</span></label>
            }
        });
        html! { <div class="week">{ for boxes }</div> }
    }

    /// What tells that an empty field is automatic, and the way back to that from one that is not.
    fn automatic(&self, automatic: Option<&AttrValue>) -> Html {
        let Some(value) = automatic else {
            return Html::default();
        };
        let words = self.words;
        if self.shown.is_empty() {
            // "none" needs no such word.
            let computed = value.starts_with(|c: char| c.is_ascii_digit());
            return html! { <span class="auto" hidden={!computed}>{ words.auto_short() }</span> };
        }
        let onclick = self.on_text.reform(|_: MouseEvent| String::new());
        let title = words.back_to_auto(value);
        html! { <button type="button" class="back" title={title.clone()} aria-label={title} {onclick}>{ "↺" }</button> }
    }
}

#[derive(PartialEq, Properties)]
struct SelectProps {
    id: AttrValue,
    value: String,
    onchange: Callback<Event>,
    children: Html,
}

/// A native `select` that follows its value: `selected` on an option says only what it starts with.
#[function_component]
fn Select(props: &SelectProps) -> Html {
    let node = use_node_ref();
    use_effect_with((props.value.clone(), node.clone()), |(value, node)| {
        if let Some(select) = node
            .get()
            .and_then(|node| node.dyn_into::<HtmlSelectElement>().ok())
        {
            select.set_value(value);
        }
    });
    html! {
        <select ref={node} id={props.id.clone()} name={props.id.clone()} onchange={&props.onchange}>{ props.children.clone() }</select>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RPS: Kind = Kind::Number {
        unit: Unit::Rps,
        whole: false,
    };

    #[test]
    fn the_own_spelling_stays_while_it_means_the_value() {
        for (draft, text, kind, expect) in [
            (None, "20", RPS, "20"),
            (Some("20."), "20", RPS, "20."),
            (Some("0,50"), "0.5", RPS, "0,50"),
            (Some("20 rps"), "20", RPS, "20 rps"),
            (Some("20"), "35", RPS, "35"),
            (Some("abc"), "abc", RPS, "abc"),
            (Some("abc"), "20", RPS, "20"),
            (Some("abc"), "xyz", RPS, "xyz"),
            (Some(""), "", RPS, ""),
            (Some(""), "20", RPS, "20"),
            (Some(""), "2026-11-28", Kind::Moment("date"), ""),
            (
                Some("2026-11-27"),
                "2026-11-28",
                Kind::Moment("date"),
                "2026-11-28",
            ),
            (Some("old"), "new", Kind::Text(None), "new"),
        ] {
            assert_eq!(shown(draft, text, &kind), expect, "{draft:?} over {text:?}");
        }
    }
}
