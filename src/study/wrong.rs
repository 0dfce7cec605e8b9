//! What guides get wrong: what they print, what is right and how sure that is, and the run that shows it.

use study::pack::{Wrong, Wrongs};
use yew::prelude::*;

use super::{
    load::{lacking, use_pack},
    pack_of,
    reference::{ReferenceProps, badge, place, sources, use_sought},
    text::Speaker,
};

/// The page.
#[function_component]
pub fn WrongPage(ReferenceProps { words, id }: &ReferenceProps) -> Html {
    let words = *words;
    let loaded = use_pack::<Wrongs>(Some(pack_of(words, "wrong")));
    use_sought(id.as_ref(), loaded.pack.is_some());
    let Some(pack) = &loaded.pack else {
        return lacking(words, loaded.lack, &loaded.again);
    };
    let speaker = Speaker {
        sources: &pack.sources,
        ..Speaker::plain()
    };
    let entry = |wrong: &Wrong| {
        html! {
            <section key={&*wrong.id} class={classes!((id.as_ref() == Some(&wrong.id)).then_some("sought"))}>
                <h2 id={place(&wrong.id)} tabindex="-1"><q>{ speaker.line(&wrong.printed) }</q></h2>
                { speaker.blocks(&wrong.right) }
                { badge(words, wrong.certainty) }
                { sources(words, &wrong.sources, &pack.sources) }
                <p class="ways">
                    if let Some(run) = &wrong.run {
                        <a class="b" href={format!("#{run}")}>{ words.study_q_run() }</a>
                    }
                    if let Some(lesson) = &wrong.lesson {
                        <a class="b" href={speaker.to_lesson(lesson)}>{ words.study_its_lesson() }</a>
                    }
                </p>
            </section>
        }
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
