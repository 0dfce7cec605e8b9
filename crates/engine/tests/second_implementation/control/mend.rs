//! What fails, who notices, and what is done about it.

use super::Control;
use crate::{
    log::{Activity, By},
    units::{For, Start, Units},
};
use engine::{
    plan::{Failing, Failure, Health, Plan},
    run::{Loss, ReplacementReason},
};
use std::sync::Arc;

/// Some have failed just now: so many of so many, while so many that had failed before still got requests.
#[derive(Clone)]
pub struct Hit {
    pub instances: u32,
    pub of: u32,
    pub routed: u32,
    /// Which were in service, and which of them are left.
    pub serving: Vec<usize>,
    pub left: Vec<usize>,
}

/// What is known of failures, apart from the units themselves.
pub struct Mending {
    plan: Arc<Health>,
    next: usize,
    pub losses: Vec<Loss>,
    /// Of each loss, when its zone is back by itself, before anybody has noticed.
    restored_s: Vec<Option<u32>>,
    /// When zones that are gone are back, and whether nothing is left in them then.
    zones_back: Vec<(u32, bool)>,
    no_zone_until_s: u32,
    to_move: u32,
    /// The activity that starts launches anew, and until when another is the same.
    starting: Option<(usize, u32)>,
    pub hits: Vec<Hit>,
}

impl Mending {
    pub fn of(plan: &Plan) -> Option<Self> {
        plan.resource.health().map(|health| Self {
            plan: Arc::clone(health),
            next: 0,
            losses: Vec::new(),
            restored_s: Vec::new(),
            zones_back: Vec::new(),
            no_zone_until_s: 0,
            to_move: 0,
            starting: None,
            hits: Vec::new(),
        })
    }

    fn zones(&self) -> u32 {
        self.plan.zones - self.zones_back.len() as u32
    }

    fn start(&self, now_s: u32, launch_s: u32) -> Start {
        let within_s = self.plan.start_within_s;
        Start {
            begins_s: now_s.max(self.no_zone_until_s),
            launch_s,
            within_s: within_s.map_or(u32::MAX, |seconds| seconds as u32),
        }
    }

    /// Of those that failed in the first so many losses, how many still get requests.
    fn routed(&self, losses: usize, units: &Units, now_s: u32) -> u32 {
        let losses = self.losses[..losses].iter().enumerate();
        let until_s = |loss: &Loss| loss.at_s + self.plan.unrouted_s;
        let routed = losses.filter(|(_, loss)| until_s(loss) > f64::from(now_s));
        routed.map(|(place, _)| units.lost_in(place)).sum()
    }
}

