//! An EC2 Auto Scaling group: instances that warm up, activities side by side, and simple scaling, which waits for them. It only
//! counts instances; what policies ask for is decided as on every platform.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Set the default instance warmup for an Auto Scaling group", "Step and simple
//! scaling policies" (instance warm-up) and "Scaling cooldowns".

use super::{
    log::Log,
    pace::{BegunActivity, BegunBy, CapacityBasis},
};
use crate::{
    fleet::{Fleet, LaunchPurpose, Launching, Settled},
    plan::{Assumptions, WarmUp},
    run::{NotScaledReason, Outcome, PERIOD_S},
};
use std::collections::VecDeque;

/// Instances of one activity that are not in service yet, or not gone yet.
#[derive(Clone, Copy, Debug)]
struct UnderWay {
    instances: u32,
    /// Why they launch, and when they come into service, for those that launch.
    purpose: LaunchPurpose,
    at_s: f64,
    /// The activity's entry in the log.
    entry: usize,
    /// How long they will warm up, for those that launch, seconds.
    warm_up_s: f64,
}

/// Instances in service.
#[derive(Clone, Copy, Debug)]
struct Serving {
    instances: u32,
    /// When their warm-up is over.
    warm_s: f64,
    /// The entry of the activity that removes them.
    leaves_with: Option<usize>,
}

/// The cooldown of the last activity of simple scaling.
#[derive(Clone, Copy, Debug)]
struct Cooldown {
    entry: usize,
    length_s: f64,
    /// `None` while its activity is still going.
    until_s: Option<f64>,
}

/// An Auto Scaling group.
#[derive(Clone, Debug)]
pub(super) struct Group {
    warm_up: WarmUp,
    /// Seconds from the start of a period until its datapoint is visible.
    stale_s: f64,
    /// The first to come into service first.
    launching: Vec<UnderWay>,
    /// The oldest first.
    leaving: VecDeque<UnderWay>,
    /// The youngest last, among those that stay and among those that leave together.
    serving: Vec<Serving>,
    cooldown: Option<Cooldown>,
    /// How many instances were in service before some of them left, and until when the newest datapoint still shows them.
    shown: Vec<(u32, f64)>,
}

impl Group {
    pub(super) fn boxed(warm_up: &WarmUp, assumptions: &Assumptions, instances: u32) -> Box<Self> {
        let period_s = f64::from(PERIOD_S);
        Box::new(Self {
            warm_up: warm_up.clone(),
            stale_s: ((assumptions.metric_delay_s / period_s).ceil() + 1.0) * period_s,
            launching: Vec::new(),
            leaving: VecDeque::new(),
            serving: vec![Serving {
                instances,
                warm_s: 0.0,
                leaves_with: None,
            }],
            cooldown: None,
            shown: Vec::new(),
        })
    }

    /// Notes which instances have come into service and which are gone, and ends activities that are done with that.
    // rule: group.scale-in-counts-shown
    // rule: group.activities-side-by-side
    pub(super) fn settle(&mut self, now_s: f64, fleet: &Fleet, settled: Settled, log: &mut Log) {
        let Settled {
            came, gone, moved, ..
        } = settled;
        let due = self.launching.partition_point(|batch| batch.at_s <= now_s);
        let arrived: Vec<UnderWay> = self.launching.drain(..due).collect();
        self.take_oldest(moved);
        for batch in arrived {
            self.serving.push(Serving {
                instances: batch.instances,
                warm_s: now_s + batch.warm_up_s,
                leaves_with: None,
            });
            self.end_if_done(batch.entry, now_s, log);
        }
        if gone == 0 {
            return;
        }
        for batch in take_first(&mut self.leaving, gone) {
            let leaves_with = Some(batch.entry);
            self.serving
                .retain(|serving| serving.leaves_with != leaves_with);
            self.end_if_done(batch.entry, now_s, log);
        }
        let before = fleet.in_service + gone + moved - came;
        self.shown.push((before, now_s + self.stale_s));
    }

