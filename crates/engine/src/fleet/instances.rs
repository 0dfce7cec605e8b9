//! Instances that launch, serve and are removed, as policies and schedules ask for. What failures do to them stands in `failing`.

use super::{
    Counts, FleetEvent, InstanceChange, Settled, Warming,
    capacity::Capacity,
    cohort::{Cohort, Cohorts, FleetActivity, LaunchPurpose, Order, Phase},
    pool::Pool,
};
use crate::{
    order::sort_by_number,
    plan::{self, Launch},
    random::Random,
    run::PERIOD_S,
};

/// Instances whose place another one has taken, the oldest: they serve until they are gone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Displaced {
    pub gone_s: f64,
    pub instances: u32,
}

/// The instances of a fleet.
#[derive(Clone, Debug)]
pub(crate) struct Instances {
    launch: Launch,
    pub(super) removal_s: f64,
    random: Random,
    pub(super) pool: Option<Pool>,
    /// What there is for launches; `None`: always enough.
    pub(super) capacity: Option<Box<Capacity>>,
    /// Seconds within which a launch must answer.
    start_within_s: f64,
    /// Nothing launches before this moment, because no zone is available.
    pub(super) no_zone_until_s: f64,
    pub(super) cohorts: Cohorts,
    /// Those that leave their place to others, the last to be gone first.
    pub(super) displaced: Vec<Displaced>,
    pub(super) counts: Counts,
    /// Whether the oldest instance in service is slow.
    pub(super) has_slow: bool,
    /// Arrivals so far, where somebody needs to know of each, and what they have not been told yet.
    arrivals: Option<u32>,
    events: Vec<FleetEvent>,
}

impl Instances {
    pub(super) fn boxed(
        plan: &plan::Fleet,
        pool: Option<plan::WarmPool>,
        seed: u64,
        instances: u32,
    ) -> Box<Self> {
        Box::new(Self {
            launch: plan.launch,
            removal_s: plan.removal_s,
            random: Random::new(seed),
            pool: pool.map(|pool| Pool::new(pool, instances)),
            capacity: None,
            start_within_s: f64::INFINITY,
            no_zone_until_s: 0.0,
            cohorts: Cohorts::in_service(instances),
            displaced: Vec::new(),
            counts: Counts {
                in_service: instances,
                ..Counts::default()
            },
            has_slow: false,
            arrivals: None,
            events: Vec::new(),
        })
    }

    /// Begins to note what happens to instances in service, for [`Instances::take_events`].
    #[cold]
    pub(crate) fn note_events(&mut self) {
        self.arrivals = Some(0);
        self.events.reserve(8);
    }

    /// Bounds launches by what there is for them.
    pub(super) fn limit_launches(&mut self, capacity: Option<Box<Capacity>>) {
        self.capacity = capacity;
    }

    /// Sets the seconds within which a launch must answer.
    #[cold]
    pub(crate) fn must_start_within(&mut self, seconds: f64) {
        self.start_within_s = seconds.max(1.0);
    }

    /// Moves what has happened to instances in service since the last call to `events`.
    pub(crate) fn take_events(&mut self, events: &mut Vec<FleetEvent>) {
        events.append(&mut self.events);
    }

    /// Notes what has happened to instances of an arrival, where somebody needs to know.
    pub(super) fn note(&mut self, what: InstanceChange, arrival: u32, instances: u32) {
        if self.arrivals.is_none() {
            return;
        }
        let mut events = self.events.iter_mut();
        match events.find(|event| (event.what, event.arrival) == (what, arrival)) {
            Some(event) => event.instances += instances,
            None => self.events.push(FleetEvent {
                what,
                arrival,
                instances,
            }),
        }
    }

    /// Returns the number of a new arrival; 0 where nobody needs to know one from another.
    pub(super) fn new_arrival(&mut self) -> u32 {
        match &mut self.arrivals {
            Some(arrivals) => {
                *arrivals += 1;
                *arrivals
            }
            None => 0,
        }
    }

