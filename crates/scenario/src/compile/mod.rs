//! From what a person typed to what the engine runs: every field is checked, every problem found at once, every field
//! left open is filled in. It simulates nothing; what the engine is given is always valid.

mod capacity;
pub(crate) mod check;
mod credits;
mod demand;
pub(crate) mod failures;
mod missing_metric;
mod other_machines;
mod policy;
mod problem;
mod ranges;
pub(crate) mod reach;
mod retries;
pub(crate) mod schedule;
mod slow;
mod warning;

use std::sync::Arc;

use engine::{
    demand::Timeline,
    effort,
    plan::{self, Plan},
    sizing::{self, Sizing, SizingInput},
};

use crate::{
    catalogue::{self, InstanceType, Price, PriceKind},
    document::{Expected, Instance, Layer, LoadTest, MetricName, ScalableTarget, Scenario},
    field::{Items, List, Place},
    limits::MOST_INSTANCES,
    metrics::MetricUnit,
    platform::{Platform, Priced, component},
    time::{Clock, LocalDate, Zone},
};
use check::Checks;
use demand::Span;

pub use credits::credit_mode;
pub(crate) use policy::Machine;
pub use policy::usual;
pub use problem::{Problem, ProblemKind, ScheduleProblem, StepProblem};
pub use warning::{Load, Sum, Warning};

/// Version of the document that this program reads and writes.
pub const VERSION: u32 = 2;

/// A scenario, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// What serves the model.
    pub platform: Platform,
    /// What the engine runs.
    pub plan: Plan,
    /// The run's wall clock.
    pub clock: Clock,
    /// What the sizing calculator says.
    pub sizing: Sizing,
    /// What was filled in.
    pub resolved: Resolved,
    /// What is odd.
    pub warnings: Vec<Warning>,
    demand: Arc<Demand>,
}

impl Compiled {
    /// Returns whether a scenario has the very same demand.
    #[must_use]
    pub fn has_demand_of(&self, scenario: &Scenario) -> bool {
        self.demand.is_of(scenario)
    }
}

/// Values that a scenario may leave open, as they are in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// TargetValue of the first target-tracking policy, as requests per instance and minute; the formula's where there
    /// is none.
    pub target: f64,
    /// `max_rps × safety_factor × 60`.
    pub formula_target: f64,
    /// Metric of the first policy: of target tracking, if there is one.
    pub metric: MetricName,
    /// Whether anything can scale at all: AWS refuses to register what cannot.
    pub scales: bool,
    /// MinCapacity.
    pub min: u32,
    /// MaxCapacity.
    pub max: u32,
    /// Highest demand, requests per second.
    pub peak_rps: f64,
    /// Demand when quiet, requests per second.
    pub quiet_rps: f64,
    /// Fewest instances wanted.
    pub fewest_instances: u32,
    /// Instances in service at the start.
    pub initial: u32,
    /// Price of an instance.
    pub price: Price,
    /// The catalogue's entry, if it has one.
    pub instance: Option<&'static InstanceType>,
}

/// What a scenario's demand comes to, and everything that it depends on: most edits leave it as it is.
#[derive(Clone, Debug, PartialEq)]
struct Demand {
    start: LocalDate,
    hours: u32,
    time_zone: String,
    seed: u64,
    layers: Items<Layer>,
    timeline: Timeline,
    peak_rps: f64,
    quiet_rps: f64,
}

impl Demand {
    fn new(scenario: &Scenario, timeline: Timeline) -> Self {
        let (peak_rps, quiet_rps) = timeline.peak_and_quiet_rps();
        Self {
            start: scenario.start,
            hours: scenario.hours,
            time_zone: scenario.time_zone.clone(),
            seed: scenario.seed,
            layers: scenario.demand.clone(),
            timeline,
            peak_rps,
            quiet_rps,
        }
    }

    /// Whether a scenario has this demand.
    fn is_of(&self, scenario: &Scenario) -> bool {
        self.start == scenario.start
            && self.hours == scenario.hours
            && self.time_zone == scenario.time_zone
            && self.seed == scenario.seed
            && self.layers == scenario.demand
    }
}

/// Checks a scenario and compiles it.
///
/// # Errors
/// Every problem that it has.
pub fn compile(scenario: &Scenario) -> Result<Compiled, Vec<Problem>> {
    let mut compiling = Compiling::new(scenario, None)?;
    compiling.advance(usize::MAX);
    compiling.finish()
}

