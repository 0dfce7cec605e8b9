//! From AWS's requests to CloudFormation's resources.

use super::{Property, Shape, Template, TemplateResource};
use crate::{
    deployment::{
        Change, Deployment, Entry, Object, Operation, Parameter, Part, Remark, Resource, Term,
    },
    export::apart::{apart, is_resolved},
    names,
};

/// Logical id of the scalable target.
const TARGET: &str = "ScalableTarget";
/// Logical id of the group.
const GROUP: &str = "AutoScalingGroup";
/// What a resource's name is called in its `Metadata`.
const NAME: &str = "Name";
/// Logical ids that the CDK has for itself.
const RESERVED: [&str; 3] = ["BootstrapVersion", "CheckBootstrapVersion", "CDKMetadata"];
/// The fields that name a scalable target.
const TARGET_NAMES: [&str; 3] = ["ServiceNamespace", "ResourceId", "ScalableDimension"];

impl Template {
    /// Returns a deployment as resources of CloudFormation.
    pub(in crate::export) fn of(deployment: &Deployment) -> Self {
        let parameters = deployment.parameters_of_template();
        let wanted = || {
            let all = deployment.resources.iter();
            all.filter(|it| it.change == Change::Put)
        };
        let taken: Vec<String> = (parameters.iter().map(|it| it.name()))
            .chain(RESERVED)
            .map(str::to_owned)
            .collect();
        let ids = names::unique(taken.iter().cloned().chain(wanted().map(logical_id)));
        let ids: Vec<(&Resource, String)> =
            wanted().zip(ids.into_iter().skip(taken.len())).collect();
        let making = Making { ids: &ids };
        let resources = ids.iter().filter_map(|(it, id)| making.resource(it, id));
        let resources: Vec<TemplateResource> = resources.collect();
        let mut remarks = Vec::new();
        let mut note = |is_so: bool, remark| remarks.extend(is_so.then_some(remark));
        note(
            resources.iter().any(is_named_in_metadata),
            Remark::NamesInMetadata,
        );
        note(
            wanted().any(|it| it.operation == Operation::SuspendProcesses),
            Remark::NoSuspendedProcesses,
        );
        note(
            wanted().any(|it| holds_resolved(&Term::Object(it.body.clone()))),
            Remark::ResolveApart,
        );
        Self {
            is_open: parameters.iter().any(|it| deployment.is_open(*it)),
            parameters,
            resources,
            remarks,
        }
    }
}

/// Returns a logical id that says what the resource is; it may be taken.
fn logical_id(resource: &Resource) -> String {
    let kind = match resource.operation {
        Operation::RegisterScalableTarget => return TARGET.to_owned(),
        Operation::UpdateAutoScalingGroup => return GROUP.to_owned(),
        Operation::PutWarmPool => return "WarmPool".to_owned(),
        Operation::SuspendProcesses => return "Suspension".to_owned(),
        Operation::PutScalingPolicy | Operation::PutGroupScalingPolicy => "Policy",
        Operation::PutScheduledAction | Operation::PutScheduledUpdateGroupAction => "Action",
        Operation::PutMetricAlarm => "Alarm",
    };
    let id = names::identifier(&resource.name, kind);
    if id.starts_with(kind) || id.ends_with(kind) {
        return id;
    }
    id + kind
}

/// A template that is being made of these requests.
struct Making<'a> {
    ids: &'a [(&'a Resource, String)],
}

