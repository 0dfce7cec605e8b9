//! Copies of an inference component, each on an instance or waiting for one.

use super::{Unit, Units};

/// When one comes that has no room yet.
const NOBODY_KNOWS: u32 = u32::MAX;

/// Where a copy is, and when it comes into service there.
#[derive(Clone, Copy)]
pub struct Home {
    pub host: usize,
    pub comes_s: u32,
}

/// Copies on instances.
impl Units {
    /// Copies that have no room yet.
    pub fn launch_homeless(&mut self, count: u32, activity: usize) {
        self.launch(count, NOBODY_KNOWS, 0, activity);
    }

    /// The places of copies that are on no instance.
    pub fn homeless(&self) -> Vec<usize> {
        let list = self.list.iter().enumerate();
        let homeless = list.filter(|(_, unit)| unit.host.is_none());
        homeless.map(|(place, _)| place).collect()
    }

    pub fn settle_down(&mut self, place: usize, home: Home) {
        let unit = &mut self.list[place];
        (unit.host, unit.comes_s, unit.warm_s) = (Some(home.host), home.comes_s, home.comes_s);
    }

    /// Takes copies off instances; gives their places.
    pub fn unsettle(&mut self, hosts: &[usize]) -> Vec<usize> {
        let is_on = |unit: &Unit| unit.host.is_some_and(|host| hosts.contains(&host));
        let list = self.list.iter_mut().enumerate();
        let moved = list.filter(|(_, unit)| is_on(unit));
        moved
            .map(|(place, unit)| {
                unit.host = None;
                place
            })
            .collect()
    }

    /// Those at the start for which there is no room.
    pub fn wait(&mut self) {
        for unit in self.list.iter_mut().filter(|unit| unit.host.is_none()) {
            unit.comes_s = NOBODY_KNOWS;
        }
    }

    /// Copies on an instance: all, and those that serve and stay.
    pub fn on(&self, host: usize) -> u32 {
        self.count(|unit| unit.host == Some(host))
    }

    pub fn staying_on(&self, host: usize) -> u32 {
        self.count(|unit| unit.host == Some(host) && unit.goes_s.is_none())
    }

    /// Gives up one that waits, or else the one that would come last, of these the one on the youngest instance.
    pub fn give_up_last(&mut self, now_s: u32) -> bool {
        let list = self.list.iter().enumerate();
        let pending = list.filter(|(_, unit)| unit.comes_s > now_s);
        let last = pending.max_by_key(|(place, unit)| (unit.comes_s, unit.host, *place));
        let Some((place, _)) = last else {
            return false;
        };
        self.list.remove(place);
        true
    }

    /// One on an instance goes.
    pub fn leave(&mut self, host: usize, goes_s: u32, activity: usize) {
        let mut staying = self.list.iter_mut().filter(|unit| unit.goes_s.is_none());
        if let Some(unit) = staying.find(|unit| unit.host == Some(host)) {
            (unit.goes_s, unit.removed_by) = (Some(goes_s), Some(activity));
        }
    }
}
