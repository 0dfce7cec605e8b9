//! A scaling activity as a sentence with the numbers behind it, in AWS's own terms and codes.
//!
//! It repeats the sum that the engine did, and does none of its own except to round so that the sum stays true.

use engine::run::{
    Activity, Cause, Decision, Direction, NotScaledReason, Outcome, ReplacementReason, Rule,
};
use scenario::{compile::Compiled, document::Scenario};

use crate::{Words, copies::scales_copies, moment::wall};

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// `6 → 12`, or `stays 12`.
    pub title: String,
    /// What asked, or why nothing changed, in a word or two.
    pub tag: &'static str,
    /// AWS's status code or not-scaled reason; a plain word where AWS has no code.
    pub status: &'static str,
    /// The numbers, and what became of them.
    pub text: String,
}

impl Words {
    /// Says what an activity did and why.
    #[must_use]
    pub fn activity(
        self,
        activity: &Activity,
        compiled: &Compiled,
        scenario: &Scenario,
    ) -> Sentence {
        let Activity {
            from,
            to,
            cause,
            outcome,
            ..
        } = activity;
        let title = if let Cause::Replacement(replacement) = cause {
            match replacement.reason {
                ReplacementReason::Refused => {
                    self.title_of_attempt(replacement.instances, *outcome)
                }
                _ => self.replacement_title(replacement),
            }
        } else if let Outcome::Failed(_) = outcome {
            self.title_of_failure(activity)
        } else if from == to {
            self.activity_stays(&self.count(*to))
        } else {
            self.activity_changes(&self.count(*from), &self.count(*to))
        };
        let cause_text = match cause {
            Cause::Policy(decision) => self.because(decision, activity, scenario),
            Cause::Scheduled {
                action,
                min,
                max,
                desired,
            } => {
                let name = scenario
                    .scheduled_actions
                    .get(*action)
                    .map_or("", |action| action.name.as_str());
                self.bounds_set(name, *min, *max, *desired)
            }
            Cause::Predictive(prediction) => {
                self.forecast_says(prediction, activity.start_s, compiled, scenario)
            }
            Cause::Replacement(replacement) => {
                self.replaced_because(replacement, activity, compiled, scenario)
            }
        };
        let mut text = sentence(&cause_text);
        let (tag, status, more) = match outcome {
            Outcome::NotScaled(reason) => self.not_scaled(*reason, activity, compiled, scenario),
            Outcome::Failed(failure) => (
                self.tag_of_failure(*failure),
                "Failed",
                self.launches_failed(*failure, activity, compiled, scenario),
            ),
            Outcome::Successful => (self.asked_by(cause), "Successful", String::new()),
            Outcome::InProgress => (
                self.asked_by(cause),
                "InProgress",
                self.activity_in_progress().to_owned(),
            ),
            Outcome::Overridden => (
                self.asked_by(cause),
                "Overridden",
                self.activity_overridden().to_owned(),
            ),
        };
        push(&mut text, &more);
        if activity.evaluations > 1 && !matches!(cause, Cause::Replacement(_)) {
            let start = wall(&compiled.clock, activity.start_s);
            let until = wall(
                &compiled.clock,
                activity.end_s.unwrap_or(f64::from(compiled.plan.length_s)),
            );
            let times = self.integer(f64::from(activity.evaluations));
            let more = self.activity_asked_again(&times, &self.time_beside(until, start));
            push(&mut text, &more);
        }
        Sentence {
            title,
            tag,
            status,
            text,
        }
    }

