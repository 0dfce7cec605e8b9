//! The texts of a language, loaded before it is spoken.

use words::{Lang, Unfit, install};

use super::fetch;
use crate::page::notice::Unloaded;

/// Makes a language ready to be spoken.
pub async fn load(lang: Lang) -> Result<(), Unloaded> {
    let mut why = Unloaded::Failed;
    // What the browser has kept may be what is wrong: a second answer is the host's own.
    for _ in 0..2 {
        let texts = fetch::text(lang.tag()).await;
        let texts = texts.map_err(|_| Unloaded::Failed)?;
        match install(lang, texts) {
            Ok(()) => return Ok(()),
            Err(Unfit::OtherRelease) => why = Unloaded::OtherRelease,
            Err(Unfit::Incomplete) => why = Unloaded::Failed,
        }
    }
    Err(why)
}