    /// Returns when the next instance comes into service or is gone; infinity if none does. Launches that are given up do not
    /// count.
    pub(super) fn next_s(&self) -> f64 {
        let cohorts = self
            .cohorts
            .oldest_first()
            .map(|cohort| match cohort.phase {
                Phase::Launching { at_s, .. } => at_s,
                Phase::Leaving { gone_s, .. } => gone_s,
                Phase::Overdue { .. }
                | Phase::Refused { .. }
                | Phase::InService { .. }
                | Phase::Failed { .. } => f64::INFINITY,
            });
        let displaced = self.displaced.last().map(|displaced| displaced.gone_s);
        cohorts.chain(displaced).fold(f64::INFINITY, f64::min)
    }

    /// Returns when everything that was asked for is in service or gone; `None` if nothing of that is under way. An endpoint is not
    /// `Updating` because of replacements.
    // rule: health.endpoint-is-not-updating
    pub(super) fn busy_until_s(&self) -> Option<f64> {
        let waits_until_s = self.waits_until_s();
        if self.counts.pending == 0 && self.counts.removing == 0 {
            return waits_until_s;
        }
        let launched_s = |cohort: &Cohort| match cohort.phase {
            Phase::Launching {
                at_s,
                purpose: LaunchPurpose::Capacity,
                ..
            } => Some(at_s),
            _ => None,
        };
        let gone_s = |cohort: &Cohort| match cohort.phase {
            Phase::Leaving { gone_s, .. } => Some(gone_s),
            _ => None,
        };
        // The launch that takes longest is the first.
        let launched_s = self.cohorts.youngest_first().find_map(launched_s);
        let gone_s = self.cohorts.oldest_first().filter_map(gone_s);
        let until_s = launched_s.into_iter().chain(gone_s).chain(waits_until_s);
        until_s.reduce(f64::max)
    }

    /// Returns how many there are.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// Returns whether any instance launches.
    pub(crate) fn are_launching(&self) -> bool {
        self.counts.pending > 0
    }

    /// Returns whether any instance leaves because a policy or a schedule asked for it.
    pub(crate) fn are_leaving(&self) -> bool {
        self.counts.removing > self.displaced()
    }

    /// Returns how many instances are not gone yet although another one in another zone has taken their place.
    pub(crate) fn displaced(&self) -> u32 {
        let displaced = self.displaced.iter().map(|displaced| displaced.instances);
        displaced.sum()
    }

    /// Returns whether an activity is not over: whether any of its instances launches or leaves.
    pub(crate) fn are_under_way_by(&self, entry: usize) -> bool {
        self.cohorts.are_under_way_by(entry)
    }

    /// Returns which instances warm up, and how many have warmed up. So many of the oldest leave, whose place others take.
    // rule: group.warm-up
    pub(crate) fn warming(&self, now_s: f64) -> Warming {
        let mut warming = Warming::default();
        let mut displaced = self.displaced();
        for cohort in self.cohorts.oldest_first() {
            let Some((_, warm_s)) = cohort.phase.in_service() else {
                continue;
            };
            if warm_s > now_s {
                warming.instances += cohort.instances;
                warming.until_s = Some(warming.until_s.map_or(warm_s, |until| until.max(warm_s)));
            }
            if let Phase::InService { .. } = cohort.phase {
                let stay = cohort.instances.saturating_sub(displaced);
                displaced = displaced.saturating_sub(cohort.instances);
                warming.warm_to_stay += if warm_s <= now_s { stay } else { 0 };
            }
        }
        warming
    }

    /// Brings instances that are due by `now_s` into service or takes them away. Returns what has changed.
    // rule: health.moving-instances
    pub(super) fn settle(&mut self, now_s: f64) -> Settled {
        let mut settled = Settled {
            in_service_before: self.counts.in_service,
            ..Settled::default()
        };
        if self.next_s() > now_s {
            return settled;
        }
        settled.changed = true;
        settled.removed = self.take_leaving(now_s);
        self.bring_into_service(now_s);
        while let Some(due) = self.displaced.pop_if(|it| it.gone_s <= now_s) {
            self.counts.removing -= due.instances;
            self.take_oldest(due.instances, InstanceChange::Gone);
            // The oldest leave their place to others.
            self.has_slow = false;
        }
        self.cohorts.merge(now_s);
        self.has_slow &= self.counts.in_service > 0;
        settled
    }

