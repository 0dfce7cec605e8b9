//! Where the focus goes when what had it is gone from the page.

use yew::prelude::*;

use crate::browser::dom;

/// Moves the focus to the result once something is there no more that had it.
#[hook]
pub fn use_focus_after(is_there: bool) {
    let was_there = use_mut_ref(|| false);
    use_effect_with(is_there, move |is_there| {
        if was_there.replace(*is_there) && !is_there && dom::is_lost() {
            dom::focus("result");
        }
    });
}
