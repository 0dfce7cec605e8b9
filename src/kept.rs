//! One's own scenarios, kept by the browser: under a key each, so that two tabs never write over one another's.
//!
//! What stands under a key is when it was last changed, its title, below that a line of what is pinned beside it, if anything is, and
//! its file. What the page shows of them is [`crate::page::scenarios`]', when they are written down [`crate::sync`]'s.

use std::rc::Rc;

use engine::sort_by_integer;
use scenario::{
    beside,
    document::Scenario,
    file,
    link::{Together, share_together},
    presets,
};

use crate::{
    browser::Refused,
    state::{Pinned, Whose, all_pinned},
};

/// Most scenarios that are kept.
const MOST: usize = 50;
/// Most characters that all of them may take: browsers give an origin five million, and it may hold other pages.
const MOST_CHARACTERS: usize = 4_000_000;
/// What the keys of scenarios begin with; their number follows.
const PREFIX: &str = "headroom.own.";
/// What was shown last: the number of an own scenario, or a shipped one's id.
const LAST: &str = "headroom.last";
/// The key of the one scenario that earlier versions kept.
const FORMER: &str = "headroom.scenario";
/// The number under which that one is taken over: two tabs that do so at once make one of it.
const FORMER_NUMBER: u64 = 0;

/// Where texts are kept under keys.
pub trait Store {
    /// Returns all keys.
    fn keys(&self) -> Vec<String>;
    /// Returns what is kept under a key.
    fn read(&self, key: &str) -> Option<String>;
    /// Returns the first line of what is kept under a key, of which the rest is not read.
    fn first_line(&self, key: &str) -> Option<String>;
    /// Returns how many characters are kept under a key.
    fn length(&self, key: &str) -> usize;
    /// Keeps a text under a key.
    fn write(&self, key: &str, value: &str) -> Result<(), Refused>;
    /// Keeps nothing under a key any more.
    fn remove(&self, key: &str);
    /// Returns the last text of this tab under a key, or else of any.
    fn read_of_tab(&self, key: &str) -> Option<String>;
    /// Keeps a text under a key, for this tab before others.
    fn write_of_tab(&self, key: &str, value: &str);
}

/// A scenario that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub number: u64,
    /// When it was last changed, milliseconds since 1970.
    pub changed_ms: u64,
    /// Its title; may be empty.
    pub title: String,
    /// Those that are pinned beside it, as [`beside`] writes them; empty where there are none.
    pub pinned: String,
    /// Its file.
    pub text: String,
}

/// A scenario to open.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The scenario.
    pub scenario: Rc<Scenario>,
    /// Whose it is.
    pub whose: Whose,
    /// Those that are pinned beside it.
    pub pinned: Pinned,
}

impl Kept {
    /// Reads it; returns none where it, or what is pinned beside it, cannot be read.
    pub fn open(&self) -> Option<Opened> {
        let scenario = file::from_json(&self.text).ok()?;
        let pinned = match &*self.pinned {
            "" => Vec::new(),
            pinned => beside::from_json(&scenario, pinned)?,
        };
        Some(Opened {
            scenario: Rc::new(scenario),
            whose: Whose::Own(self.number),
            pinned: all_pinned(pinned),
        })
    }
}

/// Numbers and titles of what is kept.
pub type Titles = Vec<(u64, String)>;

/// Returns all that is kept, what was changed last first.
pub fn all(store: &dyn Store) -> Vec<Kept> {
    found(store, titles(store))
}

/// Returns the numbers and titles of all that is kept, what was changed last first. Their files, megabytes perhaps, are not read.
pub fn titles(store: &dyn Store) -> Titles {
    let head = |number: u64| {
        let line = store.first_line(&key(number))?;
        let (changed_ms, title) = parse_head(&line)?;
        Some((changed_ms, (number, title.to_owned())))
    };
    let mut heads: Vec<(u64, (u64, String))> =
        numbers(store).into_iter().filter_map(head).collect();
    sort_by_integer(&mut heads, |(changed_ms, _)| {
        changed_ms.cast_signed().saturating_neg()
    });
    heads.into_iter().map(|(_, title)| title).collect()
}

