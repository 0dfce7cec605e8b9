//! What scales, one by one: each instance, copy or unit of provisioned concurrency with times of its own. Counting is going
//! through the list; nothing is kept in sync.

mod copies;
mod failing;

pub use copies::Home;
pub use failing::Start;
use std::cmp::Reverse;

/// Why one launches, as far as it makes a difference while it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum For {
    /// Somebody has asked for more, or it comes out of a warm pool.
    Capacity,
    /// Another one has failed.
    Replacement,
    /// It takes another one's place in a zone that is back, beyond desired capacity until then.
    Balance,
}

/// One of what scales.
#[derive(Clone, Copy, Debug)]
struct Unit {
    /// Like no other's.
    id: usize,
    /// It serves from then on.
    comes_s: u32,
    /// It counts as warm from then on, so long after it has come.
    warm_s: u32,
    warm_up_s: u32,
    /// It serves until then.
    goes_s: Option<u32>,
    /// The instance that it is on, if it is a copy.
    host: Option<usize>,
    /// The activities that launched it and that remove it.
    launched_by: Option<usize>,
    removed_by: Option<usize>,
    launches_for: For,
    /// It takes too long to answer: then it is given up, and never comes.
    given_up_s: Option<u32>,
    /// The loss in which it failed.
    lost_in: Option<usize>,
}

impl Unit {
    fn is_pending(&self, now_s: u32) -> bool {
        self.comes_s > now_s
    }

    fn serves(&self, now_s: u32) -> bool {
        self.comes_s <= now_s && self.lost_in.is_none()
    }

    /// Part of an activity that is not over.
    fn is_under_way(&self, now_s: u32) -> bool {
        self.is_pending(now_s) || self.removed_by.is_some()
    }
}

pub struct Units {
    list: Vec<Unit>,
    /// How many were in service when some of them went that had been removed, and when.
    before: Vec<(u32, u32)>,
    /// How many there have been.
    made: usize,
    /// How many have left their place to another in a zone that is back.
    left_their_place: u32,
}

impl Units {
    /// So many that have always been there.
    pub fn new(count: u32) -> Self {
        let unit = |id| Unit {
            id,
            comes_s: 0,
            warm_s: 0,
            warm_up_s: 0,
            goes_s: None,
            host: None,
            launched_by: None,
            removed_by: None,
            launches_for: For::Capacity,
            given_up_s: None,
            lost_in: None,
        };
        Self {
            list: (0..count as usize).map(unit).collect(),
            before: Vec::new(),
            made: count as usize,
            left_their_place: 0,
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
        if self.count(|unit| is_gone(unit) && unit.removed_by.is_some()) > 0 {
            let before = self.count(|unit| unit.serves(now_s - 1));
            self.before.push((before, now_s));
        }
        self.left_their_place += self.count(|unit| is_gone(unit) && unit.removed_by.is_none());
        self.list.retain(|unit| !is_gone(unit));
    }

    /// How many have left their place to another so far.
    pub fn left_their_place(&self) -> u32 {
        self.left_their_place
    }

    fn count(&self, is: impl Fn(&Unit) -> bool) -> u32 {
        self.list.iter().filter(|unit| is(unit)).count() as u32
    }

    pub fn in_service(&self, now_s: u32) -> u32 {
        self.count(|unit| unit.serves(now_s))
    }

    /// Which are in service.
    pub fn serving(&self, now_s: u32) -> Vec<usize> {
        let serving = self.list.iter().filter(|unit| unit.serves(now_s));
        serving.map(|unit| unit.id).collect()
    }

    pub fn pending(&self, now_s: u32) -> u32 {
        self.count(|unit| unit.is_pending(now_s))
    }

    pub fn desired(&self) -> u32 {
        let is_extra = |unit: &Unit| unit.launches_for == For::Balance;
        self.count(|unit| unit.goes_s.is_none() && !is_extra(unit))
    }

    /// In service, and warmed up.
    pub fn warm(&self, now_s: u32) -> u32 {
        self.count(|unit| unit.warm_s <= now_s && unit.lost_in.is_none())
    }

    /// Those of them that are not being removed.
    pub fn warm_to_stay(&self, now_s: u32) -> u32 {
        self.count(|unit| unit.warm_s <= now_s && unit.goes_s.is_none() && unit.lost_in.is_none())
    }

    /// Those in service, and if they are more those that were before some of them went, since then.
    pub fn most_in_service(&self, since_s: u32, now_s: u32) -> u32 {
        let before = self.before.iter().filter(|(_, at_s)| *at_s > since_s);
        let most = before.map(|(count, _)| *count).max();
        most.unwrap_or(0).max(self.in_service(now_s))
    }

    /// Some come or go that somebody has asked for.
    pub fn is_changing(&self, now_s: u32) -> bool {
        let comes = |unit: &Unit| unit.is_pending(now_s) && unit.launches_for == For::Capacity;
        self.count(|unit| comes(unit) || unit.removed_by.is_some()) > 0
    }

    /// Some come or go because of any activity.
    pub fn is_under_way(&self, now_s: u32) -> bool {
        self.count(|unit| unit.is_under_way(now_s)) > 0
    }

    /// Some of an activity come or go.
    pub fn is_changing_by(&self, activity: usize, now_s: u32) -> bool {
        let comes = |unit: &Unit| unit.is_pending(now_s) && unit.launched_by == Some(activity);
        self.count(|unit| comes(unit) || unit.removed_by == Some(activity)) > 0
    }

    pub fn launch(&mut self, count: u32, comes_s: u32, warm_up_s: u32, activity: usize) {
        for _ in 0..count {
            self.list.push(Unit {
                id: self.made,
                comes_s,
                warm_s: comes_s.saturating_add(warm_up_s),
                warm_up_s,
                goes_s: None,
                host: None,
                launched_by: Some(activity),
                removed_by: None,
                launches_for: For::Capacity,
                given_up_s: None,
                lost_in: None,
            });
            self.made += 1;
        }
    }

    /// What has failed first, then the youngest: those that still launch are given up, those that serve do so until they are gone.
    pub fn remove(&mut self, count: u32, now_s: u32, removal_s: u32, activity: usize) {
        for _ in 0..count {
            let stays = self
                .list
                .iter()
                .enumerate()
                .filter(|(_, unit)| unit.goes_s.is_none() && unit.launches_for != For::Balance);
            let first = stays.max_by_key(|(place, unit)| {
                // Of what has failed the first; of what launches those that never come, whyever, then replacements.
                let lost = unit.lost_in.map(Reverse);
                let may_come = unit.is_pending(now_s) && unit.given_up_s.is_none();
                let pending = may_come.then_some(unit.launches_for);
                (lost, unit.given_up_s, pending, unit.comes_s, *place)
            });
            let Some((place, first)) = first else {
                return;
            };
            if first.serves(now_s) {
                self.list[place].goes_s = Some(now_s + removal_s);
                self.list[place].removed_by = Some(activity);
            } else {
                self.list.remove(place);
            }
        }
    }
}