/// A scenario that is being compiled: it has been checked, and its demand is added up as far as one likes at a time.
#[derive(Debug)]
pub struct Compiling<'a> {
    scenario: &'a Scenario,
    /// Without demand, and what follows from it.
    plan: Plan,
    demand: AddingUp,
    predictive: Vec<plan::PredictiveScaling>,
    clock: Clock,
    price: Price,
    instance: Option<&'static InstanceType>,
    warnings: Vec<Warning>,
}

/// Demand, known or not yet.
#[derive(Debug)]
enum AddingUp {
    Known(Arc<Demand>),
    Begun {
        compiling: engine::demand::TimelineBuilder,
        /// Steps that it takes in all.
        steps: f64,
    },
}

/// What is still to be computed of a scenario, in steps of [`engine::effort`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Demand; nothing where it is known.
    pub demand: f64,
    /// The run and its report.
    pub run: f64,
}

impl<'a> Compiling<'a> {
    /// Checks a scenario, and begins to add its demand up; what that comes to is taken from the last one compiled, if it is the
    /// same.
    ///
    /// # Errors
    /// Every problem that it has, but those that only show once demand is known.
    pub fn new(scenario: &'a Scenario, last: Option<&Compiled>) -> Result<Self, Vec<Problem>> {
        let last = last.filter(|last| last.demand.is_of(scenario));
        let mut checks = Checks::default();
        let mut warnings = Vec::new();
        if scenario.headroom != VERSION {
            checks.problem(
                Scenario::headroom,
                ProblemKind::UnknownVersion { newest: VERSION },
            );
        }
        ranges::check(scenario, &mut checks);
        let clock = clock(scenario, &mut checks);
        let length_s = scenario.hours.min(8784) * 3600;
        let layers = match last {
            Some(last) => {
                let outside =
                    |warning: &&Warning| matches!(warning, Warning::LayerOutsideRun { .. });
                warnings.extend(last.warnings.iter().filter(outside).cloned());
                Vec::new()
            }
            None => layers(scenario, clock.as_ref(), &mut checks, &mut warnings),
        };
        machine(scenario, &mut checks);
        let rules = scenario.platform.rules();
        (rules.check)(scenario, &mut checks);
        target(scenario, &mut checks);
        let (price, instance) = price(scenario, &mut checks);
        component::check(scenario, &mut checks);
        (rules.check_machine)(scenario, instance, &mut checks);
        credits::check(scenario, &mut checks);
        failures::check(scenario, &mut checks);
        slow::check(scenario, &mut checks);
        retries::check(scenario, &mut checks);
        capacity::check(scenario, &mut checks);
        other_machines::check(scenario, &mut checks);
        let policies = policy::compile(scenario, instance, &mut checks);
        schedule::check(scenario, &mut checks);
        let scheduled_actions = schedule::compile(
            &scenario.scheduled_actions,
            rules.least_capacity,
            clock.as_ref(),
            f64::from(length_s),
            &mut checks,
            &mut warnings,
        );
        let (Some(clock), Some(price), true) = (clock, price, checks.problems.is_empty()) else {
            return Err(checks.in_order(scenario));
        };
        let demand = match last {
            Some(last) => AddingUp::Known(Arc::clone(&last.demand)),
            None => AddingUp::Begun {
                steps: effort::of_demand(&layers, length_s),
                compiling: engine::demand::TimelineBuilder::new(layers, length_s),
            },
        };
        let instances = plan::Instances {
            health: failures::health(scenario, &clock, length_s, &mut warnings),
            speed: speed(scenario, &clock, length_s, &mut warnings),
            retries: scenario.retries.as_ref().map(retries::compile),
        };
        let plan = Plan {
            length_s,
            seed: scenario.seed,
            demand: Timeline::default(),
            resource: (rules.resource)(scenario, instances),
            service: service(scenario),
            fleet: plan::Fleet {
                initial: 1,
                launch: launch(scenario),
                removal_s: scenario.instance.removal_s,
                capacity: capacity::compile(scenario, &clock, length_s, &mut warnings),
            },
            scalable_target: plan::ScalableTarget { min: 1, max: 1 },
            target_tracking: policies.target_tracking,
            step_scaling: policies.step_scaling,
            scheduled_actions,
            missing_metric: missing_metric::compile(scenario, &clock, length_s, &mut warnings),
            suspended: suspended(scenario),
            usd_per_hour: price.usd_per_hour,
            objective: plan::Objective {
                availability: scenario.objective.availability_pct / 100.0,
                late_s: scenario.objective.late_ms / 1000.0,
            },
            assumptions: engine_assumptions(scenario),
        };
        Ok(Self {
            scenario,
            plan,
            demand,
            predictive: policies.predictive,
            clock,
            price,
            instance,
            warnings,
        })
    }

