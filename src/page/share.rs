//! Dialog: the link that holds this scenario, ready to copy; or, where it is too long for one, the file.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    modal::Modal,
    packed::{Packed, use_focus_on_longer},
};
use crate::language::use_words;

pub use widgets::copyable::Copyable;

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ShareProps {
    /// The page's address without what stands behind `#`.
    pub base: AttrValue,
    /// The scenario's link, and what it does not keep.
    pub packed: Rc<Packed>,
    /// Makes a link of longer steps.
    pub on_longer: Callback<()>,
    /// Saves the scenario as a file.
    pub on_save: Callback<()>,
    /// Goes on to the embed dialog.
    pub on_embed: Callback<()>,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// The dialog.
#[function_component]
pub fn Share(
    ShareProps {
        base,
        packed,
        on_longer,
        on_save,
        on_embed,
        on_close,
    }: &ShareProps,
) -> Html {
    let words = use_words();
    use_focus_on_longer(packed, "share-link");
    let link = (packed.payload()).map(|payload| AttrValue::from(format!("{base}#{payload}")));
    html! {
        <Modal title={words.header_share()} on_close={on_close}>
            if link.is_some() {
                <p>{ words.share_about() }</p>
            }
            { packed.says(words, on_longer) }
            if let Some(link) = &link {
                <Copyable id="share-link" label={words.share_link_label()} text={link} />
                <p class="says">{ words.share_length(link.chars().count() as u64, &words.integer(link.chars().count() as f64)) }</p>
            }
            <p class="row">
                <button type="button" class="b" onclick={on_save.reform(|_| ())}>{ words.save_file() }</button>
                <button type="button" class="b" hidden={link.is_none()} onclick={on_embed.reform(|_| ())}>{ words.header_embed() }</button>
            </p>
        </Modal>
    }
}
