//! For machines that cannot reach rustup's server: a standard library for wasm32 by Debian's own compiler.
//!
//! The package with the compiler's source holds the library: it is built once into the cache of tools, as a sysroot of its own,
//! so no system folder is written to. Where Debian's packages cannot be had either, there is nothing to be done here.

use super::wasm_std::{Env, TARGET, holds_std};
use super::{announce, apt};
use crate::paths;
use crate::proc::{self, Failure, Outcome};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src/rust/library/std";

/// Installs the compiler and builds the library; returns the variables with which cargo uses both.
pub fn set_up() -> Result<Env, Failure> {
    if !apt::present() {
        return Err(Failure::new(
            format!("the compiler has no standard library for {TARGET}"),
            format!("run `rustup target add {TARGET}` where rustup's server can be reached"),
        ));
    }
    install_debian_compiler()?;
    build_debian_sysroot()?;
    ready()?.ok_or_else(|| {
        Failure::new(
            "Debian's compiler for wasm is still incomplete",
            "check that rustc-web, rust-web-src and the lld of its LLVM version are installed",
        )
    })
}

/// The variables, if all of it is there already.
pub fn ready() -> Result<Option<Env>, Failure> {
    let Some(version) = DebianVersion::find() else {
        return Ok(None);
    };
    let sysroot = version.sysroot()?;
    let Some(linker) = version.linker() else {
        return Ok(None);
    };
    if !holds_std(&library_folder(&sysroot)) {
        return Ok(None);
    }
    let mut flag = OsString::from("--sysroot=");
    flag.push(&sysroot);
    Ok(Some(vec![
        ("RUSTC".into(), DEBIAN_RUSTC.into()),
        ("CARGO_ENCODED_RUSTFLAGS".into(), flag),
        (
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER".into(),
            linker.into(),
        ),
    ]))
}

fn library_folder(sysroot: &Path) -> PathBuf {
    sysroot.join("lib").join("rustlib").join(TARGET).join("lib")
}

/// What Debian's compiler says of itself; its packages move with Debian.
struct DebianVersion {
    release: String,
    commit: String,
    llvm_major: u32,
}

impl DebianVersion {
    fn find() -> Option<Self> {
        let said = proc::program(DEBIAN_RUSTC, &["-vV"]).probe()?;
        let field = |name: &str| {
            said.lines()
                .find_map(|line| line.strip_prefix(name))
                .map(|value| value.trim().to_owned())
        };
        Some(Self {
            release: field("release:")?,
            commit: field("commit-hash:")?.chars().take(9).collect(),
            llvm_major: field("LLVM version:")?.split('.').next()?.parse().ok()?,
        })
    }

    fn sysroot(&self) -> Result<PathBuf, Failure> {
        Ok(paths::cache()?.join(format!("wasm-std-{}-{}", self.release, self.commit)))
    }

    /// Debian's rustc looks for `rust-lld`, which Debian does not ship.
    fn linker(&self) -> Option<PathBuf> {
        paths::on_path(&[&format!("wasm-ld-{}", self.llvm_major)])
    }
}

fn install_debian_compiler() -> Outcome {
    if DebianVersion::find().is_none() || !Path::new(DEBIAN_SOURCE).is_dir() {
        apt::install(
            &["rustc-web", "rust-web-src"],
            "Debian's current Rust compiler, with the source of the standard library",
        )?;
    }
    let version = DebianVersion::find().ok_or_else(|| {
        Failure::new(
            format!("{DEBIAN_RUSTC} does not say its version"),
            "check that the package rustc-web is installed whole",
        )
    })?;
    if version.linker().is_none() {
        apt::install(
            &[&format!("lld-{}", version.llvm_major)],
            "the linker for wasm",
        )?;
    }
    Ok(())
}

fn build_debian_sysroot() -> Outcome {
    let Some(version) = DebianVersion::find() else {
        return Ok(());
    };
    let sysroot = version.sysroot()?;
    if holds_std(&library_folder(&sysroot)) {
        return Ok(());
    }
    announce(
        &format!("Rust's standard library {} for {TARGET}", version.release),
        "built from Debian's source package, once; about a minute",
    );
    let cache = paths::cache()?;
    let work = cache.join("build-wasm-std");
    paths::remove(&work)?;
    paths::make(&work.join("src"))?;
    write(
        &work.join("Cargo.toml"),
        "[package]\nname = \"seed\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n",
    )?;
    write(&work.join("src").join("lib.rs"), "")?;
    // `test` is for wasm tests; without bitcode a build with LTO stops.
    proc::cargo(&[
        "build",
        "--release",
        "--quiet",
        "--target",
        TARGET,
        "-Zbuild-std=std,panic_abort,test",
    ])
    .inside(&work)
    .env("RUSTC", DEBIAN_RUSTC)
    .env("RUSTC_BOOTSTRAP", "1")
    .env(
        "CARGO_ENCODED_RUSTFLAGS",
        "-Cembed-bitcode=yes\u{1f}-Zforce-unstable-if-unmarked",
    )
    .env("CARGO_TARGET_DIR", work.join("target"))
    .run()
    .map_err(|failure| {
        failure.advise(
            "check that cargo reaches its registry and that rust-web-src has rustc-web's \
                 version, then run this again",
        )
    })?;
    // Filled under another name and renamed: half a library is never found.
    let staged = cache.join("staged-wasm-std");
    paths::remove(&staged)?;
    copy_libraries(
        &work
            .join("target")
            .join(TARGET)
            .join("release")
            .join("deps"),
        &library_folder(&staged),
    )?;
    paths::remove(&sysroot)?;
    fs::rename(&staged, &sysroot).map_err(|error| {
        Failure::new(
            format!("cannot move the library to {}: {error}", sysroot.display()),
            "check that you may write in the cache of tools",
        )
    })?;
    paths::remove(&work)
}

fn copy_libraries(from: &Path, to: &Path) -> Outcome {
    paths::make(to)?;
    let copied = fs::read_dir(from).and_then(|files| {
        for file in files {
            let file = file?;
            let name = file.file_name().to_string_lossy().into_owned();
            if name.ends_with(".rlib") && !name.starts_with("libseed-") {
                fs::copy(file.path(), to.join(name))?;
            }
        }
        Ok(())
    });
    copied.map_err(|error| {
        Failure::new(
            format!("cannot copy the built library: {error}"),
            "check the free space of the cache of tools",
        )
    })
}

fn write(path: &Path, text: &str) -> Outcome {
    fs::write(path, text).map_err(|error| {
        Failure::new(
            format!("cannot write {}: {error}", path.display()),
            "check the free space and that you may write there",
        )
    })
}
