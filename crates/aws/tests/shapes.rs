#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]
//! Nothing of an answer is dropped in silence. The shapes of botocore's own models, filled at random, are read: whatever is taken
//! out must be missed, and whatever nobody knows must be listed.

use std::collections::BTreeSet;

use aws::{Finding, FindingKind, Member, Node, Place, Value, import::Gathering};
use serde_json::Value as Json;

/// What says nothing about scaling, by the end of its path, decided field by field.
const PASSED_OVER: &[&str] = &[
    // Who made it, when, under which name, how it is called by AWS.
    "ScalableTargets.CreationTime",
    "ScalableTargets.RoleARN",
    "ScalableTargets.ScalableTargetARN",
    "ScalableTargets.PredictedCapacity",
    "ScalingPolicies.CreationTime",
    "Alarms.AlarmARN",
    "ScheduledActions.CreationTime",
    "ScheduledActions.ScheduledActionARN",
    "ScheduledUpdateGroupActions.ScheduledActionARN",
    "ScalingActivities.ActivityId",
    "ScalingActivities.Details",
    "Activities.ActivityId",
    "Activities.Details",
    "Activities.Progress",
    "Activities.AutoScalingGroupState",
    "Activities.AutoScalingGroupARN",
    // How instances are made, where they are, and how they are now.
    "AutoScalingGroups.AutoScalingGroupARN",
    "AutoScalingGroups.AvailabilityZoneIds",
    "AutoScalingGroups.CapacityRebalance",
    "AutoScalingGroups.Context",
    "AutoScalingGroups.CreatedTime",
    "AutoScalingGroups.DeletionProtection",
    "AutoScalingGroups.DesiredCapacityType",
    "AutoScalingGroups.EnabledMetrics",
    "AutoScalingGroups.LaunchConfigurationName",
    "AutoScalingGroups.LaunchTemplate",
    "AutoScalingGroups.LoadBalancerNames",
    "AutoScalingGroups.Operator",
    "AutoScalingGroups.PlacementGroup",
    "AutoScalingGroups.PredictedCapacity",
    "AutoScalingGroups.ServiceLinkedRoleARN",
    "AutoScalingGroups.Status",
    "AutoScalingGroups.SuspendedProcesses.SuspensionReason",
    "AutoScalingGroups.Tags",
    "AutoScalingGroups.TargetGroupARNs",
    "AutoScalingGroups.TerminationPolicies",
    "AutoScalingGroups.TrafficSources",
    "AutoScalingGroups.VPCZoneIdentifier",
    "AutoScalingGroups.WarmPoolSize",
    "Instances.AvailabilityZone",
    "Instances.AvailabilityZoneId",
    "Instances.HealthStatus",
    "Instances.ImageId",
    "Instances.InstanceId",
    "Instances.LaunchConfigurationName",
    "Instances.LaunchTemplate",
    "Instances.LifecycleState",
    "WarmPoolConfiguration.Status",
    "(warm pool).Instances",
    "(warm pool).NextToken",
    // How an alarm is at the moment, whom it tells beside policies.
    "MetricAlarms.ActionConfiguration",
    "MetricAlarms.AlarmArn",
    "MetricAlarms.AlarmConfigurationUpdatedTimestamp",
    "MetricAlarms.AlarmDescription",
    "MetricAlarms.EvaluationState",
    "MetricAlarms.InsufficientDataActions",
    "MetricAlarms.OKActions",
    "MetricAlarms.StateReason",
    "MetricAlarms.StateReasonData",
    "MetricAlarms.StateTransitionedTimestamp",
    "MetricAlarms.StateUpdatedTimestamp",
    "MetricAlarms.StateValue",
    "MetricAlarms.Unit",
    "AlarmHistoryItems.AlarmType",
    // It says again in words what HistoryData says.
    "AlarmHistoryItems.HistorySummary",
    "Datapoints.Unit",
    // How an endpoint was made and is deployed, and what is recorded of its answers.
    "AsyncInferenceConfig.OutputConfig",
    ".CreationTime",
    ".DataCaptureConfig",
    ".EnableNetworkIsolation",
    ".EndpointArn",
    ".EndpointConfigArn",
    ".EndpointStatus",
    ".ExecutionRoleArn",
    ".ExplainerConfig",
    ".FailureReason",
    ".InferenceComponentArn",
    ".InferenceComponentStatus",
    ".InferenceRecommendationsJobName",
    ".KmsKeyId",
    ".LastDeploymentConfig",
    ".LastModifiedTime",
    ".MetricsConfig",
    ".RecommendationId",
    ".VpcConfig",
    "ProductionVariants.CoreDumpConfig",
    "ProductionVariants.CurrentWeight",
    "ProductionVariants.DeployedImages",
    "ProductionVariants.DesiredWeight",
    "ProductionVariants.EnableSSMAccess",
    "ProductionVariants.InferenceAmiVersion",
    "ProductionVariants.InitialVariantWeight",
    "ProductionVariants.ModelName",
    "ProductionVariants.VariantStatus",
    "ProductionVariants.VolumeSizeInGB",
    "RuntimeConfig.PlacementStatus",
    ".Specification.BaseInferenceComponentName",
    ".Specification.Container",
    ".Specification.ModelName",
    // Another word for what a neighbour says.
    "MetricDataResults.Id",
    "ScheduledUpdateGroupActions.Time",
    "ProductionVariants.CurrentInstanceCount",
    "ProductionVariants.CurrentServerlessConfig",
    "RuntimeConfig.CurrentCopyCount",
];

