//! What a scalable target does not do.

use crate::field::{Field, Fixed, section};

section! {
    /// `SuspendedState`, for the whole run.
    pub struct SuspendedState at Fixed::SuspendedState => Field {
        /// Policies remove nothing.
        dynamic_scaling_in as "DynamicScalingInSuspended": bool = false;
        /// Policies add nothing.
        dynamic_scaling_out as "DynamicScalingOutSuspended": bool = false;
        /// Scheduled actions do nothing.
        scheduled_scaling as "ScheduledScalingSuspended": bool = false;
    }
}
