//! The native half of `cargo xtask bench`.
//!
//! `bench-native turns` does what it is asked for, a line each, `WORKLOAD<tab>WORK<tab>TIMES`, and answers with the milliseconds of the
//! processor that it took (`tests/bench/turns.mjs` asks); `bench-native links` prints the length of each shipped scenario's link, its columns apart by
//! tabs; `bench-native link ID` prints a workload's link itself; `bench-native once ID WORK` does a workload's work once, for a
//! profiler that counts instructions.

#![allow(clippy::print_stdout, reason = "its output is what the program is for")]

use bench::{ALL, Workload};
use cpu_time::ThreadTime;
use scenario::{link, presets};
use std::{env, io, process::ExitCode};

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["turns"] => turns(),
        ["links"] => {
            links();
            Ok(())
        }
        ["link", id] => link_of(id),
        ["once", id, work] => once(id, work),
        _ => Err("usage: bench-native turns | links | link ID | once ID WORK".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn turns() -> Result<(), String> {
    let mut last: Option<(String, Workload)> = None;
    for line in io::stdin().lines() {
        let line = line.map_err(|error| format!("cannot read what to do: {error}"))?;
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, work, times] = columns.as_slice() else {
            return Err(format!("not WORKLOAD<tab>WORK<tab>TIMES: {line}"));
        };
        let times = times
            .parse()
            .map_err(|error| format!("how many times? {times}: {error}"))?;
        let (_, workload) = match &mut last {
            Some(known) if known.0 == id => known,
            // The memory of the one before is given back first.
            last => {
                *last = None;
                last.insert((id.to_owned(), Workload::new(id)?))
            }
        };
        // The processor's time: what it does for others in between does not count.
        let begun = ThreadTime::now();
        workload.perform(work, times)?;
        println!("{}", begun.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(())
}

fn once(id: &str, work: &str) -> Result<(), String> {
    Workload::new(id)?.perform(work, 1)
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
