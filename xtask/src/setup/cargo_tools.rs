//! trunk, wasm-bindgen-cli, the splitter and cargo-mutants, built by cargo into the cache of tools.
//!
//! They are built without optimisation worth the name: that halves the first
//! run, and they work for seconds at most.

use super::announce;
use crate::paths;
use crate::proc::{self, Failure};
use crate::versions;
use std::path::PathBuf;

struct Tool {
    name: &'static str,
    binary: &'static str,
    version: String,
    why: &'static str,
    args: &'static [&'static str],
    opt_level: &'static str,
}

/// The folder of the trunk program.
pub fn trunk() -> Result<PathBuf, Failure> {
    ensure(&Tool {
        name: "trunk",
        binary: "trunk",
        version: versions::TRUNK.into(),
        why: "it turns the Rust code and static/ into a site; its build takes about 2 minutes, once",
        args: &["--locked", "--no-default-features", "--features", "rustls"],
        opt_level: "0",
    })
}

/// The folder of the program that changes the engine to see whether a test notices.
pub fn mutants() -> Result<PathBuf, Failure> {
    ensure(&Tool {
        name: "cargo-mutants",
        binary: "cargo-mutants",
        version: versions::CARGO_MUTANTS.into(),
        why: "it changes the engine, one place at a time, to see whether a test notices; its build takes about a minute, once",
        args: &["--locked"],
        opt_level: "0",
    })
}

/// The folder of wasm-bindgen and its test runner.
pub fn wasm_bindgen() -> Result<PathBuf, Failure> {
    ensure(&Tool {
        name: "wasm-bindgen-cli",
        binary: "wasm-bindgen",
        version: versions::wasm_bindgen()?,
        why: "it writes the script between wasm and the browser, and runs tests there; about 1.5 minutes, once",
        // Not --locked: the published lock file names a version the registry lacks.
        args: &[],
        opt_level: "1",
    })
}

/// The folder of the program that splits the page's wasm.
pub fn wasm_split() -> Result<PathBuf, Failure> {
    ensure(&Tool {
        name: "wasm_split_cli_support",
        binary: "wasm-split-cli",
        version: versions::WASM_SPLIT.into(),
        why: "it splits the page's program: what every visit needs, and the study aid; about 20 seconds, once",
        args: &["--locked", "--features", "build-binary"],
        opt_level: "1",
    })
}

fn ensure(tool: &Tool) -> Result<PathBuf, Failure> {
    let cache = paths::cache()?;
    let home = cache.join(format!("{}-{}", tool.name, tool.version));
    let folder = home.join("bin");
    let file = format!("{}{}", tool.binary, std::env::consts::EXE_SUFFIX);
    if folder.join(&file).is_file() {
        return Ok(folder);
    }
    if let Some(folder) = same_version_on_path(tool) {
        return Ok(folder);
    }
    announce(&format!("{} {}", tool.name, tool.version), tool.why);
    paths::make(&home)?;
    let work = cache.join(format!("build-{}", tool.name));
    proc::cargo(&[
        "install",
        tool.name,
        "--debug",
        "--quiet",
        "--version",
        &tool.version,
    ])
    .arg("--root")
    .arg(&home)
    .arg("--target-dir")
    .arg(&work)
    .args(tool.args)
    .env("CARGO_PROFILE_DEV_DEBUG", "0")
    .env("CARGO_PROFILE_DEV_OPT_LEVEL", tool.opt_level)
    .env("CARGO_INCREMENTAL", "0")
    .run()
    .map_err(|failure| {
        failure.advise(format!(
            "check that cargo reaches its registry (a proxy? disk space?), then run this again; \
                 or put {} {} on PATH yourself",
            tool.binary, tool.version
        ))
    })?;
    paths::remove(&work)?;
    Ok(folder)
}

fn same_version_on_path(tool: &Tool) -> Option<PathBuf> {
    let found = paths::on_path(&[tool.binary])?;
    let said = proc::program(&found, &["--version"]).probe()?;
    let same = said.split_whitespace().any(|word| word == tool.version);
    same.then(|| found.parent().map(PathBuf::from)).flatten()
}
