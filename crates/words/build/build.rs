//! Turns `locales/*.toml` into one function per text, so that a missing key or argument is a compile error.
//!
//! A text that depends on a count has the forms `key.one` and `key.other`; a language without plurals writes
//! `key.other` alone. No words stand here.

mod agree;
#[path = "../../scenario/src/fnv.rs"]
mod fnv;
mod generate;
mod locale;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Languages in the order of `Lang`; the first says which keys exist and in which order arguments come.
const LANGUAGES: [&str; 2] = ["en", "ko"];

fn main() -> ExitCode {
    let root: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "locales"]
        .iter()
        .collect();
    println!("cargo::rerun-if-changed={}", root.display());
    match build(&root) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in problems {
                eprintln!("{problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build(root: &Path) -> Result<(), Vec<String>> {
    let mut problems = Vec::new();
    let mut locales = Vec::new();
    for language in LANGUAGES {
        let path = root.join(format!("{language}.toml"));
        let source = fs::read_to_string(&path)
            .map_err(|error| vec![format!("{}: {error}", path.display())])?;
        locales.push(locale::parse(
            &format!("locales/{language}.toml"),
            &source,
            &mut problems,
        ));
    }
    let texts = agree::agree(&locales, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let code = generate::generate(&texts);
    let out = env::var("OUT_DIR").map_err(|error| vec![error.to_string()])?;
    fs::write(Path::new(&out).join("texts.rs"), code).map_err(|error| vec![error.to_string()])
}
