//! The shell: what was typed on one side, what follows on the other, and the dialogs. It decides nothing itself.

use std::{cell::Cell, rc::Rc};

use engine::advice::Change;
use gloo::events::{EventListener, EventListenerOptions};
use scenario::{document::Scenario, file, link::encode, presets};
use wasm_bindgen::JsCast as _;
use web_sys::{Blob, DragEvent, HtmlInputElement, KeyboardEvent};
use words::Words;
use yew::prelude::*;

use crate::{
    advice::use_advice,
    apply::apply,
    boot::{Boot, boot, open},
    browser::{dom, file as files, intl, location, media, storage},
    errors::errors,
    form::{Form, Shown},
    link::Mode,
    outcome::{self, Outcome},
    page::{
        Panel,
        embed::Embed,
        header::{Header, logo},
        learn::Learn,
        notice::{Notice, notice},
        picker::Picker,
        problems::problems,
        scenarios::Scenarios,
        share::Share,
        suggestions::Suggestions,
        trace::{Source, TraceDialog},
    },
    same::Same,
    state::{Action, State, Theme},
    sync::use_sync,
    view::ResultView,
};

/// The whole page.
#[function_component]
pub fn App() -> Html {
    let begun: Rc<Boot> = use_memo((), |()| boot());
    let state: UseReducerHandle<State> = {
        let begun = Rc::clone(&begun);
        use_reducer(move || begun.state.clone())
    };
    let mode = {
        let begun = Rc::clone(&begun);
        use_state(move || begun.mode)
    };
    let told = {
        let begun = Rc::clone(&begun);
        use_state(move || begun.notice.clone())
    };
    let panel = use_state(|| None::<Panel>);
    let dropped = use_state(|| None::<Source>);
    let new_entry = use_memo((), |()| Cell::new(false));

    let words = *use_memo(state.lang, |lang| Words {
        lang: *lang,
        format: intl::number_format(*lang),
    });
    let on = use_callback((), {
        let dispatcher = state.dispatcher();
        move |action: Action, ()| dispatcher.dispatch(action)
    });

    // What follows from what was typed.
    let scenario = Rc::clone(&state.now.scenario);
    let good = use_mut_ref(|| None::<Rc<Outcome>>);
    let result = use_memo(Same::of(&scenario), |Same(scenario)| outcome::of(scenario));
    if let Ok(outcome) = &*result {
        *good.borrow_mut() = Some(Rc::clone(outcome));
    }
    let outcome = good.borrow().clone();
    let wrong = {
        let unread = Rc::clone(&state.now.unread);
        use_memo((Same::of(&unread), Same::of(&result), words), |_| {
            errors(
                words,
                &unread,
                result
                    .as_ref()
                    .as_ref()
                    .err()
                    .map_or(&[], |problems| &**problems),
            )
        })
    };
    let stale = !wrong.is_empty();
    let found = use_advice(outcome.clone());

    use_sync(&scenario, *mode, &new_entry);
    let epoch = use_theme(state.theme);
    use_effect_with((state.lang, state.theme), {
        let begun = Rc::clone(&begun);
        move |(lang, theme)| {
            dom::set_root("lang", lang.tag());
            // Refused: the choice holds until the page goes.
            if *lang != begun.state.lang {
                let _ = storage::write(storage::LANG, lang.tag());
            }
            if *theme != begun.state.theme {
                let _ = storage::write(storage::THEME, theme.name());
            }
        }
    });
    use_keys(&on);
    use_links(&on, &mode, &told);

    let unnamed = use_memo((Same::of(&scenario), words), |(scenario, words)| {
        unnamed(*words, &scenario.0)
    });
    let title = if scenario.name.trim().is_empty() {
        (*unnamed).to_owned()
    } else {
        scenario.name.clone()
    };
    use_effect_with((title.clone(), words), |(title, words)| {
        dom::set_title(&format!("{title} · {}", words.app_name()));
    });

    let on_panel = {
        let panel = panel.clone();
        use_callback((), move |to: Panel, ()| panel.set(Some(to)))
    };
    let on_close = {
        let (panel, dropped) = (panel.clone(), dropped.clone());
        use_callback((), move |(): (), ()| {
            panel.set(None);
            dropped.set(None);
        })
    };
    let on_open = {
        let (on, new_entry, told) = (on.clone(), Rc::clone(&new_entry), told.clone());
        use_callback((), move |scenario: Rc<Scenario>, ()| {
            new_entry.set(true);
            told.set(None);
            on.emit(Action::Open(scenario));
        })
    };
    let on_change = on.reform(Action::Change);
    let on_cursor = use_callback(on.clone(), |cursor_s: Option<f64>, on| {
        on.emit(Action::Cursor(cursor_s))
    });
    let on_window = use_callback(on.clone(), |window_s: (f64, f64), on| {
        on.emit(Action::Window(Some(window_s)))
    });
    let on_apply = {
        let good = Rc::clone(&good);
        use_callback(
            (Same::of(&scenario), words, on.clone()),
            move |change: Change, (scenario, words, on)| {
                if let Some(outcome) = &*good.borrow() {
                    let changed = apply(
                        &scenario.0,
                        &outcome.compiled,
                        change,
                        words.schedule_title(),
                    );
                    on.emit(Action::Change(Rc::new(changed)));
                }
            },
        )
    };
    let read_file = {
        let (on_open, told) = (on_open.clone(), told.clone());
        Callback::from(move |blob: Blob| {
            let (on_open, told) = (on_open.clone(), told.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match files::text(&blob).await.map(|text| file::from_json(&text)) {
                    Ok(Ok(scenario)) => on_open.emit(Rc::new(scenario)),
                    Ok(Err(error)) => told.set(Some(Notice::File(error))),
                    Err(_) => told.set(Some(Notice::Refused)),
                }
            });
        })
    };
    let on_file = {
        let read_file = read_file.clone();
        use_callback((), move |input: HtmlInputElement, ()| {
            if let Some(chosen) = files::chosen(&input) {
                read_file.emit(chosen.into());
            }
        })
    };
    let on_save = {
        let (told, title) = (told.clone(), title.clone());
        use_callback(Same::of(&scenario), move |(): (), Same(scenario)| {
            let name = format!("{}.headroom.json", files::safe_name(&title));
            if files::download(&name, "application/json", &file::to_json(scenario)).is_err() {
                told.set(Some(Notice::Refused));
            }
        })
    };
    let ondrop = {
        let (panel, dropped) = (panel.clone(), dropped.clone());
        Callback::from(move |event: DragEvent| {
            let Some(file) = files::dropped(&event) else {
                return;
            };
            event.prevent_default();
            if file.name().ends_with(".json") {
                read_file.emit(file.into());
            } else {
                dropped.set(Some(Source::of(file)));
                panel.set(Some(Panel::Trace));
            }
        })
    };
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    let dismiss = {
        let told = told.clone();
        Callback::from(move |_: MouseEvent| told.set(None))
    };

    let length_s = outcome
        .as_ref()
        .map_or(0.0, |outcome| f64::from(outcome.compiled.plan.length_s));
    let embed = matches!(*mode, Mode::Embed { .. });
    let result = match outcome.clone() {
        Some(outcome) => html! {
            <ResultView {outcome} {stale} {words} scenario={Rc::clone(&scenario)} advice={found.advice} advice_done={found.done}
                cursor_s={state.cursor_s} {on_cursor} window_s={state.window_s.unwrap_or((0.0, length_s))} {on_window} {on_apply}
                theme_epoch={epoch} {embed} />
        },
        None => html! { <div class="card nothing"><p>{ words.result_nothing() }</p></div> },
    };
    if let Mode::Embed { charts_only } = *mode {
        return html! {
            <main class={classes!("embed", charts_only.then_some("charts-only"))}>
                { notice(words, told.as_ref(), dismiss) }
                <section id="result" aria-label={words.result_label()}>{ result }</section>
                { full_page(words, &title) }
            </main>
        };
    }

    let shown = Shown {
        now: state.now.clone(),
        outcome,
        errors: Rc::clone(&wrong),
        words,
        on: on.clone(),
    };
    let payload = || encode(&scenario).ok().map(AttrValue::from);
    let dialog = match *panel {
        None => Html::default(),
        Some(Panel::Scenarios) => html! { <Scenarios {words} {on_open} {on_close} /> },
        Some(Panel::Learn) => html! { <Learn {words} {on_close} /> },
        Some(Panel::Share) => html! {
            <Share {words} link={payload().map(|payload| AttrValue::from(format!("{}#{payload}", location::base())))}
                on_save={on_save.clone()} on_embed={on_panel.reform(|()| Panel::Embed)} {on_close} />
        },
        Some(Panel::Embed) => html! {
            <Embed {words} base={location::base()} payload={payload()} {title} {on_close} />
        },
        Some(Panel::Picker) => {
            html! { <Picker {words} scenario={Rc::clone(&scenario)} {on_change} {on_close} /> }
        }
        Some(Panel::Trace) => html! {
            <TraceDialog {words} scenario={Rc::clone(&scenario)} dropped={(*dropped).clone()} {on_change} {on_close} />
        },
    };
    html! {
        <div class="page" {ondrop} {ondragover}>
            <Header {words} theme={state.theme} name={scenario.name.clone()} unnamed={*unnamed} can_undo={state.can_undo()}
                can_redo={state.can_redo()} {on} on_panel={on_panel.clone()} {on_file} {on_save} />
            { notice(words, told.as_ref(), dismiss) }
            <main>
                <form aria-label={words.form_label()} onsubmit={Callback::from(|event: SubmitEvent| event.prevent_default())}>
                    { problems(words, &wrong) }
                    <Form {shown} {on_panel} />
                </form>
                <section id="result" tabindex="-1" aria-label={words.result_label()}>{ result }</section>
            </main>
            <div class="dialogs">{ dialog }</div>
            <Suggestions />
        </div>
    }
}

