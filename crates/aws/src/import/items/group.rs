//! EC2 Auto Scaling groups and their warm pools.

use scenario::document::{
    AutoScalingGroup, HealthCheckType, PoolState, WarmPool as WarmPoolSettings,
};

use crate::{
    account::{Answered, AnsweredList, Group, Subject, WarmPool},
    fields::Fields,
    finding::{Finding, FindingKind},
    import::Gathering,
    node::Node,
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
    let mut instance_type: Option<String> = None;
    let mut is_told = false;
    for mut instance in fields.objects("Instances", findings) {
        let of_instance = instance.text("InstanceType", findings);
        match (&instance_type, of_instance) {
            (Some(first), Some(other)) if *first != other && !is_told => {
                is_told = true;
                findings.push(Finding {
                    at: instance.at,
                    path: instance.path("InstanceType"),
                    kind: FindingKind::OtherInstanceType {
                        used: first.clone(),
                        other,
                    },
                });
            }
            (Some(_), _) => {}
            (None, of_instance) => instance_type = of_instance,
        }
        unless_off(&mut instance, "ProtectedFromScaleIn");
        instance.pass_over(OF_INSTANCES);
        instance.finish(findings);
    }
    let mut suspended_processes = Vec::new();
    for mut process in fields.objects("SuspendedProcesses", findings) {
        suspended_processes.extend(process.text("ProcessName", findings));
        process.pass_over(&["SuspensionReason"]);
        process.finish(findings);
    }
    unless_off(&mut fields, "NewInstancesProtectedFromScaleIn");
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

/// Most groups between a group and what suspends its processes.
const MOST_BETWEEN: usize = 200;

/// What of an instance says nothing about how its group scales: which it is, where, and how it is now.
const OF_INSTANCES: &[&str] = &[
    "InstanceId",
    "AvailabilityZone",
    "AvailabilityZoneId",
    "LifecycleState",
    "HealthStatus",
    "LaunchConfigurationName",
    "LaunchTemplate",
    "ImageId",
];

/// What of a group says nothing about how it scales.
const IRRELEVANT: &[&str] = &[
    "AutoScalingGroupARN",
    "AvailabilityZoneIds",
    "DeletionProtection",
    "LaunchTemplate",
    "Operator",
    "PredictedCapacity",
    "Status",
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

/// Passes over a switch that is off; one that is on is left to be noted.
fn unless_off(fields: &mut Fields, name: &'static str) {
    if fields.is_off(name) {
        fields.pass_over(&[name]);
    }
}

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

/// Reads what DescribeWarmPool answers: whose it is, only the command says. Without a configuration there is none.
pub(in crate::import) fn described_warm_pool(document: Node, gathering: &mut Gathering) {
    let mut fields = Fields::of(document, "", &mut gathering.findings);
    let at = fields.at;
    let group = gathering.command_option("auto-scaling-group-name");
    let findings = &mut gathering.findings;
    // Which instances wait at the moment.
    fields.pass_over(&["Instances", "NextToken", "ResponseMetadata"]);
    let pool = fields.object("WarmPoolConfiguration", findings);
    fields.finish(findings);
    match pool {
        Some(pool) => {
            let settings = warm_pool_settings(pool, gathering);
            gathering.account.warm_pools.push(WarmPool {
                group,
                settings,
                at,
            });
        }
        None => gathering.account.answered.push(Answered {
            list: AnsweredList::WarmPool,
            subject: group.map(|name| Subject::Group { name }),
        }),
    }
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
    // It follows its group closely, so that looking for it takes no time however many there are.
    let mut groups = gathering.account.groups.iter_mut().rev().take(MOST_BETWEEN);
    match groups.find(|it| it.name == name) {
        Some(group) => group.suspended_processes = processes,
        None => gathering.note(at, "AutoScalingGroupName", FindingKind::NotUsed),
    }
}
