//! The simulation loop: it goes from event to event, and writes one sample per metric period.
//!
//! Within one instant the order is: instances arrive or leave, scheduled actions fire, policies scale out to forecasts, failures
//! and their consequences happen, a datapoint becomes visible, alarms evaluate, policies act.

mod backlog;
mod calm;
mod columns;
mod credits;
mod failures;
mod forecast_events;
mod met;
mod on_demand;
mod plain;
mod record;
mod ticks;
mod warm_served;

use calm::Calm;
use failures::Failures;
use forecast_events::{ForecastEvent, ForecastEvents};
use ticks::Ticks;
use warm_served::WarmServed;

use crate::{
    cloudwatch::{breach::Datapoint, metric::DelayedMetric},
    cost,
    credits::Credits,
    demand::Cursor,
    effort, exact,
    fleet::Fleet,
    latency::{BuildUp, Latency, Table, mixture::Mixture},
    plan::{Metric, Plan, ScheduledAction},
    run::{Distress, FleetChange, PERIOD_S, Run, Series, Totals, period_of},
    scaling::Scaler,
    service::{Backlog, Flow, Queue},
};
use core::mem;
use std::sync::Arc;

/// Runs a plan to its end.
// rule: run.is-repeatable
#[must_use]
pub fn run(plan: &Plan) -> Run {
    let mut run = Run::default();
    run_again(plan, &mut run);
    run
}

/// Runs a plan to its end, reusing the memory of `run`, and its latency table if it is of the same load test. The result is that
/// of [`run`]. Of many runs one after the other each takes half the time natively, where fresh memory costs as much as what is
/// written to it.
pub fn run_again(plan: &Plan, run: &mut Run) {
    let mut simulation = Simulation::new(plan, mem::take(run));
    simulation.advance(usize::MAX);
    // The old run has been taken out, so nothing is left to drop.
    mem::forget(mem::replace(run, simulation.finish()));
}

/// Runs a plan as [`run`] does, but goes through calm periods one by one. It is for tests: the result is the same.
#[must_use]
pub fn run_period_by_period(plan: &Plan) -> Run {
    let mut simulation = Simulation::new(plan, Run::default());
    simulation.advance_with(usize::MAX, plain::run);
    simulation.finish()
}

/// A run in progress. It can be done in slices of any length; the result is that of [`run`] in any case.
pub struct Simulation<'a> {
    plan: &'a Plan,
    demand: Cursor<'a>,
    calm: Calm<'a>,
    schedule: core::slice::Iter<'a, ScheduledAction>,
    /// What forecasts lead to, where there is predictive scaling.
    forecast_events: Option<Box<ForecastEvents>>,
    /// What failures lead to, where there are any.
    failures: Option<Box<Failures>>,
    queue: Queue,
    /// Of an asynchronous endpoint.
    backlog: Option<Box<Backlog<'a>>>,
    flow: Flow,
    fleet: Fleet,
    scaler: Scaler,
    metric: DelayedMetric,
    /// Whether there may be periods in which nothing but demand happens.
    may_be_calm: bool,
    /// Whether there may be no instance in service, and so no datapoint.
    may_report_nothing: bool,
    /// Ticks of ten seconds, where a policy looks at a high-resolution metric.
    ticks: Option<Box<Ticks>>,
    /// What an instance of a group has served that was in service all the period, which the group's metrics follow from.
    warm_served: Option<Box<WarmServed>>,
    /// CPU credits of a burstable type, and how many times as long as at full speed requests took in the period.
    credits: Option<Box<Credits>>,
    slowness: f64,
    table: Arc<Table>,
    mixture: Mixture,
    /// The random wait as it builds up, and the grid point of the table from which on more requests are late than the objective
    /// allows.
    build_up: BuildUp,
    late_from: u32,
    /// When the fleet or the schedule next changes something.
    next_s: f64,
    /// The fleet since its last change.
    current_fleet: FleetChange,
    /// Instances that cost, since then.
    billed_instances: u32,
    /// Up to when instances have been counted.
    counted_s: f64,
    capacity_s: f64,
    totals: Totals,
    series: Series,
    /// Periods of the run, those gone through, and those after which to pause.
    periods: usize,
    period: usize,
    pause: usize,
    /// How often there was more to do than to let demand flow.
    effort_counts: EffortCounts,
    /// Periods written to the columns (calm ones are written later, together), and how far the fleet's columns are written.
    written: usize,
    fleet_written: usize,
    changes: Vec<FleetChange>,
    distress: Vec<Distress>,
}

