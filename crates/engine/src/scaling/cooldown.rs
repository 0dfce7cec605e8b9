//! Cooldowns of policies.
//!
//! Source: Application Auto Scaling user guide, "Define cooldown periods" (target tracking) and "Cooldown periods" (step
//! scaling): a policy's own length, once its activity is done. That one policy's cooldown holds for all is assumed. Scheduled actions neither start nor heed one.

use crate::run::{Direction, NotScaledReason};

/// A cooldown. It exists from the decision on, and its time runs once the activity is done.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cooldown {
    length_s: f64,
    /// When its activity was done; `None` while that is in progress.
    done_s: Option<f64>,
}

impl Cooldown {
    fn runs(&self, now_s: f64) -> bool {
        self.until_s().is_none_or(|until_s| now_s < until_s)
    }

    fn until_s(&self) -> Option<f64> {
        self.done_s.map(|done_s| done_s + self.length_s)
    }
}

/// The capacity before a scale-out whose cooldown is over, for datapoints that are older than the scale-out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CapacityBefore {
    pub capacity: u32,
    /// When the scale-out was done.
    pub done_s: f64,
    /// Periods that ended until then are visible.
    pub seen_s: f64,
}

/// Both cooldowns of a scalable target.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cooldowns {
    /// The scale-out cooldown, and the desired capacity before the first activity in it.
    out: Option<(Cooldown, u32)>,
    scale_in: Option<Cooldown>,
}

impl Cooldowns {
    /// Returns the capacity that a scale-out is computed from. Capacity added in a cooldown counts towards the next scale-out, so
    /// the base stays what it was before the first one. Otherwise a metric that still shows the old fleet would multiply the new
    /// one again and again. That "before" is meant is assumed.
    // rule: cooldown.larger-scale-out-base
    // rule: cooldown.base-before
    pub(super) fn base(&self, now_s: f64, desired: u32) -> u32 {
        match self.out {
            Some((cooldown, base)) if cooldown.runs(now_s) => base.min(desired),
            _ => desired,
        }
    }

    /// Returns the capacity before the last scale-out, if its cooldown is over. `seen_s`: periods that ended until then are
    /// visible.
    pub(super) fn before(&self, now_s: f64, seen_s: f64) -> Option<CapacityBefore> {
        let (cooldown, capacity) = self.out.filter(|(cooldown, _)| !cooldown.runs(now_s))?;
        Some(CapacityBefore {
            capacity,
            done_s: cooldown.done_s?,
            seen_s,
        })
    }

    /// Returns the scale-out cooldown, if it runs and no more than `desired` is wanted.
    // rule: cooldown.larger-scale-out
    pub(super) fn blocks_out(
        &self,
        now_s: f64,
        wanted: u32,
        desired: u32,
    ) -> Option<NotScaledReason> {
        let (cooldown, _) = self.out?;
        (cooldown.runs(now_s) && wanted <= desired).then_some(NotScaledReason::ScaleOutCooldown {
            until_s: cooldown.until_s(),
        })
    }

    /// Returns the scale-in cooldown, if it runs. A scale-out cooldown does not block a scale-in: AWS does not mention it.
    // rule: cooldown.scale-in
    // rule: cooldown.scale-out-leaves-scale-in
    pub(super) fn blocks_in(&self, now_s: f64) -> Option<NotScaledReason> {
        let cooldown = self.scale_in?;
        cooldown
            .runs(now_s)
            .then_some(NotScaledReason::ScaleInCooldown {
                until_s: cooldown.until_s(),
            })
    }

    /// Notes that a policy's activity has begun. `base`: the capacity that a scale-out was computed from. A scale-out ends a
    /// scale-in cooldown; a larger scale-out within a scale-out cooldown keeps the first one's base.
    // rule: cooldown.base-kept
    // rule: cooldown.ended-by-scale-out
    // rule: cooldown.one-for-all-policies
    pub(super) fn began(&mut self, now_s: f64, direction: Direction, base: u32, length_s: f64) {
        let cooldown = Cooldown {
            length_s,
            done_s: None,
        };
        match direction {
            Direction::Out => {
                self.scale_in = None;
                let base = self.base(now_s, base);
                self.out = Some((cooldown, base));
            }
            Direction::In => self.scale_in = Some(cooldown),
        }
    }

    /// Notes that the activity in progress is done: its cooldown begins.
    // rule: cooldown.begins-when-done
    pub(super) fn completed(&mut self, now_s: f64) {
        let start = |cooldown: &mut Cooldown| {
            cooldown.done_s.get_or_insert(now_s);
        };
        if let Some((cooldown, _)) = &mut self.out {
            start(cooldown);
        }
        if let Some(cooldown) = &mut self.scale_in {
            start(cooldown);
        }
    }

    /// Notes that a scheduled action has changed capacity. The base moves by as much, as no policy has added or removed it.
    // rule: cooldown.scheduled-action-moves-base
    pub(super) fn rescheduled(&mut self, from: u32, to: u32) {
        if let Some((_, base)) = &mut self.out {
            *base = (*base + to).saturating_sub(from).max(1);
        }
    }
}
