//! Set-up: puts in place what a command needs and finds missing.
//!
//! A step looks first, in milliseconds, and is skipped when its work is done;
//! otherwise it says what it does and why, and when it fails, what to do.

mod apt;
mod aws;
mod browser;
mod cargo_tools;
mod npm;
mod remap;
mod wasm_std;
mod without_rustup;

pub use aws::AwsTools;
pub use browser::Browser;
pub use cargo_tools::mutants;

use crate::paths;
use crate::proc::{self, Failure};
use crate::split;
use std::ffi::OsString;
use std::path::PathBuf;

/// How to compile for wasm on this machine: variables for cargo and trunk.
pub struct WasmTools {
    env: Vec<(String, OsString)>,
    test_runner: PathBuf,
}

impl WasmTools {
    /// The variables that cargo and trunk need to compile for wasm.
    pub fn env(&self) -> &[(String, OsString)] {
        &self.env
    }

    /// The program that runs wasm tests in a browser.
    pub fn test_runner(&self) -> &PathBuf {
        &self.test_runner
    }
}

/// Says what a step is about to do, and why.
fn announce(what: &str, why: &str) {
    println!("set-up: {what}\n        {why}");
}

/// Several numbers at once (SIMD): every browser can since March 2023, when Safari 16.4 came, and runs take a fifth less time.
const SIMD: &str = "-Ctarget-feature=+simd128";

/// All that building the site needs; no browser.
pub fn for_build() -> Result<WasmTools, Failure> {
    let compiler = wasm_std::ensure()?;
    let trunk = cargo_tools::trunk()?;
    let bindgen = cargo_tools::wasm_bindgen()?;
    let npm = npm::ensure()?;
    let mut env = compiler;
    with_flags(&mut env, &remap::flags()?);
    with_flags(&mut env, &[SIMD.into()]);
    let (stand_in, variables) = split::stand_in(&bindgen, &cargo_tools::wasm_split()?)?;
    env.extend(variables);
    let folders = [stand_in, trunk, bindgen.clone(), npm];
    env.push(("PATH".into(), proc::path_with(&folders)?));
    env.push(("CARGO_TARGET_DIR".into(), paths::wasm_target().into()));
    let runner = format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX);
    Ok(WasmTools {
        env,
        test_runner: bindgen.join(runner),
    })
}

/// Adds flags to those that the compiler is given already.
fn with_flags(env: &mut Vec<(String, OsString)>, flags: &[OsString]) {
    const NAME: &str = "CARGO_ENCODED_RUSTFLAGS";
    let given = env.iter().position(|(name, _)| name == NAME);
    let mut all = given.map_or_else(OsString::new, |at| env.swap_remove(at).1);
    for flag in flags {
        if !all.is_empty() {
            all.push("\u{1f}");
        }
        all.push(flag);
    }
    env.push((NAME.into(), all));
}

/// Browsers of other makers, where they can be had.
pub fn for_other_browsers() {
    browser::ensure_others();
}

/// What proves AWS's documents.
pub fn for_aws() -> Result<AwsTools, Failure> {
    aws::ensure()
}

/// A browser, its driver, and a Korean font; the npm tools that steer it.
pub fn for_browser() -> Result<Browser, Failure> {
    npm::ensure()?;
    browser::ensure()
}
