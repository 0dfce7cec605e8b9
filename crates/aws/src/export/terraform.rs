//! Terraform, for HashiCorp's AWS provider. Actions and warm pools as the provider has them: actions are resources of their own, a
//! warm pool and suspended processes stand within the group.
//!
//! Source: the documentation of hashicorp/aws; its argument names are held against `tests/data/terraform_arguments.json`.

mod spelling;

use self::spelling::{argument, label, objects, sets, tracks, unsent_zero};
use super::{
    ExportFormat,
    hcl::{self, Body},
    text::linked,
};
use crate::{
    deployment::{
        Change, Deployment, Object, Operation, Parameter, Remark, Remarks, Resource, Term,
    },
    names::{snake_case, unique},
};

/// See the top of the file.
pub(super) struct Terraform;

impl ExportFormat for Terraform {
    fn id(&self) -> &'static str {
        "terraform"
    }

    fn name(&self) -> &'static str {
        "Terraform"
    }

    fn file_name(&self) -> &'static str {
        "scaling.tf"
    }

    fn is_read_back(&self) -> bool {
        true
    }

    fn parameters(&self, deployment: &Deployment) -> Vec<Parameter> {
        deployment.parameters_of_template()
    }

    fn write(&self, deployment: &Deployment, remarks: &dyn Remarks) -> String {
        let writing = Writing::of(deployment, remarks);
        let mut file = Body::default();
        for line in remarks.head(deployment) {
            file.comment(&line);
        }
        if !deployment.link.is_empty() {
            writing.remark(&mut file, &Remark::Link);
            file.comment(&linked(&deployment.link));
        }
        file.blank();
        let parameters = self.parameters(deployment);
        if parameters.iter().any(|it| deployment.is_open(*it)) {
            writing.remark(&mut file, &Remark::FillIn);
        }
        for (index, parameter) in parameters.into_iter().enumerate() {
            if index > 0 {
                file.blank();
            }
            let mut variable = Body::default();
            let value = deployment.value(parameter);
            if parameter == Parameter::SubnetIds {
                let ids: Vec<String> = value.split(',').map(|id| hcl::text(id.trim())).collect();
                variable.attribute("type", "list(string)");
                variable.attribute("default", format!("[{}]", ids.join(", ")));
            } else {
                variable.attribute("type", "string");
                variable.attribute("default", hcl::text(value));
            }
            let header = format!("variable \"{}\"", snake_case(parameter.name()));
            file.block(&header, variable);
        }
        for (resource, label) in &writing.labelled {
            if let Some(kind) = resource.operation.terraform() {
                file.blank();
                if tracks(resource) {
                    writing.remark(&mut file, &Remark::AlarmsOfItsOwn);
                }
                if resource.operation == Operation::UpdateAutoScalingGroup {
                    writing.remark(&mut file, &Remark::NoDesiredCapacity);
                }
                let header = format!("resource \"{kind}\" \"{label}\"");
                file.block(&header, writing.resource(resource));
            }
        }
        file.text()
    }
}

/// A file that is being written.
struct Writing<'a> {
    /// What is made, each with a label that no other of its type has.
    labelled: Vec<(&'a Resource, String)>,
    remarks: &'a dyn Remarks,
}

impl<'a> Writing<'a> {
    fn of(deployment: &'a Deployment, remarks: &'a dyn Remarks) -> Self {
        let resources = deployment.resources.iter();
        let resources: Vec<&Resource> = resources.filter(|it| it.change == Change::Put).collect();
        let mut labelled: Vec<(&'a Resource, String)> = Vec::new();
        for operation in Operation::ALL {
            let of = |it: &&&Resource| it.operation == operation;
            let labels = unique(resources.iter().filter(of).map(|it| label(it)));
            labelled.extend(resources.iter().filter(of).copied().zip(labels));
        }
        Self { labelled, remarks }
    }

    fn all(&self, operation: Operation) -> impl Iterator<Item = &'a Resource> {
        let all = self.labelled.iter().map(|(resource, _)| *resource);
        all.filter(move |it| it.operation == operation)
    }

    fn remark(&self, body: &mut Body, remark: &Remark) {
        body.comment(&self.remarks.remark(remark));
    }

