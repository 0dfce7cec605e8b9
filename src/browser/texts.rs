//! The texts of a language, loaded before it is spoken.

use words::{Lang, Unfit, install};

use super::fetch;
use crate::page::notice::Unloaded;

/// Makes a language ready to be spoken.
pub async fn load(lang: Lang) -> Result<(), Unloaded> {
    let texts = fetch::text(lang.tag()).await;
    install(lang, texts.map_err(|_| Unloaded::Failed)?).map_err(|unfit| match unfit {
        Unfit::OtherRelease => Unloaded::OtherRelease,
        Unfit::Incomplete => Unloaded::Failed,
    })
}
