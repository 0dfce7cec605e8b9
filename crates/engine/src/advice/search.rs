//! The order in which changes are tried.

use super::{Advice, Change, Effect, apply, bisection::Bisection, storm};
use crate::{
    cost,
    incident::{self, Bottleneck, Incident},
    objective::{self, Standing},
    order::sort_by_number,
    plan::{CpuCredits, MAX_CONCURRENCY, Plan, TargetTracking},
    run::{Distress, Run},
};

const QUARTER_S: f64 = 900.0;

/// Most instances that are proposed because of CPU credits.
const MAX_INSTANCES_FOR_CREDITS: f64 = 10_000.0;

/// Seconds around the worst incident in which no minute may be in distress after a change.
const MARGIN_S: f64 = 900.0;

/// A scheduled minimum starts at most this long before it is needed, launch time aside, seconds.
const MAX_LEAD_S: f64 = 3600.0;

/// A scheduled minimum lasts at most this long, seconds.
const MAX_SCHEDULE_S: f64 = 86_400.0;

/// Steps of the safety factor that lower targets are tried in, and the lowest.
const FACTOR_STEP: f64 = 0.05;
const MIN_SAFETY_FACTOR: f64 = 0.1;

/// What a bisection varies. What it finds cannot be made smaller without missing the objective.
#[derive(Clone, Copy, Debug)]
enum Parameter {
    Min,
    Max,
    MaxConcurrency,
    Provisioned,
    UnlimitedCredits,
    Target,
    /// Fewest instances of a schedule that starts early enough in any case.
    ScheduledMin,
    /// Latest start of a schedule of so many instances.
    ScheduledStart {
        min: u32,
    },
    /// Lowest minimum under a maximum that suffices in any case.
    MinUnderMax {
        max: u32,
    },
    /// Lowest maximum over that minimum.
    MaxOverMin {
        min: u32,
    },
    /// What ends a retry storm.
    Storm(storm::Ends),
}

/// What the run of the unchanged plan has shown: its worst incident, and where to look for changes.
#[derive(Clone, Copy, Debug)]
struct Diagnosis {
    worst: Incident,
    /// Bounds when demand began to exceed capacity.
    min: u32,
    max: u32,
    /// A MaxCapacity that suffices in any case.
    sufficient_max: u32,
    /// Quarter hours: the latest start that could help, the first tried, the end.
    latest_start_s: f64,
    earliest_start_s: f64,
    until_s: f64,
}

/// A change to try, what it varies, and its number in the bisection of that.
#[derive(Clone, Copy, Debug)]
struct Trial {
    change: Change,
    parameter: Parameter,
    bisection: Bisection,
    number: u32,
}

/// A search for advice in progress.
///
/// A change holds if the whole run keeps the objective, and no minute of the worst incident is in distress any more. Where that has
/// become a retry storm, it is also searched for what ends it with its cause.
#[derive(Clone, Debug)]
pub struct Search {
    plan: Plan,
    diagnosis: Option<Diagnosis>,
    /// Hunts to come, the next one last.
    bisections: Vec<(Parameter, Bisection)>,
    /// The advice of the running bisection.
    best: Option<Advice>,
    found: Vec<Advice>,
    /// The last run. The next one reuses its memory.
    last_run: Run,
}

impl Search {
    /// Starts a search for `plan`, of which `run` is the run.
    #[must_use]
    pub fn new(plan: Plan, run: &Run) -> Self {
        let mut search = Self {
            plan,
            diagnosis: None,
            bisections: Vec::new(),
            best: None,
            found: Vec::new(),
            last_run: Run::default(),
        };
        search.start(run);
        search.drop_finished();
        search
    }

    /// Does one run, where there is one to do. Returns whether there is more to do.
    pub fn step(&mut self) -> bool {
        let Some(plan) = self.next() else {
            return false;
        };
        let mut run = self.recycled_run();
        crate::run_again(&plan, &mut run);
        self.answer(&plan, run)
    }

