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

/// Least seconds for which a rate is kept.
const LEAST_STEP_S: f64 = 60.0;

/// How many times as long as a request may take a rate is kept at least: five percent too much then make the last requests late.
const LIMITS_A_STEP: f64 = 20.0;

/// Least requests by which a rate is judged.
const LEAST_REQUESTS: f64 = 20.0;

/// By what share of the time that passes waits may grow: more than this too much is not kept up with.
const GROWTH: f64 = 0.03;

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
    /// Whether answers go elsewhere, so that what is tested has to be an endpoint of the same model that answers at once.
    pub is_asynchronous: bool,
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
            // What waits in an endpoint's own queue may wait for hours: that says nothing of how much one instance can serve.
            limit_ms: match rules.has_queue {
                true => 2.0 * scenario.load_test.p95_ms,
                false => scenario.load_test.p95_ms + scenario.objective.late_ms,
            },
            is_asynchronous: rules.has_queue,
            missed: ((100.0 - scenario.objective.availability_pct) / 100.0).max(LEAST_MISSED),
            names,
            given: Vec::new(),
        })
    }

    /// Returns how long a rate is kept, seconds.
    pub(crate) fn step_s(&self) -> f64 {
        (LIMITS_A_STEP * self.limit_ms / 1000.0).max(LEAST_STEP_S)
    }

    /// Returns the numbers by which all forms judge, under the names that they have there.
    pub(crate) fn numbers(&self) -> [(&'static str, f64); 6] {
        [
            ("EXPECTED_RPS", self.expected_rps),
            ("SAFETY_FACTOR", self.safety_factor),
            ("LIMIT_MS", self.limit_ms),
            ("MISSED", self.missed),
            ("GROWTH", GROWTH),
            ("LEAST_REQUESTS", LEAST_REQUESTS),
        ]
    }

    /// Returns what stands for a parameter: what was filled in, or its placeholder.
    #[must_use]
    pub fn value(&self, parameter: Parameter) -> &str {
        let mut given = self.given.iter();
        let given = given.find(|(of, _)| *of == parameter);
        given.map_or(parameter.placeholder(), |(_, value)| value)
    }
}

/// What has to be known of a load test, and what it prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadTestRemark {
    /// It finds the maximum of one instance.
    FindsMaximum {
        /// The scenario's title.
        title: String,
    },
    /// Exactly one instance is to be in service meanwhile.
    OneInstance,
    /// An asynchronous endpoint does not tell how long it takes: one that answers at once is tested in its place.
    AnswersAtOnce,
    /// When a rate holds.
    HowJudged,
    /// How to read what it prints.
    ReadMaximum,
    /// The address of what takes requests by HTTP without a signature.
    ByUrl,
    /// Printed of a rate: it held.
    Holds,
    /// Printed of a rate: too many requests failed or took too long.
    Misses,
    /// Printed of a rate: requests waited ever longer.
    Grows,
    /// Printed at the end: there is no maximum to tell.
    NoneHeld,
    /// Printed at the end: the machine that sends was too slow for more.
    SentLate,
    /// Printed at the end: there was no higher rate to try.
    AllHeld,
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
