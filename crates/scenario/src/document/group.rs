//! What an EC2 Auto Scaling group has that an endpoint has not, as `CreateAutoScalingGroup` names it.

use super::{HealthCheckType, History};
use crate::{
    field::{Field, Fixed, choices, section},
    limits::MOST_INSTANCES,
};

section! {
    /// Settings of an Auto Scaling group.
    pub struct AutoScalingGroup at Fixed::AutoScalingGroup => Field {
        /// Seconds from in service until an instance counts; absent: DefaultCooldown.
        // At most: `create-auto-scaling-group --default-instance-warmup`.
        default_instance_warmup as "DefaultInstanceWarmup": Option<u32> = None, range(0.0..=3600.0), seconds;
        /// Seconds that simple scaling waits after an activity, where its policy says nothing else.
        // AWS's default.
        default_cooldown as "DefaultCooldown": u32 = 300, range(0.0..=86_400.0), seconds, later;
        /// Instances that wait, prepared; absent: none.
        warm_pool as "WarmPool": Option<WarmPool> = None;
        /// Seconds from decision to in service of an instance of the warm pool.
        warm_pool_launch_s: f64 = 60.0, range(0.0..=3600.0), seconds, later;
        /// Which health checks replace instances.
        health_check_type as "HealthCheckType": HealthCheckType = HealthCheckType::default(), later;
        /// Seconds from in service for which an instance is not replaced because of the load balancer's checks.
        health_check_grace_period as "HealthCheckGracePeriod": u32 = 0, range(0.0..=7200.0), seconds, later;
        /// Seconds between two of the load balancer's checks.
        // This and the next: AWS's defaults of an Application Load Balancer's target group.
        health_check_interval as "HealthCheckIntervalSeconds": u32 = 30, range(5.0..=300.0), seconds, later;
        /// Checks in a row that fail before the load balancer takes an instance for unhealthy.
        unhealthy_threshold as "UnhealthyThresholdCount": u32 = 2, range(2.0..=10.0), later;
        /// Seconds of a launch until the group takes the instance for in service, and its grace period begins.
        // What EC2 takes until an instance is running; AWS publishes no figure.
        boot_s: f64 = 30.0, range(0.0..=3600.0), seconds, later;
        /// What predictive scaling knows of demand before the run.
        history: History = History::default(), later;
    }
}

section! {
    /// A warm pool, as `PutWarmPool` takes it.
    pub struct WarmPool at Fixed::WarmPool => Field {
        /// Most instances in the group and its pool together; absent: MaxCapacity.
        max_group_prepared_capacity as "MaxGroupPreparedCapacity": Option<u32> = None, range(0.0..=MOST_INSTANCES), instances;
        /// Fewest instances in the pool.
        min_size as "MinSize": u32 = 0, range(0.0..=MOST_INSTANCES), instances;
        /// What they do while they wait.
        pool_state as "PoolState": PoolState = PoolState::default(), optional;
    }
}

choices! {
    /// `PoolState`.
    pub enum PoolState {
        /// They are stopped, and cost nothing but their disks.
        Stopped = "Stopped",
        /// They run, and cost as much as in service.
        Running = "Running",
        /// They are stopped, and what was in memory is kept.
        Hibernated = "Hibernated",
    }
}

impl AutoScalingGroup {
    /// Seconds until the load balancer takes an instance that does not answer for unhealthy.
    // rule: health.target-group-checks
    #[must_use]
    pub fn unhealthy_s(&self) -> f64 {
        f64::from(self.health_check_interval) * f64::from(self.unhealthy_threshold)
    }

    /// Seconds from its launch on within which an instance must answer, where the load balancer's checks count; `None`: as
    /// long as it takes (Amazon EC2 Auto Scaling user guide, "Set the health check grace period for an Auto Scaling group").
    // rule: health.grace-period
    #[must_use]
    pub fn start_within_s(&self) -> Option<f64> {
        let grace_s = f64::from(self.health_check_grace_period);
        let within_s = self.boot_s + grace_s.max(self.unhealthy_s());
        (self.health_check_type == HealthCheckType::Elb).then_some(within_s)
    }

    /// Returns the seconds that an instance warms up whose policy says nothing else: DefaultInstanceWarmup, or else DefaultCooldown
    /// (Amazon EC2 Auto Scaling user guide, "Set the default instance warmup for an Auto Scaling group").
    #[must_use]
    pub fn warm_up_s(&self) -> u32 {
        self.default_instance_warmup
            .unwrap_or(self.default_cooldown)
    }
}
