//! A group's warm pool, instance by instance: when each of them is ready.

use engine::plan::WarmPool;

pub struct Pool {
    plan: WarmPool,
    /// The oldest first.
    ready_s: Vec<u32>,
}

impl Pool {
    /// Full beside a group of so many.
    pub fn new(plan: WarmPool, desired: u32) -> Self {
        let mut pool = Self {
            plan,
            ready_s: Vec::new(),
        };
        pool.resize(desired, 0, true);
        pool
    }

    /// Takes as many as are ready, at most so many.
    pub fn take(&mut self, most: u32, now_s: u32) -> u32 {
        let mut taken = 0;
        self.ready_s.retain(|ready_s| {
            let goes = *ready_s <= now_s && taken < most;
            taken += u32::from(goes);
            !goes
        });
        taken
    }

    /// What may be prepared less what is desired, the least at least: what is missing will be ready then, the youngest go.
    /// Where nothing can be prepared, nothing comes.
    pub fn resize(&mut self, desired: u32, ready_s: u32, may_prepare: bool) {
        let size = self.plan.most.saturating_sub(desired).max(self.plan.min);
        let most = if may_prepare {
            usize::MAX
        } else {
            self.ready_s.len()
        };
        self.ready_s.resize(most.min(size as usize), ready_s);
    }

    pub fn is_running(&self) -> bool {
        self.plan.is_running
    }

    pub fn launch_s(&self) -> u32 {
        self.plan.launch_s as u32
    }

    /// Instances that cost while they wait.
    pub fn paid(&self) -> u32 {
        if self.plan.is_running {
            self.ready_s.len() as u32
        } else {
            0
        }
    }
}
