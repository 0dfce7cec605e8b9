//! AWS's documents for the page, as a wasm module of its own: two dialogs, which it shows in an element of the page. What goes back
//! and forth is [`documents::Opening`] and [`documents::Told`].

mod dialogs;

use std::{cell::Cell, rc::Rc};

use documents::Opening;
use js_sys::{Array, Function};
use wasm_bindgen::{JsCast as _, prelude::wasm_bindgen};
use web_sys::{Blob, Element, File};
use widgets::given::GivenFile;
use words::{Lang, Words, install};
use yew::{AppHandle, Renderer};

use self::dialogs::{Dialog, DialogProps, Nothing};

thread_local! {
    static WORDS: Cell<Words> = Cell::new(Words::default());
    static IS_NUMBERED: Cell<bool> = const { Cell::new(false) };
}

/// Gives it a language to speak, by its tag, with the texts of it. Returns whether these are all of the texts that it was built
/// with.
#[wasm_bindgen]
pub fn speak(lang: &str, texts: String) -> bool {
    let lang = Lang::from_tag(lang).unwrap_or_default();
    WORDS.set(Words::new(lang));
    install(lang, texts).is_ok()
}

/// Returns whether a text is a document of AWS's.
#[wasm_bindgen(js_name = isDocument)]
pub fn is_document(text: &str) -> bool {
    documents::is_document(text)
}

/// A dialog that is open.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Opened(AppHandle<Dialog>, DialogProps);

/// Shows a dialog in an element. `opening` is an [`Opening`] as texts, `files` were given elsewhere on the page; `on_told` is called
/// with the name of a [`documents::Told`] and its text. Nothing is shown of an opening that is none.
#[wasm_bindgen]
pub fn open(
    host: Element,
    opening: Vec<String>,
    files: &Array,
    on_told: Function,
) -> Option<Opened> {
    let opening = Opening::from_texts(opening)?;
    // Each program counts the roots of its pages from 1, and marks elements with that number: of two in one page the second must
    // not have the number of the first.
    if !IS_NUMBERED.replace(true) {
        let elsewhere = host.owner_document()?.create_element("div").ok()?;
        Renderer::<Nothing>::with_root(elsewhere).render().destroy();
    }
    let props = DialogProps {
        words: WORDS.get(),
        opening: Rc::new(opening),
        files: Rc::new(listed(files)),
        on_told,
    };
    let app = Renderer::<Dialog>::with_root_and_props(host, props.clone()).render();
    Some(Opened(app, props))
}

#[wasm_bindgen]
impl Opened {
    /// Gives it more files.
    pub fn give(&mut self, files: &Array) {
        self.1.files = Rc::new(listed(files));
        self.0.update(self.1.clone());
    }

    /// Closes it.
    pub fn close(self) {
        self.0.destroy();
    }
}

fn listed(files: &Array) -> Vec<GivenFile> {
    let files = files.iter().filter_map(|it| it.dyn_into::<Blob>().ok());
    let given = |blob: Blob| match blob.dyn_into::<File>() {
        Ok(file) => GivenFile::of(file),
        // Pasted text.
        Err(blob) => GivenFile {
            blob,
            name: String::new(),
        },
    };
    files.map(given).collect()
}

/// Does nothing: the page calls [`open`].
fn main() {}
