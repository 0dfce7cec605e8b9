//! Failures as events: something fails, the load balancer stops routing to it, health checks notice it, a zone is back.
//!
//! The requests that an instance serves, or that wait for it, fail with it. So do those that are routed to it until the load
//! balancer notices.

use super::Simulation;
use crate::{
    fleet::Fleet,
    plan::{self, Failing, Failure, Plan},
    run::{Loss, PERIOD_S, ReplacementReason},
};
use std::sync::Arc;

/// Instances that failed together and are not replaced yet.
#[derive(Clone, Copy, Debug)]
struct FailedInstances {
    /// How many are left.
    instances: u32,
    /// The index of their loss in the run.
    loss: usize,
    /// Until when requests are routed to them, when they are replaced, and when they serve again by themselves; infinity: never.
    unrouted_s: f64,
    noticed_s: f64,
    back_s: f64,
    reason: ReplacementReason,
}

/// An event that failures lead to.
#[derive(Clone, Copy, Debug)]
enum FailureEvent {
    ZoneBack { is_empty: bool },
    Restored(FailedInstances),
    Unrouted,
    Noticed(FailedInstances),
    LaunchesOverdue,
    Rebalance,
    Fails(Failure),
}

/// The failures of a run, and what they lead to.
#[derive(Clone, Debug)]
pub(super) struct Failures {
    plan: Arc<plan::Health>,
    /// How many failures have happened.
    done: usize,
    failed: Vec<FailedInstances>,
    /// When each failed zone is back, and whether all its instances have been replaced by then.
    zones_back: Vec<(f64, bool)>,
    /// Instances that are still to move to a zone which is back.
    to_move: u32,
    /// Requests that failed instances were serving, and that still count as served.
    in_flight: f64,
    /// An endpoint's replacements: the entry of each activity and how many instances it still waits for; and how many have come
    /// into service.
    replacing: Vec<(usize, u32)>,
    returned: u32,
    /// The activity that gives up overdue launches, and until when the next ones belong to it.
    starting: Option<(usize, f64)>,
    losses: Vec<Loss>,
    /// Whether periods may be calm while nothing is lost.
    may_be_calm: bool,
}

impl Failures {
    /// Returns the failures of a plan; `None` where nothing can fail.
    pub(super) fn of(plan: &Plan) -> Option<Box<Self>> {
        plan.health.as_ref().map(Self::boxed)
    }

    fn boxed(plan: &Arc<plan::Health>) -> Box<Self> {
        Box::new(Self {
            plan: Arc::clone(plan),
            done: 0,
            failed: Vec::new(),
            zones_back: Vec::new(),
            to_move: 0,
            in_flight: 0.0,
            replacing: Vec::new(),
            returned: 0,
            starting: None,
            losses: Vec::new(),
            may_be_calm: false,
        })
    }

    /// Returns when the next event is due.
    pub(super) fn next_s(&self, fleet: &Fleet) -> f64 {
        if self.to_move > 0 && fleet.is_not_rebalancing() {
            return f64::NEG_INFINITY;
        }
        let fails = self.plan.failures.get(self.done).map(|it| it.at_s);
        let lost = self.failed.iter().map(FailedInstances::next_s);
        let back = self.zones_back.iter().map(|(at_s, _)| *at_s);
        (fails.into_iter().chain(lost).chain(back)).fold(fleet.given_up_s(), f64::min)
    }

    /// Takes the next event that is due: recoveries before failures.
    fn take_due(&mut self, now_s: f64, fleet: &Fleet) -> Option<FailureEvent> {
        let due = |at_s: f64| at_s <= now_s;
        if let Some(at) = self.failed.iter().position(|lost| due(lost.back_s)) {
            return Some(FailureEvent::Restored(self.failed.remove(at)));
        }
        if let Some(at) = self.zones_back.iter().position(|(at_s, _)| due(*at_s)) {
            let (_, is_empty) = self.zones_back.remove(at);
            return Some(FailureEvent::ZoneBack { is_empty });
        }
        if let Some(lost) = self.failed.iter_mut().find(|lost| due(lost.unrouted_s)) {
            lost.unrouted_s = f64::INFINITY;
            return Some(FailureEvent::Unrouted);
        }
        if let Some(at) = self.failed.iter().position(|lost| due(lost.noticed_s)) {
            return Some(FailureEvent::Noticed(self.failed.remove(at)));
        }
        if due(fleet.given_up_s()) {
            return Some(FailureEvent::LaunchesOverdue);
        }
        if self.to_move > 0 && fleet.is_not_rebalancing() {
            return Some(FailureEvent::Rebalance);
        }
        let failure = self.plan.failures.get(self.done).copied();
        let failure = failure.filter(|failure| due(failure.at_s))?;
        self.done += 1;
        Some(FailureEvent::Fails(failure))
    }

