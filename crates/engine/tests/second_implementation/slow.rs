//! An instance that is slow for a time: the oldest in service when it begins, until it is over or the instance is gone.

use engine::plan::SlowInstance;

pub struct Slow {
    plan: SlowInstance,
    /// Which one it is, once it has begun.
    begun: Option<usize>,
    is_over: bool,
}

impl Slow {
    pub fn new(plan: SlowInstance) -> Self {
        Self {
            plan,
            begun: None,
            is_over: false,
        }
    }

    /// The sum of the speeds of those in service, of which this one is the oldest that stays.
    pub fn look(&mut self, now_s: u32, serving: &[usize], oldest: Option<usize>) -> f64 {
        let (now_s, at_s) = (f64::from(now_s), self.plan.at_s);
        if self.begun.is_none() && now_s >= at_s && !self.is_over {
            self.begun = oldest;
            self.is_over = oldest.is_none();
        }
        let is_there = self.begun.is_some_and(|id| serving.contains(&id));
        self.is_over |= now_s >= at_s + self.plan.for_s || (now_s >= at_s && !is_there);
        serving.len() as f64 - self.slower()
    }

    /// How much less it does than one of the others.
    fn slower(&self) -> f64 {
        let is_slow = self.begun.is_some() && !self.is_over;
        if is_slow {
            1.0 - 1.0 / self.plan.times
        } else {
            0.0
        }
    }

    /// Some fail, this one first; if it serves again, it is as fast as the others. Gives how much less it did.
    pub fn fails(&mut self) -> f64 {
        let slower = self.slower();
        self.is_over |= self.begun.is_some();
        slower
    }
}
