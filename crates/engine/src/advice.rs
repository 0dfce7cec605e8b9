//! Advice: the smallest changes of a plan with which it would have kept its objective, each found by running it.
//!
//! A search is a sequence of whole runs. It does one run at a time, so that the page can spread it over frames. What an incident
//! was caused by is not decided here, but in `incident`.

mod apply;
mod bisection;
mod search;

pub use apply::apply;
pub use search::Search;

/// One change of a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// MinCapacity raised to this.
    MinCapacity(u32),
    /// MaxCapacity raised to this.
    MaxCapacity(u32),
    /// Both bounds raised: MaxCapacity was too low, and scaling out from MinCapacity too slow.
    MinAndMax {
        /// New MinCapacity.
        min: u32,
        /// New MaxCapacity.
        max: u32,
    },
    /// MaxConcurrency of a serverless endpoint raised to this.
    MaxConcurrency(u32),
    /// So much provisioned concurrency all the time, where a serverless endpoint had none.
    ProvisionedConcurrency(u32),
    /// Unlimited mode of CPU credits, in place of standard mode.
    UnlimitedCredits,
    /// TargetValue of the first policy lowered to this.
    Target(f64),
    /// A scheduled MinCapacity over the worst incident.
    ScheduledMin {
        /// MinCapacity while it lasts.
        min: u32,
        /// From, seconds from the start of the run (a whole quarter of an hour where it can be).
        from_s: f64,
        /// Until; the old minimum comes back then.
        until_s: f64,
    },
}

/// A change that was run, and kept the objective.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Advice {
    /// The change.
    pub change: Change,
    /// What the run costs with it, US dollars.
    pub cost_usd: f64,
    /// The same spread over 730 hours.
    pub usd_per_month: f64,
    /// Availability with it, as [`crate::Report::availability`].
    pub availability: f64,
}