    /// Returns the number of zones that are available.
    fn zones(&self) -> u32 {
        (self.plan.zones).saturating_sub(self.zones_back.len() as u32)
    }

    /// Returns the share of requests that is routed to failed instances, beside `in_service` instances that serve.
    // rule: health.routed-share
    fn share_lost(&self, in_service: u32) -> f64 {
        let routed = self.failed.iter().filter(|lost| lost.is_routed());
        let routed: u32 = routed.map(|lost| lost.instances).sum();
        if routed == 0 {
            return 0.0;
        }
        f64::from(routed) / (f64::from(routed) + f64::from(in_service))
    }

    /// Forgets failed instances that a scale-in has removed, the oldest first.
    fn forget_removed(&mut self, fleet: &Fleet) {
        let all: u32 = self.failed.iter().map(|lost| lost.instances).sum();
        let mut gone = all.saturating_sub(fleet.failed);
        for lost in &mut self.failed {
            let taken = gone.min(lost.instances);
            lost.instances -= taken;
            gone -= taken;
        }
        self.failed.retain(|lost| lost.instances > 0);
    }

    /// Takes the losses out, once the run is over.
    pub(super) fn take_losses(&mut self) -> Vec<Loss> {
        std::mem::take(&mut self.losses)
    }
}

impl FailedInstances {
    fn next_s(&self) -> f64 {
        self.unrouted_s.min(self.noticed_s).min(self.back_s)
    }

    fn is_routed(&self) -> bool {
        self.unrouted_s < f64::INFINITY
    }
}

/// Returns when the group, which checks once a minute (assumed), notices what a health check finds.
fn noticed_s(found_s: f64) -> f64 {
    let period_s = f64::from(PERIOD_S);
    (found_s / period_s).ceil() * period_s
}

