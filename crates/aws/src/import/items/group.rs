//! EC2 Auto Scaling groups and their warm pools.

use scenario::document::{
    AutoScalingGroup, HealthCheckType, PoolState, WarmPool as WarmPoolSettings,
};

use crate::{
    account::{Group, WarmPool},
    fields::Fields,
    finding::FindingKind,
    import::Gathering,
};

/// Reads a group, as CreateAutoScalingGroup and UpdateAutoScalingGroup take it and DescribeAutoScalingGroups answers it.
pub(in crate::import) fn auto_scaling_group(mut fields: Fields, gathering: &mut Gathering) {
    let at = fields.at;
    let findings = &mut gathering.findings;
    let mut settings = AutoScalingGroup::default();
    let mut said = Vec::new();
    let name = fields
        .text("AutoScalingGroupName", findings)
        .unwrap_or_default();
    let min_size = fields.whole("MinSize", findings);
    let max_size = fields.whole("MaxSize", findings);
    let desired_capacity = fields.whole("DesiredCapacity", findings);
    if let Some(seconds) = fields.whole("DefaultInstanceWarmup", findings) {
        settings.default_instance_warmup = Some(seconds);
        said.push("DefaultInstanceWarmup");
    }
    if let Some(seconds) = fields.whole("DefaultCooldown", findings) {
        settings.default_cooldown = seconds;
        said.push("DefaultCooldown");
    }
    if let Some(seconds) = fields.whole("HealthCheckGracePeriod", findings) {
        settings.health_check_grace_period = seconds;
        said.push("HealthCheckGracePeriod");
    }
    if let Some(kind) = fields.choice(
        "HealthCheckType",
        HealthCheckType::NAMES,
        HealthCheckType::named,
        findings,
    ) {
        settings.health_check_type = kind;
        said.push("HealthCheckType");
    }
    if let Some(pool) = fields.object("WarmPoolConfiguration", findings) {
        settings.warm_pool = Some(warm_pool_settings(pool, gathering));
        said.push("WarmPool");
    }
    let findings = &mut gathering.findings;
    let zones = fields.texts("AvailabilityZones", findings).len();
    let mut instance_type = None;
    for mut instance in fields.objects("Instances", findings) {
        let of_instance = instance.text("InstanceType", findings);
        instance_type = instance_type.or(of_instance);
    }
    let mut suspended_processes = Vec::new();
    for mut process in fields.objects("SuspendedProcesses", findings) {
        suspended_processes.extend(process.text("ProcessName", findings));
        process.pass_over(&["SuspensionReason"]);
        process.finish(findings);
    }
    fields.pass_over(IRRELEVANT);
    fields.finish(findings);
    gathering.account.groups.push(Group {
        name,
        min_size,
        max_size,
        desired_capacity,
        settings,
        said,
        instance_type,
        availability_zones: u32::try_from(zones).ok().filter(|zones| *zones > 0),
        suspended_processes,
        at,
    });
}

/// What of a group says nothing about how it scales.
const IRRELEVANT: &[&str] = &[
    "AutoScalingGroupARN",
    "LaunchTemplate",
    "LoadBalancerNames",
    "TargetGroupARNs",
    "CreatedTime",
    "VPCZoneIdentifier",
    "EnabledMetrics",
    "Tags",
    "TerminationPolicies",
    "ServiceLinkedRoleARN",
    "TrafficSources",
    "WarmPoolSize",
    "LaunchConfigurationName",
    "Context",
    "DesiredCapacityType",
    "PlacementGroup",
    "CapacityRebalance",
];

/// Reads the settings of a warm pool.
fn warm_pool_settings(mut fields: Fields, gathering: &mut Gathering) -> WarmPoolSettings {
    let findings = &mut gathering.findings;
    let settings = WarmPoolSettings {
        max_group_prepared_capacity: fields.whole("MaxGroupPreparedCapacity", findings),
        min_size: fields.whole("MinSize", findings).unwrap_or_default(),
        pool_state: fields
            .choice("PoolState", PoolState::NAMES, PoolState::named, findings)
            .unwrap_or_default(),
    };
    fields.pass_over(&["Status"]);
    fields.finish(findings);
    settings
}

/// Reads a warm pool as PutWarmPool takes it.
pub(in crate::import) fn warm_pool(mut fields: Fields, gathering: &mut Gathering) {
    let at = fields.at;
    let group = fields.text("AutoScalingGroupName", &mut gathering.findings);
    let settings = warm_pool_settings(fields, gathering);
    gathering.account.warm_pools.push(WarmPool {
        group,
        settings,
        at,
    });
}

/// Reads a request that suspends processes of a group that was read before.
pub(in crate::import) fn suspended_processes(mut fields: Fields, gathering: &mut Gathering) {
    let findings = &mut gathering.findings;
    let name = fields
        .text("AutoScalingGroupName", findings)
        .unwrap_or_default();
    let processes = fields.texts("ScalingProcesses", findings);
    let at = fields.at;
    fields.finish(findings);
    match gathering
        .account
        .groups
        .iter_mut()
        .find(|it| it.name == name)
    {
        Some(group) => group.suspended_processes = processes,
        None => gathering.note(at, "AutoScalingGroupName", FindingKind::NotUsed),
    }
}
