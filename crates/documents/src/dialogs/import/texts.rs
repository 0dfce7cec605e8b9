//! The documents that the dialog holds, as texts: added one after the other, taken away one by one.

use std::rc::Rc;

use documents::GivenText;
use scenario::text::{self, TextProblem};
use web_sys::Blob;
use widgets::{file, given::GivenFile};
use yew::prelude::*;

/// Most bytes of all documents together: more than an account's scaling is in any form.
pub const MOST_BYTES: f64 = 16_777_216.0;
/// Most documents.
const MOST: usize = 100;

/// The documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    /// In the order in which they came.
    pub all: Rc<Vec<GivenText>>,
    /// Files that were not taken.
    pub refused: Vec<Refusal>,
}

/// A file that was not taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Its name.
    pub name: String,
    /// Why not.
    pub why: Why,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no room for it.
    TooLarge,
    /// The browser did not hand it out.
    Refused,
    /// It has no text.
    NoText(TextProblem),
}

/// What becomes of the documents.
#[derive(Debug)]
pub enum Act {
    /// These come.
    Add(Vec<Result<GivenText, Refusal>>),
    /// The one at this index goes.
    Remove(usize),
}

impl Reducible for Texts {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut all = (*self.all).clone();
        let mut refused = Vec::new();
        match act {
            Act::Remove(index) => {
                if index < all.len() {
                    all.remove(index);
                }
            }
            Act::Add(given) => {
                for it in given {
                    match it {
                        Err(refusal) => refused.push(refusal),
                        Ok(text) if has_room(&all, &text) => {
                            // The same file again, perhaps edited since.
                            all.retain(|other| text.name.is_empty() || other.name != text.name);
                            all.push(text);
                        }
                        Ok(text) => refused.push(Refusal {
                            name: text.name,
                            why: Why::TooLarge,
                        }),
                    }
                }
            }
        }
        let all = Rc::new(all);
        Rc::new(Self { all, refused })
    }
}

fn has_room(all: &[GivenText], text: &GivenText) -> bool {
    let taken: usize = all.iter().map(|it| it.text.len()).sum();
    all.len() < MOST && (taken + text.text.len()) as f64 <= MOST_BYTES
}

/// Reads a file's text.
async fn read(blob: &Blob) -> Result<String, Why> {
    let bytes = file::bytes(blob).await.map_err(|_| Why::Refused)?;
    text::of(bytes).map_err(Why::NoText)
}

/// Reads files and adds them.
pub fn add(files: Vec<GivenFile>, texts: UseReducerDispatcher<Texts>) {
    wasm_bindgen_futures::spawn_local(async move {
        let mut given = Vec::new();
        let (mut taken, mut taken_bytes) = (0, 0.0);
        for GivenFile { blob, name } in files {
            // What there is no room for is not even read.
            let has_room = taken < MOST && taken_bytes + blob.size() <= MOST_BYTES;
            let read = if has_room {
                (taken, taken_bytes) = (taken + 1, taken_bytes + blob.size());
                read(&blob).await
            } else {
                Err(Why::TooLarge)
            };
            given.push(match read {
                Ok(text) => Ok(GivenText { name, text }),
                Err(why) => Err(Refusal { name, why }),
            });
        }
        texts.dispatch(Act::Add(given));
    });
}
