//! Dialog: recorded traffic, chosen, dropped or pasted. What the file does not say is asked, each answer with the first rows as it
//! reads them; every choice shows what is in force and can be changed at any time; and it says what it makes.
//!
//! [`intake`] takes a file in, [`job`] reads it in slices, [`mod@questions`] asks, [`settings`] shows what is in force, [`report`] tells what
//! came of it. What a file means is decided by `scenario::trace` alone, which puts it into the scenario, too.

mod intake;
mod job;
mod questions;
mod report;
mod select;
mod settings;

use std::rc::Rc;

use scenario::{
    document::Scenario,
    time::Zone,
    trace::{Choices, TraceDestination, with_trace},
};
use words::Words;
use yew::prelude::*;

use self::{
    intake::Intake,
    job::{Done, Stage, use_job},
    questions::questions,
    report::Report,
    settings::Settings,
};
use super::{check_box::check_box, given::GivenFile, modal::Modal, recognised};
use crate::{browser::intl, language::use_words, state::is_automatic};

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TraceProps {
    /// The scenario that the trace goes into.
    pub scenario: Rc<Scenario>,
    /// A file that was dropped on the page.
    pub dropped: Option<GivenFile>,
    /// Called with the scenario that has the trace.
    pub on_change: Callback<Rc<Scenario>>,
    /// Called with a file that is a document of AWS's.
    pub on_import: Callback<GivenFile>,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// Returns where the trace goes: zones that its times may be of, the browser's and UTC first.
fn place(scenario: &Scenario) -> TraceDestination {
    let mut zones = Vec::new();
    for zone in intl::time_zone()
        .into_iter()
        .chain(["UTC".to_owned(), scenario.time_zone.clone()])
    {
        if !zones.contains(&zone) && Zone::find(&zone).is_some() {
            zones.push(zone);
        }
    }
    TraceDestination {
        zone: Zone::find(&scenario.time_zone).unwrap_or_else(Zone::utc),
        zones,
    }
}

/// Returns the title of a scenario whose demand is this recording and nothing else.
fn title_of(words: Words, recording: &str) -> String {
    match recording.trim() {
        "" => words.scenario_untitled().to_owned(),
        name => name.to_owned(),
    }
}

/// The dialog.
#[function_component]
pub fn TraceDialog(props: &TraceProps) -> Html {
    let words = use_words();
    let TraceProps {
        scenario,
        on_change,
        on_close,
        ..
    } = props;
    let recording = use_state(|| props.dropped.clone());
    // Answers belong to one file: the next begins without any.
    let choices = use_state(Choices::default);
    let replace = use_state(|| true);
    let days = use_state(|| true);
    let place = use_memo(Rc::clone(scenario), |scenario| place(scenario));
    let stage = use_job((*recording).clone(), (*choices).clone(), (*place).clone());

    let on_take = {
        let (recording, choices) = (recording.clone(), choices.clone());
        let on_import = props.on_import.clone();
        Callback::from(move |taken: GivenFile| {
            let (recording, choices) = (recording.setter(), choices.setter());
            let on_import = on_import.clone();
            wasm_bindgen_futures::spawn_local(async move {
                if recognised::is_document(&taken, words.lang, false).await {
                    on_import.emit(taken);
                } else {
                    choices.set(Choices::default());
                    recording.set(Some(taken));
                }
            });
        })
    };
    let on_cancel = {
        let recording = recording.clone();
        Callback::from(move |_: MouseEvent| recording.set(None))
    };
    let on_choices = choices.setter().to_callback();

    let result = match &stage {
        Stage::Waiting => Html::default(),
        Stage::Unreadable => html! { <p class="err">{ words.file_refused() }</p> },
        Stage::Refused(problem) => {
            html! { <p class="errs" role="alert">{ words.trace_problem(problem) }</p> }
        }
        Stage::Reading { share, .. } => html! {
            <div class="reading">
                <label for="trace-progress">{ words.trace_reading(&words.percent(*share, 0)) }</label>
                <progress id="trace-progress" max="1" value={share.to_string()}></progress>
                <button type="button" class="b" onclick={on_cancel}>{ words.cancel() }</button>
            </div>
        },
        Stage::Done(Done { reading, busy, .. }) => {
            let use_it = reading.summary.as_ref().map(|made| {
                let (scenario, on_change, on_close) =
                    (Rc::clone(scenario), on_change.clone(), on_close.clone());
                let name = recording.as_ref().map(GivenFile::stem).unwrap_or_default();
                let (trace, replace, days) = (made.trace.clone(), *replace, *days);
                Callback::from(move |_: MouseEvent| {
                    let (trace, name) = (trace.clone(), name.clone());
                    let mut changed = with_trace(&scenario, trace, name.clone(), replace, days);
                    if replace && is_automatic(words, &scenario.name) {
                        changed.name = title_of(words, &name);
                    }
                    on_change.emit(Rc::new(changed));
                    on_close.emit(());
                })
            });
            let settings = Settings {
                words,
                reading,
                choices: &choices,
                zones: &place.zones,
                on_choices: &on_choices,
            };
            html! {
                <div class="read" aria-busy={busy.to_string()}>
                    <Report reading={Rc::clone(reading)} zone={place.zone.clone()} />
                    { questions(words, reading, &choices, &on_choices) }
                    { settings.all() }
                    if let Some(onclick) = use_it {
                        <div class="f">{ check_box("trace-replace", words.trace_replace(), *replace, replace.setter()) }</div>
                        <div class="f">{ check_box("trace-days", words.trace_days(), *days, days.setter()) }</div>
                        <p class="row"><button type="button" class="b p" disabled={*busy} {onclick}>{ words.trace_use() }</button></p>
                    }
                </div>
            }
        }
    };
    html! {
        <Modal title={words.trace_title()} wide=true on_close={on_close}>
            <p>{ words.trace_about() }</p>
            <Intake {on_take} />
            { result }
        </Modal>
    }
}
