//! Copies of an inference component on instances, copy by copy and instance by instance: each copy knows where it is, and when it
//! comes and goes; what an instance holds is counted anew each time.

use super::units::{Home, Units};
use engine::plan::{Hosts as Plan, Placement};

/// One instance.
#[derive(Clone, Copy)]
struct Host {
    id: usize,
    /// In service from then on.
    ready_s: u32,
    /// Without copies since then, as far as it is without any.
    empty_s: u32,
}

pub struct Hosts {
    plan: Plan,
    removal_s: u32,
    launch_s: u32,
    /// The oldest first.
    list: Vec<Host>,
    /// When instances that have been released are gone.
    released: Vec<u32>,
    made: usize,
    /// When copies or instances last came, went, or were asked to.
    operated_s: u32,
    has_consolidated: bool,
    /// Copies that were moved.
    pub moves: u32,
}

impl Hosts {
    /// As many as so many copies need, within the bounds, and these on them as far as there is room.
    pub fn new(plan: Plan, removal_s: u32, launch_s: u32, copies: &mut Units) -> Self {
        let mut hosts = Self {
            plan,
            removal_s,
            launch_s,
            list: Vec::new(),
            released: Vec::new(),
            made: 0,
            operated_s: 0,
            has_consolidated: false,
            moves: 0,
        };
        let per_instance = plan.copies_per_instance;
        let count = copies
            .desired()
            .div_ceil(per_instance)
            .clamp(plan.min, plan.max);
        for _ in 0..count {
            hosts.add(0);
        }
        for place in copies.homeless() {
            if let Some(id) = hosts.room(copies, 0) {
                copies.settle_down(
                    place,
                    Home {
                        host: id,
                        comes_s: 0,
                    },
                );
            }
        }
        copies.wait();
        hosts.look(copies, 0);
        hosts
    }

    fn add(&mut self, ready_s: u32) {
        self.list.push(Host {
            id: self.made,
            ready_s,
            empty_s: ready_s,
        });
        self.made += 1;
    }

    /// Instances that cost.
    pub fn paid(&self) -> u32 {
        (self.list.len() + self.released.len()) as u32
    }

    /// The instance that the next copy goes to: the soonest in service, then as the strategy says, then the oldest.
    fn room(&self, copies: &Units, now_s: u32) -> Option<usize> {
        let per_instance = self.plan.copies_per_instance;
        let with_room = self
            .list
            .iter()
            .filter(|host| copies.on(host.id) < per_instance);
        let best = with_room.min_by_key(|host| {
            let holds = i64::from(copies.on(host.id));
            let load = match self.plan.placement {
                Placement::Spread => holds,
                Placement::BinPack => -holds,
            };
            (host.ready_s.max(now_s), load, host.id)
        });
        best.map(|host| host.id)
    }

    /// Copies that are nowhere start where there is room.
    fn start(&mut self, copies: &mut Units, now_s: u32) {
        for place in copies.homeless() {
            let Some(id) = self.room(copies, now_s) else {
                return;
            };
            let host = self.list.iter().find(|host| host.id == id).unwrap();
            let comes_s = host.ready_s.max(now_s) + self.plan.copy_start_s as u32;
            copies.settle_down(place, Home { host: id, comes_s });
        }
    }

    /// Copies have been asked for: they start where there is room. Those that waited before go on waiting for room.
    pub fn scale_out(&mut self, copies: &mut Units, now_s: u32) {
        self.start(copies, now_s);
        self.operated(now_s);
    }

    /// Where there is no room instances are launched, as many as there may be, and at most so many. Gives how many are, and how
    /// many are not.
    pub fn launch(&mut self, copies: &mut Units, now_s: u32, most: u32) -> (u32, u32) {
        let homeless = copies.homeless().len() as u32;
        let room = self.plan.max.saturating_sub(self.list.len() as u32);
        let asked = homeless.div_ceil(self.plan.copies_per_instance).min(room);
        for _ in 0..asked.min(most) {
            self.add(now_s + self.launch_s);
        }
        self.start(copies, now_s);
        (asked.min(most), asked.saturating_sub(most))
    }

    /// Instances have been launched that had been refused.
    pub fn has_launched(&mut self, copies: &Units, now_s: u32) {
        self.look(copies, now_s);
        self.operated(now_s);
    }

