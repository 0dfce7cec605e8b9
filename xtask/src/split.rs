//! The page's program in two files: what every visit needs, and the study aid (`src/app/study_part.rs`).
//!
//! Trunk knows nothing of that. It finds this program under wasm-bindgen's name and calls it in its stead: where what it is given is
//! the page, that is split first, and wasm-bindgen is given the one half. The other half is where `xtask/hooks/build.mjs` finds it.

use crate::paths;
use crate::proc::{self, Failure, Outcome};
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The program that is split: a binary of `Cargo.toml`.
const PAGE: &str = "headroom-page";

/// The variables that say where the programs are that do the work.
const WASM_BINDGEN: &str = "HEADROOM_WASM_BINDGEN";
const WASM_SPLIT: &str = "HEADROOM_WASM_SPLIT";

/// The variable that says where the halves are put, for the hook too.
const PARTS: &str = "HEADROOM_PARTS";

/// Whether this program was called in wasm-bindgen's stead.
pub fn is_called() -> bool {
    let name = env::args_os().next().map(PathBuf::from);
    name.is_some_and(|name| name.file_stem() == Some(OsStr::new("wasm-bindgen")))
}

/// Puts this program under wasm-bindgen's name. Returns its folder, to stand first on PATH, and the variables that it needs.
pub fn stand_in(
    wasm_bindgen: &Path,
    wasm_split: &Path,
) -> Result<(PathBuf, Vec<(String, OsString)>), Failure> {
    let folder = paths::target().join("stand-in");
    paths::make(&folder)?;
    let exe = |name: &str| format!("{name}{}", env::consts::EXE_SUFFIX);
    let place = folder.join(exe("wasm-bindgen"));
    let fresh = folder.join(format!("fresh-{}", std::process::id()));
    let put = || {
        std::fs::copy(env::current_exe()?, &fresh)?;
        // At once: another build may be about to run it.
        std::fs::rename(&fresh, &place)
    };
    put().map_err(|error| {
        Failure::new(
            format!("{} cannot be written: {error}", place.display()),
            "stop other builds of this folder, then run this again",
        )
    })?;
    let variables = [
        (WASM_BINDGEN, wasm_bindgen.join(exe("wasm-bindgen"))),
        (WASM_SPLIT, wasm_split.join(exe("wasm-split-cli"))),
        (PARTS, paths::target().join("parts")),
    ];
    let variables = variables.map(|(name, path)| (name.to_owned(), path.into_os_string()));
    Ok((folder, variables.into()))
}

/// Does what wasm-bindgen is asked for.
pub fn run() -> Outcome {
    let mut args: Vec<OsString> = env::args_os().skip(1).collect();
    let page = format!("{PAGE}.wasm");
    let is_page = |arg: &OsString| Path::new(arg).file_name() == Some(OsStr::new(&page));
    if let Some(given_page) = args.iter_mut().find(|arg| is_page(arg)) {
        let parts = PathBuf::from(given(PARTS)?);
        paths::remove(&parts)?;
        proc::program(given(WASM_SPLIT)?, &[])
            .arg(&*given_page)
            .arg(&parts)
            .args(["--out-name", PAGE])
            .run()?;
        *given_page = parts.join(&page).into_os_string();
        // The table of functions is among these, which the halves call each other through.
        args.push("--keep-lld-exports".into());
    }
    proc::program(given(WASM_BINDGEN)?, &[]).args(args).run()
}

fn given(name: &str) -> Result<OsString, Failure> {
    env::var_os(name).ok_or_else(|| {
        Failure::new(
            format!("{name} is not set"),
            "build the page with `cargo xtask build`",
        )
    })
}