    /// Adapts the lists after instances have failed or serve again.
    pub(super) fn recount(&mut self, now_s: f64, fleet: &Fleet, log: &mut Log) {
        let gone = self.leaving().saturating_sub(fleet.leaving());
        // Those that would be gone last, as in the fleet.
        for batch in take_last(&mut self.leaving, gone) {
            let leaves_with = Some(batch.entry);
            self.take_away(batch.instances, |it| it.leaves_with == leaves_with);
            self.end_if_done(batch.entry, now_s, log);
        }
        let serving = self.serving(|_| true);
        self.take_oldest(serving.saturating_sub(fleet.in_service));
        let back = fleet.in_service.saturating_sub(serving);
        if back > 0 {
            let back = Serving {
                instances: back,
                warm_s: now_s,
                leaves_with: None,
            };
            self.serving.insert(0, back);
        }
        self.see_launches(now_s, fleet, log);
    }

    /// Takes away instances that are gone without a removal: they are taken to be the oldest.
    fn take_oldest(&mut self, instances: u32) {
        let left = self.take_away(instances, |it| it.leaves_with.is_none());
        self.take_away(left, |_| true);
    }

    /// Takes away instances for which `is` is true, the oldest first. Returns how many were not there.
    fn take_away(&mut self, instances: u32, is: impl Fn(&Serving) -> bool) -> u32 {
        let mut left = instances;
        for serving in self.serving.iter_mut().filter(|serving| is(serving)) {
            let gone = left.min(serving.instances);
            serving.instances -= gone;
            left -= gone;
        }
        self.serving.retain(|serving| serving.instances > 0);
        left
    }

    /// Returns how many instances are being removed.
    fn leaving(&self) -> u32 {
        self.leaving.iter().map(|batch| batch.instances).sum()
    }

    /// Notes that launches which would not have answered in time have begun anew as part of another activity.
    pub(super) fn launch_under(
        &mut self,
        now_s: f64,
        fleet: &Fleet,
        (entry, instances): (usize, u32),
        log: &mut Log,
    ) {
        let mut left = instances;
        let never = (self.launching.iter_mut()).filter(|batch| batch.at_s == f64::INFINITY);
        let given_up: Vec<UnderWay> = never.map(|batch| split_off(batch, &mut left)).collect();
        self.launching.retain(|batch| batch.instances > 0);
        for batch in &given_up {
            self.launch(UnderWay { entry, ..*batch });
        }
        for batch in given_up {
            self.end_if_done(batch.entry, now_s, log);
        }
        self.see_launches(now_s, fleet, log);
    }

    /// Matches the known launches to those of the fleet. A launch that has begun anew stays part of its activity; one that was
    /// given up ends.
    fn see_launches(&mut self, now_s: f64, fleet: &Fleet, log: &mut Log) {
        let launches = fleet.launches();
        let asked = |purpose: LaunchPurpose, at_s: f64| {
            let mut launches = launches.iter();
            let asked = launches.find(|it| it.purpose == purpose && it.at_s == at_s);
            asked.map_or(0, |it| it.instances)
        };
        // Those that would come last, as in the fleet.
        let mut spare = Vec::new();
        for place in (0..self.launching.len()).rev() {
            let Some(UnderWay { purpose, at_s, .. }) = self.launching.get(place).copied() else {
                continue;
            };
            let mut left = self
                .known_launches(purpose, at_s)
                .saturating_sub(asked(purpose, at_s));
            if let Some(batch) = self.launching.get_mut(place).filter(|_| left > 0) {
                spare.push(split_off(batch, &mut left));
            }
        }
        self.launching.retain(|batch| batch.instances > 0);
        let entries: Vec<usize> = spare.iter().map(|batch| batch.entry).collect();
        // A launch keeps its purpose, unless it now takes too long.
        for may_be_another in [false, true] {
            for now in &launches {
                self.relaunch(&mut spare, *now, may_be_another);
            }
        }
        for entry in entries {
            self.end_if_done(entry, now_s, log);
        }
    }