    /// Returns the effort of compiling and of running the scenario.
    #[must_use]
    pub fn effort(&self) -> Effort {
        Effort {
            demand: match &self.demand {
                AddingUp::Known(_) => 0.0,
                AddingUp::Begun { steps, .. } => *steps,
            },
            run: effort::of_run(&self.plan) + effort::of_report(&self.plan),
        }
    }

    /// Adds demand up for about `times` more times at which it may bend. Returns whether all of it is added up.
    pub fn advance(&mut self, times: usize) -> bool {
        match &mut self.demand {
            AddingUp::Known(_) => true,
            AddingUp::Begun { compiling, .. } => compiling.advance(times),
        }
    }

    /// Returns how much of demand has been added up, as a share.
    #[must_use]
    pub fn progress(&self) -> f64 {
        match &self.demand {
            AddingUp::Known(_) => 1.0,
            AddingUp::Begun { compiling, .. } => compiling.progress(),
        }
    }

    /// Returns the scenario, ready to run, once [`Compiling::advance`] has answered `true`.
    ///
    /// # Errors
    /// Problems that only show once demand is known.
    pub fn finish(self) -> Result<Compiled, Vec<Problem>> {
        let scenario = self.scenario;
        let demand = match self.demand {
            AddingUp::Known(demand) => demand,
            AddingUp::Begun { compiling, .. } => {
                Arc::new(Demand::new(scenario, compiling.finish()))
            }
        };
        let mut plan = Plan {
            demand: demand.timeline.clone(),
            ..self.plan
        };
        if let Some(group) = plan.resource.group_mut()
            && !self.predictive.is_empty()
        {
            group.predictive = Some(Arc::new(plan::Predictive {
                policies: self.predictive,
                history: demand::before(scenario, &self.clock, f64::from(plan.length_s)),
            }));
        }
        resolve(
            scenario,
            plan,
            demand,
            self.clock,
            self.price,
            self.instance,
            self.warnings,
        )
    }
}

/// Most steps of [`engine::effort`] that a preview may take: a year with three noises.
const PREVIEW_STEPS: f64 = 3e6;

/// Returns what demand looks like, for a preview: where demand, start, length and time zone are right, whatever else is wrong.
/// Nothing where it takes long: a preview is made whenever a key is pressed.
#[must_use]
pub fn demand_preview(scenario: &Scenario) -> Option<Timeline> {
    let mut checks = Checks::default();
    ranges::check_some(scenario, &mut checks, &|field| {
        field == Scenario::hours || matches!(field.place, Place::Item(List::Demand, _))
    });
    let clock = clock(scenario, &mut checks);
    let layers = layers(scenario, clock.as_ref(), &mut checks, &mut Vec::new());
    if !checks.problems.is_empty() {
        return None;
    }
    let length_s = scenario.hours * 3600;
    let is_quick = effort::of_demand(&layers, length_s) <= PREVIEW_STEPS;
    is_quick.then(|| Timeline::compile(&layers, length_s))
}

