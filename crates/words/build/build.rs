//! Turns `locales/*.toml` into one function per text, so that a missing key or argument is a compile error, and into the files
//! that a page loads: the build of the site finds them in the folder `HEADROOM_TEXTS` (`.cargo/config.toml`).
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
    io::Error,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Languages in the order of `Lang`; the first says which keys exist and in which order arguments come.
const LANGUAGES: [&str; 2] = ["en", "ko"];

fn main() -> ExitCode {
    // Asked for as this runs: a checkout that was moved, or copied with what was built, is found.
    let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = Path::new(&here).join("../../locales");
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rerun-if-env-changed=HEADROOM_TEXTS");
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
    let together = generate::together(&texts);
    let code = generate::generate(&texts, &together);
    let out = env::var("OUT_DIR").map_err(|error| vec![error.to_string()])?;
    write(&Path::new(&out).join("texts.rs"), &code)?;
    if let Some(folder) = env::var_os("HEADROOM_TEXTS").map(PathBuf::from) {
        fs::create_dir_all(&folder).map_err(|error| told(&folder, &error))?;
        for (language, (_, texts)) in LANGUAGES.iter().zip(&together) {
            write(&folder.join(format!("{language}.txt")), texts)?;
        }
    }
    Ok(())
}

fn write(path: &Path, content: &str) -> Result<(), Vec<String>> {
    fs::write(path, content).map_err(|error| told(path, &error))
}

fn told(path: &Path, error: &Error) -> Vec<String> {
    vec![format!("{}: {error}", path.display())]
}
