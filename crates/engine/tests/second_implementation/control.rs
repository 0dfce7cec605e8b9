//! Auto scaling from the rules alone: who is asked when, whose answer counts, what has to wait. Times of cooldowns and of warm-up
//! are read off the log and the list of units each time anew.

mod capacity;
mod count;
mod mend;
mod predict;

use super::{
    alarms::{self, Watched},
    forecast::{self, Forecast},
    hosts::Hosts,
    log::{Activity, By},
    metrics::Visible,
    policies::{Answer, answers},
    pool::Pool,
    units::{Start, Units},
};
use capacity::Capacity;
use engine::{
    plan::{AutoScalingGroup, Launch, Plan, PredictiveScaling, ScheduledAction},
    run::{Direction, Loss},
};
pub use mend::Hit;
use mend::Mending;

/// A cooldown: it begins when its activity ends.
#[derive(Clone, Copy)]
struct Cooldown {
    activity: usize,
    length_s: u32,
}

/// An activity, and the last scale-out and scale-in before it.
type Before = (usize, Option<(Cooldown, u32)>, Option<Cooldown>);

pub struct Control<'a> {
    plan: &'a Plan,
    pub min: u32,
    pub max: u32,
    units: Units,
    launch_s: u32,
    removal_s: u32,
    pool: Option<Pool>,
    hosts: Option<Hosts>,
    mending: Option<Mending>,
    capacity: Option<Capacity>,
    pub alarms: Vec<Watched>,
    pub log: Vec<Activity>,
    /// The last scale-out of a policy, with the capacity that it was worked out from; its last scale-in; simple scaling's last.
    out: Option<(Cooldown, u32)>,
    scale_in: Option<Cooldown>,
    simple: Option<Cooldown>,
    /// The first two as they were before an endpoint's activity.
    before: Option<Before>,
    /// The scheduled action whose capacity is still to be set.
    owed: Option<ScheduledAction>,
    next_action: usize,
    /// The policy that scales by its forecasts, and these.
    predictive: Option<(PredictiveScaling, Vec<Forecast>)>,
}

