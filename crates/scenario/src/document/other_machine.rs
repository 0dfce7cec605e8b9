//! Another machine, on which a person wants to know what the same demand costs.

use crate::field::{ItemField, List, section};

section! {
    /// A machine to compare the scenario's own with: another type, or the same with a model that was compiled for it.
    pub struct OtherMachine at List::OtherMachines => ItemField {
        /// What it is called, up to 80 characters; empty: as its type.
        name: String = String::new(), characters(80), text("machine_name");
        /// Type, as AWS spells it; empty: the scenario's own.
        instance_type as "type": String = String::new(), text("machine_type");
        /// Requests per second that one of them sustained, as a multiple of `load_test.max_rps`.
        times: f64 = 1.0, range(0.001..=1000.0), text("machine_times");
        /// Median latency under light load, milliseconds; absent: as in the scenario's load test.
        p50_ms: Option<f64> = None, range(0.01..=600_000.0), millis, text("machine_p50");
        /// 95th percentile under light load, milliseconds; absent: as many times the median as in the scenario's load test.
        p95_ms: Option<f64> = None, range(0.01..=600_000.0), millis, text("machine_p95");
        /// The person's own price; absent: the catalogue's.
        usd_per_hour: Option<f64> = None, range(0.0..=10_000.0), usd_per_hour, text("machine_usd_per_hour");
        /// Seconds from decision to in service; absent: as the scenario's own.
        launch_s: Option<f64> = None, range(0.0..=3600.0), seconds, text("machine_launch");
    }
}
