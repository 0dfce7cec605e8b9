//! What an EC2 Auto Scaling group has that an endpoint has not, as `CreateAutoScalingGroup` names it.

use serde::{Deserialize, Serialize};

use super::{HealthCheckType, History};

/// Settings of an Auto Scaling group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AutoScalingGroup {
    /// Seconds from in service until an instance counts; absent: DefaultCooldown.
    #[serde(
        rename = "DefaultInstanceWarmup",
        skip_serializing_if = "Option::is_none"
    )]
    pub default_instance_warmup: Option<u32>,
    /// Seconds that simple scaling waits after an activity, where its policy says nothing else.
    #[serde(
        rename = "DefaultCooldown",
        skip_serializing_if = "is_default_cooldown"
    )]
    pub default_cooldown: u32,
    /// Instances that wait, prepared; absent: none.
    #[serde(rename = "WarmPool", skip_serializing_if = "Option::is_none")]
    pub warm_pool: Option<WarmPool>,
    /// Seconds from decision to in service of an instance of the warm pool.
    #[serde(skip_serializing_if = "is_usual_launch")]
    pub warm_pool_launch_s: f64,
    /// Which health checks replace instances.
    #[serde(
        rename = "HealthCheckType",
        skip_serializing_if = "HealthCheckType::is_default"
    )]
    pub health_check_type: HealthCheckType,
    /// Seconds from in service for which an instance is not replaced because of the load balancer's checks.
    #[serde(rename = "HealthCheckGracePeriod", skip_serializing_if = "is_none")]
    pub health_check_grace_period: u32,
    /// Seconds between two of the load balancer's checks.
    #[serde(
        rename = "HealthCheckIntervalSeconds",
        skip_serializing_if = "is_usual_interval"
    )]
    pub health_check_interval: u32,
    /// Checks in a row that fail before the load balancer takes an instance for unhealthy.
    #[serde(
        rename = "UnhealthyThresholdCount",
        skip_serializing_if = "is_usual_threshold"
    )]
    pub unhealthy_threshold: u32,
    /// Seconds of a launch until the group takes the instance for in service, and its grace period begins.
    #[serde(skip_serializing_if = "is_usual_boot")]
    pub boot_s: f64,
    /// What predictive scaling knows of demand before the run.
    #[serde(skip_serializing_if = "History::is_default")]
    pub history: History,
}

/// AWS's default, seconds.
const DEFAULT_COOLDOWN_S: u32 = 300;
const WARM_POOL_LAUNCH_S: f64 = 60.0;
/// AWS's defaults of an Application Load Balancer's target group.
const CHECK_INTERVAL_S: u32 = 30;
const UNHEALTHY_THRESHOLD: u32 = 2;
/// What EC2 takes until an instance is running; AWS publishes no figure.
const BOOT_S: f64 = 30.0;

fn is_none(seconds: &u32) -> bool {
    *seconds == 0
}

fn is_usual_interval(seconds: &u32) -> bool {
    *seconds == CHECK_INTERVAL_S
}

fn is_usual_threshold(checks: &u32) -> bool {
    *checks == UNHEALTHY_THRESHOLD
}

fn is_usual_boot(seconds: &f64) -> bool {
    seconds.total_cmp(&BOOT_S).is_eq()
}

fn is_default_cooldown(seconds: &u32) -> bool {
    *seconds == DEFAULT_COOLDOWN_S
}

fn is_usual_launch(seconds: &f64) -> bool {
    seconds.total_cmp(&WARM_POOL_LAUNCH_S).is_eq()
}

/// A warm pool, as `PutWarmPool` takes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct WarmPool {
    /// Most instances in the group and its pool together; absent: MaxCapacity.
    #[serde(
        rename = "MaxGroupPreparedCapacity",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_group_prepared_capacity: Option<u32>,
    /// Fewest instances in the pool.
    #[serde(rename = "MinSize")]
    pub min_size: u32,
    /// What they do while they wait.
    #[serde(rename = "PoolState")]
    pub pool_state: PoolState,
}

/// `PoolState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PoolState {
    /// They are stopped, and cost nothing but their disks.
    #[default]
    Stopped,
    /// They run, and cost as much as in service.
    Running,
    /// They are stopped, and what was in memory is kept.
    Hibernated,
}

impl AutoScalingGroup {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

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

    /// Seconds that an instance warms up whose policy says nothing else: DefaultInstanceWarmup, or else DefaultCooldown
    /// (Amazon EC2 Auto Scaling user guide, "Set the default instance warmup for an Auto Scaling group").
    #[must_use]
    pub fn warm_up_s(&self) -> u32 {
        self.default_instance_warmup
            .unwrap_or(self.default_cooldown)
    }
}

impl Default for AutoScalingGroup {
    fn default() -> Self {
        Self {
            default_instance_warmup: None,
            default_cooldown: DEFAULT_COOLDOWN_S,
            warm_pool: None,
            warm_pool_launch_s: WARM_POOL_LAUNCH_S,
            health_check_type: HealthCheckType::default(),
            health_check_grace_period: 0,
            health_check_interval: CHECK_INTERVAL_S,
            unhealthy_threshold: UNHEALTHY_THRESHOLD,
            boot_s: BOOT_S,
            history: History::default(),
        }
    }
}
