//! What is deployed, as AWS's own requests: the same for every format, which only spells it. Numbers carry what they mean and
//! where they come from, names that a person has to fill in are parameters.

use scenario::{field::Field, time::UtcDateTime};

use crate::load_test::LoadTestRemark;
pub use crate::parameter::Parameter;

/// Requests that bring what was simulated into an account, in the order in which they can be made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deployment {
    /// The scenario's title.
    pub title: String,
    /// What stands behind `#` of the scenario's link; empty: it is too long for one.
    pub link: String,
    /// The requests.
    pub resources: Vec<Resource>,
    /// What somebody filled in; every other parameter is a placeholder.
    pub given: Vec<(Parameter, String)>,
    /// What the scenario says that no request can.
    pub left_out: Vec<Remark>,
}

/// Something that a request makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Which request makes it.
    pub operation: Operation,
    /// What names it among those of its kind: a policy's name; empty where there can be only one.
    pub name: String,
    /// The request's body.
    pub body: Object,
    /// What to do.
    pub change: Change,
}

/// What is to be done about a resource.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Change {
    /// It is made, or made anew: AWS's requests replace what has the same name.
    #[default]
    Put,
    /// It is taken away.
    Delete,
}

/// A request of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Application Auto Scaling's RegisterScalableTarget.
    RegisterScalableTarget,
    /// Application Auto Scaling's PutScalingPolicy.
    PutScalingPolicy,
    /// Application Auto Scaling's PutScheduledAction.
    PutScheduledAction,
    /// EC2 Auto Scaling's UpdateAutoScalingGroup; in a template, the group itself.
    UpdateAutoScalingGroup,
    /// EC2 Auto Scaling's PutWarmPool.
    PutWarmPool,
    /// EC2 Auto Scaling's PutScalingPolicy.
    PutGroupScalingPolicy,
    /// EC2 Auto Scaling's PutScheduledUpdateGroupAction.
    PutScheduledUpdateGroupAction,
    /// EC2 Auto Scaling's SuspendProcesses.
    SuspendProcesses,
    /// CloudWatch's PutMetricAlarm.
    PutMetricAlarm,
}

/// A service of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// Application Auto Scaling.
    ApplicationAutoScaling,
    /// EC2 Auto Scaling.
    AutoScaling,
    /// CloudWatch.
    CloudWatch,
}

impl Service {
    /// Returns its name in the AWS CLI and in boto3.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApplicationAutoScaling => "application-autoscaling",
            Self::AutoScaling => "autoscaling",
            Self::CloudWatch => "cloudwatch",
        }
    }
}

