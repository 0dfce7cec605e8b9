//! Failures as events: something fails, the load balancer stops routing to it, health checks notice it, a zone is back.
//!
//! The requests that an instance serves, or that wait for it, fail with it. So do those that are routed to it until the load
//! balancer notices.

use super::{actors::Actor, target::Target};
use crate::{
    fleet::{Fleet, Instances},
    plan::{self, Failing, Failure, Plan},
    run::{Loss, PERIOD_S, ReplacementReason, Run},
};
use std::sync::Arc;

/// What will happen to the instances of a loss that are not replaced yet.
#[derive(Clone, Copy, Debug)]
struct FailedInstances {
    /// The index of their loss in the run.
    loss: usize,
    /// Until when requests are routed to them, when they are replaced, and when they serve again by themselves; infinity: never.
    unrouted_s: f64,
    noticed_s: f64,
    back_s: f64,
    /// Why they are replaced.
    reason: ReplacementReason,
    /// Whether all of them have been removed by policies or schedules.
    are_removed: bool,
}

impl FailedInstances {
    fn next_s(&self) -> f64 {
        self.unrouted_s.min(self.noticed_s).min(self.back_s)
    }
}

/// An event that failures lead to.
#[derive(Clone, Copy, Debug)]
enum FailureEvent {
    ZoneBack { is_empty: bool },
    Restored(FailedInstances),
    Unrouted { loss: usize },
    Noticed(FailedInstances),
    LaunchesOverdue,
    Rebalance,
    Fails(Failure),
}

/// The failures of a run, and what they lead to.
#[derive(Clone, Debug)]
struct Failures {
    plan: Arc<plan::Health>,
    /// How many failures have happened.
    done: usize,
    /// What will happen to instances that have failed, the oldest failure first.
    failed: Vec<FailedInstances>,
    /// When it was last told of instances that have come or gone.
    settled_s: f64,
    /// When each failed zone is back, and whether all its instances have been replaced by then.
    zones_back: Vec<(f64, bool)>,
    /// Instances that are still to move to a zone which is back.
    to_move: u32,
    /// The activity that gives up overdue launches, and until when the next ones belong to it.
    starting: Option<(usize, f64)>,
    losses: Vec<Loss>,
    /// Whether requests were routed to failed instances after the last event.
    is_losing: bool,
}

/// Returns the failures of a plan; `None` where nothing can fail.
pub(super) fn of(plan: &Plan) -> Option<Box<dyn Actor>> {
    let health = plan.resource.health()?;
    Some(Box::new(Failures::new(health)))
}

impl Failures {
    fn new(plan: &Arc<plan::Health>) -> Self {
        Self {
            plan: Arc::clone(plan),
            done: 0,
            failed: Vec::new(),
            settled_s: f64::NEG_INFINITY,
            zones_back: Vec::new(),
            to_move: 0,
            starting: None,
            losses: Vec::new(),
            is_losing: false,
        }
    }

    /// Takes the next event that is due: recoveries before failures.
    fn take_due(&mut self, now_s: f64, instances: &Instances) -> Option<FailureEvent> {
        let due = |at_s: f64| at_s <= now_s;
        if let Some(at) = self.failed.iter().position(|failed| due(failed.back_s)) {
            return Some(FailureEvent::Restored(self.failed.remove(at)));
        }
        if let Some(at) = self.zones_back.iter().position(|(at_s, _)| due(*at_s)) {
            let (_, is_empty) = self.zones_back.remove(at);
            return Some(FailureEvent::ZoneBack { is_empty });
        }
        let mut failed = self.failed.iter_mut();
        if let Some(found) = failed.find(|failed| due(failed.unrouted_s)) {
            found.unrouted_s = f64::INFINITY;
            return Some(FailureEvent::Unrouted { loss: found.loss });
        }
        if let Some(at) = self.failed.iter().position(|failed| due(failed.noticed_s)) {
            return Some(FailureEvent::Noticed(self.failed.remove(at)));
        }
        if due(instances.given_up_s()) {
            return Some(FailureEvent::LaunchesOverdue);
        }
        if self.may_move(instances) {
            return Some(FailureEvent::Rebalance);
        }
        let failure = self.plan.failures.get(self.done).copied();
        let failure = failure.filter(|failure| due(failure.at_s))?;
        self.done += 1;
        Some(FailureEvent::Fails(failure))
    }

    /// Returns whether instances are to move to a zone that is back, and may: none is moving, and one can be launched.
    // rule: capacity.rebalancing
    fn may_move(&self, instances: &Instances) -> bool {
        self.to_move > 0 && instances.is_not_rebalancing() && instances.launchable(1) > 0
    }

    /// Returns the number of zones that are available.
    fn zones(&self) -> u32 {
        (self.plan.zones).saturating_sub(self.zones_back.len() as u32)
    }