    /// Takes away instances that are gone by `now_s`. Returns how many.
    fn take_leaving(&mut self, now_s: f64) -> u32 {
        let is_due =
            |phase: &Phase| matches!(phase, Phase::Leaving { gone_s, .. } if *gone_s <= now_s);
        let which = (u32::MAX, Order::YoungestFirst);
        let removed = self.end_service(which, &is_due, InstanceChange::Gone, None);
        self.counts.removing -= removed;
        removed
    }

    /// Takes away the oldest instances that stay; `what`: why.
    pub(super) fn take_oldest(&mut self, instances: u32, what: InstanceChange) {
        self.end_service((instances, Order::OldestFirst), &Phase::stays, what, None);
    }

    /// Lets instances in service that `is` is true of serve no longer; `what`: why; `becomes`: what they are then, `None`: gone.
    /// Returns how many.
    pub(super) fn end_service(
        &mut self,
        which: (u32, Order),
        is: &dyn Fn(&Phase) -> bool,
        what: InstanceChange,
        becomes: Option<Phase>,
    ) -> u32 {
        let mut ended = 0;
        let mut cohorts = std::mem::take(&mut self.cohorts);
        cohorts.change(which, is, &mut |cohort| {
            ended += cohort.instances;
            if let Some((arrival, _)) = cohort.phase.in_service() {
                self.note(what, arrival, cohort.instances);
            }
            becomes
        });
        self.cohorts = cohorts;
        self.counts.in_service -= ended;
        ended
    }

    /// Brings instances into service that have launched by `now_s`.
    fn bring_into_service(&mut self, now_s: f64) {
        let is_due =
            |phase: &Phase| matches!(phase, Phase::Launching { at_s, .. } if *at_s <= now_s);
        let is_any_due = (self.cohorts.oldest_first()).any(|cohort| is_due(&cohort.phase));
        if !is_any_due {
            return;
        }
        let arrival = self.new_arrival();
        let (mut instances, mut moved) = (0, 0);
        self.cohorts
            .change((u32::MAX, Order::OldestFirst), &is_due, &mut |cohort| {
                let Phase::Launching {
                    purpose, activity, ..
                } = cohort.phase
                else {
                    return Some(cohort.phase);
                };
                instances += cohort.instances;
                if purpose == LaunchPurpose::Rebalancing {
                    moved += cohort.instances;
                }
                Some(Phase::InService {
                    arrival,
                    warm_s: now_s + activity.warm_up_s,
                })
            });
        self.counts.pending -= instances;
        self.counts.in_service += instances;
        self.note(InstanceChange::InService, arrival, instances);
        if moved > 0 {
            self.counts.beyond_desired -= moved;
            self.counts.removing += moved;
            self.displace(now_s + self.removal_s, moved);
        }
    }

    /// Lets so many of the oldest instances leave their place to others.
    #[cold]
    fn displace(&mut self, gone_s: f64, instances: u32) {
        let index = (self.displaced).partition_point(|other| other.gone_s > gone_s);
        self.displaced
            .insert(index, Displaced { gone_s, instances });
    }

    /// Returns whether the oldest instance in service is slow.
    pub(crate) fn has_slow(&self) -> bool {
        self.has_slow
    }

    /// Slows the oldest instance in service down, if there is any, or lets it be as fast as the others again.
    #[cold]
    pub(crate) fn slow_down(&mut self, is_slow: bool) {
        self.has_slow = is_slow && self.counts.in_service > 0;
    }

    /// Starts to launch or to remove instances until `desired` are left. Instances of one decision launch together.
    pub(super) fn scale_to(&mut self, now_s: f64, desired: u32, activity: FleetActivity) {
        let current = self.counts.desired();
        let warm = self.take_warm(now_s, desired.saturating_sub(current), activity);
        self.resize_pool(now_s, desired);
        if desired < current {
            self.remove(now_s, current - desired, activity.entry);
        } else {
            let instances = desired - current - warm + self.take_waiting();
            if self.waits_for_all(now_s, instances, activity) {
                return;
            }
            self.launch(now_s, LaunchPurpose::Capacity, &mut [(instances, activity)]);
        }
    }

