//! One's own scenarios: to open, to rename, to delete, and to bring back what was just deleted.

use std::rc::Rc;

use scenario::document::Scenario;
use words::Words;
use yew::prelude::*;

use super::entry::{Entry, entry, picture};
use crate::{
    browser::{
        clock, dom,
        storage::{self, Device},
    },
    kept::{self, Kept, Opened, Titles},
    language::use_words,
    page::Panel,
    state::{Action, Whose},
};

/// The button that brings back what was deleted.
const UNDO: &str = "undo-delete";
/// The button of a new scenario.
const NEW: &str = "new-scenario";
/// The field of a new title.
const TITLE: &str = "own-title";

/// What the list is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct YoursProps {
    /// Whose the scenario is that the page shows.
    pub whose: Whose,
    /// Numbers and titles of one's own scenarios: another list of them is read again.
    pub own: Rc<Titles>,
    /// Tells the reducer.
    pub on: Callback<Action>,
    /// Opens another scenario and closes the dialog.
    pub on_choose: Callback<Action>,
}

/// A scenario that is kept, read.
#[derive(Debug, PartialEq)]
struct Read {
    kept: Kept,
    opened: Option<Opened>,
    picture: String,
}

impl Read {
    fn of(kept: Kept) -> Self {
        let opened = kept.open();
        let scenario = opened.as_ref().map(|opened| &*opened.scenario);
        Self {
            picture: scenario.map_or_else(String::new, picture),
            opened,
            kept,
        }
    }
}

/// The list.
#[function_component]
pub fn Yours(props: &YoursProps) -> Html {
    let words = use_words();
    let deleted = use_state(|| None::<Kept>);
    let renamed = use_state(|| None::<u64>);
    let all = use_memo(Rc::clone(&props.own), |_| {
        let all = kept::all(&Device).into_iter().map(Read::of);
        all.collect::<Vec<_>>()
    });
    // What has the focus goes: it is to be elsewhere then.
    let changed = {
        let on = props.on.clone();
        move |id: &str| {
            on.emit(Action::Kept(kept::titles(&Device)));
            dom::focus_soon(id);
        }
    };
    let item = |read: &Read| {
        let Read {
            kept,
            opened,
            picture,
        } = read;
        let whose = Whose::Own(kept.number);
        let title = titled(words, kept);
        let onclick = opened.clone().map_or_else(Callback::noop, |opened| {
            Action::opens(opened).on_click(&props.on_choose)
        });
        let delete = {
            let (deleted, kept, changed) = (deleted.clone(), kept.clone(), changed.clone());
            move |_: MouseEvent| {
                kept::remove(&Device, kept.number);
                deleted.set(Some(kept.clone()));
                changed(UNDO);
            }
        };
        let rename = {
            let (renamed, number) = (renamed.clone(), kept.number);
            move |_: MouseEvent| {
                renamed.set(Some(number));
                dom::focus_soon(TITLE);
            }
        };
        let title_as = {
            let (renamed, changed) = (renamed.clone(), changed.clone());
            let (kept, on, is_shown) = (kept.clone(), props.on.clone(), props.whose == whose);
            Callback::from(move |title: String| {
                renamed.set(None);
                let button = rename_id(kept.number);
                if title == kept.title {
                    dom::focus_soon(&button);
                } else if is_shown {
                    // An edit like others, which the page writes down before it lists what is kept.
                    let (field, text) = (Scenario::name, title);
                    on.emit(Action::Type { field, text });
                    on.emit(Action::EndTyping);
                    dom::focus_soon(&button);
                } else {
                    // Refused only where another page has taken the room: the list then shows the title as it was.
                    let _ = kept::rename(&Device, &kept, clock::now_ms(), &title);
                    changed(&button);
                }
            })
        };
        let text = match opened.as_ref().map(|opened| opened.pinned.len()) {
            None => words.own_unreadable().to_owned(),
            Some(0) => changed_ago(words, kept.changed_ms),
            Some(count) => {
                let pinned = words.own_pinned(count as u64, &words.integer(count as f64));
                [changed_ago(words, kept.changed_ms), pinned].join(" · ")
            }
        };
        let shown = Entry {
            preset: None,
            title: &title,
            platform: opened.as_ref().map(|opened| opened.scenario.platform),
            text: &text,
            picture,
            is_current: props.whose == whose,
        };
        html! {
            <li key={kept.number}>
                if *renamed == Some(kept.number) {
                    { title_field(words, kept, title_as) }
                } else {
                    { entry(words, &shown, onclick) }
                    <button type="button" class="b q" id={rename_id(kept.number)} aria-label={words.own_rename(&title)} title={words.own_rename(&title)}
                        disabled={opened.is_none()} onclick={rename}>{ "✎" }</button>
                }
                <button type="button" class="b q" aria-label={words.own_delete(&title)} title={words.own_delete(&title)}
                    onclick={delete}>{ "✕" }</button>
            </li>
        }
    };
    let bring_back = {
        let (deleted, changed) = (deleted.clone(), changed.clone());
        move |_: MouseEvent| {
            // There was room for it a moment ago: where another page has taken that, the offer stays.
            if let Some(kept) = &*deleted
                && kept::put(&Device, kept).is_ok()
            {
                deleted.set(None);
                changed(NEW);
            }
        }
    };
    let about = match (all.is_empty(), storage::is_refused()) {
        (_, true) => words.own_refused(),
        (true, _) => words.own_none(),
        (false, _) => words.own_about(),
    };
    html! {
        <section class="yours">
            <div class="head">
                <h3>{ words.own_title() }</h3>
                <button type="button" class="b" id={NEW} onclick={Action::Panel(Some(Panel::Start)).on_click(&props.on)}>{ words.own_new() }</button>
            </div>
            <p class="says">{ about }</p>
            <p class="says" role="status">
                if let Some(kept) = &*deleted {
                    { words.own_deleted(&titled(words, kept)) }{ " " }
                    <button type="button" class="b" id={UNDO} onclick={bring_back}>{ words.header_undo() }</button>
                }
            </p>
            <ul class="entries two-columns">
                for read in all.iter() {
                    { item(read) }
                }
            </ul>
        </section>
    }
}

