//! A serverless endpoint, as `ProductionVariantServerlessConfig` names it, what it costs, and what AWS does not publish of it.

use crate::field::{Field, Fixed, Value, Wrong, section};

section! {
    /// Settings of a serverless endpoint. What one request takes is in the load test: its latency.
    pub struct Serverless at Fixed::Serverless => Field {
        /// 1024, 2048, 3072, 4096, 5120 or 6144.
        memory_size_in_mb as "MemorySizeInMB": u32 = 2048, choice_of(Self::MEMORY_MB), by(Self::memory, Self::set_memory);
        /// Most requests that are served at once, 1 to 200.
        // rule: serverless.max-concurrency
        max_concurrency as "MaxConcurrency": u32 = 20, range(1.0..=MOST_CONCURRENCY), requests;
        /// Environments that are kept ready, at the start; absent: none, and nothing to scale.
        provisioned_concurrency as "ProvisionedConcurrency": Option<u32> = None, range(0.0..=MOST_CONCURRENCY), instances;
        /// Seconds that a request waits for whom an environment is started (ModelSetupTime).
        // At most: the container must be healthy within three minutes (developer guide, "Serverless endpoint operations").
        model_setup_s: f64 = 5.0, range(0.0..=180.0), seconds;
        /// Seconds that an environment is kept after its last request.
        keep_s: f64 = 300.0, range(0.0..=3600.0), seconds;
        /// Price of what is served on demand, US dollars for a GB of memory and a second; absent: as quoted.
        usd_per_gb_s: Option<f64> = None, range(0.0..=MOST_USD), usd_per_gb_second;
        /// Price of what is served with provisioned concurrency; absent: an estimate.
        provisioned_served_usd_per_gb_s: Option<f64> = None, range(0.0..=MOST_USD), usd_per_gb_second;
        /// Price of provisioned concurrency itself, in use or not; absent: an estimate.
        provisioned_usd_per_gb_s: Option<f64> = None, range(0.0..=MOST_USD), usd_per_gb_second;
    }
}

const MOST_CONCURRENCY: f64 = engine::plan::MAX_CONCURRENCY as f64;

/// Dearest GB-second, US dollars: far above any.
const MOST_USD: f64 = 1.0;

/// US dollars for a GB of memory and a second, on demand: AWS's price list for us-east-1 (`ServerlessInf:Mem-3GB` at
/// $0.00006 a second, since 1 September 2026).
const USD_PER_GB_S: f64 = 0.000_02;

/// What AWS Lambda asks for provisioned concurrency, and for what runs on it (Lambda pricing, us-east-1), times 1.2: what
/// SageMaker asks on demand beside Lambda. SageMaker's own figures were not found.
const PROVISIONED_SERVED_USD_PER_GB_S: f64 = 0.000_011_7;
const PROVISIONED_USD_PER_GB_S: f64 = 0.000_005;

impl Serverless {
    /// AWS's memory sizes, MB, as choices.
    pub const MEMORY_MB: &[&str] = &["1024", "2048", "3072", "4096", "5120", "6144"];

    /// Returns its memory as a choice; `None` where AWS has no such size.
    fn memory(&self) -> Option<Value> {
        let size = self.memory_size_in_mb.to_string();
        let known = Self::MEMORY_MB.iter().find(|known| **known == size);
        Some(known.map_or(Value::Absent, |known| Value::Choice(known)))
    }

    fn set_memory(&mut self, value: &Value) -> Result<(), Wrong> {
        let Value::Choice(name) = value else {
            return Err(Wrong::OtherKind);
        };
        self.memory_size_in_mb = name.parse().map_err(|_| Wrong::NoChoice)?;
        Ok(())
    }

    /// Returns ProvisionedConcurrency, where there is any.
    #[must_use]
    pub fn provisioned(&self) -> Option<u32> {
        self.provisioned_concurrency.filter(|&units| units > 0)
    }

    /// Returns memory, GB as AWS counts it.
    #[must_use]
    pub fn memory_gb(&self) -> f64 {
        f64::from(self.memory_size_in_mb) / 1024.0
    }

    /// Returns the price in force of a GB and a second on demand, US dollars.
    #[must_use]
    pub fn on_demand_usd_per_gb_s(&self) -> f64 {
        self.usd_per_gb_s.unwrap_or(USD_PER_GB_S)
    }

    /// Returns the price in force of a GB and a second that provisioned concurrency serves, US dollars.
    #[must_use]
    pub fn served_usd_per_gb_s(&self) -> f64 {
        (self.provisioned_served_usd_per_gb_s).unwrap_or(PROVISIONED_SERVED_USD_PER_GB_S)
    }

    /// Returns the price in force of a GB and a second of provisioned concurrency, US dollars.
    #[must_use]
    pub fn ready_usd_per_gb_s(&self) -> f64 {
        self.provisioned_usd_per_gb_s
            .unwrap_or(PROVISIONED_USD_PER_GB_S)
    }
}
