//! An instance that is slow for a time: the oldest in service when it begins. It counts as the oldest from then on, also where
//! older ones serve again: the last to be removed, the first to fail or to leave its place to another one.

use engine::plan::SlowInstance;

pub struct Slow {
    plan: SlowInstance,
    has_begun: bool,
    is_over: bool,
    /// How many have left their place to others so far.
    left_their_place: u32,
}

impl Slow {
    pub fn new(plan: SlowInstance) -> Self {
        Self {
            plan,
            has_begun: false,
            is_over: false,
            left_their_place: 0,
        }
    }

    /// So many have left their place to others in another zone, this one first.
    pub fn leave(&mut self, left_their_place: u32) {
        self.is_over |= self.has_begun && left_their_place > self.left_their_place;
        self.left_their_place = left_their_place;
    }

    /// The sum of the speeds of so many in service.
    pub fn look(&mut self, now_s: u32, in_service: u32) -> f64 {
        let for_s = f64::from(now_s) - self.plan.at_s;
        self.has_begun |= for_s >= 0.0;
        self.is_over |= self.has_begun && (for_s >= self.plan.for_s || in_service == 0);
        f64::from(in_service) - self.slower()
    }

    /// How much less it does than one of the others.
    fn slower(&self) -> f64 {
        let is_slow = self.has_begun && !self.is_over;
        if is_slow {
            1.0 - 1.0 / self.plan.times
        } else {
            0.0
        }
    }

    /// Some fail, this one first; if it serves again, it is as fast as the others. Gives how much less it did.
    pub fn fails(&mut self) -> f64 {
        let slower = self.slower();
        self.is_over |= self.has_begun;
        slower
    }
}