    fn resource(&self, resource: &Resource) -> Body {
        let mut body = Body::default();
        self.entries(&mut body, &resource.body, resource.operation);
        match resource.operation {
            Operation::RegisterScalableTarget => {
                let bounds = ["MinCapacity", "MaxCapacity"];
                self.ignore_changes(&mut body, Operation::PutScheduledAction, &bounds, &[]);
            }
            Operation::UpdateAutoScalingGroup => self.rest_of_group(&mut body),
            Operation::PutScheduledUpdateGroupAction => {
                self.sizes_left_alone(&mut body, &resource.body);
            }
            _ => {}
        }
        body
    }

    fn rest_of_group(&self, body: &mut Body) {
        let variable = |parameter: Parameter| format!("var.{}", snake_case(parameter.name()));
        body.attribute("vpc_zone_identifier", variable(Parameter::SubnetIds));
        let target_groups = format!("[{}]", variable(Parameter::TargetGroupArn));
        body.attribute("target_group_arns", target_groups);
        for suspension in self.all(Operation::SuspendProcesses) {
            if let Some(processes) = suspension.body.get("ScalingProcesses") {
                body.attribute("suspended_processes", self.expression(processes));
            }
        }
        let mut template = Body::default();
        template.attribute("id", variable(Parameter::LaunchTemplateId));
        template.attribute("version", variable(Parameter::LaunchTemplateVersion));
        body.blank();
        body.block("launch_template", template);
        for pool in self.all(Operation::PutWarmPool) {
            let mut inside = Body::default();
            self.entries(&mut inside, &pool.body, pool.operation);
            body.blank();
            body.block("warm_pool", inside);
        }
        let action = Operation::PutScheduledUpdateGroupAction;
        self.ignore_changes(body, action, &["MinSize", "MaxSize"], &["DesiredCapacity"]);
    }

    /// Actions move bounds, which Terraform would put back at its next run.
    fn ignore_changes(&self, body: &mut Body, action: Operation, bounds: &[&str], also: &[&str]) {
        if self.all(action).next().is_none() {
            return;
        }
        let is_moved = |bound: &&&str| self.all(action).any(|it| sets(it, bound));
        let moved = bounds.iter().filter(is_moved).chain(also);
        let moved: Vec<String> = moved.map(|name| snake_case(name)).collect();
        let mut lifecycle = Body::default();
        self.remark(&mut lifecycle, &Remark::IgnoreChanges);
        lifecycle.attribute("ignore_changes", format!("[{}]", moved.join(", ")));
        body.blank();
        body.block("lifecycle", lifecycle);
    }

    /// A size that the provider is not told becomes 0.
    fn sizes_left_alone(&self, body: &mut Body, said: &Object) {
        let sizes = ["MinSize", "MaxSize", "DesiredCapacity"];
        let unset: Vec<&str> = (sizes.into_iter())
            .filter(|size| said.get(size).is_none())
            .collect();
        let mut remark = Some(self.remarks.remark(&Remark::MinusOne));
        for size in unset {
            body.commented(snake_case(size), "-1", remark.take().as_deref());
        }
    }

    /// Writes the members of a request's object: arguments, then blocks.
    fn entries(&self, body: &mut Body, object: &Object, operation: Operation) {
        let mut blocks: Vec<(String, Option<&Remark>, &Object)> = Vec::new();
        for entry in &object.0 {
            // A pool stands within its group, and no entry of a list is no block.
            let is_named =
                operation == Operation::PutWarmPool && entry.name == "AutoScalingGroupName";
            if is_named || matches!(&entry.term, Term::List(terms) if terms.is_empty()) {
                continue;
            }
            let name = argument(entry.name, operation);
            if let Term::List(terms) = &entry.term
                && operation == Operation::PutMetricAlarm
                && entry.name == "Dimensions"
            {
                body.object(&name, self.dimensions(terms));
                continue;
            }
            let mut remark = entry.remark.as_ref();
            let before = blocks.len();
            for object in objects(&entry.term) {
                blocks.push((name.clone(), remark.take(), object));
            }
            if blocks.len() > before {
                continue;
            }
            let reference = self.refers(entry.name, operation);
            let value = reference.unwrap_or_else(|| self.expression(&entry.term));
            if let Some(remark) = unsent_zero(entry, operation) {
                self.remark(body, &remark);
            }
            let remark = entry.remark.as_ref().map(|it| self.remarks.remark(it));
            body.commented(name, value, remark.as_deref());
        }
        for (name, remark, object) in blocks {
            let mut inside = Body::default();
            self.entries(&mut inside, object, operation);
            body.blank();
            if let Some(remark) = remark {
                self.remark(body, remark);
            }
            body.block(&name, inside);
        }
    }
}
