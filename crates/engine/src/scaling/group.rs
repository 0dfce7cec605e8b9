//! An EC2 Auto Scaling group: instances that warm up, activities side by side, and simple scaling, which waits for them. It only
//! counts instances; what policies ask for is decided as on every platform.
//!
//! Source: Amazon EC2 Auto Scaling user guide, "Set the default instance warmup for an Auto Scaling group", "Step and simple
//! scaling policies" (instance warm-up) and "Scaling cooldowns".

use super::pace::{BegunBy, CapacityBasis};
use crate::{
    fleet::{Instances, Settled},
    plan::{Assumptions, WarmUp},
    run::{NotScaledReason, PERIOD_S},
};

/// The cooldown of the last activity of simple scaling.
#[derive(Clone, Copy, Debug)]
struct Cooldown {
    entry: usize,
    length_s: f64,
    /// `None` while its activity is still going.
    until_s: Option<f64>,
}

/// How many instances were in service before some of them left, and until when the newest datapoint still shows them.
#[derive(Clone, Copy, Debug)]
struct ShownInstances {
    instances: u32,
    until_s: f64,
}

/// An Auto Scaling group.
#[derive(Clone, Debug)]
pub(super) struct Group {
    warm_up: WarmUp,
    /// Seconds from the start of a period until its datapoint is visible.
    stale_s: f64,
    cooldown: Option<Cooldown>,
    shown: Vec<ShownInstances>,
}

impl Group {
    pub(super) fn boxed(warm_up: &WarmUp, assumptions: &Assumptions) -> Box<Self> {
        let period_s = f64::from(PERIOD_S);
        Box::new(Self {
            warm_up: warm_up.clone(),
            stale_s: ((assumptions.metric_delay_s / period_s).ceil() + 1.0) * period_s,
            cooldown: None,
            shown: Vec::new(),
        })
    }

    /// Returns how long instances warm up that somebody has asked for, seconds.
    pub(super) fn warm_up_s(&self, by: &BegunBy) -> f64 {
        match by {
            BegunBy::Policy { index, .. } => self.warm_up.of_policy(*index),
            BegunBy::Schedule { .. } | BegunBy::Event => self.warm_up.default_s,
        }
    }

    /// Notes that instances are gone which the newest datapoint still shows.
    // rule: group.scale-in-counts-shown
    pub(super) fn settle(&mut self, now_s: f64, settled: Settled) {
        if settled.removed > 0 {
            self.shown.push(ShownInstances {
                instances: settled.in_service_before,
                until_s: now_s + self.stale_s,
            });
        }
    }

    /// Notes that an activity has begun. The cooldown of simple scaling begins when it is over.
    // rule: group.simple-scaling
    pub(super) fn began(&mut self, entry: usize, by: &BegunBy) {
        if let BegunBy::Policy {
            simple_cooldown_s: Some(length_s),
            ..
        } = *by
        {
            self.cooldown = Some(Cooldown {
                entry,
                length_s,
                until_s: None,
            });
        }
    }

    /// Notes that an activity is over.
    // rule: group.activity-ends
    pub(super) fn ended(&mut self, now_s: f64, entry: usize) {
        if let Some(cooldown) = self.cooldown.as_mut().filter(|c| c.entry == entry) {
            cooldown.until_s = Some(now_s + cooldown.length_s);
        }
    }

    /// Notes that nothing of an activity could launch: it leads to no cooldown.
    // rule: capacity.no-simple-cooldown
    pub(super) fn failed(&mut self, entry: usize) {
        self.cooldown.take_if(|cooldown| cooldown.entry == entry);
    }

    /// Returns the capacities that answers are computed from.
    ///
    /// Scaling out counts from the instances that have warmed up, as the user guide's example does: ten, one that warms up and a
    /// step of 30 % make 13. That target tracking takes the same base, `ceil(warmed × metric / target)`, is assumed. Only scaling
    /// in counts instances that terminate; target tracking always does, as its metric is theirs, too, and in scaling in also
    /// those that are gone as long as the newest datapoint shows them, or it would remove them twice: assumed.
    // rule: group.steps-count-warm-instances
    // rule: group.scale-in-counts-terminating
    // rule: group.simple-scaling-waits
    pub(super) fn basis(&mut self, now_s: f64, instances: &Instances) -> CapacityBasis {
        let in_service = instances.counts().in_service;
        let (launches, displaced) = (instances.are_launching(), instances.displaced());
        let warming = instances.warming(now_s);
        // While instances launch it is not known until when the last of them will warm up.
        let until_s = warming.until_s.filter(|_| !launches);
        let warms_up = warming.instances > 0 || launches;
        let under_way = launches || instances.are_leaving();
        let cooldown_until_s = self.cooldown.and_then(|cooldown| cooldown.until_s);
        let cools_down = cooldown_until_s.is_some_and(|until_s| now_s < until_s);
        self.shown.retain(|shown| shown.until_s > now_s);
        let shown = self.shown.iter().map(|shown| shown.instances);
        CapacityBasis {
            out: in_service.saturating_sub(warming.instances),
            step_out: warming.warm_to_stay,
            before: None,
            step_in: in_service,
            tracked_in: shown.fold(in_service, u32::max),
            warming: warms_up.then_some(NotScaledReason::InstancesWarmingUp { until_s }),
            simple_waits: (under_way || cools_down).then_some(
                NotScaledReason::SimpleScalingCooldown {
                    until_s: cooldown_until_s.filter(|_| !under_way),
                },
            ),
            is_still: !warms_up
                && !under_way
                && !cools_down
                && displaced == 0
                && self.shown.is_empty(),
        }
    }
}
