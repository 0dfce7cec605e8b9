//! The native half of `cargo xtask bench`: prints one line a figure, its columns apart by tabs.
//!
//! `bench-native` times the workloads; `bench-native links` gives the length of each shipped scenario's link;
//! `bench-native link ID` gives a workload's link itself; `bench-native once ID` compiles, runs and reports a workload
//! once, for a profiler that counts instructions.

#![allow(clippy::print_stdout, reason = "its output is what the program is for")]

use bench::{ALL, Workload};
use scenario::{link, presets};
use std::{env, hint::black_box, process::ExitCode, time::Instant};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        [] => measure(),
        ["links"] => {
            links();
            Ok(())
        }
        ["link", id] => link_of(id),
        ["once", id] => once(id),
        _ => Err("usage: bench-native [links | link ID | once ID]".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<(), String> {
    let begun = Instant::now();
    let now_ms = || begun.elapsed().as_secs_f64() * 1000.0;
    for named in ALL {
        print!("{}", bench::figures(named.id, &now_ms)?);
    }
    Ok(())
}

fn once(id: &str) -> Result<(), String> {
    black_box(Workload::new(id)?.run_and_report());
    Ok(())
}

fn links() {
    for preset in presets::all() {
        let length = link::encode(&preset.scenario())
            .map_or_else(|_| "file".to_owned(), |link| link.len().to_string());
        println!("{}\t{length}\tcharacters", preset.id);
    }
}

fn link_of(id: &str) -> Result<(), String> {
    let named = ALL
        .iter()
        .find(|named| named.id == id)
        .ok_or_else(|| format!("there is no workload {id}"))?;
    let link = link::encode(&named.scenario()?)
        .map_err(|_| format!("workload {id} is too long for a link"))?;
    println!("{link}");
    Ok(())
}