    /// Returns the plan to run next; `None` where there is nothing left to try.
    #[must_use]
    pub fn next(&self) -> Option<Plan> {
        Some(apply(&self.plan, self.next_trial()?.change))
    }

    /// Takes the last run out, so that the next one can reuse its memory.
    #[must_use]
    pub fn recycled_run(&mut self) -> Run {
        core::mem::take(&mut self.last_run)
    }

    /// Takes the run of the plan that `next` returned. Returns whether there is more to do.
    pub fn answer(&mut self, plan: &Plan, run: Run) -> bool {
        self.last_run = run;
        if let Some(trial) = self.next_trial() {
            self.record_trial(plan, trial);
        }
        self.drop_finished();
        !self.bisections.is_empty()
    }

    /// Returns what to try next.
    fn next_trial(&self) -> Option<Trial> {
        let diagnosis = self.diagnosis?;
        let (parameter, bisection) = self.bisections.last().copied()?;
        let number = bisection.next()?;
        Some(Trial {
            change: diagnosis.change(&self.plan, parameter, number),
            parameter,
            bisection,
            number,
        })
    }

    /// Returns the changes that held, cheapest first, and then those that only end a retry storm, cheapest first as well. The list is
    /// complete once `step` has returned `false`.
    #[must_use]
    pub fn found(&self) -> Vec<Advice> {
        let keeps = |advice: &Advice| advice.effect == Effect::KeepsObjective;
        let (mut found, mut end_storm): (Vec<Advice>, Vec<Advice>) =
            self.found.iter().partition(|advice| keeps(advice));
        for advice in [&mut found, &mut end_storm] {
            sort_by_number(advice, |advice| advice.cost_usd);
        }
        found.append(&mut end_storm);
        found
    }

    fn start(&mut self, run: &Run) {
        let incidents = incident::all(&self.plan, run);
        let Some(worst) = incidents.first().copied() else {
            return;
        };
        let diagnosis = Diagnosis::new(&self.plan, run, worst);
        self.diagnosis = Some(diagnosis);
        if let Bottleneck::MaxConcurrency { max, .. } = worst.bottleneck {
            self.bisect(
                Parameter::MaxConcurrency,
                MAX_CONCURRENCY.saturating_sub(max),
            );
        }
        if matches!(worst.bottleneck, Bottleneck::ColdStarts { .. }) {
            let on_demand = self.plan.resource.on_demand();
            let most = on_demand.map_or(0, |on_demand| on_demand.max_concurrency);
            self.bisect(Parameter::Provisioned, most);
        }
        if matches!(worst.bottleneck, Bottleneck::MaxCapacity { .. }) {
            self.bisect(
                Parameter::Max,
                diagnosis.sufficient_max.saturating_sub(diagnosis.max),
            );
        }
        if diagnosis.is_slowed() {
            let is_choice = |credits: &CpuCredits| credits.is_choice;
            let is_choice = self.plan.resource.cpu_credits().is_some_and(is_choice);
            self.bisect(Parameter::UnlimitedCredits, u32::from(is_choice));
        }
        if worst.storm.is_some() {
            for ends in storm::Ends::ALL {
                self.bisect(Parameter::Storm(ends), ends.most(&self.plan));
            }
        }
        self.bisect(Parameter::Target, diagnosis.lower_targets(&self.plan));
        self.bisect(
            Parameter::ScheduledMin,
            diagnosis.max.saturating_sub(diagnosis.min),
        );
        let bounds = self.plan.scalable_target;
        self.bisect(Parameter::Min, bounds.max.saturating_sub(bounds.min));
    }

    fn bisect(&mut self, parameter: Parameter, max: u32) {
        self.bisections.push((parameter, Bisection::new(max)));
    }

