//! Files that people keep beside their scripts: the body of one request (`--cli-input-json file://…`), or the value of one option
//! (`--target-tracking-scaling-policy-configuration file://…`). They are told by their members.

use super::{DocumentKind, Gathering, items};
use crate::{
    deployment::Operation,
    fields::Fields,
    finding::FindingKind,
    node::{Member, Node, Value},
};

/// The body of a request, without its name; an entry of an answer looks the same.
pub(super) struct Body;

impl DocumentKind for Body {
    fn id(&self) -> &'static str {
        "request"
    }

    fn recognises(&self, document: &Node) -> bool {
        operation_of(document).is_some()
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        if let Some(operation) = operation_of(&document) {
            let body = Fields::of(document, "", &mut gathering.findings);
            items::request(operation, body, gathering);
        }
    }
}

/// Returns whose body it is.
fn operation_of(document: &Node) -> Option<Operation> {
    let has = |names: &[&str]| document.has(names);
    let is_of_target = has(&["ResourceId", "ScalableDimension"]);
    let is_of_group = has(&["AutoScalingGroupName"]);
    let is_of_pool = has(&["PoolState"]) || has(&["MaxGroupPreparedCapacity"]);
    let is_of_group_itself = ["MinSize", "MaxSize", "DefaultCooldown", "HealthCheckType"]
        .iter()
        .any(|name| has(&[name]));
    if is_of_target && has(&["PolicyName"]) {
        Some(Operation::PutScalingPolicy)
    } else if is_of_target && has(&["ScheduledActionName"]) {
        Some(Operation::PutScheduledAction)
    } else if is_of_target {
        Some(Operation::RegisterScalableTarget)
    } else if is_of_group && has(&["PolicyName"]) {
        Some(Operation::PutGroupScalingPolicy)
    } else if is_of_group && has(&["ScheduledActionName"]) {
        Some(Operation::PutScheduledUpdateGroupAction)
    } else if is_of_group && is_of_pool {
        Some(Operation::PutWarmPool)
    } else if is_of_group && has(&["ScalingProcesses"]) {
        Some(Operation::SuspendProcesses)
    } else if is_of_group && is_of_group_itself {
        Some(Operation::UpdateAutoScalingGroup)
    } else if has(&["AlarmName"]) {
        Some(Operation::PutMetricAlarm)
    } else {
        None
    }
}

/// The configuration of a policy, whose name and target stand in the command.
pub(super) struct PolicyConfiguration;

impl DocumentKind for PolicyConfiguration {
    fn id(&self) -> &'static str {
        "policy configuration"
    }

    fn recognises(&self, document: &Node) -> bool {
        policy_type_of(document).is_some()
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        let Some((policy_type, field, name)) = policy_type_of(&document) else {
            return;
        };
        let at = document.at;
        // `--step-adjustments` is the list alone.
        let configuration = match document.value {
            Value::List(_) => {
                let adjustments = vec![member("StepAdjustments", document)];
                Node::new(Value::Object(adjustments), at)
            }
            _ => document,
        };
        let policy = Value::Object(vec![
            member("PolicyName", Node::text(name, at)),
            member("PolicyType", Node::text(policy_type, at)),
            member(field, configuration),
        ]);
        let fields = Fields::of(Node::new(policy, at), "", &mut gathering.findings);
        items::policy_of(None, fields, gathering);
    }
}

/// Returns the type of the policy that a configuration is of, the field that it is the value of, and how the policy is called here.
fn policy_type_of(document: &Node) -> Option<(&'static str, &'static str, &'static str)> {
    let has = |name: &str| document.get(name).is_some();
    let is_step = |it: &Node| it.get("ScalingAdjustment").is_some();
    let entries = document.entries();
    if has("PredefinedMetricSpecification") || has("CustomizedMetricSpecification") {
        Some((
            "TargetTrackingScaling",
            "TargetTrackingScalingPolicyConfiguration",
            "target-tracking",
        ))
    } else if has("StepAdjustments") || (!entries.is_empty() && entries.iter().all(is_step)) {
        Some((
            "StepScaling",
            "StepScalingPolicyConfiguration",
            "step-scaling",
        ))
    } else if has("MetricSpecifications") {
        Some((
            "PredictiveScaling",
            "PredictiveScalingConfiguration",
            "predictive-scaling",
        ))
    } else {
        None
    }
}

/// `--metric-data-queries`, as the list itself or within a request's body.
pub(super) struct MetricDataQueries;

impl DocumentKind for MetricDataQueries {
    fn id(&self) -> &'static str {
        "metric data queries"
    }

    fn recognises(&self, document: &Node) -> bool {
        let entries = document.entries();
        let is_query = |it: &Node| {
            let asks = ["MetricStat", "Expression"];
            it.get("Id").is_some() && asks.iter().any(|name| it.get(name).is_some())
        };
        let is_list = !entries.is_empty() && entries.iter().all(is_query);
        is_list || document.has(&["MetricDataQueries"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        const LIST: &str = "MetricDataQueries";
        let at = document.at;
        let body = match document.value {
            Value::List(_) => Node::new(Value::Object(vec![member(LIST, document)]), at),
            _ => document,
        };
        let mut body = Fields::of(body, "", &mut gathering.findings);
        // When it is asked for, and how the answer is cut into pages.
        body.pass_over(&[
            "EndTime",
            "LabelOptions",
            "MaxDatapoints",
            "NextToken",
            "ScanBy",
            "StartTime",
        ]);
        for query in body.objects(LIST, &mut gathering.findings) {
            items::metric_query(query, gathering);
        }
        body.finish(&mut gathering.findings);
    }
}

/// `--production-variants`.
pub(super) struct ProductionVariants;

impl DocumentKind for ProductionVariants {
    fn id(&self) -> &'static str {
        "production variants"
    }

    fn recognises(&self, document: &Node) -> bool {
        let entries = document.entries();
        !entries.is_empty() && entries.iter().all(|it| it.get("VariantName").is_some())
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        let at = document.at;
        let variants = vec![member("ProductionVariants", document)];
        let node = Node::new(Value::Object(variants), at);
        let fields = Fields::of(node, "", &mut gathering.findings);
        items::endpoint_config(fields, gathering);
    }
}

/// `--suspended-state`.
pub(super) struct SuspendedState;

impl DocumentKind for SuspendedState {
    fn id(&self) -> &'static str {
        "suspended state"
    }

    fn recognises(&self, document: &Node) -> bool {
        let names = [
            "DynamicScalingInSuspended",
            "DynamicScalingOutSuspended",
            "ScheduledScalingSuspended",
        ];
        names.iter().any(|name| document.get(name).is_some())
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        let fields = Fields::of(document, "", &mut gathering.findings);
        let state = items::suspended_state(fields, &mut gathering.findings);
        gathering.account.suspended = Some(state);
    }
}

/// `--scalable-target-action`: what an action sets, without when. It cannot be used alone, which is said.
pub(super) struct ScalableTargetAction;

impl DocumentKind for ScalableTargetAction {
    fn id(&self) -> &'static str {
        "scalable target action"
    }

    fn recognises(&self, document: &Node) -> bool {
        let members = document.members();
        let is_bound = |name: &str| matches!(name, "MinCapacity" | "MaxCapacity");
        !members.is_empty() && members.iter().all(|member| is_bound(&member.name))
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        for name in ["Schedule", "ResourceId"] {
            gathering.note(document.at, name, FindingKind::Missing);
        }
    }
}

fn member(name: &str, node: Node) -> Member {
    Member {
        name: name.to_owned(),
        at: node.at,
        node,
    }
}
