//! What facts are read from: a scenario, what it compiled to, its run and the report on it.

use engine::{Report, Run};
use scenario::{
    compile::{Compiled, Problem, compile},
    document::Scenario,
};

/// A run and all that it came from.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The scenario in numbers.
    pub compiled: &'a Compiled,
    /// What happened.
    pub run: &'a Run,
    /// The key figures.
    pub report: &'a Report,
}

/// The same, owned: for whoever runs a scenario only to read facts.
#[derive(Debug)]
pub struct Ran {
    scenario: Scenario,
    compiled: Compiled,
    run: Run,
    report: Report,
}

impl Ran {
    /// Compiles and runs a scenario at once.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn of(scenario: Scenario) -> Result<Self, Vec<Problem>> {
        let compiled = compile(&scenario)?;
        let run = engine::run(&compiled.plan);
        let report = Report::new(&compiled.plan, &run);
        Ok(Self {
            scenario,
            compiled,
            run,
            report,
        })
    }

    /// Returns what facts are read from.
    #[must_use]
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            scenario: &self.scenario,
            compiled: &self.compiled,
            run: &self.run,
            report: &self.report,
        }
    }
}