/// How a request is called here and there.
struct Names {
    service: Service,
    /// As the API has it.
    put: &'static str,
    /// The request that takes it away, and which fields of the body that takes.
    delete: Option<(&'static str, &'static [&'static str])>,
    cloudformation: Option<&'static str>,
    terraform: Option<&'static str>,
}

impl Operation {
    /// All there are, in the order in which they can be made.
    pub const ALL: [Self; 9] = [
        Self::RegisterScalableTarget,
        Self::UpdateAutoScalingGroup,
        Self::PutWarmPool,
        Self::SuspendProcesses,
        Self::PutScalingPolicy,
        Self::PutGroupScalingPolicy,
        Self::PutMetricAlarm,
        Self::PutScheduledAction,
        Self::PutScheduledUpdateGroupAction,
    ];

    const fn names(self) -> Names {
        const TARGET: &[&str] = &["ServiceNamespace", "ResourceId", "ScalableDimension"];
        match self {
            Self::RegisterScalableTarget => Names {
                service: Service::ApplicationAutoScaling,
                put: "RegisterScalableTarget",
                delete: Some(("DeregisterScalableTarget", TARGET)),
                cloudformation: Some("AWS::ApplicationAutoScaling::ScalableTarget"),
                terraform: Some("aws_appautoscaling_target"),
            },
            Self::PutScalingPolicy => Names {
                service: Service::ApplicationAutoScaling,
                put: "PutScalingPolicy",
                delete: Some((
                    "DeleteScalingPolicy",
                    &[
                        "PolicyName",
                        "ServiceNamespace",
                        "ResourceId",
                        "ScalableDimension",
                    ],
                )),
                cloudformation: Some("AWS::ApplicationAutoScaling::ScalingPolicy"),
                terraform: Some("aws_appautoscaling_policy"),
            },
            Self::PutScheduledAction => Names {
                service: Service::ApplicationAutoScaling,
                put: "PutScheduledAction",
                delete: Some((
                    "DeleteScheduledAction",
                    &[
                        "ScheduledActionName",
                        "ServiceNamespace",
                        "ResourceId",
                        "ScalableDimension",
                    ],
                )),
                // CloudFormation keeps actions within their target.
                cloudformation: None,
                terraform: Some("aws_appautoscaling_scheduled_action"),
            },
            Self::UpdateAutoScalingGroup => Names {
                service: Service::AutoScaling,
                put: "UpdateAutoScalingGroup",
                delete: None,
                cloudformation: Some("AWS::AutoScaling::AutoScalingGroup"),
                terraform: Some("aws_autoscaling_group"),
            },
            Self::PutWarmPool => Names {
                service: Service::AutoScaling,
                put: "PutWarmPool",
                delete: Some(("DeleteWarmPool", &["AutoScalingGroupName"])),
                cloudformation: Some("AWS::AutoScaling::WarmPool"),
                // Terraform keeps it within the group.
                terraform: None,
            },
            Self::PutGroupScalingPolicy => Names {
                service: Service::AutoScaling,
                put: "PutScalingPolicy",
                delete: Some(("DeletePolicy", &["AutoScalingGroupName", "PolicyName"])),
                cloudformation: Some("AWS::AutoScaling::ScalingPolicy"),
                terraform: Some("aws_autoscaling_policy"),
            },
            Self::PutScheduledUpdateGroupAction => Names {
                service: Service::AutoScaling,
                put: "PutScheduledUpdateGroupAction",
                delete: Some((
                    "DeleteScheduledAction",
                    &["AutoScalingGroupName", "ScheduledActionName"],
                )),
                cloudformation: Some("AWS::AutoScaling::ScheduledAction"),
                terraform: Some("aws_autoscaling_schedule"),
            },
            Self::SuspendProcesses => Names {
                service: Service::AutoScaling,
                put: "SuspendProcesses",
                delete: Some((
                    "ResumeProcesses",
                    &["AutoScalingGroupName", "ScalingProcesses"],
                )),
                cloudformation: None,
                // Terraform keeps it within the group.
                terraform: None,
            },
            Self::PutMetricAlarm => Names {
                service: Service::CloudWatch,
                put: "PutMetricAlarm",
                delete: Some(("DeleteAlarms", &["AlarmNames"])),
                cloudformation: Some("AWS::CloudWatch::Alarm"),
                terraform: Some("aws_cloudwatch_metric_alarm"),
            },
        }
    }

    /// Returns the service that takes it.
    #[must_use]
    pub const fn service(self) -> Service {
        self.names().service
    }

    /// Returns its name, as the API has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.names().put
    }

    /// Returns the request that takes away what it makes, and the fields that that needs; `None`: there is none.
    #[must_use]
    pub const fn delete(self) -> Option<(&'static str, &'static [&'static str])> {
        self.names().delete
    }

    /// Returns the type of its resource in CloudFormation; `None`: it is part of another.
    #[must_use]
    pub const fn cloudformation(self) -> Option<&'static str> {
        self.names().cloudformation
    }

    /// Returns the type of its resource in Terraform; `None`: it is part of another.
    #[must_use]
    pub const fn terraform(self) -> Option<&'static str> {
        self.names().terraform
    }
}

/// The members of a request's body, in the order of the API reference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(pub Vec<Entry>);

