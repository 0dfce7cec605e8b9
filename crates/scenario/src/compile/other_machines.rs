//! Machines to compare with: checked as the scenario's own is. They change nothing of its plan.

use super::{
    check::Checks,
    problem::{Problem, ProblemKind},
};
use crate::{
    document::{Instance, OtherMachine, Scenario},
    field::List,
    limits::MOST_OTHER_MACHINES,
    other_machines,
};

/// Checks that machines can be compared there, and that the type and the price of each are known.
pub(super) fn check(scenario: &Scenario, checks: &mut Checks) {
    let machines = &scenario.other_machines;
    let whole = List::OtherMachines.whole();
    if !checks.list(whole, machines.len(), MOST_OTHER_MACHINES) || machines.is_empty() {
        return;
    }
    if !other_machines::are_comparable(scenario) {
        checks.problem(whole, ProblemKind::NothingToCompare);
        return;
    }
    for (id, machine) in machines.numbered() {
        let on = other_machines::on(scenario, machine);
        let mut found = Checks::default();
        super::price(&on, &mut found);
        // What is wrong with the scenario's own machine is said there.
        let says_type = !machine.instance_type.is_empty();
        for Problem { field, kind } in found.problems {
            let there = match field {
                field if field == Instance::usd_per_hour => OtherMachine::usd_per_hour,
                _ => OtherMachine::instance_type,
            };
            if says_type {
                checks.problem(there.of(id), kind);
            }
        }
    }
}

#[cfg(test)]
mod tests;
