//! Every scenario gives the same bytes natively and in a browser: both run this test, and both must meet the
//! fingerprints in `fingerprints.txt`. A change of the engine that is meant is written there with
//! `UPDATE=1 cargo test -p bench`.

#![allow(clippy::unwrap_used, reason = "a test's helper may panic")]

use bench::{ALL, Workload};
use scenario::{compile, presets};

const KNOWN: &str = include_str!("fingerprints.txt");

fn fingerprints() -> String {
    let workloads = ALL
        .iter()
        .map(|named| (named.id, Workload::new(named.id).unwrap().fingerprint()));
    let shipped = presets::all().iter().map(|preset| {
        let plan = compile::compile(&preset.scenario()).unwrap().plan;
        (
            preset.id,
            format!("{:016x}", engine::run(&plan).fingerprint()),
        )
    });
    workloads
        .chain(shipped)
        .map(|(id, fingerprint)| format!("{fingerprint} {id}\n"))
        .collect()
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_run_is_known() {
    let found = fingerprints();
    if std::env::var_os("UPDATE").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fingerprints.txt");
        std::fs::write(file, &found).unwrap();
    } else {
        assert_eq!(
            found, KNOWN,
            "if the change is meant: UPDATE=1 cargo test -p bench"
        );
    }
}

/// Period by period, without what makes calm periods fast.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_shipped_run_is_the_same_period_by_period() {
    for preset in presets::all() {
        let plan = compile::compile(&preset.scenario()).unwrap().plan;
        let (run, plain) = (engine::run(&plan), engine::run_period_by_period(&plan));
        assert_eq!(run.fingerprint(), plain.fingerprint(), "{}", preset.id);
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test::wasm_bindgen_test]
    fn every_run_is_the_one_known_natively() {
        assert_eq!(super::fingerprints(), super::KNOWN);
    }
}
