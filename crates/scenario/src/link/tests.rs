//! Links that must open for ever, and texts that must never do harm.

use super::*;

#[test]
fn placeholder() {
    assert_eq!(
        decode(&encode(&Scenario::default()).unwrap()),
        Ok(Scenario::default())
    );
}
