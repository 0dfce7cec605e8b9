//! Environments that are started on demand: what a serverless endpoint has beside its provisioned concurrency.

/// Most requests at once that a serverless endpoint may have, and most provisioned concurrency (API reference,
/// ProductionVariantServerlessConfig).
pub const MAX_CONCURRENCY: u32 = 200;

/// A serverless endpoint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnDemand {
    /// MaxConcurrency: most requests that are served at once, with provisioned concurrency or without (1 to 200).
    pub max_concurrency: u32,
    /// ModelSetupTime: seconds that a request waits if an environment is started for it (0 to the service's timeout).
    pub setup_s: f64,
    /// Seconds that an environment which was started on demand is kept after its last request (0 to 3600).
    pub keep_s: f64,
    /// Price of a request that is served on demand, US dollars.
    pub usd_per_request: f64,
    /// Price of a request that is served with provisioned concurrency, which is paid for apart, US dollars.
    pub provisioned_usd_per_request: f64,
}
