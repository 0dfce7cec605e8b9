//! Health: what fails in a run, how long it takes until somebody notices, and what is done about it then.

/// Failures of instances and Availability Zones, and the health checks that notice them.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// What fails, in order of time.
    pub failures: Vec<Failure>,
    /// Availability Zones over which instances are spread evenly (≥ 1).
    pub zones: u32,
    /// Instances are spread evenly anew once a zone is back (AZRebalance).
    pub rebalances: bool,
    /// Seconds for which an instance that does not answer still gets requests (> 0): the load balancer's interval × threshold.
    pub unrouted_s: f64,
    /// Seconds until an instance that is gone is replaced because of its status checks.
    pub status_check_s: f64,
    /// Seconds until an instance that does not answer is replaced because of the load balancer's checks (HealthCheckType
    /// `ELB`); `None`: they are not looked at.
    pub load_balancer_s: Option<f64>,
    /// Seconds from its launch on within which an instance must answer, or it is replaced (≥ 1); `None`: as long as it takes.
    pub start_within_s: Option<f64>,
}

/// Something fails.
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
    /// So many instances in service are gone.
    Instances(u32),
    /// The applications of so many instances in service stop answering; status checks see nothing of it.
    Applications(u32),
    /// An Availability Zone is gone, with all that is in it.
    Zone {
        /// For how long, seconds.
        for_s: f64,
    },
}
