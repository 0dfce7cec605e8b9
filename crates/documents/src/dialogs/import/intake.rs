//! How documents come in: files chosen or dropped, several at once, or text pasted, such as all that a terminal showed; and the
//! commands that print them.

use documents::commands;
use web_sys::{DragEvent, File, HtmlTextAreaElement};
use widgets::{copyable::Copyable, dom, file, given::GivenFile, use_words};
use yew::prelude::*;

/// Id of the input that chooses files.
pub const INTAKE: &str = "import-file";

/// What the intake needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct IntakeProps {
    /// Called with what was taken in.
    pub on_take: Callback<Vec<GivenFile>>,
}

/// A place to choose files, to drop some, and to paste text.
#[function_component]
pub fn Intake(IntakeProps { on_take }: &IntakeProps) -> Html {
    let words = use_words();
    let paste = use_node_ref();
    let given = |files: Vec<File>| files.into_iter().map(GivenFile::of).collect::<Vec<_>>();
    let on_files = on_take.reform(move |event: Event| {
        let input = dom::input(&event);
        given(input.map(|input| file::chosen(&input)).unwrap_or_default())
    });
    let ondrop = on_take.reform(move |event: DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        given(file::dropped(&event))
    });
    let on_paste = {
        let (paste, on_take) = (paste.clone(), on_take.clone());
        Callback::from(move |_: MouseEvent| {
            let area = paste.cast::<HtmlTextAreaElement>();
            let text = area.map(|area| area.value()).unwrap_or_default();
            if !text.trim().is_empty()
                && let Ok(blob) = file::from_text(&text)
            {
                let name = String::new();
                on_take.emit(vec![GivenFile { blob, name }]);
            }
        })
    };
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    html! {<>
        <div class="drop" {ondrop} {ondragover}>
            <label class="b" for={INTAKE}>{ words.importing_choose() }</label>
            <input type="file" id={INTAKE} class="unseen" multiple=true onchange={on_files} />
            <span>{ words.importing_drop() }</span>
        </div>
        <div class="paste">
            <label for="import-paste">{ words.importing_paste() }</label>
            <textarea id="import-paste" ref={paste} rows="4" spellcheck="false" placeholder={"{ \"ScalingPolicies\": [ … ] }"} />
            <button type="button" class="b" onclick={on_paste}>{ words.importing_read() }</button>
        </div>
    </>}
}

/// What the commands need.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CommandsProps {
    /// Whether the scenario that is open is of a group: its commands are shown first.
    pub is_group: bool,
}

/// The read-only commands that print what is read, of an endpoint or a group.
#[function_component]
pub fn Commands(CommandsProps { is_group }: &CommandsProps) -> Html {
    let words = use_words();
    let of_group = use_state_eq(|| *is_group);
    let text = commands(*of_group);
    let choice = |id: &'static str, label: &'static str, is_group: bool| {
        let of_group = of_group.clone();
        html! {
            <span class="c">
                <input type="radio" {id} name="import-of" checked={*of_group == is_group} onchange={move |_: Event| of_group.set(is_group)} />
                <label for={id}>{ label }</label>
            </span>
        }
    };
    html! {
        <details class="commands">
            <summary>{ words.importing_commands() }</summary>
            <div class="row" role="radiogroup" aria-label={words.importing_commands_of()}>
                { choice("import-of-endpoint", words.importing_of_endpoint(), false) }
                { choice("import-of-group", words.importing_of_group(), true) }
            </div>
            <Copyable id="import-commands" label={words.importing_commands_about()} {text} rows="10" />
        </details>
    }
}
