//! From the document to its result: compiled, run, reported; or everything that is wrong with it.

use std::rc::Rc;

use engine::{Report, Run};
use scenario::{
    compile::{Compiled, Problem, compile_after},
    document::Scenario,
};

/// What a scenario results in.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The scenario in numbers.
    pub compiled: Compiled,
    /// What happened.
    pub run: Run,
    /// The key figures.
    pub report: Report,
}

/// Two outcomes are the same if they are one: comparing a year of series would cost more than the run.
impl PartialEq for Outcome {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Compiles and runs `scenario`, in the place of a run that nobody needs any more. From the last outcome comes what is the same:
/// what demand comes to, the latency of a load test.
pub fn of(
    scenario: &Scenario,
    last: Option<&Outcome>,
    mut run: Run,
) -> Result<Rc<Outcome>, Vec<Problem>> {
    let compiled = compile_after(scenario, last.map(|last| &last.compiled))?;
    if let Some(last) = last {
        run.latency = last.run.latency.clone();
    }
    engine::run_again(&compiled.plan, &mut run);
    let report = Report::new(&compiled.plan, &run);
    Ok(Rc::new(Outcome {
        compiled,
        run,
        report,
    }))
}