/// A member of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name, as the API has it.
    pub name: &'static str,
    /// Its value.
    pub term: Term,
    /// What it means, for a comment.
    pub remark: Option<Remark>,
}

/// A value of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A text that somebody typed, or a word of AWS's: to be quoted.
    Text(String),
    /// A text with parameters in it.
    Joined(Vec<Part>),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// A switch.
    Switch(bool),
    /// A moment.
    Moment(UtcDateTime),
    /// A list.
    List(Vec<Term>),
    /// An object.
    Object(Object),
    /// The ARN of the scaling policy of this name, which is made before.
    PolicyArn(String),
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// As it is.
    Text(String),
    /// What a person fills in.
    Parameter(Parameter),
}

/// What a number of an export means and where it comes from, or what has to be known of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// A field of the scenario.
    Field {
        /// Which.
        field: Field,
        /// Where its value comes from.
        origin: Origin,
    },
    /// Placeholders have to be replaced.
    FillIn,
    /// `DesiredCapacity` is left out: each deployment would put the group back to it.
    NoDesiredCapacity,
    /// CloudFormation has no names for a group's policies and actions; `Metadata` keeps them.
    NamesInMetadata,
    /// CloudFormation cannot suspend a group's processes, which the scenario has suspended: that is to be done by hand.
    NoSuspendedProcesses,
    /// A text holds `{{resolve:`, which CloudFormation would look up wherever it stands: it got a space.
    ResolveApart,
    /// Scheduled actions move the bounds: Terraform must not put them back.
    IgnoreChanges,
    /// −1 leaves a size alone; 0 would be 0.
    MinusOne,
    /// Bounds of steps count from their alarm's threshold.
    FromThreshold {
        /// The threshold.
        threshold: f64,
    },
    /// What a policy makes by itself, such as target tracking's alarms.
    AlarmsOfItsOwn,
    /// Nothing of the scenario scales, and AWS would refuse to register it.
    NothingScales,
    /// What has to be known of a load test, and what it prints.
    LoadTest(LoadTestRemark),
    /// The link with which Headroom reads the scenario back.
    Link,
    /// What the scenario says that AWS cannot be told.
    CannotSay {
        /// Which field.
        field: Field,
    },
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin {
    /// Somebody typed it.
    Typed,
    /// It is the load test's formula: maximum RPS × safety factor × 60.
    Formula {
        /// Requests per second of one instance.
        max_rps: f64,
        /// The safety factor.
        safety_factor: f64,
    },
    /// It follows from what a load test gave, in a unit of the metric's own.
    LoadTest {
        /// Requests per second of one instance.
        max_rps: f64,
        /// The safety factor.
        safety_factor: f64,
    },
    /// Sizing says so.
    Sizing,
    /// It is what is usual where nobody says.
    Usual,
}

/// Says remarks, in the language of whoever reads the export.
pub trait Remarks {
    /// Returns a remark as a line without a line break.
    fn remark(&self, remark: &Remark) -> String;

    /// Returns the lines at the head of an export: what it is, of which scenario.
    fn head(&self, deployment: &Deployment) -> Vec<String>;
}

