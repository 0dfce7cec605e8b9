//! The page as a whole: what was typed on one side, what follows from it on the other, and the dialogs. It decides nothing itself.
//!
//! What a person does is an action; the reducer makes a new state of it ([`State`]), and the page is made of that. What a state
//! results in, [`Workbench`] finds out.

mod colours;
mod evaluation;
mod files;
mod frame;
mod window;
mod workbench;

use std::rc::Rc;

use scenario::{document::Scenario, presets};
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, File};
use words::{Words, is_installed};
use yew::prelude::*;

pub use self::evaluation::Stage;
use self::{
    colours::use_colours,
    window::{undo_or_redo, use_window_event},
    workbench::Workbench,
};
use crate::{
    boot::{Boot, open},
    browser::{dom, file, location, storage},
    language::{self, use_language},
    link::Mode,
    page::{
        dialogs::Dialog,
        header::Header,
        notice::{Notice, notice_bar},
        suggestions::Suggestions,
    },
    state::{Action, State, Theme},
    sync::Sync,
};

/// The whole page.
#[function_component]
pub fn App(boot: &Boot) -> Html {
    let state = use_reducer(|| boot.state.clone());
    let mode = use_state_eq(|| boot.mode);
    let sync = use_memo((), |()| Sync::new());
    // A frame looks as its link says, whatever this person chose elsewhere.
    let looks = mode.embedded().unwrap_or_default();
    let lang = looks.lang.filter(|lang| is_installed(*lang));
    let words = use_language(lang.unwrap_or(state.view.lang));
    let colours = use_colours(match looks.theme {
        Theme::Auto => state.view.theme,
        theme => theme,
    });
    let on = use_callback(state.dispatcher(), |action, state| {
        act(action, state);
    });
    let unnamed = *use_memo((Rc::clone(state.scenario()), words), |(scenario, words)| {
        unnamed(scenario, *words)
    });
    let name = &state.scenario().name;
    let title = AttrValue::from(match name.trim() {
        "" => unnamed.to_owned(),
        _ => name.clone(),
    });
    use_effect_with((title.clone(), words), |(title, words)| {
        dom::set_title(&format!("{title} · {}", words.app_name()));
    });
    // Not as an effect: where a rendering takes longer than a frame, effects come in a later task, and the page may be gone by then.
    sync.later(state.scenario(), *mode);

    let on_open = {
        let sync = Rc::clone(&sync);
        use_callback(on.clone(), move |scenario, on| {
            sync.enter();
            on.emit(Action::Open(scenario));
        })
    };
    let on_file = use_callback(
        (*mode, on.clone(), on_open.clone()),
        |file: File, (mode, on, on_open)| files::take_in(file, *mode != Mode::Page, on, on_open),
    );
    let on_save = use_callback(
        (Rc::clone(state.scenario()), title.clone(), on.clone()),
        |(), (scenario, title, on)| files::save(scenario, title, on),
    );
    let on_key = use_callback(on.clone(), |event: Event, on| {
        if let Some(action) = undo_or_redo(&event) {
            event.prevent_default();
            on.emit(action);
        }
    });
    let on_drop = use_callback(on_file.clone(), |event: Event, on_file| {
        if let Some(file) = event.dyn_ref::<DragEvent>().and_then(file::dropped) {
            event.prevent_default();
            on_file.emit(file);
        }
    });
    let on_address = {
        let mode = mode.setter();
        use_callback(on.clone(), move |_: Event, on| {
            let hash = location::hash();
            sync.look(&hash);
            match open(&hash) {
                (to, Some(Ok(scenario))) => {
                    mode.set(to);
                    on.emit(Action::Open(Rc::new(scenario)));
                }
                (_, Some(Err(error))) => on.emit(Action::Notice(Some(Notice::Link(error)))),
                (to, None) => mode.set(to),
            }
        })
    };
    let stays = use_callback((), |event: Event, ()| event.prevent_default());
    use_window_event("keydown", on_key);
    use_window_event("drop", on_drop);
    use_window_event("dragover", stays.clone());
    use_window_event("submit", stays);
    use_window_event("hashchange", on_address);

    let workbench = html! {
        <Workbench now={state.now().clone()} view={state.view.clone()} mode={*mode} title={&title} {words} {colours} on={&on} />
    };
    html! {
        <ContextProvider<Words> context={words}>
            if *mode == Mode::Page {
                <div class="page">
                    <Header name={name.clone()} {unnamed} theme={state.view.theme} can_undo={state.history.can_undo()}
                        can_redo={state.history.can_redo()} on={&on} {on_file} on_save={&on_save} />
                    { notice_bar(words, state.view.notice.as_ref(), &on) }
                    { workbench }
                    <div class="dialogs">
                        if let Some(panel) = state.view.panel {
                            <Dialog {panel} scenario={state.scenario()} {title} dropped={state.view.dropped.clone()} {on} {on_open}
                                {on_save} />
                        }
                    </div>
                    <div hidden=true>
                        if state.view.suggests {
                            <Suggestions />
                        }
                    </div>
                </div>
            } else {
                { workbench }
            }
        </ContextProvider<Words>>
    }
}

/// Does what a person does, and keeps what is to be found again at the next visit.
fn act(action: Action, state: &UseReducerDispatcher<State>) {
    match action {
        Action::Lang(lang) => language::choose(lang, state.to_callback()),
        Action::Theme(theme) => {
            // Refused: the choice holds until the page goes.
            let _ = storage::write(storage::THEME, theme.name());
            state.dispatch(Action::Theme(theme));
        }
        action => state.dispatch(action),
    }
}

/// Returns what a scenario without a name is called: as its preset, where it is one.
fn unnamed(scenario: &Scenario, words: Words) -> &'static str {
    if !scenario.name.trim().is_empty() {
        return words.scenario_untitled();
    }
    presets::of(scenario).map_or(words.scenario_untitled(), |preset| {
        words.preset_name(preset.id)
    })
}