/// Findings that leave out the whole entry that they stand in.
fn leaves_out(kind: &FindingKind) -> bool {
    matches!(
        kind,
        FindingKind::OtherSubject { .. }
            | FindingKind::UnknownMetric { .. }
            | FindingKind::UnknownPolicyType { .. }
            | FindingKind::PolicyDisabled { .. }
            | FindingKind::MetricMath
            | FindingKind::Missing
    )
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// Fills a shape.
fn filled(shapes: &Json, shape: &str, name: &str, depth: usize, dice: &mut Dice) -> Value {
    let model = &shapes[shape];
    let node = |value| Node::new(value, Place::default());
    match model["type"].as_str().unwrap() {
        "structure" => {
            let mut members = Vec::new();
            for (name, of) in model["members"].as_object().unwrap() {
                if depth > 8 || dice.below(10) == 0 {
                    continue;
                }
                let value = filled(shapes, of.as_str().unwrap(), name, depth + 1, dice);
                members.push(Member {
                    name: name.clone(),
                    at: Place::default(),
                    node: node(value),
                });
            }
            Value::Object(members)
        }
        "list" => {
            let of = model["member"].as_str().unwrap();
            let count = if name == "ProductionVariants" {
                1
            } else {
                1 + dice.below(3)
            };
            let one = |_| node(filled(shapes, of, name, depth + 1, dice));
            Value::List((0..count).map(one).collect())
        }
        "map" => {
            let of = model["value"].as_str().unwrap();
            let value = filled(shapes, of, name, depth + 1, dice);
            Value::Object(vec![Member {
                name: format!("p{}", dice.below(100)),
                at: Place::default(),
                node: node(value),
            }])
        }
        "boolean" => Value::Switch(dice.below(2) == 0),
        "integer" | "long" | "double" | "float" => Value::Number((1 + dice.below(5000)) as f64),
        "timestamp" => match dice.below(2) {
            0 => Value::Number(1_795_979_532.5 + dice.below(100_000) as f64),
            _ => Value::Text(format!("2026-11-{:02}T10:00:00+00:00", 1 + dice.below(28))),
        },
        _ => Value::Text(text(model, name, dice)),
    }
}

fn text(model: &Json, name: &str, dice: &mut Dice) -> String {
    let is_usual = dice.below(6) > 0;
    let usual = match name {
        "ServiceNamespace" => "sagemaker",
        "ScalableDimension" => "sagemaker:variant:DesiredInstanceCount",
        "ResourceId" => dice.one(&["endpoint/a/variant/b", "endpoint/c/variant/d"]),
        "PolicyType" => dice.one(&["TargetTrackingScaling", "StepScaling", "PredictiveScaling"]),
        "MetricName" => dice.one(&["CPUUtilization", "InvocationsPerInstance"]),
        "PredefinedMetricType" => dice.one(&[
            "SageMakerVariantInvocationsPerInstance",
            "ALBRequestCountPerTarget",
            "ALBRequestCount",
        ]),
        "HistoryItemType" => "StateUpdate",
        "HealthCheckType" => "ELB",
        "Description" => "Setting desired instance count to 4.",
        "Cause" => "changing the desired capacity from 1 to 2.",
        "HistoryData" => {
            r#"{"newState":{"stateValue":"ALARM","stateReasonData":{"startDate":"2026-11-28T10:00:00.000+0000","period":60,"recentDatapoints":[1,2]}}}"#
        }
        "AdjustmentType" => "ChangeInCapacity",
        "TreatMissingData" => "missing",
        "StatusCode" => "Complete",
        "MetricAggregationType" => "Average",
        _ => "",
    };
    if is_usual && !usual.is_empty() {
        return usual.to_owned();
    }
    match model["enum"].as_array() {
        Some(names) => names[dice.below(names.len())].as_str().unwrap().to_owned(),
        None => format!("{name}-{}", dice.below(1000)),
    }
}

fn read(document: &Node) -> Gathering {
    let mut gathering = Gathering::default();
    gathering.take(document.clone());
    gathering
}

/// Where a member stands: the names and places on the way to it.
type Path = Vec<Step>;

#[derive(Clone, Debug)]
enum Step {
    Name(String),
    Index(usize),
}

fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Name(name) if text.is_empty() => text.push_str(name),
            Step::Name(name) => {
                text.push('.');
                text.push_str(name);
            }
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

/// Every member there is, and every object.
fn walk(node: &Node, path: &mut Path, members: &mut Vec<Path>, objects: &mut Vec<Path>) {
    if let Value::Object(own) = &node.value {
        objects.push(path.clone());
        for member in own {
            path.push(Step::Name(member.name.clone()));
            members.push(path.clone());
            walk(&member.node, path, members, objects);
            path.pop();
        }
    }
    for (index, entry) in node.entries().iter().enumerate() {
        path.push(Step::Index(index));
        walk(entry, path, members, objects);
        path.pop();
    }
}

fn at<'a>(node: &'a mut Node, path: &[Step]) -> &'a mut Node {
    let Some((first, rest)) = path.split_first() else {
        return node;
    };
    let next = match (&mut node.value, first) {
        (Value::Object(members), Step::Name(name)) => {
            let mut members = members.iter_mut();
            &mut members.find(|it| it.name == *name).unwrap().node
        }
        (Value::List(entries), Step::Index(index)) => &mut entries[*index],
        _ => unreachable!("{path:?}"),
    };
    at(next, rest)
}

