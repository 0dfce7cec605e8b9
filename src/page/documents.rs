//! What the dialogs of AWS's documents have in common: the program that answers them loads while they are open, and a sentence says
//! so, or why it does not come.

use gloo::timers::callback::Timeout;
use words::Words;
use yew::prelude::*;

use super::notice::Unloaded;
use crate::{
    browser::{
        documents::{Documents, load},
        fetch::SLOW_MS,
        location,
    },
    language::use_words,
};

/// The program: on its way, there, or why it is not.
#[derive(Clone, Debug, PartialEq)]
pub enum Program {
    /// It is on its way.
    Coming,
    /// It can be asked.
    Here(Documents),
    /// It is not there.
    Lacks(Unloaded),
}

/// Returns the program, which is loaded where it is not there, and what loads it anew.
#[hook]
pub fn use_documents() -> (Program, Callback<()>) {
    let lang = use_words().lang;
    let program = use_state_eq(|| Program::Coming);
    let ask = {
        let program = program.setter();
        use_callback(lang, move |anew: bool, lang| {
            let (program, lang) = (program.clone(), *lang);
            let slow = {
                let program = program.clone();
                Timeout::new(SLOW_MS, move || {
                    program.set(Program::Lacks(Unloaded::Slow));
                })
            };
            wasm_bindgen_futures::spawn_local(async move {
                let loaded = load(lang, anew).await;
                drop(slow);
                program.set(match loaded {
                    Ok(documents) => Program::Here(documents),
                    Err(_) => Program::Lacks(Unloaded::Failed),
                });
            });
        })
    };
    use_effect_with(ask.clone(), |ask| ask.emit(false));
    let anew = {
        let program = program.setter();
        ask.reform(move |()| {
            program.set(Program::Coming);
            true
        })
    };
    ((*program).clone(), anew)
}

/// Returns what stands in a dialog while the program is not there.
pub fn lacking(words: Words, program: &Program, on_again: &Callback<()>) -> Html {
    let why = match program {
        Program::Lacks(why) => Some(*why),
        _ => None,
    };
    let sentence = match program {
        Program::Coming => words.documents_coming(),
        Program::Here(_) => "",
        Program::Lacks(Unloaded::Slow) => words.documents_slow(),
        Program::Lacks(_) => words.documents_failed(),
    };
    html! {
        <div class="lacks" hidden={matches!(program, Program::Here(_))}>
            <p role="status" class={classes!(why.is_some().then_some("err"))}>{ sentence }</p>
            <p class="row">
                <button type="button" class="b" hidden={why.is_none()} onclick={on_again.reform(|_| ())}>{ words.again() }</button>
                <button type="button" class="b" hidden={why != Some(Unloaded::Failed)} onclick={|_: MouseEvent| location::reload()}>{ words.reload() }</button>
            </p>
        </div>
    }
}