impl<'a> Control<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let target = plan.scalable_target;
        let desired = plan.fleet.initial.clamp(target.min, target.max);
        let Launch::Fixed(launch_s) = plan.fleet.launch else {
            unreachable!("launch times are not drawn here");
        };
        let (launch_s, removal_s) = (launch_s as u32, plan.fleet.removal_s as u32);
        let mut units = Units::new(desired);
        let hosts =
            (plan.resource.hosts()).map(|of| Hosts::new(*of, removal_s, launch_s, &mut units));
        Self {
            plan,
            min: target.min,
            max: target.max,
            units,
            launch_s,
            removal_s,
            pool: (plan.resource.group().and_then(|group| group.warm_pool))
                .map(|pool| Pool::new(pool, desired)),
            hosts,
            mending: Mending::of(plan),
            capacity: Capacity::of(plan),
            alarms: alarms::of(plan),
            log: Vec::new(),
            out: None,
            scale_in: None,
            simple: None,
            before: None,
            owed: None,
            next_action: 0,
            predictive: (plan.resource.predictive().into_iter())
                .flat_map(|predictive| &predictive.policies)
                .find(|policy| policy.scales)
                .map(|policy| (*policy, forecast::of(plan, policy))),
        }
    }

    fn is_group(&self) -> bool {
        self.plan.resource.group().is_some()
    }

    fn runs(&self, cooldown: Cooldown, now_s: u32) -> bool {
        let activity = &self.log[cooldown.activity];
        let end_s = activity.end_s;
        // Nothing of it could launch.
        if activity.failed.is_some() && end_s == Some(activity.start_s) {
            return false;
        }
        end_s.is_none_or(|end_s| now_s < end_s + cooldown.length_s)
    }

    /// The endpoint is `Updating`, and refuses changes.
    fn is_blocked(&self, now_s: u32) -> bool {
        self.plan.assumptions.updating_blocks && !self.is_group() && self.changes(now_s)
    }

    /// Something comes or goes that was asked for, or is waited for.
    fn changes(&self, now_s: u32) -> bool {
        self.waits() || self.units.is_changing(now_s)
    }

    pub fn desired(&self) -> u32 {
        self.units.desired() + self.refused()
    }

    pub fn in_service(&self, now_s: u32) -> u32 {
        self.units.in_service(now_s)
    }

    /// Which are in service.
    pub fn serving(&self, now_s: u32) -> Vec<usize> {
        self.units.serving(now_s)
    }

    /// Instances that have left their place to others in another zone.
    pub fn left_their_place(&self) -> u32 {
        self.units.left_their_place()
    }

    pub fn pending(&self, now_s: u32) -> u32 {
        self.units.pending(now_s)
    }

    /// Copies that were moved to other instances.
    pub fn moves(&self) -> u32 {
        self.hosts.as_ref().map_or(0, |hosts| hosts.moves)
    }

    /// Instances that cost.
    pub fn paid(&self, now_s: u32) -> u32 {
        if let Some(hosts) = &self.hosts {
            return hosts.paid();
        }
        let waiting = self.pool.as_ref().map_or(0, Pool::paid);
        self.in_service(now_s) + self.pending(now_s) + self.units.lost() + waiting
    }

    /// Units come and go, scheduled actions fire.
    pub fn happen(&mut self, now_s: u32) {
        self.settle(now_s);
        self.lack(now_s);
        self.settle(now_s);
        while let Some(action) = self.plan.scheduled_actions.get(self.next_action)
            && action.at_s <= f64::from(now_s)
        {
            self.next_action += 1;
            self.fire(now_s, action);
            self.settle(now_s);
        }
        self.predict(now_s);
        self.settle(now_s);
        while self.mend(now_s) {
            self.settle(now_s);
        }
    }

    /// Activities of which nothing is left to come or go are over.
    fn settle(&mut self, now_s: u32) {
        let turns = self.units.turns(now_s);
        self.units.change_places(now_s, self.removal_s);
        self.units.settle(now_s);
        if let Some(hosts) = &mut self.hosts {
            hosts.settle(&mut self.units, now_s, turns);
        }
        let waits = self.waits();
        let log = self.log.iter_mut().enumerate();
        for (place, activity) in log.filter(|(_, activity)| activity.end_s.is_none()) {
            let goes_on = match self.plan.resource.group() {
                None if !activity.by.is_replacement() => waits || self.units.is_changing(now_s),
                _ => self.units.is_changing_by(place, now_s),
            };
            activity.end_s = (!goes_on).then_some(now_s);
        }
    }

    /// Brings capacity there; gives the activity.
    fn begin(&mut self, now_s: u32, to: u32, by: By) -> usize {
        if !self.is_group() {
            // One activity at a time.
            for activity in self
                .log
                .iter_mut()
                .filter(|it| it.end_s.is_none() && !it.by.is_replacement())
            {
                (activity.end_s, activity.is_overridden) = (Some(now_s), true);
            }
        }
        let (place, from) = (self.log.len(), self.desired());
        self.before = Some((place, self.out, self.scale_in));
        self.log.push(Activity {
            start_s: now_s,
            end_s: None,
            is_overridden: false,
            from,
            to,
            by,
            failed: None,
            refused: false,
        });
        let (more, fewer) = (to.saturating_sub(from), from.saturating_sub(to));
        match &mut self.hosts {
            None => self.change(now_s, to, more, fewer, place),
            Some(hosts) if more > 0 => {
                self.units.launch_homeless(more, place);
                hosts.scale_out(&mut self.units, now_s);
                self.launch_hosts(now_s);
            }
            Some(hosts) => hosts.scale_in(&mut self.units, fewer, now_s, place),
        }
        place
    }

    /// Launches or removes what is on no instances, but is one.
    fn change(&mut self, now_s: u32, to: u32, more: u32, fewer: u32, place: usize) {
        let (start, warm_up_s) = (self.start(now_s), self.warm_up_s(&self.log[place].by));
        let taken = self.take_warm(now_s, (more, to), start, (warm_up_s, place));
        self.launch_for_capacity(now_s, more - taken, start, (place, warm_up_s));
        let fewer = self.remove_refused(fewer);
        self.units.remove(fewer, now_s, self.removal_s, place);
    }

    /// Takes as many as are ready out of a warm pool, which is sized by desired capacity; gives how many.
    fn take_warm(
        &mut self,
        now_s: u32,
        (most, desired): (u32, u32),
        start: Start,
        (warm_up_s, activity): (u32, usize),
    ) -> u32 {
        let room = self.room(now_s).0;
        let Some(pool) = &mut self.pool else { return 0 };
        // What is stopped needs capacity to start.
        let most = if pool.is_running() {
            most
        } else {
            most.min(room)
        };
        let taken = pool.take(most, now_s);
        let (comes_s, is_running) = (start.begins_s + pool.launch_s(), pool.is_running());
        self.units.launch(taken, comes_s, warm_up_s, activity);
        if !is_running {
            self.take(taken);
        }
        let may_prepare = self.may_prepare();
        if let Some(pool) = &mut self.pool {
            pool.resize(desired, now_s + self.launch_s, may_prepare);
        }
        taken
    }

    /// What has been lost, and who has failed just now.
    pub fn losses(&mut self) -> Vec<Loss> {
        self.mending.take().map_or(Vec::new(), |it| it.losses)
    }

    pub fn take_hits(&mut self) -> Vec<Hit> {
        let hits = self.mending.as_mut().map(|it| &mut it.hits);
        hits.map_or(Vec::new(), std::mem::take)
    }

    /// How long those warm up that are launched for somebody.
    fn warm_up_s(&self, by: &By) -> u32 {
        let Some(AutoScalingGroup { warm_up, .. }) = self.plan.resource.group() else {
            return 0;
        };
        let own = match by {
            By::Policy(answer, ..) => {
                let mut own = warm_up.by_policy.iter();
                own.find(|(policy, _)| *policy == answer.policy)
            }
            _ => None,
        };
        own.map_or(warm_up.default_s, |(_, seconds)| *seconds) as u32
    }

    fn fire(&mut self, now_s: u32, action: &ScheduledAction) {
        let (min, max) = (
            action.min.unwrap_or(self.min),
            action.max.unwrap_or(self.max),
        );
        if self.plan.suspended.scheduled || min > max {
            return;
        }
        (self.min, self.max) = (min, max);
        self.owed = Some(*action);
        self.pay(now_s);
    }

    /// Sets the capacity that a scheduled action asks for, if that can be done.
    fn pay(&mut self, now_s: u32) {
        let Some(action) = self.owed else { return };
        let from = self.desired();
        let to = action.desired.unwrap_or(from).min(self.max).max(self.min);
        if to == from {
            self.owed = None;
        } else if self.is_blocked(now_s) {
        } else if let Some(failure) = self.refuses(now_s, to) {
            self.owed = None;
            self.log_failure(now_s, (from, to), By::Scheduled(action.index), failure);
        } else {
            self.owed = None;
            self.begin(now_s, to, By::Scheduled(action.index));
            if let Some((_, base)) = &mut self.out {
                // What the clock adds or takes was not added by a policy.
                *base = (i64::from(*base) + i64::from(to) - i64::from(from)).max(1) as u32;
            }
        }
    }

    /// Datapoints may have become visible: alarms are evaluated, policies act.
    pub fn evaluate(&mut self, now_s: u32, visible: Visible) {
        let is_minute = now_s.is_multiple_of(60);
        for watched in &mut self.alarms {
            if is_minute || watched.is_fine() {
                watched.evaluate(now_s, visible);
            }
        }
        self.pay(now_s);
        self.act(now_s, visible, is_minute);
        self.settle(now_s);
    }

    fn act(&mut self, now_s: u32, visible: Visible, is_minute: bool) {
        let counted = self.count(now_s);
        let answers = answers(self.plan, &self.alarms, visible, is_minute, &counted);
        // The largest capacity wins; among equals the first.
        let Some(best) = answers.iter().rev().max_by_key(|answer| answer.rank()) else {
            return;
        };
        let is_suspended = match best.direction {
            Direction::Out => self.plan.suspended.scale_out,
            Direction::In => self.plan.suspended.scale_in,
        };
        let waits = best.direction == Direction::In && self.scale_in_waits(now_s, best);
        if best.leaves == counted.desired || is_suspended || waits || self.is_blocked(now_s) {
            return;
        }
        let seen = self.alarms[best.alarm].seen(visible);
        let by = By::Policy(*best, seen, (counted.min, counted.max));
        if let Some(failure) = self.refuses(now_s, best.leaves) {
            self.log_failure(now_s, (counted.desired, best.leaves), by, failure);
            return;
        }
        let activity = self.begin(now_s, best.leaves, by);
        let cooldown = Cooldown {
            activity,
            length_s: best.cooldown_s as u32,
        };
        if self.is_group() {
            self.simple = if best.is_simple {
                Some(cooldown)
            } else {
                self.simple
            };
        } else if best.direction == Direction::Out {
            self.scale_in = None;
            let begins_s = self.alarms[best.alarm].begins_s(visible);
            let base = counted.out_over(counted.out, begins_s);
            self.out = Some((cooldown, base));
        } else {
            self.scale_in = Some(cooldown);
        }
    }

    /// A scale-in waits for its cooldown; in a group while anything launches or warms up, but for simple scaling.
    fn scale_in_waits(&self, now_s: u32, answer: &Answer) -> bool {
        if self.is_group() {
            let all = self.units.in_service(now_s) + self.units.pending(now_s);
            return !answer.is_simple && self.units.warm(now_s) < all;
        }
        self.scale_in
            .is_some_and(|cooldown| self.runs(cooldown, now_s))
    }
}
