//! Has the linker write down where each constant of the page lies: a release is divided by that (`xtask/hooks/reach.mjs`).

use std::{env, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // `…/release/build/headroom-…/out`: the map goes beside the program.
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    let is_page = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if let Some(folder) = Path::new(&out).ancestors().nth(3)
        && is_page
    {
        let map = folder.join("headroom.map");
        println!("cargo::rustc-link-arg-bins=-Map={}", map.display());
    }
}
