//! Capacity for launches that is not always there.

use crate::{
    field::{Field, Fixed, section},
    limits::MOST_INSTANCES,
    time::LocalDateTime,
};

section! {
    /// What launches may run into: AWS has too few instances for a time, or the account may run no more.
    pub struct LaunchCapacity at Fixed::LaunchCapacity => Field {
        /// When AWS begins to have too few; absent: it always has enough.
        at: Option<LocalDateTime> = None, text("shortage_at");
        /// For how many minutes.
        for_min: f64 = 60.0, range(0.1..=527_040.0), minutes, later, text("shortage_for");
        /// Instances still to be had meanwhile.
        available: u32 = 0, range(0.0..=MOST_INSTANCES), instances, later, text("shortage_available");
        /// In how many Availability Zones; absent: in all.
        zones: Option<u32> = None, range(1.0..=6.0), text("shortage_zones");
        /// Most instances that the account may run; absent: as many as are asked for.
        quota: Option<u32> = None, range(1.0..=MOST_INSTANCES), instances, text("launch_quota");
        /// Seconds that an endpoint's update waits for instances that AWS does not have.
        // AWS says 300 to 3600, and no default; that creating an endpoint fails after some half an hour is observed.
        provision_timeout as "VariantInstanceProvisionTimeoutInSeconds": f64 = 1800.0, range(300.0..=3600.0), seconds, later, text("provision_timeout");
    }
}