impl Making<'_> {
    /// Returns a request as a resource; `None`: it is part of another, or cannot be said.
    fn resource(&self, resource: &Resource, id: &str) -> Option<TemplateResource> {
        let mut properties = self.properties(&resource.body, resource.operation);
        let mut remarks = Vec::new();
        match resource.operation {
            Operation::RegisterScalableTarget => {
                let actions: Vec<Shape> = self.scheduled_actions().collect();
                if !actions.is_empty() {
                    properties.push(property("ScheduledActions", Shape::List(actions)));
                }
            }
            Operation::UpdateAutoScalingGroup => {
                remarks.push(Remark::NoDesiredCapacity);
                let template = vec![
                    parameter("LaunchTemplateId", Parameter::LaunchTemplateId),
                    parameter("Version", Parameter::LaunchTemplateVersion),
                ];
                let target_groups = vec![Shape::Parameter(Parameter::TargetGroupArn)];
                properties.extend([
                    property("LaunchTemplate", Shape::Object(template)),
                    parameter("VPCZoneIdentifier", Parameter::SubnetIds),
                    property("TargetGroupARNs", Shape::List(target_groups)),
                ]);
            }
            Operation::PutScalingPolicy => {
                let target = Shape::Reference(TARGET.to_owned());
                properties.insert(1, property("ScalingTargetId", target));
            }
            _ => {}
        }
        let is_tracking =
            |it: &Entry| matches!(&it.term, Term::Text(kind) if kind == "TargetTrackingScaling");
        if resource.body.0.iter().any(is_tracking) {
            remarks.push(Remark::AlarmsOfItsOwn);
        }
        let is_nameless = matches!(
            resource.operation,
            Operation::PutGroupScalingPolicy | Operation::PutScheduledUpdateGroupAction
        );
        let mut metadata = Vec::new();
        if is_nameless {
            metadata.push(property(NAME, Shape::Text(apart(&resource.name))));
        }
        if resource.operation == Operation::UpdateAutoScalingGroup {
            metadata.extend(self.suspended_processes());
        }
        Some(TemplateResource {
            id: id.to_owned(),
            kind: resource.operation.cloudformation()?,
            metadata,
            remarks,
            properties,
        })
    }

    /// Returns what a group's suspended processes are called where Headroom reads them back.
    fn suspended_processes(&self) -> Option<Property> {
        let mut resources = self.ids.iter().map(|(resource, _)| resource);
        let suspension = resources.find(|it| it.operation == Operation::SuspendProcesses)?;
        let processes = suspension.body.get("ScalingProcesses")?;
        Some(property("SuspendedProcesses", self.shape(processes)))
    }

    fn scheduled_actions(&self) -> impl Iterator<Item = Shape> {
        let actions = self.ids.iter().map(|(resource, _)| *resource);
        let actions = actions.filter(|it| it.operation == Operation::PutScheduledAction);
        actions.map(|it| Shape::Object(self.properties(&it.body, it.operation)))
    }

    /// Returns what of a request's body is said by properties, and how.
    fn properties(&self, body: &Object, operation: Operation) -> Vec<Property> {
        let is_group = operation == Operation::UpdateAutoScalingGroup;
        let is_of_group = matches!(
            operation,
            Operation::PutWarmPool
                | Operation::PutGroupScalingPolicy
                | Operation::PutScheduledUpdateGroupAction
        );
        let is_of_target = matches!(
            operation,
            Operation::PutScalingPolicy | Operation::PutScheduledAction
        );
        let one = |entry: &Entry| {
            let (name, value) = match entry.name {
                // The target is referred to, or the action stands within it.
                name if is_of_target && TARGET_NAMES.contains(&name) => return None,
                "AutoScalingGroupName" if is_of_group => {
                    (entry.name, Shape::Reference(GROUP.to_owned()))
                }
                "PolicyName" | "ScheduledActionName" if is_of_group => return None,
                // CloudFormation has texts where the API has numbers.
                "MinSize" | "MaxSize" if is_group => (entry.name, as_text(&entry.term)?),
                "DefaultCooldown" if is_group => ("Cooldown", as_text(&entry.term)?),
                "Cooldown" if is_of_group => (entry.name, as_text(&entry.term)?),
                name => (name, self.shape(&entry.term)),
            };
            Some(Property {
                name,
                value,
                remark: entry.remark.clone(),
            })
        };
        body.0.iter().filter_map(one).collect()
    }

    fn shape(&self, term: &Term) -> Shape {
        match term {
            Term::Text(text) => Shape::Text(apart(text)),
            Term::Joined(parts) => match parts.as_slice() {
                [Part::Parameter(parameter)] => Shape::Parameter(*parameter),
                parts => Shape::Joined(parts.iter().map(part_apart).collect()),
            },
            Term::Number(it) => Shape::Number(*it),
            Term::Whole(it) => Shape::Whole(*it),
            Term::Switch(it) => Shape::Switch(*it),
            Term::Moment(it) => Shape::Moment(*it),
            Term::List(terms) => Shape::List(terms.iter().map(|it| self.shape(it)).collect()),
            Term::Object(Object(entries)) => {
                let one = |entry: &Entry| Property {
                    name: entry.name,
                    value: self.shape(&entry.term),
                    remark: entry.remark.clone(),
                };
                Shape::Object(entries.iter().map(one).collect())
            }
            Term::PolicyArn(name) => {
                let is_it = |it: &Resource| it.makes_policy() && it.name == *name;
                let found = self.ids.iter().find(|(it, _)| is_it(it));
                Shape::Reference(found.map(|(_, id)| id.clone()).unwrap_or_default())
            }
        }
    }
}

fn part_apart(part: &Part) -> Part {
    match part {
        Part::Text(text) => Part::Text(apart(text)),
        Part::Parameter(_) => part.clone(),
    }
}

fn holds_resolved(term: &Term) -> bool {
    match term {
        Term::Text(text) => is_resolved(text),
        Term::Joined(parts) => parts
            .iter()
            .any(|part| matches!(part, Part::Text(text) if is_resolved(text))),
        Term::List(terms) => terms.iter().any(holds_resolved),
        Term::Object(object) => object.0.iter().any(|it| holds_resolved(&it.term)),
        _ => false,
    }
}

fn as_text(term: &Term) -> Option<Shape> {
    match term {
        Term::Whole(number) => Some(Shape::Text(number.to_string())),
        _ => None,
    }
}

fn is_named_in_metadata(resource: &TemplateResource) -> bool {
    resource.metadata.iter().any(|it| it.name == NAME)
}

fn property(name: &'static str, value: Shape) -> Property {
    Property {
        name,
        value,
        remark: None,
    }
}

fn parameter(name: &'static str, parameter: Parameter) -> Property {
    property(name, Shape::Parameter(parameter))
}