    // rule: health.status-checks
    // rule: health.zone-failure
    fn on_failure(&mut self, now_s: f64, failure: Failure, target: &mut Target<'_>) {
        let (serving, plan) = (target.fleet.in_service(), Arc::clone(&self.plan));
        let zones = self.zones();
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
            self.zones_back.push((back_s, !serves_again));
        }
        let lost = FailedInstances {
            loss: self.losses.len(),
            unrouted_s: failure.at_s + plan.unrouted_s,
            noticed_s,
            back_s: if serves_again { back_s } else { f64::INFINITY },
            reason: if by_balancer < by_status {
                ReplacementReason::LoadBalancer
            } else {
                ReplacementReason::StatusCheck
            },
            are_removed: false,
        };
        self.losses.push(Loss {
            at_s: failure.at_s,
            index: failure.index,
            what: failure.what,
            instances,
            of: serving,
            unrouted_s: lost.unrouted_s.min(noticed_s),
            noticed_s,
        });
        if instances > 0 {
            target.lose(f64::from(instances) / f64::from(serving));
            if let Some(fleet) = target.fleet.instances_mut() {
                fleet.fail(instances, lost.loss);
            }
            self.failed.push(lost);
        }
        if back_s.is_finite() {
            let back = self.zones_back.iter().map(|(at_s, _)| *at_s);
            let no_zone_until_s = match self.zones() {
                0 => back.fold(f64::INFINITY, f64::min),
                _ => 0.0,
            };
            let left = self.zones();
            if let Some(fleet) = target.fleet.instances_mut() {
                fleet.set_zones(left);
                fleet.launch_elsewhere(now_s, zones, no_zone_until_s);
            }
        }
        target.on_instances_lost(now_s);
    }

    /// Notes how many instances are to move to a zone that is back and has none.
    fn on_zone_back(&mut self, is_empty: bool, desired: u32) {
        if is_empty && self.plan.rebalances && self.zones() > 1 {
            self.to_move += desired / self.zones();
        }
    }

    /// Moves instances to a zone that is back: at a time as many as may exceed MaxCapacity, a tenth of it or one (Amazon EC2 Auto
    /// Scaling user guide, "Auto Scaling benefits for application architecture", rebalancing activities).
    // rule: health.rebalancing
    fn move_instances(&mut self, now_s: f64, target: &mut Target<'_>) {
        let max = target.scaler.bounds.max;
        let room = (max + (max / 10).max(1)).saturating_sub(target.fleet.desired());
        let instances = self.to_move.min(room.max(1));
        let launchable = |fleet: &Instances| fleet.launchable(instances);
        let instances = target.fleet.instances().map_or(0, launchable);
        self.to_move -= instances;
        target.scaler.rebalance(now_s, instances, &mut target.fleet);
    }
}

/// Returns when the group, which checks once a minute (assumed), notices what a health check finds.
fn noticed_s(found_s: f64) -> f64 {
    let period_s = f64::from(PERIOD_S);
    (found_s / period_s).ceil() * period_s
}

impl Actor for Failures {
    fn next_s(&self, target: &Target<'_>) -> f64 {
        let Fleet::Instances(instances) = &target.fleet else {
            return f64::INFINITY;
        };
        if self.may_move(instances) {
            return f64::NEG_INFINITY;
        }
        let fails = self.plan.failures.get(self.done).map(|it| it.at_s);
        let back = self.zones_back.iter().map(|(at_s, _)| *at_s);
        let failed = self.failed.iter().map(FailedInstances::next_s);
        let next = fails.into_iter().chain(back).chain(failed);
        next.fold(instances.given_up_s(), f64::min)
    }

    // rule: health.checks-notice
    #[cold]
    fn act(&mut self, now_s: f64, target: &mut Target<'_>) {
        let Fleet::Instances(instances) = &mut target.fleet else {
            return;
        };
        // Those that have been removed are not replaced.
        (self.failed).retain(|failed| instances.failed_in(failed.loss) > 0);
        match self.take_due(now_s, instances) {
            None => {}
            Some(FailureEvent::Unrouted { loss }) => instances.stop_routing(loss),
            Some(FailureEvent::Fails(failure)) => self.on_failure(now_s, failure, target),
            Some(FailureEvent::Restored(failed)) => {
                instances.restore(now_s, failed.loss);
                if let Some(loss) = self.losses.get_mut(failed.loss) {
                    loss.unrouted_s = loss.unrouted_s.min(now_s);
                    loss.noticed_s = f64::INFINITY;
                }
                target.on_instances_lost(now_s);
            }
            Some(FailureEvent::Noticed(failed)) => {
                let lost = (failed.loss, failed.reason);
                target.scaler.replace(now_s, lost, &mut target.fleet);
            }
            Some(FailureEvent::LaunchesOverdue) => {
                let again = self.starting.filter(|(_, until_s)| now_s <= *until_s);
                let again = again.map(|(entry, _)| entry);
                let entry = (target.scaler).relaunch_overdue(now_s, again, &mut target.fleet);
                // The next launches are given up as long after these as these were after the last ones.
                let given_up_s =
                    (target.fleet.instances()).map_or(f64::INFINITY, |it| it.given_up_s());
                let next_s = given_up_s + f64::from(PERIOD_S);
                self.starting = entry.map(|entry| (entry, next_s));
            }
            Some(FailureEvent::ZoneBack { is_empty }) => {
                instances.set_zones(self.zones());
                self.on_zone_back(is_empty, target.fleet.desired());
            }
            Some(FailureEvent::Rebalance) => self.move_instances(now_s, target),
        }
        self.is_losing = (target.fleet.instances()).is_some_and(|it| it.is_losing());
        if !self.is_losing {
            target.in_flight_lost = 0.0;
        }
    }

    /// Forgets instances that had been removed when it was last told.
    #[cold]
    fn on_settled(&mut self, now_s: f64, target: &mut Target<'_>) {
        let Fleet::Instances(instances) = &target.fleet else {
            return;
        };
        if now_s > self.settled_s {
            self.failed.retain(|failed| !failed.are_removed);
        }
        self.settled_s = now_s;
        for failed in &mut self.failed {
            failed.are_removed = instances.failed_in(failed.loss) == 0;
        }
    }

    fn allows_calm(&self) -> bool {
        !self.is_losing
    }

    fn finish(self: Box<Self>, run: &mut Run) {
        run.losses = self.losses;
    }
}
