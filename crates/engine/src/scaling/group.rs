//! An EC2 Auto Scaling group: instances that warm up, activities side by side, and simple scaling, which waits. It only
//! counts; what is asked for is decided as on every platform.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Set the default instance warmup for an Auto Scaling group", "Step and simple
//! scaling policies" (instance warm-up) and "Scaling cooldowns".

use super::log::Log;
use crate::{
    fleet::Fleet,
    plan::{Assumptions, WarmUp},
    run::{NotScaledReason, Outcome, PERIOD_S},
};
use std::collections::VecDeque;

/// Instances of one activity that are not in service yet, or not gone yet.
#[derive(Clone, Copy, Debug)]
struct UnderWay {
    instances: u32,
    /// The activity's entry in the log.
    entry: usize,
    /// How long those that launch will warm up, seconds.
    warm_up_s: f64,
}

/// Instances in service that warm up.
#[derive(Clone, Copy, Debug)]
struct Warming {
    instances: u32,
    until_s: f64,
}

/// The cooldown of the last activity of simple scaling.
#[derive(Clone, Copy, Debug)]
struct Cooldown {
    entry: usize,
    length_s: f64,
    /// `None` while its activity is still going.
    until_s: Option<f64>,
}

/// What capacities are worked out from, and who has to wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    /// Capacity that a scale-out is worked out from.
    pub out: u32,
    /// Capacity that a scale-in is worked out from: by steps, and by target tracking.
    pub step_in: u32,
    pub tracked_in: u32,
    /// Instances launch or warm up: nothing scales in, and whatever asks for no more than them changes nothing.
    pub warming: Option<NotScaledReason>,
    /// Simple scaling does not answer.
    pub simple_waits: Option<NotScaledReason>,
    /// Nothing changes these numbers but another activity.
    pub is_still: bool,
}

/// An Auto Scaling group.
#[derive(Clone, Debug)]
pub(super) struct Group {
    warm_up: WarmUp,
    /// Seconds after its period has begun until a datapoint is seen.
    stale_s: f64,
    /// The oldest first.
    launching: VecDeque<UnderWay>,
    leaving: VecDeque<UnderWay>,
    /// The youngest last.
    warming: Vec<Warming>,
    /// The fleet when it was last looked at.
    in_service: u32,
    pending: u32,
    moved: u32,
    cooldown: Option<Cooldown>,
    /// Instances in service before the last scale-in; until when datapoints show them, once they are gone.
    before_scale_in: Option<(u32, Option<f64>)>,
}

impl Group {
    #[inline(never)]
    pub(super) fn boxed(warm_up: &WarmUp, assumptions: &Assumptions) -> Box<Self> {
        let period_s = f64::from(PERIOD_S);
        Box::new(Self {
            warm_up: warm_up.clone(),
            stale_s: ((assumptions.metric_delay_s / period_s).ceil() + 1.0) * period_s,
            launching: VecDeque::new(),
            leaving: VecDeque::new(),
            warming: Vec::new(),
            in_service: 0,
            pending: 0,
            moved: 0,
            cooldown: None,
            before_scale_in: None,
        })
    }

    /// Notes which instances have come into service and which are gone, and what is done with that.
    #[inline(never)]
    pub(super) fn settle(&mut self, now_s: f64, fleet: &Fleet, log: &mut Log) {
        let arrived = self.pending.saturating_sub(fleet.pending);
        // One whose place another has taken in another zone is none of the youngest.
        let moved = fleet.moved - self.moved;
        let gone = (self.in_service + arrived).saturating_sub(fleet.in_service + moved);
        self.look_at(fleet);
        for batch in take(&mut self.launching, arrived) {
            self.warming.push(Warming {
                instances: batch.instances,
                until_s: now_s + batch.warm_up_s,
            });
            self.end_if_done(batch.entry, now_s, log);
        }
        if gone == 0 {
            return;
        }
        // The youngest go first.
        let mut left = gone;
        while let Some(youngest) = self.warming.last_mut().filter(|_| left > 0) {
            let taken = left.min(youngest.instances);
            youngest.instances -= taken;
            left -= taken;
            if youngest.instances == 0 {
                self.warming.pop();
            }
        }
        for batch in take(&mut self.leaving, gone) {
            self.end_if_done(batch.entry, now_s, log);
        }
        if let Some((_, until_s)) = self.before_scale_in.as_mut()
            && self.leaving.is_empty()
        {
            *until_s = Some(now_s + self.stale_s);
        }
    }

    fn look_at(&mut self, fleet: &Fleet) {
        (self.in_service, self.pending) = (fleet.in_service, fleet.pending);
        self.moved = fleet.moved;
    }

    /// Instances have failed, or serve again, of which nothing was asked.
    #[inline(never)]
    pub(super) fn recount(&mut self, now_s: f64, fleet: &Fleet, log: &mut Log) {
        self.look_at(fleet);
        // Those that have failed are taken to be older than those that still warm up.
        let mut left = self.in_service;
        for batch in &mut self.warming {
            batch.instances = batch.instances.min(left);
            left -= batch.instances;
        }
        let leaving: u32 = self.leaving.iter().map(|batch| batch.instances).sum();
        let gone = leaving.saturating_sub(fleet.leaving());
        for batch in take(&mut self.leaving, gone) {
            self.end_if_done(batch.entry, now_s, log);
        }
    }