/// How often there was more to do than to let demand flow.
#[derive(Clone, Copy, Debug, Default)]
struct EffortCounts {
    /// Periods, or ticks of one, in which anything might happen.
    eventful: u64,
    /// Calm periods after which policies were asked.
    asked: u64,
}

impl<'a> Simulation<'a> {
    /// Begins a run. It reuses the memory of `recycled`, an earlier run.
    #[must_use]
    pub fn new(plan: &'a Plan, recycled: Run) -> Self {
        let periods = (plan.length_s / PERIOD_S) as usize;
        let bounds = plan.scalable_target;
        let instances = plan.fleet.initial.min(bounds.max).max(bounds.min);
        // Fewer copies may be in service: those that instances have room for.
        let fleet = Fleet::new(&plan.fleet, plan.seed, instances);
        let (in_service, pending) = (fleet.in_service, fleet.pending);
        let mut simulation = Self {
            plan,
            demand: Cursor::new(plan.demand.nodes()),
            calm: Calm::new(plan),
            schedule: plan.scheduled_actions.iter(),
            forecast_events: ForecastEvents::of(plan),
            failures: Failures::of(plan),
            queue: Queue::new(
                plan.service,
                plan.overflow,
                plan.objective.late_s,
                in_service,
            ),
            backlog: Backlog::of(plan),
            flow: Flow::default(),
            fleet,
            scaler: Scaler::new(plan, periods, recycled.activities),
            metric: DelayedMetric::new(
                plan.assumptions.metric_delay_s,
                plan.looks_beyond_arrivals()
                    || plan.fleet.hosts.is_some()
                    || plan.may_report_nothing(),
            ),
            may_be_calm: false,
            may_report_nothing: plan.may_report_nothing(),
            ticks: Ticks::new(plan),
            warm_served: WarmServed::of(plan),
            credits: Credits::of(plan, instances),
            slowness: 1.0,
            table: recycled.latency.table(&plan.service),
            mixture: Mixture::new(),
            build_up: BuildUp::default(),
            late_from: 0,
            next_s: 0.0,
            current_fleet: FleetChange {
                at_s: 0.0,
                desired: instances,
                in_service,
                pending,
                min: bounds.min,
                max: bounds.max,
            },
            billed_instances: 0,
            counted_s: 0.0,
            capacity_s: 0.0,
            totals: Totals::default(),
            series: Series::columns(recycled.series, periods),
            periods,
            period: 0,
            pause: 0,
            effort_counts: EffortCounts::default(),
            written: 0,
            fleet_written: 0,
            changes: Vec::with_capacity(periods / 16),
            distress: Vec::new(),
        };
        let allowed = met::allowed(plan.objective.availability);
        simulation.late_from = simulation.table.late_from(plan.objective.late_s, allowed);
        simulation.may_be_calm = simulation.ticks.is_none()
            && simulation.queue.on_demand.is_none()
            && simulation.credits.is_none();
        if simulation.credits.is_some() {
            simulation.prepare_credits();
        }
        if simulation.failures.is_some() {
            simulation.prepare_failures();
        }
        simulation.note_change(0.0);
        simulation.handle_events(0.0);
        simulation
    }

    /// Goes through at most `periods` more periods. Returns whether the run is at its end.
    pub fn advance(&mut self, periods: usize) -> bool {
        self.advance_with(periods, calm::run)
    }

    /// Does the same. `calm` goes through calm periods, as many as there are; it returns whether the run is to pause.
    #[inline]
    fn advance_with(&mut self, periods: usize, calm: impl Fn(&mut Self) -> bool) -> bool {
        self.pause = self.period.saturating_add(periods);
        while !calm(self) {
            if self.period == self.periods {
                return true;
            }
            self.eventful_period();
        }
        false
    }