    fn asked_by(self, cause: &Cause) -> &'static str {
        match cause {
            Cause::Policy(decision) => match decision.rule {
                Rule::TargetTracking { .. } => self.tag_target_tracking(),
                Rule::StepScaling(Some(step)) if step.is_simple() => self.tag_simple_scaling(),
                Rule::StepScaling(_) => self.tag_step_scaling(),
            },
            Cause::Scheduled { .. } => self.tag_schedule(),
            Cause::Predictive(_) => self.tag_predictive(),
            Cause::Replacement(replacement) => self.replacement_tag(replacement),
        }
    }

    /// The alarm and the sum: `1,402 > 600 for 3 of 3 minutes; ceil(6 × 1,402 ÷ 600) = 15, capped by MaxCapacity 12`.
    fn because(self, decision: &Decision, activity: &Activity, scenario: &Scenario) -> String {
        let Decision {
            direction,
            base,
            wanted,
            min,
            max,
            ..
        } = *decision;
        let clauses = self.alarm_and_sum(decision, scenario);
        let mut text = match scenario.policies.get(decision.policy) {
            // One called as its metric is has been named by that.
            Some(policy)
                if scenario.policies.len() > 1 && policy.policy_name != policy.metric().name() =>
            {
                self.policy_says(&policy.policy_name, &clauses)
            }
            _ => clauses,
        };
        let bound = if activity.to == activity.from {
            None
        } else if wanted > max && activity.to >= max {
            Some(self.capped_by_max(&self.count(max)))
        } else if wanted < min && activity.to <= min {
            let count = self.count(min);
            Some(match decision.min_is_forecast {
                false => self.held_by_min(&count),
                true => self.held_by_forecast(&count),
            })
        } else if direction == Direction::In && wanted < activity.to {
            Some(self.one_step_at_most(&self.count(activity.from.abs_diff(activity.to))))
        } else {
            None
        };
        if let Some(bound) = bound {
            text = self.bounded(&text, &bound);
        }
        if base != activity.from {
            let count = self.count(base);
            let counted = match direction {
                _ if activity.from == 0 => self.counted_from_zero().to_owned(),
                _ if !scenario.platform.rules().scales.is_of_ec2() => self.counted_from(&count),
                Direction::Out => self.counted_from_warm(base.into(), &count),
                Direction::In if base < activity.from => {
                    self.counted_in_service(base.into(), &count)
                }
                Direction::In => self.counted_with_leaving(&count),
            };
            text = sentence(&text);
            push(&mut text, &counted);
        }
        text
    }

    fn bounds_set(
        self,
        name: &str,
        min: Option<u32>,
        max: Option<u32>,
        desired: Option<u32>,
    ) -> String {
        let bounds = match (min, max) {
            (Some(min), Some(max)) => self.sets_both(&self.count(min), &self.count(max)),
            (Some(min), None) => self.sets_min(&self.count(min)),
            (None, Some(max)) => self.sets_max(&self.count(max)),
            (None, None) if desired.is_some() => String::new(),
            (None, None) => self.sets_nothing().to_owned(),
        };
        let desired = desired.map(|desired| ["DesiredCapacity ", &self.count(desired)].concat());
        let bounds = match desired {
            Some(desired) if bounds.is_empty() => desired,
            Some(desired) => [&*bounds, ", ", &*desired].concat(),
            None => bounds,
        };
        if name.is_empty() {
            bounds
        } else {
            self.set_by(&bounds, name)
        }
    }

    /// Tag, AWS's code and sentence of a reason for not scaling.
    fn not_scaled(
        self,
        reason: NotScaledReason,
        activity: &Activity,
        compiled: &Compiled,
        scenario: &Scenario,
    ) -> (&'static str, &'static str, String) {
        let start = wall(&compiled.clock, activity.start_s);
        let until = |at_s: f64| self.time_beside(wall(&compiled.clock, at_s), start);
        let now = self.count(activity.from);
        let plain = self.tag_not_scaled();
        let (min, max) = match &activity.cause {
            Cause::Policy(decision) => (decision.min, decision.max),
            Cause::Predictive(prediction) => (activity.from, prediction.max),
            Cause::Scheduled { .. } | Cause::Replacement(_) => (activity.from, activity.from),
        };
        match reason {
            NotScaledReason::AlreadyAtMaxCapacity => {
                let text = self.already_at_max(&self.count(max));
                (plain, "AlreadyAtMaxCapacity", text)
            }
            NotScaledReason::AlreadyAtMinCapacity => {
                let text = self.already_at_min(&self.count(min));
                (plain, "AlreadyAtMinCapacity", text)
            }
            NotScaledReason::AutoScalingAnticipatedFlapping => {
                let said = match &activity.cause {
                    Cause::Policy(decision) => self.one_fewer(decision, activity.from),
                    _ => None,
                };
                let last = match scales_copies(&compiled.plan) {
                    true => self.flapping_last_copy(),
                    false => self.flapping_last(),
                };
                let text = said.unwrap_or_else(|| last.to_owned());
                (plain, "AutoScalingAnticipatedFlapping", text)
            }
            NotScaledReason::TargetServicePutResourceAsUnscalable { until_s } => (
                plain,
                "TargetServicePutResourceAsUnscalable",
                self.endpoint_updating(&until(until_s)),
            ),
            NotScaledReason::ScaleOutCooldown { until_s } => {
                let text = until_s.map(until);
                let text = text.map_or(self.out_cooldown_pending().to_owned(), |until| {
                    self.out_cooldown(&until)
                });
                (self.tag_cooldown(), self.status_cooldown(), text)
            }
            NotScaledReason::ScaleInCooldown { until_s } => {
                let text = until_s.map(until);
                let text = text.map_or(self.in_cooldown_pending().to_owned(), |until| {
                    self.in_cooldown(&until)
                });
                (self.tag_cooldown(), self.status_cooldown(), text)
            }
            rare => self.seldom_not_scaled(rare, &now, activity, compiled, scenario),
        }
    }

    /// The same of reasons that come with several policies, or with what the default scenario has not.
    fn seldom_not_scaled(
        self,
        reason: NotScaledReason,
        now: &str,
        activity: &Activity,
        compiled: &Compiled,
        scenario: &Scenario,
    ) -> (&'static str, &'static str, String) {
        let plain = self.tag_not_scaled();
        let start = wall(&compiled.clock, activity.start_s);
        let until = |at_s: f64| self.time_beside(wall(&compiled.clock, at_s), start);
        match reason {
            // Said already.
            NotScaledReason::AlreadyAtMaxCapacity
            | NotScaledReason::AlreadyAtMinCapacity
            | NotScaledReason::AutoScalingAnticipatedFlapping
            | NotScaledReason::TargetServicePutResourceAsUnscalable { .. }
            | NotScaledReason::ScaleOutCooldown { .. }
            | NotScaledReason::ScaleInCooldown { .. } => (plain, "", String::new()),
            NotScaledReason::AlreadyAtDesiredCapacity => (
                plain,
                "AlreadyAtDesiredCapacity",
                self.already_at_desired(activity.from.into(), now),
            ),
            NotScaledReason::InstancesWarmingUp { until_s } => {
                let text = self.warming_up(activity, until_s.map(until));
                (self.tag_warm_up(), self.status_warm_up(), text)
            }
            NotScaledReason::SimpleScalingCooldown { until_s } => {
                let text = until_s.map(until);
                let text = text.map_or(self.simple_pending().to_owned(), |until| {
                    self.simple_cooldown(&until)
                });
                (self.tag_cooldown(), self.status_cooldown(), text)
            }
            NotScaledReason::OtherPolicyNotReady { policy } => {
                let name = scenario
                    .policies
                    .get(policy)
                    .map_or("", |policy| policy.policy_name.as_str());
                (
                    plain,
                    self.status_waiting(),
                    self.other_policy_not_ready(name),
                )
            }
            NotScaledReason::NoMatchingStep => (
                plain,
                self.status_no_step(),
                self.no_matching_step().to_owned(),
            ),
            NotScaledReason::HeldByForecast { capacity } => (
                plain,
                self.status_forecast(),
                self.forecast_holds(&self.count(capacity)),
            ),
            NotScaledReason::ForecastOnly { to } => {
                let text = self.forecast_only(&self.count(to));
                (plain, "ForecastOnly", text)
            }
            NotScaledReason::MinAboveMax => (plain, "Failed", self.min_above_max().to_owned()),
            NotScaledReason::ScaleInDisabled => (
                plain,
                self.status_disabled(),
                self.scale_in_disabled().to_owned(),
            ),
            NotScaledReason::Suspended => (
                plain,
                self.status_suspended(),
                self.scaling_suspended().to_owned(),
            ),
        }
    }

    /// What instances that launch or warm up keep from happening.
    fn warming_up(self, activity: &Activity, until: Option<String>) -> String {
        let scales_in = matches!(
            activity.cause,
            Cause::Policy(Decision {
                direction: Direction::In,
                ..
            })
        );
        match (scales_in, until) {
            (true, Some(until)) => self.in_warm_up(&until),
            (true, None) => self.in_warm_up_pending().to_owned(),
            (false, Some(until)) => self.out_warm_up(&until),
            (false, None) => self.out_warm_up_pending().to_owned(),
        }
    }

    pub(crate) fn count(self, count: u32) -> String {
        self.integer(f64::from(count))
    }

    /// A count that may be beyond all bounds.
    pub(crate) fn whole(self, count: u64) -> String {
        self.integer(count as f64)
    }
}

/// Ends a clause as a sentence, where it does not end already.
fn sentence(clause: &str) -> String {
    if clause.ends_with('.') {
        clause.to_owned()
    } else {
        format!("{clause}.")
    }
}

/// Appends a sentence.
pub(crate) fn push(text: &mut String, sentence: &str) {
    if !text.is_empty() && !sentence.is_empty() {
        text.push(' ');
    }
    text.push_str(sentence);
}