/// Fills in what was left open.
// rule: sagemaker.burstable-types-are-fixed
fn resolve(
    scenario: &Scenario,
    mut plan: Plan,
    demand: Arc<Demand>,
    clock: Clock,
    price: Price,
    instance: Option<&'static InstanceType>,
    mut warnings: Vec<Warning>,
) -> Result<Compiled, Vec<Problem>> {
    let formula_target = sizing::target(plan.service.max_rps, plan.service.safety_factor);
    let target = plan
        .target_tracking
        .first()
        .filter(|policy| policy.metric.follows_requests())
        .map_or(formula_target, |policy| {
            policy.target / policy.metric.per_invocation()
        });
    let expected = &scenario.expected;
    let peak_rps = expected.peak_rps.unwrap_or(demand.peak_rps);
    let quiet_rps = (expected.quiet_rps.unwrap_or(demand.quiet_rps)).min(peak_rps);
    let rules = scenario.platform.rules();
    let fewest_instances = (expected.fewest_instances).unwrap_or(rules.fewest_instances);
    let mut sizing = sizing::size(
        &SizingInput {
            max_rps: plan.service.max_rps,
            safety_factor: plan.service.safety_factor,
            peak_rps,
            quiet_rps,
            fewest_instances,
            launch_s: (rules.longest_launch_s)(scenario),
            target,
        },
        &plan.assumptions,
    );
    if rules.has_queue {
        // A queue is there without instances.
        sizing.min_capacity = 0;
    }
    // A bound that is given pulls the one that is not along, so that they never cross.
    let given = &scenario.scalable_target;
    let sized = (rules.limit)(scenario, sizing.max_capacity);
    let needed = (given.max_capacity.map(u64::from))
        .unwrap_or_else(|| sized.max(u64::from(given.min_capacity.unwrap_or(1))));
    let max = u32::try_from(needed).unwrap_or(u32::MAX);
    let min = (given.min_capacity)
        .unwrap_or_else(|| u32::try_from(sizing.min_capacity).map_or(max, |min| min.min(max)));
    if f64::from(max) > MOST_INSTANCES {
        return Err(vec![Problem {
            field: ScalableTarget::max_capacity,
            kind: ProblemKind::TooManyInstances {
                needed,
                max: MOST_INSTANCES as u32,
            },
        }]);
    }
    let wanted = (first_minute_rps(&plan.demand) * 60.0 / target - 1e-9).ceil();
    let initial = (rules.initial)(scenario)
        .unwrap_or(wanted.clamp(0.0, MOST_INSTANCES) as u32)
        .clamp(min, max);
    plan.scalable_target = plan::ScalableTarget { min, max };
    plan.fleet.initial = initial;
    (rules.complete)(scenario, &mut plan, instance).map_err(|problem| vec![problem])?;
    capacity::check_quota(&plan).map_err(|problem| vec![problem])?;
    let mut resolved = Resolved {
        target,
        formula_target,
        metric: policy::first_metric(scenario, &plan),
        min,
        max,
        peak_rps,
        quiet_rps,
        scales: true,
        fewest_instances,
        initial,
        price,
        instance,
    };
    (rules.resolve)(scenario, &mut plan, &mut resolved);
    if !rules.burstable_scales && catalogue::is_burstable(&scenario.instance.instance_type) {
        let instances = scenario.instance.initial.unwrap_or(min).max(1);
        never_scales(&mut plan, &mut resolved, instances);
        warnings.push(Warning::BurstableCannotScale { instances });
    }
    warn(scenario, &plan, &clock, &sizing, &resolved, &mut warnings);
    reach::warn(scenario, &plan, demand.quiet_rps, &mut warnings);
    Ok(Compiled {
        platform: scenario.platform,
        plan,
        clock,
        sizing,
        resolved,
        warnings,
        demand,
    })
}

/// Finds what is odd.
fn warn(
    scenario: &Scenario,
    plan: &Plan,
    clock: &Clock,
    sizing: &Sizing,
    resolved: &Resolved,
    warnings: &mut Vec<Warning>,
) {
    let rules = scenario.platform.rules();
    (rules.warn_of_machine)(scenario, resolved, warnings);
    warnings.extend(policy::without_a_step(plan));
    if let Some(predictive) = plan.resource.predictive() {
        warnings.extend(policy::odd_predictive(plan, predictive));
    }
    (rules.warn)(scenario, plan, warnings);
    schedule::warn(scenario, plan, clock, warnings);
    credits::warn(plan, warnings);
    warnings.extend(retries::odd(plan));
    capacity::warn(plan, warnings);
    for (index, given) in scenario.policies.iter().enumerate() {
        if !given.metric().is_published_by(scenario.platform) {
            let metric = given.metric();
            warnings.push(Warning::NotPublished {
                policy: index,
                metric,
                right: metric.instead(scenario.platform),
            });
            continue;
        }
        let tracking = given.target_tracking.as_ref();
        let Some((tracking, typed)) = tracking.and_then(|t| Some((t, t.target_value?))) else {
            continue;
        };
        warnings.extend(match tracking.metric_name() {
            name if name.spec().unit == MetricUnit::Percent => {
                policy::of_one_core(plan, index, typed)
            }
            name if name.counts_requests() => {
                odd_target(plan, index, typed, resolved.formula_target)
            }
            _ => None,
        });
    }
    let scales = rules.has_instances || resolved.max > 0;
    // A queue may wait for a peak to pass.
    if sizing.at_peak > u64::from(resolved.max) && scales && !rules.has_queue {
        let (max, needed) = (resolved.max, sizing.at_peak);
        warnings.push(match plan.resource.hosts() {
            None => Warning::MaxBelowPeak { max, needed },
            Some(_) => Warning::MaxBelowPeakOfCopies { max, needed },
        });
    }
    let needed = |rps: f64| (rps * 60.0 / resolved.target - 1e-9).ceil();
    let when_quiet = needed(resolved.quiet_rps).min(f64::from(resolved.initial));
    if needed(resolved.peak_rps) > when_quiet {
        warnings.extend(policy::cooldowns_within_delay(plan, sizing.at_peak));
    }
    if scenario.policies.is_empty() && scales {
        warnings.push(Warning::NoPolicy);
    }
    if plan.demand.nodes().iter().all(|node| node.rps <= 0.0) {
        warnings.push(Warning::NoDemand);
    }
    let (metric, half_target) = (resolved.quiet_rps * 60.0 / 2.0, resolved.target / 2.0);
    let low = resolved.target * plan.assumptions.alarm_low_factor;
    let scales_in = plan
        .target_tracking
        .iter()
        .any(|policy| !policy.disable_scale_in);
    let may_be_one = resolved.min == 1
        && resolved.max > 1
        && rules.has_instances
        && plan.resource.hosts().is_none();
    if may_be_one && scales_in && half_target < metric && metric < low {
        warnings.push(Warning::StaysAtTwo {
            metric,
            half_target,
        });
    }
}