/// Returns the field of an entry's title: Enter, or leaving it, takes what it holds, Escape what it held.
fn title_field(words: Words, kept: &Kept, on_title: Callback<String>) -> Html {
    let before = kept.title.clone();
    let onkeydown = {
        let on_title = on_title.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(input) = dom::input(&event) else {
                return;
            };
            match &*event.key() {
                "Enter" => on_title.emit(input.value()),
                "Escape" => {
                    // The dialog stays open, and what is left behind is as it was.
                    event.prevent_default();
                    input.set_value(&before);
                    on_title.emit(before.clone());
                }
                _ => {}
            }
        })
    };
    let onblur = Callback::from(move |event: FocusEvent| {
        if let Some(input) = dom::input(&event) {
            on_title.emit(input.value());
        }
    });
    html! {
        <input id={TITLE} class="retitle" aria-label={words.scenario_title()} maxlength="80" autocomplete="off" spellcheck="false"
            value={kept.title.clone()} {onkeydown} {onblur} />
    }
}

/// Returns the id of the button that renames a scenario.
fn rename_id(number: u64) -> String {
    ["rename-", &number.to_string()].concat()
}

fn titled(words: Words, kept: &Kept) -> String {
    match kept.title.trim() {
        "" => words.scenario_untitled().to_owned(),
        title => title.to_owned(),
    }
}

/// Says how long ago that was, in its largest unit.
fn changed_ago(words: Words, changed_ms: u64) -> String {
    let ago_s = clock::now_ms().saturating_sub(changed_ms) / 1000;
    let unit_s = match ago_s {
        0..60 => return words.own_changed_now().to_owned(),
        60..3600 => 60,
        3600..86_400 => 3600,
        _ => 86_400,
    };
    words.own_changed(&words.duration_short((ago_s / unit_s * unit_s) as f64))
}
