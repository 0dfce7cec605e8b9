//! The form in which a reader predicts what happens, before anything of it is seen.

use std::rc::Rc;

use study::{
    lesson::{LessonText, Prediction},
    text::Inline,
};
use words::{AskAgain, Words};
use yew::prelude::*;

use super::guess::unit;
use crate::{browser::dom, outcome::Outcome, study::text::Speaker, view::Moment};

/// What the form is made from.
pub struct Predict<'a> {
    /// Language.
    pub words: Words,
    /// What is predicted.
    pub prediction: &'a Prediction,
    /// How it is asked for.
    pub text: &'a LessonText,
    /// Says its texts.
    pub speaker: Speaker<'a>,
    /// What was chosen, typed or slid to so far.
    pub typed: &'a str,
    /// Why that is no prediction, once one asked for the comparison.
    pub wrong: Option<AskAgain>,
    /// Of a moment: the least and the most, seconds from the start.
    pub moments: Option<(f64, f64)>,
    /// The outcome of the run, once it is there.
    pub outcome: Option<&'a Rc<Outcome>>,
}

/// Returns the form. `on_type` is told what is chosen, typed or slid to, `on_done` whether to compare it (`true`) or to do without.
pub fn predict(form: &Predict<'_>, on_type: &Callback<String>, on_done: &Callback<bool>) -> Html {
    let Predict {
        words,
        prediction,
        text,
        speaker,
        typed,
        wrong,
        moments,
        outcome,
    } = form;
    // Of the button, as Enter is, too: a sandboxed frame submits no form, and tells none that it would have been.
    let compare = on_done.reform(|event: MouseEvent| {
        event.prevent_default();
        true
    });
    let says_wrong = match (wrong, prediction) {
        (None, _) => String::new(),
        (Some(why), Prediction::Number { .. }) => words.ask_again(*why, unit(prediction)),
        (Some(_), _) => words.study_guess_missing().to_owned(),
    };
    let described = wrong.map(|_| "guess-wrong");
    let asks = match prediction {
        Prediction::Choice { options, .. } => {
            let empty: &[Inline] = &[];
            let onchange = chosen(on_type);
            html! {
                <div class="choices" {onchange}>
                    for id in options {
                        <label key={&**id} class="option">
                            <input type="radio" name="guess" value={id.clone()} checked={id == typed} aria-describedby={described} />
                            <span>{ speaker.line(text.options.get(id).map_or(empty, Vec::as_slice)) }</span>
                        </label>
                    }
                </div>
            }
        }
        Prediction::Number { .. } => html! {
            <span class="i">
                <input id="guess" inputmode="decimal" autocomplete="off" aria-labelledby="guess-asks" value={(*typed).to_owned()}
                    aria-invalid={wrong.map(|_| "true")} aria-describedby={described} oninput={dom::on_text(on_type)} />
            </span>
        },
        Prediction::Moment { .. } => {
            // A run that takes long has no clock before it is there.
            let field = outcome.zip(*moments).map(|(outcome, range)| {
                let on_go = on_type.reform(|at_s: f64| at_s.to_string());
                html! {
                    <Moment id="guess" {outcome} words={*words} {range} at_s={typed.parse::<f64>().ok()} labelled_by="guess-asks"
                        described_by={described} {on_go} />
                }
            });
            field.unwrap_or_default()
        }
    };
    html! {
        <form class="guess card">
            <fieldset>
                <legend>{ words.study_predict() }</legend>
                <div id="guess-asks">{ speaker.blocks(&text.predict) }</div>
                { asks }
            </fieldset>
            <p class="err" id="guess-wrong" role="alert">{ says_wrong }</p>
            <p class="ways">
                <button type="submit" class="b p" onclick={compare}>{ words.study_check() }</button>
                <button type="button" class="b" onclick={on_done.reform(|_: MouseEvent| false)}>{ words.study_show_me() }</button>
            </p>
        </form>
    }
}

/// Returns a listener that tells which of a group was chosen.
fn chosen(on_type: &Callback<String>) -> Callback<Event> {
    let on_type = on_type.clone();
    Callback::from(move |event: Event| {
        if let Some(id) = dom::value(&event) {
            on_type.emit(id);
        }
    })
}
