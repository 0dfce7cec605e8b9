//! Launches that AWS refused: what an activity says of them, why an incident was, and what is odd about what there is.

use engine::{
    report::Bottleneck,
    run::{Activity, LaunchFailure, LaunchFailureReason, Outcome},
};
use scenario::{
    compile::{Compiled, Warning},
    document::{LaunchCapacity, Scenario},
};

use crate::{Words, activity::push, moment::wall};

impl Words {
    /// `1 → 6 failed`.
    pub(crate) fn title_of_failure(self, activity: &Activity) -> String {
        self.activity_failed(&self.count(activity.from), &self.count(activity.to))
    }

    /// `3 launched`, `3 refused`.
    pub(crate) fn title_of_attempt(self, instances: u32, outcome: Outcome) -> String {
        let n = self.count(instances);
        match outcome {
            Outcome::Failed(_) => self.activity_refused(&n),
            _ => self.activity_launches_again(&n),
        }
    }

    /// Why launches failed, in a word or two.
    pub(crate) fn tag_of_failure(self, failure: LaunchFailure) -> &'static str {
        match failure.reason {
            LaunchFailureReason::Shortage => self.tag_no_capacity(),
            LaunchFailureReason::Quota { .. } => self.tag_quota(),
        }
    }

    /// Why launches failed, with AWS's code, and what becomes of the rest.
    pub(crate) fn launches_failed(
        self,
        failure: LaunchFailure,
        activity: &Activity,
        compiled: &Compiled,
        scenario: &Scenario,
    ) -> String {
        let is_group = scenario.platform.rules().scales.is_of_ec2();
        let kind = &scenario.instance.instance_type;
        let (count, n) = (u64::from(failure.instances), self.count(failure.instances));
        let mut text = match (failure.reason, is_group) {
            (LaunchFailureReason::Shortage, _) => self.failed_shortage(count, kind, &n),
            (LaunchFailureReason::Quota { quota, running }, true) => {
                self.failed_quota_of_group(count, &self.count(quota), &self.count(running), &n)
            }
            (LaunchFailureReason::Quota { quota, running }, false) => {
                self.failed_quota(&self.count(quota), kind, &self.count(running), &n)
            }
        };
        let stays = activity.from == activity.to;
        if is_group && !stays {
            push(
                &mut text,
                &self.failed_group_tries_again(&self.count(activity.to)),
            );
        } else if !stays {
            push(
                &mut text,
                &self.failed_endpoint_stays(&self.count(activity.from)),
            );
        }
        if stays && activity.evaluations > 1 {
            let clock = &compiled.clock;
            let end_s = activity.end_s.unwrap_or(f64::from(compiled.plan.length_s));
            let until = self.time_beside(wall(clock, end_s), wall(clock, activity.start_s));
            let times = self.integer(f64::from(activity.evaluations));
            push(&mut text, &self.failed_again(&times, &until));
        }
        text
    }

    /// Why capacity was not there, where AWS had refused launches.
    pub(crate) fn why_refused(
        self,
        bottleneck: Bottleneck,
        moment: &dyn Fn(f64) -> String,
        compiled: &Compiled,
        scenario: &Scenario,
    ) -> String {
        let Bottleneck::LaunchesRefused {
            reason,
            failed,
            of,
            until_s,
            ..
        } = bottleneck
        else {
            return String::new();
        };
        let kind = &scenario.instance.instance_type;
        let (failed, attempts) = (self.count(failed), self.count(of));
        let length_s = f64::from(compiled.plan.length_s);
        let mut text = match (reason, until_s) {
            (LaunchFailureReason::Quota { quota, .. }, _) => {
                self.why_quota(of.into(), &failed, &attempts, &self.count(quota), kind)
            }
            (LaunchFailureReason::Shortage, Some(until_s)) if until_s < length_s => {
                self.why_shortage(of.into(), &failed, &attempts, kind, &moment(until_s))
            }
            (LaunchFailureReason::Shortage, _) => {
                self.why_shortage_lasts(of.into(), &failed, &attempts, kind)
            }
        };
        let help = match reason {
            LaunchFailureReason::Quota { .. } => self.why_quota_help(),
            LaunchFailureReason::Shortage if scenario.platform.rules().scales.is_of_ec2() => {
                self.why_shortage_help_group()
            }
            LaunchFailureReason::Shortage => self.why_shortage_help_endpoint(),
        };
        push(&mut text, help);
        text
    }

    /// A shortage in a few words: `none for 1 hour`, `2 for 1 hour`.
    #[must_use]
    pub fn shortage(self, capacity: &LaunchCapacity) -> String {
        let time = self.duration(60.0 * capacity.for_min);
        match capacity.available {
            0 => self.shortage_none_for(&time),
            available => self.shortage_for(&self.count(available), &time),
        }
    }

    /// What is odd about what there is for launches.
    pub(crate) fn warning_of_capacity(self, warning: &Warning) -> String {
        match warning {
            Warning::ShortageOutsideRun => self.warning_shortage_outside().to_owned(),
            Warning::OtherZonesHaveEnough => self.warning_other_zones().to_owned(),
            Warning::QuotaBelowMax { quota, max } => {
                self.warning_quota_below_max(&self.count(*quota), &self.count(*max))
            }
            _ => String::new(),
        }
    }
}