/// What a scenario without a name is called: as its preset, where it is one.
fn unnamed(words: Words, scenario: &Scenario) -> &'static str {
    if !scenario.name.trim().is_empty() {
        return words.scenario_untitled();
    }
    presets::of(scenario).map_or(words.scenario_untitled(), |preset| {
        words.preset_name(preset.id)
    })
}

/// The way from a frame to the whole page: a new tab, or, where the frame may open none, here.
fn full_page(words: Words, title: &str) -> Html {
    let hash = location::hash();
    let payload = crate::link::split(&hash).1.to_owned();
    let href = format!("{}#{payload}", location::base());
    let onclick = {
        let href = href.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            if location::open_tab(&href).is_err() {
                // Where even this is refused, nothing can be opened at all.
                let _ = location::go(&payload);
            }
        })
    };
    html! {
        <footer class="full"><a {href} target="_blank" {onclick}>{ logo() }<b>{ title.to_owned() }</b>{ words.embed_open_full() }</a></footer>
    }
}

/// Dresses the page; answers how often its colours have changed.
#[hook]
fn use_theme(theme: Theme) -> u32 {
    let dark = use_state(media::prefers_dark);
    let epoch = use_state(|| 0_u32);
    {
        let dark = dark.clone();
        use_effect_with((), move |()| {
            let listener = media::watch_dark(move |is| dark.set(is));
            move || drop(listener)
        });
    }
    {
        let epoch = epoch.clone();
        use_effect_with((theme, *dark), move |(theme, dark)| {
            if dom::set_root("data-theme", theme.colours(*dark)) {
                epoch.set(*epoch + 1);
            }
        });
    }
    *epoch
}

