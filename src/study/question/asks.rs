//! What a part of a question asks, as fields: options, a number, an order that buttons change, pairs.

use study::{
    grade::Grade,
    question::Ask,
    text::{Inline, Marked, plain},
};
use words::AskAgain;
use yew::prelude::*;

use super::{
    View,
    draft::{Draft, Part, moved},
    field, told,
};
use crate::{browser::dom, study::text::Facts};

/// A part as it is asked.
pub(super) struct Asks<'a> {
    pub view: View<'a>,
    pub part: Part<'a>,
    /// Its place among the parts, from 0.
    pub number: usize,
    pub draft: &'a Draft,
    /// How the answer compares, once it is told.
    pub told: Option<Option<&'a Grade>>,
    /// Why it is asked again.
    pub again: Option<AskAgain>,
}

impl Asks<'_> {
    /// Returns the fields. `on_enter` is told what is entered.
    pub fn fields(&self, on_enter: &Callback<Draft>) -> Html {
        let words = self.view.words;
        let id = self.view.id;
        let (legend, fields) = match self.part.ask {
            Ask::One(_) | Ask::Next { .. } => (
                words.study_q_one().to_owned(),
                self.options(false, on_enter),
            ),
            Ask::Several(choices) => {
                let n = words.integer(choices.right.len() as f64);
                (words.study_q_several(&n), self.options(true, on_enter))
            }
            Ask::Number(_) => (words.study_q_number().to_owned(), self.number(on_enter)),
            Ask::Order { .. } => (words.study_q_order().to_owned(), self.order(on_enter)),
            Ask::Match { pairs, .. } => {
                let lefts = pairs.keys().map(String::as_str).collect::<Vec<_>>();
                (
                    words.study_q_match().to_owned(),
                    self.pairs(&lefts, on_enter),
                )
            }
            // A part is no case.
            Ask::Case { .. } => return Html::default(),
        };
        let says_again = match (self.again, self.part.ask) {
            (None, _) => String::new(),
            (Some(why), Ask::Number(number)) => words.ask_again(why, number.unit),
            (Some(_), Ask::Match { .. }) => words.study_q_all().to_owned(),
            (Some(_), _) => words.study_q_missing().to_owned(),
        };
        html! {
            <fieldset aria-describedby={format!("{} {}", prompt(id, self.number), again(id, self.number))}>
                <legend>{ legend }</legend>
                { fields }
                <p class="err" id={again(id, self.number)} role="alert">{ says_again }</p>
            </fieldset>
        }
    }

    fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// Returns an option's text, as nodes.
    fn line(&self, id: &str) -> Html {
        match self.part.text.options.get(id) {
            Some(line) => self.view.speaker.line(line),
            None => html! { self.view.facts.option(self.part.ask, id) },
        }
    }

    fn options(&self, are_several: bool, on_enter: &Callback<Draft>) -> Html {
        let View { id, .. } = self.view;
        let name = format!("{}-options", field(id, self.number));
        let kind = if are_several { "checkbox" } else { "radio" };
        let option = |(place, option): (usize, &str)| {
            let is_chosen = self.draft.ids.iter().any(|chosen| chosen == option);
            let (draft, on_enter, chosen) =
                (self.draft.clone(), on_enter.clone(), option.to_owned());
            let onchange = move |_: Event| {
                let mut draft = draft.clone();
                if !are_several {
                    draft.ids = vec![chosen.clone()];
                } else if is_chosen {
                    draft.ids.retain(|id| *id != chosen);
                } else {
                    draft.ids.push(chosen.clone());
                }
                on_enter.emit(draft);
            };
            let told = self
                .is_told()
                .then(|| told::option(self.view, self.part, option, is_chosen));
            let class = told.as_ref().map(|(class, _)| *class);
            html! {
                <li key={option}>
                    <label class={classes!("option", class)}>
                        <input type={kind} name={name.clone()} id={(place == 0).then(|| field(id, self.number))} value={option.to_owned()}
                            checked={is_chosen} disabled={self.is_told()} {onchange} />
                        <span>{ self.line(option) }</span>
                    </label>
                    { told.map(|(_, says)| says) }
                </li>
            }
        };
        html! { <ul class="options">{ for self.part.options().into_iter().enumerate().map(option) }</ul> }
    }

    fn number(&self, on_enter: &Callback<Draft>) -> Html {
        let View { id, .. } = self.view;
        let on_type = on_enter.reform(|typed| Draft {
            ids: Vec::new(),
            typed,
        });
        html! {
            <span class="i">
                <input id={field(id, self.number)} inputmode="decimal" autocomplete="off" aria-labelledby={prompt(id, self.number)}
                    value={self.draft.typed.clone()} readonly={self.is_told()} aria-invalid={self.again.map(|_| "true")}
                    aria-describedby={again(id, self.number)} oninput={dom::on_text(&on_type)} />
            </span>
        }
    }

    fn order(&self, on_enter: &Callback<Draft>) -> Html {
        let View { words, id, .. } = self.view;
        let ids = &self.draft.ids;
        let count = words.integer(ids.len() as f64);
        let item = |(place, item): (usize, &String)| {
            let says = self.said(item);
            let button = |is_up: bool| {
                let (sign, label) = if is_up {
                    ("↑", words.study_q_up(&says))
                } else {
                    ("↓", words.study_q_down(&says))
                };
                let go = {
                    let (on_enter, ids) = (on_enter.clone(), ids.clone());
                    move |event: &Event, is_up: bool| {
                        on_enter.emit(Draft {
                            ids: moved(&ids, place, is_up),
                            typed: String::new(),
                        });
                        dom::keep_focus(event);
                    }
                };
                let onkeydown = {
                    let go = go.clone();
                    move |event: KeyboardEvent| {
                        let key = event.key();
                        if key == "ArrowUp" || key == "ArrowDown" {
                            event.prevent_default();
                            go(&event, key == "ArrowUp");
                        }
                    }
                };
                let is_end = place == if is_up { 0 } else { ids.len() - 1 };
                html! {
                    <button type="button" class="b" id={(place == 0 && !is_up).then(|| field(id, self.number))} aria-label={label}
                        aria-disabled={is_end.then_some("true")} {onkeydown} onclick={move |event: MouseEvent| go(&event, is_up)}>{ sign }</button>
                }
            };
            html! {
                <li key={&**item}>
                    <span class="item">{ self.line(item) }</span>
                    <span class="heard">{ words.study_q_place(&words.integer((place + 1) as f64), &count) }</span>
                    if self.is_told() {
                        { told::placed(self.view, self.part, item, place) }
                    } else {
                        <span class="up-down">{ button(true) }{ button(false) }</span>
                    }
                </li>
            }
        };
        html! { <ol class="order">{ for ids.iter().enumerate().map(item) }</ol> }
    }

    fn pairs(&self, lefts: &[&str], on_enter: &Callback<Draft>) -> Html {
        let View { words, id, .. } = self.view;
        let rights = self.part.right_side();
        let pair = |(place, left): (usize, &&str)| {
            let chosen = self.draft.ids.get(place).map_or("", String::as_str);
            let onchange = {
                let (draft, on_enter) = (self.draft.clone(), on_enter.clone());
                move |event: Event| {
                    let mut draft = draft.clone();
                    if let (Some(right), Some(at)) = (dom::value(&event), draft.ids.get_mut(place))
                    {
                        *at = right;
                        on_enter.emit(draft);
                    }
                }
            };
            let field = if place == 0 {
                field(id, self.number)
            } else {
                format!("{}-{place}", field(id, self.number))
            };
            html! {
                <li key={*left}>
                    <label for={field.clone()}>{ self.line(left) }</label>
                    <select id={field} disabled={self.is_told()} {onchange}>
                        <option value="" selected={chosen.is_empty()}>{ words.study_q_choose() }</option>
                        for right in rights.iter() {
                            <option key={*right} value={(*right).to_owned()} selected={chosen == *right}>{ self.said(right) }</option>
                        }
                    </select>
                    if self.is_told() {
                        { told::paired(self.view, self.part, left, chosen) }
                    }
                </li>
            }
        };
        html! { <ul class="pairs">{ for lefts.iter().enumerate().map(pair) }</ul> }
    }

    /// Returns an option's text alone.
    fn said(&self, id: &str) -> String {
        said(self.view, self.part, id)
    }
}

/// Returns an option's text alone.
pub(super) fn said(view: View<'_>, part: Part<'_>, id: &str) -> String {
    let empty: &[Inline] = &[];
    let line = part.text.options.get(id).map_or(empty, Vec::as_slice);
    plain(line, &mut |marked| match marked {
        Marked::Value(name) => view.facts.value(name).unwrap_or_default(),
        _ => String::new(),
    })
}

/// Returns the id of what a part asks.
pub(super) fn prompt(id: &str, number: usize) -> String {
    format!("{}-prompt", field(id, number))
}

/// Returns the id of what says why it is asked again.
fn again(id: &str, number: usize) -> String {
    format!("{}-again", field(id, number))
}
