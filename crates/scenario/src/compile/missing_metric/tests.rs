#![allow(clippy::unwrap_used, reason = "a test's helper may panic")]

use super::*;
use crate::{compile::compile, document::MissingMetric, file::from_json, platform::Platform};

#[test]
fn metrics_go_missing_within_the_run_on_every_platform() {
    let missing = plan::MissingMetric {
        at_s: 3600.0,
        for_s: 300.0,
    };
    for platform in Platform::ALL {
        for (at, expected, is_outside) in [
            ("2026-11-28T01:00", Some(missing), false),
            ("2026-11-30T01:00", None, true),
            ("2026-11-27T23:59", None, true),
        ] {
            let json = r#"{ "headroom": 2, "start": "2026-11-28" }"#;
            let mut scenario = from_json(json).unwrap();
            scenario.missing_metric = MissingMetric {
                at: Some(at.parse().unwrap()),
                for_min: 5.0,
            };
            scenario.move_to(*platform);
            let compiled = compile(&scenario).unwrap();
            assert_eq!(compiled.plan.missing_metric, expected, "{platform:?} {at}");
            let outside = compiled.warnings.contains(&Warning::MissingOutsideRun);
            assert_eq!(outside, is_outside, "{platform:?} {at}");
        }
    }
}
