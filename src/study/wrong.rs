//! What guides get wrong: what they print, what is right and how sure that is, and the run that shows it.

use study::pack::{Wrong, Wrongs};
use yew::prelude::*;

use super::{
    reference::{Entry, ReferenceProps, badge, place, use_entries},
    text::Speaker,
};

/// The page.
#[function_component]
pub fn WrongPage(props: &ReferenceProps) -> Html {
    let words = props.words;
    let pack = match use_entries::<Wrongs>(props, "wrong") {
        Ok(pack) => pack,
        Err(lacks) => return lacks,
    };
    let speaker = Speaker {
        sources: &pack.sources,
        ..Speaker::plain()
    };
    let entry = |wrong: &Wrong| {
        let says = html! {
            <>
                <h2 id={place(&wrong.id)} tabindex="-1"><q>{ speaker.line(&wrong.printed) }</q></h2>
                { speaker.blocks(&wrong.right) }
                { badge(words, wrong.certainty) }
            </>
        };
        let entry = Entry {
            id: &wrong.id,
            says,
            sources: &wrong.sources,
            run: wrong.run.as_ref(),
            lesson: wrong.lesson.as_ref(),
        };
        entry.section(props, speaker)
    };
    html! {
        <div class="wrongs">
            <header>
                <h1>{ words.study_wrong() }</h1>
                <p class="lead">{ words.study_w_lead() }</p>
            </header>
            { for pack.wrong.iter().map(entry) }
        </div>
    }
}
