//! Fixed workloads for measuring, natively and in a browser.
//!
//! `cargo xtask bench` times them and compares with the figures the project promises; `tests/same_bytes.rs` holds
//! that both places compute the same. Nothing here measures time itself, and nothing of it is part of the page.

use engine::{Plan, Report};
use scenario::{compile, document::Scenario, file};
use wasm_bindgen::prelude::wasm_bindgen;

/// A named scenario.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// What the bench table calls it.
    pub id: &'static str,
    json: &'static str,
}

/// The workloads: traffic of every day and every minute, so that scaling never rests.
pub const ALL: [Named; 4] = [
    Named {
        id: "7_days",
        json: include_str!("../workloads/7_days.json"),
    },
    Named {
        id: "30_days",
        json: include_str!("../workloads/30_days.json"),
    },
    Named {
        id: "30_days_noise",
        json: include_str!("../workloads/30_days_noise.json"),
    },
    Named {
        id: "365_days",
        json: include_str!("../workloads/365_days.json"),
    },
];

impl Named {
    /// The scenario.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn scenario(&self) -> Result<Scenario, String> {
        file::from_json(self.json).map_err(|error| format!("workload {}: {error:?}", self.id))
    }
}

/// A workload, compiled: each method does once what the bench times.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Workload {
    scenario: Scenario,
    plan: Plan,
}

#[wasm_bindgen]
impl Workload {
    /// The workload of that name.
    ///
    /// # Errors
    /// If there is none, or if its file is wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(id: &str) -> Result<Workload, String> {
        let named = ALL
            .iter()
            .find(|named| named.id == id)
            .ok_or_else(|| format!("there is no workload {id}"))?;
        let scenario = named.scenario()?;
        let plan = plan(&scenario).map_err(|problems| format!("workload {id}: {problems}"))?;
        Ok(Self { scenario, plan })
    }

    /// Checks and compiles the scenario; the number of periods it will have.
    pub fn compile(&self) -> u32 {
        plan(&self.scenario).map_or(0, |plan| plan.length_s / engine::run::PERIOD_S)
    }

    /// Simulates it, all series kept; the number of periods.
    pub fn run(&self) -> usize {
        engine::run(&self.plan).series.demand_rps.len()
    }

    /// Simulates it and adds up the key figures; the run's cost in US dollars.
    pub fn run_and_report(&self) -> f64 {
        let run = engine::run(&self.plan);
        Report::new(&self.plan, &run).cost_usd
    }

    /// The run's fingerprint: equal on two machines if every number is.
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", engine::run(&self.plan).fingerprint())
    }
}

fn plan(scenario: &Scenario) -> Result<Plan, String> {
    compile::compile(scenario)
        .map(|compiled| compiled.plan)
        .map_err(|problems| format!("{problems:?}"))
}
