//! Capacity for launches that is not always there: what AWS has of an instance type, and how many instances an account may run.

/// What launches may run into.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaunchCapacity {
    /// A time in which AWS has too few instances; `None`: it always has enough.
    pub shortage: Option<Shortage>,
    /// Most instances that the account may run (≥ those at the start); `None`: as many as are asked for.
    pub quota: Option<u32>,
    /// Seconds that an endpoint's update waits for instances that AWS does not have, before it fails (> 0). A group does not wait: it
    /// tries again and again.
    pub provision_timeout_s: f64,
}

/// A time in which AWS has too few instances of the type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shortage {
    /// From when on, seconds from the start of the run.
    pub at_s: f64,
    /// For how long, seconds.
    pub for_s: f64,
    /// Instances that are still to be had meanwhile, all launches together.
    pub available: u32,
    /// How many Availability Zones lack instances, while the others have enough; `None`: all.
    pub zones: Option<u32>,
}
