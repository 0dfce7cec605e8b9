//! Files in and out: what the person chose or dropped, read in parts; and downloads.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, File, FileList, HtmlAnchorElement, HtmlInputElement, Url,
};

use crate::Refused;

/// Bytes read at once: large enough to be fast, small enough for a progress bar.
pub const PART_BYTES: f64 = 1_048_576.0;

/// Returns the files that an input holds; the input is emptied so that the same file can be chosen again.
pub fn chosen(input: &HtmlInputElement) -> Vec<File> {
    let files = listed(input.files());
    input.set_value("");
    files
}

/// Returns the files that were dropped.
pub fn dropped(event: &DragEvent) -> Vec<File> {
    listed(event.data_transfer().and_then(|data| data.files()))
}

/// Returns the files of a list of the browser's.
fn listed(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|index| list.get(index))
        .collect()
}

/// Returns the bytes `from` to `from + PART_BYTES` of a file.
pub async fn part(blob: &Blob, from: f64) -> Result<Vec<u8>, Refused> {
    let until = (from + PART_BYTES).min(blob.size());
    bytes(&blob.slice_with_f64_and_f64(from, until)?).await
}

/// Returns the bytes of a small file: in which encoding it is, the browser does not look.
pub async fn bytes(blob: &Blob) -> Result<Vec<u8>, Refused> {
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Returns a text as a file of its own.
pub fn from_text(text: &str) -> Result<Blob, Refused> {
    Ok(Blob::new_with_str_sequence(&Array::of1(
        &JsValue::from_str(text),
    ))?)
}

/// Hands the person a file.
pub fn download(name: &str, mime: &str, content: &str) -> Result<(), Refused> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(Refused)?;
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&JsValue::from_str(content));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document
        .create_element("a")?
        .dyn_into()
        .map_err(|_| Refused)?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download has its own hold on the data by now.
    gloo::timers::callback::Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// Returns a file's name made of a title: letters and digits of any script, dashes for the rest.
pub fn safe_name(title: &str) -> String {
    let mut name = String::new();
    for c in title.chars().take(60) {
        if c.is_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() {
        "scenario".to_owned()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn names_are_safe_on_any_disk() {
        for (title, name) in [
            (
                "Finals night · sports betting",
                "finals-night-sports-betting",
            ),
            ("../../etc/passwd", "etc-passwd"),
            ("결승전 밤", "결승전-밤"),
            ("…", "scenario"),
            ("", "scenario"),
        ] {
            assert_eq!(safe_name(title), name);
        }
    }
}
