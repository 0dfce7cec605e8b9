//! The study aid, a part of the program that is a file of its own: it is loaded when an address first leads there.

use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::study::{StudyAid, StudyProps};

/// What draws the study aid.
type Draws = fn(StudyProps) -> Html;

fn draw(props: StudyProps) -> Html {
    html! { <StudyAid ..props /> }
}

/// Returns what draws the study aid, once its part of the program is there.
#[wasm_split(study, fallible)]
fn study_aid() -> Result<Draws, SplitLoaderError> {
    Ok(draw)
}

/// The study aid, or why it is not there.
#[function_component]
pub fn StudyPart(props: &StudyProps) -> Html {
    let draws = use_state(|| None::<Draws>);
    {
        let draws = draws.setter();
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                if let Ok(it) = study_aid().await {
                    draws.set(Some(it));
                }
            });
        });
    }
    match *draws {
        Some(draws) => draws(props.clone()),
        None => html! {},
    }
}