    fn record_trial(&mut self, plan: &Plan, trial: Trial) {
        let Some(diagnosis) = self.diagnosis else {
            return;
        };
        let Trial {
            change,
            parameter,
            mut bisection,
            number,
        } = trial;
        let run = &self.last_run;
        let effect = match diagnosis.holds(plan, run) {
            true => Some(Effect::KeepsObjective),
            false if matches!(parameter, Parameter::Storm(_)) => {
                storm::ended(plan, run, &diagnosis.worst).map(|at_s| Effect::EndsStorm { at_s })
            }
            false => None,
        };
        bisection.record(number, effect.is_some());
        if let Some(effect) = effect {
            self.best = Some(Advice {
                change,
                effect,
                cost_usd: run.totals.cost_usd,
                usd_per_month: cost::per_month(run.totals.cost_usd, plan.length_s.into()),
                availability: objective::availability(run),
            });
        }
        // If the largest number does not hold, the bisection is over: no number is left between it and the last that failed.
        if let Some(last) = self.bisections.last_mut() {
            last.1 = bisection;
        }
    }

    /// Removes bisections that are over, keeps what they found, and starts those that follow from it.
    fn drop_finished(&mut self) {
        while let Some((parameter, bisection)) = self.bisections.last().copied()
            && bisection.next().is_none()
        {
            self.bisections.pop();
            let best = self.best.take();
            let Some(diagnosis) = self.diagnosis else {
                return;
            };
            match (parameter, bisection.found(), best) {
                (Parameter::ScheduledMin, Some(number), Some(_)) => {
                    let quarters =
                        (diagnosis.latest_start_s - diagnosis.earliest_start_s) / QUARTER_S;
                    let min = diagnosis.min + number;
                    self.bisect(Parameter::ScheduledStart { min }, quarters as u32 + 1);
                }
                (Parameter::MinUnderMax { .. }, Some(number), Some(_)) => {
                    let min = self.plan.scalable_target.min + number;
                    self.bisect(
                        Parameter::MaxOverMin { min },
                        diagnosis.sufficient_max.saturating_sub(diagnosis.max),
                    );
                }
                (Parameter::Max, None, _) => {
                    let max = diagnosis.sufficient_max;
                    let most = max.saturating_sub(self.plan.scalable_target.min);
                    self.bisect(Parameter::MinUnderMax { max }, most);
                }
                (Parameter::Min, None, _) if diagnosis.is_slowed() => {
                    // As many of these as at full speed would do.
                    let max = diagnosis.sufficient_max;
                    let most = max.saturating_sub(self.plan.scalable_target.min);
                    self.bisect(Parameter::MinUnderMax { max }, most);
                }
                (_, Some(_), Some(best)) => self.found.push(best),
                _ => {}
            }
        }
    }
}

impl Diagnosis {
    fn new(plan: &Plan, run: &Run, worst: Incident) -> Self {
        let at_overload = run
            .fleet
            .partition_point(|change| change.at_s <= worst.overload_s);
        let fleet = run.fleet.get(at_overload.saturating_sub(1));
        let (min, max, in_service) = fleet.map_or(
            (plan.scalable_target.min, plan.scalable_target.max, 1),
            |change| (change.min, change.max, change.in_service),
        );
        let peak_rps = worst.rise.to_rps;
        let tracked = first_policy_on_requests(plan)
            .map_or(0.0, |policy| peak_rps * 60.0 / target_per_minute(policy));
        let launch_s = incident::launch_s(plan);
        let length_s = f64::from(plan.length_s);
        let latest_start_s = (worst.overload_s / QUARTER_S).floor() * QUARTER_S;
        let earliest_start_s =
            ((worst.overload_s - launch_s - MAX_LEAD_S) / QUARTER_S).floor() * QUARTER_S;
        let over_s = incident::falls_below(
            plan,
            worst.end_s,
            f64::from(in_service) * plan.service.max_rps,
        );
        let until_s = (over_s.min(worst.end_s + MAX_SCHEDULE_S) / QUARTER_S).ceil() * QUARTER_S;
        let at_peak = plan.instances_for_peak(peak_rps);
        Self {
            worst,
            min,
            max,
            sufficient_max: match worst.bottleneck {
                Bottleneck::CpuCredits { speed, .. } => (f64::from(at_peak) / speed)
                    .ceil()
                    .min(MAX_INSTANCES_FOR_CREDITS)
                    as u32,
                _ => at_peak,
            }
            .max(tracked.ceil() as u32)
            .max(max.saturating_add(1))
            .min((plan.resource.on_demand()).map_or(u32::MAX, |o| o.max_concurrency)),
            latest_start_s,
            earliest_start_s: earliest_start_s.max(0.0).min(latest_start_s),
            until_s: until_s.min(length_s),
        }
    }