    /// Returns whether all periods that were asked for have been gone through, and others are left.
    fn is_to_pause(&self) -> bool {
        self.period >= self.pause && self.period < self.periods
    }

    /// Returns the columns, and how many periods of them are written.
    #[must_use]
    pub fn written(&self) -> (&Series, usize) {
        (&self.series, self.written)
    }

    /// Returns how much of the run has been gone through, as a share.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.period as f64 / self.periods.max(1) as f64
    }

    /// Returns the steps that the run has taken so far, as in [`effort`](crate::effort).
    #[must_use]
    pub fn steps(&self) -> f64 {
        effort::of_what_was(
            self.plan,
            self.period as f64,
            self.effort_counts.eventful as f64,
            self.effort_counts.asked as f64,
        )
    }

    /// Returns up to when the run has been gone through: the end of a period.
    fn now_s(&self) -> f64 {
        self.period as f64 * f64::from(PERIOD_S)
    }

    /// Goes through a period in which anything may happen; with a high-resolution metric, through the next ten seconds of one.
    // rule: sagemaker.order-within-period
    #[cold]
    fn eventful_period(&mut self) {
        self.effort_counts.eventful += 1;
        let minute_s = self.now_s() + f64::from(PERIOD_S);
        let end_s = (self.ticks.as_ref()).map_or(minute_s, |ticks| ticks.next_s(self.now_s()));
        let is_minute = end_s == minute_s;
        self.demand.skip_to(self.counted_s);
        while self.next_s < end_s {
            let at_s = self.next_s;
            self.flow_until(at_s);
            self.handle_events(at_s);
        }
        self.flow_until(end_s);
        if self.next_s <= end_s {
            self.handle_events(end_s);
        }
        if is_minute {
            self.flow.settle(self.queue.shared_by());
        }
        let datapoint = is_minute.then(|| self.datapoint());
        let datapoint = datapoint.and_then(|datapoint| self.metric.publish(datapoint));
        let changed = match self.ticks.take() {
            None => self.scaler.evaluate(end_s, datapoint, &mut self.fleet),
            Some(ticks) => self.end_tick(ticks, end_s, is_minute, datapoint),
        };
        if changed {
            self.on_fleet_changed(end_s);
        }
        if is_minute {
            if self.credits.is_some() {
                self.end_credits_minute(end_s);
            }
            self.record();
            if let Some(warm_served) = &mut self.warm_served {
                warm_served.begin();
            }
            self.period += 1;
        }
    }

    /// Returns the datapoint of the period that ends.
    // rule: target-tracking.no-traffic-is-zero
    // rule: asynchronous.no-utilization-without-instances
    // rule: component.no-capacity-failures
    fn datapoint(&mut self) -> Datapoint {
        let each_s = match &mut self.credits {
            None => self.capacity_s / self.plan.service.max_rps,
            Some(credits) => Self::in_service_s(credits, self.counted_s, self.flow.served),
        };
        let each_s = exact::number(each_s);
        let served = match (&mut self.warm_served, &self.queue.on_demand) {
            (Some(warm_served), _) => {
                let served = warm_served.take_minute(&self.flow, &self.queue);
                // Those that have not warmed up do not thin it out, as they would in the mean of all.
                if self.capacity_s > 0.0 {
                    self.write_utilization(served);
                }
                served
            }
            // Without instances this is 0 ÷ 0, NaN: the datapoint is missing.
            (None, None) => self.flow.served * f64::from(PERIOD_S) / each_s,
            (None, Some(on_demand)) => on_demand.minute.each_minute(each_s),
        };
        let arrived = self.flow.invocations_per_instance;
        if self.may_report_nothing && self.capacity_s <= 0.0 {
            return Datapoint::MISSING;
        }
        let datapoint = Datapoint {
            arrived: match self.plan.fleet.hosts {
                None => arrived,
                Some(_) => self.per_copy(arrived),
            },
            served,
            unserved: self.flow.unserved,
            backlog: match &mut self.backlog {
                None => Default::default(),
                Some(backlog) => backlog.publish(),
            },
        };
        let metric = self.plan.first_metric();
        if let Metric::Endpoint(of_endpoint) = metric {
            let value = datapoint.endpoint_value(of_endpoint);
            self.series.write_metric(&metric, self.period, value);
        }
        datapoint
    }

    /// Writes the first policy's metric of the period that ends, where it is a utilisation: it follows from the requests that one
    /// instance has served.
    fn write_utilization(&mut self, served: f64) {
        let metric = self.plan.first_metric();
        if matches!(metric, Metric::Utilization { .. }) {
            let value = metric.of_requests(served);
            self.series.write_metric(&metric, self.period, value);
        }
    }

    /// Returns what copies report of the period that ends; NaN where no copy was in service.
    // rule: component.no-datapoint-without-copies
    #[cold]
    fn per_copy(&self, arrived: f64) -> f64 {
        if self.capacity_s > 0.0 {
            arrived
        } else {
            f64::NAN
        }
    }

    /// Notes that policies have changed the fleet, and does what is due then.
    fn on_fleet_changed(&mut self, at_s: f64) {
        self.note_change(at_s);
        self.handle_events(at_s);
    }

    /// Lets demand flow and counts instance-seconds up to `at_s`. Nothing happens to the fleet before.
    #[inline]
    fn flow_until(&mut self, at_s: f64) {
        if self.backlog.is_some() {
            self.flow_through_backlog(at_s);
        } else if self.failures.is_some() {
            self.flow_with_losses(at_s);
        } else {
            let (queue, flow) = (&mut self.queue, &mut self.flow);
            self.demand.advance_to(at_s, |from, to, seconds| {
                queue.advance(from, to, seconds, flow);
            });
        }
        self.count_until(at_s);
    }

    /// Counts instance-seconds up to `at_s`, before anything happens then.
    fn count_until(&mut self, at_s: f64) {
        let seconds = at_s - self.counted_s;
        self.counted_s = at_s;
        self.totals.instance_s += seconds * f64::from(self.billed_instances);
        self.totals.in_service_s += seconds * f64::from(self.current_fleet.in_service);
        self.capacity_s += seconds * self.queue.capacity_rps();
    }

    /// Does all that is due at `at_s`: instances arrive or leave, scheduled actions fire, forecasts and failures have their
    /// effects.
    // rule: sagemaker.order-within-instant
    #[cold]
    fn handle_events(&mut self, at_s: f64) {
        loop {
            if self.credits.is_some() {
                self.settle_credits(at_s);
            }
            if self.fleet.settle(at_s) {
                if self.failures.is_some() {
                    self.recount_credits(at_s);
                }
                if let Some(warm_served) = &mut self.warm_served {
                    warm_served.count(&self.flow, &self.queue);
                }
                self.queue
                    .set_instances(self.fleet.in_service, &mut self.flow);
                self.note_change(at_s);
            }
            self.scaler.settle(at_s, &self.fleet);
            if self.failures.is_some() {
                self.end_replacements(at_s);
            }
            match self.schedule.as_slice().first() {
                Some(action) if action.at_s <= at_s => {
                    self.schedule.next();
                    self.scaler
                        .fire_scheduled_action(at_s, action, &mut self.fleet);
                    self.note_change(at_s);
                }
                _ if self.fleet.next_s() <= at_s => {}
                next => {
                    let scheduled_s = next.map_or(f64::INFINITY, |action| action.at_s);
                    let forecast_s =
                        (self.forecast_events.as_ref()).map_or(f64::INFINITY, |it| it.next_s());
                    if forecast_s <= at_s {
                        self.on_forecast_event(at_s);
                        continue;
                    }
                    let failure_s =
                        (self.failures.as_ref()).map_or(f64::INFINITY, |it| it.next_s(&self.fleet));
                    if failure_s <= at_s {
                        self.on_failure_event(at_s);
                        continue;
                    }
                    let next_s = scheduled_s.min(self.fleet.next_s()).min(forecast_s);
                    self.next_s = next_s.min(failure_s);
                    return;
                }
            }
        }
    }

    /// Does what is due next because of a forecast.
    fn on_forecast_event(&mut self, at_s: f64) {
        match self
            .forecast_events
            .as_mut()
            .and_then(|events| events.take())
        {
            Some(ForecastEvent::ScaleTo(policy, hour)) => {
                self.scaler
                    .scale_to_forecast(at_s, &policy, &hour, &mut self.fleet);
                self.note_change(at_s);
            }
            Some(ForecastEvent::HourStarts(hour)) => self.scaler.start_hour(&hour),
            None => {}
        }
    }

    /// Notes the fleet as it is from `at_s` on, if it has changed.
    fn note_change(&mut self, at_s: f64) {
        let now = FleetChange {
            at_s,
            desired: self.fleet.desired(),
            in_service: self.fleet.in_service,
            pending: self.fleet.pending,
            min: self.scaler.bounds.min,
            max: self.scaler.bounds.max,
        };
        // A period shows the fleet after everything at its end has happened.
        self.write_fleet(period_of(at_s));
        self.current_fleet = now;
        self.billed_instances = self.fleet.billed();
        match self.changes.last_mut() {
            Some(last) if last.at_s == at_s => *last = now,
            Some(last) if FleetChange { at_s, ..*last } == now => {}
            _ => self.changes.push(now),
        }
    }

    /// Writes the fleet since its last change to the columns, up to a period.
    fn write_fleet(&mut self, until: usize) {
        self.series
            .write_fleet(self.fleet_written, until, &self.current_fleet);
        if self.plan.fleet.hosts.is_some() {
            (self.series).write_instances(self.fleet_written, until, self.billed_instances);
        }
        self.fleet_written = until;
    }

    /// Returns what the run has cost so far, US dollars.
    fn cost_usd(&self) -> f64 {
        let totals = &self.totals;
        cost::of_instance_seconds(totals.instance_s, self.plan.usd_per_hour)
            + totals.requests_usd
            + totals.surplus_usd
    }

    /// Returns the run, once [`Simulation::advance`] has returned `true`. Before that, it returns what the periods gone through
    /// leave behind, in columns of the whole length.
    #[must_use]
    pub fn finish(mut self) -> Run {
        let length_s = self.now_s();
        self.write_fleet(self.written);
        let mut may_be_late = self.totals.served.max(0.0);
        if self.backlog.is_some() {
            self.note_overdue(length_s);
            may_be_late += self.queue.waiting;
        }
        let credits = match self.credits.take() {
            None => None,
            Some(credits) => self.finish_credits(*credits),
        };
        let figures = self.mixture.figures(&self.table);
        self.totals.late += self.mixture.late(&self.table, self.plan.objective.late_s);
        let totals = Totals {
            requests: exact::number(self.totals.requests),
            served: exact::number(self.totals.served),
            failed: exact::number(self.totals.failed),
            on_demand: exact::number(self.totals.on_demand),
            cold_starts: exact::number(self.totals.cold_starts),
            queued_at_end: exact::number(self.queue.waiting),
            late: self.totals.late.clamp(0.0, may_be_late),
            cost_usd: self.cost_usd(),
            mean_ms: figures.mean_ms,
            p50_ms: figures.p50_ms,
            p95_ms: figures.p95_ms,
            p99_ms: figures.p99_ms,
            ..self.totals
        };
        self.changes.retain(|change| change.at_s <= length_s);
        let (activities, alarms) = self.scaler.finish();
        let max_rps = self.plan.service.max_rps;
        (self.series).complete_metric(&self.plan.first_metric(), max_rps);
        if self.plan.service.shared_queue {
            self.series.leave_invocations_out();
        }
        Run {
            period_s: PERIOD_S,
            series: Series {
                alarms,
                ..self.series
            },
            fleet: self.changes,
            activities,
            distress: self.distress,
            credits,
            forecasts: (self.forecast_events.as_mut()).map_or(Vec::new(), |it| it.take_forecasts()),
            losses: (self.failures.as_mut()).map_or(Vec::new(), |it| it.take_losses()),
            totals,
            latency: Latency::new(self.table),
        }
    }
}
