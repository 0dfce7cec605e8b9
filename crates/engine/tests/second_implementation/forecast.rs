//! Predictive scaling from the rules alone: at each moment all hours and all forecasts that there could be are gone through
//! anew.

use engine::{
    demand::Node,
    plan::{Metric, Plan, PredictiveScaling},
};

const HOUR_S: i64 = 3600;

/// What is forecast for an hour, and when that is acted upon.
#[derive(Clone, Copy, Debug)]
pub struct Forecast {
    pub hour: i64,
    pub acts_s: i64,
    pub capacity: u32,
}

/// Mean rates of whole hours, the first of the history first, and how many of them were before the run.
struct Known {
    rates: Vec<f64>,
    before: i64,
}

/// The mean rate of an hour: line by line what comes of it then.
fn mean_rps(nodes: &[Node], hour: usize) -> f64 {
    let (from_s, until_s) = (3600.0 * hour as f64, 3600.0 * (hour as f64 + 1.0));
    let requests = nodes.windows(2).map(|line| {
        let (a, b) = (line[0], line[1]);
        let (start_s, end_s) = (a.at_s.max(from_s), b.at_s.min(until_s));
        if end_s <= start_s {
            return 0.0;
        }
        let rate = |at_s: f64| a.rps + (b.rps - a.rps) * (at_s - a.at_s) / (b.at_s - a.at_s);
        0.5 * (rate(start_s) + rate(end_s)) * (end_s - start_s)
    });
    requests.sum::<f64>() / 3600.0
}

fn hourly(nodes: &[Node]) -> Vec<f64> {
    let length_s = nodes.last().map_or(0.0, |node| node.at_s);
    (0..(length_s / 3600.0) as usize)
        .map(|hour| mean_rps(nodes, hour))
        .collect()
}

impl Known {
    fn of(plan: &Plan) -> Self {
        let mut rates =
            (plan.resource.predictive()).map_or(Vec::new(), |it| hourly(it.history.nodes()));
        let before = rates.len() as i64;
        rates.extend(hourly(plan.demand.nodes()));
        Self { rates, before }
    }

    /// What a forecast that is made at the start of one hour says of another: the mean of the hours of the last two weeks at
    /// the same time of the day, or of the week once a week has been seen.
    fn expected_rps(&self, made: i64, hour: i64) -> Option<f64> {
        let first = (made - 14 * 24).max(-self.before);
        let seen = made - first;
        if seen < 24 {
            return None;
        }
        let every = if seen >= 7 * 24 { 7 * 24 } else { 24 };
        let same: Vec<f64> = (first..made)
            .filter(|then| (hour - then) % every == 0)
            .map(|then| self.rates[(then + self.before) as usize])
            .collect();
        Some(same.iter().sum::<f64>() / same.len() as f64)
    }

    /// The forecast of an hour: the newest of those that are made every six hours when it is time to act, or the first that
    /// comes then before the hour does.
    fn forecast(&self, policy: &PredictiveScaling, hour: i64) -> Option<Forecast> {
        let starts_s = hour * HOUR_S;
        let due_s = starts_s - policy.scheduling_buffer_s as i64;
        let made = || (-self.before..=hour).filter(|made| made % 6 == 0);
        let in_time = made().rev().filter(|made| made * HOUR_S <= due_s);
        let late = made().filter(|made| made * HOUR_S > due_s);
        let (made, rps) =
            (in_time.chain(late)).find_map(|made| Some((made, self.expected_rps(made, hour)?)))?;
        let per_instance = match policy.metric {
            Metric::Utilization {
                percent_s_per_request,
                ..
            } => policy.target / percent_s_per_request,
            _ => policy.target / 60.0,
        };
        Some(Forecast {
            hour,
            acts_s: due_s.max(made * HOUR_S),
            capacity: (rps / per_instance - 1e-9).ceil().clamp(0.0, 10_000.0) as u32,
        })
    }
}

/// All forecasts of a policy, hour by hour, that of the first after the run, too.
pub fn of(plan: &Plan, policy: &PredictiveScaling) -> Vec<Forecast> {
    let known = Known::of(plan);
    let hours = i64::from(plan.length_s).div_euclid(HOUR_S);
    (0..=hours)
        .filter_map(|hour| known.forecast(policy, hour))
        .collect()
}