impl Control<'_> {
    /// A launch that begins as soon as there is a zone.
    pub(super) fn start(&self, now_s: u32) -> Start {
        match &self.mending {
            Some(mending) => mending.start(now_s, self.launch_s),
            None => Start {
                begins_s: now_s,
                launch_s: self.launch_s,
                within_s: u32::MAX,
            },
        }
    }

    /// How many that have failed still get requests.
    pub fn routed(&self, now_s: u32) -> u32 {
        let mending = self.mending.as_ref();
        mending.map_or(0, |it| it.routed(it.losses.len(), &self.units, now_s))
    }

    /// Does the next thing that is due, the good news first; gives whether there was any.
    pub(super) fn mend(&mut self, now_s: u32) -> bool {
        let Some(mut mending) = self.mending.take() else {
            return false;
        };
        let does = self.mend_with(&mut mending, now_s);
        self.mending = Some(mending);
        does
    }

    fn mend_with(&mut self, mending: &mut Mending, now_s: u32) -> bool {
        let due = |at_s: &Option<u32>| at_s.is_some_and(|at_s| at_s <= now_s);
        if let Some(loss) = mending.restored_s.iter().position(due) {
            mending.restored_s[loss] = None;
            if self.units.lost_in(loss) > 0 {
                self.units.restore(now_s, loss);
                let told = &mut mending.losses[loss];
                told.unrouted_s = told.unrouted_s.min(f64::from(now_s));
                told.noticed_s = f64::INFINITY;
            }
            return true;
        }
        if let Some(place) = mending
            .zones_back
            .iter()
            .position(|(at_s, _)| *at_s <= now_s)
        {
            let (_, is_empty) = mending.zones_back.remove(place);
            self.know_zones(mending);
            if is_empty && mending.plan.rebalances && mending.zones() > 1 {
                mending.to_move += self.desired() / mending.zones();
            }
            return true;
        }
        let is_noticed = |loss: usize| {
            mending.losses[loss].noticed_s <= f64::from(now_s) && self.units.lost_in(loss) > 0
        };
        if let Some(loss) = (0..mending.losses.len()).find(|loss| is_noticed(*loss)) {
            self.replace(mending, now_s, loss);
            return true;
        }
        if self.units.given_up(now_s) > 0 {
            self.start_anew(mending, now_s);
            return true;
        }
        if mending.to_move > 0 && self.units.stands() && self.room(now_s).0 > 0 {
            self.balance(mending, now_s);
            return true;
        }
        let failure = mending.plan.failures.get(mending.next).copied();
        let Some(failure) = failure.filter(|it| it.at_s <= f64::from(now_s)) else {
            return false;
        };
        mending.next += 1;
        self.fail(mending, now_s, failure);
        true
    }

    /// An activity that leaves desired capacity as it is.
    pub(super) fn note(&mut self, now_s: u32, instances: u32, reason: ReplacementReason) -> usize {
        let desired = self.desired();
        self.log.push(Activity {
            start_s: now_s,
            end_s: None,
            is_overridden: false,
            from: desired,
            to: desired,
            by: By::Replacement {
                instances,
                reason,
                times: 1,
            },
            failed: None,
            refused: false,
        });
        self.log.len() - 1
    }

    fn default_warm_up_s(&self) -> u32 {
        let group = self.plan.resource.group();
        group.map_or(0, |group| group.warm_up.default_s as u32)
    }

    fn fail(&mut self, mending: &mut Mending, now_s: u32, failure: Failure) {
        let health = Arc::clone(&mending.plan);
        let (serving, zones) = (self.units.in_service(now_s), mending.zones());
        let instances = match failure.what {
            Failing::Instances(count) | Failing::Applications(count) => count.min(serving),
            Failing::Zone { .. } if zones == 0 => return,
            // As many as the fullest zone has.
            Failing::Zone { .. } => serving.div_ceil(zones),
        };
        let by_balancer_s = health.load_balancer_s.unwrap_or(f64::INFINITY);
        let by_status_s = match failure.what {
            Failing::Applications(_) => f64::INFINITY,
            _ => health.status_check_s,
        };
        let found_s = failure.at_s + by_balancer_s.min(by_status_s);
        // The group looks once a minute.
        let noticed_s = (found_s / 60.0).ceil() * 60.0;
        let loss = mending.losses.len();
        let back_s = match failure.what {
            Failing::Zone { for_s } => Some(failure.at_s + for_s),
            _ => None,
        };
        let serves_again = back_s.filter(|back_s| *back_s <= noticed_s);
        mending
            .restored_s
            .push(serves_again.map(|back_s| back_s as u32));
        mending.losses.push(Loss {
            at_s: failure.at_s,
            index: failure.index,
            what: failure.what,
            instances,
            of: serving,
            unrouted_s: (failure.at_s + health.unrouted_s).min(noticed_s),
            noticed_s,
        });
        if instances > 0 {
            let routed = mending.routed(loss, &self.units, now_s);
            let before = self.units.serving(now_s);
            self.units.fail(instances, now_s, loss);
            mending.hits.push(Hit {
                instances,
                of: serving,
                routed,
                serving: before,
                left: self.units.serving(now_s),
            });
        }
        if let Some(back_s) = back_s {
            mending
                .zones_back
                .push((back_s as u32, serves_again.is_none()));
            let back = mending.zones_back.iter().map(|(back_s, _)| *back_s);
            mending.no_zone_until_s = match mending.zones() {
                0 => back.min().unwrap_or(0),
                _ => 0,
            };
            self.know_zones(mending);
            let start = mending.start(now_s, self.launch_s);
            for asked in self.units.take_share(now_s, zones) {
                self.launch(now_s, &asked, start);
            }
        }
    }

    /// Somebody has noticed: what has failed is terminated, as many others launch.
    fn replace(&mut self, mending: &mut Mending, now_s: u32, loss: usize) {
        let instances = self.units.lost_in(loss);
        let by_balancer_s = mending.plan.load_balancer_s.unwrap_or(f64::INFINITY);
        let by_status = !matches!(mending.losses[loss].what, Failing::Applications(_));
        let reason = if by_status && mending.plan.status_check_s <= by_balancer_s {
            ReplacementReason::StatusCheck
        } else {
            ReplacementReason::LoadBalancer
        };
        let activity = self.note(now_s, instances, reason);
        let (desired, warm_up_s) = (self.desired(), self.default_warm_up_s());
        self.units.terminate(loss);
        let start = mending.start(now_s, self.launch_s);
        let taken = self.take_warm(now_s, (instances, desired), start, (warm_up_s, activity));
        let by = (For::Replacement, activity, warm_up_s);
        self.launch(now_s, &vec![by; (instances - taken) as usize], start);
    }

    /// Launches that did not answer in time begin anew, as one activity for as long as it goes on so.
    fn start_anew(&mut self, mending: &mut Mending, now_s: u32) {
        let more = self.units.given_up(now_s);
        let again = mending.starting.filter(|(_, until_s)| now_s <= *until_s);
        let activity = match again {
            None => self.note(now_s, more, ReplacementReason::StillStarting),
            Some((activity, _)) => {
                self.log[activity].end_s = None;
                if let By::Replacement {
                    instances, times, ..
                } = &mut self.log[activity].by
                {
                    (*instances, *times) = (*instances + more, *times + 1);
                }
                activity
            }
        };
        let start = mending.start(now_s, self.launch_s);
        let asked = self.units.take_given_up(now_s, activity);
        self.launch(now_s, &asked, start);
        let next_s = self.units.given_up_s().map_or(u32::MAX, |at_s| at_s + 60);
        mending.starting = Some((activity, next_s));
    }

    /// Instances are spread anew, a tenth of MaxCapacity beyond it at a time, or one.
    fn balance(&mut self, mending: &mut Mending, now_s: u32) {
        let most = self.max + (self.max / 10).max(1);
        let room = most.saturating_sub(self.desired()).max(1);
        let instances = mending.to_move.min(room).min(self.room(now_s).0);
        mending.to_move -= instances;
        let activity = self.note(now_s, instances, ReplacementReason::ZoneBalance);
        let start = Start {
            // There are instances of this type that have answered in time.
            within_s: u32::MAX,
            ..mending.start(now_s, self.launch_s)
        };
        let by = (For::Balance, activity, self.default_warm_up_s());
        self.take(instances);
        self.units.start(instances, start, by);
    }

    fn know_zones(&mut self, mending: &Mending) {
        if let Some(capacity) = &mut self.capacity {
            capacity.zones = Some(mending.zones());
        }
    }
}
