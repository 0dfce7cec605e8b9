//! Instances in cohorts: those that were asked for together and have been through the same since. One list holds all of a fleet,
//! each instance once. What happens to them, and when, is decided elsewhere.

use crate::order::sort_by_number;

/// Why instances launch. A scale-in gives them up in the order of their purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LaunchPurpose {
    /// To add capacity: they were asked for, or come out of a warm pool.
    Capacity,
    /// To replace instances that have failed.
    Replacement,
    /// To take the place of instances in another Availability Zone, beyond desired capacity until then.
    Rebalancing,
}

/// The activity for which instances launch or leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FleetActivity {
    /// Its entry in the log.
    pub entry: usize,
    /// How long the instances that it launches warm up once they are in service, seconds.
    pub warm_up_s: f64,
}

/// What the instances of a cohort do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Phase {
    /// They launch, and come into service at `at_s`.
    Launching {
        at_s: f64,
        purpose: LaunchPurpose,
        activity: FleetActivity,
    },
    /// They launch, will not answer in time, and are given up at `given_up_s`.
    Overdue {
        given_up_s: f64,
        activity: FleetActivity,
    },
    /// They are to launch, and AWS has refused them. What launches them is given up at `given_up_s`; infinity: it is tried again.
    Refused {
        purpose: LaunchPurpose,
        activity: FleetActivity,
        given_up_s: f64,
    },
    /// They serve; their warm-up is over at `warm_s`.
    InService { arrival: u32, warm_s: f64 },
    /// They serve until they are gone at `gone_s`; `removed_by`: the entry of the activity that removes them.
    Leaving {
        arrival: u32,
        warm_s: f64,
        gone_s: f64,
        removed_by: usize,
    },
    /// They have failed and are not replaced yet; `loss`: the index of their loss in the run. Requests may still be routed to them.
    Failed { loss: usize, is_routed: bool },
}

impl Phase {
    /// Returns when a launch is over; infinity if it never is, and negative infinity if these do not launch.
    fn launched_s(&self) -> f64 {
        match self {
            Self::Overdue { .. } | Self::Refused { .. } => f64::INFINITY,
            Self::Launching { at_s, .. } => *at_s,
            Self::InService { .. } | Self::Leaving { .. } | Self::Failed { .. } => {
                f64::NEG_INFINITY
            }
        }
    }

    /// Returns whether these serve and are not being removed.
    pub(super) fn stays(&self) -> bool {
        matches!(self, Self::InService { .. })
    }

    /// Returns whether these launch for a purpose, and will answer in time.
    pub(super) fn launches_for(&self, of: LaunchPurpose) -> bool {
        matches!(self, Self::Launching { purpose, .. } if *purpose == of)
    }

    /// Returns which arrival instances in service belong to, and when their warm-up is over.
    pub(super) fn in_service(&self) -> Option<(u32, f64)> {
        match *self {
            Self::InService { arrival, warm_s }
            | Self::Leaving {
                arrival, warm_s, ..
            } => Some((arrival, warm_s)),
            Self::Launching { .. }
            | Self::Overdue { .. }
            | Self::Refused { .. }
            | Self::Failed { .. } => None,
        }
    }

    /// Returns whether these have been refused.
    pub(super) fn is_refused(&self) -> bool {
        matches!(self, Self::Refused { .. })
    }

    /// Returns until when these, which have been refused, are waited for; `None` where they are not.
    pub(super) fn waits_until_s(&self) -> Option<f64> {
        match *self {
            Self::Refused { given_up_s, .. } => Some(given_up_s).filter(|at_s| at_s.is_finite()),
            _ => None,
        }
    }

    /// Returns whether these have been refused and are tried again.
    pub(super) fn is_tried_again(&self) -> bool {
        self.is_refused() && self.waits_until_s().is_none()
    }

    /// Returns whether an activity is not over because of these.
    fn is_under_way_by(&self, entry: usize) -> bool {
        match self {
            Self::Launching { activity, .. } | Self::Overdue { activity, .. } => {
                activity.entry == entry
            }
            Self::Leaving { removed_by, .. } => *removed_by == entry,
            Self::Refused { .. } | Self::InService { .. } | Self::Failed { .. } => false,
        }
    }
}

/// Instances that are alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cohort {
    pub instances: u32,
    pub phase: Phase,
}

/// Which instances are taken first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    YoungestFirst,
    OldestFirst,
}

