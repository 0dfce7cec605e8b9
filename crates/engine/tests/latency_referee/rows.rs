//! The stations that are compared: how many requests at once, how long they take, how busy, and for how long.

use crate::every_request::{Figures, Random, Work, steady};
use std::{fmt::Write as _, fs, path::PathBuf};

/// Instances that requests are spread over at random.
pub const INSTANCES: u32 = 3;

/// A station at a steady load, and what every single request of it gave.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Requests per second that an instance sustains, and requests at once that this means.
    pub max_rps: f64,
    pub k: f64,
    /// How much of a request's time on an idle instance is exponential.
    pub exponential: f64,
    pub load: f64,
    /// For so many seconds from empty instances on; `None`: in the long run.
    pub held_s: Option<u32>,
    /// A request is late that waits longer.
    pub late_s: f64,
    /// Mean, median, 95th and 99th percentile in milliseconds, and the share that is late.
    pub referee: [f64; 5],
}

impl Row {
    pub fn work(&self) -> Work {
        Work::new(self.k / self.max_rps, self.exponential)
    }
}

/// All rows without what the referee gives.
fn asked() -> Vec<Row> {
    let mut rows = Vec::new();
    let mut ask = |max_rps: f64, (k, exponential): (f64, f64), load: f64, held_s, late_s| {
        rows.push(Row {
            max_rps,
            k,
            exponential,
            load,
            held_s,
            late_s,
            referee: [0.0; 5],
        });
    };
    for station in [
        (1.0, 0.3),
        (1.0, 1.0),
        (1.32, 0.35),
        (1.5, 0.6),
        (1.76, 0.3),
        (2.0, 0.1),
        (2.0, 0.7),
        (2.7, 0.4),
        (3.0, 0.25),
        (4.0, 0.5),
        (5.5, 0.3),
        (8.0, 0.6),
    ] {
        for load in [0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.99] {
            ask(20.0, station, load, None, 1.0);
        }
        ask(20.0, station, 1.0, Some(600), 1.0);
    }
    // Shorter and longer than ten minutes, and instances that are slower and faster.
    for (station, load, held_s) in [
        ((1.32, 0.35), 0.95, 600),
        ((2.0, 0.7), 0.97, 600),
        ((4.0, 0.5), 0.99, 600),
        ((1.76, 0.3), 1.0, 120),
        ((1.76, 0.3), 1.0, 3600),
    ] {
        ask(20.0, station, load, Some(held_s), 1.0);
    }
    for (max_rps, late_s) in [(2.0, 5.0), (200.0, 0.2)] {
        ask(max_rps, (2.7, 0.4), 0.9, None, late_s);
        ask(max_rps, (2.7, 0.4), 1.0, Some(600), late_s);
    }
    rows
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/latency_referee/rows.csv")
}

const HEADER: &str = "max_rps,k,exponential,load,held_s,late_s,mean_ms,p50_ms,p95_ms,p99_ms,late";

/// What is stored.
pub fn stored() -> Vec<Row> {
    let text = fs::read_to_string(file()).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(HEADER));
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        Row {
            max_rps: number(0),
            k: number(1),
            exponential: number(2),
            load: number(3),
            held_s: cells[4].parse().ok(),
            late_s: number(5),
            referee: [6, 7, 8, 9, 10].map(number),
        }
    });
    rows.collect()
}

/// Every request, so many that the mean is known to a percent or so.
fn simulated(row: &Row) -> [f64; 5] {
    const WITHIN: f64 = 0.01;
    let seed = row.k * 100.0 + row.load * 1000.0 + row.exponential * 10_000.0;
    let (mut figures, mut random) = (Figures::new(), Random::new(seed as u64));
    let station = (INSTANCES as usize, row.k, row.work(), row.load);
    if let Some(held_s) = row.held_s {
        let held_s = f64::from(held_s);
        let fewer = (600.0 / held_s).min(1.0) * (40.0 / row.max_rps).min(1.0);
        let runs = 1.5 / (WITHIN * WITHIN) / f64::from(INSTANCES) * fewer;
        for _ in 0..runs as usize {
            let times = (0.0, held_s, row.late_s);
            steady(&mut figures, &mut random, station, times);
        }
        return figures.told();
    }
    // A wait is forgotten in about so many seconds (see `brownian` in the engine), and the mean of so many of them is sought.
    let square = (1.0 - row.load) * (1.0 - row.load);
    let variance = 1.0 + row.exponential * row.exponential;
    let requests = (4.0 * variance / square / (WITHIN * WITHIN)).clamp(2e6, 4.5e8);
    let length_s = requests / (f64::from(INSTANCES) * row.max_rps) / row.load;
    let skipped_s = 20.0 * variance / row.max_rps / square;
    let times = (skipped_s, length_s, row.late_s);
    steady(&mut figures, &mut random, station, times);
    figures.told()
}

/// Simulates all rows anew, and stores them.
#[test]
#[ignore = "takes minutes; writes `rows.csv`"]
fn every_request_anew() {
    let mut text = format!("{HEADER}\n");
    for row in asked() {
        let held_s = row
            .held_s
            .map_or(String::new(), |held_s| held_s.to_string());
        let [mean, p50, p95, p99, late] = simulated(&row);
        writeln!(
            text,
            "{},{},{},{},{held_s},{},{mean:.2},{p50:.2},{p95:.2},{p99:.2},{late:.5}",
            row.max_rps, row.k, row.exponential, row.load, row.late_s
        )
        .unwrap();
    }
    fs::write(file(), text).unwrap();
}
