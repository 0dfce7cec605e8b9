//! The frame of the dialogs of AWS's documents. What stands in it, a program of its own shows, which loads when first needed; here is
//! said that it is on its way, or why it does not come.

use std::rc::Rc;

use documents::{Opening, Told};
use gloo::{events::EventListener, timers::callback::Timeout};
use web_sys::Element;
use words::Words;
use yew::prelude::*;

use super::{given::GivenFile, modal::Modal, notice::Unloaded};
use crate::{
    browser::{
        documents::{Dialog, Documents, ENDED, load},
        fetch::SLOW_MS,
        location,
    },
    language::use_words,
};

/// The program: on its way, there, or why it is not.
#[derive(Clone, Debug, PartialEq)]
enum Program {
    Coming,
    Here(Documents),
    Lacks(Unloaded),
}

/// What a dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DocumentsProps {
    /// Its title.
    pub title: AttrValue,
    /// What it opens with; later ones change nothing.
    pub opening: Rc<Opening>,
    /// Files for it.
    pub files: Rc<Vec<GivenFile>>,
    /// Called with what the page is to do, and a text.
    pub on_told: Callback<(Told, String)>,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// A dialog.
#[function_component]
pub fn DocumentsDialog(props: &DocumentsProps) -> Html {
    let words = use_words();
    let program = use_state_eq(|| Program::Coming);
    let host = use_node_ref();
    // How often it was asked for: each program has an element of its own, as what has ended would still hear what happens in its.
    let times = use_state(|| 0_u32);
    let shown = use_mut_ref(|| None::<Dialog>);
    let ask = {
        let program = program.setter();
        let lang = words.lang;
        Callback::from(move |anew: bool| {
            let program = program.clone();
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
    {
        let (ask, program) = (ask.clone(), program.setter());
        use_effect_with((), move |()| {
            ask.emit(false);
            let ended = web_sys::window().map(|window| {
                EventListener::new(&window, ENDED, move |_| {
                    program.set(Program::Lacks(Unloaded::Failed));
                })
            });
            move || drop(ended)
        });
    }
    {
        let (shown, host, props) = (Rc::clone(&shown), host.clone(), props.clone());
        let setter = program.setter();
        use_effect_with((*program).clone(), move |program| {
            if let (Program::Here(documents), Some(host)) = (program, host.cast::<Element>()) {
                let on_told = props.on_told;
                match documents.open(&host, (*props.opening).clone(), &props.files, on_told) {
                    Ok(dialog) => *shown.borrow_mut() = Some(dialog),
                    Err(_) => setter.set(Program::Lacks(Unloaded::Failed)),
                }
            }
            move || drop(shown.borrow_mut().take())
        });
    }
    {
        let shown = Rc::clone(&shown);
        // Those that it opens with it has.
        let is_first = use_mut_ref(|| true);
        use_effect_with(Rc::clone(&props.files), move |files| {
            if !is_first.replace(false)
                && let Some(dialog) = &*shown.borrow()
            {
                // Refused: it has ended, and the page has been told.
                let _ = dialog.give(files);
            }
        });
    }
    let on_again = {
        let (program, times) = (program.setter(), times.clone());
        ask.reform(move |_: MouseEvent| {
            program.set(Program::Coming);
            times.set(*times + 1);
            true
        })
    };
    html! {
        <Modal title={props.title.clone()} wide=true on_close={&props.on_close}>
            { lacking(words, &program, on_again) }
            <div class="documents" key={*times} hidden={!matches!(*program, Program::Here(_))} ref={host} />
        </Modal>
    }
}

/// Returns what stands there while the program does not.
fn lacking(words: Words, program: &Program, on_again: Callback<MouseEvent>) -> Html {
    let (sentence, why) = match program {
        Program::Here(_) => ("", None),
        Program::Coming => (words.documents_coming(), None),
        Program::Lacks(Unloaded::Slow) => (words.documents_slow(), Some(Unloaded::Slow)),
        Program::Lacks(why) => (words.documents_failed(), Some(*why)),
    };
    html! {
        <div class="lacks" hidden={sentence.is_empty()}>
            <p role="status" class={classes!(why.is_some().then_some("err"))}>{ sentence }</p>
            <p class="row" hidden={why.is_none()}>
                <button type="button" class="b" onclick={on_again}>{ words.again() }</button>
                <button type="button" class="b" hidden={why == Some(Unloaded::Slow)} onclick={|_: MouseEvent| location::reload()}>{ words.reload() }</button>
            </p>
        </div>
    }
}