/// Returns what is kept under a number.
pub fn find(store: &dyn Store, number: u64) -> Option<Kept> {
    let value = store.read(&key(number))?;
    let (head, text) = value.split_once('\n')?;
    let (changed_ms, title) = parse_head(head)?;
    let is_list = |(line, _): &(&str, &str)| line.starts_with('[');
    let (pinned, text) = text.split_once('\n').filter(is_list).unwrap_or(("", text));
    Some(Kept {
        number,
        changed_ms,
        title: title.to_owned(),
        pinned: pinned.to_owned(),
        text: text.to_owned(),
    })
}

/// Keeps a scenario and what is pinned beside it under a number, as changed at that time, unless they are kept there as they are. What
/// is pinned is no change of the scenario.
///
/// # Errors
/// If there is no room for it: what was kept is so still.
pub fn keep(
    store: &dyn Store,
    number: u64,
    now_ms: u64,
    scenario: &Scenario,
    pinned: &[Rc<Scenario>],
) -> Result<(), Refused> {
    let text = file::to_json(scenario);
    let pinned = match pinned {
        [] => String::new(),
        pinned => beside::to_json(scenario, pinned),
    };
    let same = find(store, number).filter(|kept| kept.text == text);
    if same.as_ref().is_some_and(|kept| kept.pinned == pinned) {
        return Ok(());
    }
    put(
        store,
        &Kept {
            number,
            changed_ms: same.map_or(now_ms, |kept| kept.changed_ms),
            title: title_of(scenario),
            pinned,
            text,
        },
    )
}

/// Keeps what was kept before, or is new.
///
/// # Errors
/// If there is no room for it: what was kept is so still.
pub fn put(store: &dyn Store, kept: &Kept) -> Result<(), Refused> {
    let Kept {
        number,
        changed_ms,
        title,
        pinned,
        text,
    } = kept;
    let line_end = if pinned.is_empty() { "" } else { "\n" };
    let value = format!("{changed_ms} {title}\n{pinned}{line_end}{text}");
    let others: Vec<u64> = (numbers(store).into_iter())
        .filter(|other| other != number)
        .collect();
    let taken: usize = others.iter().map(|other| store.length(&key(*other))).sum();
    if others.len() >= MOST || taken + value.chars().count() > MOST_CHARACTERS {
        return Err(Refused);
    }
    store.write(&key(*number), &value)
}

/// Gives what is kept another title, as changed at that time.
///
/// # Errors
/// If it cannot be read, or there is no room for it: what was kept is so still.
pub fn rename(store: &dyn Store, kept: &Kept, now_ms: u64, title: &str) -> Result<(), Refused> {
    let Opened {
        mut scenario,
        pinned,
        ..
    } = kept.open().ok_or(Refused)?;
    title.clone_into(&mut Rc::make_mut(&mut scenario).name);
    keep(store, kept.number, now_ms, &scenario, &pinned)
}

/// Keeps the scenario of that number no longer.
pub fn remove(store: &dyn Store, number: u64) {
    store.remove(&key(number));
}

/// Keeps a scenario no longer that was made and undone, unless another page has changed it since.
pub fn remove_undone(store: &dyn Store, number: u64, scenario: &Scenario) {
    let is_same = |kept: Kept| kept.text == file::to_json(scenario);
    if find(store, number).is_some_and(is_same) {
        remove(store, number);
    }
}

/// Takes over the one scenario that earlier versions kept, as the first of one's own. They kept whatever was shown: a shipped
/// scenario is no one's own, and is only what was shown last.
pub fn take_over(store: &dyn Store, now_ms: u64) {
    let Some(former) = store.read(FORMER) else {
        return;
    };
    // One that a newer version wrote waits for a newer version.
    let Ok(scenario) = file::from_json(&former) else {
        return;
    };
    match presets::of(&scenario) {
        Some(preset) => remember(store, Whose::Shipped(preset)),
        None if keep(store, FORMER_NUMBER, now_ms, &scenario, &[]).is_err() => return,
        None => remember(store, Whose::Own(FORMER_NUMBER)),
    }
    store.remove(FORMER);
}