    /// Returns whether instances slower than the load test's caused the incident.
    fn is_slowed(&self) -> bool {
        matches!(
            self.worst.bottleneck,
            Bottleneck::CpuCredits { .. } | Bottleneck::SlowInstance { .. }
        )
    }

    /// Returns how many lower targets there are to try.
    fn lower_targets(&self, plan: &Plan) -> u32 {
        first_policy_on_requests(plan).map_or(0, |policy| {
            let highest = self.highest_step(plan, target_per_minute(policy));
            let lowest = (MIN_SAFETY_FACTOR / FACTOR_STEP).round();
            (highest - lowest + 1.0).max(0.0) as u32
        })
    }

    /// Returns the greatest whole number of steps of the safety factor whose target is below `target`; at most a factor of 1.
    fn highest_step(&self, plan: &Plan, target: f64) -> f64 {
        let steps = target / (plan.service.max_rps * 60.0 * FACTOR_STEP);
        ((steps - 1e-6).ceil() - 1.0).min((1.0 / FACTOR_STEP).round())
    }

    /// Returns the change that a bisection of `parameter` tries at `number` (≥ 1). The greater the number, the more the change
    /// does.
    fn change(&self, plan: &Plan, parameter: Parameter, number: u32) -> Change {
        let bounds = plan.scalable_target;
        let scheduled = |min: u32, from_s: f64| Change::ScheduledMin {
            min,
            from_s,
            until_s: self.until_s,
        };
        match parameter {
            Parameter::Min => Change::MinCapacity(bounds.min + number),
            Parameter::Max => Change::MaxCapacity(self.max + number),
            Parameter::Provisioned => Change::ProvisionedConcurrency(number),
            Parameter::UnlimitedCredits => Change::UnlimitedCredits,
            Parameter::MaxConcurrency => {
                let on_demand = plan.resource.on_demand();
                Change::MaxConcurrency(on_demand.map_or(0, |o| o.max_concurrency) + number)
            }
            Parameter::Target => {
                let (target, unit) = first_policy_on_requests(plan).map_or((0.0, 1.0), |policy| {
                    (target_per_minute(policy), policy.metric.per_invocation())
                });
                let step = self.highest_step(plan, target) - f64::from(number - 1);
                // Through whole percent, so that 0.35 × 20 × 60 is 420 and not 419.99999.
                let percent = (step * FACTOR_STEP * 100.0).round();
                Change::Target(plan.service.max_rps * 60.0 * percent / 100.0 * unit)
            }
            Parameter::ScheduledMin => scheduled(self.min + number, self.earliest_start_s),
            Parameter::ScheduledStart { min } => {
                scheduled(min, self.latest_start_s - f64::from(number - 1) * QUARTER_S)
            }
            Parameter::MinUnderMax { max } => Change::MinAndMax {
                min: bounds.min + number,
                max,
            },
            Parameter::MaxOverMin { min } => Change::MinAndMax {
                min,
                max: (self.max + number).max(min),
            },
            Parameter::Storm(ends) => ends.change(plan, number),
        }
    }

