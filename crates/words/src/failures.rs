//! What fails, what health checks make of it, and what that did to requests.

use engine::{
    report::Bottleneck,
    run::{Activity, Replacement, ReplacementReason},
};
use scenario::{
    compile::{Compiled, Warning},
    document::{Failing, Scenario, SlowInstance},
};

use crate::{Words, activity::push, moment::wall};

impl Words {
    /// `2 replaced`, `2 moved`.
    pub(crate) fn replacement_title(self, replacement: &Replacement) -> String {
        let n = self.count(replacement.instances);
        match replacement.reason {
            ReplacementReason::ZoneBalance => self.activity_moves(&n),
            _ => self.activity_replaces(&n),
        }
    }

    /// In a word or two.
    pub(crate) fn replacement_tag(self, replacement: &Replacement) -> &'static str {
        match replacement.reason {
            ReplacementReason::ZoneBalance => self.tag_zone_balance(),
            ReplacementReason::Refused => self.tag_tried_again(),
            _ => self.tag_health_check(),
        }
    }

    /// Why instances were replaced, in AWS's own words where it has any.
    pub(crate) fn replaced_because(
        self,
        replacement: &Replacement,
        activity: &Activity,
        compiled: &Compiled,
        scenario: &Scenario,
    ) -> String {
        let (count, n) = (
            u64::from(replacement.instances),
            self.count(replacement.instances),
        );
        let is_group = scenario.platform.rules().scales.is_of_ec2();
        match replacement.reason {
            ReplacementReason::ZoneBalance => self.replaced_for_balance(count, &n),
            ReplacementReason::StillStarting => {
                self.replaced_still_starting(replacement.instances, activity, compiled, scenario)
            }
            ReplacementReason::Refused => self.launched_again().to_owned(),
            _ if !is_group => self.replaced_by_sagemaker(count, &n),
            ReplacementReason::StatusCheck => self.replaced_status_check(count, &n),
            ReplacementReason::LoadBalancer => self.replaced_load_balancer(count, &n),
        }
    }

    fn replaced_still_starting(
        self,
        instances: u32,
        activity: &Activity,
        compiled: &Compiled,
        scenario: &Scenario,
    ) -> String {
        let launch_s = longest_launch_s(scenario);
        let within_s = scenario.auto_scaling_group.start_within_s();
        let mut text = self.replaced_while_starting(
            instances.into(),
            &self.count(instances),
            &self.duration(launch_s),
            &self.duration(within_s.unwrap_or(launch_s)),
        );
        if activity.evaluations > 1 {
            let clock = &compiled.clock;
            let end_s = activity.end_s.unwrap_or(f64::from(compiled.plan.length_s));
            let until = self.time_beside(wall(clock, end_s), wall(clock, activity.start_s));
            let times = self.integer(f64::from(activity.evaluations));
            push(&mut text, &self.replaced_again(&times, &until));
        }
        text
    }

    /// Why capacity was not there, where something had failed or was slow.
    pub(crate) fn why_lost(
        self,
        bottleneck: Bottleneck,
        moment: &dyn Fn(f64) -> String,
        scenario: &Scenario,
    ) -> String {
        match bottleneck {
            Bottleneck::InstancesLost {
                at_s,
                instances,
                of,
                is_zone,
                detection_s,
                launch_s,
            } => {
                let (at, lost) = (moment(at_s), self.count(instances));
                let of = self.instances(u64::from(of), &self.count(of));
                let failed = match is_zone {
                    true => self.why_zone_failed(&at, &lost, &of),
                    false => self.why_instances_failed(&at, &lost, &of),
                };
                let mut text = failed;
                let then = match detection_s {
                    Some(detection_s) => self
                        .why_replaced_after(&self.duration(detection_s), &self.duration(launch_s)),
                    None if is_zone => self.why_zone_was_back().to_owned(),
                    None => self.why_nobody_noticed().to_owned(),
                };
                push(&mut text, &then);
                text
            }
            Bottleneck::SlowInstance { at_s, times, of } => {
                let of = self.instances(u64::from(of), &self.count(of));
                let times = self.number(times, 1);
                let mut text = self.why_slow_instance(&moment(at_s), &times, &of);
                let ends = match scenario.platform.rules().scales.is_of_ec2() {
                    true => self.why_slow_terminate(),
                    false => self.why_slow_update(),
                };
                push(&mut text, ends);
                text
            }
            Bottleneck::StartsTooLong {
                launch_s,
                within_s,
                instances,
            } => self.why_starts_too_long(
                &self.duration(launch_s),
                &self.duration(within_s),
                &self.duration_short(f64::from(
                    scenario.auto_scaling_group.health_check_grace_period,
                )),
                &self.instances(u64::from(instances), &self.count(instances)),
            ),
            _ => String::new(),
        }
    }

    /// A slow instance in a few words: `4× for 1 hour`.
    #[must_use]
    pub fn slow_instance(self, slow: &SlowInstance) -> String {
        self.slow_for(
            &self.number(slow.times, 1),
            &self.duration(60.0 * slow.for_min),
        )
    }

    /// What is odd about health.
    pub(crate) fn warning_of_health(self, warning: &Warning) -> String {
        match warning {
            Warning::StartsTooLong {
                grace_s,
                within_s,
                launch_s,
            } => self.warning_starts_too_long(
                &self.duration_short(f64::from(*grace_s)),
                &self.duration_short(*launch_s),
                &self.duration_short(*within_s),
            ),
            Warning::NothingWakesGroup { by_the_clock: true } => {
                self.warning_group_wakes_by_clock().to_owned()
            }
            Warning::NothingWakesGroup {
                by_the_clock: false,
            } => self.warning_nothing_wakes_group().to_owned(),
            Warning::FailureOutsideRun { .. } => self.warning_failure_outside().to_owned(),
            Warning::SlowOutsideRun => self.warning_slow_outside().to_owned(),
            Warning::MissingOutsideRun => self.warning_missing_outside().to_owned(),
            _ => String::new(),
        }
    }

    /// A failure in a few words: `2 instances fail`, `a zone fails for 1 hour`.
    #[must_use]
    pub fn failure(self, what: Failing) -> String {
        match what {
            Failing::Instances(n) => self.failing_instances(u64::from(n), &self.count(n)),
            Failing::Applications(n) => self.failing_applications(u64::from(n), &self.count(n)),
            Failing::ZoneMin(minutes) => self.failing_zone(&self.duration(60.0 * minutes)),
        }
    }
}

fn longest_launch_s(scenario: &Scenario) -> f64 {
    let instance = &scenario.instance;
    instance.launch_to_s.unwrap_or(instance.launch_s)
}
