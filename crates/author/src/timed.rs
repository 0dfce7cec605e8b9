//! What the project promises of the time that content takes, for `cargo xtask bench`: `name<tab>value<tab>unit` lines.

use std::{
    io::{self, Write},
    time::{Duration, Instant},
};

use author::{
    content::Content,
    fault::Faults,
    files::Files,
    language::Language,
    packs::packs,
    runs,
    snapshot::{self, Snapshot},
};
use study::{
    pack::{Findable, PackName},
    search::Corpus,
    unpack::unpack,
};

/// What somebody types: little and much, of one language and the other, found everywhere and nowhere.
const TYPED: [&str; 7] = [
    "ㅎ",
    "e",
    "휴지 기간",
    "cooldown",
    "없는 낱말",
    "대상 값 확장 없는",
    "a b c d e f g h i",
];
/// Times that each is looked for.
const TIMES: usize = 21;

/// Prints how long all facts and claims take, and a key of the search: the longest of all that is typed, in the slower language.
pub fn tell(files: &Files) -> io::Result<()> {
    let mut faults = Faults::default();
    let content = Content::read(files, &mut faults);
    let begun = Instant::now();
    runs::run(&content, &mut faults);
    let facts = begun.elapsed();
    let snapshot = Snapshot::read(files.text(snapshot::FILE), &mut faults);
    let packs = packs(&content, &snapshot);
    let found = Language::ALL.map(|language| {
        let files = PackName::new("search", language.tag()).files();
        let files: Vec<String> = (files.iter())
            .filter_map(|file| packs.get(file).cloned())
            .collect();
        unpack::<Findable>(&files)
    });
    let corpora = found.into_iter().flatten();
    let corpora: Vec<Corpus> = corpora.map(|it| Corpus::new(it.documents)).collect();
    let keys = corpora
        .iter()
        .flat_map(|corpus| TYPED.map(|typed| usual(|| corpus.find(typed).len())));
    let key = keys.max().unwrap_or_default();
    let mut out = io::stdout();
    writeln!(out, "study/facts\t{}\ts", facts.as_secs_f64())?;
    writeln!(out, "study/search\t{}\tms", key.as_secs_f64() * 1000.0)
}

/// Returns the median of the times that something takes.
fn usual(work: impl Fn() -> usize) -> Duration {
    let mut times = [(); TIMES].map(|()| {
        let begun = Instant::now();
        std::hint::black_box(work());
        begun.elapsed()
    });
    times.sort_unstable();
    times.get(TIMES / 2).copied().unwrap_or_default()
}