    /// Returns the longest that a launch takes, seconds.
    pub(super) fn longest_launch_s(&self) -> f64 {
        let (Launch::Fixed(launch_s) | Launch::Range { to_s: launch_s, .. }) = self.launch;
        launch_s
    }

    /// Adapts the size of the warm pool, if there is one, to desired capacity. An instance of it is prepared once the longest
    /// launch time is over.
    pub(super) fn resize_pool(&mut self, now_s: f64, desired: u32) {
        let ready_s = now_s + self.longest_launch_s();
        let may_grow = self.may_prepare();
        if let Some(pool) = &mut self.pool {
            pool.resize(ready_s, desired, may_grow);
        }
    }

    /// Launches as many instances of the warm pool as are ready, at most `instances`. Returns how many.
    pub(super) fn take_warm(&mut self, now_s: f64, instances: u32, activity: FleetActivity) -> u32 {
        let launch_begins_s = self.launch_begins_s(now_s);
        let Some(pool) = &self.pool else { return 0 };
        let is_running = pool.is_running();
        let startable = self.startable(instances, is_running);
        let Some(pool) = &mut self.pool else { return 0 };
        let taken = pool.take(now_s, startable);
        let phase = Phase::Launching {
            at_s: launch_begins_s + pool.launch_s(),
            purpose: LaunchPurpose::Capacity,
            activity,
        };
        if !is_running {
            self.take_capacity(taken);
        }
        self.add_launch(taken, phase);
        taken
    }

    /// Returns when a launch that is decided now begins: not before a zone is available.
    pub(super) fn launch_begins_s(&self, now_s: f64) -> f64 {
        now_s.max(self.no_zone_until_s)
    }

    /// Adds instances that launch.
    pub(super) fn add_launch(&mut self, instances: u32, phase: Phase) {
        self.counts.pending += instances;
        self.cohorts.insert(Cohort { instances, phase });
    }

    /// Returns the instances that are billed: in service, launching, failed and not replaced yet, and running in a warm pool.
    pub(super) fn billed(&self) -> u32 {
        let Counts {
            in_service,
            pending,
            failed,
            ..
        } = self.counts;
        in_service + pending + failed + self.pool.as_ref().map_or(0, Pool::billed)
    }

    /// Launches instances, so many for each activity, the oldest first. Those that take too long to answer are given up when the
    /// group next checks, once a minute (assumed).
    // rule: sagemaker.launched-together
    // rule: health.answers-in-time
    pub(super) fn launch(
        &mut self,
        now_s: f64,
        purpose: LaunchPurpose,
        asked: &mut [(u32, FleetActivity)],
    ) {
        let instances = asked.iter().map(|(instances, _)| instances).sum::<u32>();
        let instances = instances - self.refuse(now_s, purpose, instances, asked);
        if instances == 0 {
            return;
        }
        let (now_s, within_s) = (self.launch_begins_s(now_s), self.start_within_s);
        let in_time = self.answer_in_time(instances);
        match self.launch {
            Launch::Fixed(launch_s) => {
                let at_s = now_s + launch_s;
                take_asked(asked, in_time, &mut |instances, activity| {
                    self.add_launch(
                        instances,
                        Phase::Launching {
                            at_s,
                            purpose,
                            activity,
                        },
                    );
                });
            }
            Launch::Range { from_s, to_s } => {
                self.launch_within(now_s, (from_s, to_s.min(within_s)), in_time, purpose, asked);
            }
        }
        let period_s = f64::from(PERIOD_S);
        let given_up_s = ((now_s + within_s) / period_s).ceil() * period_s;
        take_asked(asked, instances - in_time, &mut |instances, activity| {
            self.add_launch(
                instances,
                Phase::Overdue {
                    given_up_s,
                    activity,
                },
            );
        });
    }

    /// Returns how many of so many launches answer in time.
    fn answer_in_time(&mut self, instances: u32) -> u32 {
        let within_s = self.start_within_s;
        match self.launch {
            Launch::Fixed(launch_s) if launch_s <= within_s => instances,
            Launch::Range { to_s, .. } if to_s <= within_s => instances,
            Launch::Range { from_s, to_s } if from_s < within_s => {
                // As many as a draw for each instance would leave on average.
                let share = (within_s - from_s) / (to_s - from_s);
                let drawn = f64::from(instances) * share + self.random.uniform();
                (drawn as u32).min(instances)
            }
            _ => 0,
        }
    }