/// Returns a warning of a target of requests that is not the formula's.
fn odd_target(plan: &Plan, policy: usize, typed: f64, formula: f64) -> Option<Warning> {
    let service = &plan.service;
    match sizing::recognise_slip(service.max_rps, service.safety_factor, typed) {
        Some(slip) => Some(Warning::TargetSlip {
            policy,
            slip,
            right: formula,
        }),
        None if (typed - formula).abs() > formula * 1e-9 => Some(Warning::TargetDiffers {
            policy,
            typed,
            formula,
        }),
        None => None,
    }
}

/// Takes away whatever changes the number of instances.
pub(crate) fn never_scales(plan: &mut Plan, resolved: &mut Resolved, instances: u32) {
    plan.target_tracking.clear();
    plan.step_scaling.clear();
    plan.scheduled_actions.clear();
    plan.scalable_target = plan::ScalableTarget {
        min: instances,
        max: instances,
    };
    plan.fleet.initial = instances;
    resolved.scales = false;
    (resolved.min, resolved.max, resolved.initial) = (instances, instances, instances);
}

/// Returns the mean demand of the first minute, requests per second.
fn first_minute_rps(demand: &Timeline) -> f64 {
    let mut requests = 0.0;
    for pair in demand.nodes().windows(2) {
        let [from, to] = pair else { continue };
        if from.at_s >= 60.0 {
            break;
        }
        let share = (60.0 - from.at_s).min(to.at_s - from.at_s) / (to.at_s - from.at_s).max(1e-9);
        let last_rps = from.rps + (to.rps - from.rps) * share;
        requests += (from.rps + last_rps) / 2.0 * share * (to.at_s - from.at_s);
    }
    requests / 60.0
}

fn clock(scenario: &Scenario, checks: &mut Checks) -> Option<Clock> {
    let zone = Zone::find(&scenario.time_zone);
    if zone.is_none() {
        checks.problem(Scenario::time_zone, ProblemKind::UnknownTimeZone);
    }
    let (from, to) = (*crate::time::YEARS.start(), *crate::time::YEARS.end() - 1);
    if !(from..=to).contains(&scenario.start.year()) {
        checks.problem(Scenario::start, ProblemKind::YearOutOfRange { from, to });
    }
    Some(Clock::new(scenario.start, zone?))
}

fn layers(
    scenario: &Scenario,
    clock: Option<&Clock>,
    checks: &mut Checks,
    warnings: &mut Vec<Warning>,
) -> Vec<engine::demand::Layer> {
    let span = clock.map(|clock| Span {
        clock,
        start: scenario.start,
        length_s: f64::from(scenario.hours.clamp(1, 8784)) * 3600.0,
    });
    demand::compile(scenario, span.as_ref(), checks, warnings)
}

