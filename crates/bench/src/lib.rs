//! Fixed workloads for measuring, natively and in a browser.
//!
//! `cargo xtask bench` times them beside the [`Floor`] (`tests/bench/turns.mjs` has the clock) and compares with the figures the
//! project promises; `tests/same_bytes.rs` holds that both places compute the same. Nothing of it is part of the page.

mod floor;

pub use floor::Floor;

use engine::{Plan, Report, Run};
use scenario::{compile, document::Scenario, file};
use std::hint::black_box;
use wasm_bindgen::prelude::wasm_bindgen;

/// A named scenario.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// What the bench table calls it.
    pub id: &'static str,
    json: &'static str,
}

/// The workloads: traffic of every day and every minute, so that scaling never rests.
pub const ALL: [Named; 10] = [
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
    // Target tracking, a step policy on another metric, and a schedule over office hours.
    Named {
        id: "30_days_all",
        json: include_str!("../workloads/30_days_all.json"),
    },
    Named {
        id: "365_days_all",
        json: include_str!("../workloads/365_days_all.json"),
    },
    // A group on a burstable type.
    Named {
        id: "30_days_credits",
        json: include_str!("../workloads/30_days_credits.json"),
    },
    // A group in which instances and zones fail, twice every third day.
    Named {
        id: "30_days_failures",
        json: include_str!("../workloads/30_days_failures.json"),
    },
    Named {
        id: "30_days_asynchronous",
        json: include_str!("../workloads/30_days_asynchronous.json"),
    },
    Named {
        id: "30_days_serverless",
        json: include_str!("../workloads/30_days_serverless.json"),
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

/// What a workload can be timed at, by the names that the bench table has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    /// The least work of a run.
    Floor,
    /// Checks and compiles the scenario.
    Compile,
    /// Simulates it, all series kept.
    Run,
    /// The same in the memory of the run before, as the page and a batch at a prompt do.
    RunAgain,
    /// Simulates it and adds up the key figures.
    RunAndReport,
}

impl Work {
    const ALL: [(&'static str, Self); 5] = [
        ("floor", Self::Floor),
        ("compile", Self::Compile),
        ("run", Self::Run),
        ("run again", Self::RunAgain),
        ("run+report", Self::RunAndReport),
    ];
}

/// A workload, compiled, with the memory that its work is done in again and again.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Workload {
    scenario: Scenario,
    plan: Plan,
    /// Made when it is first asked for: it is no part of the memory that a run takes.
    floor: Option<Floor>,
    last: Run,
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
        Ok(Self {
            scenario,
            plan,
            floor: None,
            last: Run::default(),
        })
    }

    /// Does the work of that name so many times, one after the other.
    ///
    /// # Errors
    /// If there is no such work.
    pub fn perform(&mut self, work: &str, times: u32) -> Result<(), String> {
        let known = Work::ALL.iter().find(|(name, _)| *name == work);
        let (_, work) = known.ok_or_else(|| format!("there is no work {work}"))?;
        for _ in 0..times {
            self.once(*work);
        }
        Ok(())
    }

    /// The run's fingerprint: equal on two machines if every number is.
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", engine::run(&self.plan).fingerprint())
    }
}

impl Workload {
    fn once(&mut self, work: Work) {
        match work {
            Work::Floor => {
                let of = || Floor::of(&self.plan, &engine::run(&self.plan));
                _ = black_box(self.floor.get_or_insert_with(of).run());
            }
            Work::Compile => _ = black_box(plan(&self.scenario)),
            Work::Run => _ = black_box(engine::run(&self.plan)),
            Work::RunAgain => engine::run_again(&self.plan, &mut self.last),
            Work::RunAndReport => {
                let run = engine::run(&self.plan);
                _ = black_box(Report::new(&self.plan, &run));
            }
        }
    }
}

fn plan(scenario: &Scenario) -> Result<Plan, String> {
    compile::compile(scenario)
        .map(|compiled| compiled.plan)
        .map_err(|problems| format!("{problems:?}"))
}