    /// Finds launches that are not known yet among those that are no longer there, because they have begun anew: of the same
    /// purpose, or of another if `may_be_another`.
    fn relaunch(&mut self, spare: &mut [UnderWay], now: Launching, may_be_another: bool) {
        let (purpose, at_s) = (now.purpose, now.at_s);
        let mut missing = now
            .instances
            .saturating_sub(self.known_launches(purpose, at_s));
        for batch in spare.iter_mut().rev() {
            if batch.purpose == purpose || may_be_another {
                let anew = split_off(batch, &mut missing);
                self.launch(UnderWay {
                    purpose,
                    at_s,
                    ..anew
                });
            }
        }
    }

    /// Returns how many instances are known to launch for a purpose and come into service at a moment.
    fn known_launches(&self, purpose: LaunchPurpose, at_s: f64) -> u32 {
        let is = |batch: &&UnderWay| batch.purpose == purpose && batch.at_s == at_s;
        let known = self.launching.iter().filter(is);
        known.map(|batch| batch.instances).sum()
    }

    fn launch(&mut self, batch: UnderWay) {
        if batch.instances == 0 {
            return;
        }
        let after = (self.launching).partition_point(|other| other.at_s <= batch.at_s);
        let last = after
            .checked_sub(1)
            .and_then(|last| self.launching.get_mut(last));
        let alike = |last: &&mut UnderWay| {
            (last.purpose, last.at_s, last.entry) == (batch.purpose, batch.at_s, batch.entry)
        };
        match last.filter(alike) {
            Some(last) => last.instances += batch.instances,
            None => self.launching.insert(after, batch),
        }
    }

    /// Ends an activity once none of its instances launches or leaves. The cooldown that it leads to begins then.
    // rule: group.activity-ends
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

    /// Notes an activity that has changed desired capacity: what it launches or removes is its own until that is done.
    // rule: group.simple-scaling
    pub(super) fn began(
        &mut self,
        now_s: f64,
        fleet: &Fleet,
        activity: BegunActivity,
        log: &mut Log,
    ) {
        let entry = activity.entry;
        let (warm_up_s, simple_cooldown_s) = match activity.by {
            BegunBy::Policy {
                index,
                simple_cooldown_s,
                ..
            } => (self.warm_up.of_policy(index), simple_cooldown_s),
            BegunBy::Schedule { .. } | BegunBy::Event => (self.warm_up.default_s, None),
        };
        if let Some(length_s) = simple_cooldown_s {
            self.cooldown = Some(Cooldown {
                entry,
                length_s,
                until_s: None,
            });
        }
        let batch = |instances, purpose, at_s| UnderWay {
            instances,
            purpose,
            at_s,
            entry,
            warm_up_s,
        };
        self.see_launches(now_s, fleet, log);
        for now in fleet.launches() {
            let new = (now.instances).saturating_sub(self.known_launches(now.purpose, now.at_s));
            if new > 0 {
                self.launch(batch(new, now.purpose, now.at_s));
            }
        }
        let removed = activity.removed;
        if removed > 0 {
            self.leaving
                .push_back(batch(removed, LaunchPurpose::Capacity, now_s));
            self.leave(removed, entry);
        }
        self.end_if_done(entry, now_s, log);
    }

    /// Marks the youngest of the instances that stay as leaving.
    // rule: group.leaving-instances
    fn leave(&mut self, instances: u32, entry: usize) {
        let mut left = instances;
        let mut leaving = Vec::new();
        for serving in self.serving.iter_mut().rev() {
            if serving.leaves_with.is_some() {
                continue;
            }
            let leaves = left.min(serving.instances);
            serving.instances -= leaves;
            left -= leaves;
            leaving.push(Serving {
                instances: leaves,
                leaves_with: Some(entry),
                ..*serving
            });
        }
        self.serving.extend(leaving.into_iter().rev());
        self.serving.retain(|serving| serving.instances > 0);
    }