    /// Instances that launch do so as part of another activity from now on.
    #[inline(never)]
    pub(super) fn launch_under(&mut self, entry: usize, instances: u32, now_s: f64, log: &mut Log) {
        for batch in take(&mut self.launching, instances) {
            match self.launching.back_mut().filter(|last| last.entry == entry) {
                // They go on for long: one batch is enough.
                Some(last) => last.instances += batch.instances,
                None => self.launching.push_back(UnderWay { entry, ..batch }),
            }
            if batch.entry != entry {
                self.end_if_done(batch.entry, now_s, log);
            }
        }
    }

    /// Ends an activity of which nothing is left to come or go; the cooldown that it leads to begins then.
    fn end_if_done(&mut self, entry: usize, now_s: f64, log: &mut Log) {
        let mut under_way = self.launching.iter().chain(&self.leaving);
        if under_way.any(|batch| batch.entry == entry) {
            return;
        }
        log.end(entry, now_s, Outcome::Successful);
        if let Some(cooldown) = self.cooldown.as_mut().filter(|c| c.entry == entry) {
            cooldown.until_s = Some(now_s + cooldown.length_s);
        }
    }

    /// Desired capacity has been changed by an activity, of a policy if it has an index. `cooldown_s`: that of simple scaling.
    #[inline(never)]
    pub(super) fn began(
        &mut self,
        now_s: f64,
        fleet: &Fleet,
        activity: (usize, Option<usize>, Option<f64>),
        log: &mut Log,
    ) {
        let (entry, policy, cooldown_s) = activity;
        let warm_up_s = policy.map_or(self.warm_up.default_s, |policy| {
            self.warm_up.of_policy(policy)
        });
        let batch = |instances| UnderWay {
            instances,
            entry,
            warm_up_s,
        };
        if let Some(length_s) = cooldown_s {
            self.cooldown = Some(Cooldown {
                entry,
                length_s,
                until_s: None,
            });
        }
        if fleet.pending > self.pending {
            self.launching
                .push_back(batch(fleet.pending - self.pending));
        }
        let given_up = self.pending.saturating_sub(fleet.pending);
        for batch in take_last(&mut self.launching, given_up) {
            self.end_if_done(batch.entry, now_s, log);
        }
        let leaving: u32 = self.leaving.iter().map(|batch| batch.instances).sum();
        let removed = fleet.leaving().saturating_sub(leaving);
        if removed > 0 {
            let before = self.in_service.max(self.before_scale_in(now_s));
            self.before_scale_in = Some((before, None));
            self.leaving.push_back(batch(removed));
        }
        self.look_at(fleet);
        self.end_if_done(entry, now_s, log);
    }

    fn before_scale_in(&self, now_s: f64) -> u32 {
        match self.before_scale_in {
            Some((before, until_s)) if until_s.is_none_or(|until_s| now_s < until_s) => before,
            _ => 0,
        }
    }

    /// What a policy's answer is worked out from.
    ///
    /// Scaling out counts from the instances that have warmed up, as the user guide's example does: ten, one that warms up
    /// and a step of 30 % make 13. That target tracking takes the same base, `ceil(warmed × metric / target)`, is assumed.
    /// Scaling in counts instances that terminate. Target tracking also counts those as long as the newest datapoint
    /// shows them, or it would remove them twice: assumed.
    #[inline(never)]
    pub(super) fn count(&mut self, now_s: f64, counted: &mut Counted) {
        self.warming.retain(|batch| batch.until_s > now_s);
        let warming: u32 = self.warming.iter().map(|batch| batch.instances).sum();
        let last = self.warming.iter().map(|batch| batch.until_s);
        let until_s = last.fold(f64::NEG_INFINITY, f64::max);
        let until_s = self.launching.is_empty().then_some(until_s);
        let warms_up = warming > 0 || !self.launching.is_empty();
        let under_way = !self.launching.is_empty() || !self.leaving.is_empty();
        let cooldown_until_s = self.cooldown.and_then(|cooldown| cooldown.until_s);
        let cools_down = cooldown_until_s.is_some_and(|until_s| now_s < until_s);
        let before = self.before_scale_in(now_s);
        *counted = Counted {
            out: self.in_service.saturating_sub(warming),
            step_in: self.in_service,
            tracked_in: self.in_service.max(before),
            warming: warms_up.then_some(NotScaledReason::InstancesWarmingUp { until_s }),
            simple_waits: (under_way || cools_down).then_some(
                NotScaledReason::SimpleScalingCooldown {
                    until_s: cooldown_until_s.filter(|_| !under_way),
                },
            ),
            is_still: !warms_up && !under_way && !cools_down && before == 0,
        };
    }
}

/// Takes so many instances out, from the first on.
fn take(batches: &mut VecDeque<UnderWay>, instances: u32) -> Vec<UnderWay> {
    let mut left = instances;
    let mut taken = Vec::new();
    while let Some(batch) = batches.front_mut().filter(|_| left > 0) {
        taken.push(part(batch, &mut left));
        if batch.instances == 0 {
            batches.pop_front();
        }
    }
    taken
}

/// The same from the last on.
fn take_last(batches: &mut VecDeque<UnderWay>, instances: u32) -> Vec<UnderWay> {
    let mut left = instances;
    let mut taken = Vec::new();
    while let Some(batch) = batches.back_mut().filter(|_| left > 0) {
        taken.push(part(batch, &mut left));
        if batch.instances == 0 {
            batches.pop_back();
        }
    }
    taken
}

fn part(batch: &mut UnderWay, left: &mut u32) -> UnderWay {
    let instances = batch.instances.min(*left);
    batch.instances -= instances;
    *left -= instances;
    UnderWay {
        instances,
        ..*batch
    }
}