    fn holds(&self, plan: &Plan, run: &Run) -> bool {
        let around = |start_s: f64| {
            start_s < self.worst.end_s + MARGIN_S && start_s >= self.worst.overload_s - MARGIN_S
        };
        // A higher MaxConcurrency keeps requests from failing, not from starting cold.
        let throttled = matches!(self.worst.bottleneck, Bottleneck::MaxConcurrency { .. });
        let allowed = 1.0 - plan.objective.availability;
        let noticed = |distress: &Distress| match throttled {
            true => distress.failed >= 1.0,
            false => run.losses.is_empty() || !is_lost_anyway(allowed, run, distress),
        };
        objective::standing(plan, run) != Standing::Short
            && !(run.distress.iter()).any(|distress| around(distress.start_s) && noticed(distress))
    }
}

/// Returns whether requests failed only because they were routed to instances that had failed, so that more capacity would not
/// have helped. `allowed`: the share that may be late.
fn is_lost_anyway(allowed: f64, run: &Run, distress: &Distress) -> bool {
    let end_s = distress.start_s + f64::from(run.period_s);
    let mut losses = run.losses.iter();
    let is_routed = losses.any(|loss| loss.at_s < end_s && loss.unrouted_s > distress.start_s);
    let period = (distress.start_s / f64::from(run.period_s)) as usize;
    let rps = run.series.demand_rps.get(period).copied().unwrap_or(0.0);
    let arrived = f64::from(rps) * f64::from(run.period_s);
    // By chance alone some are late at any time.
    is_routed && distress.late < (allowed * arrived).max(1.0)
}

/// Returns the first target-tracking policy, if its metric follows from the requests of each instance.
fn first_policy_on_requests(plan: &Plan) -> Option<&TargetTracking> {
    let first = plan.target_tracking.first();
    first.filter(|policy| policy.metric.follows_requests())
}

/// Returns a policy's target as requests per instance and minute.
fn target_per_minute(policy: &TargetTracking) -> f64 {
    policy.target / policy.metric.per_invocation()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        plan::Failing,
        run::{Loss, PERIOD_S},
    };

    #[test]
    fn only_what_fails_while_requests_go_to_what_has_failed_is_lost_anyway() {
        // From 1,800 s until 1,860 s, and from 2,400 s until 2,430 s.
        let loss = |at_s, unrouted_s| Loss {
            at_s,
            index: 0,
            what: Failing::Instances(1),
            instances: 1,
            of: 3,
            unrouted_s,
            noticed_s: f64::INFINITY,
        };
        let run = Run {
            period_s: PERIOD_S,
            losses: vec![loss(1800.0, 1860.0), loss(2400.0, 2430.0)],
            ..Run::default()
        };
        for (start_s, late, is_lost) in [
            (1740.0, 0.0, false),
            (1800.0, 0.0, true),
            (1800.0, 0.9, true),
            // One request had to wait: more capacity would have served it.
            (1800.0, 1.0, false),
            (1800.0, 9.0, false),
            (1860.0, 0.0, false),
            (2340.0, 0.0, false),
            (2400.0, 0.0, true),
            (2460.0, 0.0, false),
        ] {
            let distress = Distress {
                start_s,
                failed: 5.0,
                late,
                longest_wait_s: 0.0,
            };
            assert_eq!(
                is_lost_anyway(0.001, &run, &distress),
                is_lost,
                "{start_s} {late}"
            );
        }
        let run = Run {
            losses: vec![loss(1801.0, 1861.0)],
            ..run
        };
        for (start_s, is_lost) in [(1740.0, false), (1800.0, true), (1860.0, true)] {
            let distress = Distress {
                start_s,
                failed: 5.0,
                late: 0.0,
                longest_wait_s: 0.0,
            };
            assert_eq!(is_lost_anyway(0.001, &run, &distress), is_lost, "{start_s}");
        }
    }
}
