//! The native half of `cargo xtask bench`: prints one line a figure, name, value and unit apart by tabs.
//!
//! `bench-native` times the workloads; `bench-native links` gives the length of each shipped scenario's link;
//! `bench-native link ID` gives a workload's link itself; `bench-native once ID` compiles, runs and reports a workload
//! once, for a profiler that counts instructions.

#![allow(clippy::print_stdout, reason = "its output is what the program is for")]

use bench::{ALL, Workload};
use scenario::{link, presets};
use std::{
    env,
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

/// Runs that each figure is the median of.
const SAMPLES: usize = 21;
/// A sample repeats its work until it has lasted this long, so that the clock's steps do not matter.
const SAMPLE: Duration = Duration::from_millis(20);

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
    for named in ALL {
        let workload = Workload::new(named.id)?;
        let id = named.id;
        println!("{id}/compile\t{}\tms", median_ms(|| workload.compile()));
        println!("{id}/run\t{}\tms", median_ms(|| workload.run()));
        println!(
            "{id}/run+report\t{}\tms",
            median_ms(|| workload.run_and_report())
        );
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

fn median_ms<T>(work: impl Fn() -> T) -> f64 {
    let once = Instant::now();
    black_box(work());
    let once = once.elapsed().max(Duration::from_nanos(100));
    let repeats = (SAMPLE.as_nanos() / once.as_nanos()).clamp(1, 10_000) as u32;
    let mut samples: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..repeats {
                black_box(work());
            }
            start.elapsed().as_secs_f64() * 1000.0 / f64::from(repeats)
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples.get(SAMPLES / 2).copied().unwrap_or(f64::NAN)
}
