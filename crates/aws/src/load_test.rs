//! The load test that it all begins with: what is to be known of a scenario to find out how many requests per second one instance
//! can serve. A form of it is a file of `export/` that implements [`LoadTestFormat`], and its line in [`LOAD_TESTS`].

use scenario::document::Scenario;

use crate::{
    account::TargetDimension,
    deployment::Remarks,
    export::{k6::K6, locust::Locust},
    parameter::Parameter,
};

/// Least share of requests that may fail or take too long: a step of a minute has too few to tell smaller shares apart.
const LEAST_MISSED: f64 = 0.01;

/// What a load test is to find out, and of what.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadTest {
    /// The scenario's title.
    pub title: String,
    /// What the scenario says that one instance can serve, requests per second: where to look.
    pub expected_rps: f64,
    /// The scenario's safety factor.
    pub safety_factor: f64,
    /// A request that takes longer missed the objective, milliseconds.
    pub limit_ms: f64,
    /// Share of requests that may fail or take too long.
    pub missed: f64,
    /// What names the model in SageMaker's InvokeEndpoint; empty: it has an address of its own.
    pub names: Vec<Parameter>,
    /// What somebody filled in.
    pub given: Vec<(Parameter, String)>,
}

impl LoadTest {
    /// Returns the load test of a scenario; `None`: nothing there serves more than one request at once, so a single request tells
    /// all.
    #[must_use]
    pub fn of(scenario: &Scenario, title: &str) -> Option<Self> {
        let rules = scenario.platform.rules();
        if !rules.has_instances {
            return None;
        }
        let names = match TargetDimension::of(rules.scales) {
            None => Vec::new(),
            Some(TargetDimension::ComponentCopies) => {
                vec![Parameter::EndpointName, Parameter::InferenceComponentName]
            }
            Some(_) => vec![Parameter::EndpointName],
        };
        Some(Self {
            title: title.to_owned(),
            expected_rps: scenario.load_test.max_rps,
            safety_factor: scenario.load_test.safety_factor,
            limit_ms: scenario.load_test.p95_ms + scenario.objective.late_ms,
            missed: (1.0 - scenario.objective.availability_pct / 100.0).max(LEAST_MISSED),
            names,
            given: Vec::new(),
        })
    }

    /// Returns what stands for a parameter: what was filled in, or its placeholder.
    #[must_use]
    pub fn value(&self, parameter: Parameter) -> &str {
        let mut given = self.given.iter();
        let given = given.find(|(of, _)| *of == parameter);
        given.map_or(parameter.placeholder(), |(_, value)| value)
    }
}

/// A form in which a load test can be written.
pub trait LoadTestFormat: Sync {
    /// Returns what names it among the others: `locust`.
    fn id(&self) -> &'static str;

    /// Returns its name for people: `Locust`.
    fn name(&self) -> &'static str;

    /// Returns the name that its file has when it is saved: `locustfile.py`.
    fn file_name(&self) -> &'static str;

    /// Writes a load test.
    fn write(&self, test: &LoadTest, remarks: &dyn Remarks) -> String;
}

/// All forms.
pub static LOAD_TESTS: &[&dyn LoadTestFormat] = &[&Locust, &K6];