    /// Returns how many instances in service `is` is true of.
    fn serving(&self, is: impl Fn(&Serving) -> bool) -> u32 {
        let serving = self.serving.iter().filter(|serving| is(serving));
        serving.map(|serving| serving.instances).sum()
    }

    /// Returns how many instances have warmed up and will stay. So many of the oldest leave, whose place others take.
    fn warm_to_stay(&self, now_s: f64, mut displaced: u32) -> u32 {
        let stay = (self.serving.iter()).filter(|serving| serving.leaves_with.is_none());
        stay.map(|serving| {
            let left = serving.instances.saturating_sub(displaced);
            displaced = displaced.saturating_sub(serving.instances);
            if serving.warm_s <= now_s { left } else { 0 }
        })
        .sum()
    }

    /// Merges instances that have warmed up.
    fn merge(&mut self, now_s: f64) {
        self.serving.dedup_by(|next, last| {
            let alike =
                |serving: &Serving| serving.warm_s <= now_s && serving.leaves_with.is_none();
            let merges = alike(next) && alike(last);
            last.instances += if merges { next.instances } else { 0 };
            merges
        });
    }

    /// Returns the capacities that answers are computed from.
    ///
    /// Scaling out counts from the instances that have warmed up, as the user guide's example does: ten, one that warms up and a
    /// step of 30 % make 13. That target tracking takes the same base, `ceil(warmed × metric / target)`, is assumed. Only scaling
    /// in counts instances that terminate; target tracking always does, as its metric is theirs, too, and in scaling in also
    /// those that are gone as long as the newest datapoint shows them, or it would remove them twice: assumed.
    // rule: group.warm-up
    // rule: group.steps-count-warm-instances
    // rule: group.scale-in-counts-terminating
    // rule: group.simple-scaling-waits
    pub(super) fn basis(&mut self, now_s: f64, fleet: &Fleet) -> CapacityBasis {
        let (in_service, displaced) = (fleet.in_service, fleet.displaced());
        self.merge(now_s);
        let is_warm = |serving: &Serving| serving.warm_s <= now_s;
        let warming = self.serving(|serving| !is_warm(serving));
        let last = self.serving.iter().filter(|serving| !is_warm(serving));
        let until_s = last.fold(f64::NEG_INFINITY, |last, serving| last.max(serving.warm_s));
        let until_s = self.launching.is_empty().then_some(until_s);
        let warms_up = warming > 0 || !self.launching.is_empty();
        let under_way = !self.launching.is_empty() || !self.leaving.is_empty();
        let cooldown_until_s = self.cooldown.and_then(|cooldown| cooldown.until_s);
        let cools_down = cooldown_until_s.is_some_and(|until_s| now_s < until_s);
        self.shown.retain(|(_, until_s)| *until_s > now_s);
        let shown = self.shown.iter().map(|(instances, _)| *instances);
        CapacityBasis {
            out: in_service.saturating_sub(warming),
            step_out: self.warm_to_stay(now_s, displaced),
            before: None,
            step_in: in_service,
            tracked_in: shown.fold(in_service, u32::max),
            warming: warms_up.then_some(NotScaledReason::InstancesWarmingUp { until_s }),
            simple_waits: (under_way || cools_down).then_some(
                NotScaledReason::SimpleScalingCooldown {
                    until_s: cooldown_until_s.filter(|_| !under_way),
                },
            ),
            is_still: !warms_up
                && !under_way
                && !cools_down
                && displaced == 0
                && self.shown.is_empty(),
        }
    }
}

/// Takes instances out, from the first batch on. Returns what was taken.
fn take_first(batches: &mut VecDeque<UnderWay>, instances: u32) -> Vec<UnderWay> {
    let mut left = instances;
    let mut taken = Vec::new();
    while let Some(batch) = batches.front_mut().filter(|_| left > 0) {
        taken.push(split_off(batch, &mut left));
        if batch.instances == 0 {
            batches.pop_front();
        }
    }
    taken
}

