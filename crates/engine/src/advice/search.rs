//! Which changes are tried, in which order.

use super::{Advice, Change, apply, hunt::Hunt};
use crate::{
    incident,
    plan::{CpuCredits, MAX_CONCURRENCY, Plan, TargetTracking},
    report::{self, Bottleneck, Incident, Standing},
    run::{Distress, Run},
};

const QUARTER_S: f64 = 900.0;

/// More instances than this are never proposed on account of CPU credits.
const MOST_INSTANCES: f64 = 10_000.0;

/// Time around the worst incident in which nobody may notice anything after a change, seconds.
const MARGIN_S: f64 = 900.0;

/// A scheduled minimum starts at most this long before it is needed, launch time aside, seconds.
const EARLY_S: f64 = 3600.0;

/// A scheduled minimum lasts at most this long, seconds.
const LONGEST_S: f64 = 86_400.0;

/// Steps of the safety factor that lower targets are tried in, and the lowest.
const FACTOR_STEP: f64 = 0.05;
const LOWEST_FACTOR: f64 = 0.1;

/// What a hunt varies. What it finds cannot be made smaller (in the order of [`Change`]'s own cost) without failing.
#[derive(Clone, Copy, Debug)]
enum Quarry {
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
}

/// What the first run has shown.
#[derive(Clone, Copy, Debug)]
struct Case {
    worst: Incident,
    /// Bounds when demand began to exceed capacity.
    min: u32,
    max: u32,
    /// MaxCapacity that suffices in any case.
    enough: u32,
    /// Quarter hours: the latest start that could help, the first tried, the end.
    latest_s: f64,
    earliest_s: f64,
    until_s: f64,
}

/// A search in progress.
///
/// A change holds if the whole run keeps the objective and so does each minute of the worst incident, in which none fails any more.
#[derive(Clone, Debug)]
pub struct Search {
    plan: Plan,
    case: Option<Case>,
    started: bool,
    /// Hunts to come, the next one last.
    hunts: Vec<(Quarry, Hunt)>,
    /// The advice of the running hunt.
    best: Option<Advice>,
    found: Vec<Advice>,
    /// The last run, in whose memory the next one goes.
    last: Run,
}

