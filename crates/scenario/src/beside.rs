//! Scenarios beside another as JSON: a list of what each says otherwise than that one, in a line. So comparisons are shipped, and so a
//! browser keeps what is pinned; links have a form of their own (`link/pinned.rs`).

use std::borrow::Borrow;

use serde_json::Value;

use crate::{document::Scenario, file, link::MOST_PINNED, patch};

/// Writes what scenarios say otherwise than another: at most [`MOST_PINNED`] of them.
#[must_use]
pub fn to_json<S: Borrow<Scenario>>(scenario: &Scenario, beside: &[S]) -> String {
    let patches = beside.iter().take(MOST_PINNED);
    let patches = patches.map(|other| patch::between(scenario, other.borrow()));
    Value::Array(patches.collect()).to_string()
}

/// Reads the scenarios beside another. Returns none where one of them is no scenario, or there are more than [`MOST_PINNED`]; their
/// values are not checked here.
#[must_use]
pub fn from_json(scenario: &Scenario, text: &str) -> Option<Vec<Scenario>> {
    applied(scenario, file::bounded(text)?)
}

/// Returns the scenarios that a list of patches makes of one.
pub(crate) fn applied(scenario: &Scenario, patches: Value) -> Option<Vec<Scenario>> {
    let Value::Array(patches) = patches else {
        return None;
    };
    if patches.len() > MOST_PINNED {
        return None;
    }
    let read = |patch| file::read(&patch::applied_to(scenario, patch)).ok();
    patches.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets;

    #[test]
    fn what_stands_beside_comes_back_as_it_was() {
        let all = presets::scenarios();
        for scenario in all {
            let others: Vec<&Scenario> = all.iter().take(MOST_PINNED + 1).collect();
            let text = to_json(scenario, &others);
            assert!(!text.contains('\n'));
            let read = from_json(scenario, &text).unwrap();
            assert_eq!(read.iter().collect::<Vec<_>>(), others[..MOST_PINNED]);
        }
        assert_eq!(to_json::<Scenario>(&all[0], &[]), "[]");
    }

    #[test]
    fn what_is_no_such_list_is_not_read() {
        let scenario = Scenario::default();
        let deep = "[".repeat(1_000_000);
        let many = format!("[{}]", ["{}"; MOST_PINNED + 1].join(","));
        let long = format!(r#"[{{"name":"{}"}}]"#, "x".repeat(5_000));
        let layers = format!(r#"[{{"demand":[{}]}}]"#, ["{}"; 101].join(","));
        for text in [
            "",
            "{}",
            "null",
            "[{]",
            "[1]",
            "[null]",
            r#"[{"hour":1}]"#,
            r#"[{},{"hours":"24"}]"#,
            r#"[{"load_test":1}]"#,
            &deep,
            &many,
            &long,
            &layers,
        ] {
            let start: String = text.chars().take(30).collect();
            assert_eq!(from_json(&scenario, text), None, "{start}");
        }
    }
}
