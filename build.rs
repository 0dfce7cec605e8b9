//! Asks the linker for its relocations, by which `xtask/src/split.rs` splits the page's program.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").as_deref() == Ok("wasm") {
        println!("cargo::rustc-link-arg-bin=headroom-page=--emit-relocs");
    }
}