/// Takes instances out, from the last batch on. Returns what was taken.
fn take_last(batches: &mut VecDeque<UnderWay>, instances: u32) -> Vec<UnderWay> {
    let mut left = instances;
    let mut taken = Vec::new();
    while let Some(batch) = batches.back_mut().filter(|_| left > 0) {
        taken.push(split_off(batch, &mut left));
        if batch.instances == 0 {
            batches.pop_back();
        }
    }
    taken
}

fn split_off(batch: &mut UnderWay, left: &mut u32) -> UnderWay {
    let instances = batch.instances.min(*left);
    batch.instances -= instances;
    *left -= instances;
    UnderWay {
        instances,
        ..*batch
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::FailedInstances;

    /// Instances in service: how many, warm from when, and with which activity they leave.
    type InService = (u32, f64, Option<usize>);

    /// A group of these, the oldest first, whose warm-up is ten minutes.
    fn group(serving: &[InService]) -> Box<Group> {
        let warm_up = WarmUp {
            default_s: 600.0,
            by_policy: Vec::new(),
        };
        let all = serving.iter().map(|(instances, ..)| instances).sum();
        let mut group = Group::boxed(&warm_up, &Assumptions::default(), all);
        group.serving = (serving.iter())
            .map(|&(instances, warm_s, leaves_with)| Serving {
                instances,
                warm_s,
                leaves_with,
            })
            .collect();
        group
    }

    #[test]
    fn the_youngest_leave_whenever_they_came() {
        let mut group = group(&[(6, 0.0, None), (2, 100.0, None)]);
        group.leave(5, 7);
        let serving: Vec<_> = (group.serving.iter())
            .map(|it| (it.instances, it.warm_s, it.leaves_with))
            .collect();
        assert_eq!(
            serving,
            [(3, 0.0, None), (3, 0.0, Some(7)), (2, 100.0, Some(7))]
        );
    }

    #[test]
    fn those_whose_place_is_taken_are_the_oldest() {
        let group = group(&[(2, 0.0, None), (3, 100.0, None), (1, 0.0, Some(7))]);
        for (displaced, now_s, warm) in [
            (0, 50.0, 2),
            (1, 50.0, 1),
            (3, 50.0, 0),
            (0, 100.0, 5),
            (3, 100.0, 2),
            (5, 100.0, 0),
        ] {
            assert_eq!(
                group.warm_to_stay(now_s, displaced),
                warm,
                "{displaced} {now_s}"
            );
        }
    }

    #[test]
    fn the_oldest_are_taken_away_first() {
        let mut group = group(&[(3, 0.0, None), (2, 100.0, Some(7))]);
        assert_eq!(group.take_away(1, |it| it.leaves_with.is_some()), 0);
        assert_eq!(group.take_away(4, |it| it.leaves_with.is_none()), 1);
        let serving: Vec<_> = (group.serving.iter())
            .map(|it| (it.instances, it.leaves_with))
            .collect();
        assert_eq!(serving, [(1, Some(7))]);
    }

    #[test]
    fn who_serves_again_is_warm() {
        let plan = crate::plan::Fleet {
            initial: 4,
            launch: crate::plan::Launch::Fixed(240.0),
            removal_s: 60.0,
        };
        let resource = crate::plan::ScalableResource::GroupInstances(Default::default());
        let mut fleet = Fleet::new(&plan, &resource, 1, 4);
        fleet.may_fail(None);
        let mut group = group(&[(4, 0.0, None)]);
        let mut log = Log::new(16, Vec::new());
        fleet.fail(FailedInstances::of(2));
        group.recount(60.0, &fleet, &mut log);
        assert_eq!(group.serving(|_| true), 2);
        group.recount(61.0, &fleet, &mut log);
        assert_eq!(group.serving.len(), 1);
        fleet.restore(1);
        group.recount(120.0, &fleet, &mut log);
        let warm = group.serving(|it| it.warm_s <= 120.0);
        assert_eq!((group.serving(|_| true), warm), (3, 3));
    }
}
