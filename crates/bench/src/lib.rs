//! Fixed workloads for measuring, natively and in a browser.
//!
//! `cargo xtask bench` times them and compares with the figures the project promises; `tests/same_bytes.rs` holds
//! that both places compute the same. Nothing of it is part of the page.

mod sampling;

use engine::{Plan, Report, Run};
use js_sys::Function;
use scenario::{compile, document::Scenario, file};
use std::hint::black_box;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

/// A named scenario.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// What the bench table calls it.
    pub id: &'static str,
    json: &'static str,
}

/// The workloads: traffic of every day and every minute, so that scaling never rests.
pub const ALL: [Named; 6] = [
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

    /// The same in the memory of the run before, as the page and a batch at a prompt do.
    fn run_again(&self, spent: &mut Run) {
        engine::run_again(&self.plan, spent);
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

/// What each method of a workload takes, a line each: `name<tab>ms<tab>unit<tab>ms of all samples<tab>undisturbed
/// samples<tab>samples`.
///
/// # Errors
/// If there is no such workload, or if its file is wrong.
pub fn figures(id: &str, now_ms: &dyn Fn() -> f64) -> Result<String, String> {
    let workload = Workload::new(id)?;
    let line = |name: &str, work: &mut dyn FnMut()| {
        let found = sampling::measure(now_ms, work);
        format!(
            "{id}/{name}\t{}\tms\t{}\t{}\t{}\n",
            found.undisturbed_ms, found.all_ms, found.undisturbed, found.samples
        )
    };
    let mut spent = Run::default();
    Ok([
        line("compile", &mut || _ = black_box(workload.compile())),
        line("run", &mut || _ = black_box(workload.run())),
        line("run again", &mut || workload.run_again(&mut spent)),
        line("run+report", &mut || {
            _ = black_box(workload.run_and_report());
        }),
    ]
    .concat())
}

/// [`figures`] by a browser's clock, such as `() => performance.now()`.
///
/// # Errors
/// As [`figures`].
#[wasm_bindgen(js_name = figures)]
pub fn figures_by(id: &str, now_ms: &Function) -> Result<String, String> {
    let clock = || {
        let told = now_ms.call0(&JsValue::NULL);
        told.ok().and_then(|ms| ms.as_f64()).unwrap_or(f64::NAN)
    };
    figures(id, &clock)
}

fn plan(scenario: &Scenario) -> Result<Plan, String> {
    compile::compile(scenario)
        .map(|compiled| compiled.plan)
        .map_err(|problems| format!("{problems:?}"))
}
