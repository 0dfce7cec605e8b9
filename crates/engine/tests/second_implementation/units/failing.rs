//! Units that fail, are replaced, or move to another zone.

use super::{For, Unit, Units};

/// It never comes.
const NEVER: u32 = u32::MAX;

/// A launch: when it begins, how long it takes, and within which time it must answer.
#[derive(Clone, Copy)]
pub struct Start {
    pub begins_s: u32,
    pub launch_s: u32,
    pub within_s: u32,
}

impl Unit {
    /// It launches, or launches anew; the group looks once a minute whether it has answered in time.
    fn start(&mut self, start: Start) {
        if start.launch_s <= start.within_s {
            self.comes_s = start.begins_s + start.launch_s;
            self.given_up_s = None;
        } else {
            self.comes_s = NEVER;
            self.given_up_s = Some((start.begins_s + start.within_s).next_multiple_of(60));
        }
        self.warm_s = self.comes_s.saturating_add(self.warm_up_s);
    }
}

impl Units {
    /// Launches some that may take too long.
    pub fn start(&mut self, count: u32, start: Start, by: (For, usize, u32)) {
        let (launches_for, activity, warm_up_s) = by;
        self.launch(count, NEVER, warm_up_s, activity);
        let new = self.list.len() - count as usize;
        for unit in &mut self.list[new..] {
            unit.launches_for = launches_for;
            unit.start(start);
        }
    }

    /// So many of those in service fail: the oldest that stay, and else those that would be gone last, of which nothing is left.
    pub fn fail(&mut self, count: u32, now_s: u32, loss: usize) {
        for _ in 0..count {
            let list = self.list.iter().enumerate();
            let serving = list.filter(|(_, unit)| unit.serves(now_s));
            let first = serving.min_by_key(|(place, unit)| {
                let goes_s = unit.goes_s.map(|goes_s| NEVER - goes_s);
                let is_moved = unit.goes_s.is_some() && unit.removed_by.is_none();
                (is_moved, goes_s, unit.comes_s, *place)
            });
            let (mut place, first) = first.unwrap();
            if first.goes_s.is_some() {
                self.list.remove(place);
                continue;
            }
            // An older one that was to leave its place to another fails in its stead, which then leaves in its.
            let is_older = |unit: &Unit| {
                let is_moved = unit.goes_s.is_some() && unit.removed_by.is_none();
                is_moved && unit.serves(now_s) && unit.comes_s < first.comes_s
            };
            let list = self.list.iter().enumerate();
            let older = list.filter(|(_, unit)| is_older(unit));
            if let Some((older, _)) = older.min_by_key(|(place, unit)| (unit.comes_s, *place)) {
                self.list[place].goes_s = self.list[older].goes_s.take();
                place = older;
            }
            self.list[place].lost_in = Some(loss);
        }
    }

    /// How many that have failed are still there.
    pub fn lost(&self) -> u32 {
        self.count(|unit| unit.lost_in.is_some())
    }

    pub fn lost_in(&self, loss: usize) -> u32 {
        self.count(|unit| unit.lost_in == Some(loss))
    }

    /// Those serve again.
    pub fn restore(&mut self, now_s: u32, loss: usize) {
        for unit in &mut self.list {
            if unit.lost_in == Some(loss) {
                (unit.lost_in, unit.warm_s) = (None, unit.warm_s.min(now_s));
            }
        }
    }

    /// Those are terminated.
    pub fn terminate(&mut self, loss: usize) {
        self.list.retain(|unit| unit.lost_in != Some(loss));
    }

    /// A zone of so many is gone: takes its share of what launches away, of those that were to come last, to be launched anew.
    pub fn take_share(&mut self, now_s: u32, zones: u32) -> [Vec<(For, usize, u32)>; 2] {
        [For::Capacity, For::Replacement].map(|kind| {
            let is = |unit: &Unit| {
                let launches = unit.is_pending(now_s) && unit.given_up_s.is_none();
                launches && unit.launches_for == kind
            };
            let mut launching: Vec<Unit> = self.list.iter().filter(|it| is(it)).copied().collect();
            launching.sort_by_key(|unit| unit.comes_s);
            let stay = launching.len() - launching.len() / zones as usize;
            let share = launching[stay..].iter();
            share.map(|unit| self.take(unit)).collect()
        })
    }

    /// Takes one away that is to begin anew: why, for which activity, and how long it warms up.
    fn take(&mut self, unit: &Unit) -> (For, usize, u32) {
        self.list.retain(|other| other.id != unit.id);
        let activity = unit.launched_by.unwrap();
        (unit.launches_for, activity, unit.warm_up_s)
    }

    /// When launches are next given up.
    pub fn given_up_s(&self) -> Option<u32> {
        self.list.iter().filter_map(|unit| unit.given_up_s).min()
    }

    /// Takes launches away that are given up by now, to begin anew by another activity.
    pub fn take_given_up(&mut self, now_s: u32, activity: usize) -> Vec<(For, usize, u32)> {
        let is = |unit: &&Unit| unit.given_up_s.is_some_and(|at_s| at_s <= now_s);
        let given_up: Vec<Unit> = self.list.iter().filter(is).copied().collect();
        let asked = given_up.iter().map(|unit| self.take(unit));
        asked
            .map(|(.., warm_up_s)| (For::Capacity, activity, warm_up_s))
            .collect()
    }

    /// How many are given up by now.
    pub fn given_up(&self, now_s: u32) -> u32 {
        self.count(|unit| unit.given_up_s.is_some_and(|at_s| at_s <= now_s))
    }

    /// For each that has come into the zone which is back, the oldest goes.
    pub fn change_places(&mut self, now_s: u32, removal_s: u32) {
        let comes = |unit: &&mut Unit| unit.launches_for == For::Balance && unit.comes_s <= now_s;
        let mut count = 0;
        for unit in self.list.iter_mut().filter(comes) {
            unit.launches_for = For::Capacity;
            count += 1;
        }
        for _ in 0..count {
            let list = self.list.iter_mut();
            let stays = list.filter(|unit| unit.serves(now_s) && unit.goes_s.is_none());
            if let Some(oldest) = stays.min_by_key(|unit| unit.comes_s) {
                oldest.goes_s = Some(now_s + removal_s);
            }
        }
    }

    /// Nothing moves between zones.
    pub fn stands(&self) -> bool {
        let is_extra = |unit: &Unit| unit.launches_for == For::Balance;
        let is_moved = |unit: &Unit| unit.goes_s.is_some() && unit.removed_by.is_none();
        self.count(|unit| is_extra(unit) || is_moved(unit)) == 0
    }
}