/// Undo and redo by keys, outside of texts.
#[hook]
fn use_keys(on: &Callback<Action>) {
    use_effect_with(on.clone(), |on| {
        let on = on.clone();
        let listener = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
                let action = match (&*event.key().to_lowercase(), event.shift_key()) {
                    ("z", false) => Action::Undo,
                    ("z", true) | ("y", false) => Action::Redo,
                    _ => return,
                };
                if command && !dom::is_typing() {
                    event.prevent_default();
                    on.emit(action);
                }
            })
        });
        move || drop(listener)
    });
}

/// Opens what the address bar says when somebody else changes it: back, forward, a link pasted.
#[hook]
fn use_links(
    on: &Callback<Action>,
    mode: &UseStateHandle<Mode>,
    told: &UseStateHandle<Option<Notice>>,
) {
    let (on, mode, told) = (on.clone(), mode.clone(), told.clone());
    use_effect_with((), move |()| {
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| {
                let (shown, opened) = open(&location::hash());
                match opened {
                    Some(Ok(scenario)) => {
                        told.set(None);
                        mode.set(shown);
                        on.emit(Action::Open(Rc::new(scenario)));
                    }
                    Some(Err(error)) => told.set(Some(Notice::Link(error))),
                    None => mode.set(shown),
                }
            })
        });
        move || drop(listener)
    });
}