impl Search {
    /// Starts a search for `plan`.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self {
            plan,
            case: None,
            started: false,
            hunts: Vec::new(),
            best: None,
            found: Vec::new(),
            last: Run::default(),
        }
    }

    /// Does one run. `true` while there is more to do.
    pub fn step(&mut self) -> bool {
        let Some(plan) = self.next() else {
            return false;
        };
        let mut run = self.recycled_run();
        crate::run_again(&plan, &mut run);
        self.answer(&plan, run)
    }

    /// What is to be run next; `None` where there is nothing left to try.
    #[must_use]
    pub fn next(&self) -> Option<Plan> {
        if !self.started {
            return Some(self.plan.clone());
        }
        let (change, ..) = self.next_change()?;
        Some(apply(&self.plan, change))
    }

    /// The last run, which nobody needs any more: the next one goes in its memory.
    #[must_use]
    pub fn recycled_run(&mut self) -> Run {
        core::mem::take(&mut self.last)
    }

    /// Takes the run of the plan that `next` gave. `true` while there is more to do.
    pub fn answer(&mut self, plan: &Plan, run: Run) -> bool {
        self.last = run;
        if !self.started {
            self.start();
        } else if let Some((change, hunt, number)) = self.next_change() {
            self.tried(plan, change, hunt, number);
        }
        self.drop_finished();
        !self.hunts.is_empty()
    }

    /// The change to be tried next, the hunt that it is of, and its number there.
    fn next_change(&self) -> Option<(Change, Hunt, u32)> {
        let case = self.case?;
        let (quarry, hunt) = self.hunts.last().copied()?;
        let number = hunt.next()?;
        Some((case.change(&self.plan, quarry, number), hunt, number))
    }

    /// The changes that held, cheapest first; complete once `step` has answered `false`.
    #[must_use]
    pub fn found(&self) -> Vec<Advice> {
        let mut found = self.found.clone();
        found.sort_by(|a, b| a.cost_usd.total_cmp(&b.cost_usd));
        found
    }

    fn start(&mut self) {
        self.started = true;
        let incidents = incident::all(&self.plan, &self.last);
        let Some(worst) = incidents.first().copied() else {
            return;
        };
        let case = Case::new(&self.plan, &self.last, worst);
        self.case = Some(case);
        if let Bottleneck::MaxConcurrency { max, .. } = worst.bottleneck {
            self.hunt(Quarry::MaxConcurrency, MAX_CONCURRENCY.saturating_sub(max));
        }
        if matches!(worst.bottleneck, Bottleneck::ColdStarts { .. }) {
            let on_demand = self.plan.overflow.on_demand();
            let most = on_demand.map_or(0, |on_demand| on_demand.max_concurrency);
            self.hunt(Quarry::Provisioned, most);
        }
        if matches!(worst.bottleneck, Bottleneck::MaxCapacity { .. }) {
            self.hunt(Quarry::Max, case.enough.saturating_sub(case.max));
        }
        if case.is_of_credits() {
            let is_choice = |credits: CpuCredits| credits.is_choice;
            let is_choice = self.plan.cpu_credits.is_some_and(is_choice);
            self.hunt(Quarry::UnlimitedCredits, u32::from(is_choice));
        }
        self.hunt(Quarry::Target, case.targets(&self.plan));
        self.hunt(Quarry::ScheduledMin, case.max.saturating_sub(case.min));
        let bounds = self.plan.scalable_target;
        self.hunt(Quarry::Min, bounds.max.saturating_sub(bounds.min));
    }

    fn hunt(&mut self, quarry: Quarry, most: u32) {
        self.hunts.push((quarry, Hunt::new(most)));
    }

    fn tried(&mut self, plan: &Plan, change: Change, mut hunt: Hunt, number: u32) {
        let Some(case) = self.case else { return };
        let run = &self.last;
        let holds = case.holds(plan, run);
        hunt.answer(number, holds);
        if holds {
            self.best = Some(Advice {
                change,
                cost_usd: run.totals.cost_usd,
                availability: report::availability(run),
            });
        }
        // A no for the largest number ends the hunt: there is nothing between it and the last no.
        if let Some(last) = self.hunts.last_mut() {
            last.1 = hunt;
        }
    }

    /// Drops hunts that are over, keeps what they found, and starts those that follow from it.
    fn drop_finished(&mut self) {
        while let Some((quarry, hunt)) = self.hunts.last().copied()
            && hunt.next().is_none()
        {
            self.hunts.pop();
            let best = self.best.take();
            let Some(case) = self.case else { return };
            match (quarry, hunt.found(), best) {
                (Quarry::ScheduledMin, Some(number), Some(_)) => {
                    let quarters = (case.latest_s - case.earliest_s) / QUARTER_S;
                    let min = case.min + number;
                    self.hunt(Quarry::ScheduledStart { min }, quarters as u32 + 1);
                }
                (Quarry::MinUnderMax { .. }, Some(number), Some(_)) => {
                    let min = self.plan.scalable_target.min + number;
                    self.hunt(
                        Quarry::MaxOverMin { min },
                        case.enough.saturating_sub(case.max),
                    );
                }
                (Quarry::Max, None, _) => {
                    let max = case.enough;
                    let most = max.saturating_sub(self.plan.scalable_target.min);
                    self.hunt(Quarry::MinUnderMax { max }, most);
                }
                (Quarry::Min, None, _) if case.is_of_credits() => {
                    // As many at their baseline as at full speed would do.
                    let max = case.enough;
                    let most = max.saturating_sub(self.plan.scalable_target.min);
                    self.hunt(Quarry::MinUnderMax { max }, most);
                }
                (_, Some(_), Some(best)) => self.found.push(best),
                _ => {}
            }
        }
    }
}