impl Simulation<'_> {
    /// Prepares the fleet for failures.
    pub(super) fn prepare_failures(&mut self) {
        if let Some(failures) = &mut self.failures {
            self.fleet.may_fail(failures.plan.start_within_s);
            failures.may_be_calm = self.may_be_calm;
        }
    }

    /// Does what is due next because of failures.
    // rule: health.checks-notice
    #[cold]
    pub(super) fn on_failure_event(&mut self, now_s: f64) {
        let Some(mut failures) = self.failures.take() else {
            return;
        };
        failures.forget_removed(&self.fleet);
        match failures.take_due(now_s, &self.fleet) {
            None | Some(FailureEvent::Unrouted) => {}
            Some(FailureEvent::Fails(failure)) => self.on_failure(&mut failures, now_s, failure),
            Some(FailureEvent::Restored(lost)) => {
                self.fleet.restore(lost.instances);
                if let Some(loss) = failures.losses.get_mut(lost.loss) {
                    loss.unrouted_s = loss.unrouted_s.min(now_s);
                    loss.noticed_s = f64::INFINITY;
                }
                self.on_instances_changed(now_s);
            }
            Some(FailureEvent::Noticed(lost)) => {
                let (instances, reason) = (lost.instances, lost.reason);
                let entry = (self.scaler).replace(now_s, instances, reason, &mut self.fleet);
                failures.replacing.push((entry, instances));
            }
            Some(FailureEvent::LaunchesOverdue) => {
                let again = failures.starting.filter(|(_, until_s)| now_s <= *until_s);
                let again = again.map(|(entry, _)| entry);
                let entry = self.scaler.relaunch_overdue(now_s, again, &mut self.fleet);
                // The next launches are given up as long after these as these were after the last ones.
                let next_s = self.fleet.given_up_s() + f64::from(PERIOD_S);
                failures.starting = entry.map(|entry| (entry, next_s));
            }
            Some(FailureEvent::ZoneBack { is_empty }) => {
                if is_empty && failures.plan.rebalances && failures.zones() > 1 {
                    failures.to_move += self.fleet.desired() / failures.zones();
                }
            }
            Some(FailureEvent::Rebalance) => self.move_instances(&mut failures, now_s),
        }
        let is_losing = failures.failed.iter().any(FailedInstances::is_routed);
        if !is_losing {
            failures.in_flight = 0.0;
        }
        self.may_be_calm = failures.may_be_calm && !is_losing;
        self.failures = Some(failures);
        self.note_change(now_s);
    }

    /// Ends an endpoint's replacements whose last instance has come into service or is given up.
    #[cold]
    pub(super) fn end_replacements(&mut self, now_s: f64) {
        let Some(failures) = &mut self.failures else {
            return;
        };
        let (launching, returned) = self.fleet.replacements();
        // The first come first, the last are given up first.
        let mut came = returned - std::mem::replace(&mut failures.returned, returned);
        let mut left = launching;
        for (entry, instances) in &mut failures.replacing {
            let in_service = came.min(*instances);
            came -= in_service;
            *instances = (*instances - in_service).min(left);
            left -= *instances;
            if *instances == 0 {
                self.scaler.end_replacement(now_s, *entry);
            }
        }
        failures.replacing.retain(|(_, instances)| *instances > 0);
    }

    // rule: health.status-checks
    // rule: health.zone-failure
    fn on_failure(&mut self, failures: &mut Failures, now_s: f64, failure: Failure) {
        let (serving, plan) = (self.fleet.in_service, Arc::clone(&failures.plan));
        let zones = failures.zones();
        let (instances, back_s) = match failure.what {
            Failing::Instances(n) | Failing::Applications(n) => (n.min(serving), f64::INFINITY),
            Failing::Zone { for_s } if zones > 0 => (serving.div_ceil(zones), failure.at_s + for_s),
            // No zone is left to fail.
            Failing::Zone { .. } => return,
        };
        let by_status = match failure.what {
            Failing::Applications(_) => f64::INFINITY,
            _ => plan.status_check_s,
        };
        let by_balancer = plan.load_balancer_s.unwrap_or(f64::INFINITY);
        let found_s = failure.at_s + by_status.min(by_balancer);
        let noticed_s = noticed_s(found_s);
        let serves_again = back_s <= noticed_s;
        if back_s.is_finite() {
            failures.zones_back.push((back_s, !serves_again));
        }
        let lost = FailedInstances {
            instances,
            loss: failures.losses.len(),
            unrouted_s: failure.at_s + plan.unrouted_s,
            noticed_s,
            back_s: if serves_again { back_s } else { f64::INFINITY },
            reason: if by_balancer < by_status {
                ReplacementReason::LoadBalancer
            } else {
                ReplacementReason::StatusCheck
            },
        };
        failures.losses.push(Loss {
            at_s: failure.at_s,
            index: failure.index,
            what: failure.what,
            instances,
            of: serving,
            unrouted_s: lost.unrouted_s.min(noticed_s),
            noticed_s,
        });
        if instances > 0 {
            let share = f64::from(instances) / f64::from(serving);
            self.demand.skip_to(self.counted_s);
            let kept = 1.0 - failures.share_lost(serving);
            let rps = self.queue.served_rps(self.demand.rps() * kept);
            failures.in_flight += rps * self.plan.service.mean_service_s() * share;
            self.queue.lose(share, &mut self.flow);
            let instances = self.fleet.fail(instances);
            failures.failed.push(FailedInstances { instances, ..lost });
        }
        if back_s.is_finite() {
            let back = failures.zones_back.iter().map(|(at_s, _)| *at_s);
            let no_zone_until_s = match failures.zones() {
                0 => back.fold(f64::INFINITY, f64::min),
                _ => 0.0,
            };
            (self.fleet).launch_elsewhere(now_s, zones, no_zone_until_s);
        }
        self.on_instances_changed(now_s);
    }

    /// Adapts everything to instances in service that have changed without a decision.
    fn on_instances_changed(&mut self, now_s: f64) {
        if let Some(warm_served) = &mut self.warm_served {
            warm_served.count(&self.flow, &self.queue);
        }
        self.recount_credits(now_s);
        self.queue
            .set_instances(self.fleet.in_service, &mut self.flow);
        self.scaler.instances_changed(now_s, &self.fleet);
    }

    /// Moves instances to a zone that is back: at a time as many as may exceed MaxCapacity, a tenth of it or one (Amazon EC2 Auto
    /// Scaling user guide, "Auto Scaling benefits for application architecture", rebalancing activities).
    // rule: health.rebalancing
    fn move_instances(&mut self, failures: &mut Failures, now_s: f64) {
        let max = self.scaler.bounds.max;
        let room = (max + (max / 10).max(1)).saturating_sub(self.fleet.desired());
        let instances = failures.to_move.min(room.max(1));
        failures.to_move -= instances;
        self.scaler.rebalance(now_s, instances, &mut self.fleet);
    }

    /// Lets demand flow up to `at_s`, part of it to failed instances.
    // rule: health.requests-to-failed
    #[cold]
    pub(super) fn flow_with_losses(&mut self, at_s: f64) {
        let Some(failures) = &mut self.failures else {
            return;
        };
        // Failed instances that have been removed get no requests.
        failures.forget_removed(&self.fleet);
        let share = failures.share_lost(self.fleet.in_service);
        if share <= 0.0 {
            failures.in_flight = 0.0;
        }
        let (queue, flow) = (&mut self.queue, &mut self.flow);
        self.demand.advance_to(at_s, |from, to, seconds| {
            let (served, kept) = (flow.served, 1.0 - share);
            queue.advance(from * kept, to * kept, seconds, flow);
            if share > 0.0 {
                let failed = 0.5 * (from + to) * seconds * share;
                flow.arrived += failed;
                flow.failed += failed;
            }
            let in_flight = failures.in_flight.min(flow.served - served);
            failures.in_flight -= in_flight;
            flow.served -= in_flight;
            flow.failed += in_flight;
        });
    }
}
