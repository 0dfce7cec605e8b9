//! A serverless endpoint, as `ProductionVariantServerlessConfig` names it, what it costs, and what AWS does not publish of it.

use serde::{Deserialize, Serialize};

/// Settings of a serverless endpoint. What one request takes is in the load test: its latency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Serverless {
    /// 1024, 2048, 3072, 4096, 5120 or 6144.
    #[serde(rename = "MemorySizeInMB")]
    pub memory_size_in_mb: u32,
    /// Most requests that are served at once, 1 to 200.
    #[serde(rename = "MaxConcurrency")]
    pub max_concurrency: u32,
    /// Environments that are kept ready, at the start; absent: none, and nothing to scale.
    #[serde(
        rename = "ProvisionedConcurrency",
        skip_serializing_if = "Option::is_none"
    )]
    pub provisioned_concurrency: Option<u32>,
    /// Seconds that a request waits for whom an environment is started (ModelSetupTime).
    pub model_setup_s: f64,
    /// Seconds that an environment is kept after its last request.
    pub keep_s: f64,
    /// Price of what is served on demand, US dollars for a GB of memory and a second; absent: as quoted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usd_per_gb_s: Option<f64>,
    /// Price of what is served with provisioned concurrency; absent: an estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioned_served_usd_per_gb_s: Option<f64>,
    /// Price of provisioned concurrency itself, in use or not; absent: an estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioned_usd_per_gb_s: Option<f64>,
}

/// US dollars for a GB of memory and a second, on demand: AWS's price list for us-east-1 (`ServerlessInf:Mem-3GB` at
/// $0.00006 a second, since 1 September 2026).
const USD_PER_GB_S: f64 = 0.000_02;

/// What AWS Lambda asks for provisioned concurrency, and for what runs on it (Lambda pricing, us-east-1), times 1.2: what
/// SageMaker asks on demand beside Lambda. SageMaker's own figures were not found.
const PROVISIONED_SERVED_USD_PER_GB_S: f64 = 0.000_011_7;
const PROVISIONED_USD_PER_GB_S: f64 = 0.000_005;

impl Serverless {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// ProvisionedConcurrency, where there is any.
    #[must_use]
    pub fn provisioned(&self) -> Option<u32> {
        self.provisioned_concurrency.filter(|&units| units > 0)
    }

    /// Memory, GB as AWS counts it.
    #[must_use]
    pub fn memory_gb(&self) -> f64 {
        f64::from(self.memory_size_in_mb) / 1024.0
    }

    /// The price in force of a GB and a second on demand, US dollars.
    #[must_use]
    pub fn on_demand_usd_per_gb_s(&self) -> f64 {
        self.usd_per_gb_s.unwrap_or(USD_PER_GB_S)
    }

    /// The price in force of a GB and a second that provisioned concurrency serves, US dollars.
    #[must_use]
    pub fn served_usd_per_gb_s(&self) -> f64 {
        (self.provisioned_served_usd_per_gb_s).unwrap_or(PROVISIONED_SERVED_USD_PER_GB_S)
    }

    /// The price in force of a GB and a second of provisioned concurrency, US dollars.
    #[must_use]
    pub fn ready_usd_per_gb_s(&self) -> f64 {
        self.provisioned_usd_per_gb_s
            .unwrap_or(PROVISIONED_USD_PER_GB_S)
    }
}

impl Default for Serverless {
    fn default() -> Self {
        Self {
            memory_size_in_mb: 2048,
            max_concurrency: 20,
            provisioned_concurrency: None,
            model_setup_s: 5.0,
            keep_s: 300.0,
            usd_per_gb_s: None,
            provisioned_served_usd_per_gb_s: None,
            provisioned_usd_per_gb_s: None,
        }
    }
}