impl Case {
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
        let tracked = of_requests(plan).map_or(0.0, |policy| peak_rps * 60.0 / each_minute(policy));
        let launch_s = incident::launch_s(plan);
        let length_s = f64::from(plan.length_s);
        let latest_s = (worst.overload_s / QUARTER_S).floor() * QUARTER_S;
        let earliest_s = ((worst.overload_s - launch_s - EARLY_S) / QUARTER_S).floor() * QUARTER_S;
        let over_s = incident::falls_below(
            plan,
            worst.end_s,
            f64::from(in_service) * plan.service.max_rps,
        );
        let until_s = (over_s.min(worst.end_s + LONGEST_S) / QUARTER_S).ceil() * QUARTER_S;
        let at_peak = report::fixed_fleet(plan, peak_rps);
        Self {
            worst,
            min,
            max,
            enough: match worst.bottleneck {
                Bottleneck::CpuCredits { speed, .. } => {
                    (f64::from(at_peak) / speed).ceil().min(MOST_INSTANCES) as u32
                }
                _ => at_peak,
            }
            .max(tracked.ceil() as u32)
            .max(max.saturating_add(1))
            .min((plan.overflow.on_demand()).map_or(u32::MAX, |o| o.max_concurrency)),
            latest_s,
            earliest_s: earliest_s.max(0.0).min(latest_s),
            until_s: until_s.min(length_s),
        }
    }

    /// Whether CPU credits were used up.
    fn is_of_credits(&self) -> bool {
        matches!(self.worst.bottleneck, Bottleneck::CpuCredits { .. })
    }

    /// How many lower targets there are to try.
    fn targets(&self, plan: &Plan) -> u32 {
        of_requests(plan).map_or(0, |policy| {
            let highest = self.highest_step(plan, each_minute(policy));
            let lowest = (LOWEST_FACTOR / FACTOR_STEP).round();
            (highest - lowest + 1.0).max(0.0) as u32
        })
    }

    /// The greatest whole number of factor steps whose target is below `target`; at most a factor of 1.
    fn highest_step(&self, plan: &Plan, target: f64) -> f64 {
        let steps = target / (plan.service.max_rps * 60.0 * FACTOR_STEP);
        ((steps - 1e-6).ceil() - 1.0).min((1.0 / FACTOR_STEP).round())
    }

    /// The change that stands at `number` (≥ 1) of a quarry; the greater the number, the more it does.
    fn change(&self, plan: &Plan, quarry: Quarry, number: u32) -> Change {
        let bounds = plan.scalable_target;
        let scheduled = |min: u32, from_s: f64| Change::ScheduledMin {
            min,
            from_s,
            until_s: self.until_s,
        };
        match quarry {
            Quarry::Min => Change::MinCapacity(bounds.min + number),
            Quarry::Max => Change::MaxCapacity(self.max + number),
            Quarry::Provisioned => Change::ProvisionedConcurrency(number),
            Quarry::UnlimitedCredits => Change::UnlimitedCredits,
            Quarry::MaxConcurrency => {
                let on_demand = plan.overflow.on_demand();
                Change::MaxConcurrency(on_demand.map_or(0, |o| o.max_concurrency) + number)
            }
            Quarry::Target => {
                let (target, unit) = of_requests(plan).map_or((0.0, 1.0), |policy| {
                    (each_minute(policy), policy.metric.per_invocation())
                });
                let step = self.highest_step(plan, target) - f64::from(number - 1);
                // Through whole percent, so that 0.35 × 20 × 60 is 420 and not 419.99999.
                let percent = (step * FACTOR_STEP * 100.0).round();
                Change::Target(plan.service.max_rps * 60.0 * percent / 100.0 * unit)
            }
            Quarry::ScheduledMin => scheduled(self.min + number, self.earliest_s),
            Quarry::ScheduledStart { min } => {
                scheduled(min, self.latest_s - f64::from(number - 1) * QUARTER_S)
            }
            Quarry::MinUnderMax { max } => Change::MinAndMax {
                min: bounds.min + number,
                max,
            },
            Quarry::MaxOverMin { min } => Change::MinAndMax {
                min,
                max: (self.max + number).max(min),
            },
        }
    }

    fn holds(&self, plan: &Plan, run: &Run) -> bool {
        let around = |start_s: f64| {
            start_s < self.worst.end_s + MARGIN_S && start_s >= self.worst.overload_s - MARGIN_S
        };
        // A higher limit keeps requests from failing, not from starting cold.
        let throttled = matches!(self.worst.bottleneck, Bottleneck::MaxConcurrency { .. });
        let allowed = 1.0 - plan.objective.availability;
        let noticed = |distress: &Distress| match throttled {
            true => distress.failed >= 1.0,
            false => run.losses.is_empty() || !is_lost_anyway(allowed, run, distress),
        };
        report::standing(plan, run) != Standing::Short
            && !(run.distress.iter()).any(|distress| around(distress.start_s) && noticed(distress))
    }
}

/// Whether requests only failed because they were sent to what had failed: no capacity helps them. `allowed` is the share that
/// may be late.
#[inline(never)]
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

/// The first target-tracking policy, where its metric follows from the requests of each instance.
fn of_requests(plan: &Plan) -> Option<&TargetTracking> {
    let first = plan.target_tracking.first();
    first.filter(|policy| policy.metric.follows_requests())
}

/// A policy's target as requests per instance and minute.
fn each_minute(policy: &TargetTracking) -> f64 {
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
