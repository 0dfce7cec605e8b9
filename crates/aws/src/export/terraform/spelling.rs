//! How Terraform calls what AWS's requests say: labels, arguments, references to other resources, expressions.

use super::Writing;
use crate::{
    deployment::{Entry, Object, Operation, Part, Remark, Resource, Term},
    export::hcl::{self, Body},
    names::{snake_case, snake_identifier},
};

impl Writing<'_> {
    /// Returns a reference to the target or the group, in place of what names it.
    pub(super) fn refers(&self, name: &str, operation: Operation) -> Option<String> {
        let of = |scales: Operation, attribute: &str| {
            let found = self.labelled.iter().find(|(it, _)| it.operation == scales);
            let (resource, label) = found?;
            let kind = resource.operation.terraform()?;
            Some(format!("{kind}.{label}.{attribute}"))
        };
        match (operation, name) {
            (
                Operation::PutScalingPolicy | Operation::PutScheduledAction,
                "ServiceNamespace" | "ResourceId" | "ScalableDimension",
            ) => of(Operation::RegisterScalableTarget, &snake_case(name)),
            (
                Operation::PutGroupScalingPolicy | Operation::PutScheduledUpdateGroupAction,
                "AutoScalingGroupName",
            ) => of(Operation::UpdateAutoScalingGroup, "name"),
            _ => None,
        }
    }

    /// Of an alarm they are an object: the name of each is its key.
    pub(super) fn dimensions(&self, terms: &[Term]) -> Body {
        let mut dimensions = Body::default();
        for term in terms {
            if let Term::Object(object) = term
                && let (Some(Term::Text(name)), Some(value)) =
                    (object.get("Name"), object.get("Value"))
            {
                dimensions.attribute(hcl::key(name), self.expression(value));
            }
        }
        dimensions
    }

    /// Returns a value as an expression of one line.
    pub(super) fn expression(&self, term: &Term) -> String {
        match term {
            Term::Text(text) => hcl::text(text),
            Term::Joined(parts) => joined(parts),
            Term::Number(it) => it.to_string(),
            Term::Whole(it) => it.to_string(),
            Term::Switch(it) => it.to_string(),
            Term::Moment(it) => hcl::text(&it.to_string()),
            Term::List(terms) => {
                let terms: Vec<String> = terms.iter().map(|it| self.expression(it)).collect();
                format!("[{}]", terms.join(", "))
            }
            Term::PolicyArn(name) => {
                let is_it = |it: &Resource| it.makes_policy() && it.name == *name;
                let found = self.labelled.iter().find(|(it, _)| is_it(it));
                let reference = found.and_then(|(it, label)| {
                    Some(format!("{}.{label}.arn", it.operation.terraform()?))
                });
                reference.unwrap_or_else(|| hcl::text(name))
            }
            // Objects are blocks.
            Term::Object(_) => "{}".to_owned(),
        }
    }
}

/// Returns a text with variables in it.
fn joined(parts: &[Part]) -> String {
    if let [Part::Parameter(parameter)] = parts {
        return format!("var.{}", snake_case(parameter.name()));
    }
    let piece = |part: &Part| match part {
        Part::Text(text) => hcl::template(text),
        Part::Parameter(parameter) => format!("${{var.{}}}", snake_case(parameter.name())),
    };
    let pieces: String = parts.iter().map(piece).collect();
    format!("\"{pieces}\"")
}

/// Returns a label that says what a resource is; it may be taken.
pub(super) fn label(resource: &Resource) -> String {
    let otherwise = match resource.operation {
        Operation::RegisterScalableTarget => return "target".to_owned(),
        Operation::UpdateAutoScalingGroup => return "group".to_owned(),
        Operation::PutWarmPool | Operation::SuspendProcesses => return String::new(),
        Operation::PutScalingPolicy | Operation::PutGroupScalingPolicy => "policy",
        Operation::PutScheduledAction | Operation::PutScheduledUpdateGroupAction => "action",
        Operation::PutMetricAlarm => "alarm",
    };
    snake_identifier(&resource.name, otherwise)
}

/// Returns what an argument or a block is called. A list becomes a block an entry, which is called in the singular.
pub(super) fn argument(name: &str, operation: Operation) -> String {
    let name = match (name, operation) {
        ("AutoScalingGroupName", Operation::UpdateAutoScalingGroup) => "name",
        ("AutoScalingGroupName", _) => "autoscaling_group_name",
        ("PolicyName", _) | ("ScheduledActionName", Operation::PutScheduledAction) => "name",
        ("StepAdjustments", _) => "step_adjustment",
        ("MetricSpecifications", _) => "metric_specification",
        ("PredictiveScalingConfiguration", Operation::PutScalingPolicy) => {
            "predictive_scaling_policy_configuration"
        }
        ("Dimensions", Operation::PutGroupScalingPolicy) => "metric_dimension",
        (name, _) => return snake_case(name),
    };
    name.to_owned()
}

/// Returns what has to be known of a 0 that the provider does not send for a group that it makes.
// `internal/service/autoscaling/group.go` of hashicorp/terraform-provider-aws asks for both by `GetOk`, to which 0 is unset; a cooldown
// it finds changed afterwards, as AWS then has another.
pub(super) fn unsent_zero(entry: &Entry, operation: Operation) -> Option<Remark> {
    if operation != Operation::UpdateAutoScalingGroup || entry.term != Term::Whole(0) {
        return None;
    }
    match entry.name {
        "DefaultInstanceWarmup" => Some(Remark::ZeroIsNotSent),
        "DefaultCooldown" => Some(Remark::ZeroIsSentLater),
        _ => None,
    }
}

/// Whether a policy makes alarms of its own.
pub(super) fn tracks(resource: &Resource) -> bool {
    let kind = resource.body.get("PolicyType");
    matches!(kind, Some(Term::Text(kind)) if kind == "TargetTrackingScaling")
}

/// Returns the objects that a value is or holds: each becomes a block.
pub(super) fn objects(term: &Term) -> impl Iterator<Item = &Object> {
    let terms = match term {
        Term::List(terms) => terms.as_slice(),
        term => std::slice::from_ref(term),
    };
    terms.iter().filter_map(|it| match it {
        Term::Object(object) => Some(object),
        _ => None,
    })
}

/// Whether a scheduled action moves a bound.
pub(super) fn sets(action: &Resource, bound: &str) -> bool {
    let is_nested = match action.body.get("ScalableTargetAction") {
        Some(Term::Object(object)) => object.get(bound).is_some(),
        _ => false,
    };
    is_nested || action.body.get(bound).is_some()
}