    /// Some copies are to go: those that wait, those that start, the last first, then as the strategy says.
    pub fn scale_in(&mut self, copies: &mut Units, count: u32, now_s: u32, activity: usize) {
        for _ in 0..count {
            if copies.give_up_last(now_s) {
                continue;
            }
            let with_copies = self
                .list
                .iter()
                .filter(|host| copies.staying_on(host.id) > 0);
            let best = with_copies.max_by_key(|host| {
                let serving = i64::from(copies.staying_on(host.id));
                let load = match self.plan.placement {
                    Placement::Spread => serving,
                    Placement::BinPack => -serving,
                };
                (load, host.id)
            });
            if let Some(host) = best {
                copies.leave(host.id, now_s + self.removal_s, activity);
            }
        }
        self.look(copies, now_s);
        self.operated(now_s);
    }

    fn operated(&mut self, now_s: u32) {
        (self.operated_s, self.has_consolidated) = (now_s, false);
    }

    /// Notes which instances hold copies, and since when others do not.
    fn look(&mut self, copies: &Units, now_s: u32) {
        for host in &mut self.list {
            if copies.on(host.id) > 0 {
                host.empty_s = u32::MAX;
            } else if host.empty_s == u32::MAX {
                host.empty_s = now_s.max(host.ready_s);
            }
        }
    }

    /// A second has passed: copies may have come into service, or gone.
    pub fn settle(&mut self, copies: &mut Units, now_s: u32, (came, gone): (bool, bool)) {
        self.released.retain(|gone_s| *gone_s > now_s);
        if came || gone {
            self.operated(now_s);
        }
        self.look(copies, now_s);
        if gone {
            self.start(copies, now_s);
            self.look(copies, now_s);
        }
        self.release_idle(now_s);
        self.consolidate(copies, now_s);
    }

    /// Those without copies for long enough are released, the youngest first, down to the fewest.
    fn release_idle(&mut self, now_s: u32) {
        let idle_s = self.plan.idle_s as u32;
        for place in (0..self.list.len()).rev() {
            let empty_s = self.list[place].empty_s;
            let is_idle = empty_s != u32::MAX && empty_s + idle_s <= now_s;
            if is_idle && self.list.len() as u32 > self.plan.min {
                self.list.remove(place);
                self.released.push(now_s + self.removal_s);
                self.operated(now_s);
            }
        }
    }

    /// Some time after the last change the copies of the emptiest instances move to others, and those are released once the
    /// copies have started there.
    fn consolidate(&mut self, copies: &mut Units, now_s: u32) {
        let Some(consolidation) = self.plan.consolidation else {
            return;
        };
        let is_due = self.operated_s + consolidation.cooldown_s as u32 <= now_s;
        if !is_due || self.has_consolidated {
            return;
        }
        self.has_consolidated = true;
        let launches = self.list.iter().any(|host| host.ready_s > now_s);
        if launches || copies.is_changing(now_s) {
            return;
        }
        let in_service = copies.in_service(now_s);
        let needed = in_service
            .div_ceil(self.plan.copies_per_instance)
            .max(self.plan.min);
        let spare = (self.list.len() as u32).saturating_sub(needed);
        let count = spare.min(consolidation.step);
        if count == 0 {
            return;
        }
        let mut by_load = self.list.clone();
        // The emptiest, of those the youngest.
        by_load.sort_by_key(|host| (copies.on(host.id), usize::MAX - host.id));
        let going: Vec<usize> = by_load
            .iter()
            .take(count as usize)
            .map(|host| host.id)
            .collect();
        self.list.retain(|host| !going.contains(&host.id));
        let moved = copies.unsettle(&going);
        self.moves += moved.len() as u32;
        let starts_s = if moved.is_empty() {
            0
        } else {
            self.plan.copy_start_s as u32
        };
        for place in moved {
            let id = self.room(copies, now_s).unwrap();
            copies.settle_down(
                place,
                Home {
                    host: id,
                    comes_s: 0,
                },
            );
        }
        self.look(copies, now_s);
        let done_s = now_s + starts_s;
        for _ in 0..count {
            self.released.push(done_s + self.removal_s);
        }
        self.operated(done_s);
    }
}
