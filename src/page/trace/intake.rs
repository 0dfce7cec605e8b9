//! How recorded traffic comes in: a file chosen or dropped, or text pasted.

use web_sys::{DragEvent, HtmlTextAreaElement};
use yew::prelude::*;

use crate::{
    browser::{dom, file},
    language::use_words,
    page::given::GivenFile,
};

/// What files of recorded traffic are called; scenarios are `.json` as well.
const ACCEPTED: &str =
    ".csv,.tsv,.txt,.json,.jsonl,.ndjson,.log,text/csv,text/plain,application/json";

/// What the intake needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct IntakeProps {
    /// Called with what was taken in.
    pub on_take: Callback<GivenFile>,
}

/// A place to choose a file, to drop one, and to paste text.
#[function_component]
pub fn Intake(IntakeProps { on_take }: &IntakeProps) -> Html {
    let words = use_words();
    let paste = use_node_ref();
    let on_file = {
        let on_take = on_take.clone();
        Callback::from(move |event: Event| {
            let chosen = dom::input(&event).map(|input| file::chosen(&input));
            if let Some(file) = chosen.into_iter().flatten().next() {
                on_take.emit(GivenFile::of(file));
            }
        })
    };
    let ondrop = {
        let on_take = on_take.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            event.stop_propagation();
            if let Some(file) = file::dropped(&event).into_iter().next() {
                on_take.emit(GivenFile::of(file));
            }
        })
    };
    let on_paste = {
        let (paste, on_take) = (paste.clone(), on_take.clone());
        Callback::from(move |_: MouseEvent| {
            let area = paste.cast::<HtmlTextAreaElement>();
            let text = area.map(|area| area.value()).unwrap_or_default();
            if let Ok(blob) = file::from_text(&text) {
                on_take.emit(GivenFile {
                    blob,
                    name: String::new(),
                });
            }
        })
    };
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    html! {<>
        <div class="drop" {ondrop} {ondragover}>
            <label class="b" for="trace-file">{ words.trace_choose() }</label>
            <input type="file" id="trace-file" class="unseen" accept={ACCEPTED} onchange={on_file} />
            <span>{ words.trace_drop() }</span>
        </div>
        <div class="paste">
            <label for="trace-paste">{ words.trace_paste() }</label>
            <textarea id="trace-paste" ref={paste} rows="4" spellcheck="false" placeholder={"2026-11-28 20:00,1402\n2026-11-28 20:01,1538"} />
            <button type="button" class="b" onclick={on_paste}>{ words.trace_read() }</button>
        </div>
    </>}
}
