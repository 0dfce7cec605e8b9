//! Machines in words: what another one is called, and the table in which the same demand is served on each.

use engine::{Report, Run};
use scenario::{
    compile::Compiled,
    document::{OtherMachine, Scenario},
};

use crate::{Figure, Words};

/// A column of the table, and what it says of a machine's run.
#[derive(Clone, Debug, PartialEq)]
pub struct MachineFigure {
    /// What the column is called.
    pub name: &'static str,
    /// Its value.
    pub value: String,
    /// The figure, where it is one of the run's.
    pub figure: Option<Figure>,
}

impl Words {
    /// Returns what a machine is called: as a person says, or as its type.
    #[must_use]
    pub fn machine_title(self, scenario: &Scenario, machine: &OtherMachine) -> String {
        let own = &scenario.instance.instance_type;
        let instance_type = match &*machine.instance_type {
            "" => own,
            instance_type => instance_type,
        };
        match &*machine.name {
            "" => instance_type.to_owned(),
            name => format!("{name} · {instance_type}"),
        }
    }

    /// Returns what is told of a run on a machine, column by column, the same columns for each.
    #[must_use]
    pub fn machine_figures(
        self,
        compiled: &Compiled,
        run: &Run,
        report: &Report,
    ) -> Vec<MachineFigure> {
        let figures = self.figures(compiled, run, report);
        let serves = MachineFigure {
            name: self.machines_each(),
            value: self.value_rps(&self.significant(compiled.plan.service.max_rps)),
            figure: None,
        };
        let surge = MachineFigure {
            name: self.machines_surge(),
            value: self.duration_short(compiled.sizing.reaction_s),
            figure: None,
        };
        let of_run = [
            self.key_instances(),
            self.key_cost_per_month(),
            self.key_per_million(),
            self.key_availability(),
            self.key_p95(),
        ];
        let of_run = of_run.into_iter().filter_map(|name| {
            let figure = figures.iter().find(|figure| figure.name == name)?;
            Some(MachineFigure {
                name,
                value: figure.value.clone(),
                figure: Some(figure.clone()),
            })
        });
        [serves].into_iter().chain(of_run).chain([surge]).collect()
    }
}