/// Takes note of what is shown, unless it is somebody else's.
pub fn remember(store: &dyn Store, whose: Whose) {
    let last = match whose {
        Whose::Shipped(preset) => preset.id.to_owned(),
        Whose::Own(number) => number.to_string(),
        Whose::Other => return,
    };
    store.write_of_tab(LAST, &last);
}

/// Returns what a page begins with that no link opened: what was shown last, or else one's own.
pub fn last(store: &dyn Store) -> Option<Opened> {
    let shown = store.read_of_tab(LAST);
    match shown.as_deref().and_then(presets::find) {
        Some(preset) => Some(Opened {
            scenario: Rc::new(preset.scenario()),
            whose: Whose::Shipped(preset),
            pinned: Pinned::default(),
        }),
        None => last_own(store),
    }
}

/// Returns the own scenario that was shown last, or else the one that was changed last.
pub fn last_own(store: &dyn Store) -> Option<Opened> {
    let shown = store.read_of_tab(LAST).and_then(|last| last.parse().ok());
    let shown = shown.and_then(|number| find(store, number));
    let open = |kept: Kept| kept.open();
    (shown.and_then(open)).or_else(|| all(store).into_iter().find_map(open))
}

/// Returns all that is kept under the same title as a scenario.
pub fn all_titled(store: &dyn Store, scenario: &Scenario) -> Vec<Kept> {
    let title = title_of(scenario);
    let mut titles = titles(store);
    titles.retain(|(_, other)| *other == title);
    found(store, titles)
}

/// Opens a scenario that a file holds: it is one's own, with what is pinned beside it, or shipped, where it is the same; else somebody
/// else's.
pub fn opened(store: &dyn Store, scenario: Rc<Scenario>) -> Opened {
    let of = |whose, scenario| Opened {
        scenario,
        whose,
        pinned: Pinned::default(),
    };
    // Shipped ones have no name of their own: the others need not be read for one that has.
    if scenario.name.is_empty()
        && let Some(preset) = presets::of(&scenario)
    {
        return of(Whose::Shipped(preset), scenario);
    }
    let own = |kept: Kept| kept.open().filter(|own| own.scenario == scenario);
    let own = all_titled(store, &scenario).into_iter().find_map(own);
    own.unwrap_or_else(|| of(Whose::Other, scenario))
}

/// Opens the scenarios that a link holds. It says itself what is pinned, unless it pins nothing beside what is one's own; with other
/// runs beside it than one keeps there it is somebody else's. A frame shows what everybody sees.
pub fn linked(
    store: &dyn Store,
    Together { scenario, pinned }: Together,
    payload: &str,
    is_frame: bool,
) -> Opened {
    let mut opened = opened(store, Rc::new(scenario));
    // What a link rounds is not rounded in what is kept: two are the same where their links are.
    let is_same = || {
        let own = share_together(&opened.scenario, &opened.pinned);
        own.is_ok_and(|own| own.payload == payload)
    };
    if is_frame || !(pinned.is_empty() || is_same()) {
        opened.pinned = all_pinned(pinned);
        if let Whose::Own(_) = opened.whose {
            opened.whose = Whose::Other;
        }
    }
    opened
}

fn found(store: &dyn Store, titles: Titles) -> Vec<Kept> {
    let numbers = titles.into_iter().map(|(number, _)| number);
    numbers.filter_map(|number| find(store, number)).collect()
}

/// Returns when a scenario was last changed, and its title, from the line above its file.
fn parse_head(line: &str) -> Option<(u64, &str)> {
    let (changed_ms, title) = line.split_once(' ')?;
    Some((changed_ms.parse().ok()?, title))
}

/// Returns a scenario's title in one line.
fn title_of(scenario: &Scenario) -> String {
    scenario.name.replace(char::is_control, " ")
}

fn key(number: u64) -> String {
    format!("{PREFIX}{number}")
}

fn numbers(store: &dyn Store) -> Vec<u64> {
    let number = |key: String| key.strip_prefix(PREFIX)?.parse().ok();
    store.keys().into_iter().filter_map(number).collect()
}

#[cfg(test)]
mod tests;
