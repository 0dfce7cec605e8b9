//! The pinned versions of the tools, in one place.
//!
//! Only trunk, the splitter and cargo-mutants are named here. wasm-bindgen-cli must equal the library that the
//! lock file chose, so it is read from `Cargo.lock`; the npm tools (binaryen,
//! playwright-core, axe-core) are pinned in `tests/package.json`, and binaryen once more in
//! `Trunk.toml`, since trunk asks which it is.

use crate::paths;
use crate::proc::Failure;

/// The newest trunk that Rust 1.95 builds (0.22 asks for 1.96.1).
pub const TRUNK: &str = "0.21.14";

/// The newest; it reads what the library of `Cargo.toml`, `wasm_split_helpers`, marks.
pub const WASM_SPLIT: &str = "0.2.4";

/// Its results are compared between runs, so it is always the same.
pub const CARGO_MUTANTS: &str = "27.1.0";

/// The wasm-bindgen version in `Cargo.lock`.
pub fn wasm_bindgen() -> Result<String, Failure> {
    let path = paths::root().join("Cargo.lock");
    let lock = paths::read(&path)?;
    let mut lines = lock.lines();
    while let Some(line) = lines.next() {
        if line == "name = \"wasm-bindgen\""
            && let Some(version) = lines.next().and_then(|next| quoted(next, "version = "))
        {
            return Ok(version.to_owned());
        }
    }
    Err(Failure::new(
        "Cargo.lock names no wasm-bindgen",
        "restore Cargo.lock from the repository",
    ))
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.split('"').nth(1)
}
