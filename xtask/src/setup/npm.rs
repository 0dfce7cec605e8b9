//! The npm packages that build and test the page, from their lock file.

use super::announce;
use crate::paths;
use crate::proc::{self, Failure};
use std::fs;
use std::path::PathBuf;

/// The folder of the packages' programs.
pub fn ensure() -> Result<PathBuf, Failure> {
    let home = paths::tests();
    let lock = paths::read(&home.join("package-lock.json"))?;
    let modules = home.join("node_modules");
    let stamp = modules.join(".headroom-lock");
    let programs = modules.join(".bin");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(programs);
    }
    announce(
        "npm packages of tests/package-lock.json",
        "binaryen and terser shrink the program; playwright-core and axe-core run the page in a browser",
    );
    // On Windows npm is a script, which only its own shell starts.
    let (shell, args): (_, &[_]) = if cfg!(windows) {
        ("cmd", &["/C", "npm", "ci"])
    } else {
        ("npm", &["ci"])
    };
    if !cfg!(windows) && paths::on_path(&["npm"]).is_none() {
        return Err(Failure::new(
            "npm is not on PATH",
            "install Node 20 or newer with npm (on Debian: apt-get install nodejs npm)",
        ));
    }
    proc::program(shell, args)
        .arg("--loglevel=error")
        .inside(&home)
        .run()
        .map_err(|failure| {
            failure.advise(
                "check that npm reaches its registry (a proxy?) and that `node --version` says 20 \
                 or newer, then run this again",
            )
        })?;
    fs::write(&stamp, lock).map_err(|error| {
        Failure::new(
            format!("cannot write {}: {error}", stamp.display()),
            "check that you may write in tests/node_modules",
        )
    })?;
    Ok(programs)
}