impl Deployment {
    /// Returns what a person has to fill in, each once, in the order in which it is met.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for resource in &self.resources {
            resource.body.note_parameters(&mut parameters);
        }
        parameters
    }

    /// Returns what a person has to fill in of a template, which makes a group anew.
    #[must_use]
    pub fn parameters_of_template(&self) -> Vec<Parameter> {
        let mut parameters = self.parameters();
        let makes_group = |it: &Resource| it.operation == Operation::UpdateAutoScalingGroup;
        if self.resources.iter().any(makes_group) {
            parameters.extend(Parameter::OF_GROUP);
        }
        parameters
    }

    /// Returns the parameters that still are placeholders, which AWS would take for names.
    #[must_use]
    pub fn open_parameters(&self) -> Vec<Parameter> {
        let mut parameters = self.parameters();
        parameters.retain(|it| self.is_open(*it));
        parameters
    }

    /// Returns whether a parameter still is a placeholder, which AWS would take for a name.
    #[must_use]
    pub fn is_open(&self, parameter: Parameter) -> bool {
        parameter.must_be_filled_in() && self.value(parameter) == parameter.placeholder()
    }

    /// Returns the services that take its requests, each once.
    #[must_use]
    pub fn services(&self) -> Vec<Service> {
        let mut services = Vec::new();
        for resource in &self.resources {
            let service = resource.operation.service();
            if resource.request().is_some() && !services.contains(&service) {
                services.push(service);
            }
        }
        services
    }

    /// Returns the names of the policies whose ARN an alarm is told, each once.
    #[must_use]
    pub fn triggered_policies(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for resource in self.resources.iter().filter(|it| it.change == Change::Put) {
            let Some(Term::List(actions)) = resource.body.get("AlarmActions") else {
                continue;
            };
            for action in actions {
                if let Term::PolicyArn(name) = action
                    && !names.contains(&name.as_str())
                {
                    names.push(name);
                }
            }
        }
        names
    }

    /// Returns what stands for a parameter: what was filled in, or its placeholder.
    #[must_use]
    pub fn value(&self, parameter: Parameter) -> &str {
        let mut given = self.given.iter();
        let given = given.find(|(of, _)| *of == parameter);
        given.map_or(parameter.placeholder(), |(_, value)| value)
    }
}

impl Object {
    fn note_parameters(&self, parameters: &mut Vec<Parameter>) {
        for entry in &self.0 {
            entry.term.note_parameters(parameters);
        }
    }

    /// Returns the entry of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Term> {
        let mut entries = self.0.iter();
        entries.find(|it| it.name == name).map(|it| &it.term)
    }
}

impl Term {
    fn note_parameters(&self, parameters: &mut Vec<Parameter>) {
        match self {
            Self::Joined(parts) => {
                for part in parts {
                    match part {
                        Part::Parameter(parameter) if !parameters.contains(parameter) => {
                            parameters.push(*parameter);
                        }
                        _ => {}
                    }
                }
            }
            Self::List(terms) => terms.iter().for_each(|it| it.note_parameters(parameters)),
            Self::Object(object) => object.note_parameters(parameters),
            _ => {}
        }
    }
}

impl Resource {
    /// Returns whether its request answers with a scaling policy's ARN.
    #[must_use]
    pub fn makes_policy(&self) -> bool {
        let is_policy = matches!(
            self.operation,
            Operation::PutScalingPolicy | Operation::PutGroupScalingPolicy
        );
        is_policy && self.change == Change::Put
    }

    /// Returns what has to be known of a script's request.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        let kind = self.body.get("PolicyType");
        let tracks = matches!(kind, Some(Term::Text(kind)) if kind == "TargetTrackingScaling");
        match self.operation {
            Operation::UpdateAutoScalingGroup => vec![Remark::NoDesiredCapacity],
            _ if tracks && self.makes_policy() => vec![Remark::AlarmsOfItsOwn],
            _ => Vec::new(),
        }
    }

    /// Returns the request's name, and the body that it takes; `None`: what is to be taken away cannot be.
    #[must_use]
    pub fn request(&self) -> Option<(&'static str, Object)> {
        match self.change {
            Change::Put => Some((self.operation.name(), self.body.clone())),
            Change::Delete => {
                let (name, fields) = self.operation.delete()?;
                let entry = |entry: &Entry| match entry.name {
                    "AlarmName" if fields.contains(&"AlarmNames") => Some(Entry {
                        name: "AlarmNames",
                        term: Term::List(vec![entry.term.clone()]),
                        remark: None,
                    }),
                    name if fields.contains(&name) => Some(Entry {
                        remark: None,
                        ..entry.clone()
                    }),
                    _ => None,
                };
                Some((name, Object(self.body.0.iter().filter_map(entry).collect())))
            }
        }
    }
}