    /// Launches each instance with a launch time of its own. The last to come belongs to what was asked for first.
    fn launch_within(
        &mut self,
        now_s: f64,
        (from_s, to_s): (f64, f64),
        instances: u32,
        purpose: LaunchPurpose,
        asked: &mut [(u32, FleetActivity)],
    ) {
        let random = &mut self.random;
        let mut times: Vec<f64> = (0..instances)
            .map(|_| now_s + (from_s + (to_s - from_s) * random.uniform()))
            .collect();
        sort_by_number(&mut times, |at_s| -at_s);
        let mut times = times.into_iter();
        let mut launches = Vec::with_capacity(instances as usize);
        take_asked(asked, instances, &mut |instances, activity| {
            launches.extend(times.by_ref().take(instances as usize).map(|at_s| {
                let phase = Phase::Launching {
                    at_s,
                    purpose,
                    activity,
                };
                Cohort {
                    instances: 1,
                    phase,
                }
            }));
        });
        self.counts.pending += instances;
        self.cohorts.extend(launches.into_iter());
    }

    /// Removes the youngest first: failed instances are not replaced, launches are given up immediately, instances in service serve
    /// until they are gone.
    // rule: sagemaker.youngest-go-first
    // rule: group.leaving-instances
    fn remove(&mut self, now_s: f64, instances: u32, removed_by: usize) {
        let left = self.remove_refused(instances);
        let left = self.remove_failed(left);
        let left = self.give_up(left, &|phase| matches!(phase, Phase::Overdue { .. }), None);
        let left = self.give_up_launching(left, LaunchPurpose::Replacement, None);
        let left = self.give_up_launching(left, LaunchPurpose::Capacity, None);
        if left == 0 {
            return;
        }
        let gone_s = now_s + self.removal_s;
        let leaves = |cohort: Cohort| {
            let (arrival, warm_s) = cohort.phase.in_service()?;
            Some(Phase::Leaving {
                arrival,
                warm_s,
                gone_s,
                removed_by,
            })
        };
        (self.cohorts).change((left, Order::YoungestFirst), &Phase::stays, &mut { leaves });
        self.counts.removing += left;
    }

    /// Gives up launches of a purpose, as [`Instances::give_up`] does.
    pub(super) fn give_up_launching(
        &mut self,
        instances: u32,
        of: LaunchPurpose,
        asked: Option<&mut Vec<(u32, FleetActivity)>>,
    ) -> u32 {
        self.give_up(instances, &|phase| phase.launches_for(of), asked)
    }

    /// Gives up launches that `is` is true of, at most so many, those that would come last first. What was asked for by which
    /// activity is added to `asked`, what would have come first last. Returns how many instances were not there.
    pub(super) fn give_up(
        &mut self,
        instances: u32,
        is: &dyn Fn(&Phase) -> bool,
        mut asked: Option<&mut Vec<(u32, FleetActivity)>>,
    ) -> u32 {
        if instances == 0 || self.counts.pending == 0 {
            return instances;
        }
        let which = (instances, Order::YoungestFirst);
        let left = self.cohorts.change(which, is, &mut |cohort| {
            let (Phase::Launching { activity, .. } | Phase::Overdue { activity, .. }) =
                cohort.phase
            else {
                return Some(cohort.phase);
            };
            if let Some(asked) = &mut asked {
                asked.push((cohort.instances, activity));
            }
            None
        });
        self.counts.pending -= instances - left;
        left
    }
}

/// Takes so many instances of what was asked for, the first first, and passes them to `each`, activity by activity.
fn take_asked(
    asked: &mut [(u32, FleetActivity)],
    instances: u32,
    each: &mut dyn FnMut(u32, FleetActivity),
) {
    let mut left = instances;
    for (instances, activity) in asked {
        let taken = left.min(*instances);
        *instances -= taken;
        left -= taken;
        if taken > 0 {
            each(taken, *activity);
        }
    }
}

#[cfg(test)]
mod tests;
