//! What is simulated: one variant with its arrivals, its traffic, its fleet, its scaler, its metrics and what it leaves behind. When
//! something happens to it is decided by the loop and by actors.

use super::{
    met,
    metrics::MinuteMetrics,
    observers::{self, Observed, Observer},
    retries::Retries,
    ticks::Ticks,
};
use crate::{
    cloudwatch::metric::DelayedMetric,
    cost,
    demand::Cursor,
    exact,
    fleet::{Counts, Fleet, FleetEvent},
    flow::Flow,
    latency::{BuildUp, Latency, Table, mixture::Mixture},
    plan::Plan,
    run::{CreditSums, Distress, FleetChange, PERIOD_S, Run, Series, Totals, period_of},
    scaling::Scaler,
    service::{Backlog, Queue},
};
use std::sync::Arc;

/// One variant.
pub(super) struct Target<'a> {
    pub plan: &'a Plan,
    pub demand: Cursor<'a>,
    pub queue: Queue,
    /// Of an asynchronous endpoint.
    pub backlog: Option<Box<Backlog<'a>>>,
    pub flow: Flow,
    /// Requests that failed instances were serving, and that still count as served.
    pub in_flight_lost: f64,
    /// Requests that come again, and how many attempts a second came in each period.
    pub retries: Option<Box<Retries>>,
    pub attempts_rps: Vec<f32>,
    pub fleet: Fleet,
    pub scaler: Scaler,
    pub metric: DelayedMetric,
    /// Whether there may be no instance in service, and so no datapoint.
    pub may_report_nothing: bool,
    /// Ticks of ten seconds, where a policy looks at a high-resolution metric.
    pub ticks: Option<Box<Ticks>>,
    /// Who is told of instances and of minutes, what they find, and what they are told of: empty, but for its memory.
    pub observers: Vec<Box<dyn Observer>>,
    pub observed: Observed,
    pub events: Vec<FleetEvent>,
    /// The sums of CPU credits, once the run is over.
    pub credits: Option<CreditSums>,
    pub table: Arc<Table>,
    pub mixture: Mixture,
    /// The random wait as it builds up, and the grid point of the table from which on more requests are late than the objective
    /// allows.
    pub build_up: BuildUp,
    pub late_from: u32,
    /// The fleet since its last change.
    pub current_fleet: FleetChange,
    /// Instances that cost, since then.
    pub billed_instances: u32,
    /// Up to when instances have been counted.
    pub counted_s: f64,
    pub capacity_s: f64,
    pub totals: Totals,
    pub series: Series,
    /// Periods gone through.
    pub period: usize,
    /// Periods written to the columns (calm ones are written later, together), and how far the fleet's columns are written.
    pub written: usize,
    fleet_written: usize,
    changes: Vec<FleetChange>,
    pub distress: Vec<Distress>,
}

impl<'a> Target<'a> {
    /// Returns it as the run begins. It reuses the memory of `recycled`, an earlier run.
    pub(super) fn new(plan: &'a Plan, recycled: Run) -> Self {
        let periods = periods_of(plan);
        let bounds = plan.scalable_target;
        let wanted = plan.fleet.initial.min(bounds.max).max(bounds.min);
        let instances = wanted.min(plan.most_at_start());
        // Fewer copies may be in service: those that instances have room for.
        let mut fleet = Fleet::new(&plan.fleet, &plan.resource, plan.seed, instances);
        let start_within_s = plan.resource.health().and_then(|it| it.start_within_s);
        let observers = observers::of(plan, instances);
        if let Fleet::Instances(instances) = &mut fleet {
            if let Some(seconds) = start_within_s {
                instances.must_start_within(seconds);
            }
            if observers.iter().any(|observer| observer.needs_events()) {
                instances.note_events();
            }
        }
        let Counts {
            in_service,
            pending,
            ..
        } = fleet.counts();
        let table = recycled.latency.table(&plan.service);
        let allowed = met::allowed(plan.objective.availability);
        let late_from = table.late_from(plan.objective.late_s, allowed);
        let mut target = Self {
            plan,
            demand: Cursor::new(plan.demand.nodes()),
            queue: Queue::new(
                plan.service,
                &plan.resource,
                plan.objective.late_s,
                in_service,
            ),
            backlog: Backlog::of(plan),
            flow: Flow::default(),
            in_flight_lost: 0.0,
            retries: Retries::of(plan),
            attempts_rps: Vec::new(),
            fleet,
            scaler: Scaler::new(plan, periods, recycled.activities),
            metric: DelayedMetric::new(
                plan.assumptions.metric_delay_s,
                plan.looks_beyond_arrivals()
                    || plan.resource.hosts().is_some()
                    || plan.may_report_nothing()
                    || plan.missing_metric.is_some(),
            ),
            may_report_nothing: plan.may_report_nothing(),
            ticks: Ticks::new(plan),
            observers,
            observed: Observed::NOTHING,
            events: Vec::with_capacity(8),
            credits: None,
            table,
            mixture: Mixture::new(),
            build_up: BuildUp::default(),
            late_from,
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
            period: 0,
            written: 0,
            fleet_written: 0,
            changes: Vec::with_capacity(periods / 16),
            distress: Vec::new(),
        };
        target.tell(|observer, target| observer.begin(periods, target));
        target.note_change(0.0);
        target
    }

    /// Returns whether there may be periods in which nothing but demand happens.
    pub(super) fn allows_calm(&self) -> bool {
        self.ticks.is_none()
            && self.queue.on_demand.is_none()
            && self.observers.iter().all(|observer| observer.allows_calm())
    }

