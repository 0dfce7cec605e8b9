//! A compiler with a standard library for wasm32: rustup's target, or what `without_rustup` makes where that cannot be fetched.

use super::{announce, without_rustup};
use crate::paths;
use crate::proc::{self, Failure};
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// Variables for cargo.
pub type Env = Vec<(String, OsString)>;

/// What the page is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Returns the variables with which cargo compiles for wasm; none where the default compiler can do it.
pub fn ensure() -> Result<Env, Failure> {
    if default_compiler_has_target() {
        return Ok(Env::new());
    }
    if let Some(env) = without_rustup::ready()? {
        return Ok(env);
    }
    if paths::on_path(&["rustup"]).is_some() {
        announce(
            &format!("rustup target add {TARGET}"),
            "the page is compiled to wasm, and that needs a standard library for it",
        );
        if proc::program("rustup", &["target", "add", TARGET])
            .env("RUST_BACKTRACE", "0")
            .run()
            .is_ok()
            && default_compiler_has_target()
        {
            return Ok(Env::new());
        }
        println!("        rustup could not fetch it; trying Debian's compiler instead");
    }
    without_rustup::set_up()
}

fn default_compiler_has_target() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    proc::program(rustc, &["--print", "target-libdir", "--target", TARGET])
        .probe()
        .is_some_and(|folder| holds_std(Path::new(folder.trim())))
}

/// Whether a folder holds a built standard library.
pub fn holds_std(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|files| {
        files
            .flatten()
            .any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
    })
}
