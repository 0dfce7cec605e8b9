//! What answers are worked out from: what is there, warm, wanted before, and held by a forecast.

use super::Control;
use crate::{log::By, policies::Counted};

impl Control<'_> {
    /// What answers are worked out from.
    pub(super) fn count(&self, now_s: u32) -> Counted {
        let desired = self.desired();
        let same = Counted {
            desired,
            out: desired,
            step_out: desired,
            before: None,
            step_in: desired,
            tracked_in: desired,
            simple_waits: false,
            // What is forecast is not scaled in.
            min: self.held(now_s).min(desired).min(self.max).max(self.min),
            max: self.max,
        };
        if self.is_group() {
            let in_service = self.units.in_service(now_s);
            let simple_runs = self
                .simple
                .is_some_and(|cooldown| self.runs(cooldown, now_s));
            let late_s = 60 * (self.plan.assumptions.metric_delay_s / 60.0).ceil() as u32;
            return Counted {
                out: self.units.warm(now_s),
                step_out: self.units.warm_to_stay(now_s),
                step_in: in_service,
                tracked_in: self
                    .units
                    .most_in_service(now_s.saturating_sub(late_s + 60), now_s),
                simple_waits: simple_runs || self.units.is_under_way(now_s),
                ..same
            };
        }
        // Before the scale-out of a scheduled action that goes on, or of a policy that goes on or cools down.
        let asked = self
            .log
            .iter()
            .rfind(|it| !it.by.is_replacement() && !it.refused);
        let scheduled = asked.filter(|last| {
            matches!(last.by, By::Scheduled(_)) && last.end_s.is_none() && last.to > last.from
        });
        let mut out = scheduled.map_or(desired, |last| last.from.min(desired));
        if let Some((cooldown, before)) = self.out
            && self.runs(cooldown, now_s)
        {
            out = out.min(before);
        }
        let over = self
            .out
            .filter(|(cooldown, _)| !self.runs(*cooldown, now_s));
        let acts = self.plan.assumptions.datapoints_from_before_act;
        let before = over.filter(|_| !acts).and_then(|(cooldown, before)| {
            let done_s = self.log[cooldown.activity].end_s?;
            Some((before, done_s))
        });
        Counted {
            out,
            step_out: out,
            before,
            ..same
        }
    }
}
