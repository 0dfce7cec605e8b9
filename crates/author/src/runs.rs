//! What the content says of runs, held to the runs: facts, claims, predictions, proofs of answers. On all cores.

mod lesson;
mod question;
mod settings;
mod table;

pub use question::{is_the_same, scenario_of_proof, when};
pub use table::{name as name_of_cell, scenario_of_cell};

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use scenario::{
    compile::{Problem, compile},
    document::Scenario,
};
use study::{constant::Constant, setting::Unset, subject::Ran};
use words::{Lang, Words};

use crate::{
    content::Content,
    fault::Faults,
    snapshot::{Facts, Owner, Snapshot},
};

/// Runs everything; returns all facts, and tells what does not hold.
pub fn run(content: &Content<'_>, faults: &mut Faults) -> Snapshot {
    let mut work: Vec<(Owner, &str, Work<'_>)> = Vec::new();
    for source in &content.lessons {
        let run = move || lesson::run(source);
        work.push((Owner::Lesson, &source.lesson.id, Box::new(run)));
    }
    for (topic, source) in content.questions() {
        let run = move || question::run(content, topic, source);
        work.push((Owner::Question, &source.question.id, Box::new(run)));
    }
    for source in &content.wrong.entries {
        let run = move || question::run_wrong(content, source);
        work.push((Owner::Wrong, &source.wrong.id, Box::new(run)));
    }
    for source in &content.tables {
        let run = move || table::run(content, source);
        work.push((Owner::Table, &source.id, Box::new(run)));
    }
    let done = on_all_cores(work.len(), |index| {
        let (_, _, run) = work.get(index)?;
        Some(run())
    });
    let mut snapshot = Snapshot::default();
    for ((owner, id, _), done) in work.iter().zip(done) {
        let Some((facts, found)) = done else { continue };
        faults.extend(found);
        if !facts.is_empty() {
            snapshot.of_mut(*owner).insert((*id).to_owned(), facts);
        }
    }
    snapshot
}

/// Something to run.
type Work<'a> = Box<dyn Fn() -> Done + Sync + 'a>;

/// Returns what comes of each piece of work, in order.
fn on_all_cores<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let worker = || {
            let mut done = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= count {
                    return done;
                }
                done.push((index, work(index)));
            }
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        (workers.into_iter())
            .filter_map(|worker| worker.join().ok())
            .flatten()
            .collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, it)| it).collect()
}

/// What comes of a lesson or a question.
type Done = (Facts, Faults);

/// Runs a scenario.
fn ran(scenario: Result<Scenario, Unset>) -> Result<Ran, String> {
    Ran::of(scenario.map_err(said)?).map_err(|problems| problem(&problems))
}

/// Returns why a scenario cannot be run; nothing where it can.
fn unfit(scenario: Result<Scenario, Unset>) -> Option<String> {
    match scenario {
        Ok(scenario) => compile(&scenario).err().map(|problems| problem(&problems)),
        Err(unset) => Some(said(unset)),
    }
}

fn problem(problems: &[Problem]) -> String {
    let words = Words::new(Lang::En);
    let said = problems.iter().map(|it| words.problem_with_field(it));
    said.collect::<Vec<_>>().join("; ")
}

fn said(unset: Unset) -> String {
    match unset {
        Unset::Unknown(setting) => format!("there is no setting `{setting}`"),
        Unset::NoPreset(id) => format!("there is no shipped scenario `{id}`"),
        Unset::NoPlace(place) => format!("the document has no place `{place}`"),
        Unset::NoSum(sum) => format!("`{sum}` has no value"),
        Unset::NoScenario(error) => Words::new(Lang::En).file_error(&error),
    }
}

/// Returns the constant that a sum names.
fn constant(name: &str) -> Option<f64> {
    let name = name.strip_prefix("default.")?;
    Constant::find(name).map(Constant::value)
}
