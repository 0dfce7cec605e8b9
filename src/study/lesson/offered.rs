//! What a lesson offers to others: its link, with the setting that the reader sees, and the code of a frame. And in a frame the way
//! to the whole page.

use study::address::{Address, LessonAddress};
use words::Words;
use yew::prelude::*;

use crate::{
    browser::location,
    page::{
        embed::{EmbedCode, Embeds},
        header::logo,
        modal::Modal,
        share::Copyable,
    },
    study::parts::button,
};

/// Which dialog is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Share,
    Embed,
}

/// What is offered.
#[derive(Clone, PartialEq, Properties)]
pub struct OfferedProps {
    /// Language.
    pub words: Words,
    /// The lesson's title.
    pub title: AttrValue,
    /// The lesson, with the setting that the reader sees.
    pub lesson: LessonAddress,
}

/// The ways to both dialogs, and the one that is open.
#[function_component]
pub fn Offered(
    OfferedProps {
        words,
        title,
        lesson,
    }: &OfferedProps,
) -> Html {
    let open = use_state_eq(|| None::<Open>);
    let to = |to: Option<Open>| {
        let open = open.setter();
        Callback::from(move |()| open.set(to))
    };
    let base = location::base();
    let dialog = match *open {
        Some(Open::Share) => {
            let link = format!("{base}#{}", Address::Lesson(lesson.clone()));
            html! {
                <Modal title={words.header_share()} on_close={to(None)}>
                    <p>{ words.study_share_about() }</p>
                    <Copyable id="share-link" label={words.study_share_link()} text={link} />
                    <p class="row">{ button("b", words.header_embed(), to(Some(Open::Embed)).reform(|_: MouseEvent| ())) }</p>
                </Modal>
            }
        }
        Some(Open::Embed) => html! {
            <Modal title={words.embed_title()} on_close={to(None)}>
                <p>{ words.study_embed_about() }</p>
                <EmbedCode {base} of={Embeds::Lesson(lesson.clone())} {title} />
            </Modal>
        },
        None => Html::default(),
    };
    html! {
        <div class="offered">
            { button("b", words.header_share(), to(Some(Open::Share)).reform(|_: MouseEvent| ())) }
            { button("b", words.header_embed(), to(Some(Open::Embed)).reform(|_: MouseEvent| ())) }
            { dialog }
        </div>
    }
}

/// Returns, in a frame, the way to the whole page: a new tab, or, where the frame may open none, here.
pub fn way_out(words: Words, title: String, lesson: LessonAddress) -> Html {
    let hash = Address::Lesson(lesson).to_string();
    let href = format!("{}#{hash}", location::base());
    let onclick = {
        let href = href.clone();
        move |event: MouseEvent| {
            event.prevent_default();
            if location::open_tab(&href).is_err() {
                // Where even this is refused, nothing can be opened at all.
                let _ = location::go(&hash);
            }
        }
    };
    html! {
        <footer class="full">
            <a {href} target="_blank" {onclick}>{ logo() }<b>{ title }</b>{ words.embed_open_full() }</a>
        </footer>
    }
}
