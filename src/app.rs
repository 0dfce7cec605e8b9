//! The page as a whole: what was typed on one side, what follows from it on the other, and the dialogs. It decides nothing itself.
//!
//! What a person does is an action; the reducer makes a new state of it ([`State`]), and the page is made of that. What a state
//! results in, [`Workbench`] finds out.

mod beside;
mod colours;
mod evaluation;
mod files;
mod frame;
mod study_part;
mod window;
mod workbench;

use std::rc::Rc;

use study::address::Address;
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, File};
use words::{Words, is_installed};
use yew::prelude::*;

pub use self::beside::BesideRun;
pub use self::evaluation::{Evaluation, Listeners, Stage};
pub use self::window::use_window_event;
use self::{
    colours::use_colours, study_part::StudyPart, window::undo_or_redo, workbench::Workbench,
};
use crate::{
    boot::{Boot, open},
    browser::{dom, file, location, storage},
    kept,
    language::{self, use_language},
    link::{self, Mode},
    page::{
        Panel, dialogs::Dialog, focus::use_focus_after, header::Header, notice::notice_bar,
        start::FIRST_FIELD, suggestions::Suggestions, unopened::unopened, whose::whose_line,
    },
    state::{Action, Snapshot, State, Theme, Whose},
    sync::{Shown, Sync},
};

