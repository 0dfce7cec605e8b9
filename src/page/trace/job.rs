//! The reading of a file in slices, so that the page answers meanwhile. A new file or another answer ends the turn before; the file's
//! text stays for the next answer.

use std::{cell::Cell, rc::Rc};

use gloo::timers::future::TimeoutFuture;
use scenario::trace::{
    Choices, Reading, Source, SourceReader, TraceDestination, TraceProblem, TraceReader,
};
use yew::prelude::*;

use crate::{
    browser::{Refused, file},
    page::given::GivenFile,
};

/// Rows of a slice: some milliseconds.
const SLICE: usize = 20_000;

/// How far reading has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// There is no file.
    Waiting,
    /// The browser does not hand the file out.
    Unreadable,
    /// Nothing of it is a table.
    Refused(TraceProblem),
    /// It is being read.
    Reading {
        /// How much of it, of 1.
        share: f64,
    },
    /// It was read.
    Done(Done),
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// What came of it.
    pub reading: Rc<Reading>,
    /// Whether it is read again, with other answers.
    pub busy: bool,
    source: Source,
    of: GivenFile,
}

/// Returns the bytes of a file as the reader has them; `None` where it was cancelled.
async fn fetched(
    recording: &GivenFile,
    cancelled: &impl Fn() -> bool,
    progress: &impl Fn(f64),
) -> Result<Option<Result<Source, TraceProblem>>, Refused> {
    let mut reader = SourceReader::default();
    let size = recording.blob.size();
    let mut from = 0.0;
    // A file beyond the limit is not read to its end: the reader knows by its first byte too many.
    while from < size && !reader.is_full() {
        let part = file::part(&recording.blob, from).await?;
        if cancelled() {
            return Ok(None);
        }
        reader.push(&part);
        from += file::PART_BYTES;
        progress((from / size).min(1.0) * 0.3);
    }
    Ok(Some(reader.finish()))
}

/// Reads a file in slices; `None` where it was cancelled.
async fn read(
    mut work: TraceReader,
    cancelled: &impl Fn() -> bool,
    progress: &impl Fn(f64),
) -> Option<Reading> {
    loop {
        if let Some(reading) = work.advance(SLICE) {
            return Some(reading);
        }
        progress(0.3 + 0.7 * work.progress());
        TimeoutFuture::new(0).await;
        if cancelled() {
            return None;
        }
    }
}

/// Reads a file whenever it, an answer or the place changes.
#[hook]
pub fn use_job(recording: Option<GivenFile>, choices: Choices, place: TraceDestination) -> Stage {
    let stage = use_state_eq(|| Stage::Waiting);
    let turn = use_memo((), |()| Cell::new(0_u32));
    let held = stage.clone();
    use_effect_with(
        (recording, choices, place),
        move |(recording, choices, place)| {
            let stage = held;
            let mine = turn.get().wrapping_add(1);
            turn.set(mine);
            let kept = match (&*stage, recording) {
                (Stage::Done(done), Some(recording)) if done.of == *recording => Some(done.clone()),
                _ => None,
            };
            match (recording, &kept) {
                (None, _) => stage.set(Stage::Waiting),
                (Some(_), Some(done)) => stage.set(Stage::Done(Done {
                    busy: true,
                    ..done.clone()
                })),
                (Some(_), None) => stage.set(Stage::Reading { share: 0.0 }),
            }
            if let Some(recording) = recording.clone() {
                let (choices, place, turn) = (choices.clone(), place.clone(), Rc::clone(&turn));
                wasm_bindgen_futures::spawn_local(async move {
                    let cancelled = || turn.get() != mine;
                    let again = kept.is_some();
                    let progress = |share| {
                        if !again {
                            stage.set(Stage::Reading { share });
                        }
                    };
                    let source = match kept {
                        Some(done) => Ok(done.source),
                        None => match fetched(&recording, &cancelled, &progress).await {
                            Ok(Some(source)) => source,
                            Ok(None) => return,
                            Err(Refused) => {
                                stage.set(Stage::Unreadable);
                                return;
                            }
                        },
                    };
                    match source {
                        Err(problem) => stage.set(Stage::Refused(problem)),
                        Ok(source) => {
                            let work = TraceReader::new(&source, &choices, &place);
                            if let Some(reading) = read(work, &cancelled, &progress).await {
                                let reading = Rc::new(reading);
                                stage.set(Stage::Done(Done {
                                    reading,
                                    busy: false,
                                    source,
                                    of: recording,
                                }));
                            }
                        }
                    }
                });
            }
            // A dialog that is closed stops reading.
            move || {
                if turn.get() == mine {
                    turn.set(mine.wrapping_add(1));
                }
            }
        },
    );
    (*stage).clone()
}
