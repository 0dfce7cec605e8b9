//! What scales, one by one: each instance, copy or unit of provisioned concurrency with times of its own. Counting is going
//! through the list; nothing is kept in sync.

/// When one comes that has no room yet.
const NOBODY_KNOWS: u32 = u32::MAX;

/// One of what scales.
#[derive(Clone, Copy, Debug)]
struct Unit {
    /// Like no other's.
    id: usize,
    /// It serves from then on.
    comes_s: u32,
    /// It counts as warm from then on.
    warm_s: u32,
    /// It serves until then.
    goes_s: Option<u32>,
    /// The instance that it is on, if it is a copy.
    host: Option<usize>,
    /// The activities that launched it and that remove it.
    launched_by: Option<usize>,
    removed_by: Option<usize>,
}

/// Where a copy is, and when it comes into service there.
#[derive(Clone, Copy)]
pub struct Home {
    pub host: usize,
    pub comes_s: u32,
}

pub struct Units {
    list: Vec<Unit>,
    /// Those that are gone, for who still looks at them.
    gone: Vec<Unit>,
    /// How many there have been.
    made: usize,
}

impl Units {
    /// So many that have always been there.
    pub fn new(count: u32) -> Self {
        let unit = |id| Unit {
            id,
            comes_s: 0,
            warm_s: 0,
            goes_s: None,
            host: None,
            launched_by: None,
            removed_by: None,
        };
        Self {
            list: (0..count as usize).map(unit).collect(),
            gone: Vec::new(),
            made: count as usize,
        }
    }

    /// Some come, or go, just now.
    pub fn turns(&self, now_s: u32) -> (bool, bool) {
        let comes = self.count(|unit| unit.comes_s == now_s) > 0;
        (comes, self.count(|unit| unit.goes_s == Some(now_s)) > 0)
    }

    /// Forgets those that are gone.
    pub fn settle(&mut self, now_s: u32) {
        let is_gone = |unit: &Unit| unit.goes_s.is_some_and(|goes_s| goes_s <= now_s);
        self.gone
            .extend(self.list.iter().filter(|unit| is_gone(unit)));
        self.list.retain(|unit| !is_gone(unit));
    }

    fn count(&self, is: impl Fn(&Unit) -> bool) -> u32 {
        self.list.iter().filter(|unit| is(unit)).count() as u32
    }

    pub fn in_service(&self, now_s: u32) -> u32 {
        self.count(|unit| unit.comes_s <= now_s)
    }

    /// Which are in service.
    pub fn serving(&self, now_s: u32) -> Vec<usize> {
        let serving = self.list.iter().filter(|unit| unit.comes_s <= now_s);
        serving.map(|unit| unit.id).collect()
    }

    pub fn pending(&self, now_s: u32) -> u32 {
        self.count(|unit| unit.comes_s > now_s)
    }

    pub fn desired(&self) -> u32 {
        self.count(|unit| unit.goes_s.is_none())
    }

    /// In service, and warmed up.
    pub fn warm(&self, now_s: u32) -> u32 {
        self.count(|unit| unit.warm_s <= now_s)
    }

    /// Those of them that are not being removed.
    pub fn warm_to_stay(&self, now_s: u32) -> u32 {
        self.count(|unit| unit.warm_s <= now_s && unit.goes_s.is_none())
    }

    /// The most that were in service at one moment between two.
    pub fn most_in_service(&self, from_s: u32, now_s: u32) -> u32 {
        let served = |unit: &&Unit, at_s: u32| {
            unit.comes_s <= at_s && unit.goes_s.is_none_or(|goes_s| goes_s > at_s)
        };
        let all = || self.list.iter().chain(&self.gone);
        let at = |at_s: u32| all().filter(|unit| served(unit, at_s)).count() as u32;
        (from_s..=now_s).map(at).max().unwrap_or(0)
    }

    /// Some come or go.
    pub fn is_changing(&self, now_s: u32) -> bool {
        self.count(|unit| unit.comes_s > now_s || unit.goes_s.is_some()) > 0
    }

    /// Some of an activity come or go.
    pub fn is_changing_by(&self, activity: usize, now_s: u32) -> bool {
        let comes = |unit: &Unit| unit.comes_s > now_s && unit.launched_by == Some(activity);
        self.count(|unit| comes(unit) || unit.removed_by == Some(activity)) > 0
    }

    pub fn launch(&mut self, count: u32, comes_s: u32, warm_up_s: u32, activity: usize) {
        for _ in 0..count {
            self.list.push(Unit {
                id: self.made,
                comes_s,
                warm_s: comes_s.saturating_add(warm_up_s),
                goes_s: None,
                host: None,
                launched_by: Some(activity),
                removed_by: None,
            });
            self.made += 1;
        }
    }

    /// The youngest first: those that still launch are given up, those that serve do so until they are gone.
    pub fn remove(&mut self, count: u32, now_s: u32, removal_s: u32, activity: usize) {
        for _ in 0..count {
            let stays = self
                .list
                .iter()
                .enumerate()
                .filter(|(_, unit)| unit.goes_s.is_none());
            let youngest = stays.max_by_key(|(place, unit)| (unit.comes_s, *place));
            let Some((place, youngest)) = youngest else {
                return;
            };
            if youngest.comes_s > now_s {
                self.list.remove(place);
            } else {
                self.list[place].goes_s = Some(now_s + removal_s);
                self.list[place].removed_by = Some(activity);
            }
        }
    }
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