/// All instances of a fleet, the youngest first: those that launch by when they come into service, the last first, then the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Cohorts {
    list: Vec<Cohort>,
}

impl Cohorts {
    /// Returns instances that are in service and warm.
    pub(super) fn in_service(instances: u32) -> Self {
        let phase = Phase::InService {
            arrival: 0,
            warm_s: 0.0,
        };
        let mut cohorts = Self { list: Vec::new() };
        cohorts.insert(Cohort { instances, phase });
        cohorts
    }

    /// Returns the cohorts, the youngest first.
    pub(super) fn youngest_first(&self) -> impl DoubleEndedIterator<Item = &Cohort> {
        self.list.iter()
    }

    /// Returns the cohorts that have been in service, the oldest first, and then the launch that is over first, if there is one.
    pub(super) fn oldest_first(&self) -> impl Iterator<Item = &Cohort> {
        let mut launches = 0;
        self.list.iter().rev().take_while(move |cohort| {
            launches += u32::from(cohort.phase.launched_s() > f64::NEG_INFINITY);
            launches <= 1
        })
    }

    /// Returns how many instances `is` is true of.
    pub(super) fn count(&self, is: &dyn Fn(&Phase) -> bool) -> u32 {
        let cohorts = self.list.iter().filter(|cohort| is(&cohort.phase));
        cohorts.map(|cohort| cohort.instances).sum()
    }

    /// Returns whether an activity is not over: whether any of its instances launches or leaves.
    pub(super) fn are_under_way_by(&self, entry: usize) -> bool {
        let mut cohorts = self.list.iter();
        cohorts.any(|cohort| cohort.phase.is_under_way_by(entry))
    }

    /// Adds a cohort, as the youngest of those that are as far.
    pub(super) fn insert(&mut self, cohort: Cohort) {
        let launched_s = cohort.phase.launched_s();
        let index = (self.list).partition_point(|other| other.phase.launched_s() > launched_s);
        match self.list.get_mut(index) {
            Some(alike) if alike.phase == cohort.phase => alike.instances += cohort.instances,
            _ if cohort.instances > 0 => self.list.insert(index, cohort),
            _ => {}
        }
    }

    /// Adds many launches at once.
    pub(super) fn extend(&mut self, launches: impl Iterator<Item = Cohort>) {
        self.list.extend(launches);
        sort_by_number(&mut self.list, |cohort| -cohort.phase.launched_s());
    }

    /// Goes through at most so many of the instances `is` is true of, cohort by cohort; what they become is what `becomes` returns,
    /// `None`: they are gone. Returns how many instances were not there.
    pub(super) fn change(
        &mut self,
        (instances, order): (u32, Order),
        is: &dyn Fn(&Phase) -> bool,
        becomes: &mut dyn FnMut(Cohort) -> Option<Phase>,
    ) -> u32 {
        let (mut left, mut passed, mut is_any_gone) = (instances, 0, false);
        while left > 0 && passed < self.list.len() {
            let (index, before) = match order {
                Order::YoungestFirst => (passed, passed),
                Order::OldestFirst => (self.list.len() - 1 - passed, self.list.len() - passed),
            };
            passed += 1;
            let Some(cohort) = self.list.get_mut(index).filter(|it| is(&it.phase)) else {
                continue;
            };
            let taken = left.min(cohort.instances);
            left -= taken;
            let phase = cohort.phase;
            cohort.instances -= taken;
            match becomes(Cohort {
                instances: taken,
                phase,
            }) {
                Some(phase) if cohort.instances == 0 => {
                    *cohort = Cohort {
                        instances: taken,
                        phase,
                    };
                }
                Some(phase) => self.list.insert(
                    before,
                    Cohort {
                        instances: taken,
                        phase,
                    },
                ),
                None => is_any_gone |= cohort.instances == 0,
            }
        }
        if is_any_gone {
            self.list.retain(|cohort| cohort.instances > 0);
        }
        left
    }

    /// Merges neighbours in service that have warmed up.
    pub(super) fn merge(&mut self, now_s: f64) {
        let warm_arrival = |phase: &Phase| match phase {
            Phase::InService { arrival, warm_s } if *warm_s <= now_s => Some(*arrival),
            _ => None,
        };
        self.list.dedup_by(|older, younger| {
            let arrival = warm_arrival(&older.phase);
            let merges = arrival.is_some() && arrival == warm_arrival(&younger.phase);
            younger.instances += if merges { older.instances } else { 0 };
            merges
        });
    }
}
