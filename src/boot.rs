//! What the page begins with: the link's scenario, else the last one shown, else the default; and the person's choices.

use std::rc::Rc;

use scenario::{
    document::Scenario,
    file,
    link::{LinkError, PINNED, decode_together, encode, is_rounded},
    presets,
};
use study::address::Address;
use words::{Lang, is_installed};
use yew::Properties;

use crate::{
    browser::{clock, dom, intl, location, media, storage},
    kept::{self, Opened},
    link::{self, Mode},
    state::{Pinned, State, Theme, Whose},
};

/// What the page begins with.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Boot {
    /// The first state.
    pub state: State,
    /// How the page is shown.
    pub mode: Mode,
    /// The place of the study aid that the address names.
    pub place: Option<Address>,
}

/// Returns what the page begins with, and puts its colours and its language on the root element.
pub fn boot() -> Boot {
    let mut hash = location::hash();
    if let Some(left) = storage::left(&hash) {
        // Refused: the page shows it all the same, and the next change writes it down.
        let _ = location::put(&left, None, false);
        hash = left;
    }
    let now_ms = clock::now_ms();
    kept::take_over(&storage::Device, now_ms);
    let place = Address::parse(&hash);
    let (mode, linked) = match &place {
        Some(place) => (link::mode_of(place), None),
        None => open(&hash),
    };
    let (linked, unopened) = match linked {
        Some(Ok(opened)) => (Some(opened), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    };
    // A frame shows what its link says, not what this person did last.
    let last = || (mode == Mode::Page).then(|| kept::last(&storage::Device));
    let first = || Opened {
        scenario: Rc::default(),
        whose: presets::all().first().map_or(Whose::Other, Whose::Shipped),
        pinned: Pinned::default(),
    };
    let Opened {
        scenario,
        whose,
        pinned,
    } = linked.or_else(|| last().flatten()).unwrap_or_else(first);
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
    let mut state = State::new(scenario, whose, lang, theme);
    state.unopened = unopened;
    state.pinned = pinned;
    state.view.format = intl::number_format(lang);
    state.view.is_greeted = storage::read(storage::GREETED).is_some();
    state.own.titles = Rc::new(kept::titles(&storage::Device));
    state.own.first = clock::number_of_page();
    Boot { state, mode, place }
}

/// Opens what stands behind `#`; nothing where nothing stands there.
pub fn open(hash: &str) -> (Mode, Option<Result<Opened, LinkError>>) {
    let (mode, payload) = link::split(hash);
    let opened = (!payload.is_empty()).then(|| {
        let mut together = decode_together(payload)?;
        let first = payload.split(PINNED).next().unwrap_or_default();
        let scenario = &mut together.scenario;
        if is_rounded(scenario)
            && let Some(exact) = unrounded(mode, first, scenario)
        {
            *scenario = exact;
        }
        Ok(kept::linked(
            &storage::Device,
            together,
            payload,
            mode != Mode::Page,
        ))
    });
    (mode, opened)
}

/// Returns the scenario of which this is the link as it was before the link rounded it: a shipped one, or one that the browser still
/// has. A frame shows what everybody sees in it, not what this person did.
fn unrounded(mode: Mode, payload: &str, rounded: &Scenario) -> Option<Scenario> {
    let own = kept::all_titled(&storage::Device, rounded);
    let own = own.into_iter().map(|kept| kept.text);
    let kept = (location::kept().into_iter().chain(own))
        .filter(|_| mode == Mode::Page)
        .filter_map(|kept| file::from_json(&kept).ok());
    let shipped = presets::scenarios().iter().cloned();
    (kept.chain(shipped)).find(|scenario| encode(scenario).as_deref() == Ok(payload))
}