/// The whole page.
#[function_component]
pub fn App(boot: &Boot) -> Html {
    let state = use_reducer(|| boot.state.clone());
    let mode = use_state_eq(|| boot.mode);
    // Where the study aid stands in place of the scenario.
    let place = use_state_eq(|| boot.place.clone());
    let sync = {
        let state = state.dispatcher();
        use_memo((), |()| {
            let on_notice = move |notice| state.dispatch(Action::Notice(Some(notice)));
            Sync::new(Callback::from(on_notice))
        })
    };
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
    let unnamed = unnamed(state.now(), words);
    let name = &state.scenario().name;
    let title = AttrValue::from(match name.trim() {
        "" => unnamed.to_owned(),
        _ => name.clone(),
    });
    let is_studied = place.is_some();
    let is_open = state.unopened.is_none() && !is_studied;
    use_focus_after(!is_open);
    use_effect_with(
        (is_open.then(|| title.clone()), words, is_studied),
        |(title, words, is_studied)| match title {
            Some(title) => dom::set_title(&format!("{title} · {}", words.app_name())),
            // The study aid says what it shows.
            None if *is_studied => {}
            None => dom::set_title(words.app_name()),
        },
    );
    // Not as an effect: where a rendering takes longer than a frame, effects come in a later task, and the page may be gone by then.
    if is_open {
        let shown = Shown {
            scenario: Rc::clone(state.scenario()),
            pinned: Rc::clone(&state.pinned),
            whose: state.now().whose,
            mode: *mode,
        };
        sync.later(shown, state.undone());
    }
    // The list shows what is kept: what was typed just before is in it.
    if state.view.panel == Some(Panel::Scenarios) {
        sync.now();
    }

    // One from scratch begins with its demand; others have no such field.
    use_effect_with(state.view.begun, |begun| {
        if *begun > 0 {
            dom::focus_field(FIRST_FIELD);
        }
    });

    // Back from the study aid to the scenario, as a new entry of the history.
    let on_back = {
        let (sync, place) = (Rc::clone(&sync), place.setter());
        use_callback((), move |(), ()| {
            sync.enter();
            place.set(None);
        })
    };
    let on_open = use_callback(
        (on.clone(), on_back.clone()),
        |opens: Action, (on, on_back)| {
            on_back.emit(());
            on.emit(opens);
        },
    );
    let on_files = use_callback(
        (*mode, words.lang, on.clone(), on_open.clone()),
        |given: Vec<File>, (mode, lang, on, on_open)| {
            files::take_in(given, *lang, *mode != Mode::Page, on, on_open);
        },
    );
    let on_save = use_callback(
        (Rc::clone(state.scenario()), title.clone(), on.clone()),
        |(), (scenario, title, on)| files::save(scenario, title, on),
    );
    let on_key = use_callback(
        (on.clone(), is_studied),
        |event: Event, (on, is_studied)| {
            // Of a scenario that is not seen nothing is undone.
            if let Some(action) = undo_or_redo(&event).filter(|_| !is_studied) {
                event.prevent_default();
                on.emit(action);
            }
        },
    );
    let on_drop = use_callback(
        (on_files.clone(), on_back.clone(), is_studied),
        |event: Event, (on_files, on_back, is_studied)| {
            let dropped = event.dyn_ref::<DragEvent>().map(file::dropped);
            if let Some(files) = dropped.filter(|files| !files.is_empty()) {
                event.prevent_default();
                // What is dropped may become a part of the scenario.
                if *is_studied {
                    on_back.emit(());
                }
                on_files.emit(files);
            }
        },
    );
    let on_place = {
        let (sync, place) = (Rc::clone(&sync), place.setter());
        use_callback((), move |at: Address, ()| {
            sync.put(&at.to_string());
            place.set(Some(at));
        })
    };
    let on_study = {
        let sync = Rc::clone(&sync);
        use_callback((), move |(), ()| sync.now())
    };
    let on_address = {
        let (mode, place) = (mode.setter(), place.setter());
        use_callback(on.clone(), move |_: Event, on| {
            let hash = location::hash();
            if let Some(at) = Address::parse(&hash) {
                sync.leave(&hash);
                mode.set(link::mode_of(&at));
                place.set(Some(at));
                return;
            }
            sync.look(&hash);
            place.set(None);
            if sync.is_back(&hash) {
                mode.set(Mode::Page);
                return;
            }
            match open(&hash) {
                (to, Some(Ok(opened))) => {
                    mode.set(to);
                    on.emit(Action::OpenTogether(
                        opened.scenario,
                        opened.whose,
                        opened.pinned,
                    ));
                }
                (to, Some(Err(error))) => {
                    mode.set(to);
                    on.emit(Action::Unopened(Some(error)));
                }
                (to, None) => {
                    mode.set(to);
                    on.emit(Action::Unopened(None));
                }
            }
        })
    };
    let on_kept = use_callback(on.clone(), |_: Event, on| {
        on.emit(Action::Kept(kept::titles(&storage::Device)));
    });
    let stays = use_callback((), |event: Event, ()| event.prevent_default());
    use_window_event("keydown", on_key);
    use_window_event("drop", on_drop);
    use_window_event("dragover", stays.clone());
    use_window_event("submit", stays);
    use_window_event("hashchange", on_address);
    // Another page has kept something.
    use_window_event("storage", on_kept);

    let is_frame = *mode != Mode::Page;
    let line = (state.line()).filter(|_| is_open && !dom::is_framed());
    use_focus_after(line.is_some());
    use_focus_after(state.view.notice.is_some());
    let line = line.map(|line| whose_line(words, line, &state, &title, &on, &on_open));
    let content = if let Some(at) = &*place {
        html! {
            <StudyPart at={at.clone()} {words} {colours} on_place={&on_place} on_open={&on_open} />
        }
    } else if let Some(error) = &state.unopened {
        let has_own = (!is_frame).then_some(!state.own.titles.is_empty());
        unopened(words, error, has_own, &on, &on_open)
    } else {
        html! {
            <Workbench now={state.now().clone()} pinned={Rc::clone(&state.pinned)} view={state.view.clone()} mode={*mode} title={&title}
                lesson={state.lesson()} {words} {colours} on={&on} />
        }
    };
    html! {
        <ContextProvider<Words> context={words}>
            if is_frame {
                { content }
            } else {
                <div class="page">
                    <Header name={is_open.then(|| name.clone())} back_to={is_studied.then(|| title.clone())} {unnamed} theme={state.view.theme} can_undo={state.history.can_undo()}
                        can_redo={state.history.can_redo()} on={&on} on_files={&on_files} on_save={&on_save} on_back={&on_back} on_study={&on_study} />
                    { line.unwrap_or_default() }
                    { notice_bar(words, state.view.notice.as_ref(), &on) }
                    { content }
                    <div class="dialogs">
                        if let Some(panel) = state.view.panel {
                            <Dialog {panel} now={state.now().clone()} pinned={Rc::clone(&state.pinned)} {title} own={state.own.titles.clone()}
                                dropped={state.view.dropped.clone()} documents={Rc::clone(&state.view.documents)} {on} {on_open} {on_files} {on_save} />
                        }
                    </div>
                    <div hidden=true>
                        if state.view.suggests {
                            <Suggestions />
                        }
                    </div>
                </div>
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
        Action::HideLine => {
            // Refused: it is hidden until the page goes.
            let _ = storage::write(storage::GREETED, "1");
            state.dispatch(Action::HideLine);
        }
        action => state.dispatch(action),
    }
}

/// Returns what a scenario without a name is called: as the shipped one that it is.
fn unnamed(now: &Snapshot, words: Words) -> &'static str {
    match now.whose {
        Whose::Shipped(preset) => words.preset_name(preset.id),
        Whose::Own(_) | Whose::Other => words.scenario_untitled(),
    }
}
