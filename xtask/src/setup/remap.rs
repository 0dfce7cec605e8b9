//! Keeps this machine's paths out of what is shipped: a panic names its file,
//! and without this that is a path of whoever built the page.

use crate::proc::{self, Failure};
use std::ffi::OsString;
use std::path::PathBuf;
use std::{env, fs};

/// Flags for rustc: folders of libraries and of the standard library become
/// nothing, so that a file is named from its library's name on.
pub fn flags() -> Result<Vec<OsString>, Failure> {
    let mut folders = libraries();
    if folders.is_empty() {
        // Nothing was ever unpacked here; the build would do it a moment later.
        proc::cargo(&["fetch", "--locked"]).run()?;
        folders = libraries();
    }
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    if let Some(sysroot) = proc::program(rustc, &["--print", "sysroot"]).probe() {
        folders.push(PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust"));
    }
    Ok(folders
        .into_iter()
        .map(|folder| {
            let mut flag = OsString::from("--remap-path-prefix=");
            flag.push(folder.join(""));
            flag.push("=");
            flag
        })
        .collect())
}

/// Where cargo unpacks libraries: a folder for each registry.
fn libraries() -> Vec<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
        Some(PathBuf::from(home).join(".cargo"))
    });
    let registries = home.map(|home| fs::read_dir(home.join("registry").join("src")));
    let Some(Ok(registries)) = registries else {
        return Vec::new();
    };
    registries.flatten().map(|entry| entry.path()).collect()
}
