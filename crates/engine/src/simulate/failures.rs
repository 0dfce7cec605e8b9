//! Failures as events: something fails, the load balancer stops routing to it, health checks notice it, a zone is back.
//!
//! The requests that an instance serves, or that wait for it, fail with it. So do those that are routed to it until the load
//! balancer notices.

use super::{actors::Actor, target::Target};
use crate::{
    fleet::{FailedInstances, Fleet},
    plan::{self, Failing, Failure, Plan},
    run::{Loss, PERIOD_S, ReplacementReason, Run},
};
use std::{mem, sync::Arc};

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
struct Failures {
    plan: Arc<plan::Health>,
    /// How many failures have happened.
    done: usize,
    /// When each failed zone is back, and whether all its instances have been replaced by then.
    zones_back: Vec<(f64, bool)>,
    /// Instances that are still to move to a zone which is back.
    to_move: u32,
    /// An endpoint's replacements: the entry of each activity and how many instances it still waits for; and how many have come
    /// into service.
    replacing: Vec<(usize, u32)>,
    returned: u32,
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
            zones_back: Vec::new(),
            to_move: 0,
            replacing: Vec::new(),
            returned: 0,
            starting: None,
            losses: Vec::new(),
            is_losing: false,
        }
    }

    /// Takes the next event that is due: recoveries before failures.
    fn take_due(&mut self, now_s: f64, fleet: &mut Fleet) -> Option<FailureEvent> {
        let due = |at_s: f64| at_s <= now_s;
        if let Some(failed) = fleet.take_restored(now_s) {
            return Some(FailureEvent::Restored(failed));
        }
        if let Some(at) = self.zones_back.iter().position(|(at_s, _)| due(*at_s)) {
            let (_, is_empty) = self.zones_back.remove(at);
            return Some(FailureEvent::ZoneBack { is_empty });
        }
        if fleet.stop_routing(now_s) {
            return Some(FailureEvent::Unrouted);
        }
        if let Some(failed) = fleet.take_noticed(now_s) {
            return Some(FailureEvent::Noticed(failed));
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

    // rule: health.status-checks
    // rule: health.zone-failure
    fn on_failure(&mut self, now_s: f64, failure: Failure, target: &mut Target<'_>) {
        let (serving, plan) = (target.fleet.in_service, Arc::clone(&self.plan));
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
            instances,
            loss: self.losses.len(),
            unrouted_s: failure.at_s + plan.unrouted_s,
            noticed_s,
            back_s: if serves_again { back_s } else { f64::INFINITY },
            reason: if by_balancer < by_status {
                ReplacementReason::LoadBalancer
            } else {
                ReplacementReason::StatusCheck
            },
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
            target.fleet.fail(lost);
        }
        if back_s.is_finite() {
            let back = self.zones_back.iter().map(|(at_s, _)| *at_s);
            let no_zone_until_s = match self.zones() {
                0 => back.fold(f64::INFINITY, f64::min),
                _ => 0.0,
            };
            (target.fleet).launch_elsewhere(now_s, zones, no_zone_until_s);
        }
        target.on_instances_lost(now_s);
    }

    /// Moves instances to a zone that is back: at a time as many as may exceed MaxCapacity, a tenth of it or one (Amazon EC2 Auto
    /// Scaling user guide, "Auto Scaling benefits for application architecture", rebalancing activities).
    // rule: health.rebalancing
    fn move_instances(&mut self, now_s: f64, target: &mut Target<'_>) {
        let max = target.scaler.bounds.max;
        let room = (max + (max / 10).max(1)).saturating_sub(target.fleet.desired());
        let instances = self.to_move.min(room.max(1));
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
        let fleet = &target.fleet;
        if self.to_move > 0 && fleet.is_not_rebalancing() {
            return f64::NEG_INFINITY;
        }
        let fails = self.plan.failures.get(self.done).map(|it| it.at_s);
        let back = self.zones_back.iter().map(|(at_s, _)| *at_s);
        let next_s = fails
            .into_iter()
            .chain(back)
            .fold(fleet.failed_next_s(), f64::min);
        next_s.min(fleet.given_up_s())
    }

    // rule: health.checks-notice
    #[cold]
    fn act(&mut self, now_s: f64, target: &mut Target<'_>) {
        target.fleet.forget_removed();
        match self.take_due(now_s, &mut target.fleet) {
            None | Some(FailureEvent::Unrouted) => {}
            Some(FailureEvent::Fails(failure)) => self.on_failure(now_s, failure, target),
            Some(FailureEvent::Restored(failed)) => {
                target.fleet.restore(failed.instances);
                if let Some(loss) = self.losses.get_mut(failed.loss) {
                    loss.unrouted_s = loss.unrouted_s.min(now_s);
                    loss.noticed_s = f64::INFINITY;
                }
                target.on_instances_lost(now_s);
            }
            Some(FailureEvent::Noticed(failed)) => {
                let (instances, reason) = (failed.instances, failed.reason);
                let entry = (target.scaler).replace(now_s, instances, reason, &mut target.fleet);
                self.replacing.push((entry, instances));
            }
            Some(FailureEvent::LaunchesOverdue) => {
                let again = self.starting.filter(|(_, until_s)| now_s <= *until_s);
                let again = again.map(|(entry, _)| entry);
                let entry = (target.scaler).relaunch_overdue(now_s, again, &mut target.fleet);
                // The next launches are given up as long after these as these were after the last ones.
                let next_s = target.fleet.given_up_s() + f64::from(PERIOD_S);
                self.starting = entry.map(|entry| (entry, next_s));
            }
            Some(FailureEvent::ZoneBack { is_empty }) => {
                if is_empty && self.plan.rebalances && self.zones() > 1 {
                    self.to_move += target.fleet.desired() / self.zones();
                }
            }
            Some(FailureEvent::Rebalance) => self.move_instances(now_s, target),
        }
        self.is_losing = target.fleet.is_losing();
        if !self.is_losing {
            target.in_flight_lost = 0.0;
        }
    }

    /// Ends an endpoint's replacements whose last instance has come into service or is given up.
    #[cold]
    fn on_settled(&mut self, now_s: f64, target: &mut Target<'_>) {
        let (launching, returned) = target.fleet.replacements();
        // The first come first, the last are given up first.
        let mut came = returned - mem::replace(&mut self.returned, returned);
        let mut left = launching;
        for (entry, instances) in &mut self.replacing {
            let in_service = came.min(*instances);
            came -= in_service;
            *instances = (*instances - in_service).min(left);
            left -= *instances;
            if *instances == 0 {
                target.scaler.end_replacement(now_s, *entry);
            }
        }
        self.replacing.retain(|(_, instances)| *instances > 0);
    }

    fn allows_calm(&self) -> bool {
        !self.is_losing
    }

    fn finish(self: Box<Self>, run: &mut Run) {
        run.losses = self.losses;
    }
}
