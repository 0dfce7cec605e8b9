//! The engine beside the referee, row by row: held to its tolerances, and told in `docs/fidelity.md`.

use crate::{
    fixed,
    rows::{self, INSTANCES, Row},
};
use engine::plan::Objective;
use std::{env, fmt::Write as _, fs, path::PathBuf, sync::OnceLock};

/// The long run: a week, of which the first hours do not count for much.
const LONG_S: u32 = 604_800;

/// All rows, with what the engine says.
fn both() -> &'static [(Row, [f64; 5])] {
    static BOTH: OnceLock<Vec<(Row, [f64; 5])>> = OnceLock::new();
    BOTH.get_or_init(|| {
        rows::stored()
            .into_iter()
            .map(|row| (row, engine(&row)))
            .collect()
    })
}

/// What the engine says: mean, median, 95th and 99th percentile in milliseconds, and the share that is late.
fn engine(row: &Row) -> [f64; 5] {
    let length_s = row.held_s.unwrap_or(LONG_S);
    let mut plan = fixed(INSTANCES, row.k, row.work(), &[(0.0, row.load)], length_s);
    plan.objective = Objective {
        late_s: row.late_s,
        ..plan.objective
    };
    let totals = engine::run(&plan).totals;
    [
        totals.mean_ms,
        totals.p50_ms,
        totals.p95_ms,
        totals.p99_ms,
        totals.late / totals.requests,
    ]
}

#[test]
fn latency_and_late_are_those_of_every_request() {
    let rows = both();
    assert!(rows.len() >= 40);
    let mut wrong = String::new();
    for (row, got) in rows {
        let limits = [0.03, 0.1, 0.1, 0.1];
        for (i, within) in limits.into_iter().enumerate() {
            let off = got[i] / row.referee[i] - 1.0;
            if off.abs() > within {
                writeln!(wrong, "{i} is off by {off:.3}: {got:.4?} {row:?}").unwrap();
            }
        }
        let off = got[4] - row.referee[4];
        if off.abs() > 0.01 {
            writeln!(wrong, "late is off by {off:.4}: {got:.4?} {row:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const HEADER: &str = "\
| k | p95 ÷ p50 | RPS | load | held | mean, ms | p50, ms | p95, ms | p99, ms | late |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
";

fn table() -> String {
    let mut table = HEADER.to_owned();
    for (row, got) in both() {
        let work = row.work();
        let ratio = work.exceeded_s(0.05) / work.exceeded_s(0.5);
        let held = (row.held_s).map_or("∞".to_owned(), |held_s| format!("{} min", held_s / 60));
        let both = |i: usize| {
            let digits = usize::from(row.referee[i] < 100.0);
            format!("{:.digits$} / {:.digits$}", row.referee[i], got[i])
        };
        writeln!(
            table,
            "| {} | {ratio:.1} | {} | {:.0} % | {held} | {} | {} | {} | {} | {:.1} % / {:.1} % |",
            row.k,
            row.max_rps,
            100.0 * row.load,
            both(0),
            both(1),
            both(2),
            both(3),
            100.0 * row.referee[4],
            100.0 * got[4],
        )
        .unwrap();
    }
    table
}

#[test]
fn the_table_in_the_documentation_is_this_one() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/fidelity.md");
    let text = fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once(HEADER).unwrap();
    let rows = rest
        .split_inclusive('\n')
        .take_while(|line| line.starts_with('|'));
    let after = &rest[rows.map(str::len).sum()..];
    let renewed = format!("{before}{}{after}", table());
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(file, renewed).unwrap();
        return;
    }
    assert!(
        renewed == text,
        "if meant so: UPDATE_DOCS=1 cargo test -p engine --test latency_referee"
    );
}
