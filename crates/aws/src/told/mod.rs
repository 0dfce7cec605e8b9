//! A run as an account would tell it afterwards: what AWS's read-only operations answer of what was deployed, of what it did, and of
//! the traffic. Nothing here runs anything: a finished run is put into AWS's shapes.
//!
//! What AWS does not report stays out: reasons without a code of AWS, activities that changed nothing in a group.

mod activities;
mod cloudwatch;
mod configured;

use engine::Run;
use scenario::{compile::Compiled, document::Scenario, time::UtcDateTime};
use serde_json::Value;

use crate::{
    account::TargetDimension,
    deployment::{Deployment, Object, Term},
    export::filled_in,
    parameter::Parameter,
};

/// A finished run and what it was of.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// What was deployed, with its names filled in.
    pub deployment: &'a Deployment,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The same, compiled.
    pub compiled: &'a Compiled,
    /// What came of it.
    pub run: &'a Run,
}

impl Told<'_> {
    /// Returns the answers, a JSON text a line: each is a document of its own.
    #[must_use]
    pub fn text(&self) -> String {
        let answers = [
            self.configured(),
            self.activities(),
            self.alarms(),
            self.metrics(),
        ];
        let lines = answers.iter().flatten().map(|answer| format!("{answer}\n"));
        lines.collect()
    }

    /// Returns a moment of the run as AWS writes it: `2026-11-28T20:04:00Z`.
    fn moment(&self, at_s: f64) -> String {
        let utc_s = self.compiled.clock.start_utc_s() + at_s.round() as i64;
        UtcDateTime::new(scenario::time::LocalDateTime::from_seconds(utc_s)).to_string()
    }

    /// Returns what of a scalable target changes; `None`: a group scales.
    fn dimension(&self) -> Option<TargetDimension> {
        TargetDimension::of(self.scenario.platform.rules().scales)
    }

    /// Returns what scales: `endpoint/recommender/variant/AllTraffic`, or a group's name.
    fn resource(&self) -> String {
        let value = |parameter| self.deployment.value(parameter);
        match self.dimension() {
            None => value(Parameter::AutoScalingGroupName).to_owned(),
            Some(TargetDimension::ComponentCopies) => {
                format!(
                    "inference-component/{}",
                    value(Parameter::InferenceComponentName)
                )
            }
            Some(_) => format!(
                "endpoint/{}/variant/{}",
                value(Parameter::EndpointName),
                value(Parameter::VariantName)
            ),
        }
    }

    /// Returns a policy's ARN, of AWS's example account.
    fn policy_arn(&self, name: &str) -> String {
        let resource = match self.dimension() {
            None => format!("autoScalingGroupName/{}", self.resource()),
            Some(_) => format!("resource/sagemaker/{}", self.resource()),
        };
        format!(
            "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:0:{resource}:policyName/{name}"
        )
    }

    /// Returns a policy's name, by its index in the scenario.
    fn policy_name(&self, index: usize) -> &str {
        let policy = self.scenario.policies.get(index);
        policy.map_or("", |policy| &policy.policy_name)
    }

    /// Returns a body of a request as JSON.
    fn body(&self, object: &Object) -> serde_json::Map<String, Value> {
        let entries = object.0.iter();
        entries
            .map(|entry| (entry.name.to_owned(), self.term(&entry.term)))
            .collect()
    }

    fn term(&self, term: &Term) -> Value {
        match term {
            Term::Text(text) => text.as_str().into(),
            Term::Joined(parts) => filled_in(parts, self.deployment).into(),
            Term::Number(number) => (*number).into(),
            Term::Whole(number) => (*number).into(),
            Term::Switch(is) => (*is).into(),
            Term::Moment(moment) => moment.to_string().into(),
            Term::List(terms) => terms.iter().map(|it| self.term(it)).collect(),
            Term::Object(object) => Value::Object(self.body(object)),
            Term::PolicyArn(name) => self.policy_arn(name).into(),
        }
    }
}
