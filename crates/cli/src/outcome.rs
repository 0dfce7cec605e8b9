//! A scenario with all that follows from it: compiled, run, and its key figures.

use engine::{Report, Run};
use scenario::{
    compile::{Compiled, Problem, compile},
    document::Scenario,
};
use words::Words;

use crate::input::Fault;

/// A scenario that was run.
pub struct Outcome {
    pub scenario: Scenario,
    pub compiled: Compiled,
    pub run: Run,
    pub report: Report,
}

impl Outcome {
    /// Runs a scenario.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn of(scenario: Scenario, words: Words) -> Result<Self, Vec<Fault>> {
        Self::again(scenario, words, Run::default())
    }

    /// Runs a scenario in the memory of an earlier run.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn again(scenario: Scenario, words: Words, mut run: Run) -> Result<Self, Vec<Fault>> {
        let compiled = compiled(&scenario, words)?;
        engine::run_again(&compiled.plan, &mut run);
        let report = Report::new(&compiled.plan, &run);
        Ok(Self {
            scenario,
            compiled,
            run,
            report,
        })
    }
}

/// Compiles a scenario.
///
/// # Errors
/// Everything that is wrong with it, in words.
pub fn compiled(scenario: &Scenario, words: Words) -> Result<Compiled, Vec<Fault>> {
    let fault = |problem: &Problem| Fault::new(&problem.field.to_string(), &words.problem(problem));
    compile(scenario).map_err(|problems| problems.iter().map(fault).collect())
}
