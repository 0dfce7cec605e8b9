//! `headroom`: the page's engine at a prompt, for scripts, CI and batches.
//!
//! It reads scenarios, asks `scenario` and `engine`, and prints. What it prints is described in `docs/cli.md`, whose
//! examples a test runs. Nothing is computed here, and nothing is sent anywhere.

mod args;
mod batch;
mod commands;
mod failure;
mod given;
mod input;
mod outcome;
mod plain;
mod pool;
mod print;
mod result;
mod set;
mod sweep;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command, LinkCommand};
use failure::Failure;

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    match &args.command {
        Command::Size(args) => commands::size::run(args),
        Command::Simulate(args) => commands::simulate::run(args),
        Command::Check(args) => commands::check::run(args),
        Command::Compare(args) => commands::compare::run(args),
        Command::Link(LinkCommand::Encode(args)) => commands::link::encode(args),
        Command::Link(LinkCommand::Decode(args)) => commands::link::decode(args),
        Command::Export(args) => commands::export::run(args),
        Command::Import(args) => commands::import::run(args),
        Command::Trace(args) => commands::trace::run(args),
        Command::Catalog(args) => commands::catalog::run(args),
    }
}
