//! Advice: the smallest changes of a plan with which it would have kept its objective, or with which a retry storm would have ended
//! with its cause, each found by running it.
//!
//! A search is a sequence of whole runs. It does one run at a time, so that the page can spread it over frames. What an incident
//! was caused by is not decided here, but in `incident`.

mod apply;
mod bisection;
mod search;
mod storm;

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
    /// At most so many attempts of a request.
    MaxAttempts(u32),
    /// At most this share of requests is retried.
    RetryBudget(f64),
    /// At most so many requests wait in the queue of an instance.
    QueueLimit(f64),
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

/// What a change was found to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// The objective is kept.
    KeepsObjective,
    /// Requests fail or are late until this moment of the run (seconds from its start), while what causes it goes on; no retry storm
    /// outlasts it.
    EndsStorm {
        /// The end of the last period in which some do.
        at_s: f64,
    },
}

/// A change that was run, and did what it was tried for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Advice {
    /// The change.
    pub change: Change,
    /// What it does.
    pub effect: Effect,
    /// What the run costs with it, US dollars.
    pub cost_usd: f64,
    /// The same spread over 730 hours.
    pub usd_per_month: f64,
    /// Availability with it, as [`crate::Report::availability`].
    pub availability: f64,
}