fn is_passed_over(operation: &str, path: &str) -> bool {
    let mut names: String = format!(".{path}");
    while let Some(open) = names.find('[') {
        let close = names[open..].find(']').unwrap() + open;
        names.replace_range(open..=close, "");
    }
    let names = if operation == "DescribeWarmPool" {
        format!("(warm pool){names}")
    } else {
        names
    };
    // The field itself, or something within it.
    let mut part = &*names;
    loop {
        if PASSED_OVER.iter().any(|it| match it.strip_prefix('.') {
            Some(top) => part.trim_start_matches("(warm pool)").strip_prefix('.') == Some(top),
            None => {
                part == *it
                    || part
                        .strip_suffix(it)
                        .is_some_and(|rest| rest.ends_with('.'))
            }
        }) {
            return true;
        }
        match part.rfind('.') {
            Some(end) if end > 0 => part = &part[..end],
            _ => return false,
        }
    }
}

fn is_listed(findings: &[Finding], path: &str) -> bool {
    let entry = |path: &str| path.split(']').next().unwrap_or_default().to_owned();
    findings.iter().any(|finding| {
        let covers = |rest: &str| rest.is_empty() || rest.starts_with(['.', '[']);
        let whole = leaves_out(&finding.kind) && entry(&finding.path) == entry(path);
        // A metric whose name is wrong is left out with what stands beside it.
        let beside = finding.path.strip_suffix("PredefinedMetricType");
        let is_beside = beside.is_some_and(|parent| path.starts_with(parent));
        whole || is_beside || path.strip_prefix(&*finding.path).is_some_and(covers)
    })
}

#[test]
fn each_field_of_each_answer_is_used_or_listed() {
    let model: Json = serde_json::from_str(include_str!("data/botocore_shapes.json")).unwrap();
    let mut silent = BTreeSet::new();
    let mut operations = 0;
    for service in model["services"].as_object().unwrap().values() {
        let shapes = &service["shapes"];
        for (operation, shape) in service["operations"].as_object().unwrap() {
            operations += 1;
            for seed in 1..=4_u64 {
                let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
                let value = filled(shapes, shape.as_str().unwrap(), "", 0, &mut dice);
                let document = Node::new(value, Place::default());
                let whole = read(&document);
                if whole.recognised.is_empty() {
                    continue;
                }
                let (mut members, mut objects) = (Vec::new(), Vec::new());
                walk(&document, &mut Vec::new(), &mut members, &mut objects);
                for path in members {
                    let (last, parent) = path.split_last().unwrap();
                    let Step::Name(name) = last else { continue };
                    let text = written(&path);
                    // A value that is the default is not missed: others in its place are seen.
                    let others = [
                        None,
                        Some(Value::Text("other".to_owned())),
                        Some(Value::Number(7777.0)),
                    ];
                    let is_seen = others.into_iter().any(|other| {
                        let mut changed = document.clone();
                        if let Value::Object(own) = &mut at(&mut changed, parent).value {
                            match other {
                                None => own.retain(|it| it.name != *name),
                                Some(other) => {
                                    let mut own = own.iter_mut();
                                    own.find(|it| it.name == *name).unwrap().node.value = other;
                                }
                            }
                        }
                        read(&changed) != whole
                    });
                    let is_silent = !is_seen
                        && !is_passed_over(operation, &text)
                        && !is_listed(&whole.findings, &text);
                    if is_silent {
                        silent.insert(format!("{operation} {text}"));
                    }
                }
                for path in objects {
                    let text = written(&path);
                    let mut with = document.clone();
                    if let Value::Object(own) = &mut at(&mut with, &path).value {
                        own.push(Member {
                            name: "Planted".to_owned(),
                            at: Place::default(),
                            node: Node::text("x", Place::default()),
                        });
                    }
                    let planted = match &*text {
                        "" => "Planted".to_owned(),
                        text => format!("{text}.Planted"),
                    };
                    let findings = read(&with).findings;
                    if !is_passed_over(operation, &planted) && !is_listed(&findings, &planted) {
                        silent.insert(format!("{operation} {planted}"));
                    }
                }
            }
        }
    }
    assert_eq!(operations, 17);
    let silent: Vec<_> = silent.into_iter().take(60).collect();
    assert_eq!(silent, Vec::<String>::new());
}
