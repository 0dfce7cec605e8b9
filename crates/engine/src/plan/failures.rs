//! What fails in a run, how long health checks take to notice it, and what is done about it then.

/// Failures of instances and Availability Zones, and the health checks that notice them.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// What fails, in order of time.
    pub failures: Vec<Failure>,
    /// Availability Zones over which instances are spread evenly (≥ 1).
    pub zones: u32,
    /// Whether instances are spread evenly again once a zone is back (AZRebalance).
    pub rebalances: bool,
    /// Seconds for which requests are still routed to a failed instance (> 0): the load balancer's interval × threshold.
    pub unrouted_s: f64,
    /// Seconds until the status checks have an instance replaced that is gone.
    pub status_check_s: f64,
    /// Seconds until the load balancer's checks have an instance replaced that does not answer (HealthCheckType `ELB`); `None`:
    /// they are not used.
    pub load_balancer_s: Option<f64>,
    /// Seconds from its launch on within which an instance must answer, or it is replaced (≥ 1); `None`: as long as it takes.
    pub start_within_s: Option<f64>,
}

/// One failure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Failure {
    /// When, seconds from the start of the run.
    pub at_s: f64,
    /// Which failure of the scenario it is.
    pub index: usize,
    /// What fails.
    pub what: Failing,
}

/// What fails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failing {
    /// A number of instances in service are gone.
    Instances(u32),
    /// The applications of a number of instances in service stop answering. Status checks do not notice it.
    Applications(u32),
    /// An Availability Zone is gone, with all that is in it.
    Zone {
        /// For how long, seconds.
        for_s: f64,
    },
}