fn machine(scenario: &Scenario, checks: &mut Checks) {
    let test = &scenario.load_test;
    checks.reaches(LoadTest::p95_ms, test.p95_ms, LoadTest::p50_ms, test.p50_ms);
    let expected = &scenario.expected;
    let (quiet, peak) = (expected.quiet_rps, expected.peak_rps);
    checks.stays_below(Expected::quiet_rps, quiet, Expected::peak_rps, peak);
    let instance = &scenario.instance;
    let launch_s = instance.launch_s;
    let launch_to_s = instance.launch_to_s.unwrap_or(launch_s);
    checks.reaches(
        Instance::launch_to_s,
        launch_to_s,
        Instance::launch_s,
        launch_s,
    );
    let min = scenario.platform.rules().least_capacity;
    if instance.initial.is_some_and(|initial| initial < min) {
        let min = f64::from(min);
        checks.problem(Instance::initial, ProblemKind::TooSmall { min });
    }
}

fn target(scenario: &Scenario, checks: &mut Checks) {
    let given = &scenario.scalable_target;
    let fields = (ScalableTarget::min_capacity, ScalableTarget::max_capacity);
    let least = scenario.platform.rules().least_capacity;
    schedule::bounds(
        fields,
        given.min_capacity,
        given.max_capacity,
        least,
        checks,
    );
}

fn service(scenario: &Scenario) -> plan::Service {
    let (load_test, rules) = (&scenario.load_test, scenario.platform.rules());
    let of_instances = plan::Service {
        max_rps: (rules.max_rps)(load_test),
        safety_factor: load_test.safety_factor,
        p50_ms: load_test.p50_ms,
        p95_ms: load_test.p95_ms,
        timeout_s: scenario.service.timeout_s,
        queue_limit_per_instance: scenario.service.queue_limit_per_instance,
    };
    (rules.service)(scenario, of_instances)
}

/// Returns what the speed of instances depends on. That none with CPU credits slows down has been checked.
fn speed(
    scenario: &Scenario,
    clock: &Clock,
    length_s: u32,
    warnings: &mut Vec<Warning>,
) -> plan::InstanceSpeed {
    let slow = slow::compile(scenario, clock, length_s, warnings);
    match (credits::of(scenario), slow) {
        (Some(known), _) => plan::InstanceSpeed::CpuCredits(credits::compile(scenario, known)),
        (None, Some(slow)) => plan::InstanceSpeed::SlowInstance(slow),
        (None, None) => plan::InstanceSpeed::Full,
    }
}

// rule: policies.suspended-state
fn suspended(scenario: &Scenario) -> plan::SuspendedState {
    let given = &scenario.scalable_target.suspended;
    plan::SuspendedState {
        scale_in: given.dynamic_scaling_in,
        scale_out: given.dynamic_scaling_out,
        scheduled: given.scheduled_scaling,
    }
}

/// Returns the price in force, and the catalogue's entry.
fn price(scenario: &Scenario, checks: &mut Checks) -> Priced {
    let own = scenario.instance.usd_per_hour;
    let own = own.map(|usd_per_hour| Price {
        usd_per_hour,
        kind: PriceKind::Own,
        as_of: "".into(),
    });
    (scenario.platform.rules().price)(scenario, own, checks)
}

/// Whether a name is formed like an instance type's: family, a point, size.
pub(crate) fn looks_like_type(name: &str) -> bool {
    let fits = |letter: u8| letter.is_ascii_alphanumeric() || b".-".contains(&letter);
    (4..=40).contains(&name.len()) && name.contains('.') && name.bytes().all(fits)
}

fn launch(scenario: &Scenario) -> plan::Launch {
    let from_s = scenario.instance.launch_s;
    match scenario.instance.launch_to_s {
        Some(to_s) if to_s > from_s => plan::Launch::Range { from_s, to_s },
        _ => plan::Launch::Fixed(from_s),
    }
}

fn engine_assumptions(scenario: &Scenario) -> plan::Assumptions {
    let (given, rules) = (&scenario.assumptions, scenario.platform.rules());
    plan::Assumptions {
        metric_delay_s: given.metric_delay_s,
        alarm_high_datapoints: given.alarm_high_datapoints,
        alarm_low_datapoints: given.alarm_low_datapoints,
        alarm_low_factor: (given.alarm_low_factor).unwrap_or(rules.alarm_low_factor),
        extra_evaluation_range: given.extra_evaluation_range,
        treat_missing_data: policy::treat_missing_data(given.treat_missing_data),
        max_scale_in_step: given.max_scale_in_step,
        updating_blocks: given.updating_blocks && rules.endpoint_updates,
        datapoints_from_before_act: given.datapoints_from_before_act,
    }
}

#[cfg(test)]
pub(crate) mod tests;