    /// Returns whether no request waits, and an instance is in service.
    #[inline]
    pub(super) fn is_quiet(&self) -> bool {
        self.queue.waiting <= 0.0
            && self.current_fleet.in_service > 0
            && (self.retries.as_ref()).is_none_or(|retries| retries.are_none())
    }

    /// Returns up to when the run has been gone through: the end of a period.
    pub(super) fn now_s(&self) -> f64 {
        self.period as f64 * f64::from(PERIOD_S)
    }

    /// Returns when the period that the run has come to ends, or the next tick of it, and whether it is the period.
    pub(super) fn next_end(&self) -> (f64, bool) {
        let minute_s = self.now_s() + f64::from(PERIOD_S);
        let end_s = (self.ticks.as_ref()).map_or(minute_s, |ticks| ticks.next_s(self.now_s()));
        (end_s, end_s == minute_s)
    }

    /// Brings instances that are due by `at_s` into service or takes them away, and tells everybody who needs to know.
    pub(super) fn settle(&mut self, at_s: f64) {
        let settled = self.fleet.settle(at_s);
        if settled.changed {
            self.on_instances_changed();
            self.note_change(at_s);
        }
        self.scaler.settle(at_s, &self.fleet, settled);
    }

    /// Adapts all that depends on the instances in service.
    pub(super) fn on_instances_changed(&mut self) {
        self.tell_of_instances();
        self.queue
            .set_instances(self.fleet.in_service(), &mut self.flow);
    }

    /// Ends a period, or a tick of one: its metrics are published, alarms evaluated, policies asked. Returns whether capacity has
    /// changed, and what the period leaves for metrics, if it has ended.
    pub(super) fn end_period(
        &mut self,
        end_s: f64,
        is_minute: bool,
    ) -> (bool, Option<MinuteMetrics>) {
        if is_minute {
            self.flow.settle(self.queue.shared_by());
        }
        let mut minute = is_minute.then(|| self.metrics_of_minute());
        let visible = minute.and_then(|minute| {
            let datapoint = self.published(end_s, minute.datapoint);
            self.metric.publish(datapoint)
        });
        let Some(ticks) = self.ticks.take() else {
            let changed = self.scaler.evaluate(end_s, visible, &mut self.fleet);
            return (changed, minute);
        };
        let (changed, in_flight) = self.end_tick(ticks, end_s, is_minute, visible);
        if let Some(minute) = &mut minute {
            minute.in_flight = in_flight;
        }
        (changed, minute)
    }

    /// Records a period that has ended.
    pub(super) fn record_period(&mut self, end_s: f64, minute: &MinuteMetrics) {
        self.write_metric(minute);
        self.tell(|observer, target| observer.after_minute(end_s, target));
        self.record();
        self.period += 1;
    }

    /// Lets demand flow and counts instance-seconds up to `at_s`. Nothing happens to the fleet before.
    #[inline]
    pub(super) fn flow_until(&mut self, at_s: f64) {
        if self.backlog.is_some() {
            self.flow_through_backlog(at_s);
        } else if self.retries.is_some() {
            self.flow_with_retries(at_s);
        } else if self.plan.resource.health().is_some() {
            self.flow_with_losses(at_s, 0.0);
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
        self.tell(|observer, target| observer.on_seconds(seconds, target));
    }

    /// Notes the fleet as it is from `at_s` on, if it has changed.
    pub(super) fn note_change(&mut self, at_s: f64) {
        let counts = self.fleet.counts();
        let now = FleetChange {
            at_s,
            desired: self.fleet.desired(),
            in_service: counts.in_service,
            pending: counts.pending,
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
        if self.plan.resource.hosts().is_some() {
            (self.series).write_instances(self.fleet_written, until, self.billed_instances);
        }
        self.fleet_written = until;
    }

    /// Returns what the run has cost so far, US dollars.
    pub(super) fn cost_usd(&self) -> f64 {
        let totals = &self.totals;
        cost::of_instance_seconds(totals.instance_s, self.plan.usd_per_hour)
            + totals.requests_usd
            + totals.surplus_usd
    }

    /// Returns what the periods gone through leave behind, in columns of the whole length.
    pub(super) fn finish(mut self) -> Run {
        let length_s = self.now_s();
        self.write_fleet(self.written);
        let mut may_be_late = self.totals.served.max(0.0);
        if self.backlog.is_some() {
            self.note_overdue(length_s);
            may_be_late += self.queue.waiting;
        }
        for observer in core::mem::take(&mut self.observers) {
            observer.finish(&mut self);
        }
        let attempts_rps = core::mem::take(&mut self.attempts_rps);
        let retried = (self.retries.take())
            .map(|retries| retries.finish(attempts_rps, &self.series.demand_rps, &self.totals));
        let figures = self.mixture.figures(&self.table);
        self.totals.late += self.mixture.late(&self.table, self.plan.objective.late_s);
        let totals = Totals {
            requests: exact::number(self.totals.requests),
            served: exact::number(self.totals.served),
            failed: exact::number(self.totals.failed),
            on_demand: exact::number(self.totals.on_demand),
            cold_starts: exact::number(self.totals.cold_starts),
            queued_at_end: exact::number(
                retried.as_ref().map_or(self.queue.waiting, |it| it.waiting),
            ),
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
        if self.plan.resource.has_shared_queue() {
            self.series.leave_invocations_out();
        }
        if let Some(missing) = &self.plan.missing_metric {
            (self.series).leave_missing_out(missing, &self.plan.first_metric());
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
            credits: self.credits,
            forecasts: Vec::new(),
            losses: Vec::new(),
            retried,
            totals,
            latency: Latency::new(self.table),
        }
    }
}

/// Returns the number of periods of a run.
pub(super) fn periods_of(plan: &Plan) -> usize {
    (plan.length_s / PERIOD_S) as usize
}
