//! Where things are: the repository, the build folders, the cache of tools.

use crate::proc::Failure;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    // Cargo sets the variable anew at each run, so a moved checkout is found.
    let here = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").into());
    let here = PathBuf::from(here);
    here.parent().map(Path::to_path_buf).unwrap_or(here)
}

/// The folder of the npm tools and the browser tests.
pub fn tests() -> PathBuf {
    root().join("tests")
}

/// The release site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder: `target/`, or where `CARGO_TARGET_DIR` points.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The target folder of wasm builds: apart, so that they and native builds,
/// perhaps by another compiler, never throw each other's work away.
pub fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// The cache of tools, which `cargo clean` leaves alone.
pub fn cache() -> Result<PathBuf, Failure> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    set("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| set("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .or_else(|| set("LOCALAPPDATA").map(PathBuf::from))
        .map(|base| base.join("headroom"))
        .ok_or_else(|| {
            Failure::new(
                "there is no folder to keep the tools in",
                "set HOME, or XDG_CACHE_HOME to a folder that you can write to",
            )
        })
}

/// The first of `names` that is an executable on `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        folders
            .iter()
            .map(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
            .find(|file| file.is_file())
    })
}

/// A text file's content, or a failure that names the file.
pub fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| {
        Failure::new(
            format!("cannot read {}: {error}", path.display()),
            "check that the file is there and that you may read it",
        )
    })
}

/// Makes a folder and those above it.
pub fn make(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| {
        Failure::new(
            format!("cannot make the folder {}: {error}", path.display()),
            "check the free space and that you may write there",
        )
    })
}

/// Removes a folder with all in it; one that is not there is no failure.
pub fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::new(
            format!("cannot remove {}: {error}", path.display()),
            "remove the folder by hand",
        )),
        _ => Ok(()),
    }
}

/// The files of `folder` whose names end in `ending`, sorted.
pub fn named(folder: &Path, ending: &str) -> Result<Vec<String>, Failure> {
    let files = fs::read_dir(folder).map_err(|error| {
        Failure::new(
            format!("cannot list {}: {error}", folder.display()),
            "restore the folder from the repository",
        )
    })?;
    let mut found: Vec<String> = files
        .flatten()
        .map(|file| file.path().to_string_lossy().into_owned())
        .filter(|path| path.ends_with(ending))
        .collect();
    found.sort();
    if found.is_empty() {
        return Err(Failure::new(
            format!("{} holds no file that ends in {ending}", folder.display()),
            "restore the folder from the repository",
        ));
    }
    Ok(found)
}
