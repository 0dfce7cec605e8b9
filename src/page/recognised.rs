//! Whether a file is a document of AWS's, whatever it is called: such a one belongs into its dialog, wherever it was given.

use documents::may_be_document;
use scenario::text;
use words::Lang;

use super::given::GivenFile;
use crate::browser::{documents::load, file};

/// Most bytes of a file that is asked about; a larger one may be a recording.
const MOST_BYTES: f64 = 16_777_216.0;

/// Returns whether a file is a document of AWS's. A look at its beginning says so of most that are none; of the others the program
/// of documents knows. Where that does not come, its dialog is told, which says so. In a frame, which has no such dialog, a look is
/// all.
pub async fn is_document(given: &GivenFile, lang: Lang, is_frame: bool) -> bool {
    let Ok(head) = file::part(&given.blob, 0.0).await else {
        return false;
    };
    if !may_be_document(&text::of_beginning(&head)) {
        return false;
    }
    if is_frame || given.blob.size() > MOST_BYTES {
        return true;
    }
    let Ok(bytes) = file::bytes(&given.blob).await else {
        return false;
    };
    let Ok(text) = text::of(bytes) else {
        // It looks like one, and its dialog says what is wrong with its encoding.
        return true;
    };
    match load(lang, false).await {
        Ok(documents) => documents.is_document(&text).unwrap_or(true),
        Err(_) => true,
    }
}
