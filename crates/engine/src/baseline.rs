//! The two baselines that a run is compared with: a fleet that never changes, and perfect foresight, a lower bound. Neither is a
//! policy, and nothing here decides on capacity.

mod fixed;
mod foresight;

use crate::{
    cost,
    plan::Plan,
    run::{PERIOD_S, Run},
};

pub use fixed::fixed_plan;
pub(crate) use fixed::{expected_runs, fixed};
pub(crate) use foresight::foresight;

/// What serving the same demand in another way takes, for comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baseline {
    /// Most instances it needs.
    pub instances: u32,
    /// Mean instances over time.
    pub mean_instances: f64,
    /// Cost over the run, US dollars.
    pub cost_usd: f64,
    /// Per month of 730 hours.
    pub usd_per_month: f64,
    /// Per million requests.
    pub usd_per_million: Option<f64>,
}

/// What serving a plan's demand takes in one way of doing it.
#[derive(Clone, Copy, Debug, Default)]
struct Consumption {
    /// Most instances at once.
    instances: u32,
    /// Instance-seconds paid for.
    instance_s: f64,
    /// What is paid beside instances, US dollars: requests, surplus credits.
    other_usd: f64,
}

impl Consumption {
    fn cost_usd(&self, plan: &Plan) -> f64 {
        cost::of_instance_seconds(self.instance_s, plan.usd_per_hour) + self.other_usd
    }

    /// Returns the same with at least as many instances at once as there are on average.
    fn reaching_its_mean(self, run: &Run) -> Self {
        let length_s = length_s(run);
        if length_s <= 0.0 {
            return self;
        }
        let mean = (self.instance_s / length_s - 1e-9).ceil() as u32;
        Self {
            instances: self.instances.max(mean),
            ..self
        }
    }

    fn to_baseline(self, plan: &Plan, run: &Run) -> Baseline {
        let (length_s, cost_usd) = (length_s(run), self.cost_usd(plan));
        Baseline {
            instances: self.instances,
            mean_instances: if length_s > 0.0 {
                self.instance_s / length_s
            } else {
                0.0
            },
            cost_usd,
            usd_per_month: cost::per_month(cost_usd, length_s),
            usd_per_million: cost::per_million(cost_usd, run.totals.requests),
        }
    }
}

fn length_s(run: &Run) -> f64 {
    run.series.demand_rps.len() as f64 * f64::from(PERIOD_S)
}
