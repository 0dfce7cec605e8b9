//! A warm pool: instances that wait beside the fleet, prepared to come into service sooner than new ones.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Warm pools for Amazon EC2 Auto Scaling": its size is what may be prepared less
//! desired capacity; by default an instance that is removed from the group does not come back to it.

use crate::plan::WarmPool;

/// The pool. Its size follows desired capacity at once; what is new in it is ready later.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    plan: WarmPool,
    ready: u32,
    /// When further instances will be ready, and how many; the next first.
    preparing: Vec<(f64, u32)>,
}

impl Pool {
    /// Returns a pool whose instances are all ready, beside a fleet of `desired` instances.
    pub(super) fn new(plan: WarmPool, desired: u32) -> Self {
        let mut pool = Self {
            plan,
            ready: 0,
            preparing: Vec::new(),
        };
        pool.ready = pool.size(desired);
        pool
    }

    // rule: group.warm-pool-size
    fn size(&self, desired: u32) -> u32 {
        (self.plan.most.saturating_sub(desired)).max(self.plan.min)
    }

    /// Returns whether its instances run while they wait.
    pub(super) fn is_running(&self) -> bool {
        self.plan.is_running
    }

    /// Returns the seconds from the decision to in service of an instance of the pool.
    pub(super) fn launch_s(&self) -> f64 {
        self.plan.launch_s
    }

    /// Takes as many instances as are ready, at most `instances`. Returns how many.
    // rule: group.warm-pool-launch
    pub(super) fn take(&mut self, now_s: f64, instances: u32) -> u32 {
        let ready = self.preparing.iter().filter(|(at_s, _)| *at_s <= now_s);
        self.ready += ready.map(|(_, instances)| instances).sum::<u32>();
        self.preparing.retain(|(at_s, _)| *at_s > now_s);
        let taken = instances.min(self.ready);
        self.ready -= taken;
        taken
    }

    /// Adapts the pool's size to desired capacity. What it lacks is ready at `ready_s`; what is too much is removed, the youngest
    /// first. `may_grow`: whether there is capacity for what it lacks.
    pub(super) fn resize(&mut self, ready_s: f64, desired: u32, may_grow: bool) {
        let (size, now) = (self.size(desired), self.instances());
        if size > now {
            if may_grow {
                self.preparing.push((ready_s, size - now));
            }
            return;
        }
        let mut left = now - size;
        while let Some((_, youngest)) = self.preparing.last_mut().filter(|_| left > 0) {
            let gone = left.min(*youngest);
            *youngest -= gone;
            left -= gone;
            if *youngest == 0 {
                self.preparing.pop();
            }
        }
        self.ready -= left;
    }

    fn instances(&self) -> u32 {
        let preparing = self.preparing.iter().map(|(_, instances)| instances);
        self.ready + preparing.sum::<u32>()
    }

    /// Returns the instances that are billed while they wait.
    // rule: group.warm-pool-cost
    pub(super) fn billed(&self) -> u32 {
        if self.plan.is_running {
            self.instances()
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All of six are taken, and then prepared again.
    fn preparing() -> Pool {
        let plan = WarmPool {
            launch_s: 30.0,
            most: 8,
            min: 0,
            is_running: true,
        };
        let mut pool = Pool::new(plan, 2);
        assert_eq!(pool.take(0.0, 10), 6);
        pool.resize(100.0, 5, true);
        pool.resize(200.0, 2, true);
        assert_eq!(pool.preparing, [(100.0, 3), (200.0, 3)]);
        pool
    }

    #[test]
    fn an_instance_can_be_taken_once() {
        let mut pool = preparing();
        let taken = [99.0, 100.0, 100.0, 200.0, 200.0].map(|now_s| pool.take(now_s, 10));
        assert_eq!(taken, [0, 3, 0, 3, 0]);
    }

    #[test]
    fn the_youngest_go_first() {
        let mut pool = preparing();
        pool.resize(300.0, 3, true);
        assert_eq!(pool.preparing, [(100.0, 3), (200.0, 2)]);
        pool.resize(300.0, 7, true);
        assert_eq!(
            (pool.preparing.as_slice(), pool.billed()),
            ([(100.0, 1)].as_slice(), 1)
        );
        assert_eq!(pool.take(100.0, 0), 0);
        pool.resize(300.0, 8, true);
        assert_eq!(pool.billed(), 0, "of those that are ready");
    }
}
