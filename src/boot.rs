//! What the page begins with: the link's scenario, else the last one shown, else the default; and the person's choices.

use std::rc::Rc;

use scenario::{
    document::Scenario,
    file,
    link::{LinkError, decode, encode, is_rounded},
    presets,
};
use words::{Lang, is_installed};
use yew::Properties;

use crate::{
    browser::{dom, location, media, storage},
    link::{self, Mode},
    page::notice::Notice,
    state::{State, Theme},
};

/// What the page begins with.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Boot {
    /// The first state.
    pub state: State,
    /// How the page is shown.
    pub mode: Mode,
}

/// Returns what the page begins with, and puts its colours and its language on the root element.
pub fn boot() -> Boot {
    let mut hash = location::hash();
    if let Some(left) = storage::left(&hash) {
        // Refused: the page shows it all the same, and the next change writes it down.
        let _ = location::put(&left, None, false);
        hash = left;
    }
    let (mode, linked) = open(&hash);
    let (linked, notice) = match linked {
        Some(Ok(scenario)) => (Some(scenario), None),
        Some(Err(error)) => (None, Some(Notice::Link(error))),
        None => (None, None),
    };
    // A frame shows what its link says, not what this person did last.
    let scenario = linked.or_else(|| (mode == Mode::Page).then(last).flatten());
    let theme = storage::read(storage::THEME)
        .map(|name| Theme::from_name(&name))
        .unwrap_or_default();
    let asked = mode.embedded().unwrap_or_default().theme;
    let worn = if asked == Theme::Auto { theme } else { asked };
    // The start script chose it, and loaded its texts.
    let lang = Lang::ALL.into_iter().find(|lang| is_installed(*lang));
    let lang = lang.unwrap_or_default();
    // Before anything is drawn: charts take their colours from the style sheet.
    dom::set_root("data-theme", worn.colours(media::prefers_dark()));
    dom::set_root("lang", lang.tag());
    let mut state = State::new(Rc::new(scenario.unwrap_or_default()), lang, theme);
    state.view.notice = notice;
    Boot { state, mode }
}

/// Opens what stands behind `#`; nothing where nothing stands there.
pub fn open(hash: &str) -> (Mode, Option<Result<Scenario, LinkError>>) {
    let (mode, payload) = link::split(hash);
    let opened = (!payload.is_empty()).then(|| decode(payload));
    let opened = opened.map(|opened| {
        opened.map(|scenario| match is_rounded(&scenario) {
            true => unrounded(mode, payload).unwrap_or(scenario),
            false => scenario,
        })
    });
    (mode, opened)
}

/// Returns the scenario of which this is the link as it was before the link rounded it: a shipped one, or one that the browser still
/// has. A frame shows what everybody sees in it, not what this person did.
fn unrounded(mode: Mode, payload: &str) -> Option<Scenario> {
    let kept = [location::kept, || storage::read(storage::SCENARIO)];
    let kept = (kept.into_iter())
        .filter(|_| mode == Mode::Page)
        .filter_map(|kept| file::from_json(&kept()?).ok());
    let shipped = presets::all().iter().map(|preset| preset.scenario());
    (kept.chain(shipped)).find(|scenario| encode(scenario).as_deref() == Ok(payload))
}

fn last() -> Option<Scenario> {
    file::from_json(&storage::read(storage::SCENARIO)?).ok()
}
