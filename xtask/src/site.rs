//! The site: its release build, and a server that rebuilds it.

use crate::content;
use crate::paths;
use crate::proc::{self, Failure, Outcome};
use crate::setup::{self, WasmTools};
use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

/// What `serve` was asked for.
pub struct ServeOptions {
    port: u16,
    release: bool,
}

impl ServeOptions {
    pub fn parse(args: &[String]) -> Result<Self, Failure> {
        let mut options = Self {
            port: 8080,
            release: false,
        };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let (name, value) = match arg.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (arg.as_str(), None),
            };
            match name {
                "--release" => options.release = true,
                "--port" | "-p" => {
                    let value = value.or_else(|| args.next().cloned()).unwrap_or_default();
                    options.port = value.parse().ok().filter(|port| *port > 0).ok_or_else(|| {
                        Failure::new(
                            format!("`{value}` is no port"),
                            "give a number from 1 to 65535, as in `cargo xtask serve --port 8081`",
                        )
                    })?;
                }
                other => {
                    return Err(Failure::new(
                        format!("`cargo xtask serve` takes no `{other}`"),
                        "it takes --port N and --release",
                    ));
                }
            }
        }
        Ok(options)
    }
}

/// Builds the release site into `dist/`.
pub fn build() -> Outcome {
    let tools = setup::for_build()?;
    let author = content::program()?;
    proc::program("trunk", &["build", "--release", "--log", "error"])
        .arg("--dist")
        .arg(paths::dist())
        .envs(tools.env())
        .env(content::PROGRAM, author)
        .env("NO_COLOR", "true")
        .env("RUST_BACKTRACE", "0")
        .run()
        .map_err(|failure| failure.advise("the compiler's messages above say what to mend"))?;
    println!(
        "the site is in dist/: {} KiB, to be served from any folder",
        kib_of(&paths::dist())
    );
    Ok(())
}

/// What the compiler's wasm makes use of.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// Shrinks a wasm file in place as trunk shrinks the page: the same features stand in `index.html`.
pub fn shrink(wasm: &Path, tools: &WasmTools) -> Outcome {
    proc::program("wasm-opt", &["-Oz", "--output"])
        .arg(wasm)
        .arg(wasm)
        .args(FEATURES)
        .envs(tools.env())
        .run()
}

/// Serves the page until the person stops it, rebuilding on every change.
pub fn serve(options: &ServeOptions) -> Outcome {
    ensure_free(options.port)?;
    let tools = setup::for_build()?;
    let author = content::program()?;
    println!(
        "building the page; then it is at http://127.0.0.1:{}",
        options.port
    );
    // A folder of its own: what is served never mixes with the release site.
    let dist = paths::target().join("serve");
    paths::make(&dist)?;
    let profile: &[&str] = if options.release {
        &["--release", "--no-autoreload"]
    } else {
        &["--cargo-profile", "serve"]
    };
    proc::program(
        "trunk",
        &[
            "serve",
            "--address",
            "127.0.0.1",
            "--disable-address-lookup",
        ],
    )
    .args(profile)
    .arg("--port")
    .arg(options.port.to_string())
    .arg("--dist")
    .arg(dist)
    .envs(tools.env())
    .env(content::PROGRAM, author)
    .env("NO_COLOR", "true")
    .env("RUST_BACKTRACE", "0")
    .run()
    .map_err(|failure| failure.advise("the messages above say what to mend"))
}

fn ensure_free(port: u16) -> Outcome {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Err(Failure::new(
            format!("port {port} is taken by another program"),
            format!(
                "stop that program, or choose another port: `cargo xtask serve --port {}`",
                port.checked_add(1).unwrap_or(8080)
            ),
        )),
        Err(error) => Err(Failure::new(
            format!("port {port} cannot be used: {error}"),
            "choose another port: `cargo xtask serve --port 8081`",
        )),
    }
}

fn kib_of(folder: &Path) -> u64 {
    fn bytes(folder: &Path) -> u64 {
        let Ok(files) = fs::read_dir(folder) else {
            return 0;
        };
        files
            .flatten()
            .map(|file| match file.metadata() {
                Ok(data) if data.is_dir() => bytes(&file.path()),
                Ok(data) => data.len(),
                Err(_) => 0,
            })
            .sum()
    }
    bytes(folder).div_ceil(1024)
}
