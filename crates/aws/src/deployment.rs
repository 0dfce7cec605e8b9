//! What is deployed, as AWS's own requests: the same for every format, which only spells it. Which requests there are, what their
//! bodies hold and what is remarked of them stand in a file each.

mod body;
mod operation;
mod remark;

pub use self::{
    body::{Entry, Object, Part, Term},
    operation::{Operation, Service},
    remark::{Origin, Remark, Remarks},
};
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
                    "AlarmName" if fields.contains(&"AlarmNames") => {
                        let names = Term::List(vec![entry.term.clone()]);
                        Some(Entry::new("AlarmNames", names))
                    }
                    name if fields.contains(&name) => Some(Entry::new(name, entry.term.clone())),
                    _ => None,
                };
                Some((name, Object(self.body.0.iter().filter_map(entry).collect())))
            }
        }
    }
}
