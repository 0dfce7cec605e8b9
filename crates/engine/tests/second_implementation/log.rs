//! Every change of capacity, in order of time.

use super::{alarms::Seen, policies::Answer};
use engine::run::{LaunchFailure, ReplacementReason};

/// Who has asked for a change.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// A policy: its answer, what its alarm had seen, and the bounds.
    Policy(Answer, Seen, (u32, u32)),
    /// A scheduled action, by its index.
    Scheduled(usize),
    /// A predictive scaling policy, by its index, and the start of the hour.
    Predictive(usize, f64),
    /// Nobody: what has failed is replaced, or moves. So many, why, and how often.
    Replacement {
        instances: u32,
        reason: ReplacementReason,
        times: u32,
    },
}

impl By {
    pub fn is_replacement(&self) -> bool {
        matches!(self, Self::Replacement { .. })
    }

    /// Both were asked for by the same.
    pub fn is_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Policy(a, ..), Self::Policy(b, ..)) => {
                (a.policy, a.direction) == (b.policy, b.direction)
            }
            (Self::Scheduled(a), Self::Scheduled(b)) => a == b,
            (Self::Replacement { .. }, Self::Replacement { .. }) => true,
            _ => false,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Activity {
    pub start_s: u32,
    /// `None` while something of it comes or goes.
    pub end_s: Option<u32>,
    pub is_overridden: bool,
    pub from: u32,
    pub to: u32,
    pub by: By,
    /// What AWS has refused to launch of it.
    pub failed: Option<LaunchFailure>,
    /// It is no more than that.
    pub refused: bool,
}
