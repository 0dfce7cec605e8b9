//! The floor: about the least work that simulating an endpoint by the minute can take, as a measure for all other work.
//!
//! It is a fluid model in steps of one target-tracking policy with two alarms, cooldowns, launches and CPU credits, which keeps two
//! columns. It knows no queue, no latency, no metric delay, no log and no rule exactly: it bounds what a careful engine can
//! reach, and is no reference for what AWS does.

use engine::{
    Plan, Run,
    plan::{Launch, Metric},
};

/// Launches that may be under way at once; more overwrite the oldest, which costs the same.
const LAUNCHES: usize = 64;
/// A minute's InvocationsPerInstance at which nothing is tracked.
const UNTRACKED: f64 = 600.0;
/// CPU credits of an instance, as on a burstable type: its baseline, what a full step earns or spends, the most it keeps.
const CREDIT_BASELINE: f64 = 0.4;
const CREDITS_PER_STEP: f64 = 0.01;
const MOST_CREDITS: f64 = 576.0;

/// The floor of one plan, with the memory for its columns.
#[derive(Clone, Debug)]
pub struct Floor {
    /// TargetValue, requests per instance and minute.
    target: f64,
    /// AlarmLow's threshold.
    low: f64,
    high_datapoints: u32,
    low_datapoints: u32,
    /// Steps of a metric period: here a step is a minute, as long as the period.
    period_steps: u32,
    /// Requests that an instance serves in a step.
    each: f64,
    min: f64,
    max: f64,
    scale_out_cooldown: u32,
    scale_in_cooldown: u32,
    /// Steps until a launched instance is in service.
    launch: u32,
    /// Requests of each step.
    requests: Vec<f32>,
    capacity: Vec<f32>,
    served: Vec<f32>,
}

impl Floor {
    /// The floor of `plan`, of which `run` is a run: on the same demand, minute by minute.
    #[must_use]
    pub fn of(plan: &Plan, run: &Run) -> Self {
        let policy = plan.target_tracking.first();
        let steps = |seconds: f64| (seconds / 60.0).ceil() as u32;
        let (Launch::Fixed(launch_s) | Launch::Range { to_s: launch_s, .. }) = plan.fleet.launch;
        let cooldowns = policy.map_or((300.0, 300.0), |policy| {
            (policy.scale_out_cooldown_s, policy.scale_in_cooldown_s)
        });
        let target = policy
            .filter(|policy| policy.metric == Metric::InvocationsPerInstance)
            .map_or(UNTRACKED, |policy| policy.target);
        let demand = &run.series.demand_rps;
        Self {
            target,
            low: target * plan.assumptions.alarm_low_factor,
            high_datapoints: plan.assumptions.alarm_high_datapoints,
            low_datapoints: plan.assumptions.alarm_low_datapoints,
            period_steps: engine::run::PERIOD_S / 60,
            each: 60.0 * plan.service.max_rps,
            min: f64::from(plan.scalable_target.min.max(1)),
            max: f64::from(plan.scalable_target.max),
            scale_out_cooldown: steps(cooldowns.0),
            scale_in_cooldown: steps(cooldowns.1),
            launch: steps(launch_s),
            requests: demand.iter().map(|rps| 60.0 * rps).collect(),
            capacity: vec![0.0; demand.len()],
            served: vec![0.0; demand.len()],
        }
    }

    /// Goes through all steps; returns requests that were not served, and steps of instances.
    pub fn run(&mut self) -> (f64, f64) {
        let (mut in_service, mut pending) = (self.min, 0.0);
        let mut launches = [(0_u32, 0.0_f64); LAUNCHES];
        let (mut first, mut next) = (0_usize, 0_usize);
        let (mut high, mut low) = (0_u32, 0_u32);
        let (mut scale_out_from, mut scale_in_from) = (0_u32, 0_u32);
        let (mut dropped, mut instance_steps) = (0.0, 0.0);
        let mut credits = MOST_CREDITS / 2.0;
        let (mut period_steps, mut period_requests, mut period_instances) = (0, 0.0, 0.0);
        let columns = self.capacity.iter_mut().zip(&mut self.served);
        for (now, (requests, (capacity, served))) in (0..).zip(self.requests.iter().zip(columns)) {
            let requests = f64::from(*requests);
            while first != next
                && let Some(&(at, instances)) = launches.get(first)
                && at <= now
            {
                in_service += instances;
                pending -= instances;
                first = (first + 1) % LAUNCHES;
            }
            let used = (requests / (in_service * self.each)).min(1.0);
            credits =
                (credits + (CREDIT_BASELINE - used) * CREDITS_PER_STEP).clamp(0.0, MOST_CREDITS);
            let speed = if credits > 0.0 { 1.0 } else { CREDIT_BASELINE };
            let room = in_service * self.each * speed;
            let done = requests.min(room);
            dropped += requests - done;
            instance_steps += in_service + pending;
            (*capacity, *served) = (room as f32, done as f32);

            period_steps += 1;
            period_requests += requests;
            period_instances += in_service;
            if period_steps < self.period_steps {
                continue;
            }
            let per_instance = period_requests / period_instances * f64::from(self.period_steps);
            (period_steps, period_requests, period_instances) = (0, 0.0, 0.0);
            high = if per_instance > self.target {
                high + 1
            } else {
                0
            };
            low = if per_instance < self.low { low + 1 } else { 0 };
            let wanted = || (in_service * per_instance / self.target).ceil();
            if high >= self.high_datapoints && now >= scale_out_from {
                let more = wanted().min(self.max) - (in_service + pending);
                if more > 0.0 {
                    if let Some(launch) = launches.get_mut(next) {
                        *launch = (now + self.launch, more);
                    }
                    next = (next + 1) % LAUNCHES;
                    pending += more;
                    scale_out_from = now + self.scale_out_cooldown;
                    scale_in_from = now + self.scale_in_cooldown;
                }
            } else if low >= self.low_datapoints && now >= scale_in_from && pending == 0.0 {
                let fewer = wanted().max(self.min);
                if fewer < in_service {
                    in_service = fewer;
                    scale_in_from = now + self.scale_in_cooldown;
                }
            }
        }
        (dropped, instance_steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Workload;

    #[test]
    fn the_floor_scales_and_serves_what_a_run_serves() {
        for id in ["30_days_noise", "30_days_all"] {
            let workload = Workload::new(id).unwrap();
            let run = engine::run(&workload.plan);
            let mut floor = Floor::of(&workload.plan, &run);
            let (dropped, instance_minutes) = floor.run();
            assert_eq!(floor.served.len(), run.series.demand_rps.len());
            assert!(dropped < 0.01 * run.totals.requests, "{id}: {dropped}");
            let times = instance_minutes * 60.0 / run.totals.instance_s;
            assert!((0.5..2.0).contains(&times), "{id}: {times}");
            let mut levels: Vec<u32> = floor.capacity.iter().map(|it| it.to_bits()).collect();
            levels.sort_unstable();
            levels.dedup();
            assert!(levels.len() > 4, "{id}: {} levels", levels.len());
        }
    }
}
