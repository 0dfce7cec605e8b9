//! What becomes of requests for which no instance is free: a queue, or environments on demand.

/// Most requests at once that a serverless endpoint may have, and most provisioned concurrency (API reference,
/// ProductionVariantServerlessConfig).
pub const MAX_CONCURRENCY: u32 = 200;

/// What becomes of requests for which no instance is free.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Overflow {
    /// They wait in a queue.
    #[default]
    Queue,
    /// Environments are started for them on demand, and what exceeds these is throttled. An instance is then a unit of
    /// provisioned concurrency: an environment that is kept ready, and takes one request at a time.
    OnDemand(OnDemand),
}

impl Overflow {
    /// Returns the serverless endpoint's numbers, if requests go on demand.
    #[must_use]
    pub fn on_demand(&self) -> Option<&OnDemand> {
        match self {
            Self::Queue => None,
            Self::OnDemand(on_demand) => Some(on_demand),
        }
    }
}

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
