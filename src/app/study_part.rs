//! The study aid: a half of the program that is a file of its own, loaded when an address first leads there.
//!
//! What is reached from [`study_aid`] alone stands in that file, whatever module it is of; `xtask/src/split.rs` says who splits.

use std::cell::Cell;

use gloo::timers::callback::Timeout;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::{
    browser::{fetch::SLOW_MS, parts},
    page::notice::Unloaded,
    study::{StudyAid, StudyProps, load::lacking},
};

/// What draws the study aid.
type Draw = fn(StudyProps) -> Html;

/// Returns what draws the study aid, once its half of the program is there.
#[wasm_split(study, fallible)]
fn study_aid() -> Result<Draw, SplitLoaderError> {
    Ok(|props| html! { <StudyAid ..props /> })
}

thread_local! {
    /// What draws it: there as long as the page lives.
    static DRAW: Cell<Option<Draw>> = const { Cell::new(None) };
}

/// The study aid; or, while its half of the program is not there, why, and the ways on.
#[function_component]
pub fn StudyPart(props: &StudyProps) -> Html {
    let lack = use_state_eq(|| None::<Unloaded>);
    let is_here = use_state_eq(|| DRAW.get().is_some());
    let again = {
        let (lack, is_here) = (lack.clone(), is_here.setter());
        Callback::from(move |()| {
            if *lack == Some(Unloaded::Slow) {
                parts::load_study_anew();
                return;
            }
            let (lack, is_here) = (lack.setter(), is_here.clone());
            let slow = {
                let lack = lack.clone();
                Timeout::new(SLOW_MS, move || lack.set(Some(Unloaded::Slow)))
            };
            lack.set(None);
            wasm_bindgen_futures::spawn_local(async move {
                match study_aid().await {
                    Ok(draw) => {
                        DRAW.set(Some(draw));
                        is_here.set(true);
                    }
                    Err(_) => lack.set(Some(Unloaded::Failed)),
                }
                drop(slow);
            });
        })
    };
    {
        let again = again.clone();
        use_effect_with(*is_here, move |is_here| {
            if !is_here {
                again.emit(());
            }
        });
    }
    match DRAW.get() {
        Some(draw) => draw(props.clone()),
        None => html! {
            <main class="study" id="result" tabindex="-1">{ lacking(props.words, *lack, &again) }</main>
        },
    }
}
