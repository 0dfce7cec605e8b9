//! Links of version 1: each opens for ever, to what it meant when it was made. Add lines; never change one.

#![allow(clippy::unwrap_used, reason = "a test's helper may panic")]

use scenario::{compile::compile, document::Scenario, file, link};
use serde::Deserialize;

/// A link that the program made, or its guide printed, while version 1 was the present one.
#[derive(Deserialize)]
struct Made {
    link: String,
    /// What it means, as a file of version 2 says it.
    document: serde_json::Value,
    /// A sum over the nodes of its demand, which is what it was bit by bit.
    demand: Option<String>,
}

/// A sum over the nodes of a scenario's demand: FNV-1a of 64 bits.
fn demand_of(scenario: &Scenario) -> String {
    let compiled = compile(scenario).unwrap();
    let nodes = compiled.plan.demand.nodes().iter();
    let bytes = nodes
        .flat_map(|node| [node.at_s, node.rps])
        .flat_map(f64::to_le_bytes);
    let sum = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    sum.to_string()
}

#[test]
fn links_of_version_1_mean_what_they_meant() {
    let made: Vec<Made> = serde_json::from_str(include_str!("links_of_version_1.json")).unwrap();
    assert!(made.len() >= 22);
    for Made {
        link,
        document,
        demand,
    } in made
    {
        let scenario = link::decode(&link).unwrap();
        let said = file::from_json(&document.to_string()).unwrap();
        assert_eq!(scenario, said, "{link}");
        // What is shared from here on is of version 2, and means the same.
        let shared = link::encode(&scenario).unwrap();
        assert!(shared.starts_with("2."), "{link}: {shared}");
        assert_eq!(link::decode(&shared), Ok(scenario.clone()), "{link}");
        if let Some(demand) = demand {
            assert_eq!(demand_of(&scenario), demand, "{link}");
        }
    }
}
