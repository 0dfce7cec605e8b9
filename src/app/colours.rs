//! The colours of the page: what the person has chosen, or what the system prefers.

use yew::prelude::*;

use crate::{
    browser::{dom, media},
    state::Theme,
};

/// Puts colours on the page before anything is drawn in them, and returns the style sheet's name of them.
#[hook]
pub fn use_colours(theme: Theme) -> &'static str {
    let is_dark = use_state_eq(media::prefers_dark);
    {
        let is_dark = is_dark.setter();
        use_effect_with((), move |()| {
            let watch = media::watch_dark(move |dark| is_dark.set(dark));
            move || drop(watch)
        });
    }
    *use_memo(theme.colours(*is_dark), |colours| {
        dom::set_root("data-theme", colours);
        *colours
    })
}
