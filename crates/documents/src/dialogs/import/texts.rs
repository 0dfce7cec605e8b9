//! The documents that the dialog holds, as texts: added one after the other, taken away one by one.

use std::rc::Rc;

use documents::GivenText;
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
    /// Names of files that were too large, or that the browser did not hand out.
    pub refused: Vec<Refusal>,
}

/// A file that was not taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Its name.
    pub name: String,
    /// Whether there is no room for it; else the browser did not hand it out.
    pub is_too_large: bool,
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
                            is_too_large: true,
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

/// Reads files and adds them.
pub fn add(files: Vec<GivenFile>, texts: UseReducerDispatcher<Texts>) {
    wasm_bindgen_futures::spawn_local(async move {
        let mut given = Vec::new();
        let (mut taken, mut taken_bytes) = (0, 0.0);
        for GivenFile { blob, name } in files {
            // What is too large, or too much, is not even read.
            let is_too_large = taken == MOST || taken_bytes + blob.size() > MOST_BYTES;
            let text = match is_too_large {
                true => None,
                false => {
                    (taken, taken_bytes) = (taken + 1, taken_bytes + blob.size());
                    file::text(&blob).await.ok()
                }
            };
            given.push(match text {
                Some(text) => Ok(GivenText { name, text }),
                None => Err(Refusal { name, is_too_large }),
            });
        }
        texts.dispatch(Act::Add(given));
    });
}
