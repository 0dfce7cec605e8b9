//! What proves AWS's documents: a Python environment with AWS's own models and a server that plays AWS, and npm packages, both
//! from their lock files.

use super::{announce, apt};
use crate::paths;
use crate::proc::{self, Failure};
use std::fs;
use std::path::{Path, PathBuf};

/// The programs that prove AWS's documents.
pub struct AwsTools {
    /// Python, with the packages of `tests/aws/requirements.txt`.
    pub python: PathBuf,
}

/// Puts them in place.
pub fn ensure() -> Result<AwsTools, Failure> {
    let home = paths::tests().join("aws");
    npm_packages(&home)?;
    Ok(AwsTools {
        python: python_environment(&home)?,
    })
}

/// A Python environment is made anew where its lock file changed.
fn python_environment(home: &Path) -> Result<PathBuf, Failure> {
    let locked = home.join("requirements.txt");
    let lock = paths::read(&locked)?;
    let environment = paths::cache()?.join("aws-python");
    let stamp = environment.join(".headroom-lock");
    let programs = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let python = programs.join(if cfg!(windows) {
        "python.exe"
    } else {
        "python3"
    });
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(python);
    }
    announce(
        "Python packages of tests/aws/requirements.txt",
        "AWS's own models, and what reads its templates, say whether exports are right; about 2 minutes and 1 GB, once",
    );
    paths::remove(&environment)?;
    if make(&environment).is_err() {
        // Debian parts the module that makes environments from Python itself.
        if apt::present() {
            apt::install(
                &["python3", "python3-venv"],
                "AWS's own models are Python packages",
            )?;
        }
        paths::remove(&environment)?;
        make(&environment)?;
    }
    proc::program(&python, &["-m", "pip", "install", "--quiet", "--no-input"])
        .args([
            "--disable-pip-version-check",
            "--require-hashes",
            "--no-deps",
        ])
        .arg("--requirement")
        .arg(&locked)
        .run()
        .map_err(|failure| {
            failure.advise("check that pip reaches its registry (a proxy?), then run this again")
        })?;
    write(&stamp, &lock)?;
    Ok(python)
}

fn make(environment: &Path) -> Result<(), Failure> {
    let python = if cfg!(windows) { "python" } else { "python3" };
    proc::program(python, &["-m", "venv"])
        .arg(environment)
        .run()
        .map_err(|failure| {
            failure.advise(
                "install Python 3.11 or newer with venv (on Debian: apt-get install python3-venv)",
            )
        })
}

fn npm_packages(home: &Path) -> Result<(), Failure> {
    let lock = paths::read(&home.join("package-lock.json"))?;
    let stamp = home.join("node_modules").join(".headroom-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    announce(
        "npm packages of tests/aws/package-lock.json",
        "AWS's constructs for TypeScript, its compiler, and HashiCorp's formatter",
    );
    // None of them needs what its scripts would do.
    let args = ["ci", "--ignore-scripts", "--loglevel=error"];
    let npm = if cfg!(windows) {
        proc::program("cmd", &["/C", "npm"])
    } else {
        proc::program("npm", &[])
    };
    npm.args(args).inside(home).run().map_err(|failure| {
        failure.advise("check that npm reaches its registry (a proxy?), then run this again")
    })?;
    write(&stamp, &lock)
}

fn write(stamp: &Path, lock: &str) -> Result<(), Failure> {
    fs::write(stamp, lock).map_err(|error| {
        Failure::new(
            format!("cannot write {}: {error}", stamp.display()),
            "check that you may write there",
        )
    })
}
